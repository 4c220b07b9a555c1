#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Images of mkinitrd: each is booted by the kernels that can, and what came of
# it is told by the real root.

load ../house
load ../tools

@test "a virtio machine's initramfs boots Debian's kernel: -m and --root in one command" {
	kernel   stock
	disk     vda ext4 label=ROOT
	image    mkinitrd="-m virtio_pci -m virtio_blk -m ext4 --root LABEL=ROOT"
	cmdline  "ro"
	boot
	expect   init "/sbin/init pid=1 argv=/sbin/init fds=0,1,2"
	expect   root "/dev/vda ext4 ro"
	expect   module virtio_blk
}

@test "modules without signatures load, and the kernel says what it is" {
	kernel   stock
	disk     vda ext4 label=ROOT
	image    mkinitrd="-m virtio_pci -m virtio_blk -z none --unsigned"
	cmdline  "root=LABEL=ROOT ro"
	boot
	expect   root "/dev/vda ext4 ro"
	expect   console "module verification failed: signature and/or required key missing - tainting kernel"
}

@test "a kernel that insists on signatures: the image without them is explained" {
	kernel   stock
	disk     vda ext4 label=ROOT
	image    mkinitrd="-m virtio_pci -m virtio_blk --unsigned"
	cmdline  "root=LABEL=ROOT ro rootwait=2 module.sig_enforce=1 linuxrc.onfail=poweroff"
	boot
	expect   console "module virtio_ring: it is not signed, and this kernel takes only signed ones -- take the module that was signed with this kernel; strip(1) and mkinitrd --unsigned cut it off"
	expect   console "LABEL=ROOT: not there"
	expect   end "silent:"
}

@test "modules that the kernel has as .ko.xz are plain in the image; -z zstd" {
	kernel   newest
	disk     vda ext4 label=ROOT
	image    mkinitrd="-m virtio_blk -m ext4 -z zstd"
	cmdline  "root=LABEL=ROOT ro"
	boot
	expect   root "/dev/vda ext4 ro"
	expect   module virtio_blk
}

@test "-z xz, for a 32-bit kernel whose ext4 wants a checksum beside it" {
	kernel   i386
	disk     sda ext4 label=ROOT
	image    mkinitrd="-m ata_piix -m sd_mod -m ext4 -z xz"
	cmdline  "root=LABEL=ROOT ro"
	boot
	expect   root "/dev/sda ext4 ro"
	expect   module crc32c_generic
}

# ---------------------------------------------------------------- formats

# Everything that an image can hold, at the sizes where a block more is needed,
# and a list of sums that the initrd's own shell checks.
every_size() { # TREE
	local size
	mkdir -p "$1"/{bin,files/deep/er,many,sticky}
	cp "$(command -v busybox)" "$1/bin/busybox"
	cp "$BUILD/linuxrc" "$1/bin/linuxrc"
	ln -s busybox "$1/bin/sh"
	for size in 0 1 59 60 1023 1024 1025 4096 7168 7169 12288 12289 \
		274432 274433 531456 531457 700000; do
		head -c "$size" /dev/urandom >"$1/files/$size"
	done
	head -c 5000 /dev/zero >"$1/files/deep/er/zeros"
	for size in {1..120}; do echo "$size" >"$1/many/a-file-with-a-name-$size"; done
	ln -s "$(printf 'x%.0s' {1..59})" "$1/files/link59"
	ln -s "$(printf 'y%.0s' {1..60})" "$1/files/link60"
	ln -s ../deep/er/zeros "$1/files/deep/link"
	mkfifo "$1/files/pipe"
	chmod 750 "$1/files/deep"; chmod 1777 "$1/sticky"; chmod 4711 "$1/files/1"
	( cd "$1" && find . -type f ! -name sums -exec sha256sum {} + >sums )
}

# /linuxrc: looks at everything, then goes on as the real one.
checking_linuxrc() {
	cat >"$VM_ROOT/check" <<-'END'
	#!/bin/sh
	export PATH=/bin
	cd / || exit
	busybox sha256sum -c /sums | busybox grep -v ': OK$'
	echo "checked $(busybox wc -l </sums) files"
	busybox stat -c 'checked %n %f %u %g %t,%T' dev/console dev/initrd sticky files/deep files/1 files/pipe
	echo "checked $(busybox readlink files/link59) $(busybox readlink files/link60) $(busybox readlink files/deep/link)"
	echo "checked $(echo many/* | busybox wc -w) names, $(busybox find . -xdev | busybox wc -l) in all"
	exec /bin/linuxrc
	END
	chmod 755 "$VM_ROOT/check"
}

# boots_as FORMAT OPTION...: it holds what it should, and gets to the real root.
boots_as() {
	local format=$1
	shift
	checking_linuxrc
	kernel   classic
	contract linuxrc
	disk     vda ext4 label=ROOT
	image    binary="$VM_ROOT/check" tree=every_size mkinitrd="-f $format -m virtio_pci -m virtio_blk -m ext4 $*"
	cmdline  "root=LABEL=ROOT ro"
	boot
	expect   root "/dev/vda ext4 ro"
	refute   console ": FAILED"
	refute   console "sha256sum: "
	expect   console "checked 140 files"
	expect   console "checked $(printf 'x%.0s' {1..59}) $(printf 'y%.0s' {1..60}) ../deep/er/zeros"
	expect   console "checked 120 names, 191 in all"
}

keeps_modes() { # MODES of sticky, files/deep, files/1, files/pipe
	expect   console "checked dev/console 2180 0 0 5,1"
	expect   console "checked dev/initrd 6100 0 0 1,fa"
	expect   console "checked sticky 43ff 0 0 0,0"
	expect   console "checked files/deep 41e8 0 0 0,0"
	expect   console "checked files/1 89c9 0 0 0,0"
	expect   console "checked files/pipe 11a4 0 0 0,0"
}

@test "-f ext2: the classic initrd of the kernel's document" {
	boots_as ext2
	expect   console "RAMDISK: gzip image found at block 0"
	keeps_modes
}

@test "-f ext2 -z none: the kernel knows it by sight" {
	boots_as ext2 -z none
	expect   console "RAMDISK: ext2 filesystem found at block 0"
	keeps_modes
}

@test "-f minix" {
	boots_as minix -z none
	expect   console "RAMDISK: Minix filesystem found at block 0"
	keeps_modes
}

@test "-f romfs: read-only, without owners, and with modes of its own" {
	boots_as romfs -z none
	expect   console "RAMDISK: romfs filesystem found at block 0"
	expect   console "checked dev/console 2180 0 0 5,1"
	expect   console "checked dev/initrd 6180 0 0 1,fa"
}

@test "-f cramfs" {
	boots_as cramfs
	expect   console "RAMDISK: cramfs filesystem found at block 0"
	keeps_modes
}

@test "-f squashfs" {
	boots_as squashfs
	expect   console "RAMDISK: squashfs filesystem found at block 0"
	keeps_modes
}

# ---------------------------------------------------------------- rescue

@test "--rescue: the question offers a shell, and its tools are there" {
	kernel   classic
	image    mkinitrd="-m virtio_pci -m virtio_blk --rescue"
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1"
	answer   "  shell" "shell"
	answer   "/ # " "echo disk: \$(ls /dev | grep vd); exit"
	answer   "Number, or" "root=/dev/vda"
	boot
	expect   console "disk: vda"
	expect   root "/dev/vda ext2 ro"
}

@test "without --rescue nobody gets a shell" {
	kernel   classic
	image    mkinitrd="-m virtio_pci -m virtio_blk"
	disk     vda ext2
	cmdline  "root=/dev/vdx rootwait=1"
	answer   "Number, or" "root=/dev/vda"
	boot
	refute   console "  shell"
	expect   root "/dev/vda ext2 ro"
}

# ---------------------------------------------------------------- devices

# A real root that has mkinitrd, linuxrc beside it, and the kernel's modules.
builder() { # TREE
	tools "$1"
	cp "$BUILD/mkinitrd" "$BUILD/linuxrc" "$1/tools/"
	mkdir -p "$1/lib" "$1/mnt" "$1/etc/modprobe.d"
	printf 'options virtio_blk queue_depth=16\noptions e1000 x=1\nsoftdep ext4 post: loop\n' \
		>"$1/etc/modprobe.d/local.conf"
	cp -r "$KERNELS/$KERNEL/modules/lib/modules" "$1/lib/"
	before_testinit "$1" <<-'END'
	export TMPDIR=/tmp
	busybox mount -t proc proc /proc 2>/dev/null
	busybox mount -t sysfs sys /sys 2>/dev/null
	busybox mount -t devtmpfs dev /dev 2>/dev/null
	busybox mount -t tmpfs tmp /tmp
	cd /tmp
	$t/mkinitrd -o /dev/ram1 -f ext2 -z none 2>&1; echo "written $?" | tell made
	busybox mount -t ext2 /dev/ram1 /mnt && busybox cmp /mnt/linuxrc $t/linuxrc && echo same | tell content
	$t/mkinitrd -o /dev/ram1 -f ext2 -z none 2>&1 | tell mounted
	busybox umount /mnt
	busybox sha256sum </dev/ram1 >before
	busybox dd if=/dev/urandom of=big bs=1M count=17 2>/dev/null
	$t/mkinitrd -o /dev/ram1 -z none --add /tmp/big 2>&1 | tell large
	busybox sha256sum </dev/ram1 | busybox cmp - before && echo same | tell untouched
	$t/mkinitrd -o image --host 2>&1 | tell host
	$t/mkinitrd --list image | busybox sed -n 's,.*/\([a-z0-9_]*\)\.ko$,\1,p' | tell hosted
	echo $(busybox ls -A /tmp) | tell left
	END
}

@test "inside a machine: a device is written in place if it fits and is not in use; --host finds what the machine has" {
	kernel   classic
	disk     vda ext4 label=ROOT tree=builder size=48
	cmdline  "root=LABEL=ROOT rw"
	boot
	expect   made "written 0"
	expect   content "same"
	expect   mounted "mkinitrd: /dev/ram1: *busy -- it is in use: unmount it first"
	expect   large "mkinitrd: /dev/ram1 has 16777216 bytes, the image *: nothing was written"
	expect   untouched "same"
	expect   host "mkinitrd: /etc/modprobe.d/local.conf:1 is in the image: options virtio_blk queue_depth=16"
	expect   host "mkinitrd: /etc/modprobe.d/local.conf:3 is in the image: softdep ext4 post: loop"
	refute   host "e1000"
	expect   hosted "loop"
	expect   hosted "virtio_pci"
	expect   hosted "virtio_blk"
	expect   hosted "ext4"
	refute   hosted "btrfs"
	exactly  left "before big image"
}

# The real root's own machine: an image for it, with more to choose from than it
# needs, is written to the disk vdb.
unsigned_builder() { # TREE
	tools "$1"
	cp "$BUILD/mkinitrd" "$1/tools/"
	mkdir -p "$1/tmp"
	kernel_put_modules "$KERNEL" "$1" virtio_pci virtio_blk btrfs e1000 loop
	before_testinit "$1" <<-'END'
	export TMPDIR=/tmp
	busybox mount -t proc proc /proc
	busybox mount -t sysfs sys /sys
	busybox mount -t devtmpfs dev /dev
	busybox mount -t tmpfs tmp /tmp
	cd /tmp
	$t/mkinitrd -o image --host --unsigned --root LABEL=ROOT 2>&1 | tell said
	busybox cat image >/dev/vdb && busybox sync
	busybox wc -c <image | tell size
	$t/mkinitrd --list image | busybox sed -n 's,.*/\([a-z0-9_]*\)\.ko$,\1,p' | tell hosted
	END
}

@test "--host --unsigned, made on a machine, boots that very machine: its modules only, without signatures" {
	kernel   stock
	disk     vda ext4 label=ROOT tree=unsigned_builder size=64
	disk     vdb none size=4 keep=yes
	cmdline  "root=LABEL=ROOT rw"
	boot
	refute   said
	expect   hosted "virtio_pci"
	expect   hosted "virtio_blk"
	refute   hosted "btrfs"
	refute   hosted "e1000"
	head -c "$(fact size)" "$VM_ROOT/vdb.kept" >"$VM_ROOT/made"
	another
	kernel   stock
	disk     vda ext4 label=ROOT
	image    file="$VM_ROOT/made"
	cmdline  "ro"
	boot
	expect   init "/sbin/init pid=1"
	expect   root "/dev/vda ext4 ro"
	expect   module virtio_blk
	expect   console "module verification failed: signature and/or required key missing - tainting kernel"
}
