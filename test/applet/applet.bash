# SPDX-License-Identifier: MIT
# Words for the tests of the applets: the host build, with sanitizers, under
# each applet's name, beside the tool of this machine.

bats_require_minimum_version 1.5.0

# In setup_file: makes the program and a directory with this name of it.
applet() { # NAME
	local top=${BATS_TEST_DIRNAME%/test/applet}
	flock "$top/test" make -s -C "$top" build/host/linuxrc >&2
	mkdir -p "$BATS_FILE_TMPDIR/bin"
	cp "$top/build/host/linuxrc" "$BATS_FILE_TMPDIR/bin/$1"
	export APPLET=$BATS_FILE_TMPDIR/bin/$1
}

is() { # STATUS [TEXT...]
	local text
	[[ $status == "$1" ]] || { echo "exit $status: $output" >&2; return 1; }
	shift
	for text; do
		[[ $output == *"$text"* ]] ||
			{ printf 'not said: %s\n%s\n' "$text" "$output" >&2; return 1; }
	done
}

# As root, or as root of a user namespace of our own; skips where neither is
# to be had. -N as run has it.
as_root() { # [-N] COMMAND...
	local status_is=()
	[[ $1 != -* ]] || { status_is=("$1"); shift; }
	if [[ $(id -u) == 0 ]]; then
		run "${status_is[@]}" "$@"
	elif unshare -Ur true 2>/dev/null; then
		run "${status_is[@]}" unshare -Ur "$@"
	else
		skip "neither root nor user namespaces"
	fi
}
