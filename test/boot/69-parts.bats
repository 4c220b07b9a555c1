#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# linuxrc-core, the program without parts (conf/build/parts.mk): it boots and
# asks as the whole one does, and says what it was made without.

load ../house

@test "linuxrc-core: the root is found by its label and its init runs as PID 1" {
	kernel   classic
	contract initramfs
	image    binary=linuxrc-core
	disk     vda ext4 label=ROOT
	cmdline  "root=LABEL=ROOT ro"
	boot
	expect   init "/sbin/init pid=1 argv=/sbin/init fds=0,1,2"
	expect   root "/dev/vda ext4 ro"
	refute   console "was made without"
}

@test "linuxrc-core: a root that is not there is asked for, without menus, and typed" {
	kernel   classic
	contract initramfs
	image    binary=linuxrc-core
	disk     vda ext4 label=ROOT
	cmdline  "root=LABEL=NOWHERE ro rootwait=2"
	answer   "Number, or an option" "root=LABEL=ROOT"
	boot
	expect   console "root=LABEL=NOWHERE: not there"
	expect   console "2  another root="
	expect   console "3  reboot"
	refute   console "choose the root"
	expect   init "/sbin/init pid=1"
	expect   root "/dev/vda ext4 ro"
}

@test "linuxrc-core: ip=dhcp and a full screen are not there, and the root is booted" {
	kernel   classic
	contract initramfs
	image    binary=linuxrc-core
	disk     vda ext4 label=ROOT
	cmdline  "root=LABEL=NOWHERE ro rootwait=2 ip=dhcp linuxrc.ui=full"
	answer   "Number, or an option" "root=LABEL=ROOT"
	boot
	expect   console "configure the network: ip=dhcp: this linuxrc was made without the network"
	expect   console "linuxrc.ui=full: this linuxrc was made without a full screen"
	expect   root "/dev/vda ext4 ro"
}

@test "linuxrc-core: linuxrc.rescue is a question with what it takes, then the boot goes on" {
	kernel   classic
	contract initramfs
	image    binary=linuxrc-core
	disk     vda ext4 label=ROOT
	cmdline  "root=LABEL=ROOT ro linuxrc.rescue"
	answer   "Number, or an option" "1"
	boot
	expect   console "rescue menu: linuxrc.rescue: this linuxrc was made without menus"
	expect   root "/dev/vda ext4 ro"
}
