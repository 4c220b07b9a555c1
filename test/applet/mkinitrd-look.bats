#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# mkinitrd --list and --extract: what other archivers make, several archives
# in one file, and images that were made to harm.

load ../mkinitrd

setup_file() { mkinitrd_setup_file; }
setup() { mkinitrd_setup; }

# A tree with one of everything that an ordinary user can make.
make_tree() {
	mkdir -p "$1"/{bin,empty,etc/sub}
	head -c 100000 /dev/urandom >"$1/bin/large"
	chmod 4755 "$1/bin/large"
	: >"$1/etc/nothing"
	echo text >"$1/etc/sub/a file with blanks"
	echo shared >"$1/etc/one"
	ln "$1/etc/one" "$1/etc/two"
	ln "$1/etc/one" "$1/bin/three"
	ln -s ../etc/one "$1/bin/link"
	mkfifo -m 644 "$1/etc/pipe"
	chmod 0500 "$1/etc/sub"
	find "$1" -exec touch -hd '@1600000000' {} +
}

# Everything about a tree that an image can hold.
describe() {
	( cd "$1" && find . ! -name . -printf '%P %y %m %T@ %n %l\n' | sort
		find . -type f -exec sha256sum {} + | sort )
}

# The same without the times of directories and links, which cpio(1) loses.
describe_roughly() { describe "$1" | sed -E 's/^(.* [dl] [0-7]+) [0-9.]+/\1/'; }

archive() { # TREE cpio|bsdcpio FORMAT
	( cd "$1" && find . | LC_ALL=C sort | "$2" -o -H "$3" --quiet )
}

@test "archives of cpio and bsdcpio, newc and crc, are listed and extracted whole" {
	local how
	make_tree tree
	describe tree >wanted
	archive tree cpio newc >1
	archive tree cpio crc >2
	archive tree bsdcpio newc >3
	for MK in $BUILDS; do
		for how in 1 2 3; do
			diff <(cpio_says <"$how" | grep -v ' \.$' | sed 's/a file with blanks/a\\040file\\040with\\040blanks/') \
				<(list_says "$how" | grep -v ' \.$')
			"$MK" --extract "$how" -C "out$how"
			describe "out$how" | diff wanted -
			chmod -R u+w "out$how"
			rm -r "out$how"
		done
	done
}

@test "microcode first, then archives plain and compressed, with zeros between: all of it" {
	local z
	mkdir -p early/kernel/x86/microcode a b c
	head -c 3000 /dev/urandom >early/kernel/x86/microcode/GenuineIntel.bin
	echo a >a/file; echo b >b/file; echo c >c/other
	archive early cpio newc >image		# GNU cpio pads it to 512 bytes
	cp image first
	archive a cpio newc | gzip >>image
	head -c 1234 /dev/zero >>image
	while (($(stat -c %s image) % 4)); do printf '\0' >>image; done
	archive b bsdcpio newc >>image
	cp image image.gz
	archive c cpio newc | xz --check=crc32 >>image
	archive c cpio newc | gzip >>image.gz
	for MK in $BUILDS; do
		for z in image image.gz; do
			run "$MK" --list "$z"
			is 0
			[[ $(grep -c '^#' <<<"$output") == 4 ]]
			[[ ${lines[0]} == "# cpio at byte 0" ]]
			says "# gzip, cpio at byte $(stat -c %s first)" "kernel/x86/microcode/GenuineIntel.bin" " file" " other"
			"$MK" --extract "$z" -C out
			cmp out/kernel/x86/microcode/GenuineIntel.bin early/kernel/x86/microcode/GenuineIntel.bin
			diff out/file b/file
			diff out/other c/other
			rm -r out
		done
		run "$MK" --list image
		says "# xz, cpio at byte "
		gzip -c image | gzip >twice
		diff <("$MK" --list twice | grep -v '^#') <("$MK" --list image | grep -v '^#')
	done
}

@test "an own image comes out as cpio takes it out" {
	mkdir skel
	make_tree skel/x
	for MK in $BUILDS; do
		"$MK" -o image --skel skel
		mkdir theirs
		( cd theirs && zcat ../image | as_root_or_not cpio -idm --quiet )
		"$MK" --extract image -C ours 2>err
		diff <(describe_roughly theirs) <(describe_roughly ours)
		chmod -R u+w theirs ours
		rm -r theirs ours
	done
}

# As root cpio makes devices, as do we; else both leave them out.
as_root_or_not() {
	if [[ $(id -u) == 0 ]]; then "$@"; else "$@" 2>/dev/null || :; fi
}

@test "an ordinary user is told which devices are not made, and gets the rest" {
	for MK in $BUILDS; do
		"$MK" -o image
		run as_nobody "$MK" --extract image -C out
		is 0
		says "dev/console is not made: character device 5,1, and only root may make one" \
			"dev/initrd is not made: block device 1,250, and only root may make one"
		[[ ${#lines[@]} == 2 && $(ls -A out/dev) == "" ]]
		cmp out/linuxrc "$LINUXRC"
		rm -r out
	done
}

@test "an image that is cut short is a sentence, wherever it is cut" {
	local size n
	make_tree tree
	rm tree/bin/large
	archive tree cpio newc >plain
	# without the padding behind the trailer
	size=$(($(grep -abo 'TRAILER!!!' plain | cut -d: -f1) + 11))
	truncate -s "$size" plain
	gzip -c plain >packed
	for MK in $BUILDS; do
		"$MK" --list plain >/dev/null
		for ((n = 6; n < size; n += 131)); do
			head -c "$n" plain >cut
			refuses_list "cut short" cut
		done
		size=$(stat -c %s packed)
		for ((n = 3; n < size; n += 37)); do
			head -c "$n" packed >cut
			refuses_list "gzip data: cut short -- gzip at byte 0" cut
		done
		size=$(stat -c %s plain)
	done
}

# Its last line is the sentence; what was whole is listed before it.
refuses_list() { # TEXT IMAGE
	run "$MK" --list "$2"
	is 1 && [[ ${lines[-1]} == "mkinitrd: "*"$1"* ]] ||
		{ printf '%s\n' "$output" >&2; return 1; }
}

@test "what is no image is a sentence" {
	: >empty
	head -c 3000 /dev/zero >zeros
	echo "just a text" >text
	mkdir dir
	for MK in $BUILDS; do
		refuses 1 "empty is empty" "$MK" --list empty
		refuses 1 "no-such: No such file" "$MK" --list no-such
		refuses 1 "dir" "$MK" --list dir
		refuses 1 "at byte 0: no cpio archive" "$MK" --list text
		run "$MK" --list zeros
		is 0
		[[ -z $output ]]
		cat <(entry a 100644 x) <(trailer) text >tail
		refuses_list "at byte 240: no cpio archive, no file system of an initrd and nothing that is compressed as the kernel knows it begins with 6a 75 73 74" tail
	done
}

@test "names that lead out of the image are left out and named; the rest is there" {
	{
		entry ../outside 100644 bad
		entry ok/../../outside 100644 bad
		entry .. 040755 ""
		entry /absolute 100644 inside
		entry ./dotted//twice 100644 inside
		entry last 100644 fine
		trailer
	} >image
	for MK in $BUILDS; do
		rm -f outside
		run "$MK" --extract image -C out
		is 1
		says "../outside is left out: its name leads out" \
			"ok/../../outside is left out" \
			"image: 3 of its entries are left out"
		[[ ! -e outside && ! -e out/ok ]]
		[[ $(cat out/absolute out/dotted/twice out/last) == insideinsidefine ]]
		rm -r out
	done
}

@test "links of an image do not lead out of the directory" {
	mkdir victim
	{
		entry abs 120777 "$W/victim"
		entry abs/a 100644 bad
		entry up 120777 ../victim
		entry up/b 100644 bad
		entry far 120777 ../../../../../../../../../../../../../../.."$W/victim"
		entry far/c 040755 ""
		entry far/c/d 100644 bad
		entry loop 120777 loop
		entry loop/e 100644 bad
		entry up/f 120777 /
		entry up/f/g 020600 "" 1 1 1 3
		entry late 040000 ""
		entry late 120777 ../victim
		trailer
	} >image
	chmod 777 victim
	for MK in $BUILDS; do
		run as_nobody "$MK" --extract image -C out
		is 1
		says "loop/e is left out" "1 of its entries"
		[[ -z $(ls -A victim) && $(stat -c %a victim) == 777 ]]
		# as the kernel would have it, with the directory as its root
		[[ $(cat "out$W/victim/a" out/victim/b "out$W/victim/c/d") == badbadbad ]]
		rm -r out
	done
}

@test "a file that is there is replaced, never written through" {
	{
		entry file 100644 new
		entry link 100644 new
		entry hard 100644 new
		entry dir 100644 new
		entry full 100644 new
		trailer
	} >image
	for MK in $BUILDS; do
		rm -rf out
		mkdir -p out/dir out/full/x
		echo old >victim
		echo old >out/file
		ln -s ../victim out/link
		ln victim out/hard
		run "$MK" --extract image -C out
		is 1
		says "full is left out: Directory not empty"
		[[ $(cat out/file out/link out/hard out/dir) == newnewnewnew ]]
		[[ ! -L out/link && -f out/dir && $(cat victim) == old ]]
	done
}

@test "hard links of an image that were changed on the way harm nothing" {
	echo old >victim
	{
		# the first name becomes something else before the second comes
		entry one 100644 "" 5 3
		entry one 120777 ../victim
		entry two 100644 bad 5 3
		# a link to itself, and one that is met in the next archive
		entry three 100644 data 6 2
		entry three 100644 "" 6 2
		entry four 100644 four 7 2
		trailer
		entry five 100644 five 7 2
		# as the kernel has it: the last name brings the data
		entry d/six 100644 "" 8 3
		entry seven 100644 "" 8 3
		entry eight 100644 data 8 3
		trailer
	} >image
	for MK in $BUILDS; do
		rm -rf out
		"$MK" --extract image -C out
		[[ $(cat victim) == old && $(cat out/two) == bad && -L out/one ]]
		[[ $(cat out/four) == four && $(cat out/five) == five ]]
		[[ $(cat out/d/six out/seven out/eight) == datadatadata ]]
		[[ out/d/six -ef out/eight && out/seven -ef out/eight && ! out/four -ef out/five ]]
	done
}

@test "impossible entries are a sentence or left out" {
	{ entry type 070000 x; entry none 0 x; entry "" 100644 x; trailer; } >types
	{ entry link 120777 ""; entry good 100644 x; trailer; } >links
	{ entry size 100644 x; trailer; } >size
	printf fffffff0 | dd of=size bs=1 seek=54 conv=notrunc status=none
	{ entry "$(head -c 300 /dev/zero | tr '\0' n)" 100644 x; entry good 100644 x; trailer; } >long
	for MK in $BUILDS; do
		run "$MK" --extract types -C out
		is 1
		says "type is left out: its type is unknown" "a name of 1 bytes"
		run "$MK" --extract links -C out
		is 1
		says "link is left out: no link has such a target"
		run "$MK" --extract size -C out
		is 1
		says "cpio archive: size has 4294967280 bytes, cut short after "
		run "$MK" --extract long -C out
		is 1
		says "nnn is left out: "
		[[ -f out/good ]]
		rm -r out
	done
}

@test "a name cannot talk to the terminal" {
	{ entry $'a\e[31mred\nline\\' 100644 x; entry b 120777 $'\e]0;t\a'; trailer; } >image
	for MK in $BUILDS; do
		run "$MK" --list image
		is 0
		says ' a\033[31mred\012line\\' ' b -> \033]0;t\007'
		[[ $output != *$'\e'* && ${#lines[@]} == 3 ]]
	done
}

@test "what is compressed more often than an image ever is ends in a sentence" {
	{ entry a 100644 x; trailer; } | gzip | gzip | gzip | gzip >image
	for MK in $BUILDS; do
		refuses 1 "compressed more than 3 times" "$MK" --list image
	done
}
