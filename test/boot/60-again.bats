#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# After an answer only the steps that it concerns are done again.
load ../house

# How often a step was reported as done, or failed.
times() { # STEP
	console | grep -cF "] linuxrc: $1: "
}

good_init() { # TREE
	mv "$1/sbin/init" "$1/sbin/good"
	cp "$1/sbin/good" "$1/sbin/plain"
	chmod 644 "$1/sbin/plain"
}

@test "root= looks for the device again, rootflags= mounts again, init= is checked where it is mounted" {
	kernel   classic
	disk     vda ext2 tree=good_init
	cmdline  "root=/dev/vdx rootwait=1 rootflags=nosuchflag init=/sbin/nothing"
	answer   "Number, or" "root=/dev/vda"
	answer   "Number, or" "rootflags="
	answer   "Number, or" "init=/sbin/plain"
	answer   "Number, or" "init=/sbin/good linuxrc.putold=old"
	boot
	expect   console "linuxrc: find the root device: root=/dev/vdx: not there after 1 s"
	expect   console "rootflags= has a word that the driver does not know"
	expect   console "linuxrc: check init: /sbin/nothing: No such file or directory"
	expect   console "linuxrc: check init: /sbin/plain is not executable"
	(($(times "read the boot options") == 1))
	(($(times "load drivers") == 1))
	(($(times "find the root device") == 2))
	(($(times "mount the root file system") == 2))
	(($(times "check init") == 3))
	expect   init "/sbin/good pid=1 ppid=0 sid=0 fds=0,1,2"
	expect   root "/dev/vda ext2 ro"
	exactly  processes 0
}

@test "a word for modules begins with the drivers, and a root that the list took away is mounted anew" {
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vda init=/sbin/nothing"
	answer   "Number, or" "linuxrc.modules=nosuch rw"
	answer   "Number, or" "choose the root"
	answer   "Number, or Enter to go back:" ""
	answer   "Number, or" "init=/sbin/init"
	boot
	expect   console "linuxrc: linuxrc.modules: module nosuch: not in this image"
	(($(times "read the boot options") == 1))
	(($(times "load drivers") == 2))
	(($(times "find the root device") == 2))
	(($(times "mount the root file system") == 3))
	expect   root "/dev/vda ext2 rw"
	expect   init "/sbin/init pid=1 ppid=0 sid=0 fds=0,1,2"
	exactly  processes 0
}
