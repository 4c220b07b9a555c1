/* SPDX-License-Identifier: MIT */
/*
 * search - a search for root= on a usual machine, for the tests of device.c:
 * vda with two partitions, vda1 "boot" with UUID_A and vda2 "root" with
 * UUID_B. What appears later comes as an event.
 */
#ifndef TEST_SEARCH_H
#define TEST_SEARCH_H

#include "lib/device.h"
#include "disks.h"
#include "fake_sys.h"

static struct root_spec spec;
static struct device_search search;
static struct root_device found;
static struct err e;

static inline void
look_for(enum root_kind kind, const char *value)
{
	memset(&spec, 0, sizeof spec);
	spec.kind = kind;
	strcpy(spec.value, value);
	device_search_begin(&search, &disks_at);
	device_search_add(&search, &spec);
}

static inline int
scan(void)
{
	memset(&found, 0, sizeof found);
	if (device_scan(&search, &e) < 0)
		return -1;
	return device_judge(&search, 0, &found, &e);
}

static inline int
scan_for(enum root_kind kind, const char *value)
{
	look_for(kind, value);
	return scan();
}

static inline int
event(const char *action, const char *name)
{
	static struct uevent u;
	bool partition = strpbrk(name, "0123456789") != NULL;
	int n = snprintf(u.text, sizeof u.text, "%s@/x%cACTION=%s%c"
		"SUBSYSTEM=block%cDEVNAME=%s%cDEVTYPE=%s", action, 0, action,
		0, 0, name, 0, partition ? "partition" : "disk");

	assert_int_equal(uevent_parse(&u, (size_t)n), 0);
	memset(&found, 0, sizeof found);
	if (!device_event(&search, &u))
		return 0;
	return device_judge(&search, 0, &found, &e);
}

static inline void
expect(const char *name, unsigned major, unsigned minor, const char *fstype)
{
	assert_string_equal(found.name, name);
	assert_int_equal(found.major, major);
	assert_int_equal(found.minor, minor);
	assert_string_equal(found.fstype, fstype);
}

static inline int
begin(void **state)
{
	disks_begin(state);
	fake_reset();
	disks_add("vda", 25400, EMPTY);
	disks_add("vda1", 25401, "mke2fs -q -t ext2 -L boot -U " UUID_A
		" $d 4M");
	disks_add("vda2", 25402, EXT4("-L root -U " UUID_B));
	return 0;
}

/* A GPT on vda: 1 is UUID_A "boot", 2 is UUID_B "root". */
static inline void
gpt(const char *name)
{
	char line[512];

	snprintf(line, sizeof line, "truncate -s 8M dev/%s && printf '%%s\n' "
		"label:gpt 'start=2048,size=2048,uuid=" UUID_A ",name=boot' "
		"'start=4096,size=2048,uuid=" UUID_B ",name=w\xc3\xbcrzel' | "
		"sfdisk -q dev/%s", name, name);
	disks_sh(line);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, disks_end)

#endif
