#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# One thing on another until there is a root: a file in the device that root=
# names (linuxrc.image=), a tmpfs over either (linuxrc.overlay=). What is below
# the root is in no mount table, and nothing of ours is left.
load ../house

MODULES=virtio_pci,virtio_blk,ext4,loop
PROMPT="Number, or an option"

ext4_image() { put_image "$1" images/root.img ext4; }
host_image() { IN=host put_image "$1" images/root.img ext4; }
squashfs_image() { put_image "$1" live/root.squashfs squashfs; }

# Only what a root without layers has, too.
nothing_is_left() {
	exactly  mounts "/proc /sys /dev / /run"
	exactly  processes 0
	expect   init "pid=1 fds=0,1,2"
}

@test "linuxrc.image=: a file of the root device becomes the root, read-only" {
	kernel   classic
	image    modules=$MODULES
	disk     vda ext4 tree=ext4_image size=32 keep=yes
	cmdline  "root=/dev/vda linuxrc.image=/images/root.img testinit=write"
	boot
	expect   disk inner
	expect   root "/dev/loop0 ext4 ro"
	expect   note "none written=no"
	expect   bytes "vda=same"
	expect   console "mount the root file system: vda, ext4, ro; /images/root.img, ext4, ro"
	nothing_is_left
}

@test "linuxrc.image= with rw: what is written in the file is there with the next boot" {
	kernel   classic
	image    modules=$MODULES
	disk     vda ext4 tree=ext4_image size=32 keep=yes
	cmdline  "root=/dev/vda rw linuxrc.image=images/root.img:ext4 testinit=write"
	boot
	expect   root "/dev/loop0 ext4 rw"
	expect   note "none written=yes"
	expect   bytes "vda=changed"
	nothing_is_left
	another
	kernel   classic
	image    modules=$MODULES
	disk     vda again
	cmdline  "root=/dev/vda linuxrc.image=images/root.img testinit=write"
	answer   "$PROMPT" "rw"
	boot
	expect   console "mount /dev/loop0 as ext4: Read-only file system -- it was not unmounted, and what its journal holds cannot be brought to its place on a device that is read-only -- loop0 is images/root.img in vda, read-only: give rw, without linuxrc.overlay="
	expect   note "kept written=yes"
	expect   root "/dev/loop0 ext4 rw"
	nothing_is_left
}

@test "linuxrc.image= in vfat, on a kernel without devtmpfs: nodes are made" {
	kernel   bare
	image    modules=$MODULES,vfat,nls_cp437,nls_iso8859-1
	disk     vda vfat tree=ext4_image label=STICK
	cmdline  "root=LABEL=STICK rw linuxrc.image=/images/root.img testinit=write"
	boot
	expect   disk inner
	expect   root "/dev/loop0 ext4 rw"
	expect   note "none written=yes"
	expect   processes 0
}

# ---------------------------------------------------------------- partitions

FIRST=2048 SECOND=34816		# sectors

# A disk image: an empty vfat, then $2, each 16 MiB, in a partition table.
disk_image() { # TREE TYPE
	put_image "$1" /part "$2" INNER && truncate -s 34M "$1/disk.img" &&
		printf 'label: gpt\nstart=%s,size=32768\nstart=%s\n' \
			$FIRST $SECOND | sfdisk -q "$1/disk.img" >/dev/null &&
		dd if="$1/part" of="$1/disk.img" bs=512 seek=$SECOND \
			conv=notrunc status=none && rm "$1/part"
}
one_of_two() { disk_image "$1" ext4; }
two_of_two() {
	disk_image "$1" ext4 && truncate -s 16M "$1/esp" &&
		mkfs.vfat -n ESP -i 12345678 "$1/esp" >/dev/null &&
		dd if="$1/esp" of="$1/disk.img" bs=512 seek=$FIRST \
			conv=notrunc status=none && rm "$1/esp"
}

@test "linuxrc.image= of a whole disk: the one partition with a file system is the root" {
	kernel   classic
	image    modules=$MODULES
	disk     vda ext4 tree=one_of_two size=64
	cmdline  "root=/dev/vda linuxrc.image=/disk.img"
	boot
	expect   disk inner
	expect   root "/dev/loop0 ext4 ro"
	nothing_is_left
}

@test "linuxrc.image= of a whole disk with two file systems: both are named, and one can be" {
	kernel   classic
	image    modules=$MODULES
	disk     vda ext4 tree=two_of_two size=64
	cmdline  "root=/dev/vda linuxrc.image=/disk.img"
	answer   "$PROMPT" "linuxrc.image=/disk.img#3"
	answer   "$PROMPT" "linuxrc.image=/disk.img#2:ext2,ext4"
	boot
	expect   console "linuxrc: mount the root file system: linuxrc.image=/disk.img: several of its partitions hold a file system -- name one of #1 (vfat LABEL=ESP), #2 (ext4 LABEL=INNER)"
	expect   console "linuxrc.image=/disk.img#3: it has no such partition -- it has #1 (vfat LABEL=ESP), #2 (ext4 LABEL=INNER)"
	expect   disk inner
	expect   root "/dev/loop0 ext4 ro"
	nothing_is_left
}

# ---------------------------------------------------------------- sentences

@test "linuxrc.image= that is not there: the most similar name, and an answer" {
	kernel   classic
	image    modules=$MODULES
	disk     vda ext4 tree=ext4_image size=32
	cmdline  "root=/dev/vda linuxrc.image=/images/rot.img"
	answer   "$PROMPT" "linuxrc.image=/images/root.img"
	boot
	expect   console "linuxrc: mount the root file system: linuxrc.image=/images/rot.img: No such file or directory -- /images of vda has root.img"
	expect   root "/dev/loop0 ext4 ro"
	nothing_is_left
}

@test "linuxrc.image= and linuxrc.overlay= without their modules: which, and an answer" {
	kernel   classic
	image    modules=virtio_pci,virtio_blk,ext4
	disk     vda ext4 tree=ext4_image size=32
	cmdline  "root=/dev/vda linuxrc.image=/images/root.img"
	answer   "$PROMPT" "linuxrc.image= linuxrc.overlay=tmpfs"
	answer   "$PROMPT" "linuxrc.overlay=none"
	boot
	expect   console "mount the root file system: /dev/loop-control: No such device -- module loop: not in this image"
	expect   console "mount the root file system: mount an overlay over ext4: No such device -- module overlay: not in this image"
	expect   disk vda
	expect   root "/dev/vda ext4 ro"
	nothing_is_left
}

@test "linuxrc.image= and linuxrc.overlay= when the kernel is to mount the root: refused, and an answer" {
	kernel   classic
	contract linuxrc
	image    modules=$MODULES
	disk     vda ext4 tree=ext4_image size=32
	cmdline  "root=/dev/vda linuxrc.handover=change_root linuxrc.overlay=tmpfs"
	answer   "$PROMPT" "linuxrc.overlay=none linuxrc.image=/images/root.img"
	answer   "$PROMPT" "linuxrc.image="
	boot
	expect   console "mount the root file system: linuxrc.overlay=: the kernel is to mount the root itself (linuxrc.handover=change_root, or NFS) and cannot do that"
	expect   console "mount the root file system: linuxrc.image=: the kernel is to mount the root itself"
	expect   disk vda
}

# ---------------------------------------------------------------- overlay

@test "linuxrc.overlay=tmpfs: a root that can be written to, and no byte of the disk changes" {
	kernel   classic
	image    modules=virtio_pci,virtio_blk,ext4,overlay
	disk     vda ext4 keep=yes
	cmdline  "root=/dev/vda rw rootflags=nosuid,data=journal linuxrc.overlay=tmpfs testinit=write"
	boot
	expect   disk vda
	expect   root "overlay overlay rw flags=rw,nosuid,relatime super=rw,lowerdir=lower,upperdir=upper,workdir=work"
	expect   note "none written=yes"
	expect   bytes "vda=same"
	expect   console "mount the root file system: vda, ext4, ro; a tmpfs over it, overlay, rw"
	nothing_is_left
}

@test "linuxrc.image= and a directory host in the root: the file system with the image is there" {
	kernel   classic
	contract ram0
	image    modules=$MODULES
	disk     vda ext4 tree=host_image size=32
	cmdline  "root=/dev/ram0 init=/linuxrc rw linuxrc.root=/dev/vda linuxrc.image=/images/root.img linuxrc.rootflags=data=journal,noatime"
	boot
	# the words of rootflags= are the image's alone
	expect   root "/dev/loop0 ext4 ro flags=ro,noatime super=ro,*data=journal"
	expect   mount "/host ext4 /dev/vda ro flags=ro,relatime super=ro"
	exactly  mounts "/initrd /dev /host / /run"
}
