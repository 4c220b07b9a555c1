# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034
# Old initrd images: what their /linuxrc leaves, and what follows from it, on
# kernels that have dropped them and beside the kernel that has not.

load ../house
load ../compat

# In the style of the old generators: /proc, a number (of the disk behind the
# one that is named), and out.
writes_number() { # TREE
	guest_script "$1" <<-'END'
		mount -t proc proc /proc
		number=$(cat /proc/sys/kernel/real-root-dev)
		echo "guest: pid $$, $number"
		echo $((number + 16)) >/proc/sys/kernel/real-root-dev
		umount /proc
		exit 5
	END
}

# With a /proc left mounted, and a process left behind.
leaves_things() { # TREE
	guest_script "$1" <<-'END'
		mount -t proc proc /proc
		echo $(($(cat /proc/sys/kernel/real-root-dev) + 16)) \
			>/proc/sys/kernel/real-root-dev
		sleep 1000 &
	END
}

# As nash did.
pivots() { # TREE
	guest_script "$1" <<-'END'
		mount -t proc proc /proc
		echo 0x100 >/proc/sys/kernel/real-root-dev
		umount /proc
		mount -o ro -t ext2 /dev/vdb /mnt
		cd /mnt
		pivot_root . initrd
	END
	image_node "$1"
}

# Its own /sbin/init is what runs on.
stays() { # TREE
	guest_script "$1" <<-'END'
		mount -t proc proc /proc
		echo 256 >/proc/sys/kernel/real-root-dev
		umount /proc
	END
	cp "$(binary testinit)" "$1/sbin/init"
	mkdir -p "$1/etc"
	echo old >"$1/etc/disk"
}

# mke2fs of an ordinary user makes no nodes: a device of the guest's own is on
# a devtmpfs that it mounts.
image_node() { # TREE
	sed -i 's,^mount -o ro,mount -t devtmpfs devtmpfs /dev; &,; s,^cd /mnt,umount -l /dev; &,' \
		"$1/linuxrc"
}

# two_disks: a root that is named and one whose number the guest writes; with a
# console, so that nobody mounts a /dev there.
two_disks() {
	disk vda ext2 console=yes "$@"
	disk vdb ext2 console=yes "$@"
}

no_initrd() { rmdir "$1/initrd"; }

# by_kernel GUEST [WORDS], by_us GUEST [WORDS [OF-DISKS]]: the same image through
# both.
by_kernel() {
	another
	kernel    builtin
	contract  linuxrc
	old_image ext2 "$1"
	squeeze   gzip -9n
	image     file="$OLD"
	two_disks
	cmdline   "root=/dev/vda bare key=value ${2-}"
	boot
}
by_us() {
	another
	kernel    builtin
	old_image ext2 "$1"
	squeeze   gzip -9n
	second_cpio
	image     modules=none
	two_disks ${3-}
	cmdline   "root=/dev/vda bare key=value ${2-}"
	boot
}

# same_facts GUEST [WORDS]
same_facts() {
	by_kernel "$1" || return 1
	what_init_sees >"$VM_ROOT/kernel.facts"
	by_us "$1" "${2-}" || return 1
	judge init || return 1
	diff -u "$VM_ROOT/kernel.facts" <(what_init_sees)
}

# beside NAME GUEST WORDS: on a stock kernel, from a second archive.
beside() {
	another
	kernel    "$1"
	old_image ext2 "$2"
	squeeze   gzip -9n
	second_cpio
	image     modules=+loop
	two_disks
	cmdline   "$3"
	boot
}

@test "compat: a gzip'ed ext2 image as a file of a second archive, on the newest kernel and on a running one" {
	local name
	for name in newest stock; do
		beside $name writes_number "root=/dev/vda"
		expect    console ", 65024"
		expect    init "/sbin/init pid=1 argv=/sbin/init fds=0,1,2 sid=0"
		expect    disk "vdb"
		expect    root "/dev/root ext2 ro"
		expect    mount "/initrd ext2 /dev/root.old rw"
	done
}

@test "compat: pivot_root and 0x100, and the initrd as the root, on the newest kernel and on a running one" {
	local name
	for name in newest stock; do
		beside    $name pivots "root=/dev/vda"
		expect    disk "vdb"
		expect    root "/dev/vdb ext2 ro"
		expect    mount "/initrd ext2 /dev/root.old rw"
		beside    $name stays "root=/dev/ram0 rw"
		expect    init "/sbin/init pid=1"
		expect    disk "old"
		expect    root "/dev/root ext2 rw"
	done
}

@test "compat: a number in real-root-dev gives init the same facts as the kernel's own code" {
	same_facts writes_number
	expect    disk "vdb"
	expect    console "Trying to move old root to /initrd ... okay"
}

@test "compat: a /proc and a process that are left stay with the initrd, as the kernel leaves them" {
	same_facts leaves_things
	expect    mount "/initrd/proc proc"
	expect    process "sleep ppid=1"
}

@test "compat: pivot_root and 0x100 give init the same facts as the kernel's own code" {
	same_facts pivots
	expect    disk "vdb"
	expect    mount "/initrd /dev/root.old rw"
	refute    console "Trying to move old root"
}

@test "compat: 0x100 without a pivot leaves the initrd as the root, as the kernel does" {
	same_facts stays
	expect    disk "old"
	expect    root "/dev/root.old rw"
}

@test "compat: as much memory is free after it as after the kernel's own code" {
	local kernel ours
	by_kernel writes_number testinit=memory
	kernel=$(fact memory-held free)
	by_us     writes_number testinit=memory
	ours=$(fact memory-held free)
	echo "free: by the kernel $kernel, by us $ours KiB"
	((ours >= kernel - 1024))
}

@test "compat: without /initrd a busy initrd is detached, and what runs in it lives on" {
	by_us     leaves_things "" tree=no_initrd
	expect    console "/initrd does not exist. Ignored."
	expect    process "sleep ppid=1"
	expect    mounts "/"
	refute    mounts "/initrd"
	by_us     writes_number linuxrc.initrd=free
	expect    disk "vdb"
	refute    mounts "/initrd"
}

# An old script that frees /dev/ram0 by its name.
speaks_of_ram0() { # TREE
	guest_script "$1" <<-'END'
		# later: umount /initrd; freeramdisk /dev/ram0
	END
}

@test "compat: a /linuxrc that speaks of /dev/ram0 gets it, and so does linuxrc.ramdisk=brd" {
	by_us     speaks_of_ram0
	expect    mount "/initrd rw dev=1:0"
	by_us     writes_number linuxrc.ramdisk=brd
	expect    mount "/initrd rw dev=1:0"
	expect    disk "vdb"
}

@test "compat: /dev/ram0 of the newest kernel is as large as the image, and empty again without /initrd" {
	local tree free=() OLD_KIB=16384
	for tree in : no_initrd; do
		another
		kernel    newest
		old_image ext2 writes_number
		squeeze   gzip -9n
		second_cpio
		image     modules=+brd
		two_disks tree=$tree
		cmdline   "root=/dev/vda linuxrc.ramdisk=brd testinit=memory"
		boot
		expect    console "ext2, 16384 KiB on ram0"
		expect    disk "vdb"
		expect    module brd
		free+=("$(fact memory-held free)")
	done
	expect    console "/initrd does not exist. Ignored."
	echo "free: with /initrd ${free[0]}, without it ${free[1]} KiB"
	((free[1] >= free[0] + 12000))
}

# The number of root= is not known yet, and what is not there is waited for.
keeps_number() { # TREE
	guest_script "$1" <<-'END'
		mount -t proc proc /proc
		echo "guest: $(cat /proc/sys/kernel/real-root-dev)"
		umount /proc
	END
}

@test "compat: root= that comes after /linuxrc is waited for" {
	kernel    builtin
	old_image ext2 keeps_number
	second_cpio
	image     modules=none
	disk      vda ext2 console=yes label=ROOT late=3 after="guest: 0"
	cmdline   "root=LABEL=ROOT rootwait"
	boot
	expect    console "guest: 0"
	expect    root "/dev/root ro"
	expect    initrd "mounted"
}

@test "compat: the image is to be the root, but there is none: that is the question" {
	kernel    builtin
	image     modules=none
	disk      vda ext2 console=yes
	cmdline   "root=/dev/ram0 linuxrc.compat"
	answer    "Number, or" "root=/dev/vda"
	boot
	expect    root "/dev/root ro"
	refute    initrd "mounted"
}

killer() { cp "$(binary stepkiller)" "$1/killer"; }

@test "compat: a crash while the image is unpacked or run is one more try" {
	kernel    builtin
	old_image ext2 writes_number
	second_cpio
	image     modules=none tree=killer
	two_disks
	cmdline   "root=/dev/vda rdinit=/killer kill_step=unpack,linuxrc"
	boot
	expect    console "unpack the initrd image: crashed: Segmentation fault"
	expect    console "run /linuxrc of the initrd: crashed: Segmentation fault"
	expect    disk "vdb"
	expect    initrd "mounted"
}
