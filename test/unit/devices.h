/* SPDX-License-Identifier: MIT */
/*
 * devices - a /sys in which disks are plugged in somewhere, for the tests of
 * names that udev makes of that.
 */
#ifndef TEST_DEVICES_H
#define TEST_DEVICES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/devlink.h"

#include "tree.h"

#include <cmocka.h>

static struct blockdevs at;
static struct err e;

static inline int
begin(void **state)
{
	int root;

	(void)state;
	strcpy(tree_dir, "/tmp/linuxrc-unit.XXXXXX");
	if (!mkdtemp(tree_dir))
		abort();
	tree_sh("mkdir -p sys/class/block sys/dev/block dev");
	root = open(tree_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	at.proc = -1;
	at.sys = openat(root, "sys", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	at.dev = openat(root, "dev", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	at.look_only = true;
	close(root);
	return 0;
}

static inline int
end(void **state)
{
	(void)state;
	close(at.dev);
	tree_drop(at.sys);
	return 0;
}

/* A directory of /sys/devices is a device of this subsystem. */
static inline void
device(const char *path, const char *subsystem)
{
	char line[1024];

	snprintf(line, sizeof line, "mkdir -p sys/devices/%s && ln -sfn "
		"/sys/bus/%s sys/devices/%s/subsystem", path, subsystem, path);
	tree_sh(line);
}

/* A block device there: its last component is the name. */
static inline void
block(const char *path, const char *number)
{
	const char *name = strrchr(path, '/') + 1;
	char line[1024];

	device(path, "block");
	snprintf(line, sizeof line, "ln -s ../../devices/%s "
		"sys/class/block/%s && echo %s >sys/devices/%s/dev && "
		"ln -s ../../devices/%s sys/dev/block/%s", path, name, number,
		path, path, number);
	tree_sh(line);
}

/* A file of a block device, with a newline. */
static inline void
says(const char *disk, const char *file, const char *text)
{
	char path[256];

	snprintf(path, sizeof path, "sys/class/block/%s/%s", disk, file);
	tree_put(path, text);
}

static inline void
expect(bool id, const char *value, const char *disk)
{
	char name[BLOCKDEV_NAME_SIZE] = "";
	int found = devlink_disk(&at, value, id, name, &e);

	if (found != (disk != NULL))
		fail_msg("%s: %d", value, found);
	if (disk)
		assert_string_equal(name, disk);
}

static inline void
expect_refused(bool id, const char *value, const char *why)
{
	char name[BLOCKDEV_NAME_SIZE];

	assert_int_equal(devlink_disk(&at, value, id, name, &e), -1);
	if (!strstr(e.text, why))
		fail_msg("no \"%s\" in: %s", why, e.text);
}

#define PCI(slot) "pci0000:00/0000:00:" slot

static inline void
virtio_disk(const char *slot, const char *name, const char *number)
{
	char path[256];

	snprintf(path, sizeof path, PCI("%s"), slot);
	device(path, "pci");
	snprintf(path, sizeof path, PCI("%s/virtio1"), slot);
	device(path, "virtio");
	snprintf(path, sizeof path, PCI("%s/virtio1/block/%s"), slot, name);
	block(path, number);
}

static inline void
ata_disk(void)
{
	device(PCI("01.1"), "pci");
	device(PCI("01.1/ata2/host1"), "scsi");
	device(PCI("01.1/ata2/host1/target1:0:1"), "scsi");
	device(PCI("01.1/ata2/host1/target1:0:1/1:0:1:0"), "scsi");
	tree_put("sys/devices/" PCI("01.1/ata2/ata_port/ata2/port_no"), "2\n");
	block(PCI("01.1/ata2/host1/target1:0:1/1:0:1:0/block/sdb"), "8:16");
	tree_sh("ln -s ../../../1:0:1:0 sys/class/block/sdb/device");
}

static inline void
usb_disk(void)
{
	device(PCI("03.0"), "pci");
	device(PCI("03.0/usb1"), "usb");
	device(PCI("03.0/usb1/1-1"), "usb");
	device(PCI("03.0/usb1/1-1/1-1.2"), "usb");
	device(PCI("03.0/usb1/1-1/1-1.2/1-1.2:1.0"), "usb");
	device(PCI("03.0/usb1/1-1/1-1.2/1-1.2:1.0/host2"), "scsi");
	device(PCI("03.0/usb1/1-1/1-1.2/1-1.2:1.0/host2/target2:0:0"), "scsi");
	device(PCI("03.0/usb1/1-1/1-1.2/1-1.2:1.0/host2/target2:0:0/2:0:0:0"),
		"scsi");
	block(PCI("03.0/usb1/1-1/1-1.2/1-1.2:1.0/host2/target2:0:0/2:0:0:0/"
		"block/sdc"), "8:32");
	tree_sh("ln -s ../../../2:0:0:0 sys/class/block/sdc/device");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

#endif
