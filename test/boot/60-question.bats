#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# When it cannot: each failure is one sentence and a question, a typed answer
# rescues the boot, and where nobody answers, panic= decides.
load ../house

# The line of the question, and how often it was put.
asked() { console | grep -c "^linuxrc: $1" || :; }

# When the kernel's clock, in ms, saw the first line with this TEXT.
at_ms() {
	console | grep -F -- "$1" | sed -n 's/^\[ *\([0-9]*\)\.\([0-9]\{3\}\).*/\1\2/p' |
		sed 's/^0*//' | head -n 1
}

# The words with which a contract begins.
start_of() { # CONTRACT
	[[ $1 != ram0 ]] || echo "root=/dev/ram0 init=/linuxrc rw"
}

# init as the kernel would have started it, and nothing of ours beside it.
expect_clean_init() { # WORDS
	expect   init "/sbin/init pid=1 ppid=0 sid=0 pgid=0 cwd=/ fds=0,1,2 $1" &&
		expect signals "blocked:0000000000000000 ignored:0000000000000000" &&
		exactly processes 0 &&
		refute console "Kernel panic"
}

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

# ---------------------------------------------------------------- init

# A program of ELF with one header: a PT_INTERP, if there is one. SIZE is what
# the ELF header says of each program header; 56 is right.
elf() { # MACHINE SIZE [INTERPRETER]
	local at='\170\0\0\0\0\0\0\0' length
	length=$(printf '\\%o' $((${#3} + 1)))'\0\0\0\0\0\0\0'
	printf '\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\'"$(printf %o "$1")"'\0\1\0\0\0'
	printf '\0\0\0\0\0\0\0\0\100\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'
	printf '\100\0\'"$(printf %o "$2")"'\0\1\0\0\0\0\0\0\0'
	printf '%b' "\\$([[ $3 ]] && echo 3 || echo 0)\\0\\0\\0\\4\\0\\0\\0$at$at$at$length$length\\1\\0\\0\\0\\0\\0\\0\\0"
	printf '%s\0' "${3-}"
}

# A root full of inits that cannot be one.
bad_inits() { # TREE
	local sbin=$1/sbin
	mv "$sbin/init" "$sbin/good"
	cp "$sbin/good" "$sbin/plain"
	chmod 644 "$sbin/plain"
	mkdir "$sbin/directory"
	elf 40 56 >"$sbin/arm"
	elf 62 56 /lib/ld-none.so >"$sbin/dynamic"
	elf 62 57 >"$sbin/headers"
	printf '#!/bin/nosh\n' >"$sbin/script"
	echo hello >"$sbin/text"
	head -c 8000 "$sbin/good" >"$sbin/cut"
	ln -s /nowhere/init "$sbin/dangling"
	ln -s /sbin/good "$sbin/absolute"
	chmod 755 "$sbin"/{arm,dynamic,headers,script,text,cut}
}

@test "an init that cannot be run is said before anything is done, until one can" {
	kernel   classic
	disk     vda ext2 tree=bad_inits
	cmdline  "root=/dev/vda a=b word"
	answer   "Number, or an option such as init=/bin/sh: " "init=/sbin/nothing"
	answer   "Number, or" "init=/sbin/plain"
	answer   "Number, or" "init=/sbin/directory"
	answer   "Number, or" "init=/sbin/arm"
	answer   "Number, or" "init=/sbin/dynamic"
	answer   "Number, or" "init=/sbin/script"
	answer   "Number, or" "init=/sbin/text"
	answer   "Number, or" "init=/sbin/cut"
	answer   "Number, or" "init=/sbin/dangling"
	answer   "Number, or an option such as init=/bin/sh: " "2"
	answer   "init=" "/sbin/absolute"
	boot
	expect   console "linuxrc: check init: the root has no init: none of /sbin/init, /etc/init, /bin/init, /bin/sh"
	expect   console "linuxrc: check init: /sbin/nothing: No such file or directory"
	expect   console "linuxrc: check init: /sbin/plain is not executable (mode 0644): Permission denied"
	expect   console "linuxrc: check init: /sbin/directory is not a regular file: Permission denied"
	expect   console "linuxrc: check init: /sbin/arm is for another kind of machine (ELF machine 40): Exec format error"
	expect   console "linuxrc: check init: /sbin/dynamic needs /lib/ld-none.so: No such file or directory"
	expect   console "linuxrc: check init: /bin/nosh: No such file or directory -- /sbin/script is a script that needs it"
	expect   console "linuxrc: check init: /sbin/text is neither an ELF program nor a script that begins with #!: Exec format error"
	expect   console "linuxrc: check init: /sbin/cut is cut short: Exec format error"
	expect   console "linuxrc: check init: /sbin/dangling: No such file or directory"
	expect   init "/sbin/good pid=1 ppid=0 sid=0 cwd=/ fds=0,1,2 argv=/sbin/absolute,word"
	expect   env "a=b"
	expect   root "/dev/vda ext2 ro"
	exactly  mounts "/proc /sys /dev / /run"
	exactly  processes 0
}

@test "under linuxrc, where the kernel starts init, a root without one is replaced by another root" {
	kernel   classic
	contract linuxrc
	disk     vda ext2 tree=bad_inits
	disk     vdb ext2
	cmdline  "root=/dev/vda word"
	answer   "Number, or an option such as root=/dev/vda1: " "init=/sbin/good"
	answer   "Number, or an option such as root=/dev/vda1: " "2"
	answer   "root=" "/dev/vdb"
	boot
	expect   console "linuxrc: check init: the root has no init: none of /sbin/init, /etc/init, /bin/init, /bin/sh"
	expect   console "Not taken: init=/sbin/good: the kernel itself starts init after /linuxrc: use init= on its command line"
	expect   disk vdb
	expect_clean_init "argv=/sbin/init,word"
}

@test "when exec fails after all, the question lives on in the new root" {
	local where kernel contract
	for where in classic-initramfs classic-ram0 newest-initramfs; do
		another
		kernel=${where%-*} contract=${where#*-}
		kernel   $kernel
		contract $contract
		disk     vda ext2 tree=bad_inits
		cmdline  "$(start_of $contract) linuxrc.root=/dev/vda linuxrc.init=/sbin/headers a=b word"
		answer   "Number, or" "1"
		answer   "Number, or" "root=/dev/vdb"
		answer   "Number, or" "init=/sbin/plain"
		answer   "Number, or" "init=/sbin/good"
		boot
		(($(asked "hand over to init: exec /sbin/headers: Exec format error") == 3))
		expect   console "Not taken: the root is / already"
		expect   console "linuxrc: check init: /sbin/plain is not executable"
		expect   init "/sbin/good pid=1 ppid=0 sid=0 pgid=0 cwd=/ fds=0,1,2 argv=/sbin/good,word"
		expect   env "a=b"
		expect   root "/dev/vda ext2 ro"
		exactly  processes 0
		refute   console "Kernel panic"
	done
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

busybox_shell() { # TREE
	mkdir -p "$1/bin"
	cp "$(command -v busybox)" "$1/bin/busybox"
	ln -s busybox "$1/bin/sh"
}

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

# ---------------------------------------------------------------- panic=

@test "panic=3: without an answer it reboots after 3 s, and the first key stops that" {
	local after
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1 panic=3"
	boot
	expect   end "silent:"
	expect   console "Without an answer in 3 s: reboot."
	expect   console "reboot: Restarting system"
	after=$(($(at_ms "reboot: Restarting system") - $(at_ms "linuxrc: find the root device:")))
	((after >= 3000 && after < 5500))
	another
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1 panic=3"
	keys     "Number, or an option such as root=/dev/vda1: " "r"
	idle     "r" 3
	boot
	expect   cpu "busy<=20"
	refute   console "reboot: Restarting"
}

@test "panic=-1: it says why and reboots at once, unasked" {
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1 panic=-1"
	boot
	expect   end "silent:"
	expect   console "linuxrc: find the root device: root=/dev/vdx: not there after 1 s -- saw vda"
	refute   console "Number, or"
	(($(at_ms "reboot: Restarting system") - $(at_ms "linuxrc: find the root device:") < 2000))
}

@test "panic=0 and the end of the input: the machine stays as it is, and does not spin" {
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1 panic=0"
	keys     "Number, or an option such as root=/dev/vda1: " "\004"
	idle     "linuxrc: nobody answers, and panic=0: the machine stays like this until it is reset" 3
	boot
	expect   cpu "busy<=20"
	refute   console "Kernel panic"
	refute   console "reboot: Restarting"
}

@test "panic=2 and the end of the input, in the countdown or after it: a reboot 2 s later" {
	local when after
	for when in in after; do
		another
		kernel   classic
		disk     vda ext2
		cmdline  "root=/dev/vdx rootwait=1 panic=2"
		[[ $when == in ]] || keys "Number, or" "x\r"
		keys     "Number, or an option such as root=/dev/vda1: " "\004"
		boot
		expect   end "silent:"
		expect   console "linuxrc: nobody answers: reboot in 2 s (panic=)"
		after=$(($(at_ms "reboot: Restarting system") - $(at_ms "linuxrc: nobody answers")))
		((after >= 2000 && after < 3900))
	done
}

@test "linuxrc.timeout=2 without panic=: the question ends after 2 s and the machine reboots" {
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx linuxrc.timeout=2 panic=0"
	boot
	expect   end "silent:"
	expect   console "root=/dev/vdx: not there after 2 s"
	expect   console "Without an answer in 2 s: reboot."
	(($(at_ms "reboot: Restarting system") - $(at_ms "linuxrc: find the root device:") >= 2000))
}

# No /dev/console, for the kernel has none of that name; its own log comes out
# by another way.
no_console="console=nosuch0 earlycon=uart8250,io,0x3f8,115200 keep_bootcon"

@test "without a console nobody is asked: panic=5 reboots after 5 s" {
	local after
	kernel   classic
	disk     vda ext2
	cmdline  "$no_console root=/dev/vdx rootwait=1 panic=5"
	boot
	expect   end "silent:"
	expect   console "Warning: unable to open an initial console."
	expect   console "linuxrc: open the console: none yet"
	expect   console "linuxrc: find the root device: root=/dev/vdx: not there after 1 s"
	refute   console "Number, or"
	after=$(($(at_ms "reboot: Restarting system") - $(at_ms "linuxrc: nobody answers: reboot in 5 s (panic=)")))
	((after >= 5000 && after < 9000))
}

@test "without a console and with panic=0 the machine stays as it is, and does not spin" {
	kernel   classic
	disk     vda ext2
	cmdline  "$no_console root=/dev/vdx rootwait=1 panic=0"
	idle     "linuxrc: nobody answers, and panic=0" 3
	boot
	expect   cpu "busy<=20"
	refute   console "Kernel panic"
}

@test "a console on a port without a chip is asked in vain, without spinning" {
	kernel   classic
	disk     vda ext2
	cmdline  "console=ttyS2 ${no_console#* } root=/dev/vdx rootwait=1 panic=0"
	idle     "linuxrc: find the root device: root=/dev/vdx: not there" 3
	boot
	expect   cpu "busy<=20"
	refute   console "Kernel panic"
}

# ---------------------------------------------------------------- onfail=

@test "linuxrc.onfail= reboots, powers off or halts unasked, and says why" {
	local way done
	for way in reboot poweroff halt; do
		another
		kernel   classic
		disk     vda ext2
		cmdline  "root=/dev/vdx rootwait=1 panic=0 linuxrc.onfail=$way"
		case $way in
		reboot) done="reboot: Restarting system" ;;
		poweroff) done="reboot: Power down" ;;
		halt) done="reboot: System halted"; idle "$done" 2 ;;
		esac
		boot
		expect   end "silent:"
		expect   console "linuxrc: find the root device: root=/dev/vdx: not there after 1 s"
		expect   console "$done"
		refute   console "Number, or"
	done
	expect   cpu "busy<=20"
}

@test "linuxrc.onfail=shell begins with the shell, and the question comes after it" {
	kernel   classic
	image    tree=busybox_shell
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1 linuxrc.onfail=shell"
	answer   "/ # " "echo here: \$PPID; exit"
	answer   "Number, or" "root=/dev/vda"
	boot
	expect   console "here: "
	expect   root "/dev/vda ext2 ro"
	expect_clean_init "argv=/sbin/init"
}

@test "linuxrc.onfail=exit asks all the same where PID 1 would exit" {
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1 linuxrc.onfail=exit"
	answer   "Number, or" "root=/dev/vda"
	boot
	expect_clean_init "argv=/sbin/init"
}

@test "under linuxrc the kernel can be left to try, and nothing of ours stays" {
	local way
	for way in asked panic=-1 linuxrc.onfail=exit; do
		another
		kernel   classic
		contract linuxrc
		disk     vda ext2
		cmdline  "root=fe00 linuxrc.root=/dev/vdx rootwait=1 word ${way#asked}"
		[[ $way != asked ]] || answer "let the kernel try" "let the kernel try"
		boot
		expect   console "linuxrc: find the root device: root=/dev/vdx: not there after 1 s"
		expect   console "VFS: Mounted root (ext2 filesystem) readonly on device 254:0."
		expect   init "/sbin/init pid=1 argv=/sbin/init,word fds=0,1,2"
		expect   initrd "mounted"
		refute   mount "/initrd/*"
		exactly  processes 0
	done
}
