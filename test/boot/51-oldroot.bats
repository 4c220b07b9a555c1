#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What becomes of the old root: it stays on a directory of the real root, or is
# unmounted, and its memory is free again.
load ../house
load exits

# ------------------------------------------------------------ the old root

@test "the initrd on /initrd is as it was: no mount, directory or file of ours" {
	local way root
	for way in "linuxrc pivot_root" "linuxrc change_root" ram0; do
		another
		given_exit "$way"
		disk     vda ext2
		image    without=dev,proc,sys,new-root
		cmdline  "$root"
		boot
		exactly  initrd "mounted entries=lost+found,etc,lib,linuxrc,"
		expect   mount "/initrd ext2 rw dev=1:0"
		refute   mounts "/initrd/*"
	done
}

@test "without /initrd the old root is unmounted" {
	local way root
	for way in "linuxrc pivot_root" "linuxrc change_root" ram0; do
		another
		given_exit "$way"
		disk     vda ext2 tree=no_initrd
		cmdline  "$root"
		boot
		expect   init "/sbin/init pid=1"
		exactly  initrd "absent"
		refute   mount "dev=1:0"
		exactly  processes "0"
	done
}

no_initrd() { rmdir "$1/initrd"; }

@test "linuxrc.initrd=free unmounts the old root even where /initrd is" {
	local way root
	for way in linuxrc ram0; do
		another
		given_exit "$way"
		disk     vda ext2
		cmdline  "$root linuxrc.initrd=free"
		boot
		expect   init "/sbin/init pid=1"
		expect   initrd "plain entries="
		exactly  mounts "/dev / /run"
	done
}

@test "the real system can unmount /initrd: nothing of ours keeps it busy" {
	local way root
	for way in "linuxrc pivot_root" "linuxrc change_root" ram0; do
		another
		given_exit "$way"
		disk     vda ext2
		cmdline  "$root testinit=umount"
		boot
		expect   initrd "mounted"
		expect   umount "ok errno=0"
	done
}

@test "a process that the initrd started lives on with the old root on /initrd" {
	local way root
	for way in linuxrc ram0; do
		another
		given_exit "$way"
		disk     vda ext2
		image    tree=busybox_first
		cmdline  "$root first=stays testinit=umount"
		boot
		expect   init "/sbin/init pid=1"
		exactly  processes "1"
		expect   process "sleep"
		expect   initrd "mounted"
		expect   umount "failed errno=16"
	done
}

@test "an /initrd that leads out of the real root is no place for the old one" {
	ram0
	disk     vda ext2 tree=initrd_link
	image    tree=with_mnt
	cmdline  "$RAM0"
	boot
	expect   init "/sbin/init pid=1"
	exactly  mounts "/dev / /run"
}

initrd_link() {
	rmdir "$1/initrd"
	ln -s /mnt "$1/initrd"
}

@test "a busy old root without /initrd is detached, and its process lives on" {
	ram0
	disk     vda ext2 tree=no_initrd
	image    tree=busybox_first
	cmdline  "$RAM0 first=stays"
	boot
	expect   init "/sbin/init pid=1"
	expect   process "sleep"
	exactly  mounts "/dev / /run"
}

# ---------------------------------------------------------- the image's memory

ballast() { head -c 20971520 /dev/zero | tr '\0' x >"$1/ballast"; }

@test "initramfs gives its memory back on the stock kernel" {
	kernel   stock
	disk     vda ext4
	image    tree=ballast conf=root=/dev/vda
	boot
	expect   root "/dev/vda"
	expect   memory "shmem<=1000"
}

@test "initramfs gives its memory back on the newest kernel" {
	kernel   newest
	disk     vda ext4
	image    tree=ballast conf=root=/dev/vda
	boot
	expect   root "/dev/vda"
	expect   memory "shmem<=1000"
}

# brd gives its pages back when they are discarded, since Linux 6.12; init is
# what it would have been without that detour.
@test "ram0 gives the memory of the RAM disk back, where the kernel can" {
	local way kept freed
	for way in keep free; do
		another
		kernel   modern
		contract ram0
		disk     vda ext2
		image    modules=none tree=small_ballast
		cmdline  "$RAM0 linuxrc.initrd=$way testinit=memory single -- last"
		boot
		expect   init "/sbin/init pid=1 cwd=/ umask=0022 argv=/sbin/init,single,last fds=0,1,2"
		exactly  env $'HOME=/\nTERM=linux\ntestinit=memory'
		exactly  signals "blocked:0000000000000000 ignored:0000000000000000 caught:0000000000000000"
		exactly  processes "0"
		on_console /dev
		kept=${freed-}
		freed=$(fact memory-held free)
	done
	exactly  mounts "/dev / /run"
	((freed - kept >= 10000)) ||
		fail_sheet "expected KiB more than $kept" 10000 "$freed"
}

# Most of a RAM disk of 16 MiB.
small_ballast() { head -c 10485760 /dev/zero | tr '\0' x >"$1/ballast"; }
