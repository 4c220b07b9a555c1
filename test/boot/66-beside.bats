#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Our applets beside the tools of util-linux, kmod and coreutils, on the same
# machine and the same input: what scripts read of them, and what they do.

load ../house
load ../tools

# The init of a real root in which "both 'SCRIPT'" is run with the tools of the
# distribution and with ours in $x: a fact "same" with the number of lines that
# came, or "differs" with what differs.
beside() { # TREE NAME...; standard input is what init does
	local tree=$1
	shift
	tools "$tree" "$@" && real_tools "$tree" "$@" || return 1
	mkdir -p "$tree/tmp" "$tree/a" "$tree/b/c"
	{ cat <<-'END'
		# Directories give names in any order, and kmod lists that are so.
		said() {
			{ eval "$2"; echo "exit $?"; } 2>&1 |
				busybox sed "s,$1,X,g; s/ *$//" | busybox awk '
				{ before = substr($0, 1, length($0) - length($NF))
				  n = split($NF, part, ",")
				  for (i = 1; i <= n; i++) print before part[i] }' |
				busybox sort
		}
		both() {
			x=/real; said $x "$1" >/tmp/theirs
			x=/tools; said $x "$1" >/tmp/ours
			if busybox cmp -s /tmp/theirs /tmp/ours; then
				echo "$(busybox wc -l </tmp/ours) $1" | tell same
			else
				echo "$1" | tell differs
				busybox diff /tmp/theirs /tmp/ours | tell differs
			fi
		}
		busybox mount -t tmpfs none /tmp
	END
	cat
	} | before_testinit "$tree"
}

# all_same COUNT: so many comparisons were made, and none found a difference.
all_same() {
	refute   differs
	[[ $(facts_of same | wc -l) == "$1" ]] ||
		fail_sheet "expected so many comparisons" "$1" "$(found_text same)"
}

loops() { # TREE of the real root
	kernel_put_modules "$KERNEL" "$1" loop
	truncate -s 4M "$1/disk"
	printf '2048,2048\n4096,\n' | sfdisk -q "$1/disk" || return 1
	truncate -s 1M "$1/small" "$1/$(printf 'long%.0s' {1..30})"
	beside "$1" losetup <<-'END'
		busybox insmod /lib/modules/*/kernel/drivers/block/loop.ko
		both '$x/losetup -f'
		both '$x/losetup -a'
		$t/losetup -P --show -f /disk | tell device
		/real/losetup -o 4096 --sizelimit 512K -r -f /small
		cd / && $t/losetup /dev/loop5 long*
		both '$x/losetup -f'
		both '$x/losetup -a'
		both '$x/losetup /dev/loop1'
		both '$x/losetup -j /small'
		both '$x/losetup --associated small -o 4096'
		both '$x/losetup -j /small -o 512'
		both '$x/losetup -j /nowhere'
		both '$x/losetup /dev/loop3 2>/dev/null'
		busybox ls -d /dev/loop0p* | tell partition
		$t/losetup -d /dev/loop1
		/real/losetup -d /dev/loop0
		both '$x/losetup -a'
		both '$x/losetup -D; $x/losetup -a'
		both '$x/losetup -rf --show /small; busybox cat /sys/block/loop0/ro; $x/losetup -d /dev/loop0'
	END
}

@test "losetup says and does the same as that of util-linux, with devices of either" {
	kernel   stock
	disk     vda ext4 size=32 tree=loops
	cmdline  "root=/dev/vda rw"
	boot
	expect   device "/dev/loop0"
	expect   partition "/dev/loop0p2"
	expect   same '4 $x/losetup -a'
	all_same 13
}

modules() { # TREE of the real root
	kernel_put_modules "$KERNEL" "$1" virtio_rng loop brd
	# kmod reads what depmod makes of its texts
	depmod -b "$1" "$(kernel_release "$KERNEL")" 2>/dev/null || return 1
	beside "$1" lsmod rmmod insmod modprobe <<-'END'
		cd /lib/modules/*/kernel/drivers || exit
		both '$x/lsmod'
		both '$x/modprobe -D virtio-rng'
		both '$x/modprobe --show-depends ext4'
		both '$x/modprobe -R virtio:d00000004v00001AF4'
		both '$x/modprobe -R fs-ext4 2>/dev/null'
		both '$x/modprobe -n nonsense 2>/dev/null'
		both '$x/modprobe -q nonsense'
		both '$x/modprobe loop max_loop=3; busybox cat /sys/module/loop/parameters/max_loop; $x/lsmod; $x/modprobe -r loop; $x/lsmod'
		both '$x/modprobe virtio:d00000004v00001AF4; $x/lsmod; $x/rmmod virtio_rng; $x/modprobe -r rng-core 2>/dev/null; echo $?; $x/lsmod'
		both '$x/modprobe -a brd loop; $x/modprobe brd; $x/lsmod; $x/rmmod brd loop; $x/lsmod'
		both '$x/insmod block/brd.ko rd_nr=2; busybox ls /sys/block; $x/insmod block/brd.ko 2>/dev/null; echo $?; $x/rmmod brd'
		both '$x/rmmod brd 2>/dev/null'
		both '$x/rmmod virtio_blk 2>/dev/null'
		both '$x/insmod /nowhere.ko 2>/dev/null'
	END
}

@test "lsmod, modprobe, insmod and rmmod say and do the same as those of kmod" {
	kernel   stock
	device   "virtio-rng-pci"
	disk     vda ext4 size=40 tree=modules
	cmdline  "root=/dev/vda rw"
	boot
	expect   same '4 $x/modprobe -D virtio-rng'
	all_same 14
}

disks() { # TREE of the real root
	mke2fs -q -L inner "$1/image" 1M >/dev/null || return 1
	printf '%s\n' '/dev/vdb2 /a ext2 noatime,noauto 0 0' '/b /b/c none bind,noauto 0 0' >"$1/etc/fstab"
	beside "$1" mount umount blkid findfs blockdev mknod chroot <<-'END'
		m() { busybox sed -n 's/^[0-9]* [0-9]* //p' /proc/self/mountinfo | busybox grep -v ' /tmp '; }
		for tag in LABEL=data PARTUUID=deadbeef-02 UUID=11111111-2222-4333-8444-555555555555 /dev/vda; do
			both "\$x/findfs $tag"
		done
		both '$x/findfs LABEL=none 2>/dev/null'
		both '$x/blkid -c /dev/null -o value -s UUID /dev/vda'
		both '$x/blkid -c /dev/null -o device'
		both '$x/blkid -c /dev/null -s TYPE -s LABEL -s PARTUUID'
		both '$x/blkid -c /dev/null -o export -s UUID -s TYPE /dev/vda /dev/vdb2'
		both '$x/blkid -c /dev/null -L data; $x/blkid -c /dev/null -U 11111111-2222-4333-8444-555555555555'
		both '$x/blkid -c /dev/null -t TYPE=ext2 -l -o device'
		for get in ro ss pbsz iomin ioopt alignoff maxsect bsz sz size64 ra fra; do
			both "\$x/blockdev --get$get /dev/vdb2"
		done
		both '$x/blockdev --setro /dev/vdb; $x/blockdev --getro /dev/vdb; $x/blockdev --setrw --setra 64 --getra /dev/vdb'
		both '$x/blockdev --flushbufs --rereadpt /dev/vdb; busybox ls -d /dev/vdb*'
		both '$x/mount LABEL=data /a; m; $x/mount -t ext2; $x/umount /a; m'
		both '$x/mount -o ro,nosuid,nodev /dev/vdb2 /a; $x/mount -o remount,rw,noexec /a; m; $x/umount /dev/vdb2; m'
		both '$x/mount /a; $x/mount /b/c; m; $x/umount /b/c /a; m'
		both '$x/mount -t tmpfs -o size=64k,mode=750 some /a; m; $x/mount --bind /a /b; $x/mount -M /b /b/c 2>/dev/null; echo $?; m; $x/umount /b /a; m'
		both '$x/mount --rbind / /a; $x/mount --make-rslave /a; m; $x/umount -R /a; m'
		both '$x/mount -t nosuch none /a 2>/dev/null'
		both '$x/mount /dev/vdb9 /a 2>/dev/null'
		both '$x/umount /a 2>/dev/null'
		both '$x/umount /nowhere 2>/dev/null'
		both '$x/mount LABEL=data /a; cd /a; $x/umount /a 2>/dev/null; echo $?; $x/umount -l /a; cd /; m'
		both '$x/mknod /tmp/n b 1 250 && busybox stat -c "%F %t %T %a" /tmp/n; $x/mknod /tmp/n p 2>/dev/null; echo $?; busybox rm /tmp/n'
		both '$x/mknod -m 640 /tmp/n c 5 1 && busybox stat -c "%F %t %T %a" /tmp/n; busybox rm /tmp/n'
		both 'cd /b; $x/chroot / /bin/busybox pwd; cd /'
		both '$x/chroot /nowhere /bin/true 2>/dev/null'
		both '$x/chroot / /bin/none 2>/dev/null'
		both '$x/chroot / /etc/fstab 2>/dev/null'
		both '$x/chroot / /bin/busybox sh -c "exit 7"'
	END
}

@test "mount, umount, blkid, findfs, blockdev, mknod and chroot do the same as those of the distribution" {
	tagged_disks 40 disks
	boot
	expect   same '4 $x/blkid -c /dev/null -o device'
	all_same 42
}
