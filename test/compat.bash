# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# compat.bash: old initrd images and the ways in which they reach us (load
# ../compat after ../house). A FUNCTION of a sheet puts the guest's /linuxrc
# into the tree $1, in which there is a BusyBox.

# old_image TYPE FUNCTION: an image of that type with that guest is $OLD: ext2,
# squashfs, romfs, cramfs, minix or cpio, as it is unpacked.
old_image() {
	local tree=$VM_ROOT/tree.old name
	given "old_image $*"
	rm -rf "$tree"
	mkdir -p "$tree"/{bin,dev,proc,mnt,sbin}
	cp /bin/busybox "$tree/bin/busybox"
	for name in sh mount umount mkdir cat echo sleep pivot_root ls; do
		ln -s busybox "$tree/bin/$name"
	done
	"$2" "$tree" || return 1
	find "$tree" -exec touch -hd @1700000000 {} +
	OLD=$(cached "old, with nodes, $1 ${OLD_KIB-} $(tree_hash "$tree")" "$1" "old_$1" "$tree")
}

# guest_script TREE: the guest TREE/linuxrc, a shell script from what comes in.
guest_script() { # TREE
	{ echo '#!/bin/sh'; cat; } >"$1/linuxrc" && chmod 755 "$1/linuxrc"
}

# ran [DISK]: that guest ran, and root= is the root, on vda.
ran() {
	expect console "guest: speaks" &&
		expect disk "${1:-vda}" &&
		expect root "/dev/root ro"
}

# speaks TREE: a guest that says that it ran, and leaves the number alone.
speaks() {
	guest_script "$1" <<-'END'
		echo "guest: speaks"
	END
}

old_ext2() { # TREE OUT; OLD_KIB: its size
	local -x SOURCE_DATE_EPOCH=1700000000 E2FSPROGS_FAKE_TIME=1700000000
	mke2fs -q -t ext2 -b 1024 -m 0 -N 64 -d "$1" -E root_owner=0:0 "$2" "${OLD_KIB:-4096}" \
		>/dev/null &&
		printf 'cd dev\nmknod console c 5 1\nmknod null c 1 3\n' |
		debugfs -w -f /dev/stdin "$2" >/dev/null 2>&1
}
old_squashfs() { mksquashfs "$1" "$2" -quiet -no-progress -all-root -comp gzip; }
old_romfs() { genromfs -d "$1" -f "$2" -V old; }
old_cramfs() { mkfs.cramfs "$1" "$2"; }
old_minix() { # by mkinitrd, which makes it from any tree
	"$BUILD/mkinitrd" -f minix -z none --linuxrc "$1/linuxrc" --skel "$1" -o "$2"
}
old_cpio() {
	( cd "$1" && find . | LC_ALL=C sort |
		cpio -o -H newc --owner=0:0 --reproducible --quiet ) >"$2"
}

# squeeze COMMAND...: $OLD as this compressor leaves it.
squeeze() {
	given "squeeze $*"
	"$@" <"$OLD" >"$VM_ROOT/old.squeezed" || return 1
	OLD=$VM_ROOT/old.squeezed
}

# second_cpio: $OLD is the file initrd.image in a second archive, as GRUB's
# newc: makes it.
second_cpio() {
	given second_cpio
	local tree=$VM_ROOT/tree.second
	rm -rf "$tree"
	mkdir -p "$tree"
	cp "$OLD" "$tree/initrd.image"
	( cd "$tree" && echo initrd.image | cpio -o -H newc --quiet ) >"$VM_ROOT/second" ||
		return 1
	IMAGE[append]=$VM_ROOT/second
}

# behind: $OLD itself stands behind our archive.
behind() {
	given behind
	IMAGE[append]=$OLD
}

# what_init_sees: the facts that have to be the same whoever ran /linuxrc. Not
# the numbers of mounts and of the RAM disk, nor what differs from boot to boot.
what_init_sees() {
	grep -E '^(init|env|terminal|signals|fd|mounts|mount|root|initrd|process|disk)=' "$VM/facts" |
		sed -E 's/ parent=[0-9]+//; s/ dev=0:[0-9]+//; /root\.old/s/ dev=[0-9:]+//; /^process=/s/ [ps]id=[0-9]+//g; s/\\040\(deleted\)//'
}
