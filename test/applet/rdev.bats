#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# rdev over a boot sector whose words stand where boot.rst says.

load applet

setup_file() { applet rdev; }

setup() {
	cd "$BATS_TEST_TMPDIR"
	truncate -s 2048 image
	put 510 '\x55\xaa'
	put 498 '\x01\x00'
	put 504 '\x73\x02'
	put 506 '\xff\xff'
	put 508 '\x65\x03'
}

put() { printf "$2" | dd of=image bs=1 seek="$1" conv=notrunc status=none; }
word() { od -An -tx2 --endian=little -j "$1" -N 2 image | tr -d ' '; }

@test "rdev reads each word" {
	run "$APPLET" image; is 0 "Root device 0x0365"
	run "$APPLET" -R image; is 0 "Root flags 1"
	run "$APPLET" -r image; is 0 "Ramdisk size 627"
	run "$APPLET" -v image; is 0 "Video mode 65535"
	run "$APPLET" -R -o 504 image; is 0 "Root flags 627"
}

@test "rdev writes one word and nothing else" {
	cp image before
	"$APPLET" image 0x0100
	[[ $(word 508) == 0100 ]]
	"$APPLET" -R image 0
	"$APPLET" -r image 49152
	"$APPLET" -v image 773
	[[ $(word 498) == 0000 && $(word 504) == c000 && $(word 506) == 0305 ]]
	[[ $(stat -c %s image) == 2048 ]]
	[[ $(cmp -l before image | wc -l) -le 8 ]]
	"$APPLET" image 0x0365 600
	[[ $(word 600) == 0365 && $(word 508) == 0100 ]]
}

@test "rdev without an image names the device of the root" {
	run "$APPLET"
	is 0 " /"
}

@test "rdev says what is wrong" {
	truncate -s 2048 other
	run "$APPLET" other; is 1 "rdev: other: no kernel image of x86"
	run "$APPLET" nowhere; is 1 "rdev: nowhere: No such file"
	run "$APPLET" image other; is 1 "rdev: other: no block device"
	run "$APPLET" -v image 70000; is 1 "rdev: 70000: no value of 16 bits"
	run "$APPLET" -x image; is 2 "usage: rdev"
	run "$APPLET" a b c d; is 2 "usage: rdev"
}
