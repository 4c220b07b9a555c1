# SPDX-License-Identifier: MIT
# ip=, BOOTIF= and DHCP: QEMU's own server, and one of ours that is late,
# silent, hostile or lossy.

bats_require_minimum_version 1.5.0
load ../house

given_disk() {
	disk     vda ext4
	image    modules=+virtio_net
}

@test "ip=dhcp: a lease from a server is configured and told to the real system" {
	given_disk
	nic      user,model=virtio-net-pci,hostname=box,domainname=example.net
	cmdline  "root=/dev/vda ip=dhcp"
	boot
	expect   root "/dev/vda ext4 ro"
	expect   console "configure the network: eth0 10.0.2.15/24 by 10.0.2.2 from DHCP, for 86400 s: the real system renews it"
	exactly  hostname box
	expect   netconf "DEVICE='eth0'"
	expect   netconf "PROTO='dhcp'"
	expect   netconf "IPV4ADDR='10.0.2.15'"
	expect   netconf "ROOTSERVER='10.0.2.2'"
	expect   resolv "nameserver 10.0.2.3"
	expect   resolv "domain example.net"
	expect   route "eth0 00000000 0202000A"
	expect   mount "/run tmpfs"
}

@test "a lease has it all: names, time, MTU, search list, and what the server is told" {
	given_disk
	responder lease
	cmdline  "root=/dev/vda ip=dhcp,255,abc dhcpclass=lab"
	boot
	responder_saw "type=1 class=lab host= id=ff616263"
	responder_saw "type=3 class=lab"
	exactly  hostname guest
	expect   netconf "IPV4NTP0='192.0.2.4'"
	expect   netconf "ROOTPATH='192.0.2.2:/srv/it*s'"
	expect   netconf "MTU='1300'"
	expect   netconf "ROOTSERVER='192.0.2.2'"
	expect   netconf "DHCPSERVER='192.0.2.1'"
	expect   resolv "search eng.example.org ops.example.org"
	expect   route "eth0 00000000 FE0200C0"
}

@test "classless routes take the place of the router" {
	given_disk
	responder routes
	cmdline  "root=/dev/vda ip=dhcp"
	boot
	expect   route "eth0 00000000 070200C0"
	expect   route "eth0 006433C6 080200C0"
	expect   route "eth0 007100CB 00000000"
	refute   route "FE0200C0"
}

@test "a lease without a router is a network all the same" {
	given_disk
	responder norouter
	cmdline  "root=/dev/vda ip=dhcp"
	boot
	expect   console "configure the network: eth0 192.0.2.50/24 from DHCP"
	refute   route "0003"
}

@test "of two cards one has no server, and the other gets the lease" {
	given_disk
	responder silent
	responder lease
	cmdline  "root=/dev/vda ip=dhcp"
	boot
	expect   console "configure the network: eth1 192.0.2.50/24"
	expect   netconf "DEVICE='eth1'"
}

@test "a server that answers late, and one that goes away behind its offer" {
	given_disk
	responder late after=2
	cmdline  "root=/dev/vda ip=dhcp"
	boot
	expect   console "waiting for the network since"
	expect   console "configure the network: eth0 192.0.2.50/24"
	another
	given_disk
	responder gone after=5
	cmdline  "root=/dev/vda ip=dhcp"
	boot
	expect   console "configure the network: eth0 192.0.2.50/24"
}

@test "30 % of all packets lost: a lease nevertheless" {
	given_disk
	responder lossy percent=30
	cmdline  "root=/dev/vda ip=dhcp"
	boot
	expect   console "configure the network: eth0 192.0.2.50/24"
}

@test "a hostile server: garbage is dropped, and values that make no sense are not taken" {
	given_disk
	responder hostile
	cmdline  "root=/dev/vda ip=dhcp"
	boot
	expect   console "configure the network: eth0 192.0.2.50/24 from DHCP"
	exactly  hostname 192.0.2.50
	refute   console "crashed"
	refute   netconf "ROOTPATH"
	refute   netconf "DNSDOMAIN"
	refute   resolv "search"
	refute   route "0003"
}

@test "refused, no answer and no link are three sentences, and the disk boots" {
	given_disk
	responder nak
	cmdline  "root=/dev/vda ip=dhcp linuxrc.timeout=5"
	boot
	expect   console "refused by the DHCP server: eth0 was refused"
	expect   console "address not for you"
	expect   root "/dev/vda ext4 ro"
	another
	given_disk
	responder silent
	cmdline  "root=/dev/vda ip=dhcp linuxrc.timeout=3"
	boot
	expect   console "no answer after 3 s: eth0 got no answer to 2 packets"
	another
	given_disk
	responder silent
	unplugged r0
	cmdline  "root=/dev/vda ip=dhcp carrier_timeout=2"
	boot
	expect   console "no link after 2 s: eth0 has no link"
}

@test "a cable that is plugged in late, and a second card without one" {
	given_disk
	responder lease
	responder lease
	unplugged r0
	unplugged r1 "waiting for the network since"
	cmdline  "root=/dev/vda ip=dhcp"
	boot
	expect   console "waiting for the network since 5 s: eth0 has no link, eth1 has no link"
	expect   console "configure the network: eth1 192.0.2.50/24"
}

@test "a card without its driver is named, with the module that is missing" {
	disk     vda ext4
	nic      user,model=virtio-net-pci
	cmdline  "root=/dev/vda ip=dhcp linuxrc.timeout=1"
	boot
	expect   console "no network interface after 1 s -- no driver is bound to virtio"
	expect   console "module virtio_net is not in this image"
}

@test "ip= with an address: no packet is sent, all ten fields count" {
	given_disk
	responder lease
	cmdline  "root=/dev/vda ip=192.0.2.9:192.0.2.5:192.0.2.6:255.255.255.128:box.nis:eth0:off:192.0.2.7:192.0.2.8:192.0.2.10"
	boot
	run ! responder_saw "type="
	expect   console "configure the network: eth0 192.0.2.9/25 by 192.0.2.6 as ip= says"
	exactly  hostname box
	exactly  nisdomain nis
	expect   resolv "#MANUAL"
	expect   resolv "nameserver 192.0.2.7"
	expect   resolv "nameserver 192.0.2.8"
	expect   resolv "bootserver 192.0.2.5"
	expect   netconf "IPV4NTP0='192.0.2.10'"
}

@test "BOOTP answers ip=bootp and ip=any, and RARP is said not to be spoken" {
	given_disk
	responder bootp
	cmdline  "root=/dev/vda ip=bootp"
	boot
	responder_saw "type=0"
	expect   console "configure the network: eth0 192.0.2.50/24 by 192.0.2.254 from BOOTP"
	another
	given_disk
	cmdline  "root=/dev/vda ip=rarp"
	boot
	expect   console "RARP is not spoken here"
}

@test "BOOTIF= says which card, and two lines of ip= are two networks" {
	given_disk
	nic      user,model=virtio-net-pci,mac=52:54:00:00:00:01
	nic      user,model=virtio-net-pci,mac=52:54:00:00:00:02,net=10.9.0.0/16
	cmdline  "root=/dev/vda BOOTIF=01-52-54-00-00-00-02"
	boot
	expect   console "configure the network: eth1 10.9.2.15/16"
	another
	given_disk
	nic      user,model=virtio-net-pci
	nic      user,model=virtio-net-pci,net=10.9.0.0/16
	cmdline  "root=/dev/vda ip=10.0.2.99:::255.255.255.0::eth0:off ip=:::::eth1:dhcp"
	boot
	expect   console "network: eth1 10.9.2.15/16"
	expect   console "configure the network: eth0 10.0.2.99/24 as ip= says"
}

@test "without ip= nothing of it happens, nor with ip=off" {
	given_disk
	nic      user,model=virtio-net-pci
	cmdline  "root=/dev/vda ip=off"
	boot
	refute   console "configure the network"
	refute   module virtio_net
}

@test "what ip= or BOOTIF= cannot mean is a sentence, and the disk boots" {
	given_disk
	cmdline  "root=/dev/vda ip=10.0.0 vlan=eth0.5:eth0"
	boot
	expect   console "configure the network: ip=: the address 10.0.0 is no address like 192.0.2.1"
	expect   console "command line: vlan=eth0.5:eth0: VLANs are not there yet"
	expect   root "/dev/vda ext4 ro"
	expect   init "fds=0,1,2"
	refute   module virtio_net
	another
	given_disk
	nic      user,model=virtio-net-pci
	cmdline  "root=/dev/vda BOOTIF=eth0"
	boot
	expect   console "configure the network: BOOTIF=eth0: not like 01-88-99-aa-bb-cc-dd"
}
