/* SPDX-License-Identifier: MIT */
/*
 * root=auto judges what was found on the disks. Instead of being mounted, the
 * tree of a disk, trees/NAME, becomes new-root; its /init is a path of this
 * machine, as no call of fake_sys changes the root either.
 */
#include "unit.h"

#include <sys/wait.h>

#include "auto.h"
#include "disks.h"
#include "fake_sys.h"
#include "lib/text.h"

enum { WHICH = 3 };		/* fits bit of the search */

static struct boot boot;
static struct device_search search;
#define seen search.seen
static const struct whole whole = { .types = "", .base = "" };
static struct root_device found;
static struct err e;

/* In the child: the tree of the disk. In the worker: wait for the child. */
static void
mount_tree(const char *call)
{
	char name[32], options[64] = "", line[256];
	siginfo_t ended;

	if (strncmp(call, "wait_readable", 13) == 0)
		waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT);
	if (strncmp(call, "mount ", 6) != 0)
		return;
	call = strstr(call, "/dev/");
	if (!call || sscanf(call, "/dev/%31s %*s %*s %*s data=%63s", name,
	    options) < 1)
		return;
	snprintf(line, sizeof line, "rm -rf new-root && cp -r trees/%s "
		"new-root && echo %s:%s >>looked", name, name, options);
	disks_sh(line);
}

static void
add(const char *name, unsigned number, const char *make, const char *tree)
{
	struct seen_device *p;
	struct blk_info info;
	char line[512];

	disks_add(name, number, make);
	snprintf(line, sizeof line, "mkdir -p trees/%s/etc && cd trees/%s && "
		"{ %s; }", name, name, tree);
	disks_sh(line);
	p = seen_probe(&seen, name, &info);
	p->fits = info.usage == BLK_FILESYSTEM ? 1 << WHICH : 0;
}

#define FS(uuid) "mke2fs -q -t ext2 -U " uuid " $d 4M"
#define ROOT "cp /bin/true init"
#define RELEASE(name) ROOT "; echo PRETTY_NAME=" name " >etc/os-release"

static int
judge(void)
{
	memset(&found, 0, sizeof found);
	memset(&e, 0, sizeof e);
	return auto_judge(&search, WHICH, &whole, &found, &e);
}

static void
says(const char *text)
{
	if (!strstr(e.text, text))
		fail_msg("\"%s\" lacks \"%s\"", e.text, text);
}

/* The sentence, with the path of init made short. */
static const char *
short_text(void)
{
	size_t len = strlen(boot.options.init);

	for (char *p = e.text; (p = strstr(p, boot.options.init)); p += 4) {
		memmove(p + 4, p + len, strlen(p + len) + 1);
		memcpy(p, "INIT", 4);
	}
	return e.text;
}

/* The disks that were mounted so far, with their options: "vda vdb:noload ". */
static const char *
looked(void)
{
	static char text[256];
	int fd;
	ssize_t n;

	disks_sh("touch looked && sed -i 's/:$//' looked");
	fd = openat(disks_at.root, "looked", O_RDONLY | O_CLOEXEC);
	n = read(fd, text, sizeof text - 1);
	close(fd);
	text[n > 0 ? n : 0] = '\0';
	for (char *p = text; (p = strchr(p, '\n')); *p = ' ')
		continue;
	return text;
}

static int
begin(void **state)
{
	disks_begin(state);
	disks_sh("mkdir trees");
	fake_reset();
	fake_hook = mount_tree;
	memset(&boot, 0, sizeof boot);
	memset(&search, 0, sizeof search);
	seen.at = (struct blockdevs){ disks_at.proc, disks_at.sys,
		disks_at.dev, false };
	text_copy(boot.kernfs.base, sizeof boot.kernfs.base, disks_dir);
	snprintf(boot.options.init, sizeof boot.options.init,
		"%s/new-root/init", disks_dir);
	auto_begin(&boot);
	return 0;
}

static void
the_one_with_an_init_is_taken(void **state)
{
	(void)state;
	add("vda", 25400, FS(UUID_A), ":");
	assert_int_equal(judge(), 0);
	assert_string_equal(auto_none(), "no file system looks like a root");
	add("vdb1", 25417, FS(UUID_B), ROOT);
	add("vdc", 25432, SWAP("-L x"), ROOT);
	assert_int_equal(judge(), 1);
	assert_string_equal(found.name, "vdb1");
	assert_int_equal(found.major, 254);
	assert_int_equal(found.minor, 17);
	assert_string_equal(found.fstype, "ext2");
	assert_string_equal(boot.held, "");
	/* each once */
	assert_string_equal(looked(), "vda vdb1 ");
}

static void
a_system_goes_before_what_has_only_an_init(void **state)
{
	(void)state;
	add("vda", 25400, FS(UUID_A), ROOT);
	add("vdb", 25416, FS(UUID_B), RELEASE("Test"));
	assert_int_equal(judge(), 1);
	assert_string_equal(found.name, "vdb");
}

static void
two_are_refused_with_what_is_on_each(void **state)
{
	(void)state;
	add("vda", 25400, "truncate -s 4M $d", ":");
	add("vda1", 25401, FS(UUID_A), RELEASE("One"));
	add("vda2", 25402, FS(UUID_B), RELEASE("Two"));
	add("vdb", 25416, FS("0bad0bad-2222-4333-8444-cccccccccccc"), ROOT
		"; echo /dev/sda1 / x >etc/fstab");
	add("vdc", 25432, FS("0bad0bad-2222-4333-8444-dddddddddddd"), ":");
	add("vdd", 25448, "truncate -s 4M $d", ":");
	assert_int_equal(judge(), -1);
	assert_string_equal(short_text(), "root=auto: 2 file systems look "
		"like a root: vda1 (ext2 UUID=" UUID_A "): One; "
		"vda2 (ext2 UUID=" UUID_B "): Two; "
		"vdb (ext2 UUID=0bad0bad-2222-4333-8444-cccccccccccc): "
		"INIT, no os-release, its fstab names /dev/sda1 as /; "
		"vdc (ext2 UUID=0bad0bad-2222-4333-8444-dddddddddddd): "
		"INIT: No such file or directory; vdd "
		"-- name one of them: root=UUID=" UUID_A);
}

static void
copies_are_named_by_their_devices(void **state)
{
	(void)state;
	add("vda", 25400, FS(UUID_A), ROOT);
	add("vdb", 25416, FS(UUID_A), ROOT);
	assert_int_equal(judge(), -1);
	says(" -- name one of them: root=/dev/vda");
}

static void
an_isohybrid_stick_is_one_file_system(void **state)
{
	(void)state;
	add("sda", 800, FS(UUID_A), ROOT);
	add("sda1", 801, "cp dev/sda $d", ROOT);
	assert_int_equal(judge(), 1);
	assert_string_equal(found.name, "sda1");
	assert_string_equal(looked(), "sda1 ");
}

static void
the_devices_of_one_btrfs_are_one_file_system(void **state)
{
	(void)state;
	text_copy(boot.options.rootflags, sizeof boot.options.rootflags,
		"noatime,subvol=@,compress");
	disks_sh("truncate -s 128M a b && mkfs.btrfs -q a b");
	add("vda", 25400, "cp a $d", ROOT);
	add("vdb", 25416, "cp b $d", ROOT);
	assert_int_equal(judge(), 1);
	assert_string_equal(found.name, "vda");
	assert_string_equal(looked(), "vda:rescue=nologreplay,subvol=@ ");
}

static void
a_part_of_a_btrfs_is_not_looked_at_before_the_rest_is_there(void **state)
{
	(void)state;
	disks_sh("truncate -s 128M a b && mkfs.btrfs -q -U " UUID_A " a b && "
		": >dev/btrfs-control");
	add("vda", 25400, "cp a $d", ROOT);
	assert_int_equal(judge(), 0);
	assert_int_equal(judge(), 0);
	assert_string_equal(looked(), "");
	add("vdc", 25432, FS(UUID_B), RELEASE("Other"));
	add("vdd", 25448, FS("0bad0bad-2222-4333-8444-dddddddddddd"),
		RELEASE("Another"));
	assert_int_equal(judge(), -1);
	says("vda (btrfs UUID=" UUID_A "): btrfs UUID=" UUID_A ": 1 of 2 "
		"devices are there: vda; vdc (");
	disks_sh("rm -r trees/vdd/init trees/vdc/init");
	auto_begin(&boot);
	add("vdb", 25416, "cp b $d", ROOT);
	assert_int_equal(judge(), 1);
	assert_string_equal(found.name, "vda");
	assert_true(fake_count("btrfs_scan") >= 2);
}

static void
a_disk_with_a_suspend_image_in_a_file_is_not_looked_at(void **state)
{
	(void)state;
	boot.options.resume_offset = 9;
	add("vda", 25400, FS(UUID_A) " && printf 'S1SUSPEND\\0' | dd of=$d "
		"bs=1 seek=40950 conv=notrunc", ROOT);
	add("vdb", 25416, FS(UUID_B), ROOT);
	assert_int_equal(judge(), 1);
	assert_string_equal(found.name, "vdb");
	assert_string_equal(looked(), "vdb ");
	boot.options.resume_offset = 8;
	auto_begin(&boot);
	assert_int_equal(judge(), -1);
}

static void
another_content_is_looked_at_again(void **state)
{
	struct blk_info info;

	(void)state;
	add("vda", 25400, FS(UUID_A), ":");
	assert_int_equal(judge(), 0);
	disks_sh("tune2fs -U " UUID_B " dev/vda && "
		"cp /bin/true trees/vda/init");
	assert_int_equal(judge(), 0);
	seen_probe(&seen, "vda", &info);
	assert_int_equal(judge(), 1);
	assert_string_equal(looked(), "vda vda ");
}

static void
with_an_image_its_file_makes_the_root(void **state)
{
	(void)state;
	snprintf(boot.options.image, sizeof boot.options.image,
		"%s/new-root/disk.img#1:ext4", disks_dir);
	add("vda", 25400, FS(UUID_A), RELEASE("Test"));
	add("vdb", 25416, FS(UUID_B), ": >disk.img");
	/* the top of the tree, in a child that has changed its root */
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(judge(), 1);
	assert_string_equal(found.name, "vdb");
}

static void
what_an_earlier_try_mounted_is_not_in_the_way(void **state)
{
	(void)state;
	add("vda", 25400, FS(UUID_A), ROOT);
	judge();
	assert_ptr_equal(strstr(fake_calls(), "umount "), fake_calls());
}

static void
a_rehearsal_looks_at_nothing(void **state)
{
	char text[256] = "";

	(void)state;
	boot.contract = CONTRACT_CHROOT;
	add("vda", 25400, FS(UUID_A), ROOT);
	assert_int_equal(judge(), 0);
	assert_string_equal(fake_calls(), "");
	assert_non_null(strstr(auto_none(), "a rehearsal mounts no disk"));
	auto_describe(&seen, text, sizeof text);
	assert_string_equal(text, "vda (ext2 UUID=" UUID_A ")");
}

static void
a_long_list_says_that_it_goes_on(void **state)
{
	char text[80] = "";

	(void)state;
	auto_describe(&seen, text, sizeof text);
	assert_string_equal(text, "no block device");
	text[0] = '\0';
	add("vda", 25400, SWAP("-L x -U " UUID_A), ":");
	add("vdb", 25416, SWAP("-L y"), ":");
	auto_describe(&seen, text, sizeof text);
	assert_string_equal(text, "vda (swap LABEL=x UUID=" UUID_A "); ...");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, disks_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_one_with_an_init_is_taken),
		TEST(a_system_goes_before_what_has_only_an_init),
		TEST(two_are_refused_with_what_is_on_each),
		TEST(copies_are_named_by_their_devices),
		TEST(an_isohybrid_stick_is_one_file_system),
		TEST(the_devices_of_one_btrfs_are_one_file_system),
		TEST(
		a_part_of_a_btrfs_is_not_looked_at_before_the_rest_is_there),
		TEST(a_disk_with_a_suspend_image_in_a_file_is_not_looked_at),
		TEST(another_content_is_looked_at_again),
		TEST(with_an_image_its_file_makes_the_root),
		TEST(what_an_earlier_try_mounted_is_not_in_the_way),
		TEST(a_rehearsal_looks_at_nothing),
		TEST(a_long_list_says_that_it_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
