#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The recipes of conf/recipes as they are: each makes its image, which holds
# what the recipe says, and boots as it is meant to.

load ../house
load ../tools

# recipe NAME [VARIABLE=VALUE...]: its image for the sheet's kernel, in
# $VM_ROOT/NAME.img, with more OPTIONS; what it says is left in $VM_ROOT/said.
recipe() {
	local name=$1
	shift
	set -- "LINUXRC=$(binary linuxrc)" "$@"
	env MKINITRD="$BUILD/mkinitrd" OUT="$VM_ROOT/$name.img" \
		KERNEL="$(kernel_release "$KERNEL")" \
		MODULES="$KERNELS/$KERNEL/modules/lib/modules" \
		"$@" "$TOP/conf/recipes/$name" "${OPTIONS[@]}" 2>"$VM_ROOT/said"
}

# The files of an image, without what leads to them: linuxrc init virtio_blk.ko
names() { # IMAGE
	"$BUILD/mkinitrd" --list "$1" | sed -n 's/ ->.*//; /^[-lc]/s,.*[ /],,p'
}

# holds IMAGE NAME...: these files are in it.
holds() {
	local image=$1 name
	shift
	for name; do
		names "$image" | grep -Fqx -- "$name" ||
			{ echo "$name is not in $image" >&2; return 1; }
	done
}

# lacks IMAGE NAME...: none of them is.
lacks() {
	local image=$1 name
	shift
	for name; do
		! names "$image" | grep -Fqx -- "$name" ||
			{ echo "$name is in $image" >&2; return 1; }
	done
}

# content IMAGE PATH: of one file in it.
content() {
	rm -rf "$VM_ROOT/content"
	"$BUILD/mkinitrd" --extract "$1" -C "$VM_ROOT/content" 2>/dev/null
	cat "$VM_ROOT/content/$2"
}

# Its size is held by the same image in 64-size.
@test "virtio-machine: six drivers and nothing else, and it boots Debian's kernel" {
	kernel   stock
	recipe   virtio-machine ROOT=LABEL=ROOT LINUXRC=
	[[ ! -s $VM_ROOT/said ]]
	local image=$VM_ROOT/virtio-machine.img
	[[ $(content "$image" etc/linuxrc.conf) == root=LABEL=ROOT ]]
	holds    "$image" linuxrc init console
	[[ $(names "$image" | grep -c '\.ko$') == 6 ]]
	"$BUILD/mkinitrd" --extract "$image" -C "$VM_ROOT/core" 2>/dev/null
	cmp      "$VM_ROOT/core/linuxrc" "$BUILD/linuxrc-core"

	image    file="$image"
	disk     vda ext4 label=ROOT
	boot
	expect   init "/sbin/init pid=1 argv=/sbin/init fds=0,1,2"
	expect   root "/dev/vda ext4 ro"
}

@test "virtio-machine: another disk, another file system, and options of mkinitrd" {
	kernel   stock
	recipe   virtio-machine "DISK=virtio_scsi sd_mod" FS=xfs
	holds    "$VM_ROOT/virtio-machine.img" virtio_scsi.ko sd_mod.ko xfs.ko
	lacks    "$VM_ROOT/virtio-machine.img" virtio_blk.ko
	# what an option needs is there
	OPTIONS=(--rescue)
	recipe   virtio-machine LINUXRC=
	"$BUILD/mkinitrd" --extract "$VM_ROOT/virtio-machine.img" \
		-C "$VM_ROOT/whole" 2>/dev/null
	cmp      "$VM_ROOT/whole/linuxrc" "$BUILD/linuxrc"
	OPTIONS=()
	run      recipe virtio-machine KERNEL=6.1.0-none
	[[ $status == 1 ]]
	grep -q "6.1.0-none/modules.dep is not there" "$VM_ROOT/said"
}

# One image, of which no byte differs, and a file for each machine behind it.
@test "common: one image boots two machines, of which one file differs" {
	local common=$VM_ROOT/common.img
	kernel   classic
	recipe   common
	grep -q "has no module .*: left out" "$VM_ROOT/said"
	holds    "$common" linuxrc virtio_blk.ko ata_piix.ko sd_mod.ko nvme.ko \
		btrfs.ko ext4.ko vfat.ko
	lacks    "$common" linuxrc.conf
	for machine in web1 "db 1"; do
		"$TOP/conf/recipes/machine" "$VM_ROOT/machine.img" \
			"root=LABEL=$machine" "rootflags=nodiscard,commit=7"
		cat "$common" "$VM_ROOT/machine.img" >"$VM_ROOT/both.img"

		another
		kernel   classic
		image    file="$VM_ROOT/both.img"
		if [[ $machine == web1 ]]; then
			disk vda ext4 label=web1
		else
			disk sda ext4 label="db 1"
		fi
		disk     vdb ext4 label=other
		boot
		expect   root "ext4 ro super=*commit=7*"
		expect   disk "$([[ $machine == web1 ]] && echo vda || echo sda)"
	done
}

@test "nfs-client: NFS and network cards, and where the root is; what a kernel lacks is named" {
	kernel   stock
	recipe   nfs-client NFSROOT=10.0.2.2:/srv/root,vers=3
	local image=$VM_ROOT/nfs-client.img
	holds    "$image" nfs.ko nfsv3.ko nfsv4.ko sunrpc.ko virtio_net.ko
	[[ $(content "$image" etc/linuxrc.conf) == "root=/dev/nfs
ip=dhcp
nfsroot=10.0.2.2:/srv/root,vers=3" ]]
	grep -q "^nfs-client: Linux $(kernel_release stock) has no module e1000 " "$VM_ROOT/said"

	kernel   i386
	recipe   nfs-client NICS="e1000 8139cp" IP=eth0:dhcp
	holds    "$image" nfs.ko e1000.ko 8139cp.ko
	lacks    "$image" tg3.ko
	[[ $(content "$image" etc/linuxrc.conf) == "root=/dev/nfs
ip=eth0:dhcp" ]]
	[[ ! -s $VM_ROOT/said ]]
}

# Its root is a disk's here: what is shown is that the image has all that the
# network needs.
@test "nfs-client: with the image's drivers and ip=dhcp the network is up" {
	kernel   stock
	OPTIONS=(-m virtio_blk -m ext4)
	recipe   nfs-client NFSROOT=/srv/root
	image    file="$VM_ROOT/nfs-client.img"
	nic      user,model=virtio-net-pci
	disk     vda ext4
	cmdline  "root=/dev/vda"
	boot
	expect   root "/dev/vda ext4 ro"
	expect   netconf "PROTO='dhcp'"
	expect   netconf "IPV4ADDR='10.0.2.15'"
}

@test "rescue-disk: the menu comes with a shell and its tools, and then a root" {
	kernel   classic
	recipe   rescue-disk
	local image=$VM_ROOT/rescue-disk.img
	holds    "$image" busybox sh e2fsck mke2fs sfdisk blkid virtio_blk.ko

	image    file="$image"
	disk     vda ext4 label=ROOT
	answer   "the name of a system: " "shell"
	answer   "/ # " "/sbin/modprobe virtio_pci; /sbin/modprobe ext4; blkid -s LABEL /dev/vda; e2fsck -n /dev/vda; sfdisk --version"
	answer   "sfdisk from" "/sbin/mount -r LABEL=ROOT /mnt && cat /mnt/etc/disk && /sbin/umount /mnt; exit"
	answer   "the name of a system: " "vda"
	answer   "Number, or Enter to go back: " "start"
	boot
	expect   console '/dev/vda: LABEL="ROOT"'
	expect   console "ROOT: clean, "
	expect   console "sfdisk from util-linux"
	found    console "vda"
	expect   root "/dev/vda ext4 ro"
	expect   init "pid=1 fds=0,1,2"
	exactly  processes 0
}

# ---------------------------------------------------------------- installer

# The system on the medium: puts a root on the empty disk, and has mkinitrd
# make the image of this machine.
installing() { # TREE of the medium
	local system=$VM_ROOT/tree.system
	root_tree "$system" "$(binary testinit)" inner
	tools    "$system" mount umount
	cp "$BUILD/mkinitrd" "$system/tools/"
	ln -s ../tools/linuxrc "$system/sbin/modprobe"	# the kernel calls it
	mkdir -p "$system/host" "$system/target" "$system/lib"
	cp -r "$KERNELS/$KERNEL/modules/lib/modules" "$system/lib/"
	before_testinit "$system" <<-'END'
	{
		cd /
		busybox cat /host/readme
		$t/mount -o rw LABEL=TARGET /target
		for name in dev proc sys run sbin etc boot initrd; do
			busybox mkdir -p /target/$name
		done
		busybox cp /sbin/testinit /target/sbin/init
		echo installed >/target/etc/disk
		TMPDIR=/run $t/mkinitrd -o /target/boot/initrd.img -z none --host \
			--root LABEL=TARGET
		echo "mkinitrd $?"
		$t/umount /target
	} 2>&1 | tell installer
	busybox sync
	END
	mkdir -p "$1/install"
	rm -rf "$1"/{dev,proc,sys,run,initrd,etc,sbin,tmp,mnt}
	echo "the medium" >"$1/readme"
	mksquashfs "$system" "$1/install/system.squashfs" -quiet -no-progress \
		-all-root -comp gzip >/dev/null
}

# An empty file system for the installer to fill.
empty() { rm -rf "$1"/*; }

@test "installer: finds its medium, installs, and the image that it made boots the machine" {
	kernel   classic
	recipe   installer
	local image=$VM_ROOT/installer.img
	holds    "$image" linuxrc isofs.ko overlay.ko loop.ko sd_mod.ko
	[[ $(content "$image" etc/linuxrc.conf) == "root=LABEL=INSTALL
ro
linuxrc.image=/install/system.squashfs
linuxrc.overlay=tmpfs" ]]
	image    file="$image"
	disk     vda iso9660 label=INSTALL tree=installing
	disk     vdb ext4 label=TARGET size=24 tree=empty keep=yes
	boot
	expect   root "overlay overlay rw"
	expect   disk inner
	exactly  installer "the medium
mkinitrd 0"

	debugfs -R "dump /boot/initrd.img $VM_ROOT/initrd.img" "$VM_ROOT/vdb.kept" 2>/dev/null
	another
	kernel   classic
	image    file="$VM_ROOT/initrd.img"
	disk     vdb again
	boot
	expect   root "/dev/vda ext4 ro"
	exactly  disk installed
}

live() { # TREE of the medium
	rm -rf "$1"/*
	put_image "$1" install/system.squashfs squashfs
}

# A CD in the drive is looked at before a USB stick is.
@test "installer on Debian's kernel for PCs: a USB stick by another name, with another CD in the drive" {
	kernel   i386
	recipe   installer MEDIUM=LABEL=STICK MORE=e1000
	holds    "$VM_ROOT/installer.img" e1000.ko
	image    file="$VM_ROOT/installer.img"
	device   "qemu-xhci"
	disk     vda iso9660 label=INSTALL device=ide-cd
	disk     vdb vfat label=STICK tree=live device=usb-storage
	boot
	expect   root "overlay overlay rw"
	expect   disk inner
	expect   module sr_mod
	expect   module usb_storage
	expect   console "find the root device: sda, vfat"
}
