#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Modules: what modprobe.d in the image, the command line and the question say
# about them, and what is said of a module that the kernel does not take. Most
# are asked for by name (linuxrc.modules=), so that one boot shows many.
load ../house

VIRTIO=virtio_pci,virtio_blk

# How many lines of the console have TEXT.
count() { # TEXT
	console | grep -cF -- "$1" || :
}

# The real root tells parameters of modules before testinit goes on.
tells_parameters() { # TREE
	mkdir "$1/bin" && mv "$1/sbin/init" "$1/sbin/testinit" &&
		cp "$(command -v busybox)" "$1/bin/busybox" || return 1
	cat >"$1/sbin/init" <<-'END'
		#!/bin/busybox sh
		for p in virtio_blk/queue_depth null_blk/nr_devices null_blk/gb null_blk/bs; do
			[ ! -e "/sys/module/${p%/*}" ] || {
				read value <"/sys/module/${p%/*}/parameters/${p#*/}"
				echo "FACT parameter=$p=$value" >/dev/ttyS1
			}
		done
		exec /sbin/testinit
	END
	chmod 755 "$1/sbin/init"
}

# ---------------------------------------------------------------- modprobe.d

with_modprobe_d() { # TREE
	mkdir -p "$1/etc/modprobe.d" "$1/usr/lib/modprobe.d" "$1/lib/modprobe.d"
	cat >"$1/etc/modprobe.d/machine.conf" <<-'END'
		# what this machine needs
		blacklist ata-piix
		options virtio_blk queue_depth=16 \
			num_request_queues=1
		install virtio_scsi /bin/false
		softdep virtio_blk post: brd no_such_module
		alias my-drivers button
		optoins loop max_loop=2
	END
	printf 'options null-blk nr_devices=2 gb=3\r\n' \
		>"$1/usr/lib/modprobe.d/null.conf"
	# of two files with one name the first counts
	echo "blacklist virtio_blk" >"$1/lib/modprobe.d/machine.conf"
	yes "blacklist virtio_blk" | head -n 5000 >"$1/lib/modprobe.d/large.conf"
}

@test "modprobe.d: options, blacklist, install, softdep and alias, and what is wrong in it" {
	kernel   stock
	image    modules=$VIRTIO,virtio_scsi,ata_piix,sd_mod,brd,button,null_blk tree=with_modprobe_d conf="null_blk.bs=1024 null_blk.nr_devices=5"
	device   virtio-scsi-pci
	disk     vda ext4 label=ROOT tree=tells_parameters
	disk     sda ext4 label=ROOT
	cmdline  "root=LABEL=ROOT virtio-blk.queue_depth=32 null_blk.nr_devices=1 linuxrc.modules=my-drivers,null_blk,virtio_bk"
	boot
	expect   disk vda
	expect   parameter "virtio_blk/queue_depth=32"
	expect   console "linuxrc: module ata_piix is left out: etc/modprobe.d/machine.conf:2 blacklists it"
	refute   module ata_piix
	expect   console "linuxrc: module virtio_scsi: etc/modprobe.d/machine.conf:5 forbids it (install /bin/false)"
	refute   module virtio_scsi
	expect   module brd
	expect   module button
	expect   parameter "null_blk/nr_devices=1"
	expect   parameter "null_blk/gb=3"
	expect   parameter "null_blk/bs=1024"
	expect   console "linuxrc: etc/modprobe.d/machine.conf:8: no command of modprobe.d(5): \"optoins\""
	expect   console "linuxrc: lib/modprobe.d/large.conf is not used: the files of modprobe.d are longer than 65536 bytes"
	expect   console "linuxrc: linuxrc.modules: module virtio_bk: not in this image -- the nearest name is virtio_blk"
	(($(count "is left out") == 1))
}

# A kernel that has its disk's file systems inside, and says so with aliases; an
# index that was cut, and one in which two modules need each other.
with_odd_indexes() { # TREE
	local dir=$1/lib/modules/$(kernel_release "$KERNEL")
	cp "$KERNELS/classic/modules/lib/modules/"*/modules.builtin.modinfo "$dir/" &&
		truncate -s -1 "$dir/modules.alias" &&
		sed -i 's|^kernel/drivers/block/loop.ko:.*|& kernel/fs/nls/nls_cp437.ko|
			s|^kernel/fs/nls/nls_cp437.ko:.*|& kernel/drivers/block/loop.ko|' "$dir/modules.dep"
	mkdir -p "$1/run/modprobe.d"
	printf 'options ext2 no=1\0\noptions squashfs no=1\n' >"$1/run/modprobe.d/a.conf"
}

@test "linuxrc.nomodules: by name they load, and the root's file system; what is inside the kernel is there" {
	kernel   classic
	image    modules=$VIRTIO,loop,nls_cp437,ext4 tree=with_odd_indexes
	disk     vda ext4
	cmdline  "root=/dev/vda linuxrc.nomodules linuxrc.modules=fs-squashfs,ext2,loop,virtio-pci,virtio_blk,fs-zfs"
	boot
	expect   root "/dev/vda ext4 ro"
	expect   module virtio_pci
	expect   module virtio_blk
	expect   module ext4
	expect   module loop
	expect   module nls_cp437
	expect   console "linuxrc: modules.alias is cut short: its last line has no end"
	expect   console "linuxrc: run/modprobe.d/a.conf:1: a NUL byte"
	expect   console "linuxrc: linuxrc.modules: module fs-zfs: not in this image"
	(($(count "linuxrc.modules: ") == 1))
}

# ---------------------------------------------------------------- refused

module_file() { # TREE NAME
	find "$1/lib/modules/$(kernel_release "$KERNEL")" -name "$2.ko"
}

# One without its signature, one changed behind it, one cut short, and one that
# inflates to more than the machine has.
spoil_signed() { # TREE
	local bomb
	strip -g "$(module_file "$1" button)" &&
		printf x | dd of="$(module_file "$1" brd)" bs=1 seek=4000 \
			conv=notrunc status=none &&
		truncate -s 9000 "$(module_file "$1" null_blk)" || return 1
	bomb=$(module_file "$1" virtio-rng)
	[[ -n $bomb ]] || return 1
	head -c 400000000 /dev/zero | gzip -n >"$bomb.gz" && rm "$bomb" &&
		sed -i 's/virtio-rng\.ko/&.gz/' "$1/lib/modules"/*/modules.dep
}

@test "a kernel that takes only signed modules: each refusal is explained" {
	kernel   stock
	image    modules=button,brd,null_blk,virtio_rng,loop tree=spoil_signed
	disk     nvme0n1 ext4
	cmdline  "root=/dev/nvme0n1 linuxrc.nomodules linuxrc.modules=button,brd,null_blk,virtio_rng,loop module.sig_enforce=1"
	boot
	expect   disk nvme0n1
	expect   console "linuxrc: linuxrc.modules: module button: it is not signed, and this kernel takes only signed ones -- take the module that was signed with this kernel; strip(1) and mkinitrd --unsigned cut it off"
	expect   console "linuxrc: linuxrc.modules: module brd: the kernel does not accept its signature: another key, or a file that was changed -- take the module"
	expect   console "linuxrc: linuxrc.modules: module null_blk: kernel/drivers/block/null_blk/null_blk.ko is cut short: it has 9000 bytes of "
	expect   console "linuxrc: linuxrc.modules: module virtio_rng: kernel/drivers/char/hw_random/virtio-rng.ko.gz: gzip data of 400000000 bytes, the limit is "
	expect   module loop
	refute   module button
	refute   module brd
}

# One of another kernel, one whose needs are not known, one in gzip.
spoil_unsigned() { # TREE
	local other dir=$1/lib/modules/$(kernel_release "$KERNEL")
	other=$(find "$KERNELS/newest/modules/" -name loop.ko.xz)
	xz -dc "$other" >"$(module_file "$1" loop)" &&
		gzip -n "$(module_file "$1" brd)" &&
		sed -i 's/^\(.*ata_piix.ko\):.*/\1:/; s/brd\.ko/&.gz/' "$dir/modules.dep"
}

@test "modules of another build: the sentence names both kernels, or says what is missing" {
	kernel_there newest
	kernel   stock
	image    modules=loop,ata_piix,brd tree=spoil_unsigned
	disk     nvme0n1 ext4
	cmdline  "root=/dev/nvme0n1 linuxrc.nomodules linuxrc.modules=loop,ata_piix,brd,ext4,scsi_mod module_blacklist=scsi-mod"
	boot
	expect   disk nvme0n1
	expect   console "linuxrc: linuxrc.modules: module loop: it was built for Linux $(kernel_release newest), and this is $(kernel_release stock) -- put the modules of this kernel into the image"
	expect   console "linuxrc: linuxrc.modules: module ata_piix: it needs a symbol that this kernel does not have -- the image's modules are of another build; the kernel log names the symbol"
	expect   console "ata_piix: Unknown symbol"
	expect   console "linuxrc: linuxrc.modules: module scsi_mod: module_blacklist= forbids it"
	refute   console "module ext4"
	expect   module brd
	refute   module loop
}

# ---------------------------------------------------------------- once

unsign_button() { # TREE
	strip -g "$(module_file "$1" button)"
}

@test "a failure is said once, until something is typed, which counts for modules too" {
	kernel   stock
	image    modules=$VIRTIO,button tree=unsign_button
	disk     vda ext4 tree=tells_parameters
	cmdline  "root=LABEL=nowhere rootwait=0 linuxrc.modules=button lockdown=integrity virtio_blk.queue_depth=16 linuxrc.nomodules"
	answer   "Number, or an option" "1"
	answer   "Number, or an option" "root=/dev/vda linuxrc.coldplug=storage virtio_blk.queue_depth=8"
	boot
	expect   disk vda
	expect   parameter "virtio_blk/queue_depth=8"
	expect   console "linuxrc: linuxrc.modules: module button: the kernel forbids it, and it is not signed -- lockdown takes only signed modules, kernel.modules_disabled none"
	(($(count "module button: the kernel forbids it") == 2))
	(($(count "module button failed before") == 0))
	(($(count "LABEL=nowhere: not there") >= 2))
}
