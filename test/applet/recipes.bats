#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# conf/recipes, as far as no kernel is needed: what they refuse, and the small
# image of the script machine. What they make, and that it boots:
# test/boot/67-recipes.bats.

load ../mkinitrd

RECIPES=$TOP/conf/recipes

setup() { mkinitrd_setup; }

@test "every recipe and every sample of a boot loader stands in README" {
	local file
	for file in "$RECIPES"/* "$TOP"/conf/boot/*; do
		[[ ! -x $file ]] || grep -q "^  ${file##*/}[[:space:]]" "$TOP/README" ||
			grep -q "a script ${file##*/}\\." "$TOP/README" ||
			{ echo "not in README: $file"; return 1; }
		[[ -x $file || $file == "$RECIPES"/* ]] ||
			grep -q "[ ]${file##*/}[,. ]" "$TOP/README" ||
			{ echo "not in README: $file"; return 1; }
	done
}

@test "machine: one file with the words as they are, the same bytes every time, for anybody to read" {
	run "$RECIPES/machine" web1.img root=LABEL=web1 ro 'linuxrc.image=/a b.img'
	is 0
	[[ -z $output ]]
	[[ $(zcat web1.img | cpio -itv --quiet -n | awk '{ print $1, $3, $4, $NF }') == \
"drwxr-xr-x 0 0 etc
drwxr-xr-x 0 0 etc/linuxrc.d
-rw-r--r-- 0 0 etc/linuxrc.d/50-machine.conf" ]]
	[[ $(zcat web1.img | cpio -i --quiet --to-stdout '*.conf') == \
'root=LABEL=web1
ro
linuxrc.image="/a b.img"' ]]
	( umask 077; sleep 1.1; as_nobody "$RECIPES/machine" second.img root=LABEL=web1 \
		ro 'linuxrc.image=/a b.img' ) 2>/dev/null || skip "this tree is not for everybody"
	cmp web1.img second.img
	[[ $(ls -A) == "second.img
web1.img" ]]
}

@test "machine without words, a kernel without modules: a sentence, and no file" {
	run "$RECIPES/machine" web1.img
	is 1
	[[ $output == "machine: usage: machine FILE WORD..." ]]
	refuses 1 "/6.1.0-nowhere/modules.dep is not there: KERNEL= names another kernel, MODULES= another place" \
		env KERNEL=6.1.0-nowhere OUT=image "$RECIPES/rescue-disk"
	refuses 1 "common: $W/6.1.0-x/modules.dep is not there" \
		env KERNEL=6.1.0-x MODULES="$W" OUT=image "$RECIPES/common"
	[[ -z $(ls -A) ]]
}
