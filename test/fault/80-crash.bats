#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# A worker that crashes, in every step: one sentence with the step's name and a
# fresh worker; the second time the question, and a boot that goes on from there.
# stepkiller is what kills it.
load ../house

# The killer beside /init of an initramfs, and the words that start it.
killer() { # TREE
	cp "$(binary stepkiller)" "$1/killer"
}

# The killer as /linuxrc, with the program beside it.
real() { # TREE
	cp "$(binary linuxrc)" "$1/linuxrc.real"
}

PROMPT="Number, or an option"

# Each of the steps crashes twice, each question is answered with "try again".
crash_in() { # STEP NAME...
	STEPS='' SENTENCES=''
	while (($#)); do
		STEPS+=${STEPS:+,}$1,$1
		SENTENCES+="linuxrc: $2: crashed: Segmentation fault"$'\n'
		answer "$PROMPT" "1"
		shift 2
	done
}

crash_in_each() {
	crash_in contract "learn the contract" \
		console "open the console" \
		kernfs  "mount /proc, /sys and /dev" \
		options "read the boot options" \
		drivers "load drivers" \
		device  "find the root device" \
		rootfs  "mount the root file system" \
		init    "check init"
}

# What the questions said, each after an empty line.
expect_sentences() {
	diff <(printf %s "$SENTENCES") <(console | grep -A 1 '^$' | grep crashed) || return 1
	refute   console "Kernel panic"
}

@test "one crash in every step, one after the other: nobody is asked, and init runs" {
	kernel   classic
	contract initramfs
	image    tree=killer
	disk     vda ext2
	cmdline  "rdinit=/killer kill_step=contract,console,kernfs,options,drivers,device,rootfs,init root=/dev/vda word"
	boot
	(($(console | grep -c "crashed: Segmentation fault -- once more, with a fresh worker") == 8))
	refute   console "Number, or"
	expect   init "/sbin/init pid=1 argv=/sbin/init,word fds=0,1,2 cwd=/ sid=0"
	exactly  processes 0
}

@test "as PID 1 of an initramfs: a crash in every step is a sentence and a question" {
	kernel   classic
	contract initramfs
	image    tree=killer
	disk     vda ext2
	crash_in_each
	cmdline  "rdinit=/killer kill_step=$STEPS root=/dev/vda a=b word -- last"
	boot
	expect_sentences
	expect   init "/sbin/init pid=1 argv=/sbin/init,word,last fds=0,1,2 cwd=/ sid=0"
	expect   env "a=b"
	expect   root "/dev/vda ext2 ro"
	expect   signals "blocked:0000000000000000 ignored:0000000000000000"
	exactly  processes 0
	exactly  mounts "/proc /sys /dev / /run"
}

@test "as the kernel's helper: a crash in every step of /linuxrc, and init still gets PID 1" {
	kernel   classic
	contract linuxrc
	image    binary=stepkiller tree=real
	disk     vda ext2
	crash_in_each
	cmdline  "kill_step=$STEPS root=/dev/vda word"
	boot
	expect_sentences
	expect   console "let the kernel try"
	expect   init "/sbin/init pid=1 argv=/sbin/init,word fds=0,1,2 cwd=/ sid=0"
	expect   root "/dev/vda ext2 ro"
	exactly  processes 0
	expect   initrd "mounted"
	refute   mount "/initrd/*"
}

@test "as PID 1 of a classic initrd: a crash in the last two steps" {
	kernel   classic
	contract ram0
	image    binary=stepkiller tree=real
	disk     vda ext2
	crash_in rootfs "mount the root file system" \
		init    "check init"
	cmdline  "root=/dev/ram0 init=/linuxrc rw linuxrc.root=/dev/vda kill_step=$STEPS"
	boot
	expect_sentences
	expect   init "/sbin/init pid=1 argv=/sbin/init fds=0,1,2"
	expect   root "/dev/vda ext2 ro"
	exactly  processes 0
}

@test "a step that crashes twice is asked about, and its drivers are found again" {
	kernel   stock
	contract initramfs
	image    tree=killer modules=+squashfs
	disk     vda squashfs
	crash_in device "find the root device" \
		rootfs  "mount the root file system"
	cmdline  "rdinit=/killer kill_step=$STEPS root=/dev/vda"
	boot
	expect_sentences
	expect   init "/sbin/init pid=1 fds=0,1,2"
	expect   root "/dev/vda squashfs ro"
	expect   module squashfs
	exactly  processes 0
}

@test "what is typed after a crash counts when the options are read anew" {
	kernel   classic
	contract initramfs
	image    tree=killer
	disk     vda ext2
	answer   "$PROMPT" "root=/dev/vda rw"
	answer   "$PROMPT" "1"
	cmdline  "rdinit=/killer kill_step=kernfs,kernfs,options,options root=/dev/vdx rootwait=1"
	boot
	expect   console "linuxrc: mount /proc, /sys and /dev: crashed"
	expect   console "linuxrc: read the boot options: crashed"
	expect   console "linuxrc: read the boot options: root=/dev/vda from the question"
	expect   root "/dev/vda ext2 rw"
	exactly  processes 0
}

@test "a worker that is killed for want of memory is a sentence, too" {
	kernel   classic
	contract initramfs
	image    tree=killer
	disk     vda ext2
	answer   "$PROMPT" "1"
	cmdline  "rdinit=/killer kill_step=drivers,drivers kill_signal=9 root=/dev/vda"
	boot
	expect   console "linuxrc: load drivers: crashed: Killed"
	expect   init "/sbin/init pid=1"
	exactly  processes 0
}

@test "a question that crashes is put again with its own sentence" {
	kernel   classic
	contract initramfs
	image    tree=killer
	disk     vda ext2
	cmdline  "rdinit=/killer kill_step=ask root=/dev/vdx rootwait=1"
	answer   "$PROMPT" "root=/dev/vda"
	boot
	expect   console "linuxrc: the question crashed and is put again"
	expect   console "linuxrc: find the root device: root=/dev/vdx: not there after 1 s"
	expect   init "/sbin/init pid=1"
	exactly  processes 0
}

@test "a question that crashes twice stops the machine as panic= says" {
	kernel   classic
	contract initramfs
	image    tree=killer
	disk     vda ext2
	cmdline  "rdinit=/killer kill_step=ask,ask panic=1 root=/dev/vdx rootwait=1"
	boot
	expect   end "silent:"
	expect   console "linuxrc: nobody answers: reboot in 1 s (panic=)"
	expect   console "reboot: Restarting system"
	refute   console "Kernel panic"
}

@test "with panic=-1 a crash before anything is known says so and reboots unasked" {
	kernel   classic
	contract initramfs
	image    tree=killer
	disk     vda ext2
	cmdline  "rdinit=/killer kill_step=contract,contract root=/dev/vda"
	boot
	expect   end "silent:"
	expect   console "linuxrc: learn the contract: crashed: Segmentation fault"
	refute   console "Number, or"
	expect   console "reboot: Restarting system"
	refute   console "Kernel panic"
}
