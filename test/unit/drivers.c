/* SPDX-License-Identifier: MIT */
/*
 * Coldplug, events and file systems over a /sys that changes while modules
 * are loaded.
 */
#include "unit.h"

#include <errno.h>

#include "plugged.h"

#define PCI_NET "pci:v00001AF4d00001000sv00001AF4sd00000001bc02sc00i00"
#define PCI_IDE "pci:v00008086d00007010sv00001AF4sd00001100bc01sc01i80"
#define PCI_VGA "pci:v00001234d00001111sv00001AF4sd00001100bc03sc00i00"
#define PCI_E1000 "pci:v00008086d0000100Esv00001AF4sd00001100bc02sc00i00"
#define PCI_ISA "pci:v00008086d00002918sv00001AF4sd00001100bc06sc01i00"
#define PCI_SMBUS "pci:v00008086d00002930sv00001AF4sd00001100bc0Csc05i00"
#define PCI_XHCI "pci:v00001B36d0000000Dsv00001AF4sd00001100bc0Csc03i30"
#define USB_DISK "usb:v46F4p0001d0000dc00dsc00dp00ic08isc06ip50in00"

#define coldplug() drivers_coldplug(&at, &e)

static int
event(const char *action, const char *modalias)
{
	struct uevent u = { .action = action, .modalias = modalias,
		.subsystem = "", .devname = "", .devtype = "" };

	return drivers_event(&u, &e);
}

static void
reveal(const char *call)
{
	if (strstr(call, "/virtio_pci.ko"))
		tree_device("virtio", "virtio0", "virtio:d00000002v00001AF4\n");
	if (strstr(call, "/xhci-pci.ko"))
		tree_device("usb", "1-1:1.0", USB_DISK "\n");
	if (strstr(call, "/usb-storage.ko"))
		tree_device("scsi", "0:0:0:0", "scsi:t-0x00\n");
	if (strstr(call, "/sd_mod.ko"))
		tree_bind("scsi", "0:0:0:0");
}

static void
bridge_reveals_the_disk_behind_it(void **state)
{
	(void)state;
	tree_device("pci", "0000:00:03.0", PCI_DISK "\n");
	fake_hook = reveal;
	assert_int_equal(coldplug(), 5);
	assert_string_equal(fake_modules(), "virtio_ring virtio "
		"virtio_pci_modern_dev virtio_pci virtio_blk");
}

static void
chain_of_bridges_is_followed(void **state)
{
	(void)state;
	tree_device("pci", "0000:00:04.0", PCI_XHCI "\n");
	fake_hook = reveal;
	assert_int_equal(coldplug(), 5);
	assert_string_equal(fake_modules(),
		"xhci-hcd xhci-pci scsi_mod usb-storage sd_mod");
}

static void
reveal_earlier(const char *call)
{
	if (strstr(call, "/xhci-pci.ko"))
		tree_device("platform", "disk.0", "platform:vendor-disk\n");
	if (strstr(call, "/vendor-disk.ko"))
		tree_device("pci", "0001:00:00.0", PCI_IDE "\n");
	if (strstr(call, "/ata_piix.ko"))
		tree_bind("pci", "0001:00:00.0");
}

static void
earlier_bus_is_looked_at_again(void **state)
{
	(void)state;
	tree_device("pci", "0000:00:04.0", PCI_XHCI "\n");
	fake_hook = reveal_earlier;
	assert_int_equal(coldplug(), 6);
	assert_string_equal(fake_modules(), "xhci-hcd xhci-pci vendor-disk "
		"scsi_mod libata ata_piix");
}

static void
put_machine(void)
{
	tree_device("pci", "0000:00:01.0", PCI_VGA "\n");
	tree_device("pci", "0000:00:02.0", PCI_E1000 "\n");
	tree_device("pci", "0000:00:03.0", PCI_NET "\n");
	tree_device("pci", "0000:00:1f.0", PCI_ISA "\n");
	tree_device("pci", "0000:00:1f.3", PCI_SMBUS "\n");
	tree_device("acpi", "PNP0C0C:00", "acpi:PNP0C0C:\n");
	tree_device("acpi", "PNP0C14:00", "acpi:PNP0C14:\n");
}

static void
only_what_a_root_can_need_is_loaded(void **state)
{
	(void)state;
	put_machine();
	assert_int_equal(coldplug(), 0);
	assert_string_equal(fake_modules(), "");
	tree_device("acpi", "80860F14:00", "acpi:80860F14:PNP0D40:\n");
	assert_int_equal(coldplug(), 1);
	assert_string_equal(fake_modules(), "sdhci-acpi");
}

static void
all_means_all(void **state)
{
	static const char *const want[] = { "bochs", "e1000", "virtio_pci",
		"lpc_ich", "i2c-i801", "button", "wmi" };

	(void)state;
	put_machine();
	boot.options.coldplug = COLDPLUG_ALL;
	assert_int_equal(drivers_open(&at, &boot, &e), 0);
	assert_int_equal(coldplug(), 10);
	for (unsigned i = 0; i < 7; i++)
		assert_non_null(strstr(fake_modules(), want[i]));
	assert_int_equal(coldplug(), 0);
}

static void
none_means_none(void **state)
{
	(void)state;
	tree_device("pci", "0000:00:03.0", PCI_DISK "\n");
	boot.options.coldplug = COLDPLUG_NONE;
	assert_int_equal(drivers_open(&at, &boot, &e), 0);
	assert_int_equal(coldplug(), 0);
	assert_int_equal(event("add", PCI_DISK), 0);
	assert_string_equal(fake_modules(), "");
	assert_int_equal(drivers_filesystem("xfs", &e), 0);
	assert_string_equal(fake_modules(), "xfs");
}

static void
no_device_is_read_twice(void **state)
{
	(void)state;
	tree_device("pci", "0000:00:01.0", PCI_VGA "\n");
	assert_int_equal(coldplug(), 0);
	tree_device("pci", "0000:00:01.0", PCI_DISK "\n");
	assert_int_equal(coldplug(), 0);
	tree_device("pci", "0000:00:02.0", PCI_DISK "\n");
	assert_int_equal(coldplug(), 4);
}

static void
bind_ide(const char *call)
{
	if (strstr(call, "/ata_piix.ko"))
		tree_bind("pci", "0000:00:01.1");
}

static void
bound_device_gets_no_second_driver(void **state)
{
	(void)state;
	tree_device("pci", "0000:00:01.1", PCI_IDE "\n");
	fake_hook = bind_ide;
	assert_int_equal(coldplug(), 3);
	assert_string_equal(fake_modules(), "scsi_mod libata ata_piix");
}

static void
unbound_device_gets_the_next_driver(void **state)
{
	(void)state;
	tree_device("pci", "0000:00:01.1", PCI_IDE "\n");
	assert_int_equal(coldplug(), 4);
	assert_string_equal(fake_modules(),
		"scsi_mod libata ata_piix ata_generic");
}

static void
twin_of_a_bound_device_gets_its_driver(void **state)
{
	(void)state;
	tree_device("pci", "0000:00:01.1", PCI_IDE "\n");
	tree_bind("pci", "0000:00:01.1");
	assert_int_equal(coldplug(), 0);
	tree_device("pci", "0000:00:02.1", PCI_IDE "\n");
	assert_int_equal(coldplug(), 4);
}

static void
failure_is_said_once_and_the_rest_goes_on(void **state)
{
	(void)state;
	tree_device("pci", "0000:00:01.1", PCI_IDE "\n");
	tree_device("pci", "0000:00:03.0", PCI_XHCI "\n");
	tree_device("pci", "0000:00:04.0", PCI_XHCI "\n");
	fake_fail("finit_module", 0, ENODEV);
	assert_int_equal(coldplug(), -1);
	assert_non_null(strstr(e.text, "found no device"));
	assert_int_equal(fake_count("finit_module"), 2);
	assert_true(log_has("<4>linuxrc: module xhci_hcd: it found no device "
		"that it drives -- xhci_pci needs it\n"));
	assert_true(log_has("module scsi_mod: it found no device that it "
		"drives -- ata_piix needs it\n"));
	assert_int_equal(coldplug(), 0);
	assert_int_equal(event("add", PCI_XHCI), 0);
	assert_int_equal(fake_count("finit_module"), 2);
}

static void
blacklist_holds_for_coldplug(void **state)
{
	(void)state;
	tree_device("pci", "0000:00:03.0", PCI_DISK "\n");
	strcpy(boot.cmdline, "modprobe.blacklist=virtio-pci");
	assert_int_equal(drivers_open(&at, &boot, &e), 0);
	assert_int_equal(coldplug(), 0);
}

static void
event_loads_what_it_wants(void **state)
{
	(void)state;
	assert_int_equal(event("remove", PCI_DISK), 0);
	assert_int_equal(event("add", ""), 0);
	assert_int_equal(event("add", PCI_VGA), 0);
	assert_int_equal(event("add", "acpi:PNP0C0C:"), 0);
	assert_string_equal(fake_modules(), "");
	assert_int_equal(event("add", PCI_DISK), 4);
	assert_int_equal(event("add", PCI_DISK), 0);
	assert_int_equal(event("add", "virtio:d00000002v00001AF4"), 1);
}

static void
without_sys_it_says_so(void **state)
{
	struct places no_sys = { .root = at.root, .sys = -1 };

	(void)state;
	assert_int_equal(drivers_coldplug(&no_sys, &e), -1);
	assert_string_equal(e.text,
		"without /sys no driver is found by its device");
	tree_sh("rmdir sys/bus");	/* a kernel without buses */
	assert_int_equal(coldplug(), 0);
}

static void
without_modules_there_is_nothing_to_do(void **state)
{
	(void)state;
	tree_device("pci", "0000:00:03.0", PCI_DISK "\n");
	tree_sh("mv lib/modules/* lib/modules/6.1.0-30");
	assert_int_equal(drivers_open(&at, &boot, &e), -1);
	assert_non_null(strstr(e.text, "this image has modules of 6.1.0-30, "
		"the kernel is "));
	assert_int_equal(coldplug(), 0);
	assert_int_equal(event("add", PCI_DISK), 0);
	assert_int_equal(drivers_filesystem("ext4", &e), -1);
	assert_int_equal(e.code, ENOENT);
	assert_string_equal(fake_modules(), "");
}

static void
description_is_cut_where_it_must(void **state)
{
	char text[32];

	(void)state;
	drivers_describe(text, sizeof text);
	assert_string_equal(text, "");
	fake_fail("finit_module", 1, EEXIST);
	assert_int_equal(drivers_filesystem("ext4", &e), 0);
	drivers_describe(text, sizeof text);
	assert_string_equal(text, "jbd2, ext4");
	assert_int_equal(drivers_filesystem("xfs", &e), 0);
	drivers_describe(text, 16);
	assert_string_equal(text, "jbd2, ext4, ...");
	drivers_describe(text, 15);
	assert_string_equal(text, "jbd2, ...");
	drivers_describe(text, 24);
	assert_string_equal(text, "jbd2, ext4, xfs");
	drivers_describe(text, 6);
	assert_string_equal(text, "...");
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(bridge_reveals_the_disk_behind_it),
		T(chain_of_bridges_is_followed),
		T(earlier_bus_is_looked_at_again),
		T(only_what_a_root_can_need_is_loaded),
		T(all_means_all),
		T(none_means_none),
		T(no_device_is_read_twice),
		T(bound_device_gets_no_second_driver),
		T(unbound_device_gets_the_next_driver),
		T(twin_of_a_bound_device_gets_its_driver),
		T(failure_is_said_once_and_the_rest_goes_on),
		T(blacklist_holds_for_coldplug),
		T(event_loads_what_it_wants),
		T(without_sys_it_says_so),
		T(without_modules_there_is_nothing_to_do),
		T(description_is_cut_where_it_must),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
