#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The network behind the question: what is there, what came of it, and what
# can be done.
load ../house

given_card() {
	disk     vda ext4
	image    modules=+virtio_net
	nic      user,model=virtio-net-pci
}

times() { # STEP
	console | grep -cF "] linuxrc: $1: "
}

@test "a card whose driver nobody asked for: its driver is loaded, DHCP on it, and the line for the boot loader" {
	local ui
	for ui in line full; do
		another
		given_card
		cmdline  "root=/dev/vdx rootwait=1 linuxrc.ui=$ui"
		if [[ $ui == line ]]; then
			answer   "root=/dev/vda1: " "network"
			answer   "Number, or Enter to go back: " "eth0"
			answer   "root=/dev/vda1: " "network"
			answer   "Number, or Enter to go back: " ""
			answer   "root=/dev/vda1: " "root=/dev/vda"
		else
			keys     "Enter: choose" "n\r"
			keys     "Esc: back" "\r"
			keys     "Enter: choose" "a\r"
			keys     "Esc: back" "/dev/vda\r"
		fi
		boot
		expect   console "No ip= was given."
		expect   console "Nothing was configured."
		expect   console "eth0     virtio_net "
		expect   console "DHCP on it; its address is 52:54:00:12:34:56"
		expect   console "configure the network: eth0 10.0.2.15/24 by 10.0.2.2 from DHCP"
		if [[ $ui == line ]]; then
			expect   console "Asked for: ip=:::::eth0:dhcp (question)"
			expect   console "link     10.0.2.15/24"
		fi
		(($(times "load drivers") == 1))
		(($(times "configure the network") == 1))
		expect   console "For the boot loader: no_timer_check nolapic_timer console=ttyS0 cryptomgr.notests noreplace-smp rootwait=1 linuxrc.ui=$ui ip=:::::eth0:dhcp root=/dev/vda"
		expect   netconf "PROTO='dhcp'"
		expect   netconf "DEVICE='eth0'"
		expect   root "/dev/vda ext4 ro"
		exactly  processes 0
	done
}

@test "an ip= with a fault: what came of it is said, a wrong line is not taken, and a right one is" {
	given_card
	cmdline  "root=/dev/vdx rootwait=1 ip=10.0.0"
	answer   "root=/dev/vda1: " "network"
	answer   "Number, or Enter to go back: " "type"
	answer   "It is now: 10.0.0" "10.0.2.999:::255.255.255.0::eth0:off"
	answer   "It is now: 10.0.2.999" "10.0.2.99:::255.255.255.0::eth0:off"
	answer   "root=/dev/vda1: " "root=/dev/vda"
	boot
	expect   console "Asked for: ip=10.0.0 (command line)"
	expect   console "It failed: ip=: the address 10.0.0 is no address like 192.0.2.1"
	expect   console "Not taken: ip=: the address 10.0.2.999 is no address like 192.0.2.1"
	expect   console "configure the network: eth0 10.0.2.99/24 as ip= says"
	expect   netconf "PROTO='none'"
	expect   root "/dev/vda ext4 ro"
}

@test "a driver that the image has not is named, and a module is chosen from the same page" {
	disk     vda ext4
	nic      user,model=virtio-net-pci
	cmdline  "root=/dev/vdx rootwait=1"
	answer   "root=/dev/vda1: " "network"
	answer   "Number, or Enter to go back: " "load"
	answer   "Number, or Enter to go back: " ""
	answer   "Number, or Enter to go back: " "look"
	answer   "Number, or Enter to go back: " ""
	answer   "root=/dev/vda1: " "root=/dev/vda"
	boot
	(($(console | grep -c "No network card has a driver: no driver is bound to virtio.*module virtio_net is not in this image") == 3))
	expect   console "virtio_blk           loaded"
	expect   root "/dev/vda ext4 ro"
}

@test "a root on an NFS server is typed there: the network is configured and the root mounted" {
	image    modules=+virtio_net,nfsv3,nfsv4
	nic      user,model=virtio-net-pci
	nfs_server
	cmdline  "root=/dev/vdx rootwait=1"
	answer   "root=/dev/vda1: " "network"
	answer   "Number, or Enter to go back: " "root"
	answer   "nfsroot=" "10.0.2.2:/srv/root"
	boot
	(($(times "load drivers") == 1))
	expect   console "configure the network: eth0 10.0.2.15/24"
	expect   root "10.0.2.2:/srv/root nfs ro"
	expect   disk "nfs"
}
