#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# How far coldplug goes: no further than the root needs, and how it is told.
load ../house

VIRTIO=virtio_pci,virtio_blk

# What the first worker loaded in its step.
loaded_first() {
	console | sed -n 's/.*linuxrc: load drivers: \(.*\) (.*/\1/p' | head -n 1
}

@test "a root that is there by its name needs no module, whatever the image has" {
	kernel   stock
	image    modules=$VIRTIO,ata_piix,sd_mod
	disk     vda ext4
	disk     sda ext4
	disk     nvme0n1 ext4
	cmdline  "root=/dev/nvme0n1"
	boot
	expect   disk nvme0n1
	refute   module
	expect   console "linuxrc: load drivers: none"
}

@test "a tag counts when every disk has its driver: its twin on ATA is seen, USB is left alone" {
	kernel   i386
	image    modules=$VIRTIO,ata_piix,sd_mod,xhci_pci,ext4
	device   qemu-xhci
	disk     vda ext4 label=ROOT
	disk     sda ext4 label=ROOT
	cmdline  "root=LABEL=ROOT"
	answer   "Number, or an option" "root=/dev/vda"
	boot
	expect   console "LABEL=ROOT is on"
	[[ $(loaded_first) == *ata_piix* && $(loaded_first) != *xhci* ]]
	expect   disk vda
}

@test "USB is left alone when the root is there without" {
	kernel   i386
	image    modules=$VIRTIO,xhci_pci,usb_storage,ext4
	device   qemu-xhci
	disk     vda ext4 label=ROOT
	disk     sda ext4 label=STICK device=usb-storage
	cmdline  "root=LABEL=ROOT"
	boot
	expect   disk vda
	expect   module virtio_blk
	refute   module xhci_pci
	refute   module usb_storage
}

@test "before a question every driver is loaded, since somebody has to type the answer" {
	kernel   i386
	image    modules=$VIRTIO,xhci_pci,ext4
	device   qemu-xhci
	disk     vda ext4 label=ROOT
	cmdline  "root=LABEL=ROOT init=/none"
	answer   "Number, or an option" "init=/sbin/init"
	boot
	[[ $(loaded_first) != *xhci* ]]
	expect   disk vda
	expect   module xhci_pci
}

# ---------------------------------------------------------------- no driver

@test "no root, because a driver is not in the image: the device and the module are named" {
	kernel   classic
	image    modules=ext4
	disk     vda ext4 label=ROOT
	cmdline  "root=LABEL=ROOT rootwait=1 panic=-1"
	boot
	expect   console "find the root device: root=LABEL=ROOT: not there after 1 s"
	expect   end "silent:"
	expect   console "saw no block device; no driver is bound to "
	expect   console " to 1af4:1001: module virtio_pci is not in this image"

	another
	kernel   classic
	image    modules=virtio_pci,ext4
	disk     vda ext4 label=ROOT
	cmdline  "root=LABEL=ROOT rootwait=1 panic=-1"
	boot
	expect   end "silent:"
	expect   console "; no driver is bound to virtio0: module virtio_blk is not in this image"

	another
	kernel   classic
	image    modules=ata_piix,ext4
	disk     sda ext4 label=ROOT
	cmdline  "root=LABEL=ROOT rootwait=1 panic=-1"
	boot
	expect   end "silent:"
	expect   console ":0:0:0: module sd_mod is not in this image"
}

# ---------------------------------------------------------------- the index

# The binary indexes as depmod(8) leaves them, and then COMMAND.
indexed() { # TREE COMMAND
	local dir
	dir=$1/lib/modules/$(kernel_release "$KERNEL")
	depmod -b "$1" "$(kernel_release "$KERNEL")" 2>/dev/null &&
		(cd "$dir" && test -s modules.alias.bin && eval "$2")
}

binary_alone() { indexed "$1" "rm modules.dep modules.alias"; }
binary_torn() { indexed "$1" "truncate -s 100 modules.alias.bin modules.dep.bin"; }

@test "modules.dep.bin and modules.alias.bin are enough" {
	kernel   classic
	image    modules=$VIRTIO,ata_piix,ext4 tree=binary_alone
	disk     vda ext4 label=ROOT
	cmdline  "root=LABEL=ROOT"
	boot
	expect   disk vda
	expect   module virtio_blk
	expect   module ext4
	refute   console "depmod"
}

@test "binary indexes that are cut short: said once each, and the text is read" {
	kernel   classic
	image    modules=$VIRTIO,ata_piix,ext4 tree=binary_torn
	disk     vda ext4 label=ROOT
	cmdline  "root=LABEL=ROOT"
	boot
	expect   disk vda
	expect   console "linuxrc: modules.alias.bin: damaged at byte "
	expect   console "; modules.alias is read in its place -- depmod(8) makes both anew"
	expect   console "linuxrc: modules.dep.bin: damaged at byte "
	(($(console | grep -c 'modules.alias.bin') == 1))
}

@test "the two indexes say the same of every alias and module of a real kernel" {
	local name trees=()
	for name in stock newest; do
		trees+=("$KERNELS/$name/modules/lib/modules/$(kernel_release $name)")
	done
	make --no-print-directory build/host/unit/modbin
	build/host/unit/modbin "${trees[@]}"
}
