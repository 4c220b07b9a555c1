#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# mkinitrd -f: the block formats, each looked at by its own file system check
# and taken apart by its own tools. test/boot/65-mkinitrd.bats boots them.

bats_require_minimum_version 1.5.0
load ../mkinitrd

setup_file() { mkinitrd_setup_file; }
setup() { mkinitrd_setup; }

# Sizes where one more block of numbers is needed, links short and long, a
# directory of several blocks, one that is empty.
make_skel() { # DIR
	local n
	mkdir -p "$1"/{many,empty,sub/sub}
	for n in 0 1 1023 1024 1025 7168 7169 12288 12289 274432 274433 531456 531457; do
		head -c "$n" /dev/urandom >"$1/sub/$n"
	done
	for n in {1..150}; do echo "$n" >"$1/many/entry-of-a-directory-$n"; done
	ln -s "$(printf 'x%.0s' {1..59})" "$1/sub/short"
	ln -s "$(printf 'x%.0s' {1..60})" "$1/sub/long"
	chmod 711 "$1/sub"; chmod 4750 "$1/sub/1"; chmod 1777 "$1/empty"
}

# fsck FORMAT IMAGE: nothing to say.
fsck() {
	case $1 in
	ext2) e2fsck -fn "$2" >fsck.out 2>&1 ;;
	minix) fsck.minix -f "$2" >fsck.out 2>&1 ;;
	cramfs) fsck.cramfs "$2" >fsck.out 2>&1 ;;
	squashfs) unsquashfs -s "$2" >fsck.out 2>&1 ;;
	# it has no check but the sum over its beginning
	romfs) [[ $(head -c 8 "$2") == -rom1fs- && $(head -c 512 "$2" |
		od -An -v -tu4 --endian=big | awk '{ for (i = 1; i <= NF; i++) n += $i } END { print n % 4294967296 }') == 0 ]] ;;
	esac || { cat fsck.out >&2; return 1; }
}

@test "fsck of every format has nothing to say" {
	local f
	make_skel skel
	for MK in $BUILDS; do
		for f in ext2 minix romfs cramfs squashfs; do
			"$MK" -o small -f $f -z none
			fsck $f small
			"$MK" -o large -f $f -z none --skel skel
			fsck $f large
			# gzip is usual where the format does not compress
			"$MK" -o usual -f $f --skel skel
			case $f in
			cramfs | squashfs) cmp usual large ;;
			*) gzip -dc <usual | cmp - large ;;
			esac
		done
	done
}

@test "what debugfs, fsck.cramfs and unsquashfs take out is what went in" {
	make_skel skel
	for MK in $BUILDS; do
		rm -rf out
		"$MK" -o image -f ext2 -z none --skel skel
		mkdir out
		debugfs -R "rdump /sub /many /empty out" image >/dev/null 2>&1
		diff -r --no-dereference skel out
		run debugfs -R "stat /dev/initrd" image
		says "Type: block special    Mode:  0400" "User:     0   Group:     0" \
			"Device major/minor number: 01:250"
		run debugfs -R "stat /sub/1" image
		says "Type: regular    Mode:  04750" "mtime: 0x00000000"
		"$MK" -o image -f squashfs --skel skel
		unsquashfs -q -n -d out2 image sub many empty >/dev/null
		diff -r --no-dereference skel out2
		[[ $(unsquashfs -lln image | grep -c ' 0/0 ') == $(unsquashfs -lln image | grep -c .) ]]
		unsquashfs -lln image | grep -q '^br-------- 0/0 .* 1,250 .* squashfs-root/dev/initrd'
		rm -rf out2
		"$MK" -o image -f cramfs --skel skel
		if [[ $(id -u) == 0 ]]; then
			fsck.cramfs --extract=out3 image
			diff -r --no-dereference skel/sub out3/sub
			diff -r --no-dereference skel/many out3/many
			[[ $(stat -c '%t,%T %a' out3/dev/initrd) == "1,fa 400" ]]
			[[ $(stat -c %a out3/sub/1) == 4750 ]]
			rm -rf out3
		fi
	done
}

@test "every image of a format is the same, whoever builds it and where" {
	local f
	make_skel skel
	mkdir -m 777 elsewhere
	chmod 4755 skel/sub/1; chmod 755 skel/sub	# for whoever reads them
	for f in ext2 minix romfs cramfs squashfs; do
		for MK in $BUILDS; do
			"$MK" -o first -f $f --skel skel
			touch -d '3 days ago' skel/sub/1
			( cd elsewhere && umask 077 && TMPDIR=$W/elsewhere as_nobody \
				"$MK" -o second -f $f --skel ../skel )
			cmp first elsewhere/second
			[[ ! -e before.$f ]] || cmp first before.$f
			mv first before.$f
		done
		SOURCE_DATE_EPOCH=86400 "$MK" -o dated -f $f --skel skel
		case $f in
		romfs | cramfs) cmp dated before.$f ;;	# have no times
		*) run ! cmp -s dated before.$f ;;
		esac
	done
	[[ -z $(ls -A elsewhere | grep -v second) ]]
}

@test "ext2 is right around the end of each group of blocks" {
	local kb
	mkdir skel
	for MK in $BUILDS; do
		for kb in 7600 7700 7750 7780 7800 7820 7840 7860 7880 7900 8000 15500 15600 15700 15800; do
			head -c "${kb}K" /dev/zero >skel/file
			"$MK" -o image -f ext2 -z none --skel skel --linuxrc skel/file
			fsck ext2 image
		done
	done
}

@test "a file of three levels of blocks, and many groups" {
	mkdir skel
	yes "a line of text that is not all the same" | head -c 68M | nl >skel/file
	for MK in $BUILDS; do
		"$MK" -o image -f ext2 -z none --skel skel
		fsck ext2 image
		debugfs -R "dump /file out" image >/dev/null 2>&1
		cmp out skel/file
		refuses 1 "Minix file system, which has 64 MiB at most" "$MK" -o no -f minix --skel skel
		refuses 1 "a file in cramfs has less than 16 MiB" "$MK" -o no -f cramfs --skel skel
		[[ ! -e no ]]
		rm out
	done
}

@test "an ext2 or Minix image has room that is free" {
	for MK in $BUILDS; do
		"$MK" -o image -f ext2 -z none
		run dumpe2fs -h image
		(($(sed -n 's/^Free blocks: *//p' <<<"$output") >= 128))
		(($(sed -n 's/^Free inodes: *//p' <<<"$output") >= 32))
		"$MK" -o image -f minix -z none
		run fsck.minix -fv image
		(($(sed -n 's/^ *[0-9]* zones used (\([0-9]*\)%)/\1/p' <<<"$output") < 96))
	done
}

@test "what a format cannot hold is a sentence" {
	mkdir -p skel long minix
	touch "minix/a-name-with-thirty-one-letters--"
	touch "skel/$(printf 'n%.0s' {1..253})"
	mkdir dirs; ( cd dirs && mkdir {1..249} )
	for MK in $BUILDS; do
		refuses 1 "names in a Minix file system have 30 characters at most" "$MK" -o no -f minix --skel minix
		refuses 1 "names in cramfs have 252 bytes at most" "$MK" -o no -f cramfs --skel skel
		refuses 1 "a directory of a Minix file system has 248 others" "$MK" -o no -f minix --skel dirs
		PATH=/nowhere refuses 1 "mksquashfs is needed for this and is not there -- Debian has it in the package squashfs-tools" \
			"$MK" -o no -f squashfs
		"$MK" -o yes -f ext2 --skel skel
		"$MK" -o yes -f romfs --skel skel
		if [[ $(id -u) == 0 ]] && mknod skel/node c 4000 70000 2>/dev/null; then
			refuses 1 "node: a device 4000,70000 does not fit into Minix" "$MK" -o no -f minix --add skel/node:/node
			refuses 1 "node: a device 4000,70000 does not fit into cramfs" "$MK" -o no -f cramfs --add skel/node:/node
			"$MK" -o yes -f ext2 -z none --add skel/node:/node
			run debugfs -R "stat /node" yes
			says "Device major/minor number: 4000:70000"
			rm skel/node
		fi
		[[ ! -e no ]]
	done
}
