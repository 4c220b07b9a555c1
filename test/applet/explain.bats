#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# linuxrc --explain: the rehearsal on this machine, which may have any disks
# or none; as root, if that is who runs the tests, and as an ordinary user.

setup_file() {
	local top=${BATS_TEST_DIRNAME%/test/applet}
	flock "$top/test" make -s -C "$top" build/host/linuxrc >&2
	cp "$top/build/host/linuxrc" "$BATS_FILE_TMPDIR/linuxrc"
	# for whoever we become below
	chmod 755 "$BATS_RUN_TMPDIR" "$BATS_FILE_TMPDIR"
}

explain() { run "$BATS_FILE_TMPDIR/linuxrc" --explain "$@"; }

# The same as nobody, where we may become that.
as_nobody() {
	[[ $(id -u) == 0 ]] || { explain "$@"; return; }
	run setpriv --reuid=65534 --regid=65534 --clear-groups \
		"$BATS_FILE_TMPDIR/linuxrc" --explain "$@"
}

says() { # TEXT...
	local text
	for text; do
		[[ $output == *"$text"* ]] ||
			{ printf 'not said: %s\n%s\n' "$text" "$output" >&2; return 1; }
	done
}

is() { # STATUS
	[[ $status == "$1" ]] || { echo "exit $status: $output" >&2; return 1; }
}

# Some block device of this machine: the sysfs name, and its number.
any_device() {
	local path
	for path in /sys/class/block/*/dev; do
		[[ -r $path ]] || continue
		path=${path%/dev}
		device=${path##*/}
		number=$(<"$path/dev")
		[[ $device == *!* ]] || return 0
	done
	skip "this machine has no block device"
}

@test "a root that is there: exit 0, every option with its origin, and the plan" {
	local who device number
	any_device
	for who in explain as_nobody; do
		$who "root=/dev/$device rw rootflags=acl,data=ordered rootwait=7 init=/bin/other single"
		is 0
		says "  root               /dev/$device  (command line)" \
			"  rootfstype         -  (default)" \
			"  rootflags          acl,data=ordered  (command line)" \
			"  rw                 rw  (command line)" \
			"  init               /bin/other  (command line)" \
			"  rootwait           7 s  (command line)" \
			"  rootdelay          0 s  (default)" \
			"  root device        $device ($number)" \
			"  mounted            read-write, acl,data=ordered" \
			"  init               /bin/other"
	done
}

@test "resume= and what forbids it are told" {
	local device number
	any_device
	as_nobody "root=/dev/$device resume=/dev/$device nohibernate"
	is 0
	says "  resume             /dev/$device  (command line)" \
		"  noresume           yes  (command line)" \
		"resume from disk: not asked for: noresume or nohibernate was given"
}

@test "what lies on what until there is a root: an image in a source, below a tmpfs" {
	explain "root=share rootfstype=9p rw linuxrc.image=/a.img#2:ext4 linuxrc.overlay=tmpfs"
	is 0
	says "  root source        share" \
		"  image in it        /a.img#2:ext4" \
		"  mounted            read-only, below a tmpfs" \
		"  linuxrc.image      /a.img#2:ext4  (command line)" \
		"  linuxrc.overlay    tmpfs  (command line)"
}

@test "the plan is all that goes to standard output" {
	local device number plan
	any_device
	plan=$("$BATS_FILE_TMPDIR/linuxrc" --explain "root=$number" 2>/dev/null)
	[[ $plan == "options and where each comes from"$'\n'*"root device        $device ($number)"* ]]
	[[ $plan != *linuxrc:* ]]
}

@test "a root that is not there: exit 1 at once, a sentence, and no plan" {
	local who before=$SECONDS
	for who in explain as_nobody; do
		$who "root=UUID=00000000-no-such-0000 rootwait"
		is 1
		says "linuxrc: find the root device: root=UUID=00000000-no-such-0000: not there -- saw "
		[[ $output != *"1)"* && $output != *plan* ]]
	done
	((SECONDS - before < 10))
}

@test "no root= at all: exit 1, and it says so" {
	explain ""
	is 1
	says "find the root device: " "no root= was given"
}

@test "a root= that is none: exit 1, and the forms that there are" {
	explain "root=sda1"
	is 1
	says "linuxrc: find the root device: root=sda1: none of the forms /dev/NAME, UUID="
}

@test "a word of ours that nobody knows is named, and the rest is used" {
	explain "linuxrc.colour=red linuxrc.handover=sideways root=UUID=no-such"
	is 1
	says "unknown options, ignored: linuxrc.colour=" \
		"command line: linuxrc.handover=sideways: must be one of pivot_root|change_root" \
		"root=UUID=no-such from the command line"
}

@test "wrong usage: exit 2, and how it is used" {
	local bats_words
	for bats_words in "" "one two" "one two three"; do
		# shellcheck disable=SC2086 # words are meant
		explain $bats_words
		is 2
		says "usage: linuxrc" "--explain CMDLINE"
	done
}

@test "without --explain it is a rehearsal of this machine's own command line" {
	run "$BATS_FILE_TMPDIR/linuxrc" </dev/null
	[[ $status == 0 || $status == 1 ]]
	says "learn the contract: chroot, pid "
	[[ $output != *"1) try again"* ]]
}

@test "the mount table stays what it was" {
	local before
	before=$(cat /proc/self/mountinfo)
	explain "root=/dev/no-such"
	[[ $(cat /proc/self/mountinfo) == "$before" ]]
}
