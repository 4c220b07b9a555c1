/* SPDX-License-Identifier: MIT */
/*
 * Devices without a driver: which of them are named, and why they have none.
 */
#include "unit.h"

#include <errno.h>
#include <sys/utsname.h>

#include "fake_sys.h"
#include "lib/unbound.h"
#include "tree.h"

#define PCI_DISK "pci:v00001AF4d00001042sv00001AF4sd00001100bc01sc00i00"
#define PCI_NET "pci:v00001AF4d00001000sv00001AF4sd00000001bc02sc00i00"
#define PCI_XHCI "pci:v00001B36d0000000Dsv00001AF4sd00001100bc0Csc03i30"
#define PCI_SAS "pci:v00009999d00000001sv00000000sd00000000bc01sc07i00"

static int root, sys;
static struct module_index m;
static char text[512];
static struct err e;

static int
begin(void **state)
{
	(void)state;
	fake_reset();
	root = tree_copy("modules");
	tree_sh("mkdir -p sys/bus");
	sys = openat(root, "sys", O_RDONLY | O_DIRECTORY);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	module_close(&m);
	close(sys);
	tree_drop(root);
	return 0;
}

static const char *
describe(const char *words)
{
	struct module_source from = { .root = root,
		.release = "6.1.0-test", .words = { words } };

	assert_int_equal(module_open(&m, &from, &e), 0);
	unbound_describe(&m, sys, false, text, sizeof text);
	return text;
}

static void
what_is_bound_or_no_disk_is_not_named(void **state)
{
	(void)state;
	tree_device("pci", "0000:00:02.0", PCI_NET "\n");
	tree_device("pci", "0000:00:03.0", PCI_DISK "\n");
	tree_bind("pci", "0000:00:03.0");
	assert_string_equal(describe(""), "");
	unbound_describe(&m, -1, false, text, sizeof text);
	assert_string_equal(text, "");
}

static void
module_that_the_image_lacks_is_named(void **state)
{
	(void)state;
	tree_sh("cd lib/modules/* && sed -i /virtio/d modules.*");
	tree_device("pci", "0000:00:03.0", PCI_DISK "\n");
	assert_string_equal(describe(""), "no driver is bound to 1af4:1042: "
		"module virtio_pci is not in this image");
	tree_device("pci", "0000:00:03.0", PCI_SAS "\n");
	assert_string_equal(describe(""), "no driver is bound to 9999:0001: "
		"no module for it is in this image");
}

static void
module_that_is_there_and_did_not_help_is_named(void **state)
{
	(void)state;
	tree_device("pci", "0000:00:03.0", PCI_DISK "\n");
	assert_string_equal(describe(""), "no driver is bound to 1af4:1042: "
		"module virtio_pci was not loaded");
	assert_int_equal(module_load(&m, "virtio_pci", &e), 0);
	unbound_describe(&m, sys, false, text, sizeof text);
	assert_string_equal(text, "no driver is bound to 1af4:1042: "
		"module virtio_pci does not take it");
	assert_string_equal(describe("modprobe.blacklist=virtio_pci"),
		"no driver is bound to 1af4:1042: module virtio_pci is left "
		"out: modprobe.blacklist= names it");
	describe("");
	fake_fail("finit_module", 0, ENODEV);
	assert_int_equal(module_load(&m, "virtio_pci", &e), -1);
	unbound_describe(&m, sys, false, text, sizeof text);
	assert_string_equal(text, "no driver is bound to 1af4:1042: "
		"module virtio_pci could not be loaded");
}

static void
disks_come_before_usb_and_two_are_enough(void **state)
{
	(void)state;
	tree_sh("cd lib/modules/* && sed -i '/virtio/d;/xhci/d' modules.*");
	tree_device("pci", "0000:00:01.0", PCI_XHCI "\n");
	tree_device("pci", "0000:00:03.0", PCI_DISK "\n");
	assert_string_equal(describe(""), "no driver is bound to 1af4:1042: "
		"module virtio_pci is not in this image, or to 1b36:000d: "
		"module xhci_pci is not in this image");
	tree_device("scsi", "0:0:0:0", "scsi:t-0x00\n");
	tree_device("scsi", "0:0:1:0", "scsi:t-0x00\n");
	assert_non_null(strstr(describe(""), ", and to 2 more devices"));
}

static void
usual_drivers_are_known(void **state)
{
	(void)state;
	assert_string_equal(unbound_driver("pci:v00008086d00002922sv00001AF4"
		"sd00001100bc01sc06i01"), "ahci");
	assert_string_equal(unbound_driver("pci:v00001B36d00000010sv00001AF4"
		"sd00001100bc01sc08i02"), "nvme");
	assert_string_equal(unbound_driver("scsi:t-0x00"), "sd_mod");
	assert_string_equal(unbound_driver("scsi:t-0x05"), "sr_mod");
	assert_string_equal(unbound_driver("usb:v46F4p0001d0000dc00dsc00dp00"
		"ic08isc06ip50in00"), "usb_storage");
	assert_string_equal(unbound_driver("vmbus:"
		"d96361baa104294db60572e2ffb1dc7f"), "hv_storvsc");
	assert_null(unbound_driver("acpi:PNP0C0C:"));
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(what_is_bound_or_no_disk_is_not_named),
		T(module_that_the_image_lacks_is_named),
		T(module_that_is_there_and_did_not_help_is_named),
		T(disks_come_before_usb_and_two_are_enough),
		cmocka_unit_test(usual_drivers_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
