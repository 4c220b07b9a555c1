#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# blockdev beside that of util-linux, on a block device of this machine.

load applet

setup_file() {
	local path
	applet blockdev
	for path in /dev/ram0 /dev/loop0 /dev/zram0 /dev/vda /dev/sda /dev/nvme0n1; do
		[[ -b $path && -r $path ]] && blockdev --getss "$path" >/dev/null 2>&1 &&
			{ export DEVICE=$path; return; }
	done
	export DEVICE=
}

@test "blockdev says the same as that of util-linux" {
	[[ -n $DEVICE ]] || skip "no block device that may be read here"
	local get ours theirs
	for get in ro ss pbsz iomin ioopt alignoff maxsect bsz sz size64 ra fra discardzeroes; do
		ours=$("$APPLET" "--get$get" "$DEVICE")
		theirs=$(blockdev "--get$get" "$DEVICE")
		[[ $ours == "$theirs" ]] || { echo "--get$get: $ours, not $theirs" >&2; return 1; }
	done
	[[ $("$APPLET" -v --getss --getra "$DEVICE") == "$(blockdev -v --getss --getra "$DEVICE")" ]]
}

@test "blockdev says what is wrong" {
	cd "$BATS_TEST_TMPDIR"
	touch file
	run "$APPLET"; is 2 "usage: blockdev"
	run "$APPLET" --getss; is 2 "usage: blockdev"
	run "$APPLET" --nonsense file; is 2 "usage: blockdev"
	run "$APPLET" --setra x file; is 1 "blockdev: --setra x: no number"
	run "$APPLET" --getss nowhere; is 1 "blockdev: nowhere: No such file"
	run "$APPLET" --getss file; is 1 "blockdev: file: get logical block (sector) size: "
	run "$APPLET" -q --getss file; is 1
	[[ -z $output ]]
}
