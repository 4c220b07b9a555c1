#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# umount, always in a mount namespace of its own: -a means it.

load applet

setup_file() {
	applet umount
	unshare -Urm true 2>/dev/null || skip "no user namespaces"
}

# SCRIPT runs there; $u is our umount, and only the mounts that it makes below
# a tmpfs on $PWD are shown.
inside() {
	cd "$BATS_TEST_TMPDIR"
	run unshare -Urm --propagation private bash -ec '
		u=$APPLET
		mount -t tmpfs top "$PWD" && cd "$PWD"
		mkdir -p a/b c "d e" f
		m() { mount -t tmpfs "$1" "$2"; }
		shown() { findmnt -rno TARGET | grep "^$PWD/" | sed "s,^$PWD/,," | sort | tr "\n" " "; }
		'"$1"
}

@test "umount takes directories, sources and what has blanks in its name" {
	inside 'm one a; m two c; m three "d e"; $u a two "d e"; echo "[$(shown)]"'
	is 0 "[]"
}

@test "umount detaches the topmost of two mounts" {
	inside 'm under a; m over a; $u a; findmnt -rno SOURCE a'
	is 0 under
}

@test "umount -R takes what is below, and only that" {
	inside 'm one a; mkdir a/b; m two a/b; m three c; $u -R a; echo "[$(shown)]"'
	is 0 "[c ]"
}

@test "umount of a busy one fails with 32; -l detaches it all the same" {
	inside 'm one a; cd a; s=0; $u ../a || s=$?; echo "status $s"; cd ..
		cd a; $u -l ../a; cd ..; echo "[$(shown)]"'
	is 0 "status 32" "/a: " "busy" "[]"
}

@test "umount -a -t takes the types that are named, and no others" {
	inside 'm one a; mount -t ramfs two c; $u -a -t ramfs; echo "[$(shown)]"'
	is 0 "[a ]"
}

@test "umount says what is not mounted, and goes on with the next" {
	inside 'm one a; s=0; $u c nowhere a || s=$?; echo "status $s [$(shown)]"'
	is 0 "c: not mounted" "nowhere: No such file" "status 32 []"
	run "$APPLET"; is 2 "usage: umount"
	run "$APPLET" -a x; is 2 "usage: umount"
	run "$APPLET" -Z x; is 2 "usage: umount"
}
