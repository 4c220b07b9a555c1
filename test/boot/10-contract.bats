#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Who starts us, so how we leave: every contract and hand-over to a real init.
load ../house

@test "initramfs on the stock kernel: init gets PID 1, the console, and its words" {
	kernel   stock
	contract initramfs
	disk     vda ext4 label=ROOT
	cmdline  "root=LABEL=ROOT a=b single -- last"
	boot
	expect   init "/sbin/init pid=1 ppid=0 sid=0 pgid=0 cwd=/ umask=0022 argv=/sbin/init,single,last fds=0,1,2"
	expect   env "a=b"
	expect   root "/dev/vda ext4 ro"
	expect   processes 0
}

@test "linuxrc with pivot_root on the classic kernel" {
	kernel   classic
	contract linuxrc
	disk     vda ext4 label=ROOT
	cmdline  "root=LABEL=ROOT"
	boot
	expect   init "/sbin/init pid=1"
	expect   root "/dev/vda ext4 ro"
}

@test "ram0 on the classic kernel" {
	kernel   classic
	contract ram0
	disk     vda ext4 label=ROOT
	cmdline  "root=/dev/ram0 init=/linuxrc rw linuxrc.root=LABEL=ROOT"
	boot
	expect   init "/sbin/init pid=1 argv=/sbin/init fds=0,1,2"
	expect   root "/dev/vda ext4 ro"
}
