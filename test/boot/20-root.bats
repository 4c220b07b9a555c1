#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Which device becomes the root: every form of root=, and where it may be
# written. Each partition of the disks here says in its own /etc/disk which one
# it is.
load ../house

# Modules for a disk on virtio; the classic kernel has ext2 built in.
VIRTIO=virtio_pci,virtio_blk
UUID=6f1d2a54-3c0b-4e86-9a71-00000000000

# One small ext2 for each of the partitions NUMBER, LABEL, NUMBER, LABEL ...
numbered_parts() { # TABLE NUMBER LABEL...
	local table=$1 tree
	shift
	while (($#)); do
		tree=$VM_ROOT/tree.$table$1
		rm -rf "$tree"
		root_tree "$tree" "$(binary testinit)" "$table$1" || return 1
		cached "part $2 $1 $(tree_hash "$tree")" ext2 \
			make_fs ext2 "$2" "$UUID$1" 4 "$tree" || return 1
		shift 2
	done
}

# Put FILE... where sfdisk's SCRIPT says that the partitions begin.
join_parts() { # SCRIPT FILE... OUT
	local script=$1 out=${*: -1} start
	local -a files=("${@:2:$#-2}")
	rm -f "$out"
	truncate -s 40M "$out"
	sfdisk -q "$out" <<<"${script// # a file/}" >/dev/null || return 1
	for start in $(sed -n 's/^start=\([0-9]*\).* # a file$/\1/p' <<<"$script"); do
		dd if="${files[0]}" of="$out" bs=512 seek="$start" \
			conv=notrunc,sparse status=none || return 1
		files=("${files[@]:1}")
	done
}

GPT="label: gpt
label-id: 1e57c0de-0000-4000-8000-00000000a000
start=2048, size=8192, uuid=1e57c0de-0001-4000-8000-00000000a001, name=\"one\" # a file
start=12288, size=8192, uuid=2e57c0de-0002-4000-8000-00000000a002, name=\"the root\" # a file
start=22528, size=8192, uuid=2e57c0de-0003-4000-8000-00000000a003, name=\"three\" # a file"
# 5 and 6 lie in the extended partition 3.
MBR="label: dos
label-id: 0xcafe0042
start=2048, size=8192 # a file
start=12288, size=8192 # a file
start=22528, size=40960, type=5
start=24576, size=8192 # a file
start=36864, size=8192 # a file"

# The disk vda with three or four roots on it: gpt1 gpt2 gpt3, mbr1 mbr2 mbr5
# mbr6. Those with an even number have the label "my root".
partitions() { # gpt|mbr
	local files file script
	given "partitions $1"
	case $1 in
	gpt) script=$GPT
		files=$(numbered_parts gpt 1 one 2 "my root" 3 three) ;;
	mbr) script=$MBR
		files=$(numbered_parts mbr 1 one 2 "my root" 5 five 6 six) ;;
	esac || return 1
	# shellcheck disable=SC2086 # file names of ours, without blanks
	file=$(cached "$script $files" "$1" join_parts "$script" $files) ||
		return 1
	DISKS+=(vda "$file" now)
}

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

@test "gpt, root=PARTUUID= abbreviated: the first partition that begins so" {
	leads gpt 2 "root=PARTUUID=2e57c0de"
}

@test "mbr, root=PARTUUID=: signature and number of the partition" {
	leads mbr 2 "root=PARTUUID=cafe0042-02"
}

@test "mbr, root=PARTUUID= of a logical partition" {
	leads mbr 6 "root=PARTUUID=CAFE0042-06"
}

@test "mbr, root=PARTUUID= abbreviated to the signature: the first partition" {
	leads mbr 1 "root=PARTUUID=cafe0042"
}

@test "gpt, PARTNROFF=+1: the partition behind the named one" {
	leads gpt 2 "root=PARTUUID=1e57c0de-0001-4000-8000-00000000a001/PARTNROFF=+1"
}

@test "gpt, PARTNROFF=-2: two partitions before the named one" {
	leads gpt 1 "root=PARTUUID=2e57c0de-0003-4000-8000-00000000a003/PARTNROFF=-2"
}

@test "mbr, PARTNROFF=-1 counts from a logical partition as well" {
	leads mbr 5 "root=PARTUUID=cafe0042-06/PARTNROFF=-1"
}

@test "gpt, root=PARTLABEL=: the partition of that name, which has a blank" {
	leads gpt 2 'root="PARTLABEL=the root"'
}

@test "gpt, root=254:3: the device with that number" {
	leads gpt 3 "root=254:3"
}

@test "mbr, root=254:2:0: a third number is passed over" {
	leads mbr 2 "root=254:2:0"
}

@test "mbr, root=fe05: the number in hexadecimal" {
	leads mbr 5 "root=fe05"
}

@test "gpt, root=0xfe01: the number in hexadecimal, with its prefix" {
	leads gpt 1 "root=0xfe01"
}

@test "mbr, root=/dev/vda6: a logical partition" {
	leads mbr 6 "root=/dev/vda6"
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
	expect   root "/dev/dm-0 ext2 ro"
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
