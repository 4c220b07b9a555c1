#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# mkinitrd -k -m --all --unsigned: modules with what they need, an index that
# has the rows for them, firmware; beside kmod on the same tree.

load ../mkinitrd

setup_file() {
	mkinitrd_setup_file
	make_modules "$BATS_FILE_TMPDIR/m"
}
setup() {
	mkinitrd_setup
	M=$BATS_FILE_TMPDIR/m
	V=5.4.0-test
}

# module NAME PATH [EXPORTS [NEEDS [MODINFO...]]]: a file that depmod takes for
# a module.
module() {
	local name=$1 path=$2 export=${3-} need=${4-} info
	shift 2; shift $(($# < 2 ? $# : 2))
	mkdir -p "${path%/*}"
	{
		echo '.section .modinfo,"a"'
		for info in "name=$name" "vermagic=$V SMP" "$@"; do
			printf '.asciz "%s"\n' "$info"
		done
		[[ -z $export ]] || printf '.globl __crc_%s\n.set __crc_%s, 0x1234\n.text\n.globl %s\n%s: .byte 0\n' \
			"$export" "$export" "$export" "$export"
		[[ -z $need ]] || printf '.data\n.quad %s\n' "$need"
		printf '.data\n.space 3000, 7\n'
	} | gcc -c -x assembler -o "$path" -
}

# What scripts/sign-file appends: DATA bytes of signature, and its trailer.
sign() { # FILE DATA
	head -c "$2" /dev/urandom >>"$1"
	printf '\0\0\2\0\0\0\0\0' >>"$1"
	printf '%08x' "$2" | sed 's/../\\x&/g' | xargs -0 printf >>"$1"
	printf '~Module signature appended~\n' >>"$1"
}

make_modules() { # DIR
	local V=5.4.0-test k f
	k=$1/lib/modules/$V/kernel
	module base "$k/lib/base.ko" base_fn
	module middle "$k/lib/middle-part.ko" middle_fn base_fn
	module top "$k/drivers/top.ko" '' middle_fn 'alias=pci:v00001234d*' \
		'firmware=top/plain.bin' 'firmware=top/packed.bin' \
		'firmware=top/older.bin' 'firmware=top/many-*.bin' \
		'firmware=top/absent.bin' 'firmware=../../../escape' 'softdep=pre: soft'
	module soft "$k/lib/soft.ko" '' '' 'alias=crypto-soft'
	module fat "$k/fs/fat.ko"
	module nls_cp437 "$k/fs/nls_cp437.ko"
	module other "$k/fs/other.ko" '' '' 'alias=fs-other'
	module signed "$k/fs/signed.ko"
	sign "$k/fs/signed.ko" 427
	module packed "$k/fs/packed.ko"
	sign "$k/fs/packed.ko" 100
	for f in gz xz zst; do
		module "z$f" "$k/lib/z$f.ko" '' base_fn "alias=crypto-z$f"
		cp "$k/lib/z$f.ko" "$1/z$f"
	done
	cp "$k/fs/packed.ko" "$1/packed"
	xz --check=crc32 "$k/lib/zxz.ko" "$k/fs/packed.ko"
	zstd -q --rm "$k/lib/zzst.ko"
	: >"${k%/kernel}/modules.order"
	printf 'kernel/fs/ext9/ext9.ko\nkernel/fs/never/never.ko\n' >"${k%/kernel}/modules.builtin"
	: >"${k%/kernel}/modules.builtin.modinfo"
	depmod -b "$1" "$V"
	# Debian's kmod does not know gzip
	gzip "$k/lib/zgz.ko"
	sed -i 's/zgz\.ko/&.gz/' "${k%/kernel}/modules.dep"
	f=$1/lib/firmware
	mkdir -p "$f/top" "$f/updates/$V/top" "$f/$V/top"
	echo plain >"$f/top/plain.bin"
	echo packed | xz --check=crc32 >"$f/top/packed.bin.xz"
	echo old >"$f/top/older.bin"
	echo new >"$f/updates/$V/top/older.bin"
	echo one | zstd -q >"$f/top/many-1.bin.zst"
	echo two | zstd -q >"$f/top/many-2.bin.zst"
	chmod -R go+rX "$1"
}

image_modules() { # IMAGE: those that are in it
	"$MK" --list "$1" | sed -n "s,.* lib/modules/$V/\(kernel/.*\.ko\)$,\1,p"
}

# What modprobe would load, in no order.
modprobe_says() {
	[[ $1 != zgz ]] || { printf 'kernel/lib/%s.ko\n' base zgz; return; }
	modprobe -C /dev/null -d "$M" -S "$V" --show-depends "$1" |
		sed -n "s,^insmod .*/lib/modules/$V/\([^ ]*\.ko\).*,\1,p" | sort
}

@test "a module comes with what it needs, as modprobe has it" {
	local name
	for MK in $BUILDS; do
		for name in base middle-part middle_part top zgz zxz zzst crypto-zxz fs-other; do
			"$MK" -o image --modules-dir "$M" -m "$name" 2>/dev/null
			diff <(image_modules image) <(modprobe_says "$name")
		done
		"$MK" -o image --modules-dir "$M" -m base
		[[ $(image_modules image) == kernel/lib/base.ko ]]
		"$MK" -o image --modules-dir "$M" -m fat
		diff <(image_modules image) - <<-'END'
		kernel/fs/fat.ko
		kernel/fs/nls_cp437.ko
		END
		"$MK" -o image --modules-dir "$M" --all 2>/dev/null
		diff <(image_modules image) <(cd "$M/lib/modules/$V" &&
			find kernel -type f | sed 's/\.ko\..*/.ko/' | LC_ALL=C sort)
	done
}

@test "modules are stored out of their compression, to the byte" {
	local f
	for MK in $BUILDS; do
		rm -rf out
		"$MK" -o image --modules-dir "$M" -m zgz -m zxz -m zzst -m packed -m signed
		as_nobody "$MK" --extract image -C out 2>/dev/null
		for f in zgz zxz zzst; do
			cmp "out/lib/modules/$V/kernel/lib/$f.ko" "$M/$f"
		done
		cmp "out/lib/modules/$V/kernel/fs/packed.ko" "$M/packed"
		cmp "out/lib/modules/$V/kernel/fs/signed.ko" "$M/lib/modules/$V/kernel/fs/signed.ko"
	done
}

# NAME as it is, that counts its runs.
counted() { # NAME...
	local name
	mkdir -p counted
	for name; do
		printf '#!/bin/sh\necho %s >>%s/runs\nexec %s "$@"\n' \
			"$name" "$W" "$(command -v "$name")" >"counted/$name"
		chmod 755 "counted/$name"
	done
	PATH=$W/counted:$PATH
}

@test "a tree of compressed modules takes few runs of a tool, and comes out to the byte" {
	local dir=tree/lib/modules/$V n
	mkdir -p "$dir/kernel" plain
	for n in {100..139}; do
		cp "$M/lib/modules/$V/kernel/lib/base.ko" "plain/m$n.ko"
		printf '%s' "$n" | dd of="plain/m$n.ko" bs=1 seek=$((n * 4)) conv=notrunc status=none
	done
	xz -k --check=crc32 plain/m1[0-2]?.ko
	zstd -q plain/m13?.ko
	mv plain/*.xz plain/*.zst "$dir/kernel"
	( cd "$dir" && printf '%s:\n' kernel/* ) >"$dir/modules.dep"
	cp -r tree odd
	# two streams, zeros behind one, no size in the head
	cd odd/lib/modules/$V/kernel
	{ head -c 1000 "$W/plain/m115.ko" | xz; tail -c +1001 "$W/plain/m115.ko" | xz; } >m115.ko.xz
	printf '\0\0\0\0' >>m117.ko.xz
	zstd -q <"$W/plain/m133.ko" >m133.ko.zst
	cd "$W"
	cp -r tree broken
	echo x >>"broken/lib/modules/$V/kernel/m108.ko.xz"
	counted xz zstd
	for MK in $BUILDS; do
		for n in tree odd; do
			rm -rf out runs
			"$MK" -o image --modules-dir $n --all
			"$MK" --extract image -C out 2>/dev/null
			diff -r plain "out/lib/modules/$V/kernel"
			[[ $n == odd ]] || diff runs - <<<$'xz\nzstd'
		done
		refuses 1 "m108.ko.xz" "$MK" -o no --modules-dir broken --all
		says "xz failed"
	done
}

@test "--unsigned cuts off the signature and nothing else" {
	local size
	size=$(stat -c %s "$M/lib/modules/$V/kernel/fs/signed.ko")
	for MK in $BUILDS; do
		rm -rf out
		"$MK" -o image --modules-dir "$M" -m packed -m signed -m base --unsigned
		as_nobody "$MK" --extract image -C out 2>/dev/null
		cd "out/lib/modules/$V/kernel"
		cmp <(head -c "$((size - 427 - 12 - 28))" "$M/lib/modules/$V/kernel/fs/signed.ko") fs/signed.ko
		cmp <(head -c "$(($(stat -c %s "$M/packed") - 100 - 12 - 28))" "$M/packed") fs/packed.ko
		cmp lib/base.ko "$M/lib/modules/$V/kernel/lib/base.ko"
		cd "$W"
	done
}

@test "the index has the rows of these modules and no others, and kmod can use it" {
	for MK in $BUILDS; do
		rm -rf out
		"$MK" -o image --modules-dir "$M" -m top -m zxz -m ext9 2>/dev/null
		as_nobody "$MK" --extract image -C out 2>/dev/null
		diff <(sort "out/lib/modules/$V/modules.dep") - <<-'END'
		kernel/drivers/top.ko: kernel/lib/middle-part.ko kernel/lib/base.ko
		kernel/lib/base.ko:
		kernel/lib/middle-part.ko: kernel/lib/base.ko
		kernel/lib/soft.ko:
		kernel/lib/zxz.ko: kernel/lib/base.ko
		END
		diff <(sort "out/lib/modules/$V/modules.alias") - <<-'END'
		alias crypto-soft soft
		alias crypto-zxz zxz
		alias pci:v00001234d* top
		END
		diff "out/lib/modules/$V/modules.softdep" - <<<"softdep top pre: soft"
		diff "out/lib/modules/$V/modules.builtin" - <<<"kernel/fs/ext9/ext9.ko"
		[[ $(ls "out/lib/modules/$V") == $'kernel\nmodules.alias\nmodules.builtin\nmodules.dep\nmodules.softdep' ]]
		# without what is not asked for there is no file for it
		"$MK" -o image --modules-dir "$M" -m base
		run "$MK" --list image
		says modules.dep
		[[ $output != *modules.alias* && $output != *modules.builtin* && $output != *modules.softdep* ]]
	done
}

@test "softdep lines of modprobe.d in the image bring modules; those of this machine only with --host" {
	mkdir -p skel/etc/modprobe.d system
	echo "softdep other pre: crypto-zgz post: absent" >skel/etc/modprobe.d/a.conf
	cp -r "$M/lib" system
	mkdir -p system/etc/modprobe.d
	echo "softdep other post: zxz" >system/etc/modprobe.d/b.conf
	for MK in $BUILDS; do
		run "$MK" -o image --skel skel --modules-dir system -m other
		is 0
		[[ -z $output ]]
		diff <(image_modules image) - <<-'END'
		kernel/fs/other.ko
		kernel/lib/base.ko
		kernel/lib/zgz.ko
		END
		run "$MK" --list image
		says etc/modprobe.d/a.conf
		[[ $output != *b.conf* ]]
		# a bad line is a sentence, the rest counts
		echo "nonsense" >>skel/etc/modprobe.d/a.conf
		run "$MK" -o image --skel skel --modules-dir system -m other
		is 0
		[[ $output == 'mkinitrd: etc/modprobe.d/a.conf:2: no command of modprobe.d(5): "nonsense"' ]]
		[[ $(image_modules image) == *zgz.ko* ]]
		sed -i '$d' skel/etc/modprobe.d/a.conf
	done
}

@test "firmware comes from where the kernel would take it, and what is missing is named" {
	for MK in $BUILDS; do
		rm -rf out
		run "$MK" -o image --modules-dir "$M" -m top
		is 0
		[[ $output == "mkinitrd: 1 files of firmware are not in $M/lib/firmware and not in the image: top/absent.bin (top)" ]]
		as_nobody "$MK" --extract image -C out 2>/dev/null
		cd out/lib/firmware
		diff <(find . -type f -exec grep -H . {} + | sort) - <<-'END'
		./top/many-1.bin:one
		./top/many-2.bin:two
		./top/older.bin:new
		./top/packed.bin:packed
		./top/plain.bin:plain
		END
		cd "$W"
	done
}

@test "a module that is nowhere, a version that is not there: the nearest is named" {
	for MK in $BUILDS; do
		refuses 1 "-m midle_part: the kernel $V has no such module -- is middle_part meant?" \
			"$MK" -o no --modules-dir "$M" -m midle_part
		refuses 1 "has no modules of that version -- is $V meant?" \
			"$MK" -o no --modules-dir "$M" -k 5.4.0-tset
		refuses 1 "$M/lib/modules/$V/kernel has no modules: there is no modules.dep" \
			"$MK" -o no --modules-dir "$M/lib/modules/$V/kernel"
		cp -r "$M" broken
		rm "broken/lib/modules/$V/kernel/lib/base.ko"
		refuses 1 "lib/base.ko: No such file" "$MK" -o no --modules-dir broken -m top
		head -c 100 "$M/lib/modules/$V/kernel/lib/zxz.ko.xz" >"broken/lib/modules/$V/kernel/lib/zxz.ko.xz"
		cp "$M/lib/modules/$V/kernel/lib/base.ko" "broken/lib/modules/$V/kernel/lib/base.ko"
		refuses 1 "xz failed (exit status 1): " "$MK" -o no --modules-dir broken -m zxz
		says "zxz.ko.xz"
		mkdir empty
		PATH=$W/empty refuses 1 "zstd is needed for this and is not there" "$MK" -o no --modules-dir "$M" -m zzst
		[[ ! -e no ]]
		rm -r broken empty
	done
}

@test "any directory on the way to the modules will do" {
	local dir
	for MK in $BUILDS; do
		for dir in "$M" "$M/lib/modules" "$M/lib/modules/$V" "$M/"; do
			"$MK" -o image --modules-dir "$dir" -m base
			[[ $(image_modules image) == kernel/lib/base.ko ]]
		done
		( cd "$M/lib" && "$MK" -o "$W/image" --modules-dir modules -k "$V" -m base )
		[[ $(image_modules image) == kernel/lib/base.ko ]]
	done
}

@test "a skeleton with /lib as a link gets the modules behind it" {
	mkdir -p skel/usr/lib
	ln -s usr/lib skel/lib
	for MK in $BUILDS; do
		"$MK" -o image --skel skel --modules-dir "$M" -m base
		run "$MK" --list image
		says " lib -> usr/lib" " usr/lib/modules/$V/kernel/lib/base.ko" " usr/lib/modules/$V/modules.dep"
	done
}
