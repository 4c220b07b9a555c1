#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# linuxrc.rescue: the menu of what is there before anything is booted.
load ../house
load asking

# A root with a shell of its own, and no other init of that name.
system() { # TREE
	busybox_shell "$1"
	mkdir -p "$1/proc" "$1/sys" "$1/dev" "$1/etc"
	echo 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"' >"$1/etc/os-release"
}

@test "linuxrc.rescue: a system is mounted, looked into from both sides, and started; no other disk is written" {
	kernel   classic
	image    tree=busybox_shell
	disk     vda ext4 label=OTHER journal=dirty keep=yes
	disk     vdb ext4 label=SYSTEM tree=system keep=yes
	cmdline  "root=/dev/vda linuxrc.rescue linuxrc.ui=line word"
	answer   "the name of a system: " "vda"
	answer   "Number, or Enter to go back: " "mount"
	answer   "Number, or Enter to go back: " ""
	answer   "the name of a system: " "vdb"
	answer   "Number, or Enter to go back: " "mount"
	answer   "Number, or Enter to go back: " "shell"
	answer   "/ # " "busybox cat /mnt/vdb/etc/os-release; busybox grep /mnt/ /proc/mounts; >/mnt/vdb/no; exit"
	answer   "Number, or Enter to go back: " "enter"
	answer   "/ # " "echo in: /etc/d*k /mnt/*; busybox cat /etc/disk; busybox grep -c '^proc\\|^sysfs\\|devtmpfs' /proc/mounts; exit"
	answer   "Number, or Enter to go back: " ""
	answer   "the name of a system: " "shell"
	answer   "/ # " "busybox grep -c ' /mnt/' /proc/mounts; exit"
	answer   "the name of a system: " "look"
	answer   "the name of a system: " "shell"
	answer   "/ # " "echo away: \$(busybox grep -c ' /mnt/' /proc/mounts); exit"
	answer   "the name of a system: " "vdb"
	answer   "Number, or Enter to go back: " "start its init"
	boot
	expect   console "linuxrc.rescue: what is there, and what can be done"
	expect   console "vdb        16.0 MiB  ext4  <- likely  Debian GNU/Linux 12 (bookworm)"
	expect   console "Mounted: vdb on /mnt/vdb, read-only"
	expect   console "/mnt/vda ext4 ro"
	expect   console "/mnt/vdb ext4 ro"
	expect   console "can't create /mnt/vdb/no: Read-only file system"
	expect   console "in: /etc/disk"
	expect   console "away: 0"
	expect   root "/dev/vdb ext4 ro"
	expect   init "/sbin/init pid=1 argv=/sbin/init,word fds=0,1,2"
	exactly  processes 0
	expect   bytes "vda=same"
}

@test "linuxrc.rescue: one without a shell says so, a system is written to from within, and the boot goes on as given" {
	kernel   classic
	contract ram0
	disk     vda ext4
	disk     vdb ext4 tree=system
	cmdline  "root=/dev/ram0 init=/linuxrc rw linuxrc.root=/dev/vda linuxrc.ro linuxrc.rescue linuxrc.ui=line"
	answer   "the name of a system: " "shell"
	answer   "the name of a system: " "vda"
	answer   "Number, or Enter to go back: " "enter"
	answer   "Number, or Enter to go back: " "unmount"
	answer   "Number, or Enter to go back: " ""
	answer   "the name of a system: " "vdb"
	answer   "Number, or Enter to go back: " "make"
	answer   "Number, or Enter to go back: " "enter"
	answer   "/ # " "echo it was written >/etc/note; exit"
	answer   "Number, or Enter to go back: " "unmount"
	answer   "Number, or Enter to go back: " "enter"
	answer   "/ # " "echo later: \$(busybox cat /etc/note); echo >/etc/no; exit"
	answer   "Number, or Enter to go back: " ""
	answer   "the name of a system: " "go"
	boot
	expect   console "Not taken: this image has no shell: make it with mkinitrd --rescue"
	expect   console "Not taken: there is no /bin/sh in it that can be run here"
	expect   console "Mounted: vdb on /mnt/vdb, writable"
	expect   console "later: it was written"
	expect   console "can't create /etc/no: Read-only file system"
	expect   root "/dev/vda ext4 ro"
	expect   init "/sbin/init pid=1 argv=/sbin/init fds=0,1,2"
	exactly  processes 0
}

@test "linuxrc.rescue: nobody answers, and what panic= and linuxrc.onfail= say happens" {
	kernel   classic
	disk     vda ext4
	cmdline  "root=/dev/vda linuxrc.rescue panic=2 linuxrc.onfail=poweroff"
	boot
	expect   end "silent:"
	expect   console "Without an answer in 2 s: power off."
	expect   console "reboot: Power down"
}

@test "linuxrc.lock refuses linuxrc.rescue, and the boot goes on" {
	local where
	for where in conf cmdline; do
		another
		kernel   classic
		[[ $where == cmdline ]] || image conf="linuxrc.lock root=/dev/vda"
		disk     vda ext4
		if [[ $where == conf ]]; then
			cmdline "linuxrc.rescue"
		else
			cmdline "root=/dev/vda linuxrc.lock linuxrc.rescue"
		fi
		boot
		expect   root "/dev/vda ext4 ro"
		refute   console "the name of a system"
		if [[ $where == conf ]]; then
			expect console "refused, because linuxrc.lock is set in the conf: linuxrc.rescue"
		else
			expect console "linuxrc.rescue: refused: linuxrc.lock is set in the command line"
		fi
	done
}

@test "linuxrc.rescue on the screen of a PC: the likely system is marked, and started at the keyboard" {
	kernel   stock
	device   "VGA"
	disk     vda ext4 label=OTHER
	disk     vdb ext4 label=SYSTEM tree=system
	cmdline  "root=/dev/vda linuxrc.rescue"
	screen   "Number, or"
	press    "the name of a system: " "2 ret"
	press    "Answered on tty0." "s ret"
	boot
	expect   screen "  rescue"
	expect   screen "| linuxrc.rescue: what is there, and what can be done"
	expect   screen "  1  vda        16.0 MiB  ext4  LABEL=OTHER"
	expect   screen "| >  2  vdb        16.0 MiB  ext4  <- likely  Debian GNU/Linux 12"
	expect   screen "go on with the boot"
	expect   screen "init is /sbin/init"
	expect   screen "Arrows, letters, digits: move   Enter: choose"
	expect   root "/dev/vdb ext4 ro"
	expect   init "/sbin/init pid=1"
	exactly  processes 0
}
