# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# recipe.sh: what the recipes beside it share; each reads it first. It lets the
# environment choose where things are and come from, and knows which modules a
# kernel has: mkinitrd refuses an -m that is nowhere, rightly, but a recipe for
# all machines names drivers that a small kernel was built without.
#
#	OUT		the image: the recipe's name with .img, here
#	KERNEL		the kernel that it is for: the running one
#	MODULES		the directory of the kernels' modules: /lib/modules
#	MKINITRD	mkinitrd: that of this source tree, else the installed one
#	LINUXRC		the program in the image: that beside mkinitrd

set -eu
recipe=${0##*/} wanted=
here=$(cd "$(dirname "$0")" && pwd)
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
OUT=${OUT:-$recipe.img}
KERNEL=${KERNEL:-$(uname -r)}
MODULES=${MODULES:-/lib/modules}
MKINITRD=${MKINITRD:-$here/../../build/mkinitrd}
[ -x "$MKINITRD" ] || MKINITRD=mkinitrd

die() {
	echo "$recipe: $*" >&2
	exit 1
}

# Whether this kernel has a module of this name, built in or not.
has_module() {
	grep -Eqs "(^|/)$(echo "$1" | sed 's/[-_]/[-_]/g')\.ko" \
		"$MODULES/$KERNEL/modules.dep" "$MODULES/$KERNEL/modules.builtin"
}

# with_modules NAME...: the image has those that this kernel has; the rest is
# named.
with_modules() {
	[ -s "$MODULES/$KERNEL/modules.dep" ] ||
		die "$MODULES/$KERNEL/modules.dep is not there: KERNEL= names another kernel, MODULES= another place"
	without=
	for module; do
		if has_module "$module"; then
			wanted="$wanted -m $module"
		else
			without="$without $module"
		fi
	done
	[ -z "$without" ] ||
		echo "$recipe: Linux $KERNEL has no module$without: left out" >&2
}

# list FILE: the words of a file beside the recipe, without its comments.
list() {
	sed 's/#.*//' "$here/$1"
}

# core OPTION...: an image for one purpose does with the program without parts,
# unless one is named or an OPTION is of a part.
core() {
	LINUXRC=${LINUXRC:-$(dirname "$(command -v "$MKINITRD")")/linuxrc-core}
	for option; do
		case $option in --rescue | --compat | --linuxrc) LINUXRC= ;; esac
	done
	[ -e "$LINUXRC" ] || LINUXRC=
}

# A directory that is gone when the recipe has ended.
scratch() {
	trap 'rm -rf "$tmp"' EXIT
	trap 'exit 1' HUP INT TERM
	tmp=$(mktemp -d)
}

# make_image OPTION...: mkinitrd for that kernel, with those modules.
make_image() {
	# shellcheck disable=SC2086 # a list of options
	"$MKINITRD" -o "$OUT" -k "$KERNEL" --modules-dir "$MODULES/$KERNEL" \
		$wanted ${LINUXRC:+--linuxrc "$LINUXRC"} "$@"
}
