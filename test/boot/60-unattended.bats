#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# When it cannot and nobody answers: panic= and linuxrc.onfail= decide.
load ../house
load asking

# ---------------------------------------------------------------- panic=

@test "panic=3: without an answer it reboots after 3 s, and the first key stops that" {
	counts_down "panic=3" 3 "reboot" "reboot: Restarting system"
	another
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1 panic=3"
	keys     "Number, or an option such as root=/dev/vda1: " "r"
	idle     "r" 3
	boot
	expect   cpu "busy<=20"
	refute   console "reboot: Restarting"
}

@test "panic=-1: it says why and reboots at once, unasked" {
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1 panic=-1"
	boot
	expect   end "silent:"
	expect   console "linuxrc: find the root device: root=/dev/vdx: not there after 1 s -- saw vda"
	refute   console "Number, or"
	(($(at_ms "reboot: Restarting system") - $(at_ms "linuxrc: find the root device:") < 2000))
}

@test "panic=0 and the end of the input: the machine stays as it is, and does not spin" {
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1 panic=0"
	keys     "Number, or an option such as root=/dev/vda1: " "\004"
	idle     "linuxrc: nobody answers, and panic=0: the machine stays like this until it is reset" 3
	boot
	expect   cpu "busy<=20"
	refute   console "Kernel panic"
	refute   console "reboot: Restarting"
}

@test "panic=2 and the end of the input, in the countdown or after it: a reboot 2 s later" {
	local when after
	for when in in after; do
		another
		kernel   classic
		disk     vda ext2
		cmdline  "root=/dev/vdx rootwait=1 panic=2"
		[[ $when == in ]] || keys "Number, or" "x\r"
		keys     "Number, or an option such as root=/dev/vda1: " "\004"
		boot
		expect   end "silent:"
		expect   console "linuxrc: nobody answers: reboot in 2 s (panic=)"
		after=$(($(at_ms "reboot: Restarting system") - $(at_ms "linuxrc: nobody answers")))
		((after >= 2000 && after < 3900))
	done
}

@test "linuxrc.timeout=2 without panic=: the question ends after 2 s and the machine reboots" {
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx linuxrc.timeout=2 panic=0"
	boot
	expect   end "silent:"
	expect   console "root=/dev/vdx: not there after 2 s"
	expect   console "Without an answer in 2 s: reboot."
	(($(at_ms "reboot: Restarting system") - $(at_ms "linuxrc: find the root device:") >= 2000))
}

# No /dev/console, for the kernel has none of that name; its own log comes out
# by another way.
no_console="console=nosuch0 earlycon=uart8250,io,0x3f8,115200 keep_bootcon"

@test "without a console nobody is asked: panic=5 reboots after 5 s" {
	local after
	kernel   classic
	disk     vda ext2
	cmdline  "$no_console root=/dev/vdx rootwait=1 panic=5"
	boot
	expect   end "silent:"
	expect   console "Warning: unable to open an initial console."
	expect   console "linuxrc: open the console: none yet"
	expect   console "linuxrc: find the root device: root=/dev/vdx: not there after 1 s"
	refute   console "Number, or"
	after=$(($(at_ms "reboot: Restarting system") - $(at_ms "linuxrc: nobody answers: reboot in 5 s (panic=)")))
	((after >= 5000 && after < 9000))
}

@test "without a console and with panic=0 the machine stays as it is, and does not spin" {
	kernel   classic
	disk     vda ext2
	cmdline  "$no_console root=/dev/vdx rootwait=1 panic=0"
	idle     "linuxrc: nobody answers, and panic=0" 3
	boot
	expect   cpu "busy<=20"
	refute   console "Kernel panic"
}

@test "a console on a port without a chip is asked in vain, without spinning" {
	kernel   classic
	disk     vda ext2
	cmdline  "console=ttyS2 ${no_console#* } root=/dev/vdx rootwait=1 panic=0"
	idle     "linuxrc: find the root device: root=/dev/vdx: not there" 3
	boot
	expect   cpu "busy<=20"
	refute   console "Kernel panic"
}

# given_hang_up WORDS: the question stands on a line that is then gone, as that of
# a modem or of a machine's manager; the kernel's own log is still seen.
given_hang_up() {
	another
	kernel   newest
	hvc0
	disk     vda ext2
	cmdline  "console=hvc0 earlycon=uart8250,io,0x3f8,115200 keep_bootcon root=/dev/vdx rootwait=1 $1"
	hang_up  "Number, or"
}

@test "a console that hangs up answers no more: linuxrc.onfail= is done, or the machine waits and is idle" {
	given_hang_up "panic=0 linuxrc.timeout=4 linuxrc.onfail=poweroff"
	boot
	expect   end "silent:"
	expect   console "linuxrc: nobody answers: power off in 4 s (linuxrc.timeout=)"
	expect   console "reboot: Power down"
	given_hang_up "panic=0"
	idle     "linuxrc: nobody answers" 3
	boot
	expect   cpu "busy<=30"
	refute   console "Kernel panic"
}

# ---------------------------------------------------------------- onfail=

@test "linuxrc.onfail= reboots, powers off or halts unasked, and says why" {
	local way done
	for way in reboot poweroff halt; do
		another
		kernel   classic
		disk     vda ext2
		cmdline  "root=/dev/vdx rootwait=1 panic=0 linuxrc.onfail=$way"
		case $way in
		reboot) done="reboot: Restarting system" ;;
		poweroff) done="reboot: Power down" ;;
		halt) done="reboot: System halted"; idle "$done" 2 ;;
		esac
		boot
		expect   end "silent:"
		expect   console "linuxrc: find the root device: root=/dev/vdx: not there after 1 s"
		expect   console "$done"
		refute   console "Number, or"
	done
	expect   cpu "busy<=20"
}

@test "linuxrc.onfail=shell begins with the shell, and the question comes after it" {
	kernel   classic
	image    tree=busybox_shell
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1 linuxrc.onfail=shell"
	answer   "/ # " "echo here: \$PPID; exit"
	answer   "Number, or" "root=/dev/vda"
	boot
	expect   console "here: "
	expect   root "/dev/vda ext2 ro"
	expect_clean_init "argv=/sbin/init"
}

@test "linuxrc.onfail=exit asks all the same where PID 1 would exit" {
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1 linuxrc.onfail=exit"
	answer   "Number, or" "root=/dev/vda"
	boot
	expect_clean_init "argv=/sbin/init"
}

@test "under linuxrc the kernel can be left to try, and nothing of ours stays" {
	local way
	for way in asked panic=-1 linuxrc.onfail=exit; do
		another
		kernel   classic
		contract linuxrc
		disk     vda ext2
		cmdline  "root=fe00 linuxrc.root=/dev/vdx rootwait=1 word ${way#asked}"
		[[ $way != asked ]] || answer "let the kernel try" "let the kernel try"
		boot
		expect   console "linuxrc: find the root device: root=/dev/vdx: not there after 1 s"
		expect   console "VFS: Mounted root (ext2 filesystem) readonly on device 254:0."
		expect   init "/sbin/init pid=1 argv=/sbin/init,word fds=0,1,2"
		expect   initrd "mounted"
		refute   mount "/initrd/*"
		exactly  processes 0
	done
}
