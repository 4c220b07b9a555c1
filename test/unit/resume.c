/* SPDX-License-Identifier: MIT */
/*
 * What the kernel is told about a suspended system, and when it is not asked.
 * /sys/power is files of the fixture: what was written stands in them.
 */
#include "unit.h"

#include <string.h>

#include "disks.h"
#include "lib/options.h"
#include "resume.h"

/* The end of page N, as the kernel leaves it when it has suspended. */
#define SUSPENDED(page) "truncate -s 4M $d && printf 'S1SUSPEND\\000' | " \
	"dd of=$d bs=1 seek=$((" page " * 4096 + 4086)) conv=notrunc"

static struct boot b;
static struct root_spec spec;
static const struct root_device vdb = { .name = "vdb", .major = 254,
	.minor = 16 };
static struct err e;

static int
begin(void **state)
{
	disks_begin(state);
	disks_sh("mkdir sys/power && : >sys/power/resume && "
		": >sys/power/resume_offset && "
		"echo '[disabled]' >sys/power/disk");
	memset(&b, 0, sizeof b);
	memset(&e, 0, sizeof e);
	options_defaults(&b.options);
	return 0;
}

static int
prepare(const char *resume)
{
	strcpy(b.options.resume, resume);
	return resume_prepare(&b, &disks_at, &spec, &e);
}

static void
give_offset(uint64_t pages, enum origin origin)
{
	b.options.resume_offset = pages;
	b.options.origin[OPT_RESUME_OFFSET] = (unsigned char)origin;
}

static int
from_vdb(void)
{
	return resume_from(&vdb, &b, &disks_at, &e);
}

static void
expect_in(const char *path, const char *text)
{
	char line[128];

	snprintf(line, sizeof line, "printf '%s' | cmp - %s", text, path);
	if (disks_try(line) != 0)
		fail_msg("not \"%s\" in %s", text, path);
}

static void
expect_said(const char *text)
{
	if (!strstr(e.text, text))
		fail_msg("no \"%s\" in: %s", text, e.text);
}

static void
it_is_asked_for_only_when_resume_is_given(void **state)
{
	(void)state;
	assert_false(resume_is_asked(&b));
	strcpy(b.options.resume, "/dev/vdb");
	assert_true(resume_is_asked(&b));
}

static void
every_spelling_of_a_device_is_one(void **state)
{
	(void)state;
	assert_int_equal(prepare("/dev/vdb2"), 0);
	assert_int_equal(spec.kind, ROOT_NAME);
	assert_string_equal(spec.value, "vdb2");
	assert_int_equal(prepare("254:16"), 0);
	assert_int_equal(spec.kind, ROOT_NUMBER);
	assert_int_equal(prepare("UUID=" UUID_A), 0);
	assert_int_equal(prepare("LABEL=swap"), 0);
	assert_int_equal(prepare("PARTUUID=cafe0042-02"), 0);
	assert_int_equal(prepare("PARTLABEL=swap"), 0);
	assert_int_equal(prepare("/dev/disk/by-uuid/" UUID_A), 0);
	assert_int_equal(spec.kind, ROOT_UUID);
}

static void
a_fault_is_told_by_the_name_that_was_typed(void **state)
{
	(void)state;
	assert_int_equal(prepare("mtd0"), -1);
	expect_said("resume=mtd0: no block device is spelt like this");
	assert_int_equal(prepare("/dev/nfs"), -1);
	assert_int_equal(prepare("auto"), -1);
	assert_int_equal(prepare("ask"), -1);
	assert_int_equal(prepare("swap"), -1);
	expect_said("resume=swap: none of the forms");
	assert_int_equal(prepare("LABEL="), -1);
	expect_said("resume=LABEL=: the tag is empty");
	assert_null(strstr(e.text, "root="));
}

static void
a_kernel_that_cannot_resume_is_not_asked(void **state)
{
	(void)state;
	disks_sh("rm sys/power/resume");
	assert_int_equal(prepare("/dev/vdb"), -1);
	expect_said("resume=/dev/vdb: this kernel cannot resume");
}

static void
after_a_mount_it_is_too_late(void **state)
{
	(void)state;
	b.mounted = true;
	assert_int_equal(prepare("/dev/vdb"), -1);
	expect_said("resume=/dev/vdb: too late");
}

static void
the_kernel_is_told_the_number(void **state)
{
	(void)state;
	disks_add("vdb", 25416, SWAP(""));
	assert_int_equal(from_vdb(), 0);
	expect_in("sys/power/resume", "254:16");
	expect_in("sys/power/resume_offset", "");
}

static void
a_device_that_cannot_be_read_is_asked_about_all_the_same(void **state)
{
	(void)state;
	assert_int_equal(from_vdb(), 0);
	expect_in("sys/power/resume", "254:16");
}

static void
the_offset_is_told_first(void **state)
{
	(void)state;
	disks_add("vdb", 25416, EMPTY);
	give_offset(34816, ORIGIN_FILE);
	disks_sh("rm sys/power/resume");
	assert_int_equal(from_vdb(), -1);
	expect_in("sys/power/resume_offset", "34816");
}

static void
an_old_kernel_has_the_offset_from_its_command_line_alone(void **state)
{
	(void)state;
	disks_add("vdb", 25416, EMPTY);
	disks_sh("rm sys/power/resume_offset");
	give_offset(34816, ORIGIN_CMDLINE);
	assert_int_equal(from_vdb(), 0);
	disks_sh(": >sys/power/resume");
	give_offset(34816, ORIGIN_DIALOG);
	assert_int_equal(from_vdb(), -1);
	expect_said("resume_offset");
	expect_said("-- give resume_offset= on the kernel command line");
	expect_in("sys/power/resume", "");
}

static void
a_system_that_is_still_there_is_spoken_of(void **state)
{
	(void)state;
	disks_add("vdb", 25416, SUSPENDED("0"));
	assert_int_equal(from_vdb(), -1);
	expect_said("the kernel did not look at the suspended system on vdb, "
		"which stays there -- /sys/power/disk says [disabled]");
	expect_in("sys/power/resume", "254:16");
}

static void
a_helper_of_the_kernel_leaves_it_to_process_1(void **state)
{
	(void)state;
	disks_add("vdb", 25416, SUSPENDED("0"));
	b.contract = CONTRACT_LINUXRC;
	b.ppid = 5;
	assert_int_equal(from_vdb(), 1);
	expect_in("sys/power/resume", "");
	disks_sh("truncate -s 0 dev/vdb");
	assert_int_equal(from_vdb(), 0);
	expect_in("sys/power/resume", "");
	/* before 3.10 the kernel had made a process of its own */
	b.ppid = 1;
	assert_int_equal(from_vdb(), 0);
	expect_in("sys/power/resume", "254:16");
}

static void
a_system_is_looked_for_at_its_offset(void **state)
{
	(void)state;
	disks_add("vdb", 25416, SUSPENDED("7"));
	assert_int_equal(from_vdb(), 0);
	disks_sh(": >sys/power/resume");
	give_offset(7, ORIGIN_CMDLINE);
	assert_int_equal(from_vdb(), -1);
	expect_said("the suspended system on vdb");
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, disks_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(it_is_asked_for_only_when_resume_is_given),
		T(every_spelling_of_a_device_is_one),
		T(a_fault_is_told_by_the_name_that_was_typed),
		T(a_kernel_that_cannot_resume_is_not_asked),
		T(after_a_mount_it_is_too_late),
		T(the_kernel_is_told_the_number),
		T(a_device_that_cannot_be_read_is_asked_about_all_the_same),
		T(the_offset_is_told_first),
		T(an_old_kernel_has_the_offset_from_its_command_line_alone),
		T(a_system_that_is_still_there_is_spoken_of),
		T(a_helper_of_the_kernel_leaves_it_to_process_1),
		T(a_system_is_looked_for_at_its_offset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
