#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Roots that are no block device: shares of the host by their tag (9p, virtiofs),
# tmpfs, and flash by its name (mtd, ubi), mounted with what root= says as their
# source.
load ../house

PROMPT="Number, or an option"
NINE="rootfstype=9p rootflags=trans=virtio,version=9p2000.L"

@test "9p by its tag on Debian's 6.1, every module loaded on demand" {
	kernel   i386
	image    modules=virtio_pci,9p,9pnet_virtio
	share    hostroot 9p
	cmdline  "root=hostroot $NINE"
	boot
	expect   disk hostroot
	expect   root "hostroot 9p ro"
	expect   module 9p
	expect   module 9pnet_virtio
	exactly  processes 0
	exactly  mounts "/proc /sys /dev / /run"
	expect   console "linuxrc: find the root device: hostroot, no block device"
	expect   console "linuxrc: mount the root file system: hostroot, 9p, ro"
}

@test "9p by its tag under contract ram0, its type and words from linuxrc.conf" {
	kernel   classic
	contract ram0
	image    modules=9p,9pnet_virtio,virtio_pci "conf=rootfstype=9p\nrootflags=version=9p2000.L"
	share    hostroot 9p
	cmdline  "root=/dev/ram0 init=/linuxrc linuxrc.root=hostroot"
	boot
	expect   disk hostroot
	expect   root "hostroot 9p ro"
	exactly  processes 0
}

@test "a tag that is not there: the sentence names those that are, and an answer" {
	kernel   classic
	image    modules=9p,9pnet_virtio,virtio_pci
	share    hostroot 9p
	cmdline  "root=hostrot $NINE"
	answer   "$PROMPT" "root=hostroot"
	boot
	expect   console "linuxrc: mount the root file system: mount hostrot as 9p: No such file or directory -- no device has this tag or name, or rootflags= is not what the driver wants -- saw hostroot"
	expect   disk hostroot
}

@test "linuxrc.image= in a 9p share, and an overlay" {
	kernel   classic
	image    modules=9p,9pnet_virtio,virtio_pci,loop,overlay,ext4
	share    hostroot 9p tree=squashfs_image
	cmdline  "root=hostroot $NINE linuxrc.image=/live/root.squashfs linuxrc.overlay=tmpfs"
	boot
	expect   disk inner
	expect   root "overlay overlay rw"
	exactly  mounts "/proc /sys /dev / /run"
}

squashfs_image() { put_image "$1" live/root.squashfs squashfs; }

@test "virtiofs by its tag, its module loaded on demand" {
	kernel   stock
	image    modules=virtio_pci,virtiofs
	share    hostroot virtiofs
	cmdline  "root=hostroot rootfstype=virtiofs"
	boot
	expect   disk hostroot
	expect   root "hostroot virtiofs ro"
	expect   module virtiofs
	exactly  mounts "/proc /sys /dev / /run"
}

@test "virtiofs by its tag on the newest kernel" {
	kernel   newest
	image    modules=none
	share    hostroot virtiofs
	cmdline  "root=hostroot rootfstype=virtiofs"
	boot
	expect   disk hostroot
	expect   root "hostroot virtiofs ro"
}

@test "rootfstype=tmpfs: an empty root, in which there is no init, and an answer" {
	kernel   classic
	image    modules=virtio_pci,virtio_blk,ext4
	disk     vda ext4
	cmdline  "root=nothing rootfstype=tmpfs"
	answer   "$PROMPT" "root=/dev/vda rootfstype=auto"
	boot
	expect   console "linuxrc: mount the root file system: nothing, tmpfs, ro"
	expect   console "linuxrc: check init: the root has no init: none of /sbin/init, /etc/init, /bin/init, /bin/sh"
	expect   root "/dev/vda ext4 ro"
	exactly  mounts "/proc /sys /dev / /run"
}

# ---------------------------------------------------------------- flash

# vda as flash, loaded before the driver of the file system, or of UBI.
block2mtd() {
	local line="softdep ${2-jffs2} pre: block2mtd"
	echo "$line" >>"$1/lib/modules/$(kernel_release "$KERNEL")/modules.softdep"
}
block2ubi() { block2mtd "$1" ubi; }

@test "jffs2 by the number of its flash" {
	kernel   classic
	image    modules=virtio_pci,virtio_blk,block2mtd,jffs2 tree=block2mtd
	disk     vda jffs2 size=4
	cmdline  "root=mtd0 rootfstype=jffs2 block2mtd.block2mtd=/dev/vda,64KiB"
	boot
	expect   disk vda
	expect   root "mtd0 jffs2 ro"
	expect   module block2mtd
}

@test "jffs2 by the name of its flash, its type not given; and one that is not there" {
	kernel   classic
	image    modules=virtio_pci,virtio_blk,block2mtd,jffs2 tree=block2mtd
	disk     vda jffs2 size=4
	cmdline  "root=mtd:flash block2mtd.block2mtd=/dev/vda,64KiB,system"
	answer   "$PROMPT" "root=mtd:system"
	boot
	expect   console "mount mtd:flash as jffs2: No such file or directory -- no device has this tag or name, or rootflags= is not what the driver wants -- saw mtd:system"
	expect   disk vda
	expect   root "mtd:system jffs2 ro"
}

@test "ubifs by the name of its volume, its type not given" {
	kernel   classic
	image    modules=virtio_pci,virtio_blk,block2mtd,ubifs,deflate tree=block2ubi
	disk     vda ubifs size=8
	cmdline  "root=ubi0:root block2mtd.block2mtd=/dev/vda,64KiB ubi.mtd=0"
	boot
	expect   disk vda
	expect   root "ubi0:root ubifs ro"
	expect   module ubi
}
