#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The kernel's "Using the initial RAM disk (initrd)" (Documentation/admin-guide/
# initrd.rst), section by section: what it says is run, with our applets where it
# means a tool of the image, and must come out as it says, on the classic kernel.
# Where a kernel of today does not do what the document says, the test says so
# and why. BusyBox is the shell and the tools that are none of ours; it prefers
# its own, hence our paths.
#
# Elsewhere: Operation, Changing the root device, a floppy, /linuxrc as a link to
# sh: 91-operation. initrd(4): 92-initrd4. The usage scenarios, an installer, one
# initrd for several machines, a recovery disk: 67-recipes. Boot loaders:
# 68-loaders. The old root in any directory, processes and mounts that stay on
# it, its memory: 50-handover, 51-oldroot. exec chroot, freeramdisk: 66-applets.

load ../compat
load ../house
load ../tools

# Take a file out of a disk that an earlier sheet of this test has kept.
take_file() { # DISK PATH
	debugfs -R "dump $2 $VM_ROOT/taken" "$VM_ROOT/$1.kept" >/dev/null 2>&1
	[[ -s $VM_ROOT/taken ]] && echo "$VM_ROOT/taken"
}

# What a virtio disk with ext2 needs on the classic kernel, for scripts.
insert_drivers='for m in virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk; do
	f=$(busybox find /lib/modules -name $m.ko); [ -z "$f" ] || $t/insmod $f
done'

# ------------------------------------------------------------ Installation

# The loop device method, 1 to 8, on a machine that is up. mke2fs is no tool of an
# image: it is that of this machine.
installation() { # TREE of the real root
	tools "$1" mount umount mknod chroot insmod
	real_tools "$1" mke2fs
	mkdir -p "$1/files/etc"
	cp "$TOP/build/linuxrc" "$1/files/linuxrc"
	kernel_put_modules classic "$1/files" virtio_pci virtio_blk
	cp "$KERNELS/$KERNEL/modules/lib/modules/$(kernel_release "$KERNEL")/$(kernel_module_paths "$KERNEL" loop)" "$1/loop.ko"
	before_testinit "$1" <<-'END'
		{
			$t/insmod /loop.ko
			cd /tmp
			busybox dd if=/dev/zero of=initrd bs=3000k count=1 2>/dev/null
			/real/mke2fs -q -F -m0 initrd
			$t/mount -t ext2 -o loop initrd /mnt
			busybox mkdir /mnt/dev /mnt/proc /mnt/new-root
			$t/mknod /mnt/dev/console c 5 1
			busybox cp -a /files/. /mnt
			$t/chroot /mnt /linuxrc >/tmp/rehearsal 2>&1
			echo "chroot $?"
			busybox grep -c "find the root device" /tmp/rehearsal
			$t/umount /mnt
			busybox gzip -9 initrd
			[ -s initrd.gz ] && echo made
		} 2>&1 | tell installation
		busybox sync
	END
}

@test "Installation: the loop device method makes an image, chroot tries it, and it boots" {
	kernel   stock
	image    modules=+ext2
	disk     vda ext4 size=48 keep=yes tree=installation
	cmdline  "root=/dev/vda rw"
	boot
	exactly  installation "chroot 0
1
made"

	local image
	image=$(take_file vda /tmp/initrd.gz)
	for contract in linuxrc ram0; do
		another
		kernel   classic
		contract "$contract"
		image    file="$image"
		disk     vda ext2
		if [[ $contract == ram0 ]]; then
			cmdline "root=/dev/ram0 rw init=/linuxrc linuxrc.root=/dev/vda"
		else
			cmdline "root=/dev/vda"
		fi
		boot
		expect   init "/sbin/init pid=1"
		expect   root "/dev/vda ext2 ro"
	done

	# kernels that have dropped all this, or cannot do it, and the image as it is
	local kernel
	for kernel in newest stock; do
		another
		kernel   "$kernel"
		image    modules=+loop
		OLD=$image
		second_cpio
		disk     vda ext2
		cmdline  "root=/dev/vda"
		boot
		expect   console "learn the contract: linuxrc, "
		expect   init "/sbin/init pid=1"
		expect   root "/dev/vda ext2 ro"
		expect   initrd "mounted"
	done
}

# --------------------------------------------- Boot command-line options

reads_initrd() { # TREE of the real root
	tools "$1" mknod
	before_testinit "$1" <<-'END'
		$t/mknod /dev/ttyS1 c 4 65
		$t/mknod -m 400 /tmp/initrd b 1 250
		busybox dd if=/tmp/initrd bs=2 count=1 2>/dev/null | busybox od -An -tx1 | tell first-bytes
	END
}

# The document lets the data be read from /dev/initrd. That device went with
# Linux 2.6: number 250 is a RAM disk like any other now, and an empty one.
@test "noinitrd: the normal root is mounted, nothing of the image runs; /dev/initrd is of the past" {
	kernel   builtin
	contract linuxrc
	image    modules=none
	disk     vda ext2 tree=reads_initrd console=yes
	cmdline  "noinitrd root=/dev/vda rw"
	boot
	expect   init "/sbin/testinit pid=1"
	expect   root "rw dev=253:0"
	refute   console "linuxrc:"
	exactly  first-bytes "00 00"
}

@test "root=/dev/ram0: the normal boot procedure with the RAM disk as root" {
	for name in /dev/ram0 /dev/ram 0x100 1:0; do
		another
		kernel   classic
		contract ram0
		image    binary=testinit modules=none tree=as_sbin_init
		cmdline  "root=$name rw"
		boot
		expect   init "/sbin/init pid=1"
		expect   root "ext2 rw dev=1:0"
	done
}

as_sbin_init() { mkdir "$1/sbin" && mv "$1/linuxrc" "$1/sbin/init"; }

# --------------------------------------------------- Compressed cpio images

@test "a cpio image made and examined by the document's commands boots" {
	local dir=$BATS_TEST_TMPDIR/image
	mkdir -p "$dir"/{dev,proc,sys,new-root}
	cp "$TOP/build/linuxrc" "$dir/init"
	kernel_put_modules classic "$dir" virtio_pci virtio_blk
	(cd "$dir" && find . | cpio --quiet -H newc -o | gzip -9 -n >"$dir.img")
	mkdir "$dir.examined"
	(cd "$dir.examined" && gzip -cd "$dir.img" | cpio -imd --quiet)
	diff -r "$dir" "$dir.examined"

	kernel   classic
	contract initramfs
	image    file="$dir.img"
	disk     vda ext2
	cmdline  "root=/dev/vda"
	boot
	expect   init "/sbin/init pid=1"
	expect   root "/dev/vda ext2 ro"
}

# ---------------------------------------------------------- Usage scenarios

# Step 7: what was learnt is put into the initrd, which is then written from
# the RAM disk to a file.
keeps_initrd() { # TREE of the real root
	tools "$1" umount mknod
	before_testinit "$1" <<-'END'
		busybox mkdir /initrd/etc 2>/dev/null
		echo "root=LABEL=KEPT" >/initrd/etc/linuxrc.conf
		$t/umount /initrd && echo unmounted | tell kept
		busybox mount -t tmpfs none /tmp
		busybox mkdir /tmp/rd
		$t/mknod /tmp/rd/0 b 1 0
		busybox dd if=/tmp/rd/0 bs=1k 2>/dev/null | busybox gzip >/saved.gz
		busybox sync
	END
}

@test "the image is modified, unmounted, written from /dev/rd/0 to a file, and boots again" {
	kernel   classic
	contract ram0
	disk     vda ext2 label=KEPT size=32 keep=yes tree=keeps_initrd
	cmdline  "root=/dev/ram0 rw init=/linuxrc linuxrc.root=/dev/vda linuxrc.rw"
	boot
	exactly  kept "unmounted"

	local image
	image=$(take_file vda /saved.gz)
	another
	kernel   classic
	contract ram0
	image    file="$image"
	disk     vda ext2
	disk     vdb ext2 label=KEPT
	cmdline  "root=/dev/ram0 rw init=/linuxrc"
	boot
	expect   init "/sbin/init pid=1"
	expect   root "/dev/vdb ext2"
}

# ------------------------------------------- Obsolete root change mechanism

# /linuxrc is a script that writes a number, in the style of initrd(4).
change_root() { # TREE of the initrd
	tools "$1" mount umount insmod
	rm -f "$1/linuxrc"
	script "$1" linuxrc <<-END
		$insert_drivers
		\$t/mount -n -t proc proc /proc
		echo 0xfe00 >/proc/sys/kernel/real-root-dev
		\$t/umount -n /proc
	END
}

@test "change_root: a script writes the number of the root to real-root-dev" {
	kernel   classic
	contract linuxrc
	image    tree=change_root modules=virtio_pci,virtio_blk
	disk     vda ext2
	cmdline  "root=/dev/nowhere"
	boot
	expect   init "/sbin/init pid=1"
	expect   root "ext2 ro dev=254:0"
	expect   initrd "mounted"
}

# ------------------------------ Mixed change_root and pivot_root mechanism

mixed() { # TREE of the initrd
	tools "$1" mount umount
	mkdir -p "$1/sbin"
	mv "$1/linuxrc" "$1/sbin/init"
	script "$1" linuxrc <<-'END'
		$t/mount -n -t proc proc /proc
		echo 0x0100 >/proc/sys/kernel/real-root-dev
		$t/umount -n /proc
	END
}

@test "mixed: /linuxrc writes 0x0100, and /sbin/init of the initrd pivots to the real root" {
	kernel   classic
	contract linuxrc
	image    tree=mixed
	disk     vda ext4
	cmdline  "root=/dev/nowhere linuxrc.root=/dev/vda"
	boot
	expect   init "/sbin/init pid=1"
	expect   root "/dev/vda ext4 ro"
	expect   console "linuxrc: learn the contract: ram0, pid 1"
}
