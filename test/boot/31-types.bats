#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# LABEL= and UUID= by the libblkid that is in the program: each type of file
# system leads to its device, whether or not this kernel can mount it.
load ../house

VIRTIO=virtio_pci,virtio_blk
PROMPT="Number, or an option"
UUID=6f1d2a54-3c0b-4e86-9a71-00000000000

need() { # TOOL...
	local tool
	for tool; do
		command -v "$tool" >/dev/null || skip "there is no $tool"
	done
}

# holds NAME SIZE MAKER...: a disk of that size which MAKER FILE has formatted.
holds() {
	given "holds $*"
	truncate -s "$2" "$VM_ROOT/$1"
	"${@:3}" "$VM_ROOT/$1" >/dev/null 2>&1 ||
		{ echo "failed: ${*:3}" >&2; return 1; }
	DISKS+=("$1" "$VM_ROOT/$1" now)
}

# What is asked for, and the disk and type that the mount is tried with.
leads() { # SPEC NAME TYPE
	answer "$PROMPT" "root=$1"
	EXPECTED+=("mount the root file system: mount /dev/$2 as $3: No such device -- this kernel has no driver for $3")
}

@test "each type of file system is found by its LABEL= or UUID=" {
	local text EXPECTED=()
	need mkfs.f2fs mkfs.exfat mkfs.ntfs mkfs.jfs mkreiserfs mkfs.nilfs2 mkudffs
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2 label=ROOT
	holds    vdb 64M mkfs.f2fs -q -l F2FS -U ${UUID}1
	holds    vdc 16M mkfs.exfat -L EXFAT
	holds    vdd 8M mkfs.ntfs -q -F -L NTFS
	holds    vde 16M mkfs.jfs -q -L JFS
	holds    vdf 64M mkreiserfs -q -f -f -l REISER -u ${UUID}2
	holds    vdg 256M mkfs.nilfs2 -q -L NILFS
	holds    vdh 128M mkfs.btrfs -q -L BTRFS -U ${UUID}3
	holds    vdi 8M mkudffs -l UDF -u 0123456789abcdef
	cmdline  "root=LABEL=NONE rootwait=0"
	leads    LABEL=F2FS vdb f2fs
	leads    UUID=${UUID}1 vdb f2fs
	leads    LABEL=EXFAT vdc exfat
	leads    LABEL=JFS vde jfs
	leads    LABEL=REISER vdf reiserfs
	leads    UUID=${UUID}2 vdf reiserfs
	leads    LABEL=NILFS vdg nilfs2
	leads    LABEL=BTRFS vdh btrfs
	leads    UUID=${UUID}3 vdh btrfs
	leads    LABEL=UDF vdi udf
	leads    UUID=0123456789ABCDEF vdi udf
	answer   "$PROMPT" "root=LABEL=NTFS"
	answer   "$PROMPT" "root=LABEL=ROOT"
	boot
	for text in "${EXPECTED[@]}"; do expect console "$text"; done
	expect   console "find the root device: vdd, ntfs"
	expect   disk vda
}

stick() { # OUT
	local tree=$VM_ROOT/tree.stick
	root_tree "$tree" "$(binary testinit)" stick
	xorriso -as mkisofs -quiet -R -V STICK -partition_offset 16 -o "$1" \
		"$tree" >/dev/null 2>&1
}

@test "an isohybrid stick made by xorriso is found by its LABEL= and by its UUID=" {
	local id
	need xorriso
	kernel   stock
	image    modules=+isofs
	stick    "$VM_ROOT/stick"
	DISKS+=(vda "$VM_ROOT/stick" now)
	id=$(blkid -p -s UUID -o value "$VM_ROOT/stick")
	cmdline  "root=LABEL=STICK rootwait=0 init=/none"
	answer   "$PROMPT" "init= root=UUID=$id"
	boot
	expect   console " vda: vda1"
	expect   console "find the root device: vda1, iso9660"
	expect   root "/dev/vda1 iso9660 ro"
	expect   disk stick
	refute   console "name one of them"
}
