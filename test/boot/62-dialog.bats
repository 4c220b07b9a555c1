#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The question as a person meets it: on a full screen, on several consoles, at
# the keyboard of a PC.
load ../house

@test "linuxrc.ui=full on a serial line: arrows choose, an editor takes the root, Esc goes back" {
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1 linuxrc.ui=full panic=20"
	keys     "Enter: choose" "\033[B"
	keys     ">  2  another root=" "\r"
	keys     "Esc: back" "/dev/vdx\033[D\033[D\033[D"
	keys     "/dev/vdx" "\033"
	keys     "Enter: choose" "a\r"
	keys     "Esc: back" "/dev/vdy\177a\r"
	boot
	expect   console "Without an answer in 20 s: reboot. Any key stops that."
	expect   root "/dev/vda ext2 ro"
	expect   init "/sbin/init pid=1 ppid=0 sid=0 pgid=0 cwd=/ fds=0,1,2"
	exactly  processes 0
}
