# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034
# Old initrd images: the ways in which they reach us, their kinds, and what
# becomes of those that cannot be used.

load ../house
load ../compat

crashes() { # TREE
	guest_script "$1" <<-'END'
		kill -SEGV $$
	END
}

is_missing() { # TREE
	echo "old" >"$1/README"
}

is_no_program() { # TREE
	echo "echo guest: speaks" >"$1/linuxrc"
}

# Its init is what root=/dev/ram0 runs, and does what initrd.rst says there.
pivots_as_init() { # TREE
	guest_script "$1" <<-'END'
		echo "guest: init is $$"
		mount -t devtmpfs devtmpfs /dev
		mount -o ro -t ext2 /dev/vda /mnt
		umount /dev
		cd /mnt
		pivot_root . initrd
		exec chroot . /sbin/init one <dev/console >dev/console 2>&1
	END
	ln -s busybox "$1/bin/chroot"
}

no_initrd() { rmdir "$1/initrd"; }
has_old() { mkdir -p "$1/boot" && cp "$OLD" "$1/boot/old.gz"; }
with_xz() { mkdir -p "$1/bin" && cp /bin/busybox "$1/bin/xz"; }
with_lzop() { mkdir -p "$1/bin" && cp /bin/busybox "$1/bin/lzop"; }

# went_on TEXT: it did not, the log says why, and root= is the root.
went_on() {
	expect console "$1" &&
		refute console "guest: speaks" &&
		expect disk "vda" &&
		refute initrd "mounted"
}

# old_boot WORDS: one boot of the small kernel beside $OLD.
old_boot() {
	disk      vda ext2 console=yes
	cmdline   "root=/dev/vda $*"
	boot
}

# fresh TYPE GUEST [KERNEL]: another sheet with that image, on the small kernel.
fresh() {
	local modules=+loop
	another
	kernel    "${3:-builtin}"
	[[ $KERNEL != builtin ]] || modules=none
	image     "modules=$modules"
	old_image "$1" "$2"
}

@test "compat: on a kernel with a RAM disk of its own the image stands behind our archive, plain or not" {
	fresh     ext2 speaks
	behind
	old_boot
	ran
	fresh     ext2 speaks
	squeeze   gzip -9n
	behind
	old_boot
	ran
	# 7.2, without loop devices: its own RAM disk takes the image
	fresh     ext2 speaks
	kernel    modern
	behind
	old_boot
	ran
	expect    mount "/initrd /dev/root.old dev=1:0"
}

# 6.1 has no /sys/firmware/initrd, and the distribution's no RAM disk of its own.
@test "compat: with retain_initrd and linuxrc.compat it stands there on the newest kernel; on 6.1 what helps is said" {
	fresh     ext2 speaks newest
	squeeze   gzip -9n
	behind
	old_boot  retain_initrd linuxrc.compat
	ran
	fresh     ext2 speaks stock
	squeeze   gzip -9n
	behind
	old_boot  retain_initrd linuxrc.compat
	went_on   "/sys/firmware/initrd -- put it into an archive as initrd.image"
}

@test "compat: a gzip'ed image in a second archive, on the running release's kernel" {
	kernel    stock
	old_image ext2 speaks
	squeeze   gzip -9n
	second_cpio
	image     modules=+loop
	old_boot
	ran
}

@test "compat: mkinitrd --compat makes one file of it, with the modules that it needs" {
	kernel    stock
	old_image squashfs speaks
	image     mkinitrd="--compat $OLD -m virtio_pci -m virtio_blk --root /dev/vda"
	disk      vda ext2 console=yes
	boot
	ran
	expect    module loop
	expect    module squashfs
}

@test "compat: romfs, squashfs and an archive on the kernels of distributions, by mkinitrd --compat" {
	local name type
	while read -r name type; do
		another
		kernel    "$name"
		old_image "$type" speaks
		squeeze   gzip -9n
		image     mkinitrd="--compat $OLD -k $(kernel_release "$name") -m virtio_pci -m virtio_blk"
		disk      vda ext2 console=yes
		cmdline   "root=/dev/vda"
		boot
		ran
		expect    initrd "mounted entries=*linuxrc*"
	done <<-'END'
	newest romfs
	newest squashfs
	newest cpio
	stock romfs
	END
}

@test "compat: linuxrc.compat= names a file on a disk, or in the initramfs" {
	local name
	for name in builtin stock newest; do
		fresh     ext2 speaks "$name"
		squeeze   gzip -9n
		disk      vda ext2 console=yes
		disk      vdb ext2 label=BOOT tree=has_old
		cmdline   "root=/dev/vda linuxrc.compat=LABEL=BOOT:/boot/old.gz"
		boot
		ran
		fresh     ext2 speaks "$name"
		squeeze   gzip -9n
		image     tree=has_old
		old_boot  linuxrc.compat=/boot/old.gz
		ran
	done
}

@test "compat: the image is romfs, cramfs, squashfs or minix" {
	local type
	for type in romfs cramfs squashfs minix; do
		fresh $type speaks
		second_cpio
		old_boot
		ran
		expect mount "/initrd $type"
	done
}

@test "compat: the image is a gzip'ed archive with /linuxrc and no /init" {
	fresh     cpio speaks
	squeeze   gzip -9n
	second_cpio
	old_boot
	ran
	expect    initrd "mounted entries=*linuxrc*"
}

@test "compat: another compression needs its program, and the sentence names the way around it" {
	fresh     ext2 speaks
	squeeze   xz -9
	second_cpio
	image     tree=with_xz
	old_boot
	ran
	fresh     ext2 speaks
	squeeze   xz -9
	second_cpio
	old_boot
	went_on   "the initramfs has no xz -- put the program into it, or convert the image: xz -dc OLD | gzip -9 >NEW"
}

# The programs that distributions have, by their own libraries; lzop is BusyBox's.
@test "compat: bzip2, lzma, lzop, lz4 and zstd are compressions, too" {
	local packer program
	while read -r program packer; do
		fresh     ext2 speaks
		squeeze   $packer
		second_cpio
		image     mkinitrd="--add $(type -P $program):/bin/$program"
		[[ $program != lzop ]] || image mkinitrd= tree=with_lzop
		old_boot
		ran
	done <<-'END'
	bzip2 bzip2 -9
	lzma lzma -9
	lzop busybox lzop
	lz4 lz4 -l -9
	zstd zstd -q -19
	END
}

@test "compat: ramdisk_start= says where the image begins, ramdisk_size= how large it may be" {
	fresh     ext2 speaks
	{ head -c 3072 /dev/urandom; cat "$OLD"; } >"$VM_ROOT/old.shifted"
	OLD=$VM_ROOT/old.shifted
	second_cpio
	old_boot  linuxrc.compat ramdisk_start=3
	ran
	fresh     ext2 speaks
	squeeze   gzip -9n
	second_cpio
	old_boot  ramdisk_size=1000
	went_on   "the initrd image is larger than the 1000 KiB that it may have -- ramdisk_size= and the memory of the machine say so; root= is mounted without it"
}

@test "compat: an image that is larger than the memory is not unpacked" {
	local OLD_KIB=327680 name
	for name in builtin stock newest; do
		fresh     ext2 speaks "$name"
		squeeze   gzip -1n
		second_cpio
		memory    256
		old_boot
		went_on   "the initrd image is larger than the"
	done
}

# The kernel keeps all that it was given, as if that were an image.
@test "compat: what stands behind an initramfs and is nothing known changes nothing" {
	kernel    builtin
	image     modules=none
	OLD=$VM_ROOT/noise
	yes noise | head -c 5000 >"$OLD"
	behind
	disk      vda ext2
	cmdline   "root=/dev/vda"
	boot
	expect    console "unpack the initrd image: none: an initramfs as any other"
	expect    root "/dev/vda ext4 ro"
	expect    mounts "/proc"
}

@test "compat: noinitrd leaves the image alone" {
	fresh     ext2 speaks
	second_cpio
	old_boot  noinitrd
	went_on   "learn the contract: initramfs"
}

@test "compat: an image that is damaged, cannot be mounted, is unknown or not there: root= is mounted all the same" {
	local name
	for name in builtin stock newest; do
		fresh     ext2 speaks "$name"
		squeeze   gzip -9n
		dd if=/dev/urandom of="$OLD" bs=1 seek=300000 count=64 conv=notrunc status=none
		second_cpio
		old_boot
		went_on   "damaged gzip data"
		fresh     ext2 speaks "$name"
		cp "$OLD" "$VM_ROOT/old.strange"
		OLD=$VM_ROOT/old.strange
		printf '\377\377' | dd of="$OLD" bs=1 seek=$((1024 + 96)) conv=notrunc status=none
		second_cpio
		old_boot
		went_on   "linuxrc: mount /dev/root.old as "
		fresh     ext2 speaks "$name"
		head -c 5000 /dev/zero | tr '\0' x >"$VM_ROOT/old.x"
		OLD=$VM_ROOT/old.x
		second_cpio
		old_boot  linuxrc.compat
		went_on   "/initrd.image holds no initrd image of a known format -- at byte 0 of 5000 stands 78 78"
		fresh     ext2 speaks "$name"
		old_boot  linuxrc.compat
		went_on   "there is no initrd image"
	done
}

@test "compat: a /linuxrc that is missing, no program or crashes is as one that has ended" {
	local name
	for name in builtin stock newest; do
		fresh     ext2 is_missing "$name"
		second_cpio
		old_boot
		expect    console "/linuxrc of the initrd cannot be run: No such file or directory"
		expect    root "/dev/root ro"
		expect    initrd "mounted"
		fresh     ext2 is_no_program "$name"
		second_cpio
		old_boot
		expect    console "/linuxrc of the initrd cannot be run: Permission denied"
		expect    root "/dev/root ro"
		expect    initrd "mounted"
		fresh     ext2 crashes "$name"
		second_cpio
		old_boot
		expect    console "ended by signal 11"
		expect    root "/dev/root ro"
		expect    initrd "mounted"
	done
}

@test "compat: without /initrd in the root the memory of the initrd is free" {
	local with
	fresh     ext2 speaks
	second_cpio
	old_boot
	ran
	with=$(fact memory shmem)
	fresh     ext2 speaks
	second_cpio
	disk      vda ext2 console=yes tree=no_initrd
	cmdline   "root=/dev/vda"
	boot
	expect    console "guest: speaks"
	expect    console "/initrd does not exist. Ignored."
	expect    initrd "absent"
	echo "shmem with it $with, without it $(fact memory shmem) KiB"
	(($(fact memory shmem) <= with - 1000))
}

@test "compat: root=/dev/ram0 makes the image the root, and its pivot_root works" {
	fresh     ext2 pivots_as_init
	second_cpio
	disk      vda ext2 console=yes
	cmdline   "root=/dev/ram0 init=/linuxrc rw"
	boot
	expect    console "guest: init is 1"
	expect    init "/sbin/init pid=1 argv=/sbin/init,one"
	expect    root "/dev/vda ro"
	expect    mount "/initrd /dev/root rw"
}
