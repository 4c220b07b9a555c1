#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# initrd(4), its boot-up operation with each statement, how /linuxrc changes the
# normal root device, and its notes, on kernels on which /linuxrc is the kernel's
# helper: scripts of BusyBox, as the page means it. Where today's kernel differs
# the test says so. Its options (initrd=, noinitrd, root=), /dev/initrd and
# change_root by hexadecimal number are in 90-document, NFS in 10-contract.

load ../house
load ../tools

# /linuxrc, for step 5 and its parts: tells who it is and what / is, and names
# another root: "echo 0x365" for /dev/hdb1, which is /dev/sdb1 by now. With
# stays= it leaves a file system and a process behind.
linuxrc_script() { # TREE of the initrd
	tools "$1" mount umount mknod
	mkdir -p "$1/mnt"
	rm -f "$1/linuxrc"
	script "$1" linuxrc <<-'END'
		$t/mount -n -t proc proc /proc
		echo "user $(busybox id -u), process $$, root $(busybox grep ' / ' /proc/mounts)"
		echo "normal root $(busybox cat /proc/sys/kernel/real-root-dev)"
		echo written >/written
		for name in nfs-root-name nfs-root-addrs; do
			[ ! -e /proc/sys/kernel/$name ] || echo "there is $name"
		done
		if [ -n "$number" ]; then
			echo $number >/proc/sys/kernel/real-root-dev
			echo "normal root $(busybox cat /proc/sys/kernel/real-root-dev)"
		fi
		$t/umount -n /proc
		if [ -n "$stays" ]; then
			$t/mount -n -t tmpfs none /mnt
			echo kept >/mnt/file
			$t/mknod /dev/null c 1 3	# the shell wants it for &
			busybox sleep 1000 &
		fi
		exit 3
	END
}

# The real root's init: what is left of the initrd.
looks_back() { # TREE of the real root
	tools "$1" mknod umount
	before_testinit "$1" <<-'END'
		busybox mount -t proc proc /proc
		busybox mount -t tmpfs none /dev
		$t/mknod /dev/ttyS1 c 4 65
		$t/mknod /dev/ram0 b 1 0
		{
			busybox cat /initrd/written /initrd/mnt/file 2>/dev/null
			busybox grep -o ' /initrd[^ ]* [a-z0-9]*' /proc/mounts
			busybox dd if=/dev/ram0 bs=1 skip=1080 count=2 2>/dev/null | busybox od -An -tx1
		} | tell back
		busybox umount /proc
	END
}

no_initrd_dir() { # TREE of the real root
	looks_back "$1"
	rmdir "$1/initrd"
}

second_disk() { # MORE OF disk
	disk     sda ext2
	disk     sdb ext2 part=mbr number=1 console=yes "$@"
}

# Steps 1 to 8 and the first note. Today's kernel differs in one thing: "the
# /proc/mounts entries are not updated" is no longer so.
@test "boot-up: /linuxrc as user 0 on a root that it may write to; 0x811 becomes the root, what is left lives on /initrd" {
	kernel   builtin
	contract linuxrc
	image    modules=none tree=linuxrc_script
	second_disk tree=looks_back
	cmdline  "root=/dev/sda number=0x811 stays=yes"
	boot
	# 1, 2: into memory, onto /dev/ram0, and what it came in is freed
	expect   console "RAMDISK: gzip image found at block 0"
	expect   console "Freeing initrd memory"
	# 3, 5: mounted to be written to; /linuxrc, a script, with UID 0
	expect   console "user 0, process "
	refute   console "user 0, process 1,"
	expect   console "root /dev/root.old / ext4 rw"
	# root=/dev/sda is 8:0 until the number is written; no files for NFS now
	expect   console "normal root 2048"
	expect   console "normal root 2065"
	refute   console "there is nfs-root"
	# 6, 8: whatever /linuxrc returned, its root is mounted and init runs
	expect   root "ext4 ro dev=8:17"
	expect   disk sdb
	expect   init "/sbin/testinit pid=1"
	# 7 and note 1: moved, not unmounted
	exactly  back "written
kept
/initrd ext4
/initrd/mnt tmpfs
53 ef"
	expect   process "busybox ppid=1"
}

# Step 7's other half and the second note. That /dev/ram0 stays in memory is so
# today whether a process is on it or not.
@test "without /initrd: the initrd is unmounted, but stays in memory, and alive for a process on it" {
	local stays
	for stays in "" yes; do
		another
		kernel   builtin
		contract linuxrc
		image    modules=none tree=linuxrc_script
		second_disk tree=no_initrd_dir
		cmdline  "root=/dev/sda number=2065 stays=$stays"
		boot
		expect   console "/initrd does not exist. Ignored."
		expect   console "Unmounting old root"
		expect   disk sdb
		refute   mount "/initrd*"
		exactly  back "53 ef"
		if [[ $stays == yes ]]; then
			expect   process "busybox ppid=1"
		else
			exactly  processes 0
		fi
	done
}

# Step 4, and step 5's condition.
not_executable() { # TREE of the initrd
	linuxrc_script "$1"
	chmod 644 "$1/linuxrc"
}

@test "a /linuxrc without executable permission is not run, and the normal root is mounted" {
	kernel   builtin
	contract linuxrc
	image    modules=none tree=not_executable
	disk     sda ext2
	cmdline  "root=/dev/sda"
	boot
	refute   console "normal root"
	expect   init "/sbin/init pid=1"
	expect   root "ext4 ro dev=8:0"
	expect   initrd "mounted"
}

with_init() { # TREE of the initrd
	linuxrc_script "$1"
	mkdir -p "$1/sbin"
	cp "$(binary testinit)" "$1/sbin/init"
}

@test "the initial root as the normal root: straight to the usual boot sequence, without /linuxrc" {
	kernel   builtin
	contract linuxrc
	image    modules=none tree=with_init
	cmdline  "root=/dev/ram0 rw"
	boot
	refute   console "normal root"
	expect   init "/sbin/init pid=1"
	expect   root "ext4 rw dev=1:0"
}
