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
		(($(asked "find the root device") == 1))
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
		answer   "Number, or" "2"
		answer   "root=" "UUID=11111111-2222-3333-4444-555555555555"
		boot
		expect   console "linuxrc: find the root device: $wrong: not there after 1 s -- saw vda (ext2 UUID=11111111-2222-3333-4444-555555555555); the UUID differs from that of vda in one character"
		expect   console "  2  another root="
		expect   root "/dev/vda ext2 ro"
		expect_clean_init "argv=/sbin/init,word"
	done
}

@test "an unknown rootfstype= is said, and rootfstype= typed rescues the boot" {
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vda rootfstype=nosuchfs"
	answer   "Number, or" "rootfstype=ext2"
	boot
	expect   console "linuxrc: mount the root file system: mount /dev/vda as nosuchfs: No such device -- this kernel has no driver for nosuchfs"
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
	answer   "Number, or" "2"
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
	exactly  mounts "/proc /sys /dev /"
	exactly  processes 0
}

@test "when exec fails after all, the question lives on in the new root" {
	local contract
	for contract in initramfs ram0; do
		another
		kernel   classic
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

# ---------------------------------------------------------------- drivers

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
	expect   console "linuxrc: module virtio_blk: the kernel does not accept the file as its module -- it was built for another kernel, or is damaged"
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
	answer   "  3  shell" "3"
	answer   "/ # " "echo disk: /dev/vd*, terminal: \$(busybox tty)"
	answer   "/ # " "echo star''ted; busybox sleep 1000"
	keys     "started" "\003"
	answer   "/ # " "(busybox true & busybox sleep 1 & busybox true); busybox sleep 2"
	answer   "/ # " "echo zombies: \$(busybox grep -l '^State:.Z' /proc/[0-9]*/status | busybox wc -l)"
	answer   "/ # " "exit"
	answer   "Number, or" "root=/dev/vda"
	boot
	expect   console "disk: /dev/vda, terminal: /dev/ttyS0"
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
	answer   "Number, or" ""
	answer   "Number, or" "9"
	answer   "Not one of the choices." "0x1"
	answer   "Not one of the choices." "$long"
	answer   "That line is too long." "help me"
	answer   "Not taken: help me: no option of that name" "root=/dev/vda nosuch=1"
	answer   "Not taken: nosuch=: no option of that name" "linuxrc.handover=away"
	answer   "Not taken: linuxrc.handover=away: must be one of pivot_root|change_root" "2"
	answer   "root=" ""
	answer   "Number, or" "rw"
	answer   "Number, or" "root=/dev/vda"
	answer   "Number, or" "init=/sbin/text"
	answer   "Number, or" "init=/sbin/good"
	boot
	expect   console "linuxrc: unknown options, ignored: linuxrc.nosuch"
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
	[[ $line == *" -- saw vda (ext2 LABEL=a-long-label-vda UUID="*", ..." ]]
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
	((after >= 3000 && after < 4000))
	another
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1 panic=3"
	keys     "Without an answer in 3 s: reboot." "r"
	idle     "Number, or an option such as root=/dev/vda1: " 4
	boot
	expect   cpu "busy<=30"
	refute   console "reboot"
}
