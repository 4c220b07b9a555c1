/* SPDX-License-Identifier: MIT */
/*
 * Which buses of /sys are read (who reads a device that is none hangs), and
 * what is loaded first.
 */
#include "unit.h"

#include "plugged.h"


/* The drivers are opened when a test has changed what there is. */
static int
begin_unopened(void **state)
{
	(void)state;
	have_machine();
	return 0;
}

/* Modules loaded; the test ends when it takes long. */
static int
coldplug(void)
{
	int loads;

	assert_int_equal(drivers_open(&at, &boot, &e), 0);
	alarm(10);
	loads = drivers_coldplug(&at, &e);
	alarm(0);
	return loads;
}

static void
trap_on(const char *bus)
{
	char line[128];

	snprintf(line, sizeof line, "mkdir -p sys/bus/%s/devices/x && "
		"mkfifo sys/bus/%s/devices/x/modalias", bus, bus);
	tree_sh(line);
}

static void
bus_that_no_module_wants_is_not_read(void **state)
{
	(void)state;
	trap_on("hid");
	assert_int_equal(coldplug(), 0);
}

static void
reveal(const char *call)
{
	if (strstr(call, "/virtio_pci.ko"))
		tree_device("virtio", "virtio0", "virtio:d00000002v00001AF4\n");
	if (strstr(call, "/virtio_blk.ko"))
		trap_on("pci");
}

static void
bus_that_can_wait_is_not_read_for_storage(void **state)
{
	(void)state;
	tree_sh("cd lib/modules/* && printf '%s\n' "
		"'alias usb:v*ic08* usb-storage' "
		"'alias serio:ty06* atkbd' 'alias hid:b0003* usbhid' "
		"'alias ieee1394:ven*sp0000609E* firewire-sbp2' "
		">modules.alias");
	trap_on("usb");
	trap_on("firewire");
	trap_on("hid");
	trap_on("serio");
	assert_int_equal(drivers_open(&at, &boot, &e), 0);
	alarm(10);
	assert_int_equal(drivers_next(&at, DRIVERS_FOR_STORAGE, &e), 0);
	alarm(0);
}

static void
device_of_acpi_is_not_read_again_as_a_platform_device(void **state)
{
	(void)state;
	tree_sh("cd lib/modules/* && printf '%s\n' "
		"'alias acpi*:PNP0D40:* virtio_blk' "
		"'alias platform:ahci virtio_pci' >modules.alias && "
		"cd ../../../sys/bus && mkdir -p platform/devices/80860F14:00 "
		"&& mkfifo platform/devices/80860F14:00/modalias");
	tree_device("acpi", "80860F14:00", "acpi:80860F14:PNP0D40:\n");
	coldplug();
	assert_string_equal(fake_modules(), "virtio_ring virtio virtio_blk");
}

static void
bus_whose_modules_are_loaded_is_not_read_again(void **state)
{
	(void)state;
	tree_sh("cd lib/modules/* && printf '%s\n' "
		"'alias pci:v00001AF4d* virtio_pci' "
		"'alias virtio:d00000002v* virtio_blk' >modules.alias");
	tree_device("pci", "0000:00:03.0", PCI_DISK "\n");
	fake_hook = reveal;
	assert_int_equal(coldplug(), 5);
}

#define PCI_XHCI "pci:v00001B36d0000000Dsv00001AF4sd00001100bc0Csc03i30"
#define USB_DISK "usb:v46F4p0001d0000dc00dsc00dp00ic08isc06ip50in00"

static void
reveal_disks(const char *call)
{
	if (strstr(call, "/virtio_pci.ko"))
		tree_device("virtio", "virtio0", "virtio:d00000002v00001AF4\n");
	if (strstr(call, "/xhci-pci.ko"))
		tree_device("usb", "1-1:1.0", USB_DISK "\n");
	if (strstr(call, "/usb-storage.ko"))
		tree_device("scsi", "0:0:0:0", "scsi:t-0x00\n");
}

#define storage_step() drivers_next(&at, DRIVERS_FOR_STORAGE, &e)
#define any_step() drivers_next(&at, DRIVERS_FOR_ALL, &e)

static void
steps_stop_where_the_caller_wants(void **state)
{
	(void)state;
	tree_device("pci", "0000:00:03.0", PCI_DISK "\n");
	tree_device("acpi", "80860F14:00", "acpi:80860F14:\n");
	assert_int_equal(drivers_open(&at, &boot, &e), 0);
	fake_hook = reveal_disks;
	assert_int_equal(storage_step(), 1);
	assert_null(strstr(fake_modules(), "virtio_blk"));
	assert_int_equal(storage_step(), 1);
	assert_string_equal(fake_modules(), "virtio_ring virtio "
		"virtio_pci_modern_dev virtio_pci virtio_blk");
	assert_int_equal(storage_step(), 1);
	assert_int_equal(storage_step(), 0);
}

/* The host comes before the disk in /sys. */
static void
usb_waits_until_more_than_storage_is_asked_for(void **state)
{
	(void)state;
	tree_device("pci", "0000:00:01.0", PCI_XHCI "\n");
	tree_device("pci", "0000:00:02.0", PCI_XHCI "\n");
	tree_device("pci", "0000:00:03.0", PCI_DISK "\n");
	assert_int_equal(drivers_open(&at, &boot, &e), 0);
	fake_hook = reveal_disks;
	assert_int_equal(storage_step(), 1);
	assert_int_equal(storage_step(), 1);
	assert_int_equal(storage_step(), 0);
	assert_null(strstr(fake_modules(), "xhci"));
	assert_int_equal(any_step(), 1);
	assert_non_null(strstr(fake_modules(), "virtio_blk xhci-hcd xhci-pci"));
	assert_null(strstr(fake_modules(), "usb-storage"));
	assert_int_equal(storage_step(), 0);
	assert_int_equal(any_step(), 1);	/* the stick */
	assert_int_equal(storage_step(), 1);	/* its disk */
	assert_int_equal(any_step(), 0);
	assert_non_null(strstr(fake_modules(), "usb-storage sd_mod"));
}

#define T(test) cmocka_unit_test_setup_teardown(test, \
	begin_unopened, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(bus_that_no_module_wants_is_not_read),
		T(bus_that_can_wait_is_not_read_for_storage),
		T(device_of_acpi_is_not_read_again_as_a_platform_device),
		T(bus_whose_modules_are_loaded_is_not_read_again),
		T(steps_stop_where_the_caller_wants),
		T(usb_waits_until_more_than_storage_is_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
