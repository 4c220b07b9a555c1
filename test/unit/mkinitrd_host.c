/* SPDX-License-Identifier: MIT */
/*
 * mkinitrd --host: the modules for a machine that a fixture tree describes,
 * with /sys as the kernel lays it out.
 */
#include "unit.h"

#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "../../applets/mkinitrd/host.h"
#include "fake_sys.h"
#include "tree.h"
#include "wanted.h"

#define VERSION "6.1.0-test"

static struct places at;
static struct err e;

static int
open_below(const char *name)
{
	int fd;

	mkdirat(at.root, name, 0755);
	fd = openat(at.root, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(fd >= 0);
	return fd;
}

static int
begin(void **state)
{
	struct release from;

	(void)state;
	fake_reset();
	at.root = tree_copy("modules");
	at.proc = open_below("proc");
	at.sys = open_below("sys");
	at.dev = open_below("dev");
	memset(&m, 0, sizeof m);
	return release_find(&from, tree_dir, NULL, &e) < 0 ||
		modules_open(&m, &from, &e) < 0 ? -1 : 0;
}

static int
end(void **state)
{
	(void)state;
	close(at.proc);
	close(at.sys);
	close(at.dev);
	tree_drop(at.root);
	return 0;
}

/* A disk vda on virtio, with a partition, and a device mapper target on it. */
static void
make_disks(void)
{
	tree_put("sys/devices/pci0000:00/0000:00:04.0/modalias",
		"pci:v00001AF4d00001001sv00001AF4sd00000002bc01sc00i00\n");
	tree_put("sys/devices/pci0000:00/0000:00:04.0/virtio1/modalias",
		"virtio:d00000002v00001AF4\n");
	tree_put("sys/devices/pci0000:00/0000:00:04.0/virtio1/block/vda/vda1/"
		"dev", "254:1\n");
	tree_put("sys/module/vendor_disk/refcnt", "1\n");
	tree_put("sys/bus/virtio/drivers/vendor/bind", "");
	tree_sh("ln -s ../../../../module/vendor_disk "
		"sys/bus/virtio/drivers/vendor/module");
	tree_sh("ln -s ../../../../bus/virtio/drivers/vendor "
		"sys/devices/pci0000:00/0000:00:04.0/virtio1/driver");
	tree_put("sys/devices/virtual/block/dm-0/dev", "253:0\n");
	tree_sh("mkdir -p sys/devices/virtual/block/dm-0/slaves sys/dev/block "
		"sys/class/block");
	tree_sh("ln -s ../../../../pci0000:00/0000:00:04.0/virtio1/block/vda/"
		"vda1 sys/devices/virtual/block/dm-0/slaves/vda1");
	tree_sh("cd sys/dev/block && ln -s ../../devices/virtual/block/dm-0 "
		"253:0 && ln -s ../../devices/pci0000:00/0000:00:04.0/virtio1/"
		"block/vda/vda1 254:1");
	tree_sh("cd sys/class/block && ln -s ../../devices/virtual/block/dm-0 "
		"&& ln -s ../../devices/pci0000:00/0000:00:04.0/virtio1/block/"
		"vda/vda1");
}

static void
mounted(const char *line)
{
	tree_put("proc/self/mountinfo", line);
}

static void
devices_that_lead_to_a_root_count(void **state)
{
	(void)state;
	tree_device("pci", "0000:00:01.0",
		"pci:v00001AF4d00001001sv00001AF4sd00000002bc01sc00i00");
	tree_device("virtio", "virtio0", "virtio:d00000002v00001AF4");
	tree_device("virtio", "virtio1", "virtio:d00000001v00001AF4");
	tree_device("pci", "0000:00:02.0",
		"pci:v00001234d00001111sv00001AF4sd00001100bc03sc00i00");
	tree_device("pci", "0000:00:1f.0",
		"pci:v00008086d00007010sv00001AF4sd00001100bc01sc01i80");
	tree_device("acpi", "PNP0C0C:00", "acpi:PNP0C0C:");
	tree_device("acpi", "80860F14:00", "acpi:80860F14:");
	assert_int_equal(host_want_devices(&m, &at, &e), 0);
	assert_string_equal(wanted(), "virtio virtio_ring "
		"virtio_pci_modern_dev virtio_pci virtio_blk scsi_mod libata "
		"ata_piix ata_generic sdhci_acpi");
}

static void
no_sys_is_a_sentence(void **state)
{
	(void)state;
	assert_int_equal(host_want_devices(&m, &at, &e), -1);
	assert_non_null(strstr(e.text, "is /sys mounted?"));
}

/* The whole chain of a root on a device mapper target: what it is made of,
 * the driver that is bound though no alias says so, the file system. */
static void
root_brings_its_chain(void **state)
{
	(void)state;
	make_disks();
	mounted("21 1 0:19 / /proc rw - proc proc rw\n"
		"22 1 0:1 / / rw - rootfs none rw\n"
		"23 1 253:0 / / rw,relatime - ext3 /dev/mapper/root rw\n");
	assert_int_equal(host_want_root(&m, &at, NULL, &e), 0);
	assert_string_equal(wanted(), "virtio virtio_ring "
		"virtio_pci_modern_dev virtio_pci virtio_blk vendor_disk ext4 "
		"jbd2 mbcache");
}

static void
named_root_is_looked_up(void **state)
{
	(void)state;
	make_disks();
	/* as an ordinary user: no node that can be read, but udev's notes */
	tree_put("run/udev/data/b254:1", "S:disk/by-uuid/x\nE:ID_FS_TYPE=xfs\n"
		"E:ID_FS_VERSION=1\n");
	assert_int_equal(host_want_root(&m, &at, "254:1", &e), 0);
	assert_true(modules_find(&m, "xfs")->wanted);
	assert_true(modules_find(&m, "virtio_blk")->wanted);
	assert_false(modules_find(&m, "ext4")->wanted);
}

static void
mounted_root_tells_its_type(void **state)
{
	(void)state;
	make_disks();
	mounted("23 1 254:1 / /mnt rw - xfs /dev/vda1 rw\n");
	assert_int_equal(host_want_root(&m, &at, "254:1", &e), 0);
	assert_true(modules_find(&m, "xfs")->wanted);
}

static void
what_is_not_known_is_a_sentence(void **state)
{
	(void)state;
	make_disks();
	mounted("23 1 0:50 / / rw - overlay overlay rw\n");
	assert_int_equal(host_want_root(&m, &at, "254:1", &e), -1);
	assert_non_null(strstr(e.text, "--root 254:1: what is on vda1 cannot "
		"be read -- as root it can, or name its file system with -m"));
	assert_int_equal(host_want_root(&m, &at, "8:1", &e), -1);
	assert_non_null(strstr(e.text, "--root 8:1: not on this machine -- "
		"saw "));
	assert_int_equal(host_want_root(&m, &at, "UUID=0815", &e), -1);
	assert_non_null(strstr(e.text, "--root UUID=0815: not on this "
		"machine"));
	assert_int_equal(host_want_root(&m, &at, "PARTUUID=", &e), -1);
	assert_int_equal(host_want_root(&m, &at, NULL, &e), -1);
	assert_string_equal(e.text, "the kernel 6.1.0-test has no file system "
		"overlay, which / has -- name the real root with --root");
	assert_int_equal(host_want_root(&m, &at, "mtd0", &e), -1);
	assert_non_null(strstr(e.text, "name the modules with -m"));
}

/* -------------------------------------------------------------- enforced */

static void
enforced_signatures_are_seen(void **state)
{
	(void)state;
	assert_int_equal(host_enforces(&at, &e), 0);
	tree_put("sys/module/module/parameters/sig_enforce", "N\n");
	tree_put("sys/kernel/security/lockdown",
		"[none] integrity confidentiality\n");
	assert_int_equal(host_enforces(&at, &e), 0);
	tree_put("sys/kernel/security/lockdown",
		"none [integrity] confidentiality\n");
	assert_int_equal(host_enforces(&at, &e), -1);
	assert_non_null(strstr(e.text, "lockdown: none [integrity]"));
	tree_put("sys/module/module/parameters/sig_enforce", "Y\n");
	assert_int_equal(host_enforces(&at, &e), -1);
	assert_non_null(strstr(e.text, "module.sig_enforce"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
		TEST(devices_that_lead_to_a_root_count),
		TEST(no_sys_is_a_sentence),
		TEST(root_brings_its_chain),
		TEST(named_root_is_looked_up),
		TEST(mounted_root_tells_its_type),
		TEST(what_is_not_known_is_a_sentence),
		TEST(enforced_signatures_are_seen),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
