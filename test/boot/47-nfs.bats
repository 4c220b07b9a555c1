# SPDX-License-Identifier: MIT
# A root on NFS, of a server in user space that QEMU's user network leads to.

load ../house
load asking

given_client() {
	image    modules=+virtio_net,nfsv3,nfsv4
	nic      user,model=virtio-net-pci
}

@test "nfsroot= of version 3: mounted read-only, and its init runs as PID 1" {
	given_client
	nfs_server
	cmdline  "root=/dev/nfs nfsroot=10.0.2.2:/srv/root"
	boot
	expect   init "/sbin/init pid=1"
	expect   root "10.0.2.2:/srv/root nfs ro"
	expect   disk "nfs"
	expect   netconf "PROTO='dhcp'"
	expect   console "find the root device: 10.0.2.2:/srv/root on NFS"
}

@test "root=nfs4: takes the highest version that both speak, and can be written" {
	given_client
	nfs_server versions=4
	cmdline  "root=nfs4:/root rw ip=dhcp"
	boot
	expect   root "10.0.2.2:/root nfs4 rw"
	expect   disk "nfs"
}

@test "an export that is refused, a wrong version and a server that is not there: each its sentence" {
	given_client
	nfs_server versions=3
	cmdline  "root=/dev/nfs nfsroot=10.0.2.2:/etc linuxrc.timeout=10"
	boot
	expect   end "silent:"
	expect   console "mount the root file system: mountd of 10.0.2.2 (TCP port 20048) refuses /etc: Permission denied -- the server does not export this directory"
	expect   console "; the next try is in "
	another
	given_client
	nfs_server versions=3
	cmdline  "root=nfs4:10.0.2.2:/srv/root linuxrc.timeout=6"
	boot
	expect   end "silent:"
	expect   console "the NFS server of 10.0.2.2 (TCP port 2049) does not speak version 4, but 3 to 3 -- give another vers="
	another
	given_client
	cmdline  "root=/dev/nfs nfsroot=10.0.2.2:/srv/root,port=1,mountport=1 linuxrc.timeout=6"
	boot
	expect   end "silent:"
	expect   console "mountd of 10.0.2.2 (TCP port 1) is not there: Connection refused -- mountd does not run, or on another mountport="
	another
	given_client
	cmdline  "root=/dev/nfs nfsroot=10.0.2.99:/srv/root linuxrc.timeout=8"
	boot
	expect   end "silent:"
	expect   console "the portmapper of 10.0.2.99 (TCP port 111) cannot be reached: Host is unreachable -- the server is off"
}

@test "without a network, or without a server, nothing is mounted" {
	image    modules=+nfsv3
	cmdline  "root=nfs:/srv/root linuxrc.timeout=1"
	boot
	expect   end "silent:"
	expect   console "find the root device: the root is on NFS, and there is no network -- "
}

@test "a tmpfs over a root on NFS: linuxrc.overlay=tmpfs" {
	image    modules=+virtio_net,nfsv3,nfsv4,overlay
	nic      user,model=virtio-net-pci
	nfs_server
	cmdline  "root=nfs:10.0.2.2:/srv/root linuxrc.overlay=tmpfs"
	boot
	expect   root "overlay rw"
	expect   disk "nfs"
}

@test "a server that is silent, and one whose portmapper knows no mountd: each its sentence, in the time that was given" {
	local took
	given_client
	nfs_faults silent
	cmdline  "root=/dev/nfs nfsroot=10.0.2.2:/srv/root,mountproto=udp linuxrc.timeout=6"
	boot
	expect   end "silent:"
	expect   console "mount the root file system: mountd of 10.0.2.2 (UDP port 20048) does not answer within "
	refute   console "the next try"
	took=$(($(at_ms "linuxrc: mount the root file system: mountd") - $(at_ms "linuxrc: configure the network:")))
	((took > 5000 && took < 7500))
	another
	given_client
	nfs_faults unregistered
	cmdline  "root=/dev/nfs nfsroot=10.0.2.2:/srv/root linuxrc.timeout=6"
	boot
	expect   end "silent:"
	expect   console "mountd is not registered with the portmapper of 10.0.2.2 for version 3 -- it does not run there"
}

@test "a server that goes away during the mount does not hold it up for longer than was given" {
	given_client
	nfs_faults gone
	cmdline  "root=/dev/nfs nfsroot=10.0.2.2:/srv/root linuxrc.timeout=8"
	boot
	expect   end "silent:"
	expect   console "mount the root file system: mount 10.0.2.2:/srv/root as NFS version 3: Operation timed out -- the server, which had answered us, does not answer the kernel any more"
}

@test "a directory that the server has replaced is stale" {
	given_client
	nfs_faults stale
	cmdline  "root=/dev/nfs nfsroot=10.0.2.2:/srv/root linuxrc.timeout=6"
	boot
	expect   end "silent:"
	expect   console "mount 10.0.2.2:/srv/root as NFS version 3: Stale file handle -- the server has replaced this directory meanwhile"
}

@test "a lease of dnsmasq says where the root is, and the newest kernel mounts it" {
	kernel   newest
	image    modules=+virtio_net,nfsv3,nfsv4
	nfs_server wire=good
	cmdline  "root=/dev/nfs"
	boot
	expect   init "/sbin/init pid=1"
	expect   root "192.0.2.1:/srv/root nfs ro"
	expect   disk "nfs"
	expect   netconf "ROOTPATH='192.0.2.1:/srv/root'"
	expect   netconf "PROTO='dhcp'"
}

@test "30 percent of all packets are lost until the root is mounted: by UDP and TCP it is nevertheless" {
	image    modules=+virtio_net,nfsv3,nfsv4
	limit    240
	nfs_server wire=percent=30,packets=120
	cmdline  "root=/dev/nfs nfsroot=,mountproto=udp"
	boot
	expect   root "192.0.2.1:/srv/root nfs ro"
	wire_lost
}
