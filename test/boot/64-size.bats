#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What a virtio machine's initramfs takes after gzip -9, as its recipe makes it
# for Debian's kernel, with the program without parts (conf/build/parts.mk). "make
# size" tells what the program's bytes are.

load ../house

# The image with this program is at most so large.
holds() { # LINUXRC KIB
	local image=$BATS_TEST_TMPDIR/image size
	kernel_there stock
	"$BUILD/mkinitrd" -o "$image" --linuxrc "$1" \
		--modules-dir "$KERNELS/stock/modules" -k "$(kernel_release stock)" \
		-m virtio_pci -m virtio_blk -m ext4 --root LABEL=ROOT || return 1
	(($("$BUILD/mkinitrd" --list "$image" | grep -c '\.ko$') == 6)) || return 1
	size=$(stat -c %s "$image")
	((size <= $2 * 1024)) || {
		printf '%s bytes, %s more than %s KiB; of them the program: %s\n' \
			"$size" $((size - $2 * 1024)) "$2" "$(gzip -9c "$1" | wc -c)" >&2
		return 1
	}
}

@test "the virtio machine's initramfs has at most 240 KiB, with all applets" {
	holds "$BUILD/linuxrc-core" 240
}

# In a directory of its own, with the same sources.
@test "the virtio machine's initramfs has at most 215 KiB with make APPLETS=" {
	local dir=$BUILD/test/small name
	mkdir -p "$dir"
	for name in Makefile conf linuxrc applets test; do
		ln -sfn "$TOP/$name" "$dir/$name"
	done
	make -s -C "$dir" -j2 APPLETS= build/linuxrc-core >&2
	run grep -q losetup "$dir/build/linuxrc-core"
	[[ $status == 1 ]]
	holds "$dir/build/linuxrc-core" 215
}
