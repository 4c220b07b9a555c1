# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# tools.bash: shell scripts in a tree of a boot test. BusyBox is the shell and
# the tools that are none of ours; it prefers its own, so ours are called by
# their paths, $t/NAME.

# A shell in the tree, and the program under these names in /tools.
tools() { # TREE NAME...
	local tree=$1 name
	shift
	mkdir -p "$tree/tools" "$tree/bin" || return 1
	[[ -e $tree/tools/linuxrc ]] || cp "$TOP/build/linuxrc" "$tree/tools"
	cp "$(command -v busybox)" "$tree/bin/busybox" || return 1
	ln -sf busybox "$tree/bin/sh"
	for name; do
		ln -s linuxrc "$tree/tools/$name"
	done
}

# The libraries that a program of this machine is linked with, where it looks.
libraries() { # TREE PROGRAM
	local library
	for library in $(ldd "$2" | grep -o '/[^ ]*'); do
		mkdir -p "$1${library%/*}" && cp -L "$library" "$1$library" || return 1
	done
}

# The distribution's own programs under their own names in /real, with the
# libraries that they are linked with.
real_tools() { # TREE NAME...
	local tree=$1 name path
	shift
	mkdir -p "$tree/real" || return 1
	for name; do
		path=$(PATH=$PATH:/sbin:/usr/sbin command -v "$name") || return 1
		cp -L "$path" "$tree/real/$name" && libraries "$tree" "$path" || return 1
	done
}

# A machine for tools of disks: a real root with this tree, which may be written
# to, and a file system to be found by its tags.
tagged_disks() { # MIB TREE
	kernel   stock
	image    modules=+ext2
	disk     vda ext4 "size=$1" "tree=$2" uuid=11111111-2222-4333-8444-555555555555
	disk     vdb ext2 part=mbr number=2 partuuid=deadbeef-02 label=data
	cmdline  "root=/dev/vda rw"
}

# Standard input becomes the program at this path of the tree.
script() { # TREE PATH
	{
		printf '#!/bin/sh\nPATH=/bin\nt=/tools\n'
		cat
	} >"$1/$2"
	chmod 755 "$1/$2"
}

# The same for the init of a real root, which becomes testinit at its end;
# "tell NAME" makes a fact NAME= of each line that it reads.
before_testinit() { # TREE
	mv "$1/sbin/init" "$1/sbin/testinit"
	{
		echo 'tell() { while read -r line; do echo "FACT $1=$line"; done >/dev/ttyS1; }'
		cat
		echo 'exec /sbin/testinit "$@"'
	} | script "$1" sbin/init
}
