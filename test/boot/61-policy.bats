#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What happens when nobody decides, and what nobody may decide: linuxrc.onfail=
# with its countdown, linuxrc.lock and every way round it.
load ../house
load asking

other_init() { # TREE
	cp "$1/sbin/init" "$1/sbin/other"
}

# ---------------------------------------------------------------- onfail=

@test "linuxrc.onfail= with a countdown: the question is there, and at its end that is done" {
	counts_down "panic=2 linuxrc.onfail=poweroff" 2 "power off" "reboot: Power down"
	another
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1 panic=2 linuxrc.onfail=poweroff"
	answer   "Number, or" "root=/dev/vda"
	boot
	expect   root "/dev/vda ext2 ro"
}

@test "without a console linuxrc.onfail=poweroff is done after the seconds of linuxrc.timeout=" {
	kernel   classic
	disk     vda ext2
	cmdline  "console=nosuch0 earlycon=uart8250,io,0x3f8,115200 keep_bootcon panic=0 root=/dev/vdx linuxrc.timeout=2 linuxrc.onfail=poweroff"
	boot
	expect   end "silent:"
	expect   console "linuxrc: nobody answers: power off in 2 s (linuxrc.timeout=)"
	expect   console "reboot: Power down"
}

@test "under linuxrc the end of the input powers off when linuxrc.onfail= says so" {
	kernel   classic
	contract linuxrc
	disk     vda ext2
	cmdline  "root=fe00 linuxrc.root=/dev/vdx rootwait=1 panic=1 linuxrc.onfail=poweroff"
	keys     "Number, or" "\004"
	boot
	expect   end "silent:"
	expect   console "linuxrc: nobody answers: power off in 1 s (panic=)"
	refute   console "readonly on device 254:0"
}

# ---------------------------------------------------------------- lock

@test "linuxrc.lock in the image: no word of the command line changes what is booted" {
	kernel   classic
	image    conf="linuxrc.lock root=/dev/vda" modules=virtio_pci,virtio_blk,ext4,squashfs
	disk     vda ext2 tree=other_init
	disk     vdb ext2
	cmdline  "root=/dev/vdb linuxrc.root=/dev/vdb real_root=/dev/vdb init=/sbin/other rw linuxrc.image=/x linuxrc.overlay=tmpfs linuxrc.rootfallback=/dev/vdb linuxrc.modules=squashfs virtio_blk.num_request_queues=1 resume=/dev/vdb rootwait=9 linuxrc.nolock linuxrc.lock=0"
	boot
	expect   console "linuxrc: refused, because linuxrc.lock is set in the conf: root=/dev/vdb linuxrc.root=/dev/vdb real_root=/dev/vdb init=/sbin/other rw linuxrc.image=/x linuxrc.overlay=tmpfs linuxrc.rootfallback=/dev/vdb linuxrc.modules=squashfs resume=/dev/vdb"
	expect   console "linuxrc: linuxrc.lock is set in the conf: no word of a later place reaches a module, or bars one"
	expect   console "linuxrc: unknown options, ignored: linuxrc.nolock linuxrc.lock="
	expect   disk vda
	expect   root "/dev/vda ext2 ro"
	expect   init "/sbin/init pid=1"
	refute   module squashfs
	refute   console "linuxrc: resume from disk"
}

@test "linuxrc.lock: the question has no shell, no typing and no other root, whatever is tried" {
	local bad
	kernel   classic
	image    conf="linuxrc.lock root=/dev/vdx rootwait=1" tree=busybox_shell
	disk     vda ext2
	cmdline  "linuxrc.onfail=shell linuxrc.rootfallback=/dev/vda"
	answer   "Number: " "root=/dev/vda"
	answer   "Number: " "init=/bin/sh"
	answer   "Number: " "linuxrc.onfail=shell"
	answer   "Number: " "9"
	answer   "Number: " "1"
	answer   "Number: " "power off"
	boot
	expect   end "silent:"
	expect   console "linuxrc: refused, because linuxrc.lock is set in the conf: linuxrc.onfail=shell linuxrc.rootfallback=/dev/vda"
	expect   console "Not taken: linuxrc.lock is set in the conf"
	expect   console "Not one of the choices."
	(($(console | grep -c "linuxrc: the question: refused: linuxrc.lock is set in the conf") == 3))
	for bad in "/ # " "  shell" "another root=" "let the kernel"; do
		refute   console "$bad"
	done
	expect   console "  5  power off"
	expect   console "reboot: Power down"
}

@test "linuxrc.lock on the command line: its own root counts, and the question changes nothing" {
	kernel   classic
	image    conf="root=/dev/vdb" tree=busybox_shell
	disk     vda ext2 tree=other_init
	cmdline  "linuxrc.lock root=/dev/vda init=/sbin/nosuch"
	answer   "Number: " "init=/sbin/other"
	answer   "Number: " "reboot"
	boot
	expect   end "silent:"
	expect   console "Not taken: linuxrc.lock is set in the command line"
	expect   console "linuxrc: check init: /sbin/nosuch: No such file or directory"
	refute   console "  shell"
	expect   console "reboot: Restarting system"
}

@test "linuxrc.lock holds before the options were read" {
	local killer='cp "$(binary stepkiller)" "$1/killer"; busybox_shell "$1"'
	eval "locked_killer() { $killer; }"
	kernel   classic
	image    conf="linuxrc.lock root=/dev/vda" tree=locked_killer
	disk     vda ext2
	cmdline  "rdinit=/killer kill_step=contract,contract"
	answer   "Number: " "root=/dev/vdb"
	answer   "Number: " "1"
	boot
	expect   console "linuxrc: learn the contract: crashed: Segmentation fault"
	expect   console "Not taken: linuxrc.lock is set in the conf"
	refute   console "  shell"
	expect   disk vda
	expect   init "/sbin/init pid=1"
}

@test "linuxrc.lock under linuxrc: what the kernel would do with root= and init= is refused, too" {
	kernel   classic
	contract linuxrc
	image    conf="linuxrc.lock root=/dev/vda"
	disk     vda ext2
	disk     vdb ext2
	cmdline  "root=/dev/vdb init=/sbin/other panic=1 linuxrc.onfail=exit"
	keys     "Number: " "\004"
	boot
	expect   end "silent:"
	expect   console "linuxrc: read the boot options: init= on the command line is refused, because linuxrc.lock is set in the conf; but the kernel that runs /linuxrc would run that init"
	refute   console "let the kernel try"
	expect   console "linuxrc: nobody answers: reboot in 1 s (panic=)"
	refute   console "VFS: Mounted root (ext2 filesystem) readonly on device 254"
	another
	kernel   classic
	contract linuxrc
	image    conf="linuxrc.lock root=/dev/vda"
	disk     vda ext2
	disk     vdb ext2
	cmdline  "root=fe10 linuxrc.handover=change_root"
	boot
	expect   disk vda
	expect   console "linuxrc: refused, because linuxrc.lock is set in the conf: root=fe10 linuxrc.handover=change_root"
	another
	kernel   classic
	contract linuxrc
	image    conf="linuxrc.lock"
	disk     vda ext2
	cmdline  "root=fe00 panic=1"
	boot
	expect   end "silent:"
	expect   console "linuxrc: find the root device: no root= was given"
}

# ---------------------------------------------------------------- watchdog

# QEMU ends when its watchdog strikes: nothing is said on the console then.
watched() {
	kernel   newest
	device   "i6300esb,id=dog"
	limit    200
}

stopper() { # TREE
	cp "$(binary stepkiller)" "$1/killer"
}

@test "linuxrc.watchdog=: a worker that hangs is no longer fed for, and the machine is reset" {
	watched
	image    modules=+i6300esb tree=stopper
	disk     vda ext4
	cmdline  "rdinit=/killer kill_step=device kill_signal=19 root=/dev/vda linuxrc.watchdog=4 linuxrc.modules=i6300esb"
	boot
	expect   end "silent:"
	expect   console "linuxrc: no sign of life: the watchdog is not fed any more"
	refute   console "reboot:"
}

# An init that lives for longer than the watchdog's time.
slow_root() { # TREE
	mkdir -p "$1/bin"
	cp "$(command -v busybox)" "$1/bin/busybox"
	mv "$1/sbin/init" "$1/sbin/testinit"
	printf '#!/bin/busybox sh\n/bin/busybox sleep 6\nexec /sbin/testinit "$@"\n' >"$1/sbin/init"
	chmod 755 "$1/sbin/init"
}

@test "linuxrc.watchdog= is fed while a question is open and stopped at the hand-over, but not with keep" {
	watched
	image    modules=+i6300esb
	disk     vda ext4 tree=slow_root
	cmdline  "root=/dev/vdx rootwait=6 linuxrc.watchdog=2 linuxrc.modules=i6300esb"
	answer   "Number, or" "linuxrc.timeout=6"
	answer   "Number, or" "root=/dev/vda"
	boot
	expect   init "pid=1 fds=0,1,2"
	refute   console "did not stop"
	another
	watched
	image    modules=+i6300esb
	disk     vda ext4 tree=slow_root
	cmdline  "root=/dev/vda linuxrc.watchdog=2,keep linuxrc.modules=i6300esb"
	boot
	expect   end "silent:"
	expect   console "did not stop"
	refute   console "reboot:"
}
