#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# mknod beside that of GNU coreutils.

load applet

setup_file() { applet mknod; }

@test "mknod makes a pipe with the mode that is asked for, whatever the umask" {
	cd "$BATS_TEST_TMPDIR"
	umask 077
	"$APPLET" -m 622 ours p
	mknod -m 622 theirs p
	"$APPLET" plain p
	[[ $(stat -c '%F %a' ours) == "$(stat -c '%F %a' theirs)" ]]
	[[ $(stat -c '%F %a' plain) == "fifo 600" ]]
}

@test "mknod makes block and character devices" {
	cd "$BATS_TEST_TMPDIR"
	[[ $(id -u) == 0 ]] && mknod probe c 1 3 2>/dev/null ||
		skip "no device can be made here"
	"$APPLET" -m 400 initrd b 1 250
	"$APPLET" --mode=600 console c 5 0x1
	[[ $(stat -c '%F %t %T %a' initrd) == "block special file 1 fa 400" ]]
	[[ $(stat -c '%F %t %T %a' console) == "character special file 5 1 600" ]]
}

@test "mknod says what is wrong" {
	cd "$BATS_TEST_TMPDIR"
	run "$APPLET" x; is 2 "usage: mknod"
	run "$APPLET" x q 1 2; is 2 "usage: mknod"
	run "$APPLET" x b 1; is 2 "usage: mknod"
	run "$APPLET" x p 1 2; is 2 "usage: mknod"
	run "$APPLET" -m u+w x p; is 1 "mknod: u+w: no octal mode"
	run "$APPLET" x b 1 zwei; is 1 "mknod: zwei: no minor device number"
	run "$APPLET" x b 4096 0; is 1 "mknod: 4096: no major device number"
	run "$APPLET" no/dir p; is 1 "mknod: no/dir: No such file or directory"
	"$APPLET" x p
	run "$APPLET" x p; is 1 "mknod: x: File exists"
}
