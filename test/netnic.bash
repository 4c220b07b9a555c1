# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# netnic.bash: network cards of the guest, and what they are plugged into: a
# network of QEMU's, or a DHCP server of our own that has faults.

RESPONDERS=()

# nic WORDS: a network card and what it is plugged into, as QEMU spells it.
nic() {
	given "nic $*"
	DEVICES+=(-nic "$1")
}

# nic_dgram ID OURS QEMUS: a card whose frames go through two Unix sockets.
nic_dgram() {
	DEVICES+=(-netdev "dgram,id=$1,local.type=unix,local.path=$3,remote.type=unix,remote.path=$2"
		-device "virtio-net-pci,netdev=$1")
}

# responder MODE [KEY=VALUE...]: a network card plugged into responder.py. The
# packets that it saw are in $VM_ROOT/responder.N.
responder() {
	given "responder $*"
	local n=${#RESPONDERS[@]} ours qemus
	ours=$VM_ROOT/server.$n qemus=$VM_ROOT/nic.$n
	rm -f "$ours" "$qemus"
	# without a line in between, the responder's parent is this shell
	"$HOUSE/responder.py" "$ours" "$qemus" "$@" \
		>"$VM_ROOT/responder.$n" 2>&1 3>&- &
	RESPONDERS+=("$!")
	nic_dgram "r$n" "$ours" "$qemus"
	for _ in {1..100}; do
		[[ ! -S $ours ]] || return 0
		sleep 0.1
	done
	cat "$VM_ROOT/responder.$n" >&2
	return 1
}

# unplugged NAME [WAIT_FOR]: the cable of that netdev (responders are r0, r1
# ...) is out from when the kernel begins to speak; plugged in once the console
# shows WAIT_FOR.
unplugged() {
	given "unplugged $*"
	local when="Linux version"
	[[ $SCRIPT != *"$when"* ]] || when=-
	SCRIPT+="tell"$'\t'"$when"$'\t'"set_link $1 off"$'\n'
	[[ -z ${2-} ]] || SCRIPT+="tell"$'\t'"$2"$'\t'"set_link $1 on"$'\n'
}

# responder_saw TEXT: some packet said so.
responder_saw() {
	grep -qF -- "$1" "$VM_ROOT"/responder.* && return 0
	echo "no packet had \"$1\":"
	cat "$VM_ROOT"/responder.*
	return 1
}

responders_end() {
	((${#RESPONDERS[@]} == 0)) || kill "${RESPONDERS[@]}" 2>/dev/null
	RESPONDERS=()
}
