#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What the root can be: each file system by its UUID and by its LABEL, with its
# driver loaded only when it is mounted; rootfstype=, rootflags=, ro and rw.
load ../house

UUID=6f1d2a54-3c0b-4e86-9a71-0000000000f5
VIRTIO=virtio_pci,virtio_blk
PROMPT="Number, or an option"

# One boot from a disk of this type, found by ROOT; the other disk is the same
# but for its tags.
boots_from() { # KERNEL TYPE ROOT MODULES
	kernel   "$1"
	contract initramfs
	image    modules=$VIRTIO${4:+,$4}
	disk     vda "$2" label=ANOTHER
	disk     vdb "$2" label=ROOT uuid=$UUID
	cmdline  "root=$3"
	boot
	expect   init "/sbin/init pid=1"
	expect   disk vdb
	expect   root "/dev/vdb $2 ro"
}

@test "ext2 by LABEL=, its driver built in" {
	boots_from classic ext2 LABEL=ROOT
}

@test "ext2 by UUID=, mounted by the ext4 driver where there is no other" {
	boots_from stock ext2 UUID=$UUID
	refute   module "ext4"
}

@test "ext3 by UUID=, the ext4 driver loaded for it" {
	boots_from classic ext3 UUID=$UUID ext4
	expect   module ext4
}

@test "ext4 by UUID=, its driver and the checksums that it asks for loaded" {
	boots_from classic ext4 UUID=$UUID ext4
	expect   module ext4
	expect   module crc32c_generic
}

@test "ext4 by LABEL=, its driver built in" {
	boots_from stock ext4 LABEL=ROOT
	refute   module ext4
}

@test "xfs by UUID=, its driver loaded for it" {
	boots_from stock xfs UUID=$UUID xfs
	expect   module xfs
}

@test "xfs by LABEL=, and no driver of another type is loaded" {
	boots_from stock xfs LABEL=ROOT xfs,btrfs,squashfs,vfat
	expect   module xfs
	refute   module btrfs
	refute   module squashfs
	refute   module vfat
}

@test "btrfs by UUID=, its driver loaded for it" {
	boots_from stock btrfs UUID=$UUID btrfs
	expect   module btrfs
}

@test "btrfs by LABEL= on the newest kernel, its driver a .ko.xz" {
	boots_from newest btrfs LABEL=ROOT btrfs
	expect   module btrfs
}

@test "vfat by LABEL=, with the character tables that no index names" {
	boots_from classic vfat LABEL=ROOT vfat,nls_cp437,nls_iso8859-1
	expect   module vfat
	expect   module nls_cp437
}

@test "vfat by its short UUID=, its driver and tables loaded" {
	boots_from stock vfat UUID=0000-00F5 vfat,nls_cp437,nls_ascii
	expect   module vfat
}

@test "squashfs, its driver loaded for it: read-only in itself, rw or not" {
	kernel   stock
	image    modules=$VIRTIO,squashfs
	disk     vda ext2
	disk     vdb squashfs
	cmdline  "root=/dev/vdb rw"
	boot
	expect   disk vdb
	expect   root "/dev/vdb squashfs super=ro*"
	expect   module squashfs
}

# ---------------------------------------------------------------- rootfstype=

@test "rootfstype= is a list in its order: types that refuse or are unknown are passed over" {
	kernel   classic
	image    modules=$VIRTIO,ext4
	disk     vda ext4
	cmdline  "root=/dev/vda rootfstype=squashfs,,nosuchfs,ext4,ext2"
	boot
	expect   root "/dev/vda ext4 ro"
}

@test "rootfstype= decides between drivers that would both take it" {
	kernel   classic
	image    modules=$VIRTIO,ext4
	disk     vda ext2
	cmdline  "root=/dev/vda rootfstype=ext4,ext2"
	boot
	expect   root "/dev/vda ext4 ro"
	expect   module ext4
}

@test "rootfstype= without a type that fits: the sentence, and an answer" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2
	cmdline  "root=/dev/vda rootfstype=minix,squashfs"
	answer   "$PROMPT" "rootfstype=auto"
	boot
	expect   console "linuxrc: mount the root file system: mount /dev/vda as any of minix, squashfs: Invalid argument -- it holds ext2"
	expect   root "/dev/vda ext2 ro"
}

# ---------------------------------------------------------------- rootflags=

@test "rootflags=: words of the VFS become flags, the rest goes to the driver" {
	kernel   stock
	disk     vda ext4
	cmdline  "root=/dev/vda rootflags=noatime,nodev,defaults,_netdev,x-systemd.growfs,errors=remount-ro,data=journal"
	boot
	expect   root "/dev/vda ext4 ro"
	expect   root "flags=ro,nodev,noatime super=ro,*errors=remount-ro,data=journal"
}

@test "of ro and rw the last one counts; nosuid is a flag of the mount" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2
	cmdline  "root=/dev/vda ro rw rootflags=nosuid"
	boot
	expect   root "/dev/vda ext2 rw"
	expect   root "flags=rw,nosuid,relatime"
}

@test "rw on a file system that can only be read: read-only, and said so" {
	kernel   classic
	image    modules=$VIRTIO
	# a feature that only a reader may pass over: s_feature_ro_compat
	disk     vda ext2 damage=1127:1
	cmdline  "root=/dev/vda rw rootfstype=ext2"
	boot
	expect   root "/dev/vda ext2 ro"
	expect   console "vda cannot be written: mounted read-only"
}

@test "rootflags= with a word that the driver does not know: the sentence, and an answer" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2
	cmdline  "root=/dev/vda rootflags=nosuchword"
	answer   "$PROMPT" "rootflags=noatime"
	boot
	expect   console "linuxrc: mount the root file system: mount /dev/vda as any of ext2, ext4: Invalid argument -- it is ext2, but damaged, or rootflags= has a word that the driver does not know"
	expect   root "/dev/vda ext2 ro flags=ro,noatime"
}

# ------------------------------------------------- where the kernel panics

@test "rootfstype=foo,ext4: the kernel dies of foo; here it is passed over, and said so" {
	kernel   classic
	image    modules=$VIRTIO,ext4
	disk     vda ext4
	cmdline  "root=/dev/vda rootfstype=foo,ext4"
	boot
	expect   console "linuxrc: mount /dev/vda as foo: No such device -- this kernel has no driver for foo -- module foo: not in this image; passed over, where the kernel itself would panic"
	expect   root "/dev/vda ext4 ro"
}

@test "an error other than EACCES and EINVAL ends the list: the sentence where the kernel would have panicked" {
	kernel   stock
	image    modules=$VIRTIO,xfs
	# a superblock that is xfs, but whose checksum is wrong
	disk     vda xfs damage=200:4
	cmdline  "root=/dev/vda rootfstype=xfs,ext4"
	answer   "$PROMPT" "reboot"
	boot
	expect   console "linuxrc: mount the root file system: mount /dev/vda as xfs: Structure needs cleaning -- the file system is damaged: repair it with fsck from another system -- ext4 not tried: after this error the kernel would not go on either"
	refute   console "Kernel panic"
	expect   end "silent:"
}

@test "rootflags= of more than a page: refused with the limit, and the rest is used" {
	kernel   classic
	image    modules=$VIRTIO,ext4 tree=long_flags
	disk     vda ext4
	cmdline  "root=/dev/vda"
	boot
	expect   console "etc/linuxrc.conf: rootflags=xxxxxxxx"
	expect   console "...: longer than 4095 bytes, in line 1"
	expect   root "/dev/vda ext4 rw"
}

long_flags() {
	printf 'rootflags=%s\nrw\n' "$(printf x%.0s {1..4096})" \
		>"$1/etc/linuxrc.conf"
}
