# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# house.bash: the words of a fact sheet. What is given stands before `boot`,
# what is expected (expect.bash) after it: see test/README. A sheet that fails
# prints what was given, expected beside found, the end of the console, and how to
# repeat it.

cd "${BASH_SOURCE[0]%/*}" && HOUSE=$PWD && cd "$OLDPWD" || exit
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
# shellcheck source=SCRIPTDIR/expect.bash
source "$HOUSE/expect.bash"
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
# tell it nothing more; see spare. So do those with a screen: only the code before
# the packed kernel asks the BIOS about it.
PACKED=''

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
	FACTS=() CONSOLE=''	# what it told, and its console once that is read
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
	local name=$1 type=$2 word file when uuid partuuid size
	disk_uuid "$1" uuid
	disk_uuid "p$1" partuuid
	fs_size "$2" size
	local -A o=([label]='' [uuid]=$uuid [size]=$size
		[part]='' [partuuid]=$partuuid [partlabel]='' [number]=1
		[tree]=: [init]=testinit [late]='' [after]='' [damage]=''
		[console]='' [device]='' [journal]='' [keep]=''
		[block]='')
	shift 2
	for word; do o[${word%%=*}]=${word#*=}; done
	file=$VM_ROOT/$name.kept
	if [[ $type == again ]]; then
		[[ -e $file ]] || { echo "no sheet of this test kept $name" >&2; return 1; }
	else
		disk_file "$name" "$type" file || return 1
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

# Sets VARIABLE to the image of a disk, from the cache or made now; options in
# the caller's o.
disk_file() { # NAME FSTYPE VARIABLE
	local tree=$VM_ROOT/tree.$1 FS_BLOCK=${o[block]} program fs key word SHORT=''
	local -a decided=()
	binary "${o[init]}" program
	if [[ ${o[tree]} == : ]]; then
		for word in label uuid size damage console journal block part number \
			partuuid partlabel; do decided+=("${o[$word]}"); done
		short_name "$2" "$1" "${decided[@]}" -- "$program"
		[[ ! -e $SHORT ]] || { result "$SHORT" "$3"; return 0; }
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
	result "$fs" "$3"
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
binary() { # NAME [VARIABLE]
	local path=$BUILD/test/x86_64/$1
	case $1,$KERNEL in
	/*) path=$1 ;;
	linuxrc,i386) path=$BUILD/i386/linuxrc ;;
	linuxrc,*) path=${LINUXRC:-$BUILD/linuxrc} ;;
	linuxrc-core,*) path=$BUILD/linuxrc-core ;;
	*,i386) path=$BUILD/test/i386/$1 ;;
	esac
	result "$path" "${2-}"
}

# ---------------------------------------------------------------- boot

boot() {
	local -; set +T
	local vmlinuz=$KERNELS/$KERNEL/vmlinuz initrd words=$CMDLINE i machine=x86_64
	given boot
	kernel_there "$KERNEL" || return 1
	[[ -n $PACKED || ${DEVICES[*]} == *VGA* ]] || spare
	if [[ -n $MEDIUM ]]; then
		vmlinuz='' initrd=''
	else
		image_file initrd || return 1
	fi
	[[ $KERNEL != i386 ]] || machine=i386
	[[ " $words " == *" console="* ]] || words="console=ttyS0 $words"
	[[ " $words " == *" panic="* || $SCRIPT =~ (type|keys|press)$'\t' ]] || words="panic=-1 $words"
	VM=$VM_ROOT
	{
		((${#WITHIN[@]} == 0)) || printf '%s\n' "${WITHIN[@]}"
		vm_command "$machine" "$MEMORY" "$vmlinuz" "$initrd" "$words"
		((${#DEVICES[@]} == 0)) || printf '%s\n' "${DEVICES[@]}"
		for ((i = 0; i < ${#DISKS[@]}; i += 3)); do
			vm_disk "${DISKS[i]}" "${DISKS[i + 1]}" "${DISKS[i + 2]}"
		done
	} >"$VM/command"
	printf %s "$SCRIPT" >"$VM/script"
	kept_sums >"$VM/sums"
	vm_run "$VM" "$LIMIT" || return 1
	read_facts
	note_contract
}

# What a sheet does not ask about and takes a machine long: to unpack its kernel,
# tests of its own that Debian's does, and ACPI, without which classic adds and
# removes no device and cannot switch the machine off. In boot's variables.
spare() {
	if [[ -e ${vmlinuz%z}x ]]; then
		vmlinuz=${vmlinuz%z}x
		words="cryptomgr.notests noreplace-smp $words"
	fi
	case $KERNEL,$words$SCRIPT in
	*plug$'\t'* | *device_* | *poweroff* | *'power off'* | *acpi*) ;;
	classic,* | bare,*) words="acpi=off $words" ;;
	esac
}

# For the count of contracts that were really booted, by the program itself.
note_contract() {
	[[ $(<"$VM/ending") == facts:* ]] || return 0
	[[ ${IMAGE[binary]} != linuxrc || $CONTRACT == none ]] ||
		echo "$CONTRACT $KERNEL" >>"$BUILD/test/booted"
	! console_shows "linuxrc: run /linuxrc of the initrd: " ||
		echo "compat $KERNEL" >>"$BUILD/test/booted"
	! found chroot "exit*" || echo "chroot $KERNEL" >>"$BUILD/test/booted"
}

# ---------------------------------------------------------------- bats

setup() {
	local file=${BATS_TEST_FILENAME##*/}
	VM_ROOT=$BUILD/test/vm/${file%.bats}-$BATS_TEST_NUMBER
	[[ ! -e $VM_ROOT ]] || rm -rf "$VM_ROOT"
	mkdir -p "$VM_ROOT"
}

# A sheet that looked at nothing has shown nothing; trees and pipes do not stay.
teardown() {
	local -; set +T
	responders_end; nfs_server_end
	if [[ -n $VM && -z $JUDGED && -z $BATS_ERROR_STATUS ]]; then
		judge init || return 1
	fi
	[[ -z $VM && -z $(compgen -G "$VM_ROOT/tree.*") ]] ||
		rm -rf "$VM_ROOT"/tree.* "${VM_PIPES[@]/#/$VM_ROOT/}"
}
