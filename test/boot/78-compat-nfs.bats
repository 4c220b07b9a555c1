# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034
# Old initrd images whose /linuxrc says that the root is on NFS, as initrd(4)
# has it: 255 in real-root-dev, nfs-root-name, nfs-root-addrs.

load ../house
load ../compat

# 0xff, and no more: which directory it is stands on the command line.
writes_255() { # TREE
	guest_script "$1" <<-'END'
		mount -t proc proc /proc
		echo "guest: preset $(cat /proc/sys/kernel/real-root-dev)"
		echo 0xff >/proc/sys/kernel/real-root-dev
		umount /proc
	END
}

# All that there is to say of it, and nothing on the command line.
writes_all() { # TREE
	guest_script "$1" <<-'END'
		mount -t proc proc /proc
		cd /proc/sys/kernel
		echo 10.0.2.2:/srv/root >nfs-root-name
		echo 10.0.2.77:10.0.2.2:10.0.2.2:255.255.255.0:old::off >nfs-root-addrs
		echo 255 >real-root-dev
		cd /
		umount /proc
	END
}

# The number that root= has already; it stays.
keeps_255() { # TREE
	guest_script "$1" <<-'END'
		mount -t proc proc /proc
		echo "guest: preset $(cat /proc/sys/kernel/real-root-dev)"
		umount /proc
	END
}

writes_disk() { # TREE
	guest_script "$1" <<-'END'
		mount -t proc proc /proc
		echo 0xfe00 >/proc/sys/kernel/real-root-dev
	END
}

# The network is the guest's own affair.
configures() { # TREE
	ln -s busybox "$1/bin/ifconfig"
	ln -s busybox "$1/bin/route"
	guest_script "$1" <<-'END'
		mount -t proc proc /proc
		ifconfig eth0 10.0.2.99 netmask 255.255.255.0 up
		route add default gw 10.0.2.2
		echo 0xff >/proc/sys/kernel/real-root-dev
		umount /proc
	END
}

# client KERNEL GUEST: a machine with a card, that guest, and a server.
client() {
	another
	kernel    "$1"
	old_image ext2 "$2"
	squeeze   gzip -9n
	second_cpio
	image     modules=+loop,virtio_net,nfsv3,nfsv4
	nic       user,model=virtio-net-pci
	nfs_server
}

# on_nfs: the root is the server's, and the initrd has gone where the kernel put
# it.
on_nfs() {
	expect init "/sbin/init pid=1" &&
		expect root "10.0.2.2:/srv/root nfs ro" &&
		expect disk "nfs" &&
		expect mount "/initrd ext2 /dev/root.old rw"
}

@test "compat: 0xff in real-root-dev is the root on NFS that nfsroot= names, whatever root= says; ip= as for root=/dev/nfs" {
	local name words=
	for name in newest stock; do
		client    $name writes_255
		disk      vda ext2
		cmdline   "root=/dev/vda nfsroot=10.0.2.2:/srv/root $words"
		boot
		expect    console "guest: preset 65024"
		on_nfs
		expect    netconf "PROTO='dhcp'"
		words="ip=dhcp"
	done
}

@test "compat: nfs-root-name and nfs-root-addrs say which root on NFS it is, and come before the command line" {
	local words kernel=newest
	for words in "root=/dev/vda" "root=nfs:10.0.2.2:/srv/other ip=dhcp"; do
		client    $kernel writes_all
		cmdline   "$words"
		boot
		on_nfs
		expect    netconf "IPV4ADDR='10.0.2.77'"
		expect    netconf "PROTO='none'"
		exactly   hostname "old"
		kernel="stock"
	done
}

@test "compat: nfsroot= alone and root=nfs: preset 255, and are the root when that stays" {
	local words
	for words in "nfsroot=10.0.2.2:/srv/root" "root=nfs:10.0.2.2:/srv/root ip=dhcp"; do
		client    newest keeps_255
		cmdline   "$words"
		boot
		expect    console "guest: preset 255"
		on_nfs
	done
}

@test "compat: root=/dev/nfs, but /linuxrc leaves the number of a disk: no network is asked for" {
	client    newest writes_disk
	disk      vda ext2 console=yes
	cmdline   "root=/dev/nfs nfsroot=10.0.2.2:/srv/root"
	boot
	expect    root "/dev/root ext2 ro"
	expect    disk "vda"
	refute    console "configure the network"
}

# Its driver is ours; on a kernel without IP_PNP nothing but the address tells.
@test "compat: a network that /linuxrc has configured is left as it is" {
	client    newest configures
	image     modules=+loop,virtio_net,nfsv3 conf=linuxrc.modules=virtio_net
	cmdline   "root=/dev/vda nfsroot=/srv/root ip=10.0.2.50:10.0.2.2:::::dhcp"
	boot
	on_nfs
	expect    console "configure the network: eth0 10.0.2.99/24 as it was already"
	expect    netconf "PROTO='kernel'"
	expect    netconf "IPV4ADDR='10.0.2.99'"
}
