# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# loaders.bash: media that a PC boots from by the loader on them, made without
# root rights. A sheet says `medium NAME FILE` for one, and then the firmware
# finds kernel and initrd, not QEMU.

MBR=/usr/lib/syslinux/mbr/mbr.bin
GRUB=/usr/lib/grub/i386-pc
U_BOOT=/usr/lib/u-boot/qemu-x86/u-boot.rom

# What the bench wants on every kernel command line (see boot in house.bash).
BENCH_WORDS="console=ttyS0 panic=-1 no_timer_check"

# syslinux_floppy TREE OUT: 2.88 MB, the larger of the two usual sizes.
syslinux_floppy() {
	rm -f "$2"
	truncate -s 2880K "$2"
	mkfs.vfat -n FLOPPY -i 12345678 "$2" >/dev/null &&
		mcopy -s -i "$2" "$1"/* :: && syslinux --install "$2"
}

# syslinux_disk TREE OUT: FAT in the one partition, which the MBR starts; FS_SIZE
# is the size in MiB.
syslinux_disk() {
	rm -f "$2.fat"
	truncate -s "${FS_SIZE:-16}M" "$2.fat"
	mkfs.vfat -h 2048 -n BOOT -i 12345678 "$2.fat" >/dev/null &&
		mcopy -s -i "$2.fat" "$1"/* :: &&
		make_partitioned dos 1 "b007b007-01" '' "$2.fat" "$2" &&
		syslinux --install -t $((2048 * 512)) "$2" &&
		boots_by_mbr "$2"
	rm -f "$2.fat"
}

# boots_by_mbr DISK: SYSLINUX's boot sector, and partition 1 is the active one.
boots_by_mbr() {
	dd if="$MBR" of="$1" bs=440 count=1 conv=notrunc status=none &&
		sfdisk -q --activate "$1" 1
}

# grub_disk TREE OUT WORDS: ext2 in the one partition, GRUB in the gap before it,
# which boot.img takes to begin in the second sector; WORDS is its $words. FS_SIZE
# as above.
grub_disk() {
	make_fs ext2 BOOT "$(disk_uuid boot)" "${FS_SIZE:-16}" "$1" "$2.ext2" &&
		make_partitioned dos 1 "b007b007-01" '' "$2.ext2" "$2" || return 1
	printf 'set words="%s"\nexport words\n' "$3" >"$2.early"
	grub-mkimage -O i386-pc -p '(hd0,msdos1)/boot/grub' -c "$2.early" \
		-o "$2.core" biosdisk part_msdos ext2 normal linux serial \
		terminal test echo configfile &&
		dd if="$GRUB/boot.img" of="$2" bs=440 count=1 conv=notrunc status=none &&
		dd if="$2.core" of="$2" bs=512 seek=1 conv=notrunc status=none
	rm -f "$2.ext2" "$2.early" "$2.core"
}

# u_boot FILE: the machine boots from the file system in FILE, the disk vda, by
# U-Boot, which is its firmware.
u_boot() {
	medium vda "$1"
	DEVICES+=(-bios "$U_BOOT")
}

# ipxe TREE: the machine boots from the network, by the script TREE/boot.ipxe,
# which iPXE takes from QEMU's TFTP server.
ipxe() {
	given "ipxe $*"
	MEDIUM=net
	DEVICES+=(-boot n -nic "user,model=virtio-net-pci,tftp=$1,bootfile=boot.ipxe")
}
