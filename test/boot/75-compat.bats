# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034
# Old initrd images: what reaches us, in which form, and what we do with it.

load ../house
load ../compat

# In the style of the old generators: /proc, a number, and out.
writes_number() { # TREE
	cat >"$1/linuxrc" <<-'END'
		#!/bin/sh
		mount -t proc proc /proc
		echo "guest: pid $$, $(cat /proc/sys/kernel/real-root-dev)"
		echo 0xfe10 >/proc/sys/kernel/real-root-dev
		umount /proc
		exit 5
	END
	chmod 755 "$1/linuxrc"
}

@test "compat: a gzip'ed ext2 image as a file of a second archive, on the newest kernel" {
	kernel    newest
	old_image ext2 writes_number
	squeeze   gzip -9n
	second_cpio
	image     modules=+loop
	disk      vda ext4
	disk      vdb ext4
	cmdline   "root=/dev/vda"
	boot
	expect    console ", 65024"
	expect    init "/sbin/init pid=1 argv=/sbin/init fds=0,1,2 sid=0"
	expect    disk "vdb"
	expect    root "/dev/root ext4 ro"
	expect    initrd "mounted"
}
