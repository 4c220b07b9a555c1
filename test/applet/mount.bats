#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# mount, in a mount namespace of its own; a boot (66-applets) has the disks.

load applet

setup_file() {
	applet mount
	unshare -Urm true 2>/dev/null || skip "no user namespaces"
}

# SCRIPT runs there, below a tmpfs on $PWD; $m is our mount.
inside() {
	cd "$BATS_TEST_TMPDIR"
	run unshare -Urm --propagation private bash -ec '
		m=$APPLET
		mount -t tmpfs top "$PWD" && cd "$PWD"
		mkdir -p a b c "d e"
		mount() { echo "not ours" >&2; return 1; }
		tell() { findmnt -rno "$1" "$PWD/$2" | tail -n 1; }
		'"$1"
}

@test "mount takes a type, flags for every mount, and words for the file system" {
	inside '$m -t tmpfs -o noatime,nosuid,size=64k,mode=700 one a
		tell SOURCE,FSTYPE,OPTIONS a'
	is 0 "one tmpfs rw,nosuid,noatime" "size=64k" "mode=700"
}

@test "mount of a type that there is not fails with 32" {
	inside 's=0; $m -t nosuch one a || s=$?; echo "status $s"'
	is 0 "status 32" "mount: one on a as nosuch: No such device -- this kernel has no driver"
}

@test "bind mounts take flags, rbind what is below, move leaves nothing behind" {
	inside '$m -t tmpfs one a; mkdir a/x; $m -t tmpfs two a/x; touch a/x/file
		$m -o bind,ro a b; [[ -d b/x && ! -e b/x/file ]]; tell OPTIONS b
		$m --rbind a c; [[ -e c/x/file ]]
		$m -M a "d e"; [[ -e "d e/x/file" && ! -e a/x ]]; echo moved'
	is 0 "ro," "moved"
}

@test "remount keeps the options that it does not name" {
	inside '$m -t tmpfs -o nosuid,noexec,size=64k one a
		$m -o remount,ro "$PWD/a"; tell OPTIONS a
		s=0; touch a/x 2>/dev/null || s=1; echo "status $s"'
	is 0 "ro,nosuid,noexec" "status 1"
}

@test "propagation is changed with --make- and with words" {
	inside '$m -t tmpfs one a; $m --make-rshared "$PWD/a"; tell PROPAGATION a
		$m -o private "$PWD/a"; tell PROPAGATION a'
	is 0 shared private
}

@test "mount prints what is mounted, as that of util-linux does" {
	inside '$m -t tmpfs one a; $m -t tmpfs two "d e"; $m -t ramfs three b
		$m -t tmpfs | grep "^one on\|^two on"; $m -t notmpfs | grep "^three on"'
	is 0 "one on $BATS_TEST_TMPDIR/a type tmpfs (rw,relatime" \
		"two on $BATS_TEST_TMPDIR/d e type tmpfs (" \
		"three on $BATS_TEST_TMPDIR/b type ramfs (rw,relatime)"
}

@test "fstab has the rest for one operand, and all for -a" {
	inside 'mkdir etc; cp -r /etc/passwd etc
		cat >etc/fstab <<-END
		# a comment
		one	$PWD/a	tmpfs	size=64k,nosuid 0 0
		two	$PWD/d\040e	tmpfs	defaults
		three	$PWD/b	tmpfs	noauto
		four	$PWD/c	nosuch	nofail
		swap	none	swap	sw
		torn
		END
		sys() { unshare -m --propagation private "$@"; }
		cat etc/fstab >fstab
		command mount --bind fstab /etc/fstab 2>/dev/null || { echo no-fstab; exit 0; }
		$m "$PWD/b"; tell SOURCE b
		s=0; $m -a || s=$?; echo "status $s"; $m -a
		tell SOURCE,OPTIONS a; tell SOURCE "d e"; findmnt -rn | grep -c " tmpfs "
		s=0; $m "$PWD/etc" || s=$?; echo "status $s"'
	[[ $output != *no-fstab* ]] || skip "no /etc/fstab to mount over"
	is 0 "three" "status 0" "one rw,nosuid" "two" "not in /etc/fstab" "status 1"
}

@test "mount says what is wrong" {
	run "$APPLET" -Z a b; is 2 "usage: mount"
	run "$APPLET" a b c; is 2 "usage: mount"
	run "$APPLET" -o offset=x,loop file /mnt; is 1 "mount: offset=x: no number of bytes"
	run "$APPLET" LABEL=linuxrc-has-none /mnt; is 32 "mount: LABEL=linuxrc-has-none: no device has it"
	run "$APPLET" -o remount /nowhere; is 1 "mount: /nowhere: nothing is mounted there"
}
