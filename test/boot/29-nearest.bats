#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What a failed search says: what was seen, and what was probably meant.
load ../house

VIRTIO=virtio_pci,virtio_blk
PROMPT="Number, or an option"
UUID=6f1d2a54-3c0b-4e86-9a71-00000000000

@test "the name of another driver, a missing partition, a slip in a tag: each is told, with what is there" {
	local find="linuxrc: find the root device: "
	local list="saw vda, vda1 (ext2 LABEL=boot UUID=${UUID}0)"
	local parts="saw vda, vda1 (ext2 PARTLABEL=System PARTUUID=${UUID}1)"
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2 label=boot uuid=${UUID}0 part=gpt partuuid=${UUID}1 partlabel=System
	cmdline  "root=/dev/sda1 rootwait=0"
	answer   "$PROMPT" "root=/dev/hda1"
	answer   "$PROMPT" "root=/dev/vda7"
	answer   "$PROMPT" "root=801"
	answer   "$PROMPT" "root=LABEL=ROOT"
	answer   "$PROMPT" "root=UUID=${UUID}2"
	answer   "$PROMPT" "root=UUID=${UUID}1"
	answer   "$PROMPT" "root=PARTUUID=${UUID}3"
	answer   "$PROMPT" "root=PARTLABEL=system"
	answer   "$PROMPT" "root=LABEL=boot"
	boot
	expect   console "${find}root=/dev/sda1: not there after 0 s -- $list; no sda1 is there, but vda1 is"
	expect   console "${find}root=/dev/hda1: not there after 0 s -- $list; no hda1 is there, but vda1 is"
	expect   console "${find}root=/dev/vda7: not there after 0 s -- $list; vda is there, but has no partition 7"
	expect   console "${find}root=801: not there after 0 s -- $list; 8:1 would be sda1; no sda1 is there, but vda1 is"
	expect   console "${find}root=LABEL=ROOT: not there after 0 s -- $list; ext2 found on vda1 but its LABEL is boot"
	expect   console "${find}root=UUID=${UUID}2: not there after 0 s -- $list; the UUID differs from that of vda1 in one character"
	expect   console "${find}root=UUID=${UUID}1: not there after 0 s -- $list; that is the PARTUUID of vda1"
	expect   console "${find}root=PARTUUID=${UUID}3: not there after 0 s -- $parts; the PARTUUID differs from that of vda1 in one character"
	expect   console "${find}root=PARTLABEL=system: not there after 0 s -- $parts; the PARTLABEL of vda1 is System, in other letters"
	expect   disk vda
}

@test "disks in the order in which a person counts them, whatever their drivers" {
	kernel   classic
	image    modules=$VIRTIO,ata_piix,sd_mod
	disk     vda ext2 label=A uuid=${UUID}1
	disk     sda ext2 label=B uuid=${UUID}2
	disk     vdb ext2 label=C uuid=${UUID}3 part=mbr number=10
	cmdline  "root=LABEL=ROOT rootwait=0"
	answer   "$PROMPT" "root=LABEL=A"
	boot
	expect   console "not there after 0 s -- saw sda (ext2 LABEL=B UUID=${UUID}2), vda (ext2 LABEL=A UUID=${UUID}1), vdb, vdb1, vdb2, "
	expect   disk vda
}

# A disk of which every read fails, as QEMU's blkdebug makes it.
broken_disk() { # NAME
	given "broken_disk $1"
	truncate -s 16M "$VM_ROOT/broken"
	printf '[inject-error]\nevent = "read_aio"\nerrno = "5"\n' \
		>"$VM_ROOT/blkdebug"
	DISKS+=("$1" "blkdebug:$VM_ROOT/blkdebug:$VM_ROOT/broken" now)
}

@test "a disk that cannot be read is told, and the root on another one is found" {
	kernel   classic
	image    modules=$VIRTIO
	broken_disk vda
	disk     vdb ext2 label=ROOT
	cmdline  "root=LABEL=NONE rootwait=0"
	answer   "$PROMPT" "root=PARTLABEL=NONE"
	answer   "$PROMPT" "root=LABEL=ROOT"
	boot
	expect   console "I/O error, dev vda"
	expect   console "root=PARTLABEL=NONE: not there after 0 s -- saw vda (cannot be read), vdb (ext2)"
	expect   console "not there after 0 s -- saw vda (cannot be read), vdb (ext2 LABEL=ROOT"
	expect   disk vdb
}
