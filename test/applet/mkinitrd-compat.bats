#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2154 # run sets output, status and lines
# mkinitrd --compat: an old image goes into an initramfs as it is, or is
# refused with a sentence.

load ../mkinitrd

setup_file() { mkinitrd_setup_file; }

# A kernel of which no module is needed: all of it is inside.
setup() {
	mkinitrd_setup
	mkdir -p modules/lib/modules/1.0/kernel
	echo 'kernel/dummy.ko:' >modules/lib/modules/1.0/modules.dep
	printf 'kernel/drivers/block/loop.ko\nkernel/fs/%s.ko\n' ext4/ext4 >modules/lib/modules/1.0/modules.builtin
	printf 'dummy' >modules/lib/modules/1.0/kernel/dummy.ko
	mkdir -p tree
	echo '#!/bin/sh' >tree/linuxrc
	mke2fs -q -t ext2 -d tree old 1024
}

with() { # WORDS
	"$MK" -o new --linuxrc "$LINUXRC" --modules-dir modules "$@"
}

@test "--compat puts the image in as it is, gzip'ed or not" {
	gzip -k old
	for MK in $BUILDS; do
		for image in old old.gz; do
			rm -rf out && mkdir out
			with --compat "$image"
			"$MK" --extract new -C out
			cmp "$image" out/initrd.image
			[[ -e out/init ]]
		done
	done
}

@test "--compat refuses what is no image, what it cannot inflate, and -f" {
	echo "no image, but text enough for one" >text
	xz -k old
	for MK in $BUILDS; do
		refuses 1 "--compat text: no initrd image of a known format" with --compat text
		refuses 1 "--compat old.xz: compressed with xz" with --compat old.xz
		refuses 1 "xz -dc old.xz | gzip -9 >NEW" with --compat old.xz
		refuses 1 "nowhere: No such file" with --compat nowhere
		refuses 2 "--compat makes an initramfs, so no -f" with --compat old -f ext2
		with --compat old.xz --add "$(command -v xz)":/bin/xz
	done
}

@test "--compat needs a RAM disk and the image's file system from the kernel" {
	: >modules/lib/modules/1.0/modules.builtin
	for MK in $BUILDS; do
		refuses 1 "the kernel 1.0 has neither loop devices nor a RAM disk" with --compat old
	done
	echo kernel/drivers/block/brd.ko >modules/lib/modules/1.0/modules.builtin
	for MK in $BUILDS; do
		refuses 1 "--compat old: the kernel 1.0 has no ext2" with --compat old
	done
}
