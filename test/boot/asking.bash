# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# asking.bash: what the boots that end in a question have in common: 47-nfs,
# 60-init, 60-question, 60-unattended and 61 to 63.

# The line of the question, and how often it was put.
asked() { console | grep -c "^linuxrc: $1" || :; }

# When the kernel's clock, in ms, saw the first line with this TEXT.
at_ms() {
	console | grep -F -- "$1" | sed -n 's/^\[ *\([0-9]*\)\.\([0-9]\{3\}\).*/\1\2/p' |
		sed 's/^0*//' | head -n 1
}

# counts_down WORDS SECONDS WHAT LINE: nobody answers a question with these words
# on the command line: it says that, and after so long the kernel does it.
counts_down() {
	local after
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1 $1"
	boot
	expect   end "silent:"
	expect   console "Without an answer in $2 s: $3."
	expect   console "$4"
	after=$(($(at_ms "$4") - $(at_ms "linuxrc: find the root device:")))
	((after >= $2 * 1000 && after < $2 * 1000 + 2500))
}

# The words with which a contract begins.
start_of() { # CONTRACT
	[[ $1 != ram0 ]] || echo "root=/dev/ram0 init=/linuxrc rw"
}

# init as the kernel would have started it, and nothing of ours beside it.
expect_clean_init() { # WORDS
	expect   init "/sbin/init pid=1 ppid=0 sid=0 pgid=0 cwd=/ fds=0,1,2 $1" &&
		expect signals "blocked:0000000000000000 ignored:0000000000000000" &&
		exactly processes 0 &&
		refute console "Kernel panic"
}

# A shell for a tree.
busybox_shell() { # TREE
	mkdir -p "$1/bin"
	cp "$(command -v busybox)" "$1/bin/busybox"
	ln -s busybox "$1/bin/sh"
}

# A program of ELF with one header: a PT_INTERP, if there is one. SIZE is what
# the ELF header says of each program header; 56 is right.
elf() { # MACHINE SIZE [INTERPRETER]
	local at='\170\0\0\0\0\0\0\0' length
	length=$(printf '\\%o' $((${#3} + 1)))'\0\0\0\0\0\0\0'
	printf '\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\'"$(printf %o "$1")"'\0\1\0\0\0'
	printf '\0\0\0\0\0\0\0\0\100\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'
	printf '\100\0\'"$(printf %o "$2")"'\0\1\0\0\0\0\0\0\0'
	printf '%b' "\\$([[ $3 ]] && echo 3 || echo 0)\\0\\0\\0\\4\\0\\0\\0$at$at$at$length$length\\1\\0\\0\\0\\0\\0\\0\\0"
	printf '%s\0' "${3-}"
}

# A root full of inits that cannot be one.
bad_inits() { # TREE
	local sbin=$1/sbin
	mv "$sbin/init" "$sbin/good"
	cp "$sbin/good" "$sbin/plain"
	chmod 644 "$sbin/plain"
	mkdir "$sbin/directory"
	elf 40 56 >"$sbin/arm"
	elf 62 56 /lib/ld-none.so >"$sbin/dynamic"
	elf 62 57 >"$sbin/headers"
	printf '#!/bin/nosh\n' >"$sbin/script"
	echo hello >"$sbin/text"
	head -c 8000 "$sbin/good" >"$sbin/cut"
	ln -s /nowhere/init "$sbin/dangling"
	ln -s /sbin/good "$sbin/absolute"
	chmod 755 "$sbin"/{arm,dynamic,headers,script,text,cut}
}
