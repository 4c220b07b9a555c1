# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# kernels.bash: a kernel's NAME becomes its image, its release and the modules
# that a boot needs. The kernels lie in the cache, where conf/build/kernels
# has put them; nothing is fetched or built in the middle of a test.

KERNELS=${XDG_CACHE_HOME:-$HOME/.cache}/linuxrc/kernels
PATH=$PATH:/usr/sbin:/sbin

kernel_there() { # NAME
	[[ -s $KERNELS/$1/vmlinuz ]] || {
		echo "kernel $1 is not in the cache: run conf/build/kernels $1" >&2
		return 1
	}
}

kernel_release() { # NAME
	cat "$KERNELS/$1/release"
}

# kernel_module_paths NAME MODULE...: files below lib/modules/RELEASE, each once,
# dependencies first. What is built in, or not in this kernel at all, is left out
# without a word: the same list serves every kernel.
kernel_module_paths() {
	local name=$1 release base
	shift
	release=$(kernel_release "$name")
	base=$KERNELS/$name/modules
	local module
	for module; do
		modprobe -C /dev/null -d "$base" -S "$release" \
			--show-depends "$module" 2>/dev/null || :
	done | sed -n "s|^insmod .*/lib/modules/$release/\\([^ ]*\\).*|\\1|p" |
		awk '!seen[$0]++'
}

# kernel_put_modules NAME DIR MODULE...: those files into DIR/lib/modules, with
# an index that knows them and nothing else. What was laid out once is kept.
kernel_put_modules() {
	local SHORT='' release
	release=$(<"$KERNELS/$1/release")
	[[ -e $2/lib/modules/$release ]] ||
		short_name modules.tar "$1" "${@:3}" -- "$KERNELS/$1"
	if [[ -e $SHORT ]]; then
		tar -C "$2" -xf "$SHORT"
		return
	fi
	kernel_lay_modules "$@" || return 1
	[[ -z $SHORT ]] || {
		mkdir -p "$DISK_CACHE" &&
			tar -C "$2" -cf "$SHORT.$$" "lib/modules/$release" &&
			mv "$SHORT.$$" "$SHORT"
	}
}

kernel_lay_modules() { # NAME DIR MODULE...
	local name=$1 dir=$2 release path to from
	shift 2
	release=$(kernel_release "$name")
	to=$dir/lib/modules/$release
	from=$KERNELS/$name/modules/lib/modules/$release
	mkdir -p "$to"
	while read -r path; do
		mkdir -p "$to/${path%/*}"
		cp "$from/$path" "$to/$path"
	done < <(kernel_module_paths "$name" "$@")
	kernel_index "$name" "$dir"
}

# kernel_index NAME DIR: depmod's texts anew, after a test has changed modules.
kernel_index() {
	local release to from
	release=$(kernel_release "$1")
	to=$2/lib/modules/$release
	from=$KERNELS/$1/modules/lib/modules/$release
	cp "$from/modules.builtin" "$from/modules.builtin.modinfo" "$to/"
	: >"$to/modules.order"
	depmod -b "$2" "$release" || return 1
	rm -f "$to"/*.bin "$to"/modules.{order,symbols,devname,builtin.modinfo}
	rm -f "$to"/modules.{weakdep,builtin.alias}
}
