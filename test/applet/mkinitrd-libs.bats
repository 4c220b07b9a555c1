#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# mkinitrd --add PROGRAM: its loader and libraries come along, from where the
# loader would take them, to where it will look.

load ../mkinitrd

setup_file() {
	mkinitrd_setup_file
	fixtures "$BATS_FILE_TMPDIR/f"
}
setup() {
	mkinitrd_setup
	F=$BATS_FILE_TMPDIR/f
}

# library DIR NAME [GCC OPTION...]: lib$NAME.so, whose function $NAME says so
# and calls that of the library that it is linked with, if there is one.
library() {
	local dir=$1 name=$2
	shift 2
	mkdir -p "$dir"
	gcc -shared -fPIC -o "$dir/lib$name.so" "-Wl,-soname,lib$name.so" \
		"-DNAME=$name" -DTEXT="\"$name\"" -x c - -x none "$@" <<-'END'
	#include <stdio.h>
	#ifdef NEXT
	extern void NEXT(void);
	#endif
	void NAME(void) { puts(TEXT);
	#ifdef NEXT
		NEXT();
	#endif
	}
	END
}

program() { # FILE FUNCTION [GCC OPTION...]
	local file=$1 function=$2
	shift 2
	mkdir -p "${file%/*}"
	printf 'extern void %s(void); int main(void) { %s(); return 0; }\n' \
		"$function" "$function" | gcc -o "$file" -x c - -x none "$@"
}

fixtures() { # DIR
	local d=$1
	# opt/prog -> $ORIGIN/../lib: one -> two, which says nothing of where
	# it is: DT_RPATH of the program is for all, DT_RUNPATH is not
	library "$d/lib" two
	library "$d/lib" one -DNEXT=two -L"$d/lib" -ltwo
	program "$d/bin/rpath" one -L"$d/lib" -lone -Wl,-rpath-link,"$d/lib" \
		-Wl,--disable-new-dtags,-rpath,'$ORIGIN/../lib'
	program "$d/bin/runpath" two -L"$d/lib" -ltwo \
		-Wl,--enable-new-dtags,-rpath,'/nowhere:${ORIGIN}/../lib'
	program "$d/bin/lost" one -L"$d/lib" -lone -Wl,-rpath-link,"$d/lib" \
		-Wl,--enable-new-dtags,-rpath,'$ORIGIN/../lib'
	# a system of its own: root/, with a link that is absolute in it
	local loader libc own
	loader=$(readelf -l "$d/bin/lost" | sed -n 's/.*interpreter: \(.*\)]/\1/p')
	libc=$(ldd "$d/bin/runpath" | sed -n 's/.*libc.* => \([^ ]*\).*/\1/p')
	own=$(dirname "$(realpath "$loader")")
	mkdir -p "$d/root${loader%/*}" "$d/root$own" "$d/root/etc/ld.so.conf.d" "$d/root/bin"
	cp -L "$loader" "$d/root$own/ld.so"
	ln -s "$own/ld.so" "$d/root$loader"
	cp -L "$libc" "$d/root$own/${libc##*/}"
	library "$d/root/opt/two" two
	# the other class, in a directory that comes before it
	mkdir -p "$d/root/opt/other"
	i686-linux-gnu-gcc -shared -nostdlib -o "$d/root/opt/other/libtwo.so" -x c - <<<'int x;'
	echo 'include /etc/ld.so.conf.d/*.conf' >"$d/root/etc/ld.so.conf"
	echo '/opt/other	# not this one' >"$d/root/etc/ld.so.conf.d/a.conf"
	printf '# a comment\n/opt/two\n' >"$d/root/etc/ld.so.conf.d/b.conf"
	echo /nowhere >"$d/root/etc/ld.so.conf.d/b.con"
	program "$d/root/bin/prog" two -L"$d/root/opt/two" -ltwo
	echo "$loader" >"$d/loader"
	echo "$own" >"$d/own"
}

# Run a program inside DIR, where we may. The loader knows $ORIGIN from /proc.
inside() { # DIR PROGRAM...
	local dir=$1
	shift
	mkdir -p "$dir/proc/self"
	ln -sfn "$1" "$dir/proc/self/exe"
	if [[ $(id -u) == 0 ]]; then
		run chroot "$dir" "$@"
	else
		unshare -r true 2>/dev/null || skip "no user namespaces, and not root"
		run unshare -r chroot "$dir" "$@"
	fi
}

extract() { # IMAGE
	rm -rf out
	as_nobody "$MK" --extract "$1" -C out 2>/dev/null
}

@test "a program of this machine runs in the image, and nothing but its libraries came" {
	for MK in $BUILDS; do
		"$MK" -o image --add "$(command -v bash):/bin/sh" --add "$(command -v xz):/opt/x"
		extract image
		inside out /bin/sh -c 'echo this works; /opt/x --version'
		is 0
		says "this works" "xz (XZ"
		diff <(cd out && find . -name '*.so*' -printf '%f\n' | sort) \
			<(ldd "$(command -v bash)" "$(command -v xz)" |
				sed -n 's,^.*/\([^/ ]*\) (0x.*,\1,p' | sort -u)
	done
}

@test "DT_RPATH is for all that comes after it, DT_RUNPATH for its own" {
	for MK in $BUILDS; do
		"$MK" -o image --add "$F/bin/rpath:/a/b/prog" --add "$F/bin/runpath:/c/runpath"
		extract image
		inside out /a/b/prog
		is 0
		[[ $output == $'one\ntwo' ]]
		inside out /c/runpath
		is 0
		[[ $output == two ]]
		[[ -f out/a/lib/libtwo.so && -f out/lib/libtwo.so ]]
		refuses 1 "$F/lib/libone.so needs libtwo.so, which is in none of the directories" \
			"$MK" -o no --add "$F/bin/lost:/bin/lost"
		[[ ! -e no ]]
	done
}

@test "a program of another root gets the libraries of that root" {
	local own
	for MK in $BUILDS; do
		"$MK" -o image --add "$F/root/bin/prog:/bin/prog"
		extract image
		own=$(cat "$F/own")
		cmp "out$(cat "$F/loader")" "$F/root$own/ld.so"
		inside out /bin/prog
		is 0
		[[ $output == two ]]
		# where ld.so.conf points the image has no cache for: beside libc
		cmp "out$own/libtwo.so" "$F/root/opt/two/libtwo.so"
		[[ -f out$own/libc.so.6 && ! -e out/opt ]]
	done
}

@test "programs in a directory bring theirs; those of a skeleton do not" {
	mkdir -p dir/bin
	cp "$F/bin/runpath" dir/bin/
	for MK in $BUILDS; do
		mkdir -p dir/lib
		cp "$F/lib/libtwo.so" dir/lib/
		"$MK" -o image --add dir:/opt
		run "$MK" --list image
		says " opt/bin/runpath" " opt/lib/libtwo.so" " ${F#"$F"}$(cut -c2- "$F/loader")"
		"$MK" -o image --skel dir
		run "$MK" --list image
		says " bin/runpath"
		[[ $output != *"$(cat "$F/loader")"* ]]
		rm -r dir/lib
		refuses 1 "needs libtwo.so, which is in none" "$MK" -o no --add dir:/opt
	done
}

@test "a program for another machine needs nothing of this one" {
	i686-linux-gnu-gcc -static -nostdlib -o other -x c - <<<'void _start(void) {}'
	i686-linux-gnu-gcc -shared -nostdlib -Wl,--dynamic-linker=/lib/ld-none.so.9 \
		-Wl,-e,_start -o dynamic -x c - <<<'void _start(void) {}'
	i686-linux-gnu-gcc -pie -nostdlib -Wl,--dynamic-linker=/lib/ld-none.so.9 \
		-o dynamic -x c - <<<'void _start(void) {}'
	for MK in $BUILDS; do
		"$MK" -o image -z none --linuxrc other
		cpio -i --quiet --to-stdout linuxrc <image | cmp - other
		[[ $("$MK" --list image | wc -l) == 11 ]]
		refuses 1 "dynamic needs /lib/ld-none.so.9, which is in no directory above it" \
			"$MK" -o no --linuxrc dynamic
	done
}
