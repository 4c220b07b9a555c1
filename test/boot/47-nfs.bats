# SPDX-License-Identifier: MIT
# A root on NFS, of a server in user space that QEMU's user network leads to.

load ../house

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
	cmdline  "root=/dev/nfs nfsroot=10.0.2.2:/etc linuxrc.timeout=1"
	boot
	expect   end "silent:"
	expect   console "mount the root file system: mount 10.0.2.2:/etc as NFS version 3: Permission denied -- the server does not export this directory"
	expect   console "; the next try is in 1 s"
	another
	given_client
	nfs_server versions=3
	cmdline  "root=nfs4:10.0.2.2:/srv/root linuxrc.timeout=1"
	boot
	expect   end "silent:"
	expect   console "mount 10.0.2.2:/srv/root as NFS version 4.0: Protocol not supported -- the server or the kernel does not speak this version"
	another
	given_client
	cmdline  "root=/dev/nfs nfsroot=10.0.2.2:/srv/root,port=1,mountport=1 linuxrc.timeout=1"
	boot
	expect   end "silent:"
	expect   console "mount 10.0.2.2:/srv/root as NFS version 3: Connection refused -- no NFS server answers there"
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
