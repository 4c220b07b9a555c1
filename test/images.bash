# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# images.bash: the initrd of a sheet, from what `image` has said: made by other
# people's tools, or by mkinitrd where a sheet is about that.

# image_file [VARIABLE]: the initrd that the given words describe.
image_file() {
	local tree=$VM_ROOT/tree.image type=${IMAGE[type]} name=init program made SHORT=''
	[[ $CONTRACT != none ]] || { result '' "${1-}"; return 0; }
	[[ -z ${IMAGE[file]} ]] || { result "${IMAGE[file]}" "${1-}"; return 0; }
	[[ -z ${IMAGE[mkinitrd]-} ]] || { image_by_mkinitrd "${1-}"; return; }
	[[ $CONTRACT == initramfs ]] || name=linuxrc
	name=${IMAGE[name]:-$name}
	[[ $type != default ]] || { type=ext2; [[ $CONTRACT != initramfs ]] || type=cpio; }
	binary "${IMAGE[binary]}" program
	[[ -n ${IMAGE[tree]}${IMAGE[conf]} ]] ||
		short_name "$type.gz" "$name" "${IMAGE[modules]}" "${IMAGE[without]}" -- \
			"$program" "$KERNELS/$KERNEL"
	if [[ -e $SHORT ]]; then image_append "$SHORT" "${1-}"; return; fi
	rm -rf "$tree"
	mkdir -p "$tree"/{dev,proc,sys,new-root,etc}
	cp "$program" "$tree/$name" && image_changes "$tree" || return 1
	made=$(image_packed "$type" "$tree") || return 1
	remember "$made"
	image_append "$made" "${1-}"
}

# What the words change in the tree, in this order.
image_changes() { # TREE
	local word
	image_modules "$1" || return 1
	[[ -z ${IMAGE[conf]} ]] || printf '%b\n' "${IMAGE[conf]}" >"$1/etc/linuxrc.conf"
	for word in ${IMAGE[without]//,/ }; do rm -rf "${1:?}/$word"; done
	${IMAGE[tree]:-:} "$1"
}

image_packed() { # TYPE TREE
	local key
	key="$1 $(tree_hash "$2")"
	case $1 in
	cpio) cached "$key" cpio.gz make_cpio "$2" ;;
	*) cached "$key" "$1.gz" make_initrd "$1" "$2" ;;
	esac
}

# image append=FILE: this file behind it, as a boot loader puts the second one:
# from a multiple of four bytes on, where alone an archive may begin.
image_append() { # FIRST [VARIABLE]
	[[ -n ${IMAGE[append]-} ]] || { result "$1" "${2-}"; return; }
	cp "$1" "$VM_ROOT/initrd" &&
		truncate -s %4 "$VM_ROOT/initrd" &&
		cat "${IMAGE[append]}" >>"$VM_ROOT/initrd" &&
		result "$VM_ROOT/initrd" "${2-}"
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
# house but where linuxrc and the kernel's modules are, and append=; conf= is its
# --conf, and tree= changes a directory that becomes its --skel.
image_by_mkinitrd() { # [VARIABLE]
	local out=$VM_ROOT/initrd.made tree=$VM_ROOT/tree.image
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
	image_append "$out" "${1-}"
}
