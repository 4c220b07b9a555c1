#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# linuxrc-compat(7), "BOOT LOADERS": each recipe with the loader that it is for.

load ../house
load ../compat
load ../loaders

# old_and_ours DIR NAME...: the unchanged image as DIR/old.gz, an archive of it as
# DIR/old.cpio, and for each kernel DIR/NAME and our DIR/NAME.gz.
old_and_ours() {
	local dir=$1 name
	local -a modules
	shift
	kernel    "$1"
	old_image ext2 speaks
	squeeze   gzip -9n
	second_cpio
	mkdir -p "$dir"
	cp "$OLD" "$dir/old.gz" && cp "$VM_ROOT/second" "$dir/old.cpio" || return 1
	for name; do
		cp "$KERNELS/$name/vmlinuz" "$dir/$name" || return 1
		modules=(-k "$(kernel_release "$name")" --modules-dir
			"$KERNELS/$name/modules" -m virtio_pci -m virtio_blk -m loop -m ext4)
		[[ $name != builtin ]] || modules=()
		"$BUILD/mkinitrd" -o "$dir/$name.gz" "${modules[@]}" || return 1
	done
}

# GRUB 2.06 makes archives that kernels since 6.1.120 and 6.12.2 refuse, so with
# these its newc: needs retain_initrd; an archive made by cpio is fine with all.
@test "compat: GRUB puts an archive of the image behind ours, or makes one of the unchanged file" {
	local boot=$VM_ROOT/tree.boot entry
	old_and_ours "$boot/boot" stock newest
	mkdir -p "$boot/boot/grub"
	cat >"$boot/boot/grub/grub.cfg" <<-'END'
		serial --unit=0 --speed=115200
		terminal_input serial
		terminal_output serial
		menuentry "archive" --hotkey=a {
			linux /boot/stock root=/dev/vdb $words
			initrd /boot/stock.gz /boot/old.cpio
		}
		menuentry "unchanged" --hotkey=u {
			linux /boot/newest root=/dev/vdb linuxrc.compat retain_initrd $words
			initrd /boot/newest.gz newc:initrd.image:/boot/old.gz
		}
	END
	FS_SIZE=48 grub_disk "$boot" "$VM_ROOT/boot.img" "$BENCH_WORDS"
	for entry in a u; do
		another
		medium    vda "$VM_ROOT/boot.img"
		disk      vdb ext2 console=yes
		keys      "unchanged" "$entry"
		boot
		ran       vdb
		expect    initrd "mounted"
	done
}

@test "compat: SYSLINUX puts several initrds behind each other: an archive of the image, or the unchanged file" {
	local boot=$VM_ROOT/tree.boot label
	old_and_ours "$boot" stock newest
	cat >"$boot/syslinux.cfg" <<-END
		SERIAL 0 115200
		PROMPT 1
		LABEL archive
		LINUX stock
		INITRD stock.gz,old.cpio
		APPEND root=/dev/vdb $BENCH_WORDS
		LABEL unchanged
		LINUX newest
		INITRD newest.gz,old.gz
		APPEND root=/dev/vdb linuxrc.compat retain_initrd $BENCH_WORDS
	END
	FS_SIZE=48 syslinux_disk "$boot" "$VM_ROOT/boot.img"
	for label in archive unchanged; do
		another
		medium    vda "$VM_ROOT/boot.img"
		disk      vdb ext2 console=yes
		answer    "boot: " "$label"
		boot
		ran       vdb
		expect    initrd "mounted"
	done
}

@test "compat: iPXE makes an archive of the unchanged file by itself" {
	local boot=$VM_ROOT/tree.boot
	old_and_ours "$boot" builtin
	cat >"$boot/boot.ipxe" <<-END
		#!ipxe
		kernel builtin root=/dev/vda $BENCH_WORDS
		initrd builtin.gz
		initrd old.gz /initrd.image
		boot
	END
	another
	ipxe      "$boot"
	disk      vda ext2 console=yes
	boot
	ran       vda
	expect    initrd "mounted"
}

@test "compat: U-Boot takes the one file that mkinitrd --compat has made" {
	local boot=$VM_ROOT/tree.boot
	[[ -e $U_BOOT ]] || skip "no u-boot-qemu"
	old_and_ours "$boot" classic
	"$BUILD/mkinitrd" --compat "$OLD" -o "$boot/new.gz" \
		-k "$(kernel_release classic)" --modules-dir "$KERNELS/classic/modules" \
		-m virtio_pci -m virtio_blk -m ext2
	make_fs ext2 BOOT "$(disk_uuid boot)" 16 "$boot" "$VM_ROOT/boot.img"
	another
	u_boot    "$VM_ROOT/boot.img"
	disk      vdb ext2 console=yes
	keys      "stop autoboot" " "
	answer    "=> " "setenv bootargs root=/dev/vdb $BENCH_WORDS"
	answer    "=> " "virtio scan"
	answer    "=> " "load virtio 0 0x2000000 /classic"
	answer    "=> " "load virtio 0 0x6000000 /new.gz"
	answer    "=> " 'zboot 0x2000000 - 0x6000000 ${filesize}'
	boot
	ran       vdb
	expect    initrd "mounted"
}
