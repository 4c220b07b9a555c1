# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shares.bash: directories of this machine that the guest can mount by a tag.
# The guest cannot write to them. 9p is served by QEMU itself; for virtiofs
# QEMU's own daemon is started, which ends when the machine does.

# share NAME 9p|virtiofs [tree=FUNCTION]
share() {
	given "share $*"
	local dir=$VM_ROOT/tree.share.$1
	root_tree "$dir" "$(binary testinit)" "$1" || return 1
	[[ -z ${3-} ]] || "${3#tree=}" "$dir" || return 1
	"share_$2" "$1" "$dir"
}

share_9p() { # NAME DIR
	DEVICES+=(-fsdev "local,id=$1,path=$2,security_model=none,readonly=on"
		-device "virtio-9p-pci,fsdev=$1,mount_tag=$1")
}

# Both need memory that they can share.
share_virtiofs() { # NAME DIR
	local daemon=/usr/lib/qemu/virtiofsd socket=$VM_ROOT/$1.socket
	[[ -x $daemon ]] || skip "there is no $daemon"
	((UID == 0)) || skip "virtiofsd works for root only"
	"$daemon" --socket-path="$socket" -o source="$2" -o cache=none \
		>"$VM_ROOT/$1.log" 2>&1 3>&- &
	DEVICES+=(-chardev "socket,id=c-$1,path=$socket"
		-device "vhost-user-fs-pci,chardev=c-$1,tag=$1"
		-object "memory-backend-memfd,id=shared,size=${MEMORY}M,share=on"
		-machine "memory-backend=shared")
	for _ in {1..100}; do
		[[ ! -S $socket ]] || return 0
		sleep 0.1
	done
	cat "$VM_ROOT/$1.log" >&2
	return 1
}
