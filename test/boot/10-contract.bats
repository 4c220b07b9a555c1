#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Who starts us, so how we leave: every contract and hand-over, on every kernel
# that has it. What is given to init, and that nothing of ours stays behind.
load ../house
PACKED=yes

WORDS='single foo=bar bar="a b" linuxrc.debug -- last'

# What the kernel gives to an init that it starts itself, with those words.
as_from_the_kernel() { # ARGV [NAME=VALUE]
	expect   init "pid=1 ppid=0 sid=0 pgid=0 cwd=/ umask=0022 argv=$1 fds=0,1,2"
	exactly  env $'HOME=/\nTERM=linux\n'"${2:+$2$'\n'}"$'foo=bar\nbar=a\\040b'
	exactly  terminal "0:0"
	exactly  signals "blocked:0000000000000000 ignored:0000000000000000 caught:0000000000000000"
	exactly  processes "0"
}

# Three times the console, opened for both, from the mount at this place.
on_console() { # MOUNT
	local fd
	for fd in 0 1 2; do
		expect fd "$fd dev=5:1 rw mount=$1 path=/dev/console"
	done
}

# ------------------------------------------------------------- initramfs

initramfs() { # KERNEL [WORD]
	kernel   "$1"
	contract initramfs
	disk     vda ext4 label=ROOT
	cmdline  "root=LABEL=ROOT testinit=rootfs ${2-} $WORDS"
}

left_initramfs() { # [/run]
	as_from_the_kernel /sbin/init,single,last testinit=rootfs
	on_console /dev
	expect   root "/dev/vda ext4 ro dev=254:0 parent=1"
	exactly  mounts "/proc /sys /dev /${1:+ $1}"
	expect   mount "/proc proc flags=rw,nosuid,nodev,noexec,relatime"
	expect   mount "/sys sysfs flags=rw,nosuid,nodev,noexec,relatime"
	expect   initrd "plain entries="
	expect   console "learn the contract: initramfs, pid 1, / is rootfs"
}

@test "initramfs on the stock kernel: the root is moved over an empty rootfs" {
	initramfs stock linuxrc.log=none
	boot
	left_initramfs
	expect   rootfs "plain entries="
	expect   mount "/dev devtmpfs"
}

@test "initramfs on the newest kernel: rootfs is pivoted away" {
	initramfs newest
	boot
	left_initramfs /run
	expect   mount "/dev devtmpfs"
	exactly  real-root-dev ""
}

@test "initramfs without devtmpfs: the nodes are ours, and go along" {
	kernel   bare
	contract initramfs
	disk     vda ext2 label=ROOT
	cmdline  "root=LABEL=ROOT $WORDS"
	boot
	as_from_the_kernel /sbin/init,single,last
	on_console /dev
	exactly  mounts "/proc /sys /dev / /run"
	expect   mount "/dev tmpfs"
	expect   dev "mounted entries=*vda,*"
}

@test "initramfs on 32 bits" {
	kernel   i386
	contract initramfs
	disk     vda ext4 label=ROOT
	cmdline  "root=LABEL=ROOT $WORDS"
	boot
	as_from_the_kernel /sbin/init,single,last
	on_console /dev
	expect   root "/dev/vda ext4 ro"
}

# What a stock kernel no longer runs on: a 486 knows no cmov, cmpxchg8b or SSE.
@test "the program for 32 bits runs on a 486" {
	run qemu-i386 -cpu 486 "$BUILD/i386/linuxrc" --explain "root=UUID=no-such"
	((status == 1))
	[[ $output == *"find the root device: root=UUID=no-such: not there"* ]]
}

@test "rdinit=/linuxrc is initramfs, too, and init= is the real root's" {
	kernel   classic
	contract initramfs
	disk     vda ext2 label=ROOT tree=another_init
	image    name=linuxrc
	cmdline  "rdinit=/linuxrc init=/sbin/another root=LABEL=ROOT rw $WORDS"
	boot
	as_from_the_kernel /sbin/another,single,last
	expect   init "/sbin/another"
	expect   root "/dev/vda ext2 rw"
	expect   console "Run /linuxrc as init process"
	expect   console "learn the contract: initramfs"
}

another_init() { mv "$1/sbin/init" "$1/sbin/another"; }

# --------------------------------------------------------------- linuxrc

@test "linuxrc with pivot_root: the kernel keeps the root that it finds" {
	kernel   classic
	contract linuxrc
	disk     vda ext2 label=ROOT
	cmdline  "root=LABEL=ROOT $WORDS"
	boot
	as_from_the_kernel /sbin/init,single,last
	on_console none
	expect   root "/dev/vda ext2 ro dev=254:0"
	expect   real-root-dev 256
	expect   initrd "mounted entries=*linuxrc,*"
	expect   console "learn the contract: linuxrc"
	refute   console "Trying to move old root"
	refute   console "on device 254:0"
	refute   console "hand over"
}

@test "linuxrc with change_root: the kernel mounts the root by its number" {
	kernel   classic
	contract linuxrc
	disk     vda ext2 label=ROOT part=gpt number=16
	cmdline  "root=LABEL=ROOT rw linuxrc.handover=change_root $WORDS"
	boot
	as_from_the_kernel /sbin/init,single,last
	on_console none
	expect   root "/dev/root ext2 rw dev=259:0"
	expect   real-root-dev 66304
	exactly  mounts "/initrd /"
	expect   initrd "mounted entries=*linuxrc,*"
	expect   console "Trying to move old root to /initrd"
	expect   console "VFS: Mounted root (ext2 filesystem) on device 259:0."
}

@test "linuxrc with change_root loads the driver that the kernel then needs" {
	kernel   classic
	contract linuxrc
	disk     vda ext4
	cmdline  "root=/dev/vda linuxrc.handover=change_root"
	boot
	expect   root "/dev/root ext4 ro dev=254:0"
}

@test "linuxrc leaves the choice of init to the kernel, and says so" {
	kernel   classic
	contract linuxrc
	disk     vda ext2 tree=another_init
	cmdline  "root=/dev/vda init=/sbin/another linuxrc.init=/sbin/third"
	boot
	expect   init "/sbin/another pid=1 argv=/sbin/another"
	expect   console "linuxrc.init=/sbin/third: the kernel itself starts init after /linuxrc"
}

@test "linuxrc without root=: the number that the kernel image holds" {
	rdev_kernel
	contract linuxrc
	disk     vda ext2
	image    "conf=linuxrc.root="
	cmdline  ""
	boot
	expect   root "/dev/vda ext2 ro dev=254:0"
	expect   console "read the boot options: root=0xfe00 from the kernel"
}

# What rdev(8) did: the number of the root, at byte 508 of a bzImage.
rdev_kernel() {
	mkdir -p "$VM_ROOT/kernels/classic"
	ln -s "$KERNELS"/classic/{modules,release} "$VM_ROOT/kernels/classic/"
	cp "$KERNELS/classic/vmlinuz" "$VM_ROOT/kernels/classic/"
	KERNELS=$VM_ROOT/kernels
	printf '\000\376' | dd of="$KERNELS/classic/vmlinuz" bs=1 seek=508 \
		conv=notrunc status=none
	kernel   classic
}

@test "linuxrc that fails exits, and the kernel tries root= itself" {
	kernel   classic
	contract linuxrc
	disk     vda ext2
	cmdline  "root=fe00 linuxrc.root=LABEL=NONE linuxrc.timeout=0"
	boot
	expect   init "/sbin/init pid=1"
	expect   root "/dev/root ext2 ro dev=254:0"
	exactly  processes "0"
	exactly  mounts "/initrd /"
	expect   console "linuxrc: find the root device: root=LABEL=NONE: not there after 0 s"
	expect   console "linuxrc: nobody answers: the kernel goes on without us"
}

@test "linuxrc with a root on NFS writes 0xff, and the kernel mounts it" {
	kernel   classic
	contract linuxrc
	nic      user,model=e1000
	nfs_server
	cmdline  "root=fe00 linuxrc.root=/dev/nfs nfsroot=10.0.2.2:/srv/root,vers=3,tcp ip=dhcp"
	boot
	expect   init "/sbin/init pid=1"
	expect   root "10.0.2.2:/srv/root nfs ro"
	expect   console "find the root device: an NFS root, mounted by the kernel"
	expect   console "VFS: Mounted root (nfs filesystem)"
	refute   console "nfs-root"
}

@test "linuxrc without root=: nfsroot= alone is a root on NFS" {
	kernel   classic
	contract linuxrc
	nic      user,model=e1000
	nfs_server
	cmdline  "nfsroot=10.0.2.2:/srv/root,vers=3,tcp ip=dhcp"
	boot
	expect   root "10.0.2.2:/srv/root nfs ro"
	expect   console "read the boot options: root=0xff from the kernel"
	expect   console "find the root device: an NFS root, mounted by the kernel"
}

@test "linuxrc with a root on NFS and linuxrc.handover=pivot_root mounts it itself, and pivots" {
	kernel   classic
	contract linuxrc
	image    modules=none
	nic      user,model=e1000
	nfs_server
	cmdline  "root=fe00 linuxrc.root=/dev/nfs nfsroot=10.0.2.2:/srv/root ip=dhcp linuxrc.handover=pivot_root"
	boot
	expect   init "/sbin/init pid=1"
	expect   root "10.0.2.2:/srv/root nfs ro"
	expect   mounts "/initrd"
	expect   console "find the root device: 10.0.2.2:/srv/root on NFS"
	refute   console "VFS: Mounted root (nfs"
}

@test "linuxrc with a root on NFS, and a kernel that has no network: linuxrc asks for one, and says what is missing" {
	kernel   classic
	contract linuxrc
	cmdline  "root=fe00 linuxrc.root=/dev/nfs nfsroot=/srv ip=off"
	boot
	expect   end "panic:"
	refute   console "mounted by the kernel"
	expect   console "find the root device: no NFS server address"
}

# ------------------------------------------------------------------ ram0

@test "ram0: init follows us as process 1, with our words" {
	kernel   classic
	contract ram0
	disk     vda ext2 label=ROOT
	cmdline  "root=/dev/ram0 init=/linuxrc rw linuxrc.root=LABEL=ROOT $WORDS"
	boot
	as_from_the_kernel /sbin/init,single,last
	on_console /dev
	expect   root "/dev/vda ext2 ro dev=254:0"
	expect   initrd "mounted entries=*linuxrc,*"
	expect   console "learn the contract: ram0, pid 1, / is ext2"
}

@test "ram0: root=0100 is the RAM disk as well, and linuxrc.init= the real init" {
	kernel   classic
	contract ram0
	disk     vda ext2 tree=another_init
	cmdline  "root=0100 init=/linuxrc linuxrc.root=/dev/vda linuxrc.rw linuxrc.init=/sbin/another"
	boot
	expect   init "/sbin/another pid=1 argv=/sbin/another fds=0,1,2"
	expect   root "/dev/vda ext2 rw"
	expect   mount "/initrd ext2 ro"
}

@test "ram0 without devtmpfs: an empty /dev gets our nodes" {
	kernel   bare
	contract ram0
	disk     vda ext2
	cmdline  "root=/dev/ram0 init=/linuxrc rw linuxrc.root=/dev/vda"
	boot
	expect   init "/sbin/init pid=1 fds=0,1,2"
	on_console /dev
	expect   mount "/dev tmpfs"
	exactly  mounts "/initrd /dev / /run"
}

@test "ram0 on a kernel after 7.0, which has no uevents either" {
	kernel   modern
	contract ram0
	disk     vda ext2 label=ROOT
	image    modules=none
	cmdline  "root=/dev/ram0 init=/linuxrc rw linuxrc.root=LABEL=ROOT $WORDS"
	boot
	as_from_the_kernel /sbin/init,single,last
	on_console /dev
	expect   root "/dev/vda ext2 ro dev=254:0"
	exactly  mounts "/initrd /dev / /run"
	expect   initrd "mounted entries=*linuxrc,*"
	expect   console "using deprecated initrd support, will be removed in January 2027"
}

# ------------------------------------------------------------ no console

@test "without a console every contract boots, and init has the same closed files" {
	local contract root="root=/dev/vda"
	for contract in initramfs linuxrc ram0; do
		another
		kernel   classic
		contract $contract
		disk     vda ext2
		[[ $contract != ram0 ]] ||
			root="root=/dev/ram0 init=/linuxrc rw linuxrc.root=/dev/vda"
		cmdline  "console=hvc0 $root"
		boot
		expect   init "/sbin/init pid=1 fds="
		refute   fd
	done
}
