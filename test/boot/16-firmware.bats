#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Where the kernel looks for firmware before there is a root: a premise, for
# what mkinitrd(8) promises. The kernel's own test module asks for it. It looks
# in the root of its first process, whoever loads the module: that is the
# initramfs, or init=/linuxrc's initrd, but not the initrd in which /linuxrc
# runs as its helper; there linuxrc helps.

load ../house
load ../tools
PACKED=yes

# A driver that asks, and what it asks for.
with_firmware() { # TREE
	tools "$1"
	mkdir -p "$1/lib/firmware"
	printf 'twelve bytes' >"$1/lib/firmware/probe.bin"
}

# The program of the image: asks, and becomes linuxrc.
asking() {
	script "$VM_ROOT" ask <<-'END'
	busybox mount -t proc proc /proc
	busybox mount -t sysfs sys /sys
	busybox insmod $(busybox find /lib/modules -name test_firmware.ko)
	ask() {
		echo -n $1 >/sys/devices/virtual/misc/test_firmware/trigger_request &&
			echo "asked for $1: it is there" || echo "asked for $1: it is not there"
	}
	ask probe.bin
	ask absent.bin
	busybox ln -s ../lib /proc/1/root/lib
	ask probe.bin
	busybox umount /sys /proc
	exec $t/linuxrc "$@"
	END
}

asks() { # CONTRACT KERNEL
	asking
	kernel   "$2"
	contract "$1"
	disk     sda ext4
	image    binary="$VM_ROOT/ask" modules=ata_piix,sd_mod,ext4,test_firmware tree=with_firmware
}

@test "firmware in an initramfs is found" {
	asks initramfs classic
	cmdline  "root=/dev/sda"
	boot
	expect   console "asked for probe.bin: it is there"
	expect   console "test_firmware: loaded: 12"
	expect   console "asked for absent.bin: it is not there"
	expect   root "/dev/sda ext4 ro"
}

@test "firmware in an initrd is found by a driver that init=/linuxrc loads" {
	asks ram0 classic
	cmdline  "root=/dev/ram0 init=/linuxrc rw linuxrc.root=/dev/sda"
	boot
	expect   console "asked for probe.bin: it is there"
	expect   console "test_firmware: loaded: 12"
	expect   console "asked for absent.bin: it is not there"
	expect   root "/dev/sda ext4 ro"
}

@test "firmware in an initrd is not found while /linuxrc runs as the kernel's helper" {
	asks linuxrc classic
	cmdline  "root=/dev/sda"
	boot
	expect   console "test_firmware: load of 'probe.bin' failed: -2"
	expect   console "asked for probe.bin: it is not there"
	# but a link in that root, through which it gets to what covers it
	expect   console "test_firmware: loaded: 12"
	expect   root "/dev/sda ext4 ro"
}

# The same, asked in the shell that linuxrc gives when it has no root.
asking_shell() { # TREE
	with_firmware "$1"
	rm "$1/bin/sh"
	{
		echo '#!/bin/busybox sh'
		cat <<-'END'
		busybox insmod $(busybox find /lib/modules -name test_firmware.ko)
		echo -n probe.bin >/sys/devices/virtual/misc/test_firmware/trigger_request
		END
	} >"$1/bin/sh"
	chmod 755 "$1/bin/sh"
}

@test "while linuxrc runs as the kernel's helper, the kernel finds the initrd's firmware" {
	local way
	for way in pivot_root change_root; do
		another
		kernel   classic
		contract linuxrc
		disk     sda ext4
		image    modules=ata_piix,sd_mod,ext4,test_firmware tree=asking_shell
		cmdline  "root=/dev/sdx rootwait=0 linuxrc.onfail=shell linuxrc.handover=$way"
		answer   "Number, or" "root=/dev/sda"
		boot
		expect   console "test_firmware: loaded: 12"
		expect   root "* ext4 ro"
		expect   disk sda
	done
}
