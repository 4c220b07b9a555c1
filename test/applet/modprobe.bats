#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# modprobe over a tree of modules that nobody loads; a boot (66-applets) does.

load applet

setup_file() {
	applet modprobe
	export TREE=${BATS_TEST_DIRNAME%/applet}/unit/trees/modules
	export BELOW=$TREE/lib/modules/6.1.0-test
}

ask() { run "$APPLET" -d "$TREE" -S 6.1.0-test "$@"; }

@test "modprobe -D prints what is to be loaded, what is needed first" {
	ask -D ata-piix
	is 0
	[[ $output == "insmod $BELOW/kernel/drivers/scsi/scsi_mod.ko
insmod $BELOW/kernel/drivers/ata/libata.ko
insmod $BELOW/kernel/drivers/ata/ata_piix.ko" ]]
	ask --show-depends virtio:d00000002v00001AF4
	is 0 "drivers/block/virtio_blk.ko"
	ask -n hw_random
	is 0 "builtin hw_random"
}

@test "modprobe -R prints the modules of an alias" {
	ask -R fs-ext3; is 0; [[ $output == ext4 ]]
	ask -R acpi:80860F14:; is 0; [[ $output == sdhci_acpi ]]
	ask -R usb-storage; is 0; [[ $output == usb_storage ]]
}

@test "modprobe says what is wrong" {
	run "$APPLET"; is 2 "usage: modprobe"
	run "$APPLET" -x a; is 2 "usage: modprobe"
	ask -D nonsense; is 1 "modprobe: module nonsense: not among those of 6.1.0-test"
	ask -q -D nonsense; is 1
	[[ -z $output ]]
	run "$APPLET" -d "$TREE" -S 9.9 ext4; is 1 "9.9" "6.1.0-test"
	run "$APPLET" -d /nowhere ext4; is 1 "modprobe: /nowhere: No such file"
	ln -s "$APPLET" "$BATS_TEST_TMPDIR/insmod"
	run "$BATS_TEST_TMPDIR/insmod"; is 2 "usage: insmod"
	run "$BATS_TEST_TMPDIR/insmod" nothing; is 1 "insmod: nothing: not called .ko"
	run "$BATS_TEST_TMPDIR/insmod" /nowhere/x.ko; is 1 "No such file"
}
