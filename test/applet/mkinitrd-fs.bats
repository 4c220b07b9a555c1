#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# mkinitrd --list and --extract of file systems: its own, those of the tools
# that make them, and some that were made to harm. No tool is needed for it.

bats_require_minimum_version 1.5.0
load ../mkinitrd

setup_file() { mkinitrd_setup_file; }
setup() { mkinitrd_setup; }

FORMATS="ext2 minix romfs cramfs squashfs"

# Sizes around a block, and blocks of numbers; names enough for several blocks.
make_skel() { # DIR
	local n
	mkdir -p "$1"/{many,empty,sub/sub}
	for n in 0 1 1023 1024 1025 4096 7168 7169 131071 274432 274433 531457; do
		yes "$n" | head -c "$n" >"$1/sub/$n"
	done
	head -c 300000 /dev/urandom >"$1/sub/random"
	for n in {1..150}; do echo "$n" >"$1/many/entry-of-dir-$n"; done
	ln -s "$(printf 'x%.0s' {1..59})" "$1/sub/short"
	ln -s "$(printf 'x%.0s' {1..60})" "$1/sub/long"
	chmod 711 "$1/sub"; chmod 750 "$1/sub/1"; chmod 1777 "$1/empty"
}

# The image comes out as the tree: all names, and what is in them.
is_extracted() { # TREE IMAGE
	rm -rf out
	PATH=/nowhere as_nobody_here "$MK" --extract "$2" -C out 2>err ||
		{ cat err >&2; return 1; }
	# mke2fs makes that, too
	[[ ! -d out/lost+found ]] || rmdir out/lost+found
	diff -r --no-dereference "$1" out
}

# As nobody, who cannot make the devices, where we are root.
as_nobody_here() {
	if ((EUID == 0)); then
		/usr/bin/setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	else
		"$@"
	fi
}

@test "every format that is written is listed and extracted, and lists the same" {
	local f z
	make_skel skel
	cp -a skel all
	mkdir all/{dev,etc,new-root,proc,run,sys}
	cp "$LINUXRC" all/linuxrc
	for MK in $BUILDS; do
		"$MK" -o image --skel skel
		"$MK" --list image | grep -v -e '^#' -e ' init -> ' >wanted
		for f in $FORMATS; do
			for z in none gzip; do
				"$MK" -o image -f $f -z $z --skel skel
				is_extracted all image
				[[ $(cat err) == *"dev/console is not made: character device 5,1"* ]]
				[[ $f == romfs || $(stat -c '%a' out/sub out/sub/1 out/empty) == $'711\n750\n1777' ]]
				"$MK" --list image >listed
				[[ $(head -n 1 listed) == "# $([[ $z == none ]] || echo 'gzip, ')$f at byte 0" ]]
				# romfs has no permissions to speak of
				if [[ $f == romfs ]]; then
					diff <(cut -c1,11- wanted) <(sed 1d listed | cut -c1,11-)
				else
					diff wanted <(sed 1d listed)
				fi
			done
			for z in xz zstd; do
				"$MK" -o image -f $f -z $z --skel skel
				diff <(sed 1d listed) <("$MK" --list image | sed 1d)
			done
		done
	done
}

@test "root gets the devices and owners of a file system" {
	local f
	[[ $(id -u) == 0 ]] || skip "needs root"
	for MK in $BUILDS; do
		for f in $FORMATS; do
			rm -rf out
			"$MK" -o image -f $f
			"$MK" --extract image -C out
			[[ $(stat -c '%F %t,%T' out/dev/initrd) == "block special file 1,fa" ]]
			[[ $(stat -c '%F %t,%T' out/dev/console) == "character special file 5,1" ]]
			[[ $(stat -c '%u %g' out/linuxrc) == "0 0" ]]
		done
	done
}

@test "what mke2fs, genromfs, mkfs.cramfs and mksquashfs make is extracted whole" {
	make_skel skel
	ln skel/sub/1025 skel/empty/hard
	truncate -s 300000 skel/sub/hole
	chmod -R go+rX skel
	mke2fs -q -t ext2 -d skel one 8M
	mke2fs -q -t ext2 -b 4096 -I 256 -d skel two 8M
	mke2fs -q -t ext2 -r 0 -b 1024 -O none -d skel three 8M
	mke2fs -q -t ext3 -b 2048 -d skel four 8M
	mkfs.cramfs skel five
	mksquashfs skel six -noappend -quiet -no-progress
	mksquashfs skel seven -noappend -quiet -no-progress -noI -noD -noF -b 4096
	mksquashfs skel eight -noappend -quiet -no-progress -b 1M -always-use-fragments
	! command -v genromfs >/dev/null || genromfs -d skel -f nine
	for MK in $BUILDS; do
		for image in one two three four five six seven eight nine; do
			[[ -f $image ]] || continue
			is_extracted skel "$image"
			case $image in
			five) ;;	# cramfs has no hard links
			*) [[ out/sub/1025 -ef out/empty/hard ]] ;;
			esac
		done
	done
}

@test "a file system that is cut short or of a later kind is a sentence" {
	local f n size
	mkdir skel
	head -c 20000 /dev/urandom >skel/z
	for MK in $BUILDS; do
		for f in $FORMATS; do
			"$MK" -o image -f $f -z none --linuxrc skel/z --skel skel
			size=$(stat -c %s image)
			for ((n = 2100; n < size; n += size / 9)); do
				head -c "$n" image >cut
				run "$MK" --extract cut -C out
				((status <= 1)) && [[ $output != *Sanitizer* ]]
				[[ $status == 0 || ${lines[-1]} == "mkinitrd: "* ]]
			done
			head -c 12000 image >cut
			run "$MK" --extract cut -C out
			is 1
			says "$f file system: cut short or damaged: "
			rm -rf out
		done
		mke2fs -q -F -t ext4 image 2M
		refuses_last "a file system of ext4, or one with a journal to be replayed (features 0x" image
		for f in xz zstd; do
			mksquashfs skel image -noappend -quiet -no-progress -comp $f
			refuses_last "squashfs that is compressed by $f: unsquashfs(1) reads it" image
		done
	done
}

# Its last line is the sentence.
refuses_last() { # TEXT IMAGE
	run "$MK" --list "$2"
	is 1 && [[ ${lines[-1]} == "mkinitrd: "*"$1"* ]] ||
		{ printf '%s\n' "$output" >&2; return 1; }
}

# An image of the skeleton in this format, whose names can be changed: not
# compressed, and nobody checks its sum.
make_plain() { # FORMAT SKEL IMAGE
	case $1 in
	squashfs) mksquashfs "$2" "$3" -noappend -quiet -no-progress -noI -noD -noF ;;
	*) "$MK" -o "$3" -f "$1" -z none --skel "$2" ;;
	esac
}

@test "links of a file system do not lead out of the directory" {
	local f
	mkdir -m 777 victim
	mkdir -p skel/NAMEOFDIR skel/NAMEOFTWO
	ln -s ../victim skel/NAMEOFALL
	ln -s "$W/victim" skel/NAMEOFALM
	echo bad >skel/NAMEOFDIR/file
	echo bad >skel/NAMEOFTWO/file
	for MK in $BUILDS; do
		for f in $FORMATS; do
			make_plain $f skel image
			# a link first, then a directory of that name
			LC_ALL=C sed -i 's/NAMEOFDIR/NAMEOFALL/; s/NAMEOFTWO/NAMEOFALM/' image
			rm -rf out
			run as_nobody_here "$MK" --extract image -C out
			is 0
			[[ -z $(ls -A victim) && $(cat out/NAMEOFALL/file out/NAMEOFALM/file) == $'bad\nbad' ]]
			# a directory first, then a link of that name
			make_plain $f skel image
			LC_ALL=C sed -i 's/NAMEOFALM/NAMEOFZZZ/; s/NAMEOFTWO/NAMEOFALL/' image
			rm -rf out
			run as_nobody_here "$MK" --extract image -C out
			((status <= 1))
			[[ -z $(ls -A victim) ]]
		done
	done
}

@test "a name that no file can have is a sentence, and nothing is written elsewhere" {
	local f
	mkdir skel
	echo bad >skel/NAMEOFFIL
	for MK in $BUILDS; do
		for f in $FORMATS; do
			make_plain $f skel image
			LC_ALL=C sed -i 's,NAMEOFFIL,../../bad,' image
			rm -rf out
			run as_nobody_here "$MK" --extract image -C out
			is 1
			says "$f file system: damaged: a name that no file can have"
			[[ ! -e bad && ! -e ../bad ]]
		done
	done
}

@test "a file system that goes round in a circle ends" {
	local f
	mkdir -p skel/dir/deeper
	for MK in $BUILDS; do
		for f in ext2 minix romfs; do
			"$MK" -o image -f $f -z none --skel skel
			# each directory has the one above it as an entry
			LC_ALL=C sed -i 's/\.\.\x00/xx\x00/g' image
			refuses_last "a directory that is in two places, or in itself" image
			run as_nobody_here "$MK" --extract image -C out
			is 1
			rm -rf out
		done
		"$MK" -o image -f romfs -z none --skel skel
		# the second entry of the top comes before the first
		printf '\0\0\0\x20' | dd of=image bs=1 seek=64 conv=notrunc status=none
		refuses_last "a directory goes back" image
	done
}

@test "a huge size is a sentence, and takes neither memory nor disk" {
	for MK in $BUILDS; do
		"$MK" -o image -f romfs -z none
		size=$(grep -abo linuxrc image | head -n 1 | cut -d: -f1)
		printf '\xff\xff\xff\xf0' | dd of=image bs=1 seek=$((size - 8)) conv=notrunc status=none
		run as_nobody_here "$MK" --extract image -C out
		is 1
		says "romfs file system: cut short or damaged: 4294967280 bytes at byte "
		[[ $(du -sk out | cut -f1) -lt 1000 ]]
		rm -rf out
	done
}
