#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What is left of the boot in /run/linuxrc of the real root: linuxrc.log=.
load ../house

# An init that shows both files, and then is testinit.
showing_root() { # TREE
	mkdir -p "$1/bin" "$1/lab"
	cp "$(command -v busybox)" "$1/bin/busybox"
	cp "$(binary linuxrc)" "$1/lab/timeline"
	mv "$1/sbin/init" "$1/sbin/testinit"
	printf '#!/bin/busybox sh\n%s\n' 'b=/bin/busybox
	$b mount -t proc proc /proc 2>/dev/null
	$b cat /run/linuxrc/log | $b sed "s/^/LOG: /" >/dev/console
	$b ls -l /run/linuxrc /run | $b sed "s/^/LS: /" >/dev/console
	/lab/timeline 2>&1 | $b sed "s/^/BAR: /" >/dev/console
	exec /sbin/testinit "$@"' >"$1/sbin/init"
	chmod 755 "$1/sbin/init"
}

@test "the log and the timeline are in /run/linuxrc, under each contract" {
	local contract
	for contract in initramfs ram0 linuxrc; do
		another
		kernel   classic
		contract $contract
		disk     vda ext2 tree=showing_root
		cmdline  "$([[ $contract != ram0 ]] || echo "root=/dev/ram0 init=/linuxrc rw") linuxrc.root=/dev/vda"
		boot
		expect   console " 6 learn the contract: $contract, pid "
		console | grep -E "^LOG: +[0-9]+\.[0-9]{3} 6 find the root device: vda, ext2 \([0-9]+ ms, at [0-9]+ ms\)$"
		console | grep -E "^LS: -rw-r--r-- +1 0 +0 .* (log|timeline.json)$"
		console | grep -E "^BAR: Linux 6\.1.* +\|#+ +\| +[0-9]+\.[0-9] ms$"
		console | grep -E "^BAR: load drivers +\| +#+ *\| +[0-9]+\.[0-9] ms$"
		console | grep -E "^BAR:   virtio_blk +\| +#+ *\| +[0-9]+\.[0-9] ms$"
		expect   mount "/run tmpfs"
		expect   init "pid=1 fds=0,1,2"
		exactly  processes 0
	done
}

runs() { # TREE
	mkdir -p "$1/bin" "$1/run"
	cp "$(command -v busybox)" "$1/bin/busybox"
	mv "$1/init" "$1/linuxrc"
	printf '#!/bin/busybox sh\n%s\n' '/bin/busybox mount -t tmpfs kept /run
	/bin/busybox mkdir /run/linuxrc
	exec /linuxrc "$@"' >"$1/init"
	chmod 755 "$1/init"
}

@test "a /run that the image has mounted gets them, and with linuxrc.log=none it does not" {
	kernel   classic
	image    tree=runs
	disk     vda ext2 tree=showing_root
	cmdline  "root=/dev/vda"
	boot
	expect   console " 6 check init: /sbin/init"
	expect   mount "/run tmpfs kept"
	another
	kernel   classic
	image    tree=runs
	disk     vda ext2 tree=showing_root
	cmdline  "root=/dev/vda linuxrc.log=none"
	boot
	refute   console "LOG: "
	expect   mount "/run tmpfs kept"
}

linked_run() { # TREE
	showing_root "$1"
	rmdir "$1/run"
	ln -s /etc "$1/run"
}

@test "a step that failed is in them, with what was typed, and linuxrc.log=none does not" {
	local contract
	for contract in initramfs linuxrc; do
		another
		kernel   classic
		contract $contract
		disk     vda ext2 tree=showing_root
		cmdline  "linuxrc.root=/dev/vdx rootwait=1"
		answer   "Number, or" "root=/dev/vda"
		boot
		expect   console " 3 find the root device: root=/dev/vdx: not there after 1 s"
		expect   console " 6 for the boot loader: "
		console | grep -E "^BAR: hand over to init +\| +#+ *\| +[0-9]+\.[0-9] ms$"
		expect   mount "/run tmpfs"
		exactly  processes 0
	done
	another
	kernel   classic
	disk     vda ext2 tree=showing_root
	cmdline  "root=/dev/vdx rootwait=1 linuxrc.log=none"
	answer   "Number, or" "root=/dev/vda"
	boot
	refute   console "LOG: "
	refute   mount "/run"
}

full_run() { # TREE
	showing_root "$1"
	mkdir "$1/run/lock"
}

@test "where /run has directories there is no mount and no file, unless asked for; a link is left alone" {
	kernel   classic
	disk     vda ext2 tree=full_run
	cmdline  "root=/dev/vda"
	boot
	refute   console "LOG: "
	refute   mount "/run"
	another
	kernel   classic
	disk     vda ext2 tree=full_run
	cmdline  "root=/dev/vda linuxrc.log=run"
	boot
	expect   console "LOG: "
	expect   mount "/run tmpfs"
	another
	kernel   classic
	disk     vda ext2 tree=linked_run
	cmdline  "root=/dev/vda linuxrc.log=run"
	boot
	refute   console "LOG: "
	refute   mount "/run"
	refute   mount "/etc"
}
