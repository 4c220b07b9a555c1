# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# bench.bash: what the benches share. QEMU counts: one instruction is one
# nanosecond of the guest's clock, and so is one of waiting for the disk.
# Waiting only adds, so each figure is the smallest of RUNS boots. Set before:
# bench (this directory), NAME (of the bench), baseline (its file), RUNS.

TOP=${bench%/test/bench}
BUILD=$TOP/build
HOUSE=$TOP/test
# The newest machine that QEMU has: its virtio devices need no detours.
VM_MACHINE=q35
# shellcheck source=SCRIPTDIR/../kernels.bash
source "$TOP/test/kernels.bash"
# shellcheck source=SCRIPTDIR/../disks.bash
source "$TOP/test/disks.bash"
# shellcheck source=SCRIPTDIR/../qemu.bash
source "$TOP/test/qemu.bash"

WORK=$BUILD/test/bench/$NAME
UUID=$(disk_uuid bench)
programs=$BUILD/test/x86_64
disk=$WORK/root.ext4

# begin_bench: an empty directory, and in it the root whose init is the clock.
begin_bench() {
	rm -rf "$WORK"
	mkdir -p "$WORK/root"
	root_tree "$WORK/root" "$programs/clock" bench
	make_fs ext4 BENCH "$UUID" 32 "$WORK/root" "$disk"
}

# begin_tree: an initramfs to be, with the clock in front; its directory in
# TREE.
begin_tree() {
	TREE=$WORK/tree
	rm -rf "$TREE"
	mkdir -p "$TREE"/{dev,proc,sys,new-root}
	cp "$programs/clock" "$TREE/clock"
}

# span VM IMAGE WORDS: "INSTRUCTIONS FORKS" of one boot, with QEMU's words for
# disks in DISKS.
span() {
	local vm=$WORK/$1
	mkdir -p "$vm"
	{
		vm_command x86_64 "${MEMORY:-256}" "$KERNELS/stock/vmlinuz" "$2" \
			"no_timer_check console=ttyS0 panic=-1 rdinit=/clock ro root=UUID=$UUID $3"
		printf '%s\n' "${DISKS[@]}"
		printf '%s\n' -icount shift=0,sleep=on,align=off -rtc clock=vm -seed 1
	} >"$vm/command"
	: >"$vm/script"
	vm_run "$vm" 240
	tr -d '\r' <"$vm/facts.log" | awk -F= '
		/^FACT span=/ { span = $2 } /^FACT forks=/ { forks = $2 }
		/^FACT end=1/ { print span, forks; told = 1 } END { exit !told }' ||
		{ echo "bench: $1: $(<"$vm/ending"); see $vm" >&2; return 1; }
}

smallest() { # VM IMAGE WORDS
	local i
	for ((i = 0; i < RUNS; i++)); do span "$@"; done |
		sort -n | head -n 1
}

# The figure that the baseline file has under this name, or nothing.
before() { # NAME
	[[ ! -f $baseline ]] || awk -v n="$1" '$1 == n { print $2 }' "$baseline"
}

line() { # NAME VALUE
	local old
	old=$(before "$1")
	awk -v n="$1" -v v="$2" -v old="$old" 'BEGIN {
		printf "%-28s %12d", n, v
		if (old != "") printf "  %+.2f %% against %d", (v - old) * 100 / old, old
		print "" }'
	echo "$1 $2" >>"$WORK/figures"
}

write_baseline() { # COMMENT
	{ echo "# SPDX-License-Identifier: MIT"
	  echo "# $1"
	  cat "$WORK/figures"; } >"$baseline"
	echo "written: $baseline"
}
