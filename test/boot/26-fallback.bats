#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# linuxrc.rootfallback=: which root is taken when there are several, and when.
load ../house

VIRTIO=virtio_pci,virtio_blk
PROMPT="Number, or an option"

@test "root= and a fallback are both there: root=, at once, whichever was seen first" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2 label=SPARE
	disk     vdb ext2 label=ROOT
	cmdline  "root=LABEL=ROOT rootdelay=30 linuxrc.rootfallback=/dev/vda linuxrc.rootfallback=LABEL=SPARE"
	boot
	expect   disk vdb
	expect   root "/dev/vdb ext2 ro"
	refute   console "taken instead"
	expect   time "ms<=15000"
}

@test "root= is not there: the first fallback of the order, once events have drained, without 30 s of waiting" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2 label=THIRD part=mbr number=1 partuuid=cafe0042-01
	disk     vdb ext2 label=SECOND
	cmdline  "root=LABEL=ROOT linuxrc.rootfallback=/dev/vdz linuxrc.rootfallback=LABEL=SECOND linuxrc.rootfallback=PARTUUID=cafe0042-01"
	boot
	expect   disk vdb
	expect   console "linuxrc: root=LABEL=ROOT is not there; taken instead: linuxrc.rootfallback=LABEL=SECOND"
	refute   console "waiting for root="
	expect   time "ms>=2000"
	expect   time "ms<=15000"
}

@test "the last fallback is there at once, the first comes a second later: the first" {
	kernel   classic
	contract linuxrc
	image    modules=$VIRTIO
	disk     vda ext2 label=LAST
	disk     vdb ext2 label=FIRST late=1
	cmdline  "root=LABEL=ROOT linuxrc.rootfallback=LABEL=FIRST linuxrc.rootfallback=LABEL=LAST"
	boot
	expect   disk vdb
	expect   console "root=LABEL=ROOT is not there; taken instead: linuxrc.rootfallback=LABEL=FIRST"
}

@test "root= comes a second after its fallback, or within rootdelay=: root=, as soon as it is there" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2 label=SPARE
	disk     vdb ext2 label=ROOT late=1
	cmdline  "root=LABEL=ROOT linuxrc.rootfallback=/dev/vda"
	boot
	expect   disk vdb
	refute   console "taken instead"

	another
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2 label=SPARE
	disk     vdb ext2 label=ROOT late=5
	cmdline  "root=LABEL=ROOT rootdelay=30 linuxrc.rootfallback=/dev/vda"
	boot
	expect   disk vdb
	expect   time "ms>=5000"
	refute   console "taken instead"
}

@test "root= in the same burst of events as its fallback, which comes first" {
	kernel   classic
	image    modules=$VIRTIO
	disk     vda ext2 label=SPARE late=2
	disk     vdb ext2 label=ROOT late=0 after="[vda]"
	cmdline  "root=LABEL=ROOT rootwait linuxrc.rootfallback=LABEL=SPARE"
	boot
	expect   disk vdb
	refute   console "taken instead"
}

@test "root= is on two disks, or was not understood, or not given: the fallback, and why" {
	kernel   classic
	contract ram0
	image    modules=$VIRTIO
	disk     vda ext2 label=ROOT
	disk     vdb ext2 label=ROOT
	disk     vdc ext2 label=SPARE
	cmdline  "root=/dev/ram0 init=/linuxrc rw linuxrc.root=LABEL=ROOT linuxrc.rootfallback=LABEL=SPARE"
	boot
	expect   disk vdc
	expect   console "LABEL=ROOT is on vd"
	expect   console "; taken instead: linuxrc.rootfallback=LABEL=SPARE"

	another
	kernel   classic
	image    modules=$VIRTIO
	disk     vdc ext2 label=SPARE
	cmdline  "root=LABLE=ROOT linuxrc.rootfallback=nfs:/srv linuxrc.rootfallback=LABEL=SPARE"
	boot
	expect   disk vdc
	expect   console "root=LABLE=ROOT: none of the forms"
	expect   console "linuxrc.rootfallback=nfs:/srv is passed over: no block device"
	expect   console "; taken instead: linuxrc.rootfallback=LABEL=SPARE"
}

@test "neither root= nor a fallback is there: each is named, and a typed one is taken" {
	kernel   classic
	image    modules=$VIRTIO conf="linuxrc.rootfallback=LABEL=A linuxrc.rootfallback=LABEL=B"
	disk     vda ext2 label=ROOT
	cmdline  "rootwait=1"
	answer   "$PROMPT" "linuxrc.rootfallback=LABEL=ROOT"
	boot
	expect   console "linuxrc.rootfallback=LABEL=A: not there either"
	expect   console "linuxrc.rootfallback=LABEL=B: not there either"
	expect   console "find the root device: no root= was given, and no fallback is there after 1 s -- saw vda (ext2 LABEL=ROOT"
	expect   console "no root= was given; taken instead: linuxrc.rootfallback=LABEL=ROOT"
	expect   disk vda
}
