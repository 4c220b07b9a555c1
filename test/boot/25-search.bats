#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The search for the root: how long a device is waited for and how, when there
# are two of them, and what is never taken.
load ../house
load ../partitions

# Modules for a disk on virtio; the classic kernel has ext2 built in.
VIRTIO=virtio_pci,virtio_blk

# ---------------------------------------------------------------- waiting

# When the kernel said that the disk is there, in milliseconds.
there_ms() { # DISK
	console | sed -n "s/^\[ *\([0-9]*\)\.\([0-9]\{3\}\).*\[$1\] .*blocks.*/\1\2/p"
}

# How many lines of the console have TEXT.
count() { # TEXT
	console | grep -cF -- "$1" || :
}

# The steps that end in PROMPT are done once it is shown.
PROMPT="Number, or an option"

@test "a disk that is plugged in after 3 s is found by its event: no sleep, no polling" {
	local calls=sys_enter_nanosleep,sys_enter_clock_nanosleep
	calls+=,sys_enter_poll,sys_enter_ppoll,sys_enter_select,sys_enter_pselect6
	kernel   stock
	disk     vda ext4 label=ROOT late=3
	cmdline  "root=LABEL=ROOT tp_printk trace_event=${calls//sys_/syscalls:sys_}"
	boot
	expect   disk vda
	expect   time "ms>=3000"
	(($(fact time ms) - $(there_ms vda) < 2000))
	refute   console "sleep(rqtp"
	refute   console "sys_nanosleep("
	refute   console "sys_clock_nanosleep("
	expect   console "sys_poll("
	(($(count "sys_poll(") + $(count "select") <= 15))
}

@test "a disk that is there costs no wait, whatever rootwait and rootdelay= say" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2 label=ROOT
	cmdline  "root=LABEL=ROOT rootwait rootdelay=20"
	boot
	expect   disk vda
	expect   time "ms<=15000"
	refute   console "waiting for root="
}

@test "a partition of a disk that comes late, and rootdelay= beyond rootwait=1" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2 part=gpt number=3 late=3
	cmdline  "root=/dev/vda3 rootwait=1 rootdelay=15"
	boot
	expect   disk vda
	expect   root "/dev/vda3"
	expect   time "ms>=3000"
	(($(fact time ms) - $(there_ms vda) < 2000))
}

@test "PARTUUID= on a disk that comes late, with rootwait" {
	kernel   classic
	contract linuxrc
	image    modules=$VIRTIO
	disk     vda ext2 part=mbr number=2 partuuid=cafe0042-02 late=2
	cmdline  "root=PARTUUID=cafe0042-02 rootwait"
	boot
	expect   disk vda
	expect   root "/dev/vda2"
	expect   time "ms>=2000"
}

@test "rootwait=2 on a kernel that does not know it: then what was seen, and a question" {
	kernel   classic
	image    modules=$VIRTIO,ext4
	disk     vda ext4 label=root
	cmdline  "root=LABEL=ROOT rootwait=2"
	answer   "$PROMPT" "root=LABEL=root"
	boot
	expect   console "linuxrc: find the root device: root=LABEL=ROOT: not there after 2 s -- saw vda (ext4 LABEL=root UUID=6f1d2a54-3c0b-4e86-9a71-000000766461); the LABEL of vda is root, in other letters"
	expect   disk vda
	expect   root "/dev/vda ext4 ro"
	expect   env "rootwait=2"
	expect   time "ms>=2000"
}

@test "rootwait speaks while it waits, and a key ends it" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2 label=ROOT
	cmdline  "root=/dev/vda7 rootwait"
	keys     "waiting for root=/dev/vda7 since 5 s; saw vda (ext2 LABEL=ROOT" "\r"
	answer   "$PROMPT" "root=/dev/vda"
	boot
	expect   console "; Enter ends the waiting"
	expect   console "linuxrc: find the root device: root=/dev/vda7: the waiting was ended by a key -- saw vda (ext2"
	expect   disk vda
}

# ---------------------------------------------------------------- what is not taken

@test "two disks with one UUID, LABEL and PARTUUID: refused, both named, until one is" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2 label=ROOT uuid=${UUID}0 part=mbr partuuid=cafe0042-01
	disk     vdb ext2 label=ROOT uuid=${UUID}0 part=mbr partuuid=cafe0042-01
	cmdline  "root=LABEL=ROOT"
	answer   "$PROMPT" "root=UUID=${UUID}0"
	answer   "$PROMPT" "root=PARTUUID=cafe0042-01"
	answer   "$PROMPT" "root=/dev/vdb1"
	boot
	expect   console "linuxrc: find the root device: LABEL=ROOT is on vda1 and on vdb1 -- name one of them: root=/dev/vda1"
	expect   console "linuxrc: find the root device: UUID=${UUID}0 is on vda1 and on vdb1 -- name one of them: root=/dev/vda1"
	expect   console "linuxrc: find the root device: PARTUUID=cafe0042-01 is on vda1 and on vdb1 -- name one of them: root=/dev/vda1"
	expect   disk vdb
	expect   time "ms<=15000"
}

@test "a disk and its own partition are no twins: it is the partition" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2 label=ROOT
	hybrid   "${DISKS[1]}" "$VM_ROOT/hybrid"
	DISKS[1]=$VM_ROOT/hybrid
	cmdline  "root=LABEL=ROOT"
	boot
	expect   console " vda: vda1"
	expect   disk vda
	expect   root "/dev/vda1 ext2 ro"
}

# The first sector of a LUKS2 header: luks2_hdr_disk of the format's document.
luks_header() { # LABEL UUID OUT
	truncate -s 4M "$3"
	printf 'LUKS\xba\xbe\0\2\0\0\0\0\0\0\x40\0' |
		dd of="$3" conv=notrunc status=none
	printf %s "$1" | dd of="$3" bs=1 seek=24 conv=notrunc status=none
	printf sha256 | dd of="$3" bs=1 seek=72 conv=notrunc status=none
	printf %s "$2" | dd of="$3" bs=1 seek=168 conv=notrunc status=none
}

# Disks vda and vdb that carry the wanted tags and are no file systems.
members() {
	given "members"
	luks_header ROOT "${UUID}0" "$VM_ROOT/luks"
	truncate -s 4M "$VM_ROOT/swap"
	mkswap -q -L ROOT -U "${UUID}0" "$VM_ROOT/swap"
	DISKS+=(vda "$VM_ROOT/luks" now vdb "$VM_ROOT/swap" now)
}

@test "LUKS and swap with the wanted LABEL are passed over" {
	kernel   classic
	image    modules=$VIRTIO
	members
	disk     vdc ext2 label=ROOT uuid=${UUID}0
	cmdline  "root=LABEL=ROOT"
	boot
	expect   disk vdc
}

@test "LUKS and swap alone: the sentence says why they are not taken" {
	kernel   classic
	image    modules=$VIRTIO
	members
	disk     vdc ext2 label=OTHER
	cmdline  "root=UUID=${UUID}0 rootwait=0"
	answer   "$PROMPT" "root=/dev/vda"
	answer   "$PROMPT" "root=LABEL=OTHER"
	boot
	expect   console "find the root device: root=UUID=${UUID}0: not there after 0 s"
	expect   console "; vda has this tag, but crypto_LUKS is never taken by a tag"
	expect   console "; vdb has this tag, but swap is never taken by a tag"
	expect   console "vda is a part of something else (crypto_LUKS); mounted as it is, because it was named"
	expect   disk vdc
}
