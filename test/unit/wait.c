/* SPDX-License-Identifier: MIT */
/*
 * Between the drivers and the root: how many modules are loaded before it is
 * there, and what is done when the kernel's events were lost. Disks appear in
 * the fixture when their drivers are loaded.
 */
#include "unit.h"

#include "disks.h"
#include "drivers.h"
#include "fake_sys.h"
#include "lib/log.h"
#include "lib/uevent.h"
#include "wait.h"

#define PCI_DISK "pci:v00001AF4d00001001sv00001AF4sd00000002bc01sc00i00"
#define PCI_XHCI "pci:v00001B36d0000000Dsv00001AF4sd00001100bc0Csc03i30"
#define BLK "virtio_ring virtio virtio_pci_modern_dev virtio_pci virtio_blk"

static struct boot boot;
static struct err e;
static int events[2];	/* the socket: L for events that were lost */

/* In place of lib/uevent. */
int
uevent_open(struct err *why)
{
	(void)why;
	return events[0];
}

int
uevent_read(int fd, struct uevent *u)
{
	char c = 0;

	(void)u;
	if (read(fd, &c, 1) != 1)
		return 0;
	assert_int_equal(c, 'L');
	errno = ENOBUFS;
	return -1;
}

static void
device(const char *bus, const char *name, const char *modalias)
{
	char line[512];

	snprintf(line, sizeof line, "mkdir -p sys/bus/%s/devices/%s && "
		"echo %s >sys/bus/%s/devices/%s/modalias", bus, name,
		modalias, bus, name);
	disks_sh(line);
}

/* virtio_pci shows the disk's device, virtio_blk the disk. */
static void
reveal(const char *call)
{
	if (strstr(call, "/virtio_pci.ko"))
		device("virtio", "virtio0", "virtio:d00000002v00001AF4");
	if (strstr(call, "/virtio_blk.ko"))
		disks_add("vda", 25400, EXT4("-L ROOT"));
}

/* A disk on virtio; on ACPI an SD host, which is storage; and USB. */
static int
begin(void **state)
{
	disks_begin(state);
	fake_reset();
	disks_sh("cp -r \"$OLDPWD\"/test/unit/trees/modules/lib . && "
		"mv lib/modules/6.1.0-test lib/modules/$(uname -r) && "
		"mkdir sys/bus && touch dev/kmsg");
	log_open(disks_at.dev);
	device("pci", "0000:00:01.0", PCI_XHCI);
	device("pci", "0000:00:03.0", PCI_DISK);
	device("acpi", "80860F14:00", "acpi:80860F14:");
	fake_hook = reveal;
	memset(&boot, 0, sizeof boot);
	boot.contract = CONTRACT_INITRAMFS;
	return pipe2(events, O_NONBLOCK);
}

static int
end(void **state)
{
	close(events[0]);
	close(events[1]);
	log_open(-1);
	return disks_end(state);
}

static void
want(enum root_kind kind, const char *value)
{
	boot.spec.kind = kind;
	strcpy(boot.spec.value, value);
	assert_int_equal(drivers_open(&disks_at, &boot, &e), 0);
	wait_load_drivers(&boot, &disks_at);
}

static int
find(int seconds)
{
	struct wanted root = { .word = "root", .text = "X",
		.spec = &boot.spec, .device = &boot.device,
		.least_s = seconds, .most_s = WAIT_FOREVER };

	return wait_for(&root, &boot, &disks_at, &e);
}

static bool
is_loaded(const char *name)
{
	return strstr(fake_modules(), name) != NULL;
}

static void
name_that_is_there_needs_no_module(void **state)
{
	(void)state;
	disks_add("sda", 800, EMPTY);
	want(ROOT_NAME, "sda");
	assert_string_equal(fake_modules(), "");
	assert_int_equal(find(5), 0);
	assert_string_equal(boot.device.name, "sda");
	assert_int_equal(fake_count("wait_readable"), 0);
}

static void
name_ends_the_loading(void **state)
{
	(void)state;
	want(ROOT_NAME, "vda");
	assert_string_equal(fake_modules(), BLK);
	assert_int_equal(find(5), 0);
	assert_string_equal(boot.device.name, "vda");
}

static void
tag_counts_when_all_disks_have_their_drivers(void **state)
{
	(void)state;
	want(ROOT_LABEL, "ROOT");
	assert_true(is_loaded(BLK));
	assert_true(is_loaded("sdhci-acpi"));
	assert_false(is_loaded("xhci"));
	assert_int_equal(find(5), 0);
	assert_string_equal(boot.device.name, "vda");
	assert_false(is_loaded("xhci"));
}

/* Its twin is behind a driver that comes after the root is there. */
static void
reveal_twin(const char *call)
{
	reveal(call);
	if (strstr(call, "/sdhci-acpi.ko"))
		disks_add("mmcblk0", 17900, EXT4("-L ROOT"));
}

static void
twin_on_another_bus_is_seen(void **state)
{
	(void)state;
	fake_hook = reveal_twin;
	want(ROOT_LABEL, "ROOT");
	assert_int_equal(find(0), -1);
	assert_non_null(strstr(e.text, "LABEL=ROOT is on "));
}

static void
root_that_is_not_there_has_everything_loaded(void **state)
{
	(void)state;
	want(ROOT_LABEL, "OTHER");
	assert_true(is_loaded("xhci-pci"));
	assert_int_equal(find(5), -1);
	assert_non_null(strstr(e.text, "root=X: not there after 5 s -- saw "
		"vda (ext4 LABEL=ROOT"));
}

static void
all_loads_all_before_it_looks(void **state)
{
	(void)state;
	disks_add("sda", 800, EMPTY);
	boot.options.coldplug = COLDPLUG_ALL;
	want(ROOT_NAME, "sda");
	assert_true(is_loaded("xhci-pci"));
	assert_int_equal(find(5), 0);
}

/* While it waits a controller appears, and nobody is told. */
static void
appear_unseen(const char *call)
{
	static bool done;

	if (strncmp(call, "wait_readable", 13) == 0 && !done) {
		done = true;
		device("pci", "0000:00:05.0", PCI_DISK);
		assert_int_equal(write(events[1], "L", 1), 1);
	}
	reveal(call);
}

static void
lost_events_make_it_look_at_everything_again(void **state)
{
	(void)state;
	disks_sh("rm -r sys/bus/pci");
	fake_hook = appear_unseen;
	want(ROOT_LABEL, "ROOT");
	assert_false(is_loaded("virtio_pci"));
	assert_int_equal(find(5), 0);
	assert_true(is_loaded(BLK));
	assert_string_equal(boot.device.name, "vda");
	assert_int_equal(fake_count("wait_readable"), 1);
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(name_that_is_there_needs_no_module),
		T(name_ends_the_loading),
		T(tag_counts_when_all_disks_have_their_drivers),
		T(twin_on_another_bus_is_seen),
		T(root_that_is_not_there_has_everything_loaded),
		T(all_loads_all_before_it_looks),
		T(lost_events_make_it_look_at_everything_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
