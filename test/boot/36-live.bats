#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# A live system: a compressed root in a file of a medium, a tmpfs over it
# (linuxrc.image=, linuxrc.overlay=), under every contract; nothing of ours is
# left in the mount table, and the initrd's memory comes back.
load ../house

squashfs_image() { put_image "$1" live/root.squashfs squashfs; }
LIVE="linuxrc.image=/live/root.squashfs linuxrc.overlay=tmpfs testinit=write"
LAYERS="overlay overlay rw flags=rw,relatime super=rw,lowerdir=lower,upperdir=upper,workdir=work*"

@test "a live CD: squashfs in iso9660 found by its LABEL, every driver loaded on demand" {
	kernel   stock
	image    modules=virtio_pci,virtio_blk,loop,isofs,squashfs,overlay
	disk     vda iso9660 tree=squashfs_image label=LIVE keep=yes
	cmdline  "root=LABEL=LIVE $LIVE"
	boot
	expect   disk inner
	expect   root "$LAYERS"
	expect   note "none written=yes"
	expect   bytes "vda=same"
	expect   module isofs
	expect   module loop
	expect   module squashfs
	expect   module overlay
	exactly  mounts "/proc /sys /dev / /run"
	exactly  processes 0
	expect   init "pid=1 fds=0,1,2"
	expect   console "mount the root file system: vda, iso9660, ro; /live/root.squashfs, squashfs, ro; a tmpfs over it, overlay, rw"
}

@test "a live stick on the newest kernel: squashfs in ext4, modules in .ko.xz" {
	kernel   newest
	image    modules=virtio_pci,virtio_blk,loop,squashfs,ext4,overlay
	disk     vda ext4 tree=squashfs_image
	cmdline  "root=/dev/vda rw $LIVE"
	boot
	expect   disk inner
	expect   root "$LAYERS"
	expect   note "none written=yes"
	exactly  mounts "/proc /sys /dev / /run"
	exactly  processes 0
}

@test "a live stick under contract linuxrc: squashfs in vfat, and /initrd can be unmounted" {
	kernel   classic
	contract linuxrc
	image    modules=virtio_pci,virtio_blk,loop,vfat,nls_cp437,nls_iso8859-1,overlay
	disk     vda vfat tree=squashfs_image
	cmdline  "root=/dev/vda $LIVE,umount"
	boot
	expect   disk inner
	expect   root "$LAYERS"
	expect   note "none written=yes"
	exactly  mounts "/initrd /dev / /run"
	expect   umount "ok"
	exactly  processes 0
}

@test "a live stick under contract ram0: the initrd read-only and without directories, then freed" {
	kernel   classic
	contract ram0
	image    modules=virtio_pci,virtio_blk,loop,ext4,overlay type=squashfs without=proc,sys,new-root
	disk     vda ext4 tree=squashfs_image
	cmdline  "root=/dev/ram0 init=/linuxrc linuxrc.root=/dev/vda linuxrc.initrd=free $LIVE"
	boot
	expect   disk inner
	expect   root "$LAYERS"
	expect   note "none written=yes"
	exactly  mounts "/dev / /run"
	exactly  processes 0
}

@test "an overlay that the type cannot lie below: the sentence, and an answer" {
	kernel   classic
	image    modules=virtio_pci,virtio_blk,vfat,nls_cp437,nls_iso8859-1,overlay
	disk     vda vfat
	cmdline  "root=/dev/vda linuxrc.overlay=tmpfs"
	answer   "Number, or an option" "linuxrc.overlay=none"
	boot
	expect   console "mount the root file system: mount an overlay over vfat: Invalid argument -- not every type can lie below one; the kernel log says why"
	expect   root "/dev/vda vfat ro"
	exactly  mounts "/proc /sys /dev / /run"
}
