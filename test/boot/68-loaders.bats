#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The boot loader samples of conf/boot as they are: a medium with the loader,
# the sample, a kernel and images of mkinitrd boots by its own means under every
# contract. LILO, which Debian has no more, and LOADLIN, which wants DOS, are
# looked at as far as that goes without them.

load ../house
load ../tools
load ../loaders

SAMPLES=$TOP/conf/boot

# What the samples name, for the classic kernel, into the directory $1.
boot_files() {
	local m=("$BUILD/mkinitrd" -k "$(kernel_release classic)"
		--modules-dir "$KERNELS/classic/modules" -m virtio_pci -m virtio_blk)
	mkdir -p "$1"
	cp "$KERNELS/classic/vmlinuz" "$1/vmlinuz"
	"${m[@]}" -o "$1/initramfs.img" -m ext4
	"${m[@]}" -o "$1/initrd.img" -f ext2 -m ext4
	cp "$1/initramfs.img" "$1/common.img"
	"$TOP/conf/recipes/machine" "$1/machine.img" root=LABEL=MACHINE
}

# boots CONTRACT: the entry did what it should on that contract.
boots() {
	expect   console "linuxrc: learn the contract: $1, "
	expect   init "/sbin/init pid=1"
	expect   root "/dev/vdb ext4 ro"
	expect   disk vdb
}

@test "syslinux.cfg boots from a disk under every contract, and with the file of one machine" {
	local label contract
	kernel   classic
	boot_files "$VM_ROOT/tree.boot"
	cp "$SAMPLES/syslinux.cfg" "$VM_ROOT/tree.boot"
	syslinux_disk "$VM_ROOT/tree.boot" "$VM_ROOT/boot.img"
	while read -r label contract; do
		another
		medium   vda "$VM_ROOT/boot.img"
		disk     vdb ext4 label="$([[ $label == common ]] && echo MACHINE || echo ROOT)"
		answer   "boot: " "$label $BENCH_WORDS"
		boot
		boots    "$contract"
	done <<-'END'
	linux initramfs
	common initramfs
	ram0 ram0
	linuxrc linuxrc
	END
}

@test "grub.cfg boots from a disk under every contract, and with the file of one machine" {
	local key contract
	mkdir -p "$VM_ROOT/tree.boot/boot/grub"
	boot_files "$VM_ROOT/tree.boot/boot"
	cp "$SAMPLES/grub.cfg" "$VM_ROOT/tree.boot/boot/grub"
	grub_disk "$VM_ROOT/tree.boot" "$VM_ROOT/boot.img" "$BENCH_WORDS"
	while read -r key contract; do
		another
		medium   vda "$VM_ROOT/boot.img"
		disk     vdb ext4 label="$([[ $key == m ]] && echo MACHINE || echo ROOT)"
		keys     "Linux, /linuxrc" "$key"
		boot
		boots    "$contract"
	done <<-'END'
	i initramfs
	m initramfs
	r ram0
	l linuxrc
	END
}

# ---------------------------------------------------------------- EXTLINUX

# It wants the file system mounted, so a machine of ours installs it there.
installs_extlinux() { # TREE of the real root
	tools "$1" mount umount
	cp "$(command -v extlinux)" "$1/bin/extlinux" &&
		libraries "$1" "$1/bin/extlinux" || return 1
	before_testinit "$1" <<-'END'
	busybox mount -t proc proc /proc
	busybox mount -t sysfs sys /sys
	busybox mount -t devtmpfs dev /dev
	$t/mount /dev/vdb1 /mnt
	extlinux --install /mnt/boot/extlinux 2>&1 | tell extlinux
	$t/umount /mnt
	END
}

boot_partition() { # TREE of the disk to boot from
	rm -rf "$1"/*
	mkdir -p "$1/boot/extlinux"
	boot_files "$1/boot"
	cp "$SAMPLES/extlinux.conf" "$1/boot/extlinux"
}

@test "extlinux.conf boots from an ext2 that a machine has put EXTLINUX on" {
	kernel   classic
	disk     vda ext2 tree=installs_extlinux
	disk     vdb ext2 part=mbr partuuid=b007b007-01 tree=boot_partition keep=yes
	cmdline  "root=/dev/vda"
	boot
	expect   extlinux "/mnt/boot/extlinux is device /dev/vdb1"
	boots_by_mbr "$VM_ROOT/vdb.kept"

	another
	medium   vda "$VM_ROOT/vdb.kept"
	disk     vdb ext4 label=MACHINE
	answer   "boot: " "common $BENCH_WORDS"
	boot
	boots    initramfs
}

# ---------------------------------------------------------------- floppy

# The kernel document's installation floppy. The classic kernel alone is larger
# than 1.44 MB; this is the size that PCs have had since, and that bootable CDs
# say they are.
@test "a floppy of 2.88 MB has SYSLINUX, a kernel and an initrd on it, and boots" {
	kernel   classic
	boot_files "$VM_ROOT/tree.boot"
	rm "$VM_ROOT"/tree.boot/*.img
	"$BUILD/mkinitrd" -o "$VM_ROOT/tree.boot/initrd.img" -f ext2 \
		-k "$(kernel_release classic)" -m virtio_blk -m virtio_pci \
		--modules-dir "$KERNELS/classic/modules"
	cp "$SAMPLES/syslinux.cfg" "$VM_ROOT/tree.boot"
	syslinux_floppy "$VM_ROOT/tree.boot" "$VM_ROOT/floppy"
	medium   fda "$VM_ROOT/floppy"
	disk     vda ext2 label=ROOT
	answer   "boot: " "linuxrc $BENCH_WORDS"
	boot
	expect   console "linuxrc: learn the contract: linuxrc, "
	expect   init "/sbin/init pid=1"
	expect   root "/dev/vda ext2 ro"
	expect   initrd "mounted"
}

# ---------------------------------------------------------------- QEMU

@test "the script qemu boots under every contract" {
	local contract image root
	boot_files "$VM_ROOT/files"
	kernel   classic
	disk     vda ext4 label=ROOT
	root=${DISKS[1]}
	for contract in initramfs ram0 linuxrc; do
		image=initrd.img
		[[ $contract != initramfs ]] || image=initramfs.img
		VM=$VM_ROOT/$contract
		mkdir -p "$VM"
		WORDS="$BENCH_WORDS" timeout 120 "$SAMPLES/qemu" "$contract" \
			"$KERNELS/classic/vmlinuz" "$VM_ROOT/files/$image" "$root" \
			-accel tcg -cpu qemu64,-cx16 -serial "file:$VM/facts.log" \
			</dev/null >"$VM/console.log" 2>&1
		vm_ending "$VM" $? 120 >"$VM/ending"
		read_facts
		expect   console "linuxrc: learn the contract: $contract, "
		expect   init "/sbin/init pid=1"
		expect   root "/dev/vda ext4 ro"
	done
}

# ---------------------------------------------------------------- LILO

# entries FILE: "LABEL IMAGE WORDS" of each entry of syslinux.cfg or lilo.conf,
# without the directory of the image.
entries() {
	sed 's/^[ \t]*//; s/ = / /; s/"//g; s,/boot/,,; s,/initr,initr,' "$1" | awk '
		/^#/ { next }
		tolower($1) == "label" { label = $2 }
		tolower($1) == "initrd" { image = $2 }
		tolower($1) == "append" { $1 = ""; print label " " image $0 }'
}

@test "lilo.conf: entries as SYSLINUX boots them, in the words of lilo.conf(5)" {
	[[ $(entries "$SAMPLES/lilo.conf" | wc -l) == 3 ]]
	diff <(entries "$SAMPLES/syslinux.cfg") <(entries "$SAMPLES/lilo.conf")
	sed 's/#.*//; s/=.*//; s/[[:space:]]//g; /^$/d' "$SAMPLES/lilo.conf" | sort -u |
		diff - <(printf '%s\n' append boot default image initrd label \
			large-memory prompt timeout)
	# the default is one of the labels
	grep -q "label = $(sed -n 's/^default = //p' "$SAMPLES/lilo.conf")\$" "$SAMPLES/lilo.conf"
}

# ---------------------------------------------------------------- LOADLIN

# loadlin WORDS: what LOADLIN says that it would do, in a DOS of DOSBox, whose
# 386 is the only processor of it that LOADLIN takes for one in real mode.
loadlin() {
	local c=$VM_ROOT/c
	rm -f "$c/SAID.TXT"
	printf '%s\n' '[dosbox]' memsize=31 '[cpu]' cputype=386 '[autoexec]' \
		"mount c $c" c: "loadlin $1 -t >said.txt" exit >"$VM_ROOT/dosbox.conf"
	SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy HOME=$VM_ROOT timeout 60 \
		dosbox -noconsole -conf "$VM_ROOT/dosbox.conf" >"$VM_ROOT/dosbox.log" 2>&1 </dev/null
	tr -d '\r' <"$c/SAID.TXT" >"$VM_ROOT/said"
}

@test "loadlin.par: LOADLIN reads it, takes the kernel, and its command line boots" {
	command -v dosbox >/dev/null && [[ -e /usr/lib/loadlin/loadlin.exe.gz ]] ||
		skip "no dosbox, or no loadlin"
	local words
	boot_files "$VM_ROOT/files"
	mkdir -p "$VM_ROOT/c/LINUX"
	gzip -dc /usr/lib/loadlin/loadlin.exe.gz >"$VM_ROOT/c/LOADLIN.EXE"
	cp "$SAMPLES/loadlin.par" "$VM_ROOT/c/LOADLIN.PAR"
	cp "$VM_ROOT/files/vmlinuz" "$VM_ROOT/c/LINUX/BZIMAGE"
	loadlin  "@loadlin.par"
	grep -q "kernel version *$(kernel_release classic) " "$VM_ROOT/said"
	grep -q "Option -t set, Linux not loaded" "$VM_ROOT/said"
	words=$(sed -n '/command line (/{n;s/^ *//p}' "$VM_ROOT/said")
	[[ $words == "root=/dev/ram0 init=/linuxrc rw linuxrc.root=LABEL=ROOT BOOT_IMAGE=bzimage" ]]
	# the comment says so
	loadlin  "@loadlin.par root=LABEL=ROOT linuxrc.root=UUID=cafE"
	grep -q "root=label=root init=/linuxrc rw linuxrc.root=UUID=cafE " "$VM_ROOT/said"
	kernel   classic
	contract ram0
	image    file="$VM_ROOT/files/initrd.img"
	disk     vda ext4
	disk     vdb ext4 label=ROOT
	cmdline  "$words"
	boot
	boots    ram0
}
