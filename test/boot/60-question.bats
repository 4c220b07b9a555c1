#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# When it cannot: each failure is one sentence and a question, and a typed answer
# rescues the boot.
load ../house
load asking

# ---------------------------------------------------------------- the root

@test "no root= is said with what is there, and root= typed rescues the boot" {
	local contract
	for contract in initramfs linuxrc ram0; do
		another
		kernel   classic
		contract $contract
		disk     vda ext2 label=ROOT uuid=11111111-2222-3333-4444-555555555555
		cmdline  "$(start_of $contract) a=b word -- last"
		answer   "Number, or an option such as root=/dev/vda1: " "root=LABEL=ROOT"
		boot
		expect   console "linuxrc: find the root device: no root= was given -- saw vda (ext2 LABEL=ROOT UUID=11111111-2222-3333-4444-555555555555)"
		(($(console | grep -c "find the root device: no root= was given") == 2))
		expect   root "/dev/vda ext2 ro"
		expect   env "a=b"
		expect_clean_init "argv=/sbin/init,word,last"
	done
}

@test "a wrong UUID names the nearest one, and the second choice takes another root=" {
	local contract wrong=root=UUID=11111111-2222-3333-4444-555555555556
	for contract in initramfs linuxrc ram0; do
		another
		kernel   classic
		contract $contract
		disk     vda ext2 uuid=11111111-2222-3333-4444-555555555555
		cmdline  "$(start_of $contract) linuxrc.$wrong rootwait=1 word"
		answer   "Number, or an option such as root=/dev/vda1: " "2"
		answer   "root=" "UUID=11111111-2222-3333-4444-555555555555"
		boot
		expect   console "linuxrc: find the root device: $wrong: not there after 1 s -- saw vda (ext2 UUID=11111111-2222-3333-4444-555555555555); the UUID differs from that of vda in one character"
		expect   console "  2  another root="
		expect   root "/dev/vda ext2 ro"
		expect_clean_init "argv=/sbin/init,word"
	done
}

@test "a kind of root, a rootfstype= and a rootflags= that cannot be are said, and right ones rescue the boot" {
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/cifs rootfstype=nosuchfs rootflags=nosuchflag"
	answer   "Number, or" "root=/dev/vda"
	answer   "Number, or" "rootfstype=ext2"
	answer   "Number, or" "rootflags="
	boot
	expect   console "linuxrc: find the root device: root=/dev/cifs: no kind of root that can be mounted here"
	(($(at_ms "root=/dev/cifs: no kind") - $(at_ms "linuxrc: load drivers") < 9000))
	expect   console "linuxrc: mount the root file system: mount /dev/vda as nosuchfs: No such device -- this kernel has no driver for nosuchfs"
	expect   console "linuxrc: mount the root file system: mount /dev/vda as ext2: Invalid argument -- it is ext2, but damaged, or rootflags= has a word that the driver does not know"
	expect   root "/dev/vda ext2 ro"
	expect_clean_init "argv=/sbin/init"
}

@test "a damaged and a torn superblock are said, and another disk rescues the boot" {
	kernel   classic
	disk     vda ext2 damage=1024:24
	disk     vdb ext2 damage=1024:1024
	disk     vdc ext2
	cmdline  "root=/dev/vda"
	answer   "Number, or" "root=/dev/vdb"
	answer   "Number, or" "rootfstype=ext2"
	answer   "Number, or" "root=/dev/vdc"
	boot
	expect   console "linuxrc: mount the root file system: mount /dev/vda as any of ext2, ext4: Invalid argument -- it is ext2, but damaged"
	expect   console "linuxrc: mount the root file system: mount /dev/vdb as any of ext2, "
	expect   console ": Invalid argument -- no file system is to be seen there: not formatted, damaged or encrypted"
	expect   console "linuxrc: mount the root file system: mount /dev/vdb as ext2: Invalid argument -- no file system"
	expect   root "/dev/vdc ext2 ro"
	expect_clean_init "argv=/sbin/init"
}

# ---------------------------------------------------------------- the console

no_dev() { # TREE
	rmdir "$1/dev"
}

@test "no /dev/console, in the initrd or in the root: the question and init still have it" {
	local kernel
	for kernel in classic bare; do
		another
		kernel   $kernel
		contract ram0
		image    type=squashfs without=dev,proc,new-root
		disk     vda ext2 tree=no_dev
		disk     vdb ext2
		cmdline  "$(start_of ram0) linuxrc.root=/dev/vdx rootwait=1"
		answer   "Number, or" "root=/dev/vda"
		boot
		expect   console "linuxrc: find the root device: root=/dev/vdx: not there after 1 s -- saw vda (ext2 "
		expect   disk vda
		expect   fd "0 dev=5:1 rw"
		expect   fd "2 dev=5:1 rw"
		expect_clean_init "argv=/sbin/init"
	done
}

# ---------------------------------------------------------------- drivers

@test "the initrd is no real root, and is told so" {
	kernel   classic
	contract ram0
	disk     vda ext2
	cmdline  "$(start_of ram0) linuxrc.root=/dev/ram0"
	answer   "Number, or" "root=/dev/vda"
	boot
	expect   console "linuxrc: mount the root file system: ram0 is the initrd that linuxrc runs from: the real root is another device"
	expect   root "/dev/vda ext2 ro"
	expect_clean_init "argv=/sbin/init"
}

@test "drivers that were not wanted at first are loaded when that is typed" {
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vda rootwait=1 linuxrc.nomodules"
	answer   "Number, or" "linuxrc.coldplug=storage"
	boot
	expect   console "linuxrc: load drivers: none, as asked"
	expect   console "linuxrc: find the root device: root=/dev/vda: not there after 1 s -- saw no block device"
	expect   module virtio_blk
	expect_clean_init "argv=/sbin/init"
}

@test "a disk that is plugged in while the question stands is found by another try" {
	kernel   stock
	disk     vda ext4 late=1 after="Number, or"
	answer   "[1af4:1001]" "1"
	cmdline  "root=/dev/vda rootwait=1"
	boot
	(($(asked "find the root device: root=/dev/vda: not there after 1 s") == 1))
	expect_clean_init "argv=/sbin/init"
}

# virtio_blk torn off in the middle, as a bad copy leaves it.
torn_driver() { # TREE
	local ko
	for ko in "$1"/lib/modules/*/kernel/drivers/block/virtio_blk.ko; do
		truncate -s 3000 "$ko"
	done
}

@test "a module that fails to load is said once, and a root on another bus rescues the boot" {
	kernel   classic
	image    modules=+ata_piix,sd_mod tree=torn_driver
	disk     vda ext2
	disk     sda ext2
	cmdline  "root=/dev/vda rootwait=1"
	answer   "Number, or" "root=/dev/sda"
	boot
	expect   console "linuxrc: module virtio_blk: kernel/drivers/block/virtio_blk.ko is cut short: it has 3000 bytes of"
	expect   console "linuxrc: find the root device: root=/dev/vda: not there after 1 s -- saw sda (ext2 UUID="
	(($(console | sed '/^Number, or/q' | grep -c "linuxrc: module virtio_blk:") == 1))
	expect   root "/dev/sda ext2 ro"
	expect_clean_init "argv=/sbin/init"
}

# ---------------------------------------------------------------- the question

@test "a shell is offered where the image has one, PID 1 reaps meanwhile, and the question comes back" {
	kernel   classic
	image    tree=busybox_shell
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1"
	answer   "  shell" "shell"
	answer   "/ # " "echo disk: /dev/vd* terminal: \$(busybox tty)"
	answer   "/ # " "echo star''ted; busybox sleep 1000"
	keys     "started" "\003"
	answer   "/ # " "(busybox true & busybox sleep 1 & busybox true); busybox sleep 2"
	answer   "/ # " "echo zombies: \$(busybox grep -l '^State:.Z' /proc/[0-9]*/status | busybox wc -l)"
	answer   "/ # " "exit"
	answer   "Number, or" "root=/dev/vda"
	boot
	expect   console "disk: /dev/vda terminal: /dev/ttyS0"
	expect   console "zombies: 0"
	(($(asked "find the root device: root=/dev/vdx") == 2))
	expect_clean_init "argv=/sbin/init"
}

@test "nonsense is asked again, and nothing that was typed before is lost" {
	local long
	long=$(printf 'x%.0s' {1..3000})
	kernel   classic
	disk     vda ext2 tree=bad_inits
	cmdline  "root=/dev/vdx rootwait=1 linuxrc.nosuch"
	# typed before it was asked for: no answer, or the machine would reboot
	answer   "linuxrc: mount /proc" "reboot"
	answer   "Number, or" ""
	answer   "Number, or" "99"
	answer   "Number, or" "0x1"
	answer   "Number, or" "$long"
	answer   "Number, or" "help me"
	answer   "Number, or" "root=/dev/vda nosuch=1"
	answer   "Number, or" "linuxrc.handover=away"
	answer   "Number, or an option such as root=/dev/vda1: " "2"
	answer   "root=" ""
	answer   "Number, or" "rw"
	answer   "Number, or" "root=/dev/vda"
	answer   "Number, or" "init=/sbin/text"
	answer   "Number, or" "init=/sbin/good"
	boot
	expect   console "linuxrc: unknown options, ignored: linuxrc.nosuch"
	(($(console | grep -c "Not one of the choices\.") == 2))
	expect   console "That line is too long."
	expect   console "Not taken: help me: no option of that name"
	expect   console "Not taken: nosuch=: no option of that name"
	expect   console "Not taken: linuxrc.handover=away: must be one of pivot_root|change_root"
	# with rw alone it looked for the disk a second time
	(($(console | grep -c '\] linuxrc: find the root device: root=/dev/vdx: not there') == 2))
	expect   console "linuxrc: check init: the root has no init"
	expect   console "linuxrc: check init: /sbin/text is neither"
	# what was typed three failures ago still counts
	expect   root "/dev/vda ext2 rw"
	expect   init "/sbin/good pid=1 argv=/sbin/good fds=0,1,2"
	exactly  processes 0
}

@test "a sentence with many disks in it stays one line of the kernel log" {
	local line disk long
	long=$(printf 'L%.0s' {1..250})
	kernel   classic
	for disk in vda vdb vdc vdd vde vdf vdg vdh; do
		disk     $disk ext2 label=a-long-label-$disk
	done
	cmdline  "root=LABEL=$long rootwait=1"
	answer   "Number, or" "root=/dev/vdh"
	boot
	line=$(console | grep -F '] linuxrc: find the root device: root=LABEL=LLLL')
	(($(wc -l <<<"$line") == 1))
	((${#line} <= 900))
	[[ $line == *"LLLL...: not there after 1 s -- saw vda (ext2 LABEL=a-long-label-vda UUID="*"), vdb ("*"), ...; no driver is bound to 8086:7010: module ata_piix is not in this image" ]]
	# and the question says the same
	expect   console "$(sed 's/^[^]]*\] //' <<<"$line")"
	expect   disk vdh
}
