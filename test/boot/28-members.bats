#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# One thing seen twice, and parts of something else: what holds a device and
# what is held, members of md and LVM.
load ../house

VIRTIO=virtio_pci,virtio_blk
PROMPT="Number, or an option"
UUID=6f1d2a54-3c0b-4e86-9a71-00000000000

# ---------------------------------------------------------------- held

with_holder() { mkdir -p "$1/bin"; cp "$BUILD/test/x86_64/holder" "$1/bin/sh"; }

@test "a device below the device mapper is not taken, what holds it is" {
	kernel   stock
	image    modules=+dm_mod tree=with_holder
	disk     vda ext4 label=ROOT
	cmdline  "root=LABEL=NONE rootwait=0 dmlinear=vda"
	answer   "$PROMPT" "shell"
	answer   "$PROMPT" "root=LABEL=ROOT"
	boot
	expect   console "holder: dm-0 holds vda"
	expect   console "find the root device: dm-0, ext4"
	expect   disk vda
	expect   root "/dev/dm-0 ext4 ro"
}

# ---------------------------------------------------------------- members

# le BYTES NUMBER: little-endian, in printf's escapes.
le() {
	local i
	for ((i = 0; i < $1; i++)); do printf '\\x%02x' $(($2 >> 8 * i & 255)); done
}

# put FILE OFFSET ESCAPES...
put() {
	printf '%b' "${*:3}" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# The last disk becomes a member of a mirror, as mdadm --metadata=1.0 makes it:
# what it holds stands where it stood, the superblock (md_p.h, mdp_superblock_1)
# at a multiple of 4 KiB, 8 KiB or more before the end.
member_of_md() {
	given "member_of_md"
	local at=$((${#DISKS[@]} - 2)) out=$VM_ROOT/md.${#DISKS[@]} size sector
	cp "${DISKS[at]}" "$out"
	size=$(($(stat -c %s "$out") / 512 + 2048))
	truncate -s $((size * 512)) "$out"
	sector=$(((size - 16) & ~7))
	put "$out" $((sector * 512)) "$(le 4 0xa92b4efc)$(le 4 1)$(le 8 0)" \
		"ABCDEFGHIJKLMNOPhost:0"
	put "$out" $((sector * 512 + 72)) "$(le 4 1)$(le 4 0)$(le 8 $((size - 2048)))"
	put "$out" $((sector * 512 + 92)) "$(le 4 2)"
	put "$out" $((sector * 512 + 128)) \
		"$(le 8 0)$(le 8 $((size - 2048)))$(le 8 "$sector")"
	DISKS[at]=$out
}

# A physical volume: the label in sector 1 (lvm2, lib/format_text/layout.h), a
# header with its identifier, and the checksum that the label begins with.
member_of_lvm() { # NAME
	given "member_of_lvm $1"
	local out=$VM_ROOT/lvm.$1
	truncate -s 8M "$out"
	put "$out" 512 "LABELONE$(le 8 1)$(le 4 0)$(le 4 32)LVM2 001"
	put "$out" 544 "abcdefghijklmnopqrstuvwxyzABCDEF$(le 8 8388608)"
	put "$out" 528 "$(le 4 "$(lvm_checksum "$out")")"
	DISKS+=("$1" "$out" now)
}

# Of sector 1 from byte 20 on: a CRC-32 that begins with 0xf597a6cf.
lvm_checksum() { # FILE
	local crc=$((0xf597a6cf)) byte i
	for byte in $(od -An -v -tu1 -j532 -N492 "$1"); do
		crc=$((crc ^ byte))
		for ((i = 0; i < 8; i++)); do
			crc=$((crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1))
		done
	done
	echo $crc
}

@test "a mirror's member with the wanted LABEL is passed over; named, it is obeyed with a warning" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2 label=ROOT uuid=${UUID}0
	member_of_md
	disk     vdb ext2 label=ROOT uuid=${UUID}0
	member_of_md
	cmdline  "root=LABEL=ROOT rootwait=0"
	answer   "$PROMPT" "root=/dev/vdb"
	boot
	expect   console "root=LABEL=ROOT: not there after 0 s -- saw vda (linux_raid_member"
	expect   console "vdb is a part of something else (linux_raid_member); mounted as it is, because it was named"
	expect   disk vdb
	expect   root "/dev/vdb ext2 ro"
}

@test "a mirror's member does not keep the same tag elsewhere from being taken" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2 label=ROOT uuid=${UUID}0
	member_of_md
	disk     vdb ext2 label=ROOT uuid=${UUID}0
	cmdline  "root=UUID=${UUID}0"
	boot
	expect   disk vdb
}

@test "a physical volume of LVM is never taken by its UUID; named, it is tried with a warning" {
	kernel   classic
	image    modules=$VIRTIO
	member_of_lvm vda
	disk     vdb ext2 label=ROOT
	cmdline  "root=UUID=abcdef-ghij-klmn-opqr-stuv-wxyz-ABCDEF rootwait=0"
	answer   "$PROMPT" "choose the root"
	answer   "Number, or Enter to go back:" ""
	answer   "$PROMPT" "root=/dev/vda"
	answer   "$PROMPT" "root=LABEL=ROOT"
	boot
	expect   console "a member of something larger, no file system"
	expect   console "saw vda (LVM2_member UUID=abcdef-ghij-klmn-opqr-stuv-wxyz-ABCDEF)"
	expect   console "; vda has this tag, but LVM2_member is never taken by a tag"
	expect   console "vda is a part of something else (LVM2_member); mounted as it is, because it was named"
	expect   disk vdb
}

# ---------------------------------------------------------------- btrfs

# A mirror on vda and vdb, which nobody has put anything into; the second is
# plugged in SECONDS after the console shows TEXT, or never.
mirror() { # SECONDS|never [TEXT]
	given "mirror $*"
	truncate -s 128M "$VM_ROOT/one" "$VM_ROOT/two"
	mkfs.btrfs -q -m raid1 -d raid1 -L POOL -U ${UUID}1 \
		"$VM_ROOT/one" "$VM_ROOT/two"
	DISKS+=(vda "$VM_ROOT/one" now)
	[[ $1 != never ]] || return 0
	DISKS+=(vdb "$VM_ROOT/two" late)
	SCRIPT+="plug"$'\t'"${2:-$(first_words)}"$'\t'"vdb"$'\t'"$1"$'\n'
}

@test "a btrfs on two disks is mounted once the second is plugged in, however it is named" {
	kernel   stock
	image    modules=+btrfs
	mirror   3
	disk     vdc ext4 label=ROOT
	cmdline  "root=UUID=${UUID}1"
	answer   "$PROMPT" "root=/dev/vda"
	answer   "$PROMPT" "root=LABEL=POOL"
	answer   "$PROMPT" "root=LABEL=ROOT"
	boot
	expect   console "[vdb]"
	expect   console "find the root device: vda, btrfs"
	expect   console "mount the root file system: vda, btrfs, ro"
	(($(console | grep -c "^linuxrc: check init: the root has no init") == 3))
	refute   console "missing"
	refute   console "not there after"
	expect   time "ms>=3000"
	expect   disk vdc
}

@test "a btrfs of which a disk never comes: what is there, and degraded mounts that" {
	kernel   stock
	image    modules=+btrfs
	mirror   never
	disk     vdc ext4 label=ROOT
	cmdline  "root=/dev/vda rootwait=2"
	answer   "$PROMPT" "rootflags=degraded,ro"
	answer   "$PROMPT" "root=LABEL=ROOT rootflags="
	boot
	expect   console "find the root device: root=/dev/vda: not there after 2 s: btrfs UUID=${UUID}1: 1 of 2 devices are there: vda -- saw vda (btrfs LABEL=POOL"
	expect   console "mount the root file system: vda, btrfs, ro"
	expect   console "check init: the root has no init"
	expect   disk vdc
}
