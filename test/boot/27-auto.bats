#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# root=auto: each disk is looked at, the one that looks like a root is taken,
# and not one byte of any disk is another afterwards.
load ../house

VIRTIO=virtio_pci,virtio_blk
VFAT=vfat,nls_cp437,nls_iso8859-1
PROMPT="Number, or an option"

# ---------------------------------------------------------------- trees

debian() { # TREE
	mkdir -p "$1/usr/lib" "$1/lib/modules/6.1.0-9-amd64"
	echo 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"' >"$1/usr/lib/os-release"
	ln -s ../usr/lib/os-release "$1/etc/os-release"
}

fedora() { # TREE
	echo 'PRETTY_NAME="Fedora Linux 38 (Server Edition)"' >"$1/etc/os-release"
	echo "UUID=$(disk_uuid vda) / ext4 defaults 0 1" >"$1/etc/fstab"
}

data() { # TREE
	rm -r "$1/sbin"
	mkdir "$1/photos"
}

esp() { # TREE
	rm -r "${1:?}"/*
	mkdir -p "$1/EFI/BOOT"
}

# A disk's line in the log.
looked() { # DISK TEXT
	local line
	line=$(console | grep -F "linuxrc: looked at $1 (") ||
		fail_sheet "expected console" "looked at $1"
	[[ $line == *"): $2" ]] || fail_sheet "expected of $1" "$2" "$line"
}

# ---------------------------------------------------------------- one root

@test "auto takes the one root among data disks, swap and an ESP, and they stay as they are" {
	local contract
	for contract in initramfs linuxrc; do
		another
		kernel   classic
		contract $contract
		image    modules=$VIRTIO,ext4,$VFAT
		disk     vda vfat label=EFI tree=esp part=gpt keep=yes
		disk     vdb swap keep=yes
		disk     vdc ext2 tree=data keep=yes
		disk     vdd ext4 tree=debian keep=yes
		disk     vde none keep=yes
		cmdline  "root=auto"
		boot
		expect   disk vdd
		expect   root "/dev/vdd ext4 ro"
		looked   vda1 "no init"
		looked   vdc "no init"
		looked   vdd "Debian GNU/Linux 12 (bookworm)"
		expect   init "/sbin/init pid=1 fds=0,1,2"
		exactly  processes 0
		expect   bytes "vda=same vdb=same vdc=same vdd=same vde=same"
	done
}

@test "auto waits for a root that comes late, and init= decides what a root is" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2 tree=debian
	disk     vdb ext2 tree=other_init late=3
	cmdline  "root=auto init=/opt/other"
	boot
	expect   disk vdb
	expect   init "/opt/other pid=1"
	looked   vda "Debian GNU/Linux 12 (bookworm), but /opt/other: No such file or directory"
	looked   vdb "/opt/other, no os-release"
	# once each, though the search went on for seconds
	(($(console | grep -c "linuxrc: looked at") == 2))
}

other_init() { # TREE
	mkdir "$1/opt"
	mv "$1/sbin/init" "$1/opt/other"
}

# A root without os-release beside a system; an init that is a link from its
# top; one for another machine.
@test "auto prefers a system to what only has an init, and follows links inside the disk" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2
	disk     vdb ext2 tree=linked_system
	disk     vdc ext2 tree=arm_system
	cmdline  "root=LABEL=NONE linuxrc.rootfallback=auto"
	boot
	expect   console "root=LABEL=NONE is not there; taken instead: linuxrc.rootfallback=auto"
	expect   disk vdb
	looked   vda "/sbin/init, no os-release"
	looked   vdb "Linked"
	looked   vdc "Debian GNU/Linux 12 (bookworm), but /sbin/init is for another kind of machine (ELF machine 40): Exec format error"
}

linked_system() { # TREE
	mkdir -p "$1/usr/lib/init" "$1/usr/share"
	mv "$1/sbin/init" "$1/usr/lib/init/real"
	ln -s /usr/lib/init/real "$1/sbin/init"
	echo "PRETTY_NAME=Linked" >"$1/usr/share/os-release"
	ln -s /usr/share/os-release "$1/etc/os-release"
}

arm_system() { # TREE
	debian "$1"
	printf '\x28' | dd of="$1/sbin/init" bs=1 seek=18 conv=notrunc status=none
}

# ---------------------------------------------------------------- several, none

@test "two roots: the sentence has both by name, nothing is written, and the one that is typed can be" {
	kernel   classic
	contract ram0
	image    modules=$VIRTIO,ext4
	disk     vda ext4 tree=debian part=gpt
	disk     vdb ext4 tree=fedora label=SPARE
	disk     vdc swsuspend label=ASLEEP
	cmdline  "root=/dev/ram0 init=/linuxrc rw linuxrc.root=auto"
	answer   "$PROMPT" "root=/dev/vdb rw"
	boot
	expect   console "linuxrc: find the root device: root=auto: 2 file systems look like a root: vda1 (ext4 UUID=$(disk_uuid vda)): Debian GNU/Linux 12 (bookworm); vdb (ext4 LABEL=SPARE UUID=$(disk_uuid vdb)): Fedora Linux 38 (Server Edition), its fstab names UUID=$(disk_uuid vda) as /; vdc (swsuspend LABEL=ASLEEP UUID=$(disk_uuid vdc)) -- name one of them: root=UUID=$(disk_uuid vda)"
	expect   disk vdb
	expect   root "/dev/vdb ext4 rw"
	refute   console "looked at vdc"
}

@test "two roots that are copies can only be told by their names" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2 tree=debian uuid=6f1d2a54-3c0b-4e86-9a71-000000000001
	disk     vdb ext2 tree=debian uuid=6f1d2a54-3c0b-4e86-9a71-000000000001
	cmdline  "root=auto"
	answer   "$PROMPT" "root=/dev/vda"
	boot
	expect   console " -- name one of them: root=/dev/vda"
	expect   disk vda
}

@test "none: it waits as for any root, and the sentence says what is on each disk" {
	kernel   classic
	image    modules=$VIRTIO,ext4
	disk     vda ext2 tree=data
	disk     vdb ext4 tree=debian_without_init label=PHOTOS
	disk     vdc none
	cmdline  "root=auto rootwait=4"
	answer   "$PROMPT" "root=/dev/vda linuxrc.onfail=poweroff"
	boot
	expect   end "silent:"
	expect   console "linuxrc: find the root device: root=auto: no file system looks like a root after 4 s -- saw vda (ext2 UUID=$(disk_uuid vda)): no init; vdb (ext4 LABEL=PHOTOS UUID=$(disk_uuid vdb)): Debian GNU/Linux 12 (bookworm), but no init; vdc; no driver is bound to 8086:7010: module ata_piix is not in this image -- name the root: root=/dev/NAME or root=UUID=..."
}

debian_without_init() { # TREE
	debian "$1"
	rm "$1/sbin/init"
}

# ---------------------------------------------------------------- not one byte

# orphan FILE: a file that was removed while it was open, when the power went:
# the driver of ext4 removes it at any mount, unless the device is read-only.
orphan() {
	local ino
	printf 'write %s orphan\n' "$HOUSE/README" | debugfs -w -f /dev/stdin "$1" >/dev/null 2>&1
	ino=$(debugfs -R "stat orphan" "$1" 2>/dev/null | sed -n 's/^Inode: \([0-9]*\).*/\1/p')
	printf 'unlink orphan\nsif <%s> links_count 0\nssv last_orphan %s\n' "$ino" "$ino" |
		debugfs -w -f /dev/stdin "$1" >/dev/null 2>&1
	[[ -n $ino ]] && dumpe2fs -h "$1" 2>/dev/null | grep -q "^First orphan inode: *$ino"
}

@test "auto that ends in the question changes not one byte: dirty journals, orphans, a suspend image" {
	kernel   classic
	contract linuxrc
	image    modules=$VIRTIO,ext4
	disk     vda ext4 tree=debian journal=dirty keep=yes
	disk     vdb ext4 tree=fedora keep=yes
	orphan   "$VM_ROOT/vdb.kept"
	disk     vdc swsuspend keep=yes
	disk     vdd ext3 tree=data journal=dirty keep=yes part=gpt
	disk     vde ext2 tree=data keep=yes
	cmdline  "root=auto linuxrc.onfail=poweroff"
	boot
	expect   end "silent:"
	expect   console "2 file systems look like a root: vda (ext4 UUID=$(disk_uuid vda)): Debian GNU/Linux 12 (bookworm), not unmounted; vdb ("
	looked   vdd1 "no init, not unmounted"
	looked   vde "no init"
	refute   console "recovery complete"
	expect   bytes "vda=same vdb=same vdc=same vdd=same vde=same"
}

# A machine that lost its power in the middle of it, then two looks at its disk:
# one that ends in the question, and one that finds it to be the only root.
left_dirty() { # TYPE KERNEL
	kernel   "$2"
	image    modules=$VIRTIO,$1,ext4
	disk     vda "$1" tree=debian keep=yes
	cmdline  "root=/dev/vda rw testinit=dirty"
	boot
	expect   dirty "1"
	expect   bytes "vda=changed"
	another
	kernel   "$2"
	image    modules=$VIRTIO,$1,ext4
	disk     vda again
	disk     vdb ext4 tree=fedora journal=dirty keep=yes
	cmdline  "root=auto linuxrc.onfail=poweroff"
	boot
	expect   end "silent:"
	expect   console "2 file systems look like a root: vda ($1 UUID=$(disk_uuid vda)): Debian GNU/Linux 12 (bookworm)"
	expect   bytes "vda=same vdb=same"
	another
	kernel   "$2"
	image    modules=$VIRTIO,$1
	disk     vda again
	cmdline  "root=auto"
	boot
	expect   root "/dev/vda $1 ro"
	# with the look over, the mount of the root is one as any other
	expect   bytes "vda=changed"
}

@test "xfs with a dirty log: looked at without a byte, then mounted as the root" {
	left_dirty xfs stock
}

@test "btrfs with a log to replay, on the newest kernel: the same" {
	left_dirty btrfs newest
}

# ---------------------------------------------------------------- trouble

killer() { # TREE
	cp "$(binary stepkiller)" "$1/killer"
}

@test "a look that crashes costs this disk, and a crash beside it leaves no disk read-only" {
	kernel   classic
	image    modules=$VIRTIO,ext4 tree=killer
	disk     vda ext4 tree=debian
	disk     vdb ext2 tree=fedora
	cmdline  "rdinit=/killer kill_step=inspect root=auto"
	boot
	looked   vda "the look at it crashed: Segmentation fault"
	expect   disk vdb
	another
	kernel   classic
	image    modules=$VIRTIO,ext4 tree=killer
	disk     vda ext4 tree=debian
	cmdline  "rdinit=/killer kill_step=fsdriver root=auto rw"
	boot
	expect   console "linuxrc: find the root device: crashed: Segmentation fault -- once more"
	expect   root "/dev/vda ext4 rw"
	exactly  processes 0
}

@test "a rehearsal of auto mounts no disk, and says so" {
	kernel   classic
	disk     vda ext2 tree=lab
	disk     vdb ext2 tree=data label=PHOTOS
	cmdline  "root=auto testinit=chroot"
	boot
	expect   chroot "exit=1 signal=0 mounts=same modules=same writes=0"
	expect   console "linuxrc: find the root device: root=auto: a rehearsal mounts no disk, so it cannot tell which one looks like a root -- saw vda (ext2 UUID=$(disk_uuid vda)); vdb (ext2 LABEL=PHOTOS UUID=$(disk_uuid vdb))"
}

lab() { # TREE
	mkdir "$1/lab"
	cp "$(binary linuxrc)" "$1/lab/linuxrc"
}

# The kernel's root is a disk with /linuxrc on it, and a system of its own.
@test "auto does not touch a disk that is mounted" {
	kernel   builtin
	contract none
	disk     vda ext2 tree=linuxrc_on_disk
	disk     vdb ext2 tree=debian
	cmdline  "root=/dev/vda rw init=/linuxrc linuxrc.root=auto"
	boot
	looked   vda "in use, not unmounted"
	expect   disk vdb
	expect   root "/dev/vdb ext4 ro"
}

linuxrc_on_disk() { # TREE
	cp "$(binary linuxrc)" "$1/linuxrc"
	mkdir "$1/new-root"
}
