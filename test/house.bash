# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# house.bash: the words of a fact sheet. What is given stands before `boot`,
# what is expected after it: see test/README. A sheet that fails prints what was
# given, expected beside found, the end of the console, and how to repeat it.

HOUSE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
TOP=${HOUSE%/test}
BUILD=${BUILD:-$TOP/build}

# shellcheck source=SCRIPTDIR/kernels.bash
source "$HOUSE/kernels.bash"
# shellcheck source=SCRIPTDIR/disks.bash
source "$HOUSE/disks.bash"
# shellcheck source=SCRIPTDIR/images.bash
source "$HOUSE/images.bash"
# shellcheck source=SCRIPTDIR/qemu.bash
source "$HOUSE/qemu.bash"
# shellcheck source=SCRIPTDIR/screen.bash
source "$HOUSE/screen.bash"
# shellcheck source=SCRIPTDIR/shares.bash
source "$HOUSE/shares.bash"
# shellcheck source=SCRIPTDIR/netnic.bash
source "$HOUSE/netnic.bash"
# shellcheck source=SCRIPTDIR/nfsserver.bash
source "$HOUSE/nfsserver.bash"

# The modules that a root on a virtio disk needs, where they are modules.
USUAL_MODULES="virtio_pci virtio_blk ext4"

# PACKED=yes at the top of a file: its boots take the kernel as it is packed, and
# tell it nothing more. Otherwise a kernel that can be started unpacked is, and
# these words spare it what takes as long as all else in its boot together. Not
# with a screen: only the code before the packed kernel asks the BIOS about it.
PACKED=''
SPARED="cryptomgr.notests noreplace-smp"

# What the words collect until boot. The defaults are a machine that works;
# another begins a second sheet in the same test.
another() {
	responders_end; nfs_server_end
	GIVEN=()		# the words themselves, for the report
	KERNEL=stock CONTRACT=initramfs CMDLINE='' LIMIT=120 MEMORY=256
	DISKS=()		# device, file, late|now|a QEMU device
	DEVICES=()		# other hardware, in QEMU's words
	MEDIUM=''		# what the machine boots from by itself
	VM_STDIO=''		# shared with another console, see hvc0
	SCRIPT=''		# lines for vm_direct
	declare -gA IMAGE=([modules]=default [type]=default [binary]=linuxrc)
	VM=''			# where the machine that booted lies
	JUDGED=''		# set as soon as a sheet has looked at the ending
}
another

given() { GIVEN+=("$*"); }

# ---------------------------------------------------------------- given

kernel() { # NAME
	given "kernel $*"
	KERNEL=$1
	kernel_there "$1"
}

contract() { # linuxrc | ram0 | initramfs | none
	given "contract $*"
	CONTRACT=$1
}

cmdline() { # TEXT
	given "cmdline \"$*\""
	CMDLINE=$*
}

limit() { # SECONDS
	given "limit $*"
	LIMIT=$1
}

memory() { # MIB
	given "memory $*"
	MEMORY=$1
}

# device WORDS: hardware that a PC does not have by itself, as QEMU spells it.
device() {
	given "device $*"
	DEVICES+=(-device "$1")
}

# medium NAME FILE: the machine boots from this disk, or floppy fda, by the loader
# on it: no kernel, initrd or command line is given to it.
medium() {
	given "medium $*"
	MEDIUM=$1
	case $1 in
	fda) DEVICES+=(-drive "file=$2,if=floppy,format=raw,snapshot=on") ;;
	*) DISKS+=("$1" "$2" now) ;;
	esac
}

# image KEY=VALUE...: how the initrd differs from the usual one.
image() {
	given "image $*"
	local word
	for word; do IMAGE[${word%%=*}]=${word#*=}; done
}

# answer WAIT_FOR TEXT: types TEXT and Enter once the console shows WAIT_FOR.
answer() {
	given "answer \"$1\" \"$2\""
	SCRIPT+="type"$'\t'"$1"$'\t'"$2"$'\n'
}

# keys WAIT_FOR TEXT: the same without Enter; \003 is Ctrl-C, \004 Ctrl-D.
keys() {
	given "keys \"$1\" \"$2\""
	SCRIPT+="keys"$'\t'"$1"$'\t'"$2"$'\n'
}

# idle WAIT_FOR SECONDS: once the console shows it, see for that long how busy
# the machine is, and switch it off.
idle() {
	given "idle \"$1\" $2"
	SCRIPT+="idle"$'\t'"$1"$'\t'"$2"$'\n'
}

# disk NAME FSTYPE [KEY=VALUE...]
disk() {
	local -; set +T
	given "disk $*"
	local name=$1 type=$2 word file when
	local -A o=([label]='' [uuid]=$(disk_uuid "$1") [size]=$(fs_size "$2")
		[part]='' [partuuid]=$(disk_uuid "p$1") [partlabel]='' [number]=1
		[tree]=: [init]=testinit [late]='' [after]='' [damage]=''
		[console]='' [device]='' [journal]='' [keep]=''
		[block]='')
	shift 2
	for word; do o[${word%%=*}]=${word#*=}; done
	file=$VM_ROOT/$name.kept
	if [[ $type == again ]]; then
		[[ -e $file ]] || { echo "no sheet of this test kept $name" >&2; return 1; }
	else
		file=$(disk_file "$name" "$type") || return 1
		[[ -z ${o[keep]} ]] || file=$(kept_copy "$name" "$file") || return 1
	fi
	when=${o[device]:-now}
	if [[ -n ${o[late]} ]]; then
		when=late
		SCRIPT+="plug"$'\t'"${o[after]:-$(first_words)}"$'\t'"$name"$'\t'"${o[late]}"$'\n'
	fi
	DISKS+=("$name" "$file" "$when")
}

# What the kernel says just before it starts us: late= counts from there.
first_words() {
	case $CONTRACT in
	linuxrc) echo "using deprecated initrd support" ;;
	*) echo "as init process" ;;
	esac
}

# A copy of its own for a disk that the machine may write to: see vm_disk.
kept_copy() { # NAME FILE
	cp --sparse=always "$2" "$VM_ROOT/$1.kept" && echo "$VM_ROOT/$1.kept"
}

# kept_sums: "NAME SUM" of every disk of this sheet that is kept.
kept_sums() {
	local i
	for ((i = 0; i < ${#DISKS[@]}; i += 3)); do
		[[ ${DISKS[i + 1]} != *.kept ]] ||
			echo "${DISKS[i]} $(sha256sum <"${DISKS[i + 1]}")"
	done
}

# The image of a disk, from the cache or made now; options in the caller's o.
disk_file() { # NAME FSTYPE
	local tree=$VM_ROOT/tree.$1 FS_BLOCK=${o[block]} program fs key word SHORT=''
	local -a decided=()
	program=$(binary "${o[init]}")
	if [[ ${o[tree]} == : ]]; then
		for word in label uuid size damage console journal block part number \
			partuuid partlabel; do decided+=("${o[$word]}"); done
		short_name "$2" "$1" "${decided[@]}" -- "$program"
		[[ ! -e $SHORT ]] || { readlink "$SHORT"; return 0; }
	fi
	rm -rf "$tree"
	root_tree "$tree" "$program" "$1" || return 1
	${o[tree]} "$tree" || return 1
	key="$2 ${o[label]} ${o[uuid]} ${o[size]} ${o[damage]} ${o[console]} ${o[journal]} ${o[block]} $(tree_hash "$tree")"
	fs=$(cached "$key" "$2" make_damaged_fs "$2" "${o[label]}" "${o[uuid]}" \
		"${o[size]}" "$tree") || return 1
	if [[ -n ${o[part]} ]]; then
		key+=" ${o[part]} ${o[number]} ${o[partuuid]} ${o[partlabel]}"
		fs=$(cached "$key" "${o[part]}" make_partitioned "${o[part]}" \
			"${o[number]}" "${o[partuuid]}" "${o[partlabel]}" "$fs") || return 1
	fi
	remember "$fs"
	echo "$fs"
}

# make_fs, then console=yes: a node, which no tree of an ordinary user can hold;
# journal=dirty: a transaction that only a replay brings to its place; then
# damage=OFFSET:LENGTH bytes overwritten, as a torn write leaves.
make_damaged_fs() { # TYPE LABEL UUID SIZE TREE OUT
	make_fs "$@" || return 1
	[[ -z ${o[console]} ]] || printf 'cd dev\nmknod console c 5 1\n' |
		debugfs -w -f /dev/stdin "$6" >/dev/null 2>&1 || return 1
	[[ -z ${o[journal]} ]] || make_dirty "$6" || return 1
	[[ -n ${o[damage]} ]] || return 0
	head -c "${o[damage]#*:}" /dev/zero | tr '\0' '\252' |
		dd of="$6" bs=1 seek="${o[damage]%:*}" conv=notrunc status=none
}

# The programs that a sheet can name, built for the kernel's architecture.
binary() { # NAME
	case $1,$KERNEL in
	/*) echo "$1" ;;
	linuxrc,i386) echo "$BUILD/i386/linuxrc" ;;
	linuxrc,*) echo "${LINUXRC:-$BUILD/linuxrc}" ;;
	linuxrc-core,*) echo "$BUILD/linuxrc-core" ;;
	*) echo "$BUILD/test/$(machine)/$1" ;;
	esac
}

machine() { [[ $KERNEL == i386 ]] && echo i386 || echo x86_64; }

# ---------------------------------------------------------------- boot

boot() {
	local -; set +T
	local vmlinuz=$KERNELS/$KERNEL/vmlinuz initrd words=$CMDLINE i
	given boot
	kernel_there "$KERNEL" || return 1
	if [[ -e ${vmlinuz%z}x && -z $PACKED && ${DEVICES[*]} != *VGA* ]]; then
		vmlinuz=${vmlinuz%z}x
		words="$SPARED $words"
	fi
	if [[ -n $MEDIUM ]]; then
		vmlinuz='' initrd=''
	else
		initrd=$(image_file) || return 1
	fi
	[[ " $words " == *" console="* ]] || words="console=ttyS0 $words"
	[[ " $words " == *" panic="* || $SCRIPT =~ (type|keys|press)$'\t' ]] || words="panic=-1 $words"
	VM=$VM_ROOT
	{
		((${#WITHIN[@]} == 0)) || printf '%s\n' "${WITHIN[@]}"
		vm_command "$(machine)" "$MEMORY" \
			"$vmlinuz" "$initrd" "$words"
		((${#DEVICES[@]} == 0)) || printf '%s\n' "${DEVICES[@]}"
		for ((i = 0; i < ${#DISKS[@]}; i += 3)); do
			vm_disk "${DISKS[i]}" "${DISKS[i + 1]}" "${DISKS[i + 2]}"
		done
	} >"$VM/command"
	printf %s "$SCRIPT" >"$VM/script"
	kept_sums >"$VM/sums"
	vm_run "$VM" "$LIMIT" || return 1
	tr -d '\r' <"$VM/facts.log" | sed -n 's/^FACT //p' >"$VM/facts"
	note_contract
}

# For the count of contracts that were really booted, by the program itself.
note_contract() {
	[[ $(<"$VM/ending") == facts:* ]] || return 0
	[[ ${IMAGE[binary]} != linuxrc || $CONTRACT == none ]] ||
		echo "$CONTRACT $KERNEL" >>"$BUILD/test/booted"
	! grep -aq 'linuxrc: run /linuxrc of the initrd: ' "$VM/console.log" ||
		echo "compat $KERNEL" >>"$BUILD/test/booted"
	! grep -q '^chroot=exit' "$VM/facts" ||
		echo "chroot $KERNEL" >>"$BUILD/test/booted"
}

# ---------------------------------------------------------------- expected

# expect KEY TEXT: some fact KEY has every word of TEXT. A word may hold * or,
# as NAME<=N and NAME>=N, compare the number that the fact gives for NAME.
expect() {
	local -; set +T
	judge "$1" || return 1
	found "$1" "$2" || fail_sheet "expected $1" "$2" "$(found_text "$1")"
}

# refute KEY [TEXT]: no fact KEY has every word of TEXT (none at all without).
refute() {
	local -; set +T
	judge "$1" || return 1
	! found "$1" "${2-}" || fail_sheet "not expected $1" "${2-}" "$(found_text "$1")"
}

# exactly KEY TEXT: there is one fact KEY, and it is TEXT to the letter.
exactly() {
	local -; set +T
	judge "$1" || return 1
	[[ $(facts_of "$1") == "$2" ]] ||
		fail_sheet "expected exactly $1" "$2" "$(found_text "$1")"
}

# fact KEY [NAME]: the value, for arithmetic in a sheet.
fact() {
	judge "$1" || return 1
	local value
	value=$(facts_of "$1" | head -n 1)
	[[ -z ${2-} ]] || value=$(tr ' ' '\n' <<<"$value" | sed -n "s/^$2=//p")
	echo "$value"
}

# golden FILE: standard input is what FILE, beside the test, says.
golden() {
	local file=${BATS_TEST_FILENAME%/*}/$1 now
	now=$(cat)
	if [[ -n ${UPDATE_EXPECTED-} ]]; then
		printf '%s\n' "$now" >"$file"
	else
		diff -u "$file" - <<<"$now" >&2
	fi
}

# A sheet about facts of a machine that told none has failed before it began;
# the console and the ending can be looked at however it went.
judge() { # KEY
	[[ -n $VM ]] || { echo "house.bash: expect before boot" >&2; return 1; }
	case $1 in
	console | screen) return ;;
	end | cpu | bytes) JUDGED=yes; return ;;
	esac
	JUDGED=yes
	local ending
	read -r ending <"$VM/ending"
	[[ $ending == facts:* ]] || fail_sheet "expected a fact" "$1" "$ending"
}

facts_of() { # KEY
	case $1 in
	end) cat "$VM/ending" ;;
	cpu) cat "$VM/cpu" 2>/dev/null || : ;;
	bytes) compare_bytes ;;
	console) console ;;
	screen) cat "$VM/screen" 2>/dev/null || : ;;
	*)
		local line
		while IFS= read -r line; do
			[[ $line != "$1="* ]] || printf '%s\n' "${line#"$1="}"
		done <"$VM/facts" ;;
	esac
}

# One line, NAME=same or NAME=changed for every kept disk.
compare_bytes() {
	join <(sort "$VM/sums") <(kept_sums | sort) | awk '{
		printf "%s%s=%s", NR == 1 ? "" : " ", $1, $2 == $4 ? "same" : "changed"
	} END { print "" }'
}

found_text() { # KEY
	if [[ $1 == console ]]; then echo "(see below)"; else facts_of "$1"; fi
}

console() { sed 's/\r//g; s/\x1b\[[0-9;?]*[A-Za-z]//g' "$VM/console.log"; }

found() { # KEY TEXT
	local line
	if [[ $1 == console || $1 == screen ]]; then
		facts_of "$1" | grep -qF -- "$2"
		return
	fi
	while IFS= read -r line; do
		! has_words "$line" "$2" || return 0
	done < <(facts_of "$1")
	return 1
}

has_words() { # LINE TEXT
	local -a have want
	local w h
	read -ra have <<<"$1"
	read -ra want <<<"$2"
	for w in "${want[@]}"; do
		for h in "${have[@]}"; do
			# shellcheck disable=SC2053 # a pattern is meant
			[[ $h != $w ]] || continue 2
			! compares "$h" "$w" || continue 2
		done
		return 1
	done
}

compares() { # NAME=NUMBER NAME<=N
	local name=${1%%=*} number=${1#*=}
	[[ $number =~ ^[0-9]+$ ]] || return 1
	case $2 in
	"$name<="*) ((number <= ${2#*<=})) ;;
	"$name>="*) ((number >= ${2#*>=})) ;;
	*) return 1 ;;
	esac
}

# ---------------------------------------------------------------- report

fail_sheet() { # WHAT EXPECTED FOUND
	{
		echo "-- given"
		printf '   %s\n' "${GIVEN[@]}"
		echo "-- $1: $2"
		echo "   found: ${3:-nothing}"
		echo "   ended: $(<"$VM/ending")"
		echo "-- the last 40 lines of the console ($VM/console.log)"
		console | tail -n 40 | sed 's/^/   | /'
		echo "-- again: make boots T='${BATS_TEST_DESCRIPTION//\'/\'\\\'\'}'"
		echo "   the machine alone: $VM/run"
	} >&2
	return 1
}

# ---------------------------------------------------------------- bats

setup() {
	local file=${BATS_TEST_FILENAME##*/}
	VM_ROOT=$BUILD/test/vm/${file%.bats}-$BATS_TEST_NUMBER
	rm -rf "$VM_ROOT"
	mkdir -p "$VM_ROOT"
}

# A sheet that looked at nothing has shown nothing; what passed leaves no trees.
teardown() {
	local -; set +T
	responders_end; nfs_server_end
	if [[ -n $VM && -z $JUDGED && -z $BATS_ERROR_STATUS ]]; then
		judge init || return 1
	fi
	rm -rf "$VM_ROOT"/tree.*
}
