#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# blkid beside that of util-linux, on image files; a boot (66-applets) has the
# devices. BLOCK_SIZE, which ours does not print, is left out of theirs.

load applet

setup_file() {
	applet blkid
	export PATH=$PATH:/usr/sbin:/sbin
	cd "$BATS_FILE_TMPDIR"
	mke2fs -q -t ext4 -L 'a "b" $c' -U 11111111-2222-4333-8444-555555555555 ext4 8M
	truncate -s 8M vfat swap empty
	mkfs.vfat -n LINUXRC -i 12345678 vfat >/dev/null
	mkswap -L pages -U 11111111-2222-4333-8444-666666666666 swap >/dev/null
}

theirs() { blkid -c /dev/null "$@" | sed 's/ BLOCK_SIZE="[0-9]*"//; /^BLOCK_SIZE=/d'; }

@test "blkid prints type and tags as that of util-linux does" {
	local file
	cd "$BATS_FILE_TMPDIR"
	for file in ext4 swap; do
		[[ $("$APPLET" "$PWD/$file") == "$(theirs "$PWD/$file")" ]]
		[[ $("$APPLET" -o export "$PWD/$file") == "$(theirs -o export "$PWD/$file")" ]]
		[[ $("$APPLET" -o value -s UUID -s TYPE "$PWD/$file") == "$(theirs -o value -s UUID -s TYPE "$PWD/$file")" ]]
	done
	[[ $("$APPLET" -o value -s LABEL vfat) == LINUXRC ]]
	[[ $("$APPLET" -s UUID vfat) == 'vfat: UUID="1234-5678"' ]]
}

@test "blkid ends with 2 where nothing is found" {
	cd "$BATS_FILE_TMPDIR"
	run "$APPLET" empty; is 2; [[ -z $output ]]
	run "$APPLET" -s PARTUUID ext4; is 2
	run "$APPLET" -t LABEL=other ext4; is 2
	run "$APPLET" -L linuxrc-has-none; is 2
	run "$APPLET" nowhere; is 2 "blkid: nowhere: No such file"
}

@test "blkid picks devices by a tag" {
	cd "$BATS_FILE_TMPDIR"
	run "$APPLET" -t TYPE=swap -o device ext4 swap vfat
	is 0 swap
	[[ $output == swap ]]
	run "$APPLET" -l -o device ext4 swap vfat
	[[ $output == ext4 ]]
}

@test "blkid and findfs say what is wrong" {
	run "$APPLET" -o nonsense x; is 2 "usage: blkid"
	run "$APPLET" -t nonsense x; is 2 "usage: blkid"
	ln -s "$APPLET" "$BATS_TEST_TMPDIR/findfs"
	run "$BATS_TEST_TMPDIR/findfs"; is 2 "usage: findfs"
	run "$BATS_TEST_TMPDIR/findfs" LABEL=linuxrc-has-none
	is 1 "findfs: LABEL=linuxrc-has-none: no device has it"
	run "$BATS_TEST_TMPDIR/findfs" COLOUR=blue
	is 1 "findfs: COLOUR=blue: LABEL=, UUID="
}
