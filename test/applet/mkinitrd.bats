#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# mkinitrd: what is in an image, that the same comes out every time, and that
# nothing half-written is left behind.

load ../mkinitrd

setup_file() { mkinitrd_setup_file; }
setup() { mkinitrd_setup; }

@test "an initramfs has linuxrc as /linuxrc and /init, its directories and two nodes" {
	for MK in $BUILDS; do
		"$MK" -o image
		zcat image | cpio_says >found
		diff - found <<-END
		drwxr-xr-x 0 dev
		crw------- 5,1 dev/console
		br-------- 1,250 dev/initrd
		drwxr-xr-x 0 etc
		lrwxrwxrwx 7 init -> linuxrc
		-rwxr-xr-x $(stat -c %s "$LINUXRC") linuxrc
		drwxr-xr-x 0 new-root
		drwxr-xr-x 0 proc
		drwxr-xr-x 0 run
		drwxr-xr-x 0 sys
		END
		diff <(zcat image | cpio -itv --quiet -n | awk '{ print $3, $4 }' | sort -u) - <<<"0 0"
		zcat image | cpio -i --quiet --to-stdout linuxrc | cmp - "$LINUXRC"
		zcat image | bsdcpio -it 2>/dev/null | diff - <(zcat image | cpio -it --quiet)
	done
}

@test "initrd-skel holds no other directories than those of every image" {
	for MK in $BUILDS; do
		"$MK" -o plain
		"$MK" -o skel --skel "$TOP/initrd-skel"
		diff <(list_says plain) <(list_says skel | grep -v 'etc/linuxrc.conf$\| lib')
		[[ $("$MK" --list skel) != *.gitkeep* ]]
	done
}

@test "the same input gives the same bytes, whoever builds it, when and how" {
	mkdir -p skel/sub "a b"
	chmod 777 "a b"
	echo text >skel/sub/file
	ln -s file skel/sub/link
	for MK in $BUILDS; do
		"$MK" -o first --skel skel --conf skel/sub/file --add /bin/sh
		touch -d '2 days ago' skel/sub/file
		chmod 775 skel/sub
		chmod 664 skel/sub/file
		chown -R 12:34 skel 2>/dev/null || :
		( umask 077; as_nobody "$MK" -o "a b/second" --skel skel \
			--conf skel/sub/file --add /bin/sh )
		cmp first "a b/second"
		chmod 755 skel/sub; chmod 644 skel/sub/file
		rm "a b/second"
		[[ ! -e before ]] || cmp before first
		mv first before
	done
}

@test "SOURCE_DATE_EPOCH is the time of every file; without it, 1970" {
	for MK in $BUILDS; do
		"$MK" -o image -z none
		SOURCE_DATE_EPOCH=1700000000 "$MK" -o dated -z none
		run cpio -itv --quiet -n <image
		says "Jan  1  1970 linuxrc"
		run env TZ=UTC cpio -itv --quiet -n <dated
		says "Nov 14  2023 linuxrc"
		[[ $(TZ=UTC cpio -itv --quiet -n <dated | grep -c 'Nov 14  2023') == 10 ]]
		SOURCE_DATE_EPOCH=4294967296 refuses 1 "SOURCE_DATE_EPOCH=4294967296: not a number" "$MK" -o no
		SOURCE_DATE_EPOCH=now refuses 1 "SOURCE_DATE_EPOCH=now: not a number" "$MK" -o no
		[[ ! -e no ]]
	done
}

@test "-z none, gzip, xz and zstd hold the same archive" {
	for MK in $BUILDS; do
		"$MK" -o none -z none
		"$MK" -o gzip -z gzip
		"$MK" -o xz -z xz
		"$MK" -o zstd -z zstd
		[[ $(head -c 6 none) == 070701 ]]
		gzip -dc <gzip | cmp - none
		xz -dc <xz | cmp - none
		zstd -dcq <zstd | cmp - none
		for z in gzip xz zstd; do
			diff <(list_says none) <(list_says $z)
		done
		# what the kernel's own decompressor takes
		xz --robot -lvv xz | grep -q '	CRC32	'
		xz --robot -lvv xz | grep -q 'dict=1MiB'
		# no name and no time of this machine
		[[ $(head -c 10 gzip | od -An -tx1 | tr -d ' \n') == 1f8b0800000000000203 ]]
	done
}

@test "--conf becomes /etc/linuxrc.conf, and --root a line at its end" {
	printf 'ro\nrootwait=7' >conf
	for MK in $BUILDS; do
		"$MK" -o image -z none --conf conf
		cpio -i --quiet --to-stdout etc/linuxrc.conf <image | cmp - conf
		"$MK" -o image -z none --conf conf --root "UUID=0815-4711"
		cpio -i --quiet --to-stdout etc/linuxrc.conf <image |
			diff - <(printf 'ro\nrootwait=7\nroot=UUID=0815-4711\n')
		"$MK" -o image -z none --root "LABEL=my root"
		cpio -i --quiet --to-stdout etc/linuxrc.conf <image |
			diff - <(echo '"root=LABEL=my root"')
		refuses 1 "root=PARTUUID=" "$MK" -o no --root PARTUUID=
		refuses 1 "--root LABEL=a\"b: neither a quote" "$MK" -o no --root 'LABEL=a"b'
		[[ ! -e no ]]
	done
}

@test "--skel brings files, links, sticky directories; later things replace its own" {
	mkdir -p skel/{bin,tmp,dev,etc} skel/usr/lib
	echo '#!/bin/sh' >skel/bin/tool
	chmod 4755 skel/bin/tool
	echo secret >skel/etc/key
	chmod 600 skel/etc/key
	echo old >skel/etc/linuxrc.conf
	chmod 1777 skel/tmp
	ln -s usr/lib skel/lib
	mkfifo skel/dev/initctl
	touch skel/.gitkeep
	echo new >conf
	echo firmware >blob
	for MK in $BUILDS; do
		"$MK" -o image -z none --skel skel --conf conf --add blob:/lib/firmware/
		run list_says image
		says "-rwsr-xr-x 10 bin/tool" "-rw------- 7 etc/key" \
			"drwxrwxrwt 0 tmp" "lrwxrwxrwx 7 lib -> usr/lib" \
			"prw-r--r-- 0 dev/initctl" "-rw-r--r-- 9 usr/lib/firmware/blob"
		[[ $output != *gitkeep* && $output != *" lib/firmware"* ]]
		cpio -i --quiet --to-stdout etc/linuxrc.conf <image | diff - conf
	done
}

@test "--add takes files, directories and links, to their place or another" {
	mkdir -p tree/sub
	echo 1 >tree/one; echo 2 >tree/sub/two
	ln -s one tree/link
	ln -s "$W/tree/link" tree/absolute
	for MK in $BUILDS; do
		"$MK" -o image -z none --add "$W/tree/absolute" \
			--add tree:/srv --add "tree/link:/etc/copy" \
			--add tree/sub/two:/opt/
		run list_says image
		says "lrwxrwxrwx $((${#W} + 10)) ${W#/}/tree/absolute -> $W/tree/link" \
			"lrwxrwxrwx 3 ${W#/}/tree/link -> one" "-rw-r--r-- 2 ${W#/}/tree/one" \
			"-rw-r--r-- 2 srv/sub/two" "lrwxrwxrwx 3 srv/link -> one" \
			"-rw-r--r-- 2 etc/copy" "-rw-r--r-- 2 opt/two"
		refuses 1 "needs a place in the image: --add tree/one:/bin/one" \
			"$MK" -o no --add tree/one
		refuses 1 "--add tree/onne: No such file or directory -- is one meant?" \
			"$MK" -o no --add tree/onne:/x
		refuses 1 '".." has no meaning' "$MK" -o no --add tree/one:/x/../../y
		refuses 1 "linuxrc is to be a file and a directory" "$MK" -o no --add tree/one:/linuxrc/x
		[[ ! -e no ]]
	done
}

@test "what -o names stays what it was, and nothing else is left, when it fails" {
	mkdir out
	echo precious >out/image
	for MK in $BUILDS; do
		refuses 1 "--linuxrc $W/linuxr: No such file" "$MK" -o out/image --linuxrc "$W/linuxr"
		refuses 1 "--skel none: No such file" "$MK" -o out/image --skel none
		refuses 1 "none: No such file or directory -- --conf" "$MK" -o out/image --conf none
		PATH=/nowhere refuses 1 "zstd is needed for this and is not there -- Debian has it in the package zstd" \
			"$MK" -o out/image -z zstd
		refuses 1 "out: Is a directory" "$MK" -o out
		refuses 1 "none/image: make a file in its directory: No such file" "$MK" -o none/image
		refuses 1 "No space left on device" "$MK" -o /dev/full
		diff out/image - <<<precious
		[[ $(ls -A out) == image ]]
	done
}

@test "a tool that fails or is missing is a sentence" {
	mkdir fake
	printf '#!/bin/sh\nhead -c 1 >/dev/null\necho first >&2; echo xz: last words >&2; exit 3\n' >fake/xz
	chmod 755 fake/xz
	for MK in $BUILDS; do
		PATH=$W/fake:$PATH refuses 1 "xz failed (exit status 3): xz: last words" \
			"$MK" -o image -z xz
		[[ ! -e image ]]
	done
}

@test "a signal leaves nothing behind" {
	mkdir fake out tmp
	printf '#!/bin/sh\necho >%s/started; exec sleep 60\n' "$W" >fake/xz
	chmod 755 fake/xz
	for MK in $BUILDS; do
		rm -f started
		TMPDIR=$W/tmp PATH=$W/fake:$PATH "$MK" -o out/image -z xz 2>err 3>&- &
		local pid=$! i
		for ((i = 0; i < 200; i++)); do
			[[ ! -e started ]] || break
			sleep 0.1
		done
		kill -TERM $pid
		local rc=0
		wait $pid || rc=$?
		[[ $rc == 1 ]]
		grep -q "ended by signal 15" err
		[[ -z $(ls -A out tmp | grep -v :) ]]
	done
}

@test "a file that is replaced keeps its permissions, and a link stays a link" {
	for MK in $BUILDS; do
		echo old >image
		chmod 600 image
		ln -sf image link
		"$MK" -o link
		[[ -L link && $(stat -c %a image) == 600 && $(stat -c %s image) -gt 100 ]]
		( umask 027; "$MK" -o new )
		[[ $(stat -c %a new) == 640 ]]
		ln -sf nowhere dangling
		refuses 1 "dangling is a link to something that is not there" "$MK" -o dangling
		rm new
	done
}

@test "a pipe or character device is written in place" {
	for MK in $BUILDS; do
		"$MK" -o image
		mkfifo -m 666 pipe
		cat pipe >came 3>&- &
		"$MK" -o pipe
		wait $!
		cmp image came
		rm pipe
	done
}

@test "wrong usage: exit 2, and how it is used" {
	local words
	for MK in $BUILDS; do
		for words in "" "-o" "-o a b" "-x" "--list" "-o a --list b" "-f cpio" \
			"--extract a" "-C dir" "-o a -C dir" "-o a -f tar" "-o a -z lzma"; do
			# shellcheck disable=SC2086 # words are meant
			run "$MK" $words
			is 2
			says "usage: mkinitrd -o FILE"
		done
		run "$MK" -o a -f tar
		says "-f tar: a format is one of cpio"
		[[ ! -e a ]]
	done
}

@test "--rescue brings a shell with its tools; without it there is none" {
	mkdir -p fake skel/bin
	printf '#!/bin/sh\nprintf "sh\\nls\\ninit\\nlinuxrc\\nbusybox\\nmine\\n"\n' >fake/busybox
	chmod 755 fake/busybox
	echo own >skel/bin/mine
	for MK in $BUILDS; do
		"$MK" -o plain
		run list_says plain
		[[ $output != *bin* ]]
		PATH=$W/fake:$PATH "$MK" -o image --rescue --skel skel
		diff <(list_says image | grep ' bin') - <<-END
		drwxr-xr-x 0 bin
		-rwxr-xr-x $(stat -c %s fake/busybox) bin/busybox
		lrwxrwxrwx 7 bin/ls -> busybox
		-rw-r--r-- 4 bin/mine
		lrwxrwxrwx 7 bin/sh -> busybox
		END
		run list_says image
		says " init -> linuxrc"
		PATH=/nowhere refuses 1 "busybox is needed for this and is not there -- Debian has it in the package busybox-static" \
			"$MK" -o no --rescue
		[[ ! -e no ]]
	done
}

@test "what the manual says of -z is what the bench has measured" {
	local text way words
	local -a kb=() million=()
	text=$(mandoc -T ascii "$TOP/applets/mkinitrd.8" | sed 's,.\x08,,g' | tr -s ' \n' ' ')
	figure() { # NAME DIVISOR
		awk -v n="$1" -v d="$2" '$1 == n { printf "%.0f", $2 / d; found = 1 }
			END { exit !found }' "$TOP/test/bench/unpack.baseline"
	}
	for way in none gzip zstd xz; do kb+=("$(figure "bytes-$way" 1000)"); done
	for way in gzip zstd xz; do million+=("$(figure "over-none-$way" 1000)"); done
	for words in "image of ${kb[0]} KB (" \
	    "becomes ${kb[1]} KB with gzip, ${kb[2]} KB with zstd and ${kb[3]} KB with xz" \
	    "kernel ${million[0]}, ${million[1]} or ${million[2]} million instructions"; do
		[[ $text == *"$words"* ]] || { echo "not in the manual: $words" >&2; return 1; }
	done
}
