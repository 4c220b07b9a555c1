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
		for p in virtio_blk/queue_depth null_blk/nr_devices null_blk/gb; do
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
	image    modules=$VIRTIO,virtio_scsi,ata_piix,sd_mod,brd,button,null_blk tree=with_modprobe_d
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
	expect   console "linuxrc: etc/modprobe.d/machine.conf:8: no command of modprobe.d(5): \"optoins\""
	expect   console "linuxrc: lib/modprobe.d/large.conf is not used: the files of modprobe.d are longer than 65536 bytes"
	expect   console "linuxrc: linuxrc.modules: module virtio_bk: not in this image -- the nearest name is virtio_blk"
	(($(count "is left out") == 1))
}
