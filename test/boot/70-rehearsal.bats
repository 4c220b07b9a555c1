#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Contract chroot: on a machine that runs, and in a container, the program says
# what it would do, and does nothing. The real root's init starts it.
load ../house

# A place for the rehearsal, below the root of the system that runs; with the
# driver of a device that has none yet.
lab() { # TREE
	mkdir -p "$1/lab/etc"
	kernel_put_modules "$KERNEL" "$1/lab" ata_piix
	cp "$(binary linuxrc)" "$1/lab/linuxrc"
}

# The same machine as before, whatever it printed.
nothing_happened() { # KEY EXIT
	expect   "$1" "exit=$2 signal=0 mounts=same modules=same writes=0"
	exactly  processes $'0\n0'
	expect   console "learn the contract: chroot, pid "
	refute   console "Attempted to kill init"
}

plan() {
	expect   console "options and where each comes from"
	expect   console "  root               LABEL=ROOT  (command line)"
	expect   console "plan"
	expect   console "  root device        vda (254:0)"
	expect   console "  its file system    ext2"
	expect   console "  mounted            read-only"
}

@test "chroot on a running system: the plan is printed, and nothing happens" {
	kernel   classic
	disk     vda ext2 label=ROOT tree=lab
	cmdline  "root=LABEL=ROOT testinit=chroot"
	boot
	nothing_happened chroot 0
	expect   chroot "real-root-dev=0"
	plan
}

@test "chroot on a running system whose root cannot be found: exit status 1" {
	kernel   classic
	disk     vda ext2 label=ROOT tree=lab_with_conf
	image    conf=root=LABEL=ROOT
	cmdline  "testinit=chroot panic=5"
	boot
	nothing_happened chroot 1
	expect   console "linuxrc: find the root device: root=LABEL=NONE: not there -- saw vda (ext2 LABEL=ROOT"
	refute   console "plan"
	refute   console "1) try again"
	refute   console "linuxrc: nobody answers"
}

lab_with_conf() {
	lab "$1"
	echo "root=LABEL=NONE" >"$1/lab/etc/linuxrc.conf"
}

@test "process 1 of a container is no boot, on any kernel" {
	local k
	for k in classic stock newest; do
		another
		kernel   $k
		disk     vda ext2 label=ROOT tree=lab
		cmdline  "root=LABEL=ROOT testinit=container"
		boot
		nothing_happened container 0
		expect   console "learn the contract: chroot, pid 1, "
		plan
	done
}

@test "a container whose root is a tmpfs keeps every file" {
	kernel   classic
	disk     vda ext2 label=ROOT tree=container_on_tmpfs
	cmdline  "root=LABEL=ROOT"
	boot
	expect   init "/sbin/real pid=1"
	expect   console "container: status 0, left: kept linuxrc"
	expect   console "learn the contract: chroot, pid 1, / is tmpfs"
	exactly  processes "0"
}

container_on_tmpfs() {
	lab "$1"
	mkdir "$1/bin"
	cp "$(command -v busybox)" "$1/bin/busybox"
	mv "$1/sbin/init" "$1/sbin/real"
	cat >"$1/sbin/init" <<-'END'
	#!/bin/busybox sh
	/bin/busybox mount -t tmpfs container /mnt
	/bin/busybox cp /lab/linuxrc /mnt/linuxrc
	: >/mnt/kept
	/bin/busybox unshare -m -p -f /bin/busybox chroot /mnt /linuxrc
	echo "container: status $?, left:" $(/bin/busybox ls /mnt)
	/bin/busybox umount /mnt
	exec /sbin/real
	END
	chmod 755 "$1/sbin/init"
}
