#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Which device becomes the root: the forms of root= that are not the kernel's
# (those are in 15-premise), some of its own with drivers that are modules, and
# where it may be written.
load ../house
load ../partitions

# Modules for a disk on virtio; the classic kernel has ext2 built in.
VIRTIO=virtio_pci,virtio_blk
# root=ROOT on one of these disks leads to the partition NUMBER and no other.
leads() { # gpt|mbr NUMBER ROOT
	kernel   classic
	contract initramfs
	image    modules=$VIRTIO
	partitions "$1"
	cmdline  "$3"
	boot
	expect   init "/sbin/init pid=1"
	expect   disk "$1$2"
	expect   root "/dev/vda$2 ext2 ro"
}

# ---------------------------------------------------------------- each form

@test "gpt, root=/dev/vda2: the second partition" {
	leads gpt 2 "root=/dev/vda2"
}

@test "gpt, root=UUID=: the file system with that UUID" {
	leads gpt 3 "root=UUID=${UUID}3"
}

@test "gpt, root=UUID= in capitals: the same" {
	leads gpt 3 "root=UUID=6F1D2A54-3C0B-4E86-9A71-000000000003"
}

@test "gpt, root=LABEL= with a blank, the value in quotes" {
	leads gpt 2 'root=LABEL="my root" ro'
}

@test "mbr, root=LABEL= with a blank, the word in quotes" {
	leads mbr 2 'ro "root=LABEL=my root" ro'
}

@test "gpt, root=PARTUUID=: the partition with that identifier, in any letters" {
	leads gpt 3 "root=PARTUUID=2E57C0DE-0003-4000-8000-00000000a003"
}

@test "mbr, root=PARTUUID= abbreviated to the signature: the first partition" {
	leads mbr 1 "root=PARTUUID=cafe0042"
}

@test "mbr, PARTNROFF=-1 counts from a logical partition as well" {
	leads mbr 5 "root=PARTUUID=cafe0042-06/PARTNROFF=-1"
}

@test "gpt, root=/dev/disk/by-uuid/" {
	leads gpt 3 "root=/dev/disk/by-uuid/${UUID}3"
}

@test "gpt, root=/dev/disk/by-label/ with a blank as udev writes it" {
	leads gpt 2 'root=/dev/disk/by-label/my\x20root'
}

@test "gpt, root=/dev/disk/by-partuuid/" {
	leads gpt 3 "root=/dev/disk/by-partuuid/2e57c0de-0003-4000-8000-00000000a003"
}

@test "gpt, root=/dev/disk/by-partlabel/" {
	leads gpt 2 'root=/dev/disk/by-partlabel/the\x20root'
}

@test "root=ask: asked at once, with what is there" {
	kernel   classic
	image    modules=$VIRTIO
	partitions gpt
	cmdline  "root=ask rootwait"
	answer   "Number, or an option" "root=LABEL=three"
	boot
	expect   console "find the root device: root=ask: which root it is to be is asked -- saw vda, vda1 (ext2 LABEL=one"
	expect   disk gpt3
	expect   time "ms<=15000"
}

# ---------------------------------------------------------------- names of udev

# A disk with one partition and its boot by ROOT.
udev_name() { # DISK QEMU-DEVICE MODULES ROOT
	kernel   classic
	contract initramfs
	image    modules=$3
	disk     "$1" ext2 part=gpt number=2 device="$2"
	cmdline  "root=/dev/disk/$4"
	boot
	expect   disk "$1"
	expect   root "* ext2 ro"
}

@test "/dev/disk/by-path/ of a disk on virtio, behind a bridge" {
	device   "pci-bridge,id=bridge,chassis_nr=1,addr=6"
	udev_name vda "virtio-blk-pci,bus=bridge,addr=3" $VIRTIO \
		by-path/pci-0000:01:03.0-part2
	expect   root "/dev/vda2"
}

@test "/dev/disk/by-path/ of an ATA disk" {
	udev_name sdb "ide-hd,bus=ide.1,unit=0" ata_piix,sd_mod \
		by-path/pci-0000:00:01.1-ata-2.0-part2
	expect   root "/dev/sda2"
}

@test "/dev/disk/by-id/ of an ATA disk: its model and serial number" {
	udev_name sda ide-hd ata_piix,sd_mod by-id/ata-QEMU_HARDDISK_sda-part2
	expect   root "/dev/sda2"
}

@test "/dev/disk/by-id/ of a disk on virtio: its serial number" {
	udev_name vda virtio-blk-pci $VIRTIO by-id/virtio-vda-part2
	expect   root "/dev/vda2"
}

@test "/dev/disk/by-id/ of an NVMe disk" {
	udev_name nvme0n1 nvme nvme by-id/nvme-QEMU_NVMe_Ctrl_nvme0n1_1-part2
	expect   root "/dev/nvme0n1p2"
}

@test "/dev/disk/by-path/ of a disk on virtio-scsi" {
	device   "virtio-scsi-pci,id=scsi,addr=7"
	udev_name sda "scsi-hd,bus=scsi.0,scsi-id=3,lun=1" virtio_pci,virtio_scsi,sd_mod \
		by-path/pci-0000:00:07.0-scsi-0:0:3:1-part2
	expect   root "/dev/sda2"
}

@test "/dev/disk/by-id/ of a USB disk: its words and its place" {
	kernel   i386
	image    modules=xhci_pci,usb_storage,uas,sd_mod,ext4
	device   "qemu-xhci,id=usb"
	disk     sda ext2 device=usb-storage
	cmdline  "root=/dev/disk/by-id/usb-QEMU_QEMU_HARDDISK_sda-0:0"
	boot
	expect   disk sda
	expect   root "/dev/sda ext2 ro"
}

@test "/dev/disk/by-id/ of a kind that only programs of udev know: the sentence, at once" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2
	cmdline  "root=/dev/disk/by-id/lvm-pv-uuid-x rootwait"
	answer   "Number, or an option" "root=/dev/disk/by-id/virtio-vda"
	boot
	expect   console "find the root device: /dev/disk/by-id/lvm-pv-uuid-x: not a name that can be found without udev -- those that can begin with virtio-, nvme-, ata-, usb-, mmc-, wwn-, dm-name- and dm-uuid-"
	expect   disk vda
}

@test "/dev/mapper/NAME and /dev/disk/by-id/dm-name-NAME of a device that the kernel has mapped" {
	kernel   builtin
	image    modules=none
	disk     vda ext2
	cmdline  "root=/dev/mapper/wrong rootwait=0 dm-mod.create=\"the-root,,,rw,0 32768 linear /dev/vda 0\""
	answer   "Number, or an option" "root=/dev/disk/by-id/dm-name-wrong"
	answer   "Number, or an option" "root=/dev/mapper/the-root"
	boot
	expect   console "find the root device: root=/dev/mapper/wrong: not there after 0 s"
	expect   console "find the root device: root=/dev/disk/by-id/dm-name-wrong: not there after 0 s"
	expect   root "/dev/dm-0 ext4 ro"
}

link_of_ours() { # TREE
	ln -s vda5 "$1/dev/the-root"
}

@test "root=/dev/NAME, a link in the image, which devtmpfs covers" {
	kernel   classic
	image    modules=$VIRTIO tree=link_of_ours
	partitions mbr
	cmdline  "root=/dev/the-root"
	boot
	expect   disk mbr5
	expect   root "/dev/vda5 ext2 ro"
}

# ---------------------------------------------------------------- where it is said

# Files of a DOS editor, made in the wrong order: line ends of two bytes, a NUL,
# a quote that is not closed. Each file names another partition.
conf_files() { # TREE
	mkdir -p "$1/etc/linuxrc.d"
	printf '# the root\r\nroot=LABEL=three\r\nrootfstype="ext2\r\nlinuxrc.frob=1 \0 rw\r\n' \
		>"$1/etc/linuxrc.conf"
	echo "root=LABEL=none	# a later file beats this one" \
		>"$1/etc/linuxrc.d/20-second"
	printf 'root="LABEL=my root"' >"$1/etc/linuxrc.d/30-third"
	echo "root=LABEL=one rootflags=noatime" >"$1/etc/linuxrc.d/10-first"
	echo "root=LABEL=hidden" >"$1/etc/linuxrc.d/.90-hidden"
}

@test "conf files: all are read, the last in sorted order counts, unknown words are named" {
	kernel   classic
	image    modules=$VIRTIO tree=conf_files
	partitions gpt
	cmdline  "linuxrc.nonsense quiet loglevel=7 a.b=c"
	boot
	expect   disk gpt2
	expect   root "/dev/vda2 ext2 rw flags=rw,noatime"
	expect   console "unknown options, ignored: linuxrc.frob= linuxrc.nonsense"
	expect   console "root=LABEL=my root from the conf"
}

@test "the command line beats every conf file" {
	kernel   classic
	image    modules=$VIRTIO tree=conf_files
	partitions gpt
	cmdline  "root=UUID=${UUID}1 ro"
	boot
	expect   disk gpt1
	expect   root "/dev/vda1 ext2 ro"
	expect   console "root=UUID=${UUID}1 from the command line"
}

@test "ram0: root= is the initrd's, linuxrc.root= the real root's" {
	kernel   classic
	contract ram0
	image    modules=$VIRTIO
	partitions mbr
	cmdline  "root=/dev/ram0 init=/linuxrc rw linuxrc.root=LABEL=five linuxrc.rootflags=noatime"
	boot
	expect   disk mbr5
	expect   root "/dev/vda5 ext2 ro flags=ro,noatime*"
}

@test "ram0: the aliases real_root=, real_rw and real_init=" {
	kernel   classic
	contract ram0
	image    modules=$VIRTIO
	partitions mbr
	cmdline  "root=/dev/ram0 init=/linuxrc rw real_root=LABEL=six real_rw real_init=/sbin/init"
	boot
	expect   disk mbr6
	expect   root "/dev/vda6 ext2 rw"
}

@test "ram0: a conf file names the real root, rw on the command line does not" {
	kernel   classic
	contract ram0
	image    modules=$VIRTIO 'conf=root=/dev/vda2\nro'
	partitions mbr
	cmdline  "root=/dev/ram0 init=/linuxrc rw"
	boot
	expect   disk mbr2
	expect   root "/dev/vda2 ext2 ro"
}

# ---------------------------------------------------------------- without devtmpfs

@test "a kernel without devtmpfs: root=LABEL= on a node that we made" {
	kernel   bare
	image    modules=$VIRTIO
	partitions mbr
	cmdline  "root=LABEL=six"
	boot
	expect   disk mbr6
	expect   root "/dev/vda6 ext2 ro"
}

@test "a kernel without devtmpfs, ram0: root=/dev/NAME of a disk that comes late" {
	kernel   bare
	contract ram0
	image    modules=$VIRTIO
	disk     vda ext2 part=gpt number=2 late=1
	cmdline  "root=/dev/ram0 init=/linuxrc rw linuxrc.root=/dev/vda2"
	boot
	expect   disk vda
	expect   root "/dev/vda2 ext2 ro"
}
