# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# nfsserver.bash: an NFS server of versions 3 and 4 that exports a tree, in
# namespaces of its own, in which the machine then runs too: to it the server is
# 10.0.2.2, with the ports that servers have. The server opens files by their
# handles, open_by_handle_at(2), which is for root only.

WITHIN=()		# the command that QEMU runs under
NFS_PID=''

# nfs_server [KEY=VALUE...]: exports a tree as /srv/root, of version 4 as /root.
#	versions=3,4	that it speaks
#	wire=WORDS	it is 192.0.2.1 instead, at the other end of a wire from
#			a network card, and DHCP (dnsmasq) tells of /srv/root;
#			WORDS of wire.py with commas, or good
nfs_server() {
	given "nfs_server $*"
	((UID == 0)) || skip "the NFS server works for root only"
	[[ -x $(command -v ganesha.nfsd) ]] || skip "there is no ganesha.nfsd"
	local -A o=([versions]="3,4" [wire]='')
	local word dir wire=() how=()
	for word; do o[${word%%=*}]=${word#*=}; done
	dir=$(mktemp -d "$VM_ROOT/nfs.XXXXXX") || return 1
	mkdir -p "$dir/state" "$dir/srv/root"
	root_tree "$dir/srv/root" "$(binary testinit)" nfs || return 1
	nfs_server_config "$dir" "${o[versions]}" >"$dir/config"
	if [[ -n ${o[wire]} ]]; then
		IFS=, read -ra how <<<"${o[wire]#good}"
		wire=("$dir/ours" "$dir/qemus" "${how[@]}")
		nic_dgram wire "$dir/ours" "$dir/qemus"
	fi
	unshare -nm "$HOUSE/nfsserver" "$dir" "${wire[@]}" \
		>"$dir/said" 2>&1 3>&- &
	NFS_PID=$!
	[[ -n ${o[wire]} ]] || WITHIN=(nsenter -t "$NFS_PID" -n)
	for _ in {1..300}; do
		! grep -qs 'NFS SERVER INITIALIZED' "$dir/log" || return 0
		sleep 0.1
	done
	cat "$dir/said" "$dir/log" >&2
	return 1
}

# wire_lost: the wire has lost frames.
wire_lost() {
	grep -q '^lost ' "$VM_ROOT"/nfs.*/said && return 0
	echo "no frame was lost"
	return 1
}

# nfs_faults MODE: nfsfaults.py in place of the server, at 10.0.2.2.
nfs_faults() {
	given "nfs_faults $*"
	local ready=$VM_ROOT/faults own=(-n)
	((UID == 0)) || own=(-rn)
	rm -f "$ready"
	unshare "${own[@]}" sh -c 'ip link set lo up; exec "$@"' - \
		"$HOUSE/nfsfaults.py" "$1" "$ready" >"$ready.said" 2>&1 3>&- &
	NFS_PID=$!
	WITHIN=(nsenter -t "$NFS_PID" -n)
	((UID == 0)) || WITHIN+=(-U --preserve-credentials)
	for _ in {1..100}; do
		[[ ! -e $ready ]] || return 0
		sleep 0.1
	done
	cat "$ready.said" >&2
	return 1
}

# The path that version 3 sees is the one that the mount of nfsserver makes.
nfs_server_config() { # DIR VERSIONS
	cat <<-END
	NFS_CORE_PARAM {
		NFS_Port = 2049; MNT_Port = 20048; Protocols = $2;
		Enable_NLM = false; Enable_RQUOTA = false; Enable_UDP = true;
		Plugins_Dir = "$(dirname "$(ls /usr/lib/*/ganesha/libfsalvfs.so)")";
	}
	NFSv4 {
		RecoveryBackend = "fs"; RecoveryRoot = "$1/state";
		Graceless = true; Only_Numeric_Owners = true;
	}
	NFS_KRB5 { Active_krb5 = false; }
	EXPORT {
		Export_Id = 1; Path = /srv/root; Pseudo = /root; Protocols = $2;
		Access_Type = RW; Squash = No_Root_Squash; SecType = sys;
		Transports = TCP, UDP; PrivilegedPort = false;
		FSAL { Name = VFS; }
	}
	END
}

nfs_server_end() {
	if [[ -n $NFS_PID ]]; then
		kill "$NFS_PID" 2>/dev/null
		wait "$NFS_PID" 2>/dev/null || :
	fi
	WITHIN=() NFS_PID=''
}
