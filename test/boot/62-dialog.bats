#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The question as a person meets it: on a full screen, on several consoles, at
# the keyboard of a PC.
load ../house
load asking

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

# ---------------------------------------------------------------- the screen

@test "a PC with console=ttyS0: the question is on its screen, too, and is answered at its keyboard" {
	kernel   stock
	device   "VGA"
	disk     vda ext4 label=ROOT
	cmdline  "root=/dev/vdx rootwait=1"
	screen   "Number, or"
	press    "root=/dev/vda1: " "down ret"
	press    "Answered on tty0." "slash d e v slash v d a ret"
	boot
	expect   screen "linuxrc: find the root device: root=/dev/vdx: not there after 1 s"
	expect   screen "| >  1  try again"
	expect   screen "|    2  another root="
	expect   screen "| root=/dev/vdx (command line), ro, init: the first of"
	expect   screen "Arrows, letters, digits: move   Enter: choose"
	expect   console "linuxrc: for the boot loader: no_timer_check nolapic_timer console=ttyS0 rootwait=1 root=/dev/vda"
	expect   root "/dev/vda ext4 ro"
	expect   init "/sbin/init pid=1 ppid=0 sid=0 pgid=0 cwd=/ fds=0,1,2"
	exactly  processes 0
}

@test "the same question is answered on the serial line, the screen says so, and waiting costs nothing" {
	kernel   stock
	device   "VGA"
	disk     vda ext4
	cmdline  "console=tty0 console=ttyS0 root=/dev/vdx rootwait=1"
	answer   "root=/dev/vda1: " "2"
	screen   "2"
	idle     "root=" 3
	boot
	expect   screen "Answered on ttyS0."
	expect   cpu "busy<=20"
}

# What ends hangs up its terminal.
@test "a shell on the screen ends, and the question is there again, and answered there" {
	kernel   stock
	device   "VGA"
	image    modules=default tree=busybox_shell
	disk     vda ext4 label=ROOT
	cmdline  "root=/dev/vdx rootwait=1"
	press    "root=/dev/vda1: " "s ret"
	press    "Answered on tty0." "e x i t ret"
	press    "root=/dev/vda1: " "down ret"
	press    "Answered on tty0." "slash d e v slash v d a ret"
	boot
	expect   root "/dev/vda ext4 ro"
	expect   init "/sbin/init pid=1 ppid=0 sid=0 pgid=0 cwd=/ fds=0,1,2"
	exactly  processes 0
}

# ---------------------------------------------------------------- the menus

debian() { # TREE
	mkdir -p "$1/etc" "$1/lib/modules/$(<"$KERNELS/$KERNEL/release")"
	echo 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"' >"$1/etc/os-release"
	echo "UUID=$(disk_uuid vdb) / ext2 defaults 0 1" >"$1/etc/fstab"
}

no_init() { # TREE
	rm "$1/sbin/init"
}

# An encrypted disk: the header of LUKS1 (libblkid looks at no more of it).
luks() { # NAME
	given "luks $1"
	truncate -s 8M "$VM_ROOT/luks.$1"
	printf 'LUKS\272\276\0\1' | dd of="$VM_ROOT/luks.$1" conv=notrunc status=none
	DISKS+=("$1" "$VM_ROOT/luks.$1" now)
}

@test "the list of roots says what is on each, marks the likely one, and writes to none" {
	local ui pick
	for ui in line full; do
		another
		kernel   classic
		disk     vda ext2 label=DATA tree=no_init keep=yes
		disk     vdb ext2 label=SYSTEM tree=debian keep=yes
		disk     vdc swap keep=yes
		disk     vdd ext4 label=TORN tree=debian journal=dirty keep=yes
		luks     vde
		cmdline  "root=/dev/vdx rootwait=1 linuxrc.ui=$ui"
		if [[ $ui == line ]]; then
			answer   "root=/dev/vda1: " "choose the root"
			answer   "Number, or Enter to go back:" "2"
		else
			keys     "Enter: choose" "c\r"
			keys     "Esc: back" "\r"
		fi
		boot
		expect   console "vda        16.0 MiB  ext2  LABEL=DATA"
		expect   console "vdb        16.0 MiB  ext2  <- likely  Debian GNU/Linux 12 (bookworm)"
		expect   console "LABEL=SYSTEM"
		expect   console "init is /sbin/init"
		expect   console "its fstab names it as /"
		expect   console "vdd        16.0 MiB  ext4  Debian GNU/Linux 12 (bookworm)  LABEL=TORN"
		expect   console "vde         8.0 MiB  crypto_LUKS"
		# on a full screen only of what is chosen
		if [[ $ui == line ]]; then
			expect   console "it was not unmounted"
			expect   console "encrypted: what is in it is not seen"
		fi
		expect   root "/dev/vdb ext2 ro"
		exactly  processes 0
		expect   bytes "vda=same vdb=same vdc=same vdd=same"
	done
}

@test "options show their origin, a word is edited, and the boot loader's line is corrected" {
	kernel   classic
	image    conf="rootflags=nosuchflag"
	disk     vda ext2
	cmdline  "root=/dev/vda quiet ro word -- last"
	answer   "root=/dev/vda1: " "options"
	answer   "Enter for more" "4"
	answer   "Options: " "rootflags= linuxrc.nosuch"
	answer   "root=/dev/vda1: " "options"
	answer   "Enter for more" "1"
	answer   "Options: " "root=/dev/vda rootflags= rw"
	boot
	expect   console "  4  rootflags=nosuchflag"
	expect   console "       from: conf"
	expect   console "       from: command line"
	expect   console "Not taken: linuxrc.nosuch: no option of that name"
	expect   console "For the boot loader: no_timer_check nolapic_timer console=ttyS0 acpi=off root=/dev/vda quiet word rootflags= rw -- last"
	expect   root "/dev/vda ext2 rw"
	expect   init "argv=/sbin/init,word,last"
}

torn_piix() { # TREE
	truncate -s 3000 "$1"/lib/modules/*/kernel/drivers/ata/ata_piix.ko
}

@test "a module is loaded from the list, with a parameter, and one that cannot be says why" {
	kernel   classic
	image    modules=+ata_piix tree=torn_piix
	disk     vda ext2
	cmdline  "root=/dev/vda rootwait=1 linuxrc.nomodules"
	answer   "root=/dev/vda1: " "load"
	answer   "Number, " "virtio_blk"
	answer   "Number, " "with"
	answer   "Parameters: " "nosuch=1"
	answer   "Number, " "ata_piix"
	answer   "Number, " "1"
	answer   "Number, " "virtio_pci"
	answer   "Number, " "1"
	answer   "Number, " "0"
	answer   "root=/dev/vda1: " "1"
	boot
	expect   console "virtio_blk           loaded"
	expect   console "virtio_blk: unknown parameter 'nosuch' ignored"
	expect   console "Not loaded: module ata_piix: kernel/drivers/ata/ata_piix.ko is cut short"
	expect   console "Virtio block driver"
	expect   console "Loaded: virtio_blk"
	expect   console "Loaded: virtio_pci"
	expect   root "/dev/vda ext2 ro"
}

@test "the log and the hardware are read page by page" {
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1"
	answer   "root=/dev/vda1: " "log"
	answer   "Enter for more" ""
	answer   "Enter for more" "0"
	answer   "root=/dev/vda1: " "hardware"
	answer   "virtio-pci " "0"
	answer   "root=/dev/vda1: " "root=/dev/vda"
	boot
	expect   console "bus       device           driver           modalias"
	expect   root "/dev/vda ext2 ro"
}

@test "linuxrc.ui=none: nobody is asked, and what panic= says happens" {
	kernel   classic
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1 linuxrc.ui=none panic=2"
	boot
	expect   end "silent:"
	expect   console "linuxrc: find the root device: root=/dev/vdx: not there after 1 s"
	expect   console "linuxrc: nobody answers: reboot in 2 s"
	expect   console "reboot: Restarting system"
	refute   console "Number, or"
	refute   console "try again"
}
