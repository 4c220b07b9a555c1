#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What the kernel itself makes of root= and its fellows, and that linuxrc makes
# the same of them: each line is booted twice on one kernel that has all its
# drivers built in, without an image and with linuxrc in one. Where we go
# further than the kernel, both answers stand here.
load ../house
load ../partitions
PACKED=yes

# What is mounted, but for the name of the node, which is /dev/root to the
# kernel, and for the number of what is no device, the next that is free.
mounted() {
	facts_of root | sed 's/^[^ ]* //; s/ parent=.*//; s/ dev=0:[0-9]*//'
	facts_of disk
}

# The kernel alone; what it mounted is kept for the comparison.
alone() { # CMDLINE
	kernel   builtin
	contract none
	cmdline  "$1"
	boot
	mounted >"$VM_ROOT/alone"
	cp "$VM/console.log" "$VM_ROOT/alone.log"
}

ours() { # CMDLINE
	kernel   builtin
	contract initramfs
	image    modules=none
	cmdline  "$1"
	boot
}

# Both mount the same, which is this.
same() { # CMDLINE ROOT DISK
	alone    "$1"
	ours     "$1"
	expect   root "* $2"
	expect   disk "$3"
	alike
}

alike() {
	[[ $(mounted) == "$(<"$VM_ROOT/alone")" ]] || fail_sheet \
		"expected what the kernel mounts" "$(<"$VM_ROOT/alone")" "$(mounted)"
}

# The kernel panics with WORDS, having said TEXT.
panics() { # CMDLINE WORDS [TEXT]
	alone    "$1"
	expect   end "panic: *"
	expect   console "Kernel panic - not syncing: $2"
	[[ -z ${3-} ]] || expect console "$3"
}

# We end in a sentence. Nobody is there to be asked, so the machine goes off.
says() { # CMDLINE SENTENCE
	ours     "$1"
	expect   end "silent:"
	expect   console "linuxrc: $2"
}

# The major number of virtio disks is a dynamic one: 253 here.
NO_ROOT="VFS: Unable to mount root fs on"

# ---------------------------------------------------------------- numbers

@test "root=253:2:7x: two decimal numbers, and what sscanf() of the kernel lets pass; rw" {
	partitions gpt
	same     "root=253:2:7x rw" "ext4 rw dev=253:2" gpt2
}

@test "root=fd05: one number in hexadecimal; of rw and ro the last one counts" {
	partitions mbr
	same     "rw root=fd05 ro" "ext4 ro dev=253:5" mbr5
}

@test "root=0Xfd03: the same with its prefix" {
	partitions gpt
	same     "root=0Xfd03" "ext4 ro dev=253:3" gpt3
}

@test "root=fd0 is the number 15:208, for us too, and we warn where there is such a device" {
	panics   "root=fd0" "$NO_ROOT unknown-block(15,208)"
	says     "root=fd0 linuxrc.timeout=0" "find the root device: root=fd0: not there"
}

@test "root=fd0 where there is such a device: we warn" {
	kernel   classic
	image    modules=floppy,virtio_pci,virtio_blk
	device   "floppy,drive-type=144"
	disk     vda ext2
	cmdline  "root=fd0 linuxrc.timeout=2 linuxrc.coldplug=all"
	answer   "Number, or an option" "root=/dev/vda"
	boot
	expect   console "linuxrc: root=fd0 is the number 15:208 to the kernel; for the device say root=/dev/fd0"
	expect   disk vda
}

# ---------------------------------------------------------------- names

@test "root=/dev/vda6: a logical partition" {
	partitions mbr
	same     "root=/dev/vda6" "ext4 ro dev=253:6" mbr6
}

@test "root=/dev/nvme0n1p2: a p between two numbers; no rootfstype=: ext4" {
	disk     nvme0n1 ext4 part=gpt number=2
	same     "root=/dev/nvme0n1p2" "ext4 ro dev=259:2" nvme0n1
}

@test "root=/dev/sda: a whole disk; no rootfstype=: ext3" {
	disk     sda ext3
	same     "root=/dev/sda rw" "ext3 rw dev=8:0" sda
}

an_init() { # TREE
	mkdir "$1/sbin"
	cp "$(binary testinit)" "$1/sbin/init"
}

# Under /init the RAM disk is empty.
@test "root=/dev/ram is /dev/ram0, the RAM disk" {
	kernel   builtin
	contract ram0
	image    modules=none binary=testinit tree=an_init
	cmdline  "root=/dev/ram"
	boot
	expect   root "* ext4 ro dev=1:0"
	another
	says     "root=/dev/ram" "find the root device: ram0"
}

@test "root=/dev/dm-0: a device that the kernel maps itself" {
	disk     vda ext2
	same     'root=/dev/dm-0 dm-mod.create="root,,,rw,0 32768 linear /dev/vda 0"' \
		"ext4 ro dev=*" vda
}

# The kernel does that before it runs /linuxrc, but not before /init.
@test "root=/dev/md0: an array that the kernel puts together itself" {
	disk     vda ext2
	disk     vdb none size=16
	alone    "root=/dev/md0 md=0,-1,0,0,/dev/vda,/dev/vdb"
	contract linuxrc
	image    modules=none
	boot
	expect   root "/dev/md0 ext4 ro dev=9:0"
	alike
}

@test "root=/dev/vda7: no such partition: the kernel takes its number and panics, we wait for it" {
	partitions mbr
	panics   "root=/dev/vda7 rootwait" "$NO_ROOT unknown-block(253,7)"
	says     "root=/dev/vda7 rootwait=1" "find the root device: root=/dev/vda7: not there after 1 s -- saw vda"
}

@test "root=/dev/NAME of more than 31 bytes: the kernel waits for nothing, we say so" {
	panics   "root=/dev/a-name-that-no-block-device-can-have" "$NO_ROOT unknown-block(0,0)"
	says     "root=/dev/a-name-that-no-block-device-can-have rootwait" \
		"find the root device: root=/dev/a-name-that-no-block-device-can-have: the kernel's names of block devices have at most 31 bytes"
}

# ---------------------------------------------------------------- partitions by their tags

@test "root=PARTUUID=CAFE0042-06: signature and number, in any letters" {
	partitions mbr
	same     "root=PARTUUID=CAFE0042-06" "ext4 ro dev=253:6" mbr6
}

@test "root=PARTUUID=2e57c0de: a beginning is enough, and the first one counts" {
	partitions gpt
	same     "root=PARTUUID=2e57c0de" "ext4 ro dev=253:2" gpt2
}

@test "root=PARTUUID=.../PARTNROFF=-2: partitions before it" {
	partitions gpt
	same     "root=PARTUUID=2e57c0de-0003-4000-8000-00000000a003/PARTNROFF=-2" \
		"ext4 ro dev=253:1" gpt1
}

@test "root=PARTUUID=.../PARTNROFF=-1 of partition 1: the disk; a signature of zeros" {
	disk     vda ext2
	hybrid   "${DISKS[1]}" "$VM_ROOT/hybrid"
	DISKS[1]=$VM_ROOT/hybrid
	same     "root=PARTUUID=00000000-01/PARTNROFF=-1" "ext4 ro dev=253:0" vda
}

@test "a root= of more than 63 bytes: the kernel cuts it and finds another partition, we do not" {
	local root=PARTUUID=1e57c0de-0001-4000-8000-00000000a001/PARTNROFF=00000002
	partitions gpt
	alone    "root=$root"
	expect   root "* dev=253:1"
	ours     "root=$root"
	expect   root "* dev=253:3"
}

@test "a PARTNROFF that is no number: an error at once, in spite of rootwait" {
	partitions gpt
	panics   "root=PARTUUID=1e57c0de/PARTNROFF=x rootwait" "$NO_ROOT unknown-block(0,0)" \
		"Disabling rootwait; root= is invalid."
	says     "root=PARTUUID=1e57c0de/PARTNROFF=x rootwait" \
		"find the root device: root=PARTUUID=1e57c0de/PARTNROFF=x: must be PARTUUID=ID or PARTUUID=ID/PARTNROFF=NUMBER"
}

@test "PARTNROFF=+1: an error to the kernel, a number to us" {
	partitions gpt
	panics   "root=PARTUUID=1e57c0de/PARTNROFF=+1" "$NO_ROOT unknown-block(0,0)" \
		"VFS: PARTUUID= is invalid."
	ours     "root=PARTUUID=1e57c0de/PARTNROFF=+1"
	expect   disk gpt2
}

@test "root=PARTLABEL=: the name with its blank" {
	partitions gpt
	same     'root="PARTLABEL=the root"' "ext4 ro dev=253:2" gpt2
}

@test "root=PARTLABEL= in seven bits, as the kernel reads it, and in UTF-8, as people write it" {
	disk     vda squashfs part=gpt number=2 partlabel=wüste
	same     "root=PARTLABEL=w|ste rw" "squashfs rw dev=253:2 super=ro*" vda
	panics   "root=PARTLABEL=wüste" "$NO_ROOT unknown-block(0,0)"
	ours     "root=PARTLABEL=wüste"
	expect   disk vda
}

@test "root=PARTLABEL= without a name: to the kernel the first partition that has none, an error to us" {
	partitions mbr
	alone    "root=PARTLABEL="
	expect   disk mbr1
	says     "root=PARTLABEL= rootwait" "find the root device: root=PARTLABEL=: the tag is empty"
}

@test "root=UUID= is nothing that the kernel knows" {
	partitions gpt
	panics   "root=UUID=${UUID}3" "$NO_ROOT unknown-block(0,0)" \
		"VFS: Cannot open root device \"UUID=${UUID}3\""
	ours     "root=UUID=${UUID}3"
	expect   disk gpt3
}

@test "root= without a value is as none: the number in the boot sector, which is 0" {
	partitions gpt
	panics   "root=/dev/vda2 root=" "$NO_ROOT unknown-block(0,0)"
	says     "root=/dev/vda2 root=" "find the root device: no root= was given -- saw vda"
}

# ---------------------------------------------------------------- no block device

@test "root=TAG rootfstype=9p: what QEMU shares" {
	share    there 9p
	same     "root=there rootfstype=9p rootflags=trans=virtio,version=9p2000.L" \
		"9p ro dev=*" there
	expect   root "there"
}

@test "root=/dev/TAG rootfstype=9p: without /dev/, or as it stands" {
	share    there 9p
	same     "root=/dev/there rootfstype=9p rootflags=trans=virtio,version=9p2000.L" \
		"9p ro dev=*" there
	DEVICES[3]=${DEVICES[3]/mount_tag=there/mount_tag=\/dev\/root}
	same     "root=/dev/root rootfstype=9p rootflags=trans=virtio,version=9p2000.L" \
		"9p ro dev=*" there
}

@test "root=TAG rootfstype=virtiofs: what the host shares" {
	share    there virtiofs
	alone    "root=there rootfstype=virtiofs rw"
	DEVICES=()
	share    there virtiofs
	ours     "root=there rootfstype=virtiofs rw"
	expect   root "there virtiofs rw"
	expect   disk there
	alike
}

@test "root=WORD rootfstype=tmpfs: an empty root" {
	panics   "root=nowhere rootfstype=tmpfs" "No working init found" \
		"VFS: Mounted root (tmpfs filesystem) readonly on device"
	says     "root=nowhere rootfstype=tmpfs" "mount the root file system: nowhere, tmpfs, ro"
	expect   console "linuxrc: check init: the root has no init"
}

MTD=block2mtd.block2mtd=/dev/vda,64KiB,rootfs

@test "root=mtd0: by its name" {
	disk     vda jffs2 size=8
	same     "root=mtd0 rootfstype=jffs2 $MTD" "jffs2 ro dev=31:0" vda
	expect   root "mtd0"
}

@test "root=mtd:NAME: by its label" {
	disk     vda jffs2 size=8
	same     "root=mtd:rootfs rootfstype=jffs2 rw $MTD" "jffs2 rw dev=31:0" vda
	expect   root "mtd:rootfs"
}

UBI="ubi.mtd=0 block2mtd.block2mtd=/dev/vda,64KiB"

@test "root=ubi0:NAME: a volume by its name" {
	disk     vda ubifs size=8
	same     "root=ubi0:root rootfstype=ubifs rw $UBI" "ubifs rw dev=*" vda
	expect   root "ubi0:root"
}

@test "root=/dev/ubi0_0: a volume by its number, without /dev/" {
	disk     vda ubifs size=8
	same     "root=/dev/ubi0_0 rootfstype=ubifs $UBI" "ubifs ro dev=*" vda
	expect   root "ubi0_0"
}

@test "root=/dev/mtdblock0: a block device, or the mtd below it" {
	disk     vda ext2
	same     "root=/dev/mtdblock0 $MTD" "ext4 ro dev=31:0" vda
	DISKS=()
	disk     vda jffs2 size=8
	same     "root=/dev/mtdblock0 rootfstype=jffs2 $MTD" "jffs2 ro dev=31:0" vda
}

@test "root=WORD with a type that needs a device: the kernel panics, we say so" {
	disk     vda ext2
	panics   "root=vda rootfstype=ext2" "$NO_ROOT unknown-block(0,0)"
	says     "root=vda rootfstype=ext2" "mount the root file system: mount vda as ext2: No such file or directory"
	expect   console "linuxrc: root=vda is no device to the kernel; for the device say root=/dev/vda"
}

# ---------------------------------------------------------------- rootfstype=, rootflags=, ro, rw

@test "rootfstype= is a list in its order, in which nothing is passed over" {
	disk     vda ext2
	same     "root=/dev/vda rootfstype=,squashfs,,ext2,ext4" "ext2 ro dev=253:0" vda
}

@test "rootfstype=nosuchfs,ext2: the kernel panics at the first, we go on and say so" {
	disk     vda ext2
	panics   "root=/dev/vda rootfstype=nosuchfs,ext2" "$NO_ROOT unknown-block(253,0)" \
		"VFS: Cannot open root device \"vda\" or unknown-block(253,0): error -19"
	ours     "root=/dev/vda rootfstype=nosuchfs,ext2"
	expect   root "/dev/vda ext2 ro"
	expect   console "passed over, where the kernel itself would panic"
}

@test "rootfstype=auto is a type that the kernel does not know, and none given to us" {
	disk     vda ext4
	panics   "root=/dev/vda rootfstype=auto" "$NO_ROOT unknown-block(253,0)"
	ours     "root=/dev/vda rootfstype=auto"
	expect   root "/dev/vda ext4 ro"
}

@test "rw of a disk that cannot be written to: read-only in the end" {
	disk     vda ext4
	DISKS[1]+=,readonly=on
	same     "root=/dev/vda rw" "ext4 ro dev=253:0" vda
}

@test "rootflags= for the file system" {
	disk     vda ext4
	same     "root=/dev/vda rw rootflags=nodelalloc,commit=7" \
		"ext4 rw super=rw,nodelalloc,commit=7*" vda
}

@test "rootflags=noatime: a word for mount(8), which no file system takes from the kernel" {
	disk     vda ext4
	panics   "root=/dev/vda rootflags=noatime" "$NO_ROOT unknown-block(253,0)" \
		"No filesystem could mount root, tried:"
	ours     "root=/dev/vda rootflags=noatime"
	expect   root "/dev/vda ext4 ro flags=ro,noatime"
}

# ---------------------------------------------------------------- waiting

@test "rootwait: a disk that comes after two seconds" {
	disk     vda ext4 label=ROOT late=1 after="Waiting for root device /dev/vda..."
	alone    "root=/dev/vda rootwait"
	SCRIPT=${SCRIPT/Waiting for root device \/dev\/vda.../as init process}
	ours     "root=/dev/vda rootwait"
	expect   root "* ext4 ro dev=253:0"
	alike
}

@test "rootdelay=0x2: a disk that comes meanwhile" {
	disk     vda ext4 label=ROOT late=0 after="before mounting root device..."
	alone    "root=/dev/vda rootdelay=0x2"
	expect   console "Waiting 2 sec before mounting root device..."
	SCRIPT=${SCRIPT/before mounting root device.../as init process}
	ours     "root=/dev/vda rootdelay=0x2"
	expect   root "* ext4 ro dev=253:0"
	alike
}

@test "rootwait=9: nothing to this kernel but a word for init; a number of seconds to us" {
	disk     vda ext4 label=ROOT late=0 after="as init process"
	panics   "root=/dev/vda rootwait=9" "$NO_ROOT unknown-block(0,0)"
	ours     "root=/dev/vda rootwait=9"
	expect   disk vda
	expect   env "rootwait=9"
}
