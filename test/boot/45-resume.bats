#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# A suspended system on a disk, and what a failed boot may do to disks: nothing.
load ../house

PROMPT="Number, or an option"

# ---------------------------------------------------------------- not one byte

@test "a failed boot and its question change not one byte of a dirty journal or a suspend image" {
	local contract
	for contract in initramfs linuxrc; do
		another
		kernel   classic
		contract $contract
		image    modules=virtio_pci,virtio_blk,ext4
		disk     vda ext4 journal=dirty keep=yes
		disk     vdb swsuspend label=SWAP keep=yes
		disk     vdc ext4 part=gpt journal=dirty keep=yes
		cmdline  "root=LABEL=nowhere rw rootwait=1"
		answer   "$PROMPT" "root=PARTUUID=0 linuxrc.onfail=poweroff"
		boot
		expect   end "silent:"
		expect   console "linuxrc: find the root device: root=LABEL=nowhere: not there after 1 s -- saw vda (ext4"
		expect   console "vdb (swsuspend LABEL=SWAP"
		expect   console "linuxrc: find the root device: root=PARTUUID=0: not there after 1 s"
		refute   console "recovery complete"
		expect   bytes "vda=same vdb=same vdc=same"
	done
}
