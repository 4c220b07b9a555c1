#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# A suspended system on a disk, and what a failed boot may do to disks: nothing.
load ../house
PACKED=yes	# without ACPI a machine that has suspended itself stays on

PROMPT="Number, or an option"

# ---------------------------------------------------------------- it goes on

KERNEL_THAT_SUSPENDS=classic

# The words with which a contract begins.
start_of() { # CONTRACT
	[[ $1 != ram0 ]] || echo -n "root=/dev/ram0 init=/linuxrc rw "
	echo "linuxrc.root=/dev/vda"
}

# A machine that suspends itself to vdb, and says which word it had in memory.
suspends() { # CONTRACT RESUME
	kernel   $KERNEL_THAT_SUSPENDS
	contract "$1"
	disk     vda ext4
	disk     vdb swap label=SWAP size=96 keep=yes
	cmdline  "$(start_of "$1") resume=$2 testinit=hibernate SWAP=vdb WORD=apple"
	boot
	expect   console "resume from disk: no suspended system on vdb"
	expect   init "/sbin/init pid=1"
	expect   hibernate "ready"
	refute   resumed
	expect   bytes "vdb=changed"
}

# The same machine, switched on again.
begins_again() { # CONTRACT WORDS
	another
	kernel   $KERNEL_THAT_SUSPENDS
	contract "$1"
	disk     vda ext4
	disk     vdb again
	cmdline  "$(start_of "$1") WORD=pear $2"
	boot
}

# It goes on where it was: no init is started, and it has the word of then.
went_on() {
	refute   init
	exactly  resumed "apple"
	expect   console "linuxrc: a suspended system is on vdb: going on with it"
	refute   console "linuxrc: mount the root file system"
}

@test "a suspended system is left alone with noresume, and goes on without it" {
	suspends initramfs LABEL=SWAP
	begins_again initramfs "resume=LABEL=SWAP noresumeX"
	expect   console "resume from disk: not asked for: noresume or nohibernate was given"
	expect   init "/sbin/init pid=1"
	refute   resumed
	expect   bytes "vdb=same"
	begins_again initramfs "resume=LABEL=SWAP rootwait"
	went_on
}

@test "a suspended system goes on from /linuxrc, which has to become init for that" {
	suspends linuxrc /dev/vdb
	begins_again linuxrc "resume=/dev/vdb"
	went_on
	expect   console "linuxrc: resume from disk: a suspended system is on vdb: the kernel is asked by us as init, when /linuxrc has ended"
	expect   console "linuxrc: learn the contract: ram0, pid 1"
}

@test "/linuxrc that became init boots as it would have, when the kernel cannot go on" {
	local init
	for init in "" init=/sbin/umount; do
		another
		kernel   $KERNEL_THAT_SUSPENDS
		contract linuxrc
		disk     vda ext4 tree=other_init
		disk     vdb swsuspend keep=yes
		cmdline  "root=/dev/vda linuxrc.rootflags=noatime rw resume=/dev/vdb $init a=b word"
		boot
		expect   console "linuxrc: resume from disk: the kernel could not go on with the suspended system on vdb, and it is lost"
		expect   root "/dev/vda ext4 rw flags=rw,noatime"
		expect   init "pid=1 ppid=0 cwd=/ fds=0,1,2"
		exactly  mounts "/initrd /dev / /run"
		expect   env "a=b"
		exactly  processes 0
	done
	# a name that is also one of our tools
	expect   init "/sbin/umount argv=/sbin/umount,word"
}

other_init() { # TREE
	cp "$1/sbin/init" "$1/sbin/umount"
}

@test "on a read-only initrd a suspended system stays where it is" {
	kernel   $KERNEL_THAT_SUSPENDS
	contract linuxrc
	image    type=squashfs
	disk     vda ext4
	disk     vdb swsuspend keep=yes
	cmdline  "root=/dev/vda resume=/dev/vdb"
	boot
	expect   console "linuxrc: resume from disk: the suspended system on vdb stays there: the kernel cannot go on with it while it runs /linuxrc -- /sbin/init in the initrd: Read-only file system"
	expect   init "/sbin/init pid=1"
	expect   bytes "vdb=same"
}

@test "a suspended system goes on from /dev/ram0, too" {
	suspends ram0 "UUID=$(disk_uuid vdb)"
	begins_again ram0 "resume=UUID=$(disk_uuid vdb)"
	went_on
}

# 48 MiB without a hole, in blocks of a page.
swap_file() { # TREE
	head -c 48M /dev/zero | tr '\0' '\252' >"$1/swap"
	chmod 600 "$1/swap"
	mkswap -q "$1/swap"
}

@test "a system suspended to a swap file goes on, with resume_offset=" {
	local words offset
	kernel   $KERNEL_THAT_SUSPENDS
	disk     vda ext4 block=4096 size=80 tree=swap_file keep=yes
	offset=$(debugfs -R "bmap /swap 0" "${DISKS[1]}" 2>/dev/null)
	words="root=/dev/vda rw resume=UUID=$(disk_uuid vda) resume_offset=$offset"
	cmdline  "$words testinit=hibernate SWAP=/swap WORD=apple"
	boot
	expect   console "resume from disk: no suspended system on vda"
	expect   hibernate "ready"
	another
	kernel   $KERNEL_THAT_SUSPENDS
	disk     vda again
	cmdline  "$words WORD=pear"
	boot
	refute   init
	exactly  resumed "apple"
	expect   console "linuxrc: a suspended system is on vda: going on with it"
}

# ---------------------------------------------------------------- it does not

@test "a resume= that is not there delays the boot by 5 s, whatever rootwait says" {
	kernel   $KERNEL_THAT_SUSPENDS
	disk     vda ext4
	disk     vdb swap label=SWAP
	cmdline  "root=/dev/vda rootwait resume=LABEL=SWAPS"
	boot
	expect   console "linuxrc: resume from disk: resume=LABEL=SWAPS: not there after 5 s -- saw vda (ext4"
	expect   console "vdb (swap LABEL=SWAP"
	expect   init "/sbin/init pid=1"
	expect   time "ms<=15000"
}

@test "a device for resume= that comes late is waited for, with resumedelay= beyond 5 s" {
	kernel   $KERNEL_THAT_SUSPENDS
	disk     vda ext4
	image    conf=resumedelay=60
	disk     vdb swap part=gpt partlabel=rest late=7
	cmdline  "root=/dev/vda resume=PARTLABEL=rest"
	boot
	expect   console "linuxrc: resume from disk: no suspended system on vdb1 ("
	expect   time "ms>=7000 ms<=40000"
}

@test "a device for resume= gets its driver, though the root needed none of it" {
	kernel   $KERNEL_THAT_SUSPENDS
	image    modules=+ata_piix,sd_mod
	disk     sda ext4
	disk     vda swap label=SWAP
	cmdline  "root=/dev/sda resume=/dev/disk/by-label/SWAP"
	boot
	refute   console ", virtio_blk"
	expect   console "linuxrc: resume from disk: no suspended system on vda ("
	expect   disk sda
}

@test "an image that the kernel cannot use is lost, and the boot goes on" {
	kernel   $KERNEL_THAT_SUSPENDS
	disk     vda ext4
	disk     vdb swsuspend label=SWAP keep=yes
	cmdline  "root=/dev/vda resume=LABEL=SWAP"
	boot
	expect   console "linuxrc: resume from disk: the kernel could not go on with the suspended system on vdb, and it is lost -- the kernel log says why"
	expect   init "/sbin/init pid=1"
	expect   bytes "vdb=changed"
}

@test "a kernel that is locked down does not look, and the image stays" {
	kernel   stock
	disk     vda ext4
	disk     vdb swsuspend label=SWAP keep=yes
	cmdline  "root=/dev/vda resume=LABEL=SWAP lockdown=integrity"
	boot
	expect   console "linuxrc: resume from disk: the kernel did not look at the suspended system on vdb, which stays there -- /sys/power/disk says [disabled]"
	expect   init "/sbin/init pid=1"
	expect   bytes "vdb=same"
}

@test "a kernel without hibernation says so, and the newest one is asked the same way" {
	kernel   modern
	contract ram0
	image    modules=none
	disk     vda ext2
	cmdline  "root=/dev/ram0 init=/linuxrc rw linuxrc.root=/dev/vda resume=/dev/vda"
	boot
	expect   console "linuxrc: resume from disk: resume=/dev/vda: this kernel cannot resume: /sys/power/resume: No such file or directory"
	expect   init "/sbin/init pid=1"
	another
	kernel   newest
	disk     vda ext4
	disk     vdb swap label=SWAP
	cmdline  "root=/dev/vda resume=LABEL=SWAP"
	boot
	expect   console "linuxrc: resume from disk: no suspended system on vdb ("
	expect   init "/sbin/init pid=1"
}

@test "once a disk was mounted it is too late for resume=" {
	kernel   $KERNEL_THAT_SUSPENDS
	disk     vda ext4
	disk     vdb swsuspend keep=yes
	cmdline  "root=/dev/vda resume=mtd0 init=/nowhere"
	answer   "$PROMPT" "resume=/dev/vdb init=/sbin/init"
	boot
	expect   console "linuxrc: resume from disk: resume=mtd0: no block device is spelt like this"
	expect   console "linuxrc: resume from disk: resume=/dev/vdb: too late, a disk may have been mounted meanwhile"
	expect   init "/sbin/init pid=1"
	expect   bytes "vdb=same"
}

# The real root's own resume= is in the laboratory's file only.
lab() { # TREE
	mkdir -p "$1/lab/etc"
	cp "$(binary linuxrc)" "$1/lab/linuxrc"
	echo "resume=LABEL=SWAP root=/dev/vda" >"$1/lab/etc/linuxrc.conf"
}

@test "a rehearsal says what would be resumed, and leaves it alone" {
	kernel   $KERNEL_THAT_SUSPENDS
	image    conf=root=/dev/vda
	disk     vda ext4 tree=lab
	disk     vdb swsuspend label=SWAP keep=yes
	cmdline  "testinit=chroot"
	boot
	expect   chroot "exit=0 signal=0 mounts=same writes=0"
	expect   console "resume from disk: vdb (254:16), not asked in a rehearsal"
	expect   console "  resume             LABEL=SWAP  (conf)"
	expect   bytes "vdb=same"
}

# ---------------------------------------------------------------- not one byte

@test "a failed boot and its question change not one byte of a dirty journal or a suspend image" {
	local contract
	for contract in initramfs linuxrc; do
		another
		kernel   classic
		contract $contract
		image    modules=virtio_pci,virtio_blk,ext4
		disk     vda ext4 journal=dirty keep=yes
		disk     vdb swsuspend label=SWAP keep=yes
		disk     vdc ext4 part=gpt journal=dirty keep=yes
		cmdline  "root=UUID=6f1d2a54-3c0b-4e86-9a71-000000766460 rw rootwait=1"
		answer   "$PROMPT" "root=/dev/vda linuxrc.rootflags=nonsense"
		answer   "$PROMPT" "root=PARTUUID=0 linuxrc.onfail=poweroff"
		boot
		expect   end "silent:"
		expect   console "linuxrc: find the root device: root=UUID=6f1d2a54-3c0b-4e86-9a71-000000766460: not there after 1 s -- saw vda (ext4"
		expect   console "; the UUID differs from that of vda in one character"
		expect   console "linuxrc: mount the root file system: mount /dev/vda as ext4: Invalid argument"
		expect   console "vdb (swsuspend LABEL=SWAP"
		expect   console "linuxrc: find the root device: root=PARTUUID=0: not there after 1 s"
		refute   console "recovery complete"
		expect   bytes "vda=same vdb=same vdc=same"
	done
}
