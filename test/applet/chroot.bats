#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# chroot; a boot (66-beside) has it beside that of coreutils. The program itself is what runs in the
# new root: its static build, as mknod.

load applet

setup_file() {
	applet chroot
	# there is no /proc below the new root, which LeakSanitizer wants
	export ASAN_OPTIONS=detect_leaks=0
	flock "${BATS_TEST_DIRNAME%/applet}" make -s -C "${BATS_TEST_DIRNAME%/test/applet}" program >&2
}

setup() {
	root=$BATS_TEST_TMPDIR/root
	mkdir -p "$root/bin" "$root/sub"
	cp "${BATS_TEST_DIRNAME%/test/applet}/build/linuxrc" "$root/bin/mknod"
	printf '#!/nowhere\n' >"$root/bin/broken"
	touch "$root/bin/plain"
	chmod 755 "$root/bin/broken"
}

@test "chroot runs a program of the new root, from its root, looked for in PATH" {
	cd "$BATS_TEST_TMPDIR"
	as_root "$APPLET" root /bin/mknod path p
	is 0
	as_root env PATH=/nowhere:/bin "$APPLET" root mknod name p
	is 0
	# as the kernel starts it
	as_root env -i ASAN_OPTIONS="$ASAN_OPTIONS" "$APPLET" root mknod sub/bare p
	is 0
	[[ -p root/path && -p root/name && -p root/sub/bare ]]
}

@test "chroot ends with 127 for no program, 126 for one that cannot run, 125 for no directory" {
	as_root -127 "$APPLET" "$root" /bin/none
	is 127 "chroot: /bin/none: No such file or directory"
	as_root "$APPLET" "$root" /bin/plain
	is 126 "chroot: /bin/plain: Permission denied"
	as_root "$APPLET" "$BATS_TEST_TMPDIR/nowhere" /bin/mknod
	is 125 "chroot: $BATS_TEST_TMPDIR/nowhere: No such file or directory"
	run "$APPLET"
	is 2 "usage: chroot"
	run "$APPLET" --userspec=1 / true
	is 2 "usage: chroot"
}

@test "chroot passes on the exit status" {
	as_root "$APPLET" "$root" mknod
	is 2 "usage: mknod"
}
