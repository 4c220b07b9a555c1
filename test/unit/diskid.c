/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/diskid: what udev 252 makes of serial numbers and names. That
 * of an ATA disk needs an ATA disk: a boot.
 */
#include "devices.h"

static void
expect_id(const char *value, const char *disk)
{
	expect(true, value, disk);
}

static void
a_serial_number_on_virtio(void **state)
{
	(void)state;
	virtio_disk("05.0", "vda", "254:0");
	virtio_disk("06.0", "vdb", "254:16");
	says("vdb", "serial", " my  root/1 \n");
	expect_id("virtio-my_root_1", "vdb");
	expect_id("virtio-my_root_1-part3", "vdb3");
	expect_id("virtio-my", NULL);
	expect_id("virtio-", NULL);
}

static void
model_and_serial_number_of_an_nvme_disk(void **state)
{
	(void)state;
	device(PCI("04.0/nvme/nvme0"), "nvme");
	block(PCI("04.0/nvme/nvme0/nvme0n1"), "259:0");
	says("nvme0n1", "nsid", "1\n");
	says("nvme0n1", "wwid", "nvme.1b36-64-51-00000001\n");
	says("nvme0n1", "device/model", "QEMU NVMe Ctrl                  \n");
	says("nvme0n1", "device/serial", "d1                  \n");
	expect_id("nvme-QEMU_NVMe_Ctrl_d1", "nvme0n1");
	expect_id("nvme-QEMU_NVMe_Ctrl_d1_1", "nvme0n1");
	expect_id("nvme-QEMU_NVMe_Ctrl_d1_1-part2", "nvme0n1p2");
	expect_id("nvme-QEMU_NVMe_Ctrl_d1_2", NULL);
	expect_id("nvme-nvme.1b36-64-51-00000001", "nvme0n1");
	expect_id("nvme-QEMU_NVMe_Ctrl_d2", NULL);
}

static void
vendor_model_and_serial_number_of_a_usb_disk(void **state)
{
	(void)state;
	usb_disk();
	says("sdc", "device/vendor", "SanDisk \n");
	says("sdc", "device/model", "Ultra Fit       \n");
	expect_id("usb-SanDisk_Ultra_Fit-0:0", "sdc");
	tree_put("sys/devices/" PCI("03.0/usb1/serial"), "0000:00:03.0\n");
	expect_id("usb-SanDisk_Ultra_Fit-0:0", "sdc");
	tree_put("sys/devices/" PCI("03.0/usb1/1-1/1-1.2/serial"), "4C53\n");
	expect_id("usb-SanDisk_Ultra_Fit_4C53-0:0", "sdc");
	expect_id("usb-SanDisk_Ultra_Fit_4C53-0:0-part1", "sdc1");
	expect_id("usb-SanDisk_Ultra_Fit-0:0", NULL);
}

static void
names_of_cards_mapped_devices_and_the_world(void **state)
{
	(void)state;
	block("platform/soc/mmc_host/mmc0/mmc0:e624/block/mmcblk0", "179:0");
	says("mmcblk0", "device/name", "SL16G\n");
	says("mmcblk0", "device/serial", "0x1234abcd\n");
	block("virtual/block/dm-0", "253:0");
	says("dm-0", "dm/name", "vg-root\n");
	says("dm-0", "dm/uuid", "LVM-abc\n");
	ata_disk();
	says("sdb", "device/wwid", "naa.5000c500a1b2c3d4\n");
	expect_id("mmc-SL16G_0x1234abcd", "mmcblk0");
	expect_id("mmc-SL16G_0x1234abcd-part2", "mmcblk0p2");
	expect_id("dm-name-vg-root", "dm-0");
	expect_id("dm-uuid-LVM-abc", "dm-0");
	expect_id("wwn-0x5000c500a1b2c3d4", "sdb");
	expect_id("wwn-0x5000c500a1b2c3d4-part9", "sdb9");
}

static void
other_names_are_refused_with_those_that_are_known(void **state)
{
	(void)state;
	expect_refused(true, "lvm-pv-uuid-x", "begin with virtio-, nvme-,");
	expect_refused(true, "lvm-pv-uuid-x", "/dev/disk/by-id/lvm-pv-uuid-x: "
		"not a name that can be found without udev");
}

static void
two_disks_with_one_name_are_refused(void **state)
{
	(void)state;
	virtio_disk("05.0", "vda", "254:0");
	virtio_disk("06.0", "vdb", "254:16");
	says("vda", "serial", "x\n");
	says("vdb", "serial", "x\n");
	expect_refused(true, "virtio-x-part1", "/dev/disk/by-id/virtio-x is ");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_serial_number_on_virtio),
		TEST(model_and_serial_number_of_an_nvme_disk),
		TEST(vendor_model_and_serial_number_of_a_usb_disk),
		TEST(names_of_cards_mapped_devices_and_the_world),
		TEST(other_names_are_refused_with_those_that_are_known),
		TEST(two_disks_with_one_name_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
