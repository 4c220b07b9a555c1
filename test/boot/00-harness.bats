#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The harness itself: that it sees what happens, and that it can fail. Nothing
# of linuxrc runs here.
load ../house

# An observer in place of linuxrc shows the kernel's own contracts.

@test "an observer is /linuxrc of a classic initrd" {
	kernel   classic
	contract linuxrc
	image    binary=testinit modules=none
	cmdline  "root=fe00 single"
	boot
	expect   init "/linuxrc pid=* argv=linuxrc fds=0,1,2 cwd=/"
	refute   init "pid=1"
	exactly  mounts "/"
	expect   root "ext2 rw"
	expect   real-root-dev 65024
	refute   terminal "5:1"
}

@test "an observer is init=/linuxrc on /dev/ram0" {
	kernel   classic
	contract ram0
	image    binary=testinit modules=none
	cmdline  "root=/dev/ram0 init=/linuxrc rw single"
	boot
	expect   init "/linuxrc pid=1 argv=/linuxrc,single fds=0,1,2"
	expect   root "/dev/root ext2 rw dev=1:0"
}

@test "an observer is /init of an initramfs, on every kernel" {
	local k
	for k in classic stock newest; do
		another
		kernel   $k
		contract initramfs
		image    binary=testinit modules=none
		cmdline  "a=b c -- d"
		boot
		expect   init "/init pid=1 argv=/init,c,d fds=0,1,2"
		expect   env  "a=b"
		expect   root "rootfs rw"
		expect   processes 0
	done
}

@test "a kernel that is started unpacked gives to /init what it gives when it is packed" {
	local k
	for k in stock newest; do
		observed "$k" yes
		sed "$SAME" "$VM/facts" >"$VM_ROOT/packed"
		expect   cmdline "no_timer_check nolapic_timer panic=-1 console=ttyS0 a=b c -- d"
		observed "$k" ''
		expect   cmdline "no_timer_check nolapic_timer cryptomgr.notests noreplace-smp a=b c -- d"
		diff "$VM_ROOT/packed" <(sed "$SAME" "$VM/facts")
	done
}

# What differs from boot to boot, and with the words of the command line.
SAME='/^\(time\|memory\|memory-held\|cmdline\)=/d; s/super=[^ ]*//'

observed() { # KERNEL PACKED
	another
	PACKED=$2
	kernel   "$1"
	image    binary=testinit modules=none
	cmdline  "a=b c -- d"
	boot
	expect   init "/init pid=1 argv=/init,c,d fds=0,1,2"
}

@test "an observer is /init of an initramfs on 32 bits" {
	kernel   i386
	contract initramfs
	image    binary=testinit modules=none
	boot
	expect   init "/init pid=1"
}

# A loader that knows the disk beforehand, and each way to go wrong after it.

floor_modules() { # TREE
	local path i=0
	while read -r path; do
		cp "$KERNELS/$KERNEL/modules/lib/modules/$(kernel_release "$KERNEL")/$path" \
			"$1/$i"
		i=$((i + 1))
	done < <(kernel_module_paths "$KERNEL" virtio_pci virtio_blk)
}

floor() {
	kernel   stock
	contract initramfs
	image    binary=floor modules=none tree=floor_modules
}

@test "a root that was reached tells its facts" {
	floor
	disk     vda ext4 label=ROOT
	disk     vdb ext4
	cmdline  "one -- two"
	boot
	expect   end   "facts:"
	expect   init  "/sbin/init pid=1 argv=/sbin/init,one,two"
	expect   root  "/dev/vda ext4 ro"
	expect   disk  vda
	expect   memory "shmem<=4000 total>=100000"
}

@test "the wrong root is a failure that names the right one" {
	floor
	disk     vda ext4
	disk     vdb ext4
	boot
	run expect disk vdb
	assert_failed "-- expected disk: vdb" "found: vda" "-- given" \
		"disk vdb ext4" "make boots T='the wrong root"
	run refute disk vda
	assert_failed "-- not expected disk: vda"
	run exactly root "/dev/vda ext4"
	assert_failed "-- expected exactly root: /dev/vda ext4"
	run expect memory "total>=1000000000"
	assert_failed "-- expected memory"
	run expect console "no such line"
	assert_failed "-- expected console"
}

@test "a silent init, a panic, a hang and half a story are four messages" {
	local way
	for way in silent exit hang half; do
		another
		kernel   classic
		contract initramfs
		image    binary=badinit modules=none
		cmdline  "badinit=$way"
		limit    15
		boot
		run expect init "pid=1"
		case $way in
		silent) assert_failed "silent: the machine went off without a fact" ;;
		exit) assert_failed "panic: Kernel panic - not syncing: Attempted to kill init" ;;
		hang) assert_failed "hang: still running after 15 s" ;;
		half) assert_failed "broken: the facts stop before end=1" ;;
		esac
	done
	expect   end "broken:"
}

@test "a machine that cannot start is the harness's own failure" {
	kernel   classic
	contract none
	memory   nonsense
	boot
	run expect init "pid=1"
	assert_failed "qemu: exit status 1"
	expect   end "qemu:"
}

@test "a sheet that looks at nothing does not pass" {
	kernel   classic
	image    binary=badinit modules=none
	cmdline  "badinit=silent"
	boot
	run teardown
	assert_failed "silent: the machine went off without a fact"
	expect   end "silent:"
}

@test "what is typed on the console arrives" {
	kernel   classic
	image    binary=badinit modules=none
	cmdline  "badinit=echo"
	answer   "say something:" "hello"
	answer   "heard hello" "off"
	boot
	expect   console "badinit: heard hello"
	expect   end "silent:"
}

@test "an answer waits for text after that of the answer before it, however much is shown at once" {
	echo "say two two: one three" >"$VM_ROOT/console.log"
	printf 'type\t%s\t%s\n' "say" a "two" b "two" c "three" d >"$VM_ROOT/script"
	typed "a b c d"
	# shown once, and what is there comes before it
	printf 'type\t%s\t%s\n' "one" a "one" b >"$VM_ROOT/script"
	typed "a"
	printf 'type\t%s\t%s\n' "three" a "one" b >"$VM_ROOT/script"
	typed "a"
}

# What the script of a machine that has gone off types at its console.
typed() { # WORDS
	vm_direct "$VM_ROOT" none 7>"$VM_ROOT/typed"
	diff <(tr ' ' '\n' <<<"$1") <(tr '\r' '\n' <"$VM_ROOT/typed")
}

@test "images and disks that words decide are found again, and made anew when a program changes" {
	local program=$VM_ROOT/program made
	cp "$(binary testinit)" "$program"
	image    binary="$program" modules=none
	disk     vda ext4 init="$program"
	disk     vdb ext4 init="$program" label=OTHER
	made=$(image_file)
	DISKS+=(vda "$(file_again vda)" now)
	# found, and not laid out once more
	rm -rf "$VM_ROOT"/tree.*
	[[ $(image_file) -ef $made && ! -e $VM_ROOT/tree.image ]]
	[[ ${DISKS[7]} -ef ${DISKS[1]} && ! ${DISKS[7]} -ef ${DISKS[4]} ]]
	echo >>"$program"
	[[ ! $(image_file) -ef $made ]]
	[[ ! $(file_again vda) -ef ${DISKS[1]} ]]
}

# The disk NAME of the sheet above, once more.
file_again() { # NAME
	DISKS=()
	disk     "$1" ext4 init="$VM_ROOT/program"
	echo "${DISKS[1]}"
}

@test "a disk that is plugged in late is there late" {
	floor
	disk     vda ext4 late=3
	boot
	expect   disk vda
	expect   time "ms>=3000"
}

@test "a kept disk shows what was written to it, and is there in another sheet" {
	floor
	disk     vda ext4 journal=dirty keep=yes
	disk     vdb swsuspend keep=yes
	boot
	expect   bytes "vda=changed vdb=same"
	expect   disk vda
	another
	floor
	disk     vda again
	boot
	expect   bytes "vda=same"
	expect   disk vda
	run expect bytes "vda=changed"
	assert_failed "-- expected bytes: vda=changed" "found: vda=same"
}

@test "a machine that goes off before its late disk comes has ended" {
	kernel   classic
	image    binary=badinit modules=none
	disk     vda ext2 late=2
	cmdline  "badinit=silent"
	boot
	expect   end "silent:"
}

assert_failed() { # TEXT...
	local text
	((status != 0)) || { echo "it passed: $output" >&2; return 1; }
	for text; do
		[[ $output == *"$text"* ]] ||
			{ printf 'not said: %s\n%s\n' "$text" "$output" >&2; return 1; }
	done
}
