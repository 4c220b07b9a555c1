# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154 # run sets output, status and lines
# mkinitrd.bash: what the tests of mkinitrd share. Each test goes through both
# builds, host (with sanitizers) and target: `for MK in $BUILDS`.

TOP=${BATS_TEST_DIRNAME%/test/*}
PATH=$PATH:/usr/sbin:/sbin
unset SOURCE_DATE_EPOCH TMPDIR
umask 022

# Copies that whoever we become below may run; linuxrc beside them is the one
# of the target where there is one, else a short file will do.
mkinitrd_setup_file() {
	local target=
	flock "$TOP/test" make -s -C "$TOP" build/host/mkinitrd >&2 || return 1
	[[ ! -e $TOP/build/obj/x86_64/toolchain ]] || target=yes
	BUILDS=$BATS_FILE_TMPDIR/host/mkinitrd
	install -D -m 755 -t "$BATS_FILE_TMPDIR/host" "$TOP/build/host/mkinitrd"
	if [[ -n $target ]]; then
		flock "$TOP/test" make -s -C "$TOP" build/mkinitrd build/linuxrc >&2 || return 1
		BUILDS+=" $BATS_FILE_TMPDIR/target/mkinitrd"
		install -D -m 755 -t "$BATS_FILE_TMPDIR/target" "$TOP/build/mkinitrd"
	fi
	LINUXRC=$BATS_FILE_TMPDIR/linuxrc
	cp "${target:+$TOP/build/linuxrc}" "$LINUXRC" 2>/dev/null ||
		printf '#!/bin/sh\nexec sh\n' >"$LINUXRC"
	chmod 755 "$LINUXRC" "$BATS_RUN_TMPDIR" "$BATS_FILE_TMPDIR"
	ln -f "$LINUXRC" "$BATS_FILE_TMPDIR/host/linuxrc"
	[[ -z $target ]] || ln -f "$LINUXRC" "$BATS_FILE_TMPDIR/target/linuxrc"
	export BUILDS LINUXRC
}

# Each test works in a directory that anybody may write to.
mkinitrd_setup() {
	W=$BATS_TEST_TMPDIR
	chmod 777 "$W"
	cd "$W" || return 1
}

# As an ordinary user, whoever runs the tests.
as_nobody() {
	if [[ $(id -u) == 0 ]]; then
		setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	else
		"$@"
	fi
}

# says TEXT...: the output of `run` holds each of them.
says() {
	local text
	for text; do
		[[ $output == *"$text"* ]] ||
			{ printf 'not said: %s\n%s\n' "$text" "$output" >&2; return 1; }
	done
}

is() { # STATUS
	[[ $status == "$1" ]] || { echo "exit $status: $output" >&2; return 1; }
}

# refuses STATUS TEXT COMMAND...: that status, one sentence with that text.
refuses() {
	local want=$1 text=$2
	shift 2
	run "$@"
	is "$want" && says "$text" || return 1
	[[ $want != 1 || ${#lines[@]} == 1 ]] ||
		{ printf 'more than a sentence:\n%s\n' "$output" >&2; return 1; }
}

# entry NAME MODE DATA [INODE LINKS [MAJOR MINOR]]: one entry of a newc
# archive, whatever NAME and DATA say.
entry() {
	local name=$1 data=$3 pad
	printf '070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x' \
		"${4:-1}" "$((8#$2))" 0 0 "${5:-1}" 0 "${#data}" 0 0 \
		"${6:-0}" "${7:-0}" "$((${#name} + 1))" 0
	printf '%s\0' "$name"
	pad=$(((4 - (110 + ${#name} + 1) % 4) % 4))
	head -c "$pad" /dev/zero
	printf %s "$data"
	head -c "$(((4 - ${#data} % 4) % 4))" /dev/zero
}

trailer() { entry 'TRAILER!!!' 0 ''; }

# What cpio(1) says is in an archive: MODE, SIZE or NUMBER, NAME.
cpio_says() {
	cpio -itv --quiet -n | awk '{
		if ($1 ~ /^[bc]/) { size = $5 $6; n = 10 } else { size = $5; n = 9 }
		line = $1 " " size
		for (; n <= NF; n++) line = line " " $n
		print line }'
}

# The same of mkinitrd --list.
list_says() { # IMAGE
	"$MK" --list "$1" | awk '!/^#/ { $2 = $3 = ""; sub(/   /, " "); print }'
}
