#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# An init that cannot be run: before anything is done, and when only exec shows it.
load ../house
load asking

@test "an init that cannot be run is said before anything is done, until one can" {
	kernel   classic
	disk     vda ext2 tree=bad_inits
	cmdline  "root=/dev/vda a=b word"
	answer   "Number, or an option such as init=/bin/sh: " "init=/sbin/nothing"
	answer   "Number, or" "init=/sbin/plain"
	answer   "Number, or" "init=/sbin/directory"
	answer   "Number, or" "init=/sbin/arm"
	answer   "Number, or" "init=/sbin/dynamic"
	answer   "Number, or" "init=/sbin/script"
	answer   "Number, or" "init=/sbin/text"
	answer   "Number, or" "init=/sbin/cut"
	answer   "Number, or" "init=/sbin/dangling"
	answer   "Number, or an option such as init=/bin/sh: " "2"
	answer   "init=" "/sbin/absolute"
	boot
	expect   console "linuxrc: check init: the root has no init: none of /sbin/init, /etc/init, /bin/init, /bin/sh"
	expect   console "linuxrc: check init: /sbin/nothing: No such file or directory"
	expect   console "linuxrc: check init: /sbin/plain is not executable (mode 0644): Permission denied"
	expect   console "linuxrc: check init: /sbin/directory is not a regular file: Permission denied"
	expect   console "linuxrc: check init: /sbin/arm is for another kind of machine (ELF machine 40): Exec format error"
	expect   console "linuxrc: check init: /sbin/dynamic needs /lib/ld-none.so: No such file or directory"
	expect   console "linuxrc: check init: /bin/nosh: No such file or directory -- /sbin/script is a script that needs it"
	expect   console "linuxrc: check init: /sbin/text is neither an ELF program nor a script that begins with #!: Exec format error"
	expect   console "linuxrc: check init: /sbin/cut is cut short: Exec format error"
	expect   console "linuxrc: check init: /sbin/dangling: No such file or directory"
	expect   init "/sbin/good pid=1 ppid=0 sid=0 cwd=/ fds=0,1,2 argv=/sbin/absolute,word"
	expect   env "a=b"
	expect   root "/dev/vda ext2 ro"
	exactly  mounts "/proc /sys /dev / /run"
	exactly  processes 0
}

@test "under linuxrc, where the kernel starts init, a root without one is replaced by another root" {
	kernel   classic
	contract linuxrc
	disk     vda ext2 tree=bad_inits
	disk     vdb ext2
	cmdline  "root=/dev/vda word"
	answer   "Number, or an option such as root=/dev/vda1: " "init=/sbin/good"
	answer   "Number, or an option such as root=/dev/vda1: " "2"
	answer   "root=" "/dev/vdb"
	boot
	expect   console "linuxrc: check init: the root has no init: none of /sbin/init, /etc/init, /bin/init, /bin/sh"
	expect   console "Not taken: init=/sbin/good: the kernel itself starts init after /linuxrc: use init= on its command line"
	expect   disk vdb
	expect_clean_init "argv=/sbin/init,word"
}

@test "when exec fails after all, the question lives on in the new root" {
	local where kernel contract
	for where in classic-initramfs classic-ram0 newest-initramfs; do
		another
		kernel=${where%-*} contract=${where#*-}
		kernel   $kernel
		contract $contract
		disk     vda ext2 tree=bad_inits
		cmdline  "$(start_of $contract) linuxrc.root=/dev/vda linuxrc.init=/sbin/headers a=b word"
		answer   "Number, or" "1"
		answer   "Number, or" "root=/dev/vdb"
		answer   "Number, or" "init=/sbin/plain"
		answer   "Number, or" "init=/sbin/good"
		boot
		(($(asked "hand over to init: exec /sbin/headers: Exec format error") == 3))
		expect   console "Not taken: the root is / already"
		expect   console "linuxrc: check init: /sbin/plain is not executable"
		expect   init "/sbin/good pid=1 ppid=0 sid=0 pgid=0 cwd=/ fds=0,1,2 argv=/sbin/good,word"
		expect   env "a=b"
		expect   root "/dev/vda ext2 ro"
		exactly  processes 0
		refute   console "Kernel panic"
	done
}

# The program goes on from a memory file there: what has been read of the options
# is gone with the RAM disk, but for what it took along.
@test "when exec fails behind the last stage, linuxrc.onfail= and linuxrc.timeout= still count" {
	local word
	for word in "" linuxrc.lock; do
		another
		kernel   modern
		contract ram0
		disk     vda ext2 tree=bad_inits
		image    modules=none
		cmdline  "$(start_of ram0) linuxrc.root=/dev/vda linuxrc.init=/sbin/headers linuxrc.timeout=3 linuxrc.onfail=poweroff panic=0 $word"
		idle     "linuxrc: power off" 1
		boot
		expect   console "linuxrc: hand over to init: exec /sbin/headers: Exec format error"
		expect   console "Without an answer in 3 s: power off."
		expect   end "silent:"
		expect   console "reboot: Power off not available: System halted instead"
		if [[ $word ]]; then
			refute   console "another init="
		else
			expect   console "another init="
		fi
	done
}
