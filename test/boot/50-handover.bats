#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What is left behind, and where: the compatibility rules of the kernel's
# initrd document, /dev /proc /sys and /run, the old root and its memory.
load ../house

RAM0="root=/dev/ram0 init=/linuxrc rw linuxrc.root=/dev/vda"

ram0() {
	kernel   classic
	contract ram0
}

linuxrc() {
	kernel   classic
	contract linuxrc
}

initramfs() {
	kernel   classic
	contract initramfs
}

on_console() { # MOUNT
	local fd
	for fd in 0 1 2; do
		expect fd "$fd dev=5:1 rw mount=$1 path=/dev/console"
	done
}

# -------------------------------------------- rules of the initrd document

# Rules 1 and 2: the current directory is the new root, and put_old relative.
@test "the old root goes to any directory that linuxrc.putold= names" {
	ram0
	disk     vda ext2 tree=deep_put_old
	cmdline  "$RAM0 linuxrc.putold=var/old/root"
	boot
	expect   init "/sbin/init pid=1 cwd=/"
	exactly  mounts "/var/old/root /dev /"
	expect   mount "/var/old/root ext2 dev=1:0"
	expect   initrd "plain entries="

	another
	linuxrc
	disk     vda ext2 tree=deep_put_old
	cmdline  "root=/dev/vda linuxrc.putold=var/old/root"
	boot
	expect   init "/sbin/init pid=1 cwd=/"
	exactly  mounts "/var/old/root /dev /"
}

deep_put_old() { mkdir -p "$1/var/old/root"; }

# Rule 3 is chroot: what / and .. are to init. Rule 4: its console is that of
# the new root.
@test "the console of init is the node of the real root, where it has one" {
	ram0
	disk     vda ext2 console=yes
	cmdline  "$RAM0"
	boot
	on_console /
	exactly  mounts "/initrd /"
	expect   dev "plain entries=console,"

	another
	linuxrc
	disk     vda ext2 console=yes
	cmdline  "root=/dev/vda"
	boot
	expect   init "fds=0,1,2"
	exactly  mounts "/initrd /"
	expect   dev "plain entries=console,"
}

@test "initramfs moves /dev even onto a real root that has its own console" {
	initramfs
	disk     vda ext2 console=yes
	cmdline  "root=/dev/vda"
	boot
	on_console /dev
	exactly  mounts "/proc /sys /dev /"
}

# Rule 5.
@test "init is looked for under the new root: an absolute link leads there" {
	local contract root
	for contract in ram0 linuxrc initramfs; do
		another
		$contract
		root="root=/dev/vda"
		[[ $contract != ram0 ]] || root=$RAM0
		disk     vda ext2 tree=linked_init
		image    tree=init_of_the_image
		cmdline  "$root"
		boot
		expect   init "/usr/lib/real/init pid=1 argv=/sbin/init"
		expect   console "check init: /sbin/init"
	done
}

linked_init() {
	mkdir -p "$1/usr/lib/real"
	mv "$1/sbin/init" "$1/usr/lib/real/init"
	ln -s /usr/lib/real/init "$1/sbin/init"
}

# The same path in the image is another program, which says nothing.
init_of_the_image() {
	mkdir -p "$1/usr/lib/real"
	cp "$(binary badinit)" "$1/usr/lib/real/init"
}

@test "init may be a script: its interpreter is the real root's" {
	ram0
	disk     vda ext2 tree=script_init
	cmdline  "$RAM0 single"
	boot
	expect   init "/bin/real pid=1 argv=/bin/real,-x,/sbin/init,single"
}

script_init() {
	mkdir -p "$1/bin"
	mv "$1/sbin/init" "$1/bin/real"
	printf '#! /bin/real -x\n' >"$1/sbin/init"
	chmod 755 "$1/sbin/init"
}

# ------------------------------------------------- /dev, /proc, /sys, /run

@test "initramfs moves what the image had on /run, and nothing else of it" {
	initramfs
	disk     vda ext2
	image    tree=busybox_first
	cmdline  "root=/dev/vda first=run"
	boot
	expect   init "/sbin/init pid=1"
	exactly  mounts "/run /proc /sys /dev /"
	expect   mount "/run tmpfs kept"
}

# An init of the image that does something and then becomes linuxrc.
busybox_first() {
	local name=init
	[[ $CONTRACT == initramfs ]] || name=linuxrc
	mv "$1/$name" "$1/linuxrc.real"
	mkdir -p "$1/bin" "$1/run" "$1/tmp"
	: >"$1/dev/null"	# the shell wants one for what stays
	cp "$(command -v busybox)" "$1/bin/busybox"
	ln -s busybox "$1/bin/sleep"
	cat >"$1/$name" <<-'END'
	#!/bin/busybox sh
	# $first stands on the kernel's command line
	case $first in
	run) /bin/busybox mount -t tmpfs kept /run ;;
	dev) /bin/busybox mount -t devtmpfs kernels /dev ;;
	proc) /bin/busybox mount -t proc early /proc ;;
	stays) /bin/sleep 1000 & ;;
	precious)
		/bin/busybox mount -t tmpfs precious /tmp
		cd /tmp
		: >file
		/bin/sleep 1000 & ;;
	esac
	exec /linuxrc.real "$@"
	END
	chmod 755 "$1/$name"
}

@test "initramfs drops what the real root has no directory for" {
	initramfs
	disk     vda ext2 tree=bare_root
	cmdline  "root=/dev/vda testinit=rootfs"
	boot
	expect   init "/sbin/init pid=1 fds=0,1,2"
	exactly  mounts "/"
	expect   fd "0 dev=5:1 rw"
	expect   rootfs "plain entries="
}

bare_root() { rmdir "$1"/{dev,proc,sys,run,initrd}; }

@test "ram0 and linuxrc leave a bare real root as it is" {
	ram0
	disk     vda ext2 tree=bare_root
	cmdline  "$RAM0"
	boot
	expect   init "/sbin/init pid=1 fds=0,1,2"
	exactly  mounts "/"
	expect   fd "0 dev=5:1 rw"

	another
	linuxrc
	disk     vda ext2 tree=bare_root
	cmdline  "root=/dev/vda"
	boot
	expect   init "/sbin/init pid=1 fds=0,1,2"
	exactly  mounts "/"
	exactly  processes "0"
}

@test "an empty /dev gets devtmpfs under ram0 and linuxrc, and nothing else" {
	ram0
	disk     vda ext2
	cmdline  "$RAM0"
	boot
	on_console /dev
	exactly  mounts "/initrd /dev /"
	expect   mount "/dev devtmpfs"

	another
	linuxrc
	disk     vda ext2
	cmdline  "root=/dev/vda"
	boot
	expect   fd "0 dev=5:1 rw"
	exactly  mounts "/initrd /dev /"
	expect   mount "/dev devtmpfs"
}

@test "a /dev that was there before us goes to the real root in any case" {
	ram0
	disk     vda ext2 console=yes
	image    tree=busybox_first
	cmdline  "$RAM0 first=dev"
	boot
	on_console /dev
	exactly  mounts "/initrd /dev /"
	expect   mount "/dev devtmpfs kernels"
}

@test "a /proc that was there before us stays on the initrd" {
	ram0
	disk     vda ext2
	image    tree=busybox_first
	cmdline  "$RAM0 first=proc"
	boot
	expect   init "/sbin/init pid=1"
	exactly  mounts "/initrd /initrd/proc /dev /"
	expect   mount "/initrd/proc proc early"
}

@test "emptying rootfs stops at what is mounted there" {
	initramfs
	disk     vda ext2 tree=looks_for_precious
	image    tree=busybox_first
	cmdline  "root=/dev/vda first=precious testinit=rootfs"
	boot
	expect   init "/sbin/real pid=1"
	expect   console "where sleep stays: file"
	expect   rootfs "plain entries=tmp,"
}

looks_for_precious() {
	mkdir "$1/bin"
	cp "$(command -v busybox)" "$1/bin/busybox"
	mv "$1/sbin/init" "$1/sbin/real"
	cat >"$1/sbin/init" <<-'END'
	#!/bin/busybox sh
	echo "where sleep stays:" $(/bin/busybox ls "/proc/$(/bin/busybox pidof sleep)/cwd/")
	exec /sbin/real
	END
	chmod 755 "$1/sbin/init"
}

# ------------------------------------------------------------ the old root

@test "the initrd on /initrd is as it was: no mount, directory or file of ours" {
	local contract handover root
	for contract in "linuxrc pivot_root" "linuxrc change_root" ram0; do
		another
		handover=${contract#* }
		${contract% *}
		root="root=/dev/vda linuxrc.handover=$handover"
		[[ $contract != ram0 ]] || root=$RAM0
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
	local contract root handover
	for contract in "linuxrc pivot_root" "linuxrc change_root" ram0; do
		another
		handover=${contract#* }
		${contract% *}
		root="root=/dev/vda linuxrc.handover=$handover"
		[[ $contract != ram0 ]] || root=$RAM0
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
	local contract
	for contract in linuxrc ram0; do
		another
		$contract
		disk     vda ext2
		[[ $contract == ram0 ]] || cmdline "root=/dev/vda linuxrc.initrd=free"
		[[ $contract != ram0 ]] || cmdline "$RAM0 linuxrc.initrd=free"
		boot
		expect   init "/sbin/init pid=1"
		expect   initrd "plain entries="
		exactly  mounts "/dev /"
	done
}

@test "the real system can unmount /initrd: nothing of ours keeps it busy" {
	local contract root handover
	for contract in "linuxrc pivot_root" "linuxrc change_root" ram0; do
		another
		handover=${contract#* }
		${contract% *}
		root="root=/dev/vda linuxrc.handover=$handover"
		[[ $contract != ram0 ]] || root=$RAM0
		disk     vda ext2
		cmdline  "$root testinit=umount"
		boot
		expect   initrd "mounted"
		expect   umount "ok errno=0"
	done
}

@test "a process that the initrd started lives on with the old root on /initrd" {
	local contract
	for contract in linuxrc ram0; do
		another
		$contract
		disk     vda ext2
		image    tree=busybox_first
		[[ $contract == ram0 ]] || cmdline "root=/dev/vda first=stays testinit=umount"
		[[ $contract != ram0 ]] || cmdline "$RAM0 first=stays testinit=umount"
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
	exactly  mounts "/dev /"
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
	exactly  mounts "/dev /"
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
	exactly  mounts "/dev /"
	((freed - kept >= 10000)) ||
		fail_sheet "expected KiB more than $kept" 10000 "$freed"
}

# Most of a RAM disk of 16 MiB.
small_ballast() { head -c 10485760 /dev/zero | tr '\0' x >"$1/ballast"; }

# ------------------------------------------------------ initrds of all kinds

@test "a read-only initrd without any of our directories boots" {
	local contract type
	for contract in ram0 linuxrc; do
		another
		$contract
		disk     vda ext2
		image    type=squashfs without=dev,proc,sys,new-root tree=with_mnt
		[[ $contract == ram0 ]] || cmdline "root=/dev/vda"
		[[ $contract != ram0 ]] || cmdline "$RAM0"
		boot
		expect   init "/sbin/init pid=1"
		expect   console "in a tmpfs on /mnt, the initrd being read-only"
		expect   mount "/initrd squashfs dev=1:0 super=ro,*"
		exactly  mounts "/initrd /dev /"
		expect   fd "0 dev=5:1 rw"
	done
}

with_mnt() { mkdir "$1/mnt"; }

@test "an initrd that the kernel mounted read-only for want of rw boots" {
	ram0
	disk     vda ext2
	image    without=dev,proc,sys,new-root tree=with_mnt
	cmdline  "root=/dev/ram0 init=/linuxrc linuxrc.root=/dev/vda testinit=umount"
	boot
	expect   init "/sbin/init pid=1"
	expect   console "in a tmpfs on /mnt, the initrd being read-only"
	expect   mount "/initrd ext2 ro"
	exactly  mounts "/initrd /dev /"
	expect   umount "ok"
}

@test "a read-only initrd leaves the mounting to the kernel, too" {
	linuxrc
	disk     vda ext2
	image    type=squashfs without=dev,proc,sys,new-root tree=with_mnt
	cmdline  "root=/dev/vda linuxrc.handover=change_root"
	boot
	expect   root "/dev/root ext2 dev=254:0"
	expect   mount "/initrd squashfs dev=1:0 super=ro,*"
	exactly  mounts "/initrd /"
}
