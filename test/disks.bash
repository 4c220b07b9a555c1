# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# disks.bash: real roots and images, made without root rights and without
# mounting anything. The same input gives the same bytes, as far as the file
# system's own tool can: fixed UUIDs, fixed times. Finished ones are kept in
# build/test/cache under a hash of what went into them.

DISK_CACHE=$BUILD/test/cache

# result TEXT [VARIABLE]: sets it, or prints the text: a subshell takes as long
# as twenty lines of a sheet.
result() { if [[ -n ${2-} ]]; then printf -v "$2" %s "$1"; else echo "$1"; fi; }

# What a real root is called when the test does not say: one UUID for each
# disk, told apart by the last digits.
disk_uuid() { # NAME [VARIABLE]
	local hex=000000000000 i
	for ((i = 0; i < ${#1}; i++)); do printf -v hex '%s%02x' "$hex" "'${1:i:1}"; done
	result "6f1d2a54-3c0b-4e86-9a71-${hex: -12}" "${2-}"
}

# cached KEY SUFFIX MAKER ARG...: the path of the file that MAKER makes from
# ARG... and a path; made once for each KEY, whole or not at all.
cached() {
	local file
	file=$DISK_CACHE/$(printf %s "$1" | sha256sum | cut -c1-20).$2
	if [[ ! -e $file ]]; then
		mkdir -p "$DISK_CACHE"
		"${@:3}" "$file.$$" >&2 || { rm -f "$file.$$"; return 1; }
		mv "$file.$$" "$file"
	fi
	echo "$file"
}

# short_name SUFFIX WORD... -- FILE...: sets SHORT to a name in the cache for what
# these words and files alone decide, or to nothing if they cannot be a name.
# `remember` makes it a link to what was made. Found the next time, nothing has
# to be laid out and hashed to learn that it is there.
short_name() {
	local words='' suffix=$1 stamp number sum=0
	shift
	while [[ $1 != -- ]]; do words+=$1\~; shift; done
	shift
	SHORT=''
	words=${words//,/%}	# in the name of a file QEMU takes a comma for an end
	[[ $words =~ ^[A-Za-z0-9_.%=+:~-]{1,200}$ ]] || return 0
	stamp=$(stat -L -c '%i %s %.Y' "$@" "$HOUSE"/{images,disks,kernels}.bash) ||
		return 0
	for number in ${stamp//./ }; do ((sum = sum * 1000003 + 10#$number, 1)); done
	printf -v SHORT '%s/%s%016x.%s' "$DISK_CACHE" "$words" "$sum" "$suffix"
}

remember() { # FILE
	[[ -z $SHORT ]] || ln -sfn "$1" "$SHORT" 2>/dev/null || :
}

tree_hash() { # DIR
	tar -C "$1" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner \
		-cf - . | sha256sum
}

# ---------------------------------------------------------------- real roots

# root_tree DIR INIT DISK: the smallest tree that is a system: testinit as its
# init, the usual directories, and a note which disk this is.
root_tree() {
	mkdir -p "$1"/{dev,proc,sys,run,initrd,etc,sbin,tmp,mnt}
	cp "$2" "$1/sbin/init"
	chmod 755 "$1/sbin/init"
	echo "$3" >"$1/etc/disk"
}

# make_fs TYPE LABEL UUID SIZE_MIB TREE OUT; FS_BLOCK: the size of its blocks.
make_fs() {
	local type=$1 label=$2 uuid=$3 size=$4 tree=$5 out=$6
	local -x SOURCE_DATE_EPOCH=1700000000 E2FSPROGS_FAKE_TIME=1700000000
	rm -f "$out"
	case $type in
	ext2 | ext3 | ext4)
		mke2fs -q -t "$type" ${FS_BLOCK:+-b "$FS_BLOCK"} \
			-L "$label" -U "$uuid" -d "$tree" \
			-E "root_owner=0:0,hash_seed=$uuid" "$out" "${size}M" >/dev/null ;;
	xfs)
		truncate -s "${size}M" "$out"
		xfs_proto "$tree" >"$out.proto"
		mkfs.xfs -q -L "$label" -m "uuid=$uuid" -p "$out.proto" "$out"
		rm "$out.proto" ;;
	btrfs)
		truncate -s "${size}M" "$out"
		mkfs.btrfs -q -L "$label" -U "$uuid" --rootdir "$tree" \
			"$out" >/dev/null ;;
	squashfs)
		mksquashfs "$tree" "$out" -quiet -no-progress -all-root \
			-comp gzip >/dev/null ;;
	vfat)
		truncate -s "${size}M" "$out"
		mkfs.vfat -n "${label:-NONE}" -i "$(vfat_id "$uuid")" "$out" >/dev/null &&
			mcopy -s -i "$out" "$tree"/* :: ;;
	iso9660)
		genisoimage -quiet -R -J -V "${label:-NONE}" -o "$out" "$tree" ;;
	jffs2)
		mkfs.jffs2 -n -U -e 64KiB --pad="$((size * 1048576))" \
			-d "$tree" -o "$out" ;;
	ubifs)
		make_ubi "$size" "$tree" "$out" ;;
	swap | swsuspend)
		truncate -s "${size}M" "$out"
		chmod 600 "$out"
		mkswap -q ${label:+-L "$label"} -U "$uuid" "$out" &&
			{ [[ $type == swap ]] || make_swsuspend "$out"; } ;;
	none)
		truncate -s "${size}M" "$out" ;;
	*)
		echo "disks.bash: no way to make $type" >&2
		return 1 ;;
	esac
}

# The end of the first page as the kernel leaves it when it has suspended to
# this swap (struct swsusp_header, kernel/power/swap.c), but without an image.
make_swsuspend() { # FILE
	printf 'SWAPSPACE2S1SUSPEND\0' |
		dd of="$1" bs=1 seek=4076 conv=notrunc status=none
}

# make_dirty FILE: what a machine leaves that lost its power: a transaction in
# the journal (a new first block of /etc/disk, with what it held) that is not
# at its place yet.
make_dirty() {
	local block
	block=$(debugfs -R "blocks /etc/disk" "$1" 2>/dev/null | tr -d ' \n') || return 1
	dd if="$1" bs="$(fs_block_size "$1")" skip="$block" count=1 of="$1.block" status=none
	printf 'jo\njw -b %s %s\njc\n' "$block" "$1.block" |
		debugfs -w -f /dev/stdin "$1" >/dev/null 2>&1
	rm -f "$1.block"
	dumpe2fs -h "$1" 2>/dev/null | grep -q needs_recovery
}

fs_block_size() { # FILE
	dumpe2fs -h "$1" 2>/dev/null | sed -n 's/^Block size: *//p'
}

# Flash with eraseblocks of 64 KiB and one volume, root.
make_ubi() { # SIZE_MIB TREE OUT
	mkfs.ubifs -x zlib -U -r "$2" -m 1 -e 65408 -c "$(($1 * 16 - 20))" \
		-o "$3.ubifs" || return 1
	printf '[root]\nmode=ubi\nimage=%s\nvol_id=0\nvol_type=dynamic\n' \
		"$3.ubifs" >"$3.ini"
	printf 'vol_name=root\nvol_size=%sKiB\n' "$(($1 * 1024 * 3 / 4))" >>"$3.ini"
	ubinize -p 64KiB -m 1 -o "$3" "$3.ini" && truncate -s "${1}M" "$3"
	rm -f "$3.ubifs" "$3.ini"
}

# Megabytes that the tool for this type asks for at least (sparse files).
fs_size() { # TYPE [VARIABLE]
	case $1 in
	xfs) result 320 "${2-}" ;;
	btrfs) result 128 "${2-}" ;;
	vfat) result 40 "${2-}" ;;
	*) result 16 "${2-}" ;;
	esac
}

# vfat has 32 bits where others have 128: the last eight digits.
vfat_id() { # UUID
	tail -c 9 <<<"$1"
}

# A prototype file for mkfs.xfs -p: see mkfs.xfs(8).
xfs_proto() { # TREE
	printf '/\n0 0\nd--755 0 0\n'
	xfs_proto_dir "$1"
}

xfs_proto_dir() { # DIR
	local path
	for path in "$1"/*; do
		if [[ -L $path ]]; then
			printf '%s l--777 0 0 %s\n' "${path##*/}" "$(readlink "$path")"
		elif [[ -d $path ]]; then
			printf '%s d--755 0 0\n' "${path##*/}"
			xfs_proto_dir "$path"
		elif [[ -e $path ]]; then
			printf '%s ---%s 0 0 %s\n' "${path##*/}" \
				"$(stat -c %a "$path")" "$path"
		fi
	done
	echo '$'
}

# put_image TREE PATH TYPE [LABEL]: a real root of this type in a file of TREE;
# its init tells the disk "inner". IN names a directory that it has besides.
put_image() {
	local inner=$VM_ROOT/tree.inner
	rm -rf "$inner"
	mkdir -p "$1/${2%/*}"
	root_tree "$inner" "$(binary testinit)" inner &&
		mkdir -p "$inner/${IN-}" &&
		find "$inner" -exec touch -hd @1700000000 {} + &&
		make_fs "$3" "${4-}" "$(disk_uuid inner)" 8 "$inner" "$1/$2"
}

# make_partitioned TABLE NUMBER PARTUUID PARTLABEL FS OUT: the file system FS as
# partition NUMBER; those before it are 1 MiB each and empty.
make_partitioned() {
	local table=$1 number=$2 partuuid=$3 partlabel=$4 fs=$5 out=$6
	local sectors start n
	sectors=$((($(stat -c %s "$fs") / 1048576 + 1) * 2048))
	start=$((number * 2048))
	rm -f "$out"
	truncate -s "$(((start + sectors + 2048) * 512))" "$out"
	{
		echo "label: $table"
		[[ $table == gpt ]] || echo "label-id: 0x${partuuid%%-*}"
		for ((n = 1; n < number; n++)); do
			echo "start=$((n * 2048)), size=2048"
		done
		printf 'start=%s, size=%s' "$start" "$sectors"
		[[ $table != gpt ]] || printf ', uuid=%s, name="%s"' "$partuuid" "$partlabel"
		echo
	} | sfdisk -q "$out" >/dev/null || return 1
	dd if="$fs" of="$out" bs=1M seek=$((start / 2048)) conv=notrunc,sparse \
		status=none
}

# ---------------------------------------------------------------- images

# make_cpio TREE OUT: an initramfs, as cpio and gzip make it.
make_cpio() {
	find "$1" -exec touch -hd @1700000000 {} +
	( cd "$1" && find . | LC_ALL=C sort |
		cpio -o -H newc --owner=0:0 --reproducible --quiet ) |
		gzip -1n >"$2"
}

# make_initrd TYPE TREE OUT: a classic image that the kernel puts on /dev/ram0.
make_initrd() {
	local type=$1 tree=$2 out=$3 kb
	local -x SOURCE_DATE_EPOCH=1700000000 E2FSPROGS_FAKE_TIME=1700000000
	case $type in
	ext2)
		kb=$(($(du -s --apparent-size -k "$tree" | cut -f1) * 5 / 4 + 512))
		mke2fs -q -t ext2 -b 1024 -N 256 -m 0 -U clear \
			-O none,filetype,sparse_super -E root_owner=0:0 \
			-d "$tree" "$out.fs" "$kb" >/dev/null ;;
	squashfs)
		mksquashfs "$tree" "$out.fs" -quiet -no-progress -all-root \
			-comp gzip >/dev/null ;;
	*)
		echo "disks.bash: no way to make an initrd of $type" >&2
		return 1 ;;
	esac || return 1
	gzip -1n <"$out.fs" >"$out"
	rm -f "$out.fs"
}
