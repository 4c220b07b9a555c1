# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# exits.bash: the exits of the contracts, and images of them, for 50-handover
# and 51-oldroot.

RAM0="root=/dev/ram0 init=/linuxrc rw linuxrc.root=/dev/vda"

ram0() {
	kernel   classic
	contract ram0
}

linuxrc() {
	kernel   classic
	contract linuxrc
}

initramfs() {
	kernel   classic
	contract initramfs
}

on_console() { # MOUNT
	local fd
	for fd in 0 1 2; do
		expect fd "$fd dev=5:1 rw mount=$1 path=/dev/console"
	done
}

# One of the exits, "linuxrc HANDOVER" or ram0, and $root, which names /dev/vda
# for it.
given_exit() { # EXIT
	"${1% *}"
	root="root=/dev/vda"
	case $1 in
	ram0) root=$RAM0 ;;
	linuxrc\ *) root+=" linuxrc.handover=${1#* }" ;;
	esac
}

# An init of the image that does something and then becomes linuxrc.
busybox_first() {
	local name=init
	[[ $CONTRACT == initramfs ]] || name=linuxrc
	mv "$1/$name" "$1/linuxrc.real"
	mkdir -p "$1/bin" "$1/run" "$1/tmp"
	: >"$1/dev/null"	# the shell wants one for what stays
	cp "$(command -v busybox)" "$1/bin/busybox"
	ln -s busybox "$1/bin/sleep"
	cat >"$1/$name" <<-'END'
	#!/bin/busybox sh
	# $first stands on the kernel's command line
	case $first in
	run) /bin/busybox mount -t tmpfs kept /run ;;
	dev) /bin/busybox mount -t devtmpfs kernels /dev ;;
	proc) /bin/busybox mount -t proc early /proc ;;
	stays) /bin/sleep 1000 & ;;
	precious)
		/bin/busybox mount -t tmpfs precious /tmp
		cd /tmp
		: >file
		/bin/sleep 1000 & ;;
	esac
	exec /linuxrc.real "$@"
	END
	chmod 755 "$1/$name"
}

with_mnt() { mkdir "$1/mnt"; }
