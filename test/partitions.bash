# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# partitions.bash: disks with several roots on them, each of which says in its
# own /etc/disk which one it is; and a disk that is its own partition.

UUID=6f1d2a54-3c0b-4e86-9a71-00000000000

# One small ext2 for each of the partitions NUMBER, LABEL, NUMBER, LABEL ...
numbered_parts() { # TABLE NUMBER LABEL...
	local table=$1 tree
	shift
	while (($#)); do
		tree=$VM_ROOT/tree.$table$1
		rm -rf "$tree"
		root_tree "$tree" "$(binary testinit)" "$table$1" || return 1
		cached "part $2 $1 $(tree_hash "$tree")" ext2 \
			make_fs ext2 "$2" "$UUID$1" 4 "$tree" || return 1
		shift 2
	done
}

# Put FILE... where sfdisk's SCRIPT says that the partitions begin.
join_parts() { # SCRIPT FILE... OUT
	local script=$1 out=${*: -1} start
	local -a files=("${@:2:$#-2}")
	rm -f "$out"
	truncate -s 40M "$out"
	sfdisk -q "$out" <<<"${script// # a file/}" >/dev/null || return 1
	for start in $(sed -n 's/^start=\([0-9]*\).* # a file$/\1/p' <<<"$script"); do
		dd if="${files[0]}" of="$out" bs=512 seek="$start" \
			conv=notrunc,sparse status=none || return 1
		files=("${files[@]:1}")
	done
}

GPT="label: gpt
label-id: 1e57c0de-0000-4000-8000-00000000a000
start=2048, size=8192, uuid=1e57c0de-0001-4000-8000-00000000a001, name=\"one\" # a file
start=12288, size=8192, uuid=2e57c0de-0002-4000-8000-00000000a002, name=\"the root\" # a file
start=22528, size=8192, uuid=2e57c0de-0003-4000-8000-00000000a003, name=\"three\" # a file"
# 5 and 6 lie in the extended partition 3.
MBR="label: dos
label-id: 0xcafe0042
start=2048, size=8192 # a file
start=12288, size=8192 # a file
start=22528, size=40960, type=5
start=24576, size=8192 # a file
start=36864, size=8192 # a file"

# The disk vda with three or four roots on it: gpt1 gpt2 gpt3, mbr1 mbr2 mbr5
# mbr6. Those with an even number have the label "my root".
partitions() { # gpt|mbr
	local files file script program SHORT=''
	given "partitions $1"
	binary testinit program
	short_name "$1" partitions -- "$program" "$HOUSE/partitions.bash"
	if [[ -e $SHORT ]]; then DISKS+=(vda "$SHORT" now); return; fi
	case $1 in
	gpt) script=$GPT
		files=$(numbered_parts gpt 1 one 2 "my root" 3 three) ;;
	mbr) script=$MBR
		files=$(numbered_parts mbr 1 one 2 "my root" 5 five 6 six) ;;
	esac || return 1
	# shellcheck disable=SC2086 # file names of ours, without blanks
	file=$(cached "$script $files" "$1" join_parts "$script" $files) ||
		return 1
	remember "$file"
	DISKS+=(vda "$file" now)
}

# A disk whose only partition begins where it does, as on an isohybrid stick.
hybrid() { # IN OUT
	local sectors=$(($(stat -Lc %s "$1") / 512))
	cp "$1" "$2"
	# status, first CHS, type, last CHS, start, size
	printf '\x80\0\0\0\x83\0\0\0\0\0\0\0%b' "$(le32 "$sectors")" |
		dd of="$2" bs=1 seek=446 conv=notrunc status=none
	printf '\x55\xaa' | dd of="$2" bs=1 seek=510 conv=notrunc status=none
}

le32() { printf '\\x%02x\\x%02x\\x%02x\\x%02x' \
	$(($1 & 255)) $(($1 >> 8 & 255)) $(($1 >> 16 & 255)) $(($1 >> 24)); }
