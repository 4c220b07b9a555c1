/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/devlink and diskpath: the paths that udev 252 gave to disks of
 * these machines, and names of the device mapper.
 */
#include "devices.h"
#include "fake_sys.h"

static void
expect_path(const char *value, const char *disk)
{
	expect(false, value, disk);
}

static void
a_disk_on_virtio_is_where_its_pci_device_is(void **state)
{
	(void)state;
	virtio_disk("05.0", "vda", "254:0");
	virtio_disk("06.0", "vdb", "254:16");
	expect_path("pci-0000:00:05.0", "vda");
	expect_path("pci-0000:00:06.0", "vdb");
	expect_path("virtio-pci-0000:00:06.0", "vdb");
	expect_path("pci-0000:00:07.0", NULL);
	expect_path("pci-0000:00:05.0-part2", "vda2");
	expect_path("pci-0000:00:05.0-part0", NULL);
	expect_path("pci-0000:00:05.0-partX", NULL);
}

static void
behind_a_bridge_the_last_pci_device_counts(void **state)
{
	(void)state;
	device(PCI("02.0"), "pci");
	virtio_disk("02.0/0000:01:00.0", "vda", "254:0");
	expect_path("pci-0000:01:00.0", "vda");
}

static void
an_ata_disk_has_a_port_and_a_place_at_it(void **state)
{
	(void)state;
	ata_disk();
	expect_path("pci-0000:00:01.1-ata-2.1", "sdb");
	expect_path("pci-0000:00:01.1-ata-2", "sdb");
	expect_path("pci-0000:00:01.1-ata-2-part1", "sdb1");
	expect_path("pci-0000:00:01.1-ata-1", NULL);
	expect_path("pci-0000:00:01.1-scsi-0:0:1:0", NULL);
}

static void
a_scsi_disk_counts_hosts_from_the_first_of_its_controller(void **state)
{
	(void)state;
	device(PCI("04.0"), "pci");
	device(PCI("04.0/virtio0"), "virtio");
	device(PCI("04.0/virtio0/host6"), "scsi");
	device(PCI("04.0/virtio0/host7"), "scsi");
	device(PCI("04.0/virtio0/host7/target7:0:3"), "scsi");
	device(PCI("04.0/virtio0/host7/target7:0:3/7:0:3:1"), "scsi");
	block(PCI("04.0/virtio0/host7/target7:0:3/7:0:3:1/block/sda"), "8:0");
	expect_path("pci-0000:00:04.0-scsi-1:0:3:1", "sda");
	expect_path("pci-0000:00:04.0-scsi-7:0:3:1", NULL);
}

static void
a_usb_disk_is_at_a_port_of_a_hub(void **state)
{
	(void)state;
	usb_disk();
	expect_path("pci-0000:00:03.0-usb-0:1.2:1.0-scsi-0:0:0:0", "sdc");
	expect_path("pci-0000:00:03.0-usb-0:1.2:1.0-scsi-0:0:0:0-part3",
		"sdc3");
}

static void
an_nvme_disk_is_a_namespace_of_its_controller(void **state)
{
	(void)state;
	device(PCI("04.0"), "pci");
	device(PCI("04.0/nvme/nvme0"), "nvme");
	block(PCI("04.0/nvme/nvme0/nvme0n1"), "259:0");
	says("nvme0n1", "nsid", "1\n");
	expect_path("pci-0000:00:04.0-nvme-1", "nvme0n1");
	expect_path("pci-0000:00:04.0-nvme-1-part2", "nvme0n1p2");
	expect_path("pci-0000:00:04.0", NULL);
}

static void
a_card_of_a_board_is_at_a_platform_device(void **state)
{
	(void)state;
	device("platform/soc", "platform");
	device("platform/soc/fe34.mmc", "platform");
	device("platform/soc/fe34.mmc/mmc_host/mmc0", "mmc_host");
	device("platform/soc/fe34.mmc/mmc_host/mmc0/mmc0:e624", "mmc");
	block("platform/soc/fe34.mmc/mmc_host/mmc0/mmc0:e624/block/mmcblk0",
		"179:0");
	expect_path("platform-fe34.mmc", "mmcblk0");
	expect_path("platform-fe34.mmc-part1", "mmcblk0p1");
}

static void
a_disk_without_a_place_has_no_path(void **state)
{
	(void)state;
	block("virtual/block/loop0", "7:0");
	device(PCI("04.0"), "pci");
	block(PCI("04.0/block/pmem0"), "259:0");
	expect_path("pci-0000:00:04.0", NULL);
	expect_refused(false, "ip-10.0.0.1:3260-iscsi-x-lun-1",
		"begin with pci- or platform-");
	expect_refused(false, "", "begin with pci- or platform-");
}

static void
fibre_channel_is_not_read_as_plain_scsi(void **state)
{
	(void)state;
	device(PCI("04.0"), "pci");
	device(PCI("04.0/host0"), "scsi");
	device(PCI("04.0/host0/rport-0:0-1/target0:0:0/0:0:0:0"), "scsi");
	block(PCI("04.0/host0/rport-0:0-1/target0:0:0/0:0:0:0/block/sda"),
		"8:0");
	expect_path("pci-0000:00:04.0-scsi-0:0:0:0", NULL);
}

static void
a_mapped_device_has_a_name(void **state)
{
	char name[BLOCKDEV_NAME_SIZE];

	(void)state;
	block("virtual/block/dm-0", "253:0");
	block("virtual/block/dm-1", "253:1");
	says("dm-0", "dm/name", "home\n");
	says("dm-1", "dm/name", "root\n");
	assert_int_equal(devlink_node(&at, "mapper/root", name, &e), 1);
	assert_string_equal(name, "dm-1");
	assert_int_equal(devlink_node(&at, "mapper/roo", name, &e), 0);
	assert_int_equal(devlink_node(&at, "root", name, &e), 0);
}

static void
a_link_in_dev_leads_to_a_device_without_a_node(void **state)
{
	char name[BLOCKDEV_NAME_SIZE];

	(void)state;
	virtio_disk("05.0", "vda", "254:0");
	block(PCI("05.0/virtio1/block/vda/vda2"), "254:2");
	tree_sh("mkdir dev/vg && ln -s vda2 dev/a && ln -s /dev/vda2 dev/b && "
		"ln -s ../vda dev/vg/c");
	assert_int_equal(devlink_node(&at, "a", name, &e), 1);
	assert_string_equal(name, "vda2");
	assert_int_equal(devlink_node(&at, "b", name, &e), 1);
	assert_string_equal(name, "vda2");
	assert_int_equal(devlink_node(&at, "vg/c", name, &e), 1);
	assert_string_equal(name, "vda");
}

static void
a_link_in_the_covered_dev_of_the_image_counts_too(void **state)
{
	char name[BLOCKDEV_NAME_SIZE], image[80];

	(void)state;
	virtio_disk("05.0", "vda", "254:0");
	tree_sh("mkdir -p image/dev && ln -s vda image/dev/root");
	fake_reset();
	strcpy(image, tree_dir);
	strcat(image, "/image");
	fake_detached("/", image);
	assert_int_equal(devlink_node(&at, "root", name, &e), 0);
	assert_string_equal(fake_calls(), "");
	at.look_only = false;
	assert_int_equal(devlink_node(&at, "other", name, &e), 0);
	assert_int_equal(devlink_node(&at, "root", name, &e), 1);
	assert_string_equal(name, "vda");
}

static void
what_leads_out_of_dev_is_no_link(void **state)
{
	char name[BLOCKDEV_NAME_SIZE];

	(void)state;
	tree_sh("ln -s /sys/x dev/b && >dev/c");
	assert_int_equal(devlink_node(&at, "b", name, &e), 0);
	assert_int_equal(devlink_node(&at, "c", name, &e), 0);
	assert_int_equal(devlink_node(&at, "d", name, &e), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_disk_on_virtio_is_where_its_pci_device_is),
		TEST(behind_a_bridge_the_last_pci_device_counts),
		TEST(an_ata_disk_has_a_port_and_a_place_at_it),
		TEST(a_scsi_disk_counts_hosts_from_the_first_of_its_controller),
		TEST(a_usb_disk_is_at_a_port_of_a_hub),
		TEST(an_nvme_disk_is_a_namespace_of_its_controller),
		TEST(a_card_of_a_board_is_at_a_platform_device),
		TEST(a_disk_without_a_place_has_no_path),
		TEST(fibre_channel_is_not_read_as_plain_scsi),
		TEST(a_mapped_device_has_a_name),
		TEST(a_link_in_dev_leads_to_a_device_without_a_node),
		TEST(a_link_in_the_covered_dev_of_the_image_counts_too),
		TEST(what_leads_out_of_dev_is_no_link),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
