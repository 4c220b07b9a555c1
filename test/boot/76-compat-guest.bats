#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2034
# The same old image twice: on the classic kernel, whose own code runs its
# /linuxrc, and on one that has lost it, where we do. What the guest is given,
# and what init finds afterwards, is the same, but for what differs() names.
load ../house
load ../compat

WORDS='single foo=bar bar="a b" -- last'

# The only differences: the numbers of processes, of mounts and of devices that
# are none; the RAM disk is loop0; ext2 is a driver of its own in the classic
# kernel, and gives the names of a directory in another order; and the node of
# the console is deleted with all else in rootfs. What a tmpfs is called that may
# take half of the memory, each kernel has its own words for.
differs() {
	sed -E 's/ (pid|ppid|sid|pgid)=[0-9]+//g; s/ dev=(1|7|0):[0-9]+//
		/^\/run tmpfs/s/ super=.*//
		s/ parent=[0-9]+//; s/,errors=continue//; s/\\040\(deleted\)$//'
}

# What was told by a machine, of these keys.
told() { # KEY...
	local key
	for key; do
		facts_of "$key" | differs | while read -r line; do
			[[ $line != *entries=* ]] || line="${line%%=*}=$(tr , '\n' <<<"${line#*=}" | sort | tr '\n' ,)"
			echo "$key=$line"
		done
	done
}

two_disks() {
	disk     vda ext2 console=yes
	disk     vdb ext2 console=yes
}


on_classic() { # CMDLINE
	kernel   classic
	two_disks
	contract linuxrc
	image    file="$OLD"
	cmdline  "$1"
	boot
}

on_ours() { # KERNEL CMDLINE
	another
	kernel   "$1"
	two_disks
	second_cpio
	image    modules=+loop
	cmdline  "$2"
	boot
}

# Both tell the same of the keys; what the classic kernel told is $VM_ROOT/was.
alike() { # KEY...
	diff "$VM_ROOT/was" <(told "$@") >&2 || fail_sheet "expected as on the classic kernel" \
		"$(<"$VM_ROOT/was")" "$(told "$@")"
}

# --------------------------------------------------- what the guest is given

observes() { # TREE
	cp "$(binary testinit)" "$1/linuxrc"
}

GIVEN_TO_IT="init env terminal signals fd mounts mount initrd"

given_to_it() {
	expect   init "/linuxrc cwd=/ umask=0022 argv=linuxrc fds=0,1,2"
	[[ $(fact init pid) -gt 1 && $(fact init sid) == "$(fact init pid)" &&
		$(fact init pgid) == "$(fact init pid)" ]]
	exactly  terminal "0:0"
	exactly  mounts "/"
}

@test "the guest is given what the kernel gave it: arguments, environment, session, console, one mount" {
	old_image ext2 observes
	on_classic "root=fe00 $WORDS"
	given_to_it
	told $GIVEN_TO_IT >"$VM_ROOT/was"
	on_ours newest "root=fe00 $WORDS"
	given_to_it
	alike $GIVEN_TO_IT
	on_ours stock "root=fe00 $WORDS"
	alike $GIVEN_TO_IT
}

@test "a machine without a console: the guest is given none" {
	old_image ext2 observes
	on_ours newest "root=fe00 console=ttyS7"
	expect   init "/linuxrc argv=linuxrc fds= umask=0022"
}

# ------------------------------------------------- what init finds afterwards

# The classic kernel's drivers for the root, and a script to insert them: where
# they are in already, or are another kernel's, they are not needed.
drivers() { # TREE
	local name path release
	release=$(kernel_release classic)
	mkdir -p "$1/lib"
	kernel_module_paths classic virtio_pci virtio_blk | while read -r path; do
		cp "$KERNELS/classic/modules/lib/modules/$release/$path" "$1/lib/"
	done
	ln -s busybox "$1/bin/insmod"
	cat >"$1/bin/drivers" <<-'END'
		#!/bin/sh
		for m in virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk; do
			[ ! -e /lib/$m.ko ] || insmod /lib/$m.ko 2>/dev/null
		done
	END
	chmod 755 "$1/bin/drivers"
}

linuxrc() { # TREE; the script is standard input
	drivers "$1"
	{ echo '#!/bin/sh'; cat; } >"$1/linuxrc"
	chmod 755 "$1/linuxrc"
}

FOUND_AFTER="init env terminal signals fd root mounts mount initrd process processes disk"

after_alike() { # CMDLINE
	on_classic "$1"
	told $FOUND_AFTER >"$VM_ROOT/was"
	on_ours newest "$1"
	alike $FOUND_AFTER
}

is_linuxrc() { # TREE
	drivers "$1"
	rm -rf "$1/lib" "$1/bin"
	mkdir -p "$1/new-root" "$1/sys"
	cp "$(binary linuxrc)" "$1/linuxrc"
	kernel_put_modules classic "$1" virtio_pci virtio_blk
}

@test "linuxrc itself as the guest takes us for the kernel" {
	old_image ext2 is_linuxrc
	after_alike "root=fe00 linuxrc.root=/dev/vdb $WORDS"
	expect   console "learn the contract: linuxrc, pid "
	expect   disk vdb
	expect   initrd "mounted"
}

# ------------------------------------------------------------- real-root-dev

# What the file answers to each write stands on the console.
writes() { # TREE
	linuxrc "$1" <<-'END'
		exec 2>&1
		number=/proc/sys/kernel/real-root-dev
		drivers
		mount -t proc proc /proc
		try() { echo "$1" >$number; echo "guest: $1: $? $(cat $number)"; }
		try "preset $(cat $number)"
		try 0x100; try garbage; try '8 9'; try 8:1; try -1; try 0377; try 4294967296; try ''
		echo 7 >>$number; echo "guest: appended $(cat $number)"
		for text in 12 65024 3; do
			printf $text | busybox dd of=$number conv=notrunc >/dev/console
			echo "guest: over $(cat $number)"
		done
		(echo 4000; echo 5) >$number; echo "guest: twice $(cat $number)"
		(echo 0x11; echo 5) >$number; echo "guest: twice $(cat $number)"
		: >$number; echo "guest: truncated $(cat $number)"
		echo 65040 1<>$number; echo "guest: both $(cat $number)"
		umount /proc
	END
}

answers() {
	console | grep -o 'guest: .*'
}

@test "real-root-dev answers to every write as the kernel's own file does" {
	old_image ext2 writes
	on_classic "root=fe00"
	expect   disk vdb
	answers >"$VM_ROOT/was"
	[[ $(grep -c : "$VM_ROOT/was") -ge 17 ]]
	expect   console "guest: preset 65024: 1 65024"
	on_ours  newest "root=fe00"
	expect   disk vdb
	diff "$VM_ROOT/was" <(answers) || fail_sheet "expected as on the classic kernel" \
		"$(<"$VM_ROOT/was")" "$(answers)"
}

# Its last child waits until nobody traces it any more.
hurries() { # TREE
	cp "$BUILD/test/x86_64/race" "$1/race"
	cp "$BUILD/test/i386/race" "$1/race32"
	mkdir -p "$1/other"
	linuxrc "$1" <<-'END'
		echo "guest: $(/race)"
		echo "guest 32: $(/race32)"
		mknod /dev/null c 1 3
		mount -t proc proc /proc
		(
			tracer=1
			while [ $tracer != 0 ]; do
				while read name value; do
					[ $name != TracerPid: ] || tracer=$value
				done </proc/self/status
			done
			mount -t proc proc /other && echo "survivor: mounted"
			umount /other && echo "survivor: unmounted"
		) &
		echo 0xfe10 >/proc/sys/kernel/real-root-dev
	END
}

@test "500 procfs written to at once, by a 32-bit program, too; what stays can mount later" {
	old_image ext2 hurries
	on_ours  newest "root=fe00"
	expect   console "guest: written=500 read=500 unmounted=500"
	expect   console "guest 32: written=500 read=500 unmounted=500"
	expect   disk vdb
	expect   console "survivor: mounted"
	expect   console "survivor: unmounted"
	# nothing of ours is left in what the guest had mounted, or beside it
	expect   mount "/initrd/proc proc"
	refute   mount "*sysctl*"
	refute   process "linuxrc-compat"
}
