# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# images.bash: the initrd of a sheet, from what `image` has said: made by other
# people's tools, or by mkinitrd where a sheet is about that.

# image_file: the initrd that the given words describe.
image_file() {
	local tree=$VM_ROOT/tree.image type=${IMAGE[type]} name=init key word
	[[ $CONTRACT != none ]] || return 0
	[[ -z ${IMAGE[file]} ]] || { echo "${IMAGE[file]}"; return 0; }
	[[ -z ${IMAGE[mkinitrd]-} ]] || { image_by_mkinitrd; return; }
	[[ $CONTRACT == initramfs ]] || name=linuxrc
	[[ $type != default ]] || type=$([[ $CONTRACT == initramfs ]] && echo cpio || echo ext2)
	rm -rf "$tree"
	mkdir -p "$tree"/{dev,proc,sys,new-root,etc}
	cp "$(binary "${IMAGE[binary]}")" "$tree/${IMAGE[name]:-$name}" || return 1
	image_modules "$tree" || return 1
	[[ -z ${IMAGE[conf]} ]] || printf '%b\n' "${IMAGE[conf]}" >"$tree/etc/linuxrc.conf"
	for word in ${IMAGE[without]//,/ }; do rm -rf "${tree:?}/$word"; done
	${IMAGE[tree]:-:} "$tree" || return 1
	key="$type $(tree_hash "$tree")"
	case $type in
	cpio) cached "$key" cpio.gz make_cpio "$tree" ;;
	*) cached "$key" "$type.gz" make_initrd "$type" "$tree" ;;
	esac | image_append
}

# image append=FILE: this file behind it, as a boot loader puts the second one:
# from a multiple of four bytes on, where alone an archive may begin.
image_append() {
	local first
	read -r first || return 1
	[[ -n ${IMAGE[append]-} ]] || { echo "$first"; return; }
	cp "$first" "$VM_ROOT/initrd" &&
		truncate -s %4 "$VM_ROOT/initrd" &&
		cat "${IMAGE[append]}" >>"$VM_ROOT/initrd" && echo "$VM_ROOT/initrd"
}

# Modules of the image: for a disk on virtio and ext4 if nothing is said.
image_modules() { # TREE
	local list=${IMAGE[modules]}
	case $list in
	none) return ;;
	default) list=$USUAL_MODULES ;;
	+*) list="$USUAL_MODULES ${list#+}" ;;
	esac
	# shellcheck disable=SC2086 # a list of modules
	kernel_put_modules "$KERNEL" "$1" ${list//,/ }
}

# image mkinitrd="WORDS": by mkinitrd, with these words and no others of the
# house but where linuxrc and the kernel's modules are; conf= is its --conf,
# and tree= changes a directory that becomes its --skel.
image_by_mkinitrd() {
	local out=$VM_ROOT/initrd tree=$VM_ROOT/tree.image
	local -a options
	read -ra options <<<"${IMAGE[mkinitrd]}"
	[[ " ${options[*]} " != *" "-[km]" "* && " ${options[*]} " != *" --all "* ]] ||
		options+=(--modules-dir "$KERNELS/$KERNEL/modules")
	[[ -z ${IMAGE[conf]} ]] || {
		printf '%b\n' "${IMAGE[conf]}" >"$VM_ROOT/conf"
		options+=(--conf "$VM_ROOT/conf")
	}
	[[ -z ${IMAGE[tree]} ]] || {
		mkdir -p "$tree"
		${IMAGE[tree]} "$tree" || return 1
		options+=(--skel "$tree")
	}
	"${MKINITRD:-$BUILD/mkinitrd}" -o "$out" \
		--linuxrc "$(binary "${IMAGE[binary]}")" "${options[@]}" || return 1
	echo "$out"
}
