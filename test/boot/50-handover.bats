#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What is left behind, and where: the compatibility rules of the kernel's
# initrd document, /dev /proc /sys and /run. The old root: 51-oldroot.bats.
load ../house
load exits

# -------------------------------------------- rules of the initrd document

# Rules 1 and 2: the current directory is the new root, and put_old relative.
@test "the old root goes to any directory that linuxrc.putold= names" {
	ram0
	disk     vda ext2 tree=deep_put_old
	cmdline  "$RAM0 linuxrc.putold=var/old/root"
	boot
	expect   init "/sbin/init pid=1 cwd=/"
	exactly  mounts "/var/old/root /dev / /run"
	expect   mount "/var/old/root ext2 dev=1:0"
	expect   initrd "plain entries="

	another
	linuxrc
	disk     vda ext2 tree=deep_put_old
	cmdline  "root=/dev/vda linuxrc.putold=var/old/root"
	boot
	expect   init "/sbin/init pid=1 cwd=/"
	exactly  mounts "/var/old/root /dev / /run"
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
	exactly  mounts "/initrd / /run"
	expect   dev "plain entries=console,"

	another
	linuxrc
	disk     vda ext2 console=yes
	cmdline  "root=/dev/vda"
	boot
	expect   init "fds=0,1,2"
	exactly  mounts "/initrd / /run"
	expect   dev "plain entries=console,"
}

@test "initramfs moves /dev even onto a real root that has its own console" {
	initramfs
	disk     vda ext2 console=yes
	cmdline  "root=/dev/vda"
	boot
	on_console /dev
	exactly  mounts "/proc /sys /dev / /run"
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

@test "an empty /dev gets devtmpfs under ram0 and linuxrc, and /proc and /sys stay empty" {
	ram0
	disk     vda ext2
	cmdline  "$RAM0"
	boot
	on_console /dev
	exactly  mounts "/initrd /dev / /run"
	expect   mount "/dev devtmpfs"

	another
	linuxrc
	disk     vda ext2
	cmdline  "root=/dev/vda"
	boot
	expect   fd "0 dev=5:1 rw"
	exactly  mounts "/initrd /dev / /run"
	expect   mount "/dev devtmpfs"
}

@test "a /dev that was there before us goes to the real root in any case" {
	ram0
	disk     vda ext2 console=yes
	image    tree=busybox_first
	cmdline  "$RAM0 first=dev"
	boot
	on_console /dev
	exactly  mounts "/initrd /dev / /run"
	expect   mount "/dev devtmpfs kernels"
}

@test "a /proc that was there before us stays on the initrd" {
	ram0
	disk     vda ext2
	image    tree=busybox_first
	cmdline  "$RAM0 first=proc"
	boot
	expect   init "/sbin/init pid=1"
	exactly  mounts "/initrd /initrd/proc /dev / /run"
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
		exactly  mounts "/initrd /dev / /run"
		expect   fd "0 dev=5:1 rw"
	done
}

@test "an initrd that the kernel mounted read-only for want of rw boots" {
	ram0
	disk     vda ext2
	image    without=dev,proc,sys,new-root tree=with_mnt
	cmdline  "root=/dev/ram0 init=/linuxrc linuxrc.root=/dev/vda testinit=umount"
	boot
	expect   init "/sbin/init pid=1"
	expect   console "in a tmpfs on /mnt, the initrd being read-only"
	expect   mount "/initrd ext2 ro"
	exactly  mounts "/initrd /dev / /run"
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
