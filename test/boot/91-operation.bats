#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The kernel's "Using the initial RAM disk (initrd)", continued from 90-document:
# what its sections Operation and Changing the root device say, step by step with
# scripts of an initrd; /linuxrc as a link to a shell, in which a person does the
# same by hand; and an initrd on a floppy.

load ../house
load ../tools

# ---------------------------------------------------------------- Operation

# Steps 5 to 8. Whatever root the process has after pivot_root, there is a
# chroot under /tools of it: "a chroot program must be available under the old
# and the new root", and all other names are relative.
operation() { # TREE of the initrd
	tools "$1" mount umount pivot_root chroot mknod
	mkdir -p "$1/sbin"
	rm -f "$1/linuxrc"
	echo 'echo "/linuxrc was run"' | script "$1" linuxrc
	script "$1" sbin/init <<-'END'
		$t/mount -n -t proc proc /proc
		echo "process $$, user $(busybox id -u): $(busybox grep ' / ' /proc/mounts)"
		$t/umount -n /proc
		$t/mknod /dev/disk b 253 0
		$t/mount -o ro /dev/disk /new-root
		cd /new-root
		$t/pivot_root . initrd
		exec $t/chroot . /sbin/init words of ours <dev/console >dev/console 2>&1
	END
}

# Step 9, and what is left in the RAM disk's superblock after it.
removing() { # TREE of the real root
	tools "$1" chroot umount blockdev mknod
	before_testinit "$1" <<-'END'
		busybox mount -t tmpfs none /dev
		$t/mknod /dev/ttyS1 c 4 65
		$t/mknod /dev/ram0 b 1 0
		{
			$t/umount /initrd && echo unmounted
			$t/blockdev --flushbufs /dev/ram0 && echo flushed
			busybox dd if=/dev/ram0 bs=1 skip=1080 count=2 2>/dev/null | busybox od -An -tx1
		} | tell removed
	END
}

# The document says that the last command de-allocates the RAM disk. To a kernel
# of today it means what it means to any disk, to forget what is cached: the
# memory stays, and the superblock can still be read.
@test "Operation: /sbin/init of the initrd, a script, changes the root device, and the initrd is removed" {
	kernel   builtin
	contract ram0
	image    modules=none tree=operation
	disk     vda ext2 console=yes tree=removing
	cmdline  "root=/dev/ram0 rw"
	boot
	# 2: a normal RAM disk; 4, 5: it is mounted, and /sbin/init is executed
	expect   console "RAMDISK: gzip image found at block 0"
	expect   console "Freeing initrd memory"
	expect   console "process 1, user 0: /dev/root / ext4 rw"
	refute   console "/linuxrc was run"
	# 6 to 8: the real root, and its init with all that was passed to it
	expect   init "/sbin/testinit pid=1 argv=/sbin/testinit,words,of,ours cwd=/ fds=0,1,2"
	expect   root "/dev/disk ext2 ro dev=253:0"
	# 9
	exactly  removed "unmounted
flushed
53 ef"
	refute   mount "/initrd *"
}

# ---------------------------------------------------------------- a shell

# "Take a rescue floppy and only add a symbolic link from /linuxrc to /bin/sh":
# a shell that does not mind its name.
link_to_sh() { # TREE of the initrd
	local file
	mkdir -p "$1/bin"
	cp "$(command -v dash)" "$1/bin/sh" && libraries "$1" "$1/bin/sh" || return 1
	mv "$1/linuxrc" "$1/bin/tool"
	for file in mount umount pivot_root chroot; do
		ln -s tool "$1/bin/$file"
	done
	ln -s bin/sh "$1/linuxrc"
}

@test "/linuxrc as a link to sh: a person types the document's commands, and the real root boots" {
	# the kernel's helper: pivot_root, and 0x100 says that this is the root
	kernel   builtin
	contract linuxrc
	image    modules=none tree=link_to_sh
	disk     vda ext2
	cmdline  "root=/dev/nowhere"
	answer   "# " "echo \$\$ is not 1; mount -t devtmpfs dev /dev; mount -r /dev/vda /new-root; umount -l /dev; cd /new-root"
	answer   "# " "pivot_root . initrd; initrd/bin/mount -t proc proc /proc; echo 0x100 >proc/sys/kernel/real-root-dev"
	answer   "# " "initrd/bin/umount /proc; exit"
	boot
	refute   console "1 is not 1"
	expect   init "/sbin/init pid=1"
	expect   root "/dev/vda ext2 ro"
	expect   initrd "mounted"

	# process 1: exec chroot
	another
	kernel   builtin
	contract ram0
	image    modules=none tree=link_to_sh
	disk     vda ext2 console=yes tree=with_chroot
	cmdline  "root=/dev/ram0 rw init=/linuxrc"
	answer   "# " "echo \$\$ is 1; mount -t devtmpfs dev /dev; mount -r /dev/vda /new-root; cd /new-root; pivot_root . initrd"
	answer   "# " "exec /bin/chroot . /sbin/init <dev/console >dev/console 2>&1"
	boot
	expect   console "1 is 1"
	expect   init "/sbin/init pid=1 fds=0,1,2"
	expect   root "/dev/vda ext2 ro"
}

# BusyBox is init when it is called linuxrc, and offers a shell.
link_to_busybox() { # TREE of the initrd
	tools "$1"
	mv "$1/linuxrc" "$1/bin/tool"
	ln -s bin/sh "$1/linuxrc"
}

@test "/linuxrc as a link to BusyBox's sh: its init puts a shell on the console" {
	kernel   builtin
	contract linuxrc
	image    modules=none tree=link_to_busybox
	cmdline  "root=/dev/nowhere"
	answer   "Please press Enter" ""
	answer   "/ # " "busybox echo 6 times 7 is \$((6 * 7)); busybox reboot -f"
	boot
	expect   end "silent:"
	expect   console "6 times 7 is 42"
}

with_chroot() { # TREE of the real root
	mkdir "$1/bin"
	cp "$BUILD/linuxrc" "$1/bin/chroot"
}

# ---------------------------------------------------------------- a floppy

writes_floppy() { # TREE of the real root
	tools "$1" modprobe
	cp "$BUILD/mkinitrd" "$1/tools/"
	mkdir -p "$1/lib"
	cp -r "$KERNELS/$KERNEL/modules/lib/modules" "$1/lib/"
	before_testinit "$1" <<-'END'
		busybox mount -t proc proc /proc
		busybox mount -t sysfs sys /sys
		busybox mount -t devtmpfs dev /dev
		{
			$t/modprobe floppy
			TMPDIR=/run $t/mkinitrd -o /dev/fd0 -f ext2 -z none \
				-m virtio_pci -m virtio_blk --root LABEL=REAL
			echo "mkinitrd $?"
		} 2>&1 | tell floppy
		busybox sync
	END
}

# "A floppy disk (works everywhere but it's painfully slow)". The document lets
# the kernel itself load the RAM disk from a floppy, too (root=/dev/fd0
# load_ramdisk=1); kernels of today leave that to a boot loader.
@test "Installation: an initrd is written to a floppy, and a machine boots with what is on it" {
	truncate -s 1440K "$VM_ROOT/floppy"
	kernel   classic
	disk     vda ext4 size=24 tree=writes_floppy
	DEVICES+=(-drive "file=$VM_ROOT/floppy,if=floppy,format=raw")
	cmdline  "root=/dev/vda rw"
	boot
	exactly  floppy "mkinitrd 0"

	another
	kernel   classic
	contract linuxrc
	image    file="$VM_ROOT/floppy"
	disk     vda ext2 label=REAL
	boot
	expect   console "RAMDISK: ext2 filesystem found at block 0"
	expect   init "/sbin/init pid=1"
	expect   root "/dev/vda ext2 ro"
}
