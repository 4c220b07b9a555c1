#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Drivers: which modules are loaded for the devices that are there and for those
# that come later, in every form of a module's file, with their parameters; and
# what is said of one that cannot be loaded. On the stock and the newest kernel
# NVMe and ext4 are built in: a root that no module can take away.
load ../house

VIRTIO=virtio_pci,virtio_blk

# How many lines of the console have TEXT.
count() { # TEXT
	console | grep -cF -- "$1" || :
}

# ---------------------------------------------------------------- which ones

@test "virtio: the bridge's driver shows the disk, whose driver is found in turn" {
	kernel   classic
	image    modules=$VIRTIO,ata_piix,sd_mod,loop,ext4
	disk     vda ext2
	cmdline  "root=/dev/vda"
	boot
	expect   disk vda
	expect   module virtio_pci
	expect   module virtio_blk
	refute   module loop
	refute   module ext4
}

@test "ATA: controller, SCSI disk, partition, and the file system at last" {
	kernel   classic
	image    modules=$VIRTIO,ata_piix,sd_mod,ext4
	disk     sda ext4 part=mbr number=2 partuuid=cafe0042-02
	cmdline  "root=PARTUUID=cafe0042-02"
	boot
	expect   disk sda
	expect   root "/dev/sda2 ext4 ro"
	expect   module ata_piix
	expect   module sd_mod
	refute   module virtio_blk
}

@test "NVMe that is plugged in late: its driver is loaded by the uevent" {
	kernel   i386
	image    modules=nvme,ext4
	disk     nvme0n1 ext4 part=gpt number=2 partlabel=sys late=2
	cmdline  "root=PARTLABEL=sys"
	boot
	expect   disk nvme0n1
	expect   root "/dev/nvme0n1p2 ext4 ro"
	expect   module nvme
	expect   module ext4
}

@test "USB: host, hub and stick one after the other" {
	kernel   i386
	image    modules=xhci_pci,usb_storage,sd_mod,ext4,$VIRTIO
	device   qemu-xhci
	disk     sda ext4 label=STICK device=usb-storage
	cmdline  "root=LABEL=STICK"
	boot
	expect   disk sda
	expect   root "/dev/sda ext4 ro"
	expect   module usb_storage
}

@test "only what a root can need is loaded, although the image has more" {
	kernel   stock
	image    modules=+button,qemu_fw_cfg,virtio_rng
	device   virtio-rng-pci
	disk     vda ext4
	cmdline  "root=/dev/vda"
	boot
	expect   module virtio_blk
	refute   module button
	refute   module qemu_fw_cfg
	refute   module virtio_rng
}

@test "linuxrc.coldplug=all: the driver of every device" {
	kernel   stock
	image    modules=+button,qemu_fw_cfg,virtio_rng,xfs
	device   virtio-rng-pci
	disk     vda ext4
	cmdline  "root=/dev/vda linuxrc.coldplug=all"
	boot
	expect   module virtio_blk
	expect   module button
	expect   module qemu_fw_cfg
	expect   module virtio_rng
	refute   module xfs
}

@test "linuxrc.coldplug=none loads nothing" {
	kernel   stock
	image    modules=$VIRTIO
	disk     vda ext4
	disk     nvme0n1 ext4
	cmdline  "root=/dev/nvme0n1 linuxrc.coldplug=none"
	boot
	expect   disk nvme0n1
	refute   module
}

@test "linuxrc.nomodules loads nothing" {
	kernel   stock
	image    modules=$VIRTIO
	disk     vda ext4
	disk     nvme0n1 ext4
	cmdline  "root=/dev/nvme0n1 linuxrc.nomodules"
	boot
	expect   disk nvme0n1
	refute   module
}

@test "linuxrc.coldplug= typed at the question: the drivers are loaded then" {
	kernel   classic
	image    modules=$VIRTIO,ext4
	disk     vda ext4
	cmdline  "root=/dev/vda rootwait=0 linuxrc.nomodules"
	answer   "Number, or an option" "linuxrc.coldplug=storage"
	boot
	expect   console "root=/dev/vda: not there after 0 s -- saw no block device"
	expect   disk vda
	expect   module virtio_blk
}

@test "modprobe.blacklist= and module_blacklist= keep drivers out, with - or _" {
	kernel   stock
	image    modules=$VIRTIO,ata_piix,sd_mod
	disk     vda ext4 label=ROOT
	disk     sda ext4 label=ROOT
	disk     nvme0n1 ext4 label=ROOT
	cmdline  "root=LABEL=ROOT modprobe.blacklist=no,virtio-pci module_blacklist=ata_piix"
	boot
	expect   disk nvme0n1
	expect   console "linuxrc: module virtio_pci is left out: modprobe.blacklist= names it"
	expect   console "linuxrc: module ata_piix is left out: module_blacklist= names it"
	refute   module virtio_pci
	refute   module virtio_blk
	refute   module ata_piix
}

# ---------------------------------------------------------------- files

# Modules of the image compressed and renamed; depmod cannot read all of these
# formats, so the index is changed by hand.
packed() { # TREE PROGRAM SUFFIX GLOB
	local file dir
	dir=$1/lib/modules/$(kernel_release "$KERNEL")
	while read -r file; do
		$2 <"$file" >"$file.$3" && rm "$file" || return 1
		sed -i "s|\\b${file#"$dir/"}\\b|&.$3|g" "$dir/modules.dep"
	done < <(find "$dir" -name "$4.ko")
}

as_gz() { packed "$1" "gzip -n" gz "*"; }
blk_as_xz() { packed "$1" "xz --check=crc32" xz virtio_blk; }
blk_as_zst() {
	find "$1" -name 'virtio_blk.ko.xz' -exec unxz {} + &&
		sed -i 's|virtio_blk.ko.xz|virtio_blk.ko|' \
			"$1/lib/modules/$(kernel_release "$KERNEL")/modules.dep" &&
		packed "$1" "zstd -q" zst virtio_blk
}

@test ".ko.gz: inflated here, for kernels that cannot" {
	kernel   classic
	image    modules=$VIRTIO,ext4 tree=as_gz
	disk     vda ext4
	cmdline  "root=/dev/vda"
	boot
	expect   disk vda
	expect   module virtio_blk
	expect   module ext4
}

@test ".ko.xz: inflated by the newest kernel" {
	kernel   newest
	disk     vda ext4 label=ROOT
	cmdline  "root=LABEL=ROOT"
	boot
	expect   disk vda
	expect   module virtio_blk
	[[ -n $(find "$KERNELS/newest/modules/" -name virtio_blk.ko.xz) ]]
}

@test ".ko.xz and a kernel that cannot inflate: the sentence says what to do" {
	kernel   stock
	image    modules=$VIRTIO tree=blk_as_xz
	disk     vda ext4
	disk     nvme0n1 ext4 label=ROOT
	cmdline  "root=LABEL=ROOT"
	boot
	expect   console "linuxrc: module virtio_blk: the kernel cannot decompress kernel/drivers/block/virtio_blk.ko.xz -- store it uncompressed in the image, or use a kernel with CONFIG_MODULE_DECOMPRESS and CONFIG_MODULE_COMPRESS_XZ"
	expect   disk nvme0n1
	refute   module virtio_blk
	expect   module virtio_pci
}

@test ".ko.zst and a kernel that inflates .xz only: the same sentence" {
	kernel   newest
	image    modules=$VIRTIO tree=blk_as_zst
	disk     vda ext4
	disk     nvme0n1 ext4 label=ROOT
	cmdline  "root=LABEL=ROOT"
	boot
	expect   console "linuxrc: module virtio_blk: the kernel cannot decompress kernel/drivers/block/virtio_blk.ko.zst -- store it uncompressed in the image, or use a kernel with CONFIG_MODULE_DECOMPRESS and CONFIG_MODULE_COMPRESS_ZSTD"
	expect   disk nvme0n1
}

# ---------------------------------------------------------------- parameters

# The real root tells a module's parameter before testinit goes on.
tells_parameter() { # TREE
	mkdir "$1/bin" && mv "$1/sbin/init" "$1/sbin/testinit" &&
		cp "$(command -v busybox)" "$1/bin/busybox" || return 1
	cat >"$1/sbin/init" <<-'END'
		#!/bin/busybox sh
		read value </sys/module/virtio_blk/parameters/queue_depth
		echo "FACT parameter=queue_depth=$value" >/dev/ttyS1
		exec /sbin/testinit
	END
	chmod 755 "$1/sbin/init"
}

@test "MODULE.PARAM=VALUE reaches the module, and not init" {
	kernel   stock
	disk     vda ext4 tree=tells_parameter
	cmdline  "root=/dev/vda virtio_blk.queue_depth=16 virtio-blk.queue_depth=32 ext4.no=1"
	boot
	exactly  parameter "queue_depth=32"
	refute   env "virtio_blk*"
	refute   env "virtio-blk*"
}

@test "a parameter that the driver refuses: the sentence" {
	kernel   stock
	disk     vda ext4
	disk     nvme0n1 ext4 label=ROOT
	cmdline  "root=LABEL=ROOT virtio_blk.queue_depth=many"
	boot
	expect   console "linuxrc: module virtio_blk: the kernel refuses one of its parameters or values -- the kernel log names it"
	expect   console "virtio_blk: \`many' invalid for parameter \`queue_depth'"
	expect   disk nvme0n1
}

# ---------------------------------------------------------------- failures

cut_virtio() { # TREE
	truncate -s 5000 "$1/lib/modules/$(kernel_release "$KERNEL")/kernel/drivers/virtio/virtio.ko"
}

@test "a module that is cut short: one sentence, one try, and what needs it" {
	kernel   stock
	image    modules=$VIRTIO,virtio_scsi tree=cut_virtio
	device   virtio-scsi-pci
	disk     vda ext4
	disk     nvme0n1 ext4 label=ROOT
	cmdline  "root=LABEL=ROOT"
	boot
	expect   disk nvme0n1
	expect   console "linuxrc: module virtio: "
	(($(count "linuxrc: module virtio: ") == 1))
	expect   console "-- virtio_pci needs it"
	refute   console "is not tried again"
}

# The image's modules are of another kernel.
other_release() { # TREE
	mv "$1/lib/modules/$(kernel_release "$KERNEL")" "$1/lib/modules/9.9.9-other"
}

@test "modules of another release: the sentence names both, and a root without them boots" {
	kernel   stock
	image    modules=$VIRTIO tree=other_release
	disk     vda ext4
	disk     nvme0n1 ext4
	cmdline  "root=/dev/nvme0n1"
	boot
	expect   console "linuxrc: load drivers: this image has modules of 9.9.9-other, the kernel is $(kernel_release stock)"
	expect   disk nvme0n1
	refute   module
}

@test "no modules at all: said, and a root without them boots" {
	kernel   stock
	image    modules=none
	disk     nvme0n1 ext4
	cmdline  "root=/dev/nvme0n1"
	boot
	expect   console "linuxrc: load drivers: lib/modules/$(kernel_release stock): No such file or directory"
	expect   disk nvme0n1
}
