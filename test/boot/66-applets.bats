#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The applets that only a machine of their own can test, by the names that the
# program has in an image; BusyBox is the shell that they are typed into.

load ../house
load ../tools

RAM0="root=/dev/ram0 init=/linuxrc rw"

# ------------------------------------------------------------- the document

# "Changing the root device" as the kernel's initrd document has it, with a
# RAM disk that the real root frees.
document() { # TREE of the initrd
	tools "$1" mknod pivot_root chroot
	real_tools "$1" mknod pivot_root
	rm -f "$1/linuxrc"
	script "$1" linuxrc <<-'END'
		for module in virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk; do
			file=$(busybox find /lib/modules -name "$module.ko")
			[ -z "$file" ] || busybox insmod "$file"
		done
		/tools/mknod /dev/disk b 254 0
		busybox mount -t ext2 -o ro /dev/disk /new-root
		cd /new-root
		/tools/pivot_root . initrd
		exec /initrd/tools/chroot . /sbin/init <dev/console >dev/console 2>&1
	END
	# the chroot behind it is ours: another one's libraries are out of reach
	[[ $WHOSE == tools ]] || sed -i "s,^/tools/,/$WHOSE/," "$1/linuxrc"
}

# The real root's init: frees the RAM disk, tells how that went, and becomes
# testinit.
freeing() { # TREE of the real root
	tools "$1" umount freeramdisk mknod
	before_testinit "$1" <<-'END'
		busybox mount -t tmpfs none /dev
		/tools/mknod /dev/ttyS1 c 4 65
		/tools/mknod -m 600 /dev/ram0 b 1 0
		/tools/freeramdisk /dev/ram0 2>/dev/null; busy=$?
		/tools/umount /initrd; umounted=$?
		/tools/freeramdisk /dev/ram0; freed=$?
		echo "FACT tools=busy=$busy umount=$umounted freed=$freed" >/dev/ttyS1
	END
}

@test "pivot_root, exec chroot, umount and freeramdisk as the kernel document has them" {
	local WHOSE	# those of util-linux and coreutils, and ours
	for WHOSE in real tools; do
		another
		kernel   classic
		contract ram0
		image    tree=document
		disk     vda ext2 console=yes tree=freeing
		cmdline  "$RAM0"
		boot
		expect   init "/sbin/testinit pid=1 cwd=/ fds=0,1,2"
		expect   root "/dev/disk ext2 ro"
		exactly  tools "busy=1 umount=0 freed=0"
		refute   mount "/initrd *"
	done
}

# An initramfs script that ends in switch_root; $try makes it fail first.
switching() { # TREE of the initramfs
	tools "$1" switch_root
	real_tools "$1" switch_root
	mkdir -p "$1/proc" "$1/sys" "$1/dev" "$1/new-root" "$1/deep/er"
	: >"$1/deep/er/file"
	mv "$1/init" "$1/linuxrc.real"
	script "$1" init <<-'END'
		busybox mount -t proc proc /proc
		busybox mount -t sysfs sys /sys
		busybox mount -t devtmpfs dev /dev
		for module in virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk; do
			file=$(busybox find /lib/modules -name "$module.ko")
			[ -z "$file" ] || busybox insmod "$file"
		done
		(/tools/switch_root /new-root /sbin/init)
		busybox mount -t ext2 -o ro /dev/vda /new-root
		/tools/switch_root /new-root /sbin/init
		(exec /tools/switch_root /nowhere /sbin/init)
		exec /tools/switch_root -c /dev/console /new-root /sbin/init a b
	END
	# that of util-linux asks nobody who it is, and knows no -c
	[[ $WHOSE == tools ]] || sed -i "s,/tools/,/$WHOSE/,; /^[^e].*switch_root/d; s, -c /dev/console,," "$1/init"
}

@test "switch_root moves the mounts, empties the initramfs and runs init as PID 1" {
	local which WHOSE
	for which in real/classic tools/classic tools/modern; do
		WHOSE=${which%/*}
		another
		kernel   "${which#*/}"
		image    tree=switching
		disk     vda ext2
		cmdline  "testinit=rootfs"
		boot
		[[ $WHOSE == real ]] || expect console "switch_root: only PID 1 can do this"
		expect   init "/sbin/init pid=1 argv=/sbin/init,a,b cwd=/ fds=0,1,2"
		expect   root "/dev/vda ext2 ro"
		exactly  mounts "/proc /sys /dev /"
		exactly  rootfs "plain entries="
	done
}

# -------------------------------------------------------------------- disks

disks() { # TREE of the real root
	tools "$1" mount umount losetup blkid findfs blockdev
	mkdir -p "$1/a" "$1/b"
	cp "$KERNELS/$KERNEL/modules/lib/modules/$(kernel_release "$KERNEL")/$(kernel_module_paths "$KERNEL" loop)" "$1" || return 1
	mke2fs -q -L inner "$1/image" 2M >/dev/null || return 1
	before_testinit "$1" <<-'END'
		{ $t/findfs LABEL=data; $t/findfs PARTUUID=deadbeef-02; $t/findfs UUID=11111111-2222-4333-8444-555555555555; } | tell findfs
		$t/blkid -s LABEL -s PARTUUID -s TYPE /dev/vdb2 | tell blkid
		echo $($t/blkid -o device) | tell devices
		busybox insmod /loop.ko 2>&1 | tell trouble
		$t/mount -o noatime LABEL=data /a 2>&1 | tell trouble
		$t/mount /image /b 2>&1 | tell trouble
		echo kept >/b/file
		$t/mount -t ext2,ext4 | tell shown
		$t/losetup | tell losetup
		$t/umount /b; $t/losetup -a | tell left
		loop=$($t/losetup -f --show -r /image)
		$t/blockdev --getro --getsz $loop | tell blockdev
		$t/mount -r $loop /b && busybox cat /b/file | tell file
		$t/umount $loop; $t/losetup -d $loop; $t/losetup -a | tell left
		$t/umount /a
	END
}

@test "mount, losetup, blkid and findfs over tags, partitions and image files" {
	tagged_disks 24 disks
	boot
	expect   findfs "/dev/vdb2"
	expect   findfs "/dev/vda"
	exactly  blkid '/dev/vdb2: LABEL="data" TYPE="ext2" PARTUUID="deadbeef-02"'
	expect   devices "/dev/vda /dev/vdb2"
	refute   trouble
	expect   shown "/dev/vdb2 on /a type ext2 (rw,noatime*"
	expect   shown "/dev/loop0 on /b type ext2 (rw,relatime*"
	expect   losetup "/dev/loop0: *:* (/image)"
	refute   left
	expect   blockdev "1"
	expect   blockdev "4096"
	exactly  file "kept"
}

# ------------------------------------------------------------------ modules

modules() { # TREE of the real root
	tools "$1" lsmod rmmod insmod modprobe
	kernel_put_modules "$KERNEL" "$1" virtio_rng loop brd
	mkdir -p "$1/etc/modprobe.d"
	echo "options loop max_loop=3" >"$1/etc/modprobe.d/loop.conf"
	before_testinit "$1" <<-'END'
		cd /lib/modules/*/kernel/drivers || exit
		has() { $t/lsmod | busybox grep -c "^$1 "; }
		$t/lsmod | while read -r name size users by; do
			[ "$name" != virtio_ring ] || echo "$name $users by=$by"
		done | tell lsmod
		$t/rmmod virtio-blk 2>&1 | tell rmmod
		$t/rmmod nonsense 2>&1 | tell rmmod
		$t/modprobe -v virtio:d00000004v00001AF4 2>&1 | tell modprobe
		$t/modprobe loop max_part=7 2>&1 | tell trouble
		echo "$(busybox cat /sys/module/loop/parameters/max_loop) $(busybox cat /sys/module/loop/parameters/max_part)" | tell loop
		$t/modprobe nonsens 2>&1 | tell modprobe
		$t/insmod block/brd.ko rd_nr=2 rd_size=1024 2>&1 | tell trouble
		$t/insmod block/brd.ko 2>&1 | tell insmod
		busybox ls -d /sys/block/ram* | busybox wc -l | tell rams
		$t/rmmod block/brd.ko 2>&1 | tell trouble
		$t/modprobe -r virtio-rng loop 2>&1 | tell trouble
		echo "$(has virtio_rng) $(has rng_core) $(has loop) $(has brd)" | tell left
	END
}

@test "lsmod, rmmod, insmod and modprobe: names, aliases, parameters and what is in use" {
	kernel   stock
	device   "virtio-rng-pci"
	disk     vda ext4 size=24 tree=modules
	cmdline  "root=/dev/vda"
	boot
	refute   trouble
	expect   lsmod "virtio_ring by=*virtio_blk*"
	expect   rmmod "rmmod: virtio_blk: in use by a device, a file system or another module"
	expect   rmmod "rmmod: nonsense: this module is not loaded"
	expect   modprobe "loaded virtio_rng"
	exactly  loop "3 7"
	expect   modprobe "modprobe: module nonsens: *"
	expect   insmod "insmod: brd: this module is loaded already"
	exactly  rams "2"
	exactly  left "0 0 0 0"
}
