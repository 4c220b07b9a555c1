/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/rootspec: the spellings of root= in the kernel's
 * init/do_mounts.c and block/early-lookup.c, and those of util-linux.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "lib/rootspec.h"

#include <cmocka.h>

static void
expect(const char *text, enum root_kind kind, const char *value)
{
	struct root_spec spec;
	struct err e = { 0, "" };

	if (rootspec_parse(text, "", &spec, &e) != 0)
		fail_msg("%s", e.text);
	assert_int_equal(spec.kind, kind);
	assert_string_equal(spec.value, value);
	assert_int_equal(spec.partnroff, 0);
}

static void
expect_number(const char *text, unsigned major, unsigned minor)
{
	struct root_spec spec;
	struct err e = { 0, "" };

	if (rootspec_parse(text, "", &spec, &e) != 0)
		fail_msg("%s", e.text);
	assert_int_equal(spec.kind, ROOT_NUMBER);
	assert_int_equal(spec.major, major);
	assert_int_equal(spec.minor, minor);
}

static void
expect_fault(const char *text, const char *why)
{
	struct root_spec spec;
	struct err e = { 0, "" };

	assert_int_equal(rootspec_parse(text, "", &spec, &e), -1);
	if (strstr(e.text, why) == NULL)
		fail_msg("no \"%s\" in: %s", why, e.text);
}

static void
nothing_is_no_root(void **state)
{
	(void)state;
	expect("", ROOT_NONE, "");
}

static void
a_path_in_dev_is_a_name(void **state)
{
	(void)state;
	expect("/dev/vda1", ROOT_NAME, "vda1");
	expect("/dev/cciss/c0d0p1", ROOT_NAME, "cciss/c0d0p1");
	expect("/dev/ram", ROOT_NAME, "ram0");
	expect("/dev/ram0", ROOT_NAME, "ram0");
	expect("/dev/mtdblock0", ROOT_NAME, "mtdblock0");
	expect("/dev/nfs1", ROOT_NAME, "nfs1");
	expect_fault("/dev/", "no name");
}

static void
a_name_has_at_most_31_bytes(void **state)
{
	(void)state;
	expect("/dev/1234567890123456789012345678901", ROOT_NAME,
		"1234567890123456789012345678901");
	expect_fault("/dev/12345678901234567890123456789012",
		"at most 31 bytes");
	/* but those of the device mapper are no names of the kernel */
	expect("/dev/mapper/12345678901234567890123456789012", ROOT_NAME,
		"mapper/12345678901234567890123456789012");
}

static void
tags_are_taken_as_spelt(void **state)
{
	(void)state;
	expect("UUID=5C92-77aa", ROOT_UUID, "5C92-77aa");
	expect("LABEL=my disk", ROOT_LABEL, "my disk");
	expect("LABEL=a/b", ROOT_LABEL, "a/b");
	expect("PARTUUID=DEADbeef-02", ROOT_PARTUUID, "DEADbeef-02");
	expect("PARTLABEL=Linux root", ROOT_PARTLABEL, "Linux root");
	expect("LABEL=\\x20", ROOT_LABEL, "\\x20");
}

static void
one_pair_of_quotes_around_a_tag_is_removed(void **state)
{
	(void)state;
	expect("LABEL=\"my disk\"", ROOT_LABEL, "my disk");
	expect("LABEL=\"\"x\"\"", ROOT_LABEL, "\"x\"");
	expect("LABEL=\"x", ROOT_LABEL, "\"x");
	expect("LABEL=\"", ROOT_LABEL, "\"");
	expect_fault("UUID=\"\"", "the tag is empty");
}

static void
an_empty_tag_is_an_error(void **state)
{
	(void)state;
	expect_fault("UUID=", "the tag is empty");
	expect_fault("LABEL=", "the tag is empty");
	expect_fault("PARTLABEL=", "the tag is empty");
	expect_fault("PARTUUID=", "the tag is empty");
	expect_fault("PARTUUID=/PARTNROFF=1", "the tag is empty");
	expect_fault("/dev/disk/by-uuid/", "the tag is empty");
}

static void
partnroff_counts_from_the_partition_of_the_uuid(void **state)
{
	struct root_spec spec;
	struct err e;

	(void)state;
	assert_int_equal(rootspec_parse("PARTUUID=ab-1/PARTNROFF=-2", "",
		&spec, &e), 0);
	assert_int_equal(spec.kind, ROOT_PARTUUID);
	assert_string_equal(spec.value, "ab-1");
	assert_int_equal(spec.partnroff, -2);
	assert_int_equal(rootspec_parse("PARTUUID=ab-1/PARTNROFF=010", "",
		&spec, &e), 0);
	assert_int_equal(spec.partnroff, 10);
}

static void
a_bad_partnroff_is_an_error(void **state)
{
	static const char *const bad[] = {
		"PARTUUID=ab-1/", "PARTUUID=ab-1/PARTNROFF=",
		"PARTUUID=ab-1/PARTNROFF=1x", "PARTUUID=ab-1/partnroff=1",
		"PARTUUID=ab-1/PARTNROFF=99999999999", "PARTUUID=ab-1/1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		expect_fault(bad[i], "/PARTNROFF=NUMBER");
}

static void
links_of_udev_are_tags(void **state)
{
	(void)state;
	expect("/dev/disk/by-uuid/5C92-77AA", ROOT_UUID, "5C92-77AA");
	expect("/dev/disk/by-label/my\\x20disk\\x2f1", ROOT_LABEL,
		"my disk/1");
	expect("/dev/disk/by-partuuid/ab-1", ROOT_PARTUUID, "ab-1");
	expect("/dev/disk/by-partlabel/\\xC3\\xA4", ROOT_PARTLABEL,
		"\xc3\xa4");
	expect("/dev/disk/by-label/a\\x2", ROOT_LABEL, "a\\x2");
	expect("/dev/disk/by-label/a\\x00b\\xg0", ROOT_LABEL,
		"a\\x00b\\xg0");
}

static void
nfs_is_told_from_names(void **state)
{
	struct root_spec spec;
	struct err e;

	(void)state;
	assert_int_equal(rootspec_parse("/dev/nfs", "", &spec, &e), 0);
	assert_int_equal(spec.kind, ROOT_NFS);
	expect("nfs:10.0.2.2:/srv/root", ROOT_NFS, "10.0.2.2:/srv/root");
	expect("nfs4:", ROOT_NFS, "");
	/* the number of Root_NFS, which real-root-dev may hold */
	assert_int_equal(rootspec_parse("0xff", "", &spec, &e), 0);
	assert_int_equal(spec.kind, ROOT_NFS);
}

static void
spellings_without_a_room_are_kept_whole(void **state)
{
	(void)state;
	expect("/dev/disk/by-owner/x", ROOT_OTHER, "/dev/disk/by-owner/x");
	expect("//10.0.2.2/share", ROOT_OTHER, "//10.0.2.2/share");
	expect("/dev/cifs", ROOT_OTHER, "cifs");
	/* the number of Root_CIFS */
	expect("0:254", ROOT_OTHER, "0:254");
	expect("fe", ROOT_OTHER, "fe");
}

static void
mtd_and_ubi_are_sources_as_they_stand(void **state)
{
	(void)state;
	expect("mtd0", ROOT_MTD, "mtd0");
	expect("mtd:root fs", ROOT_MTD, "mtd:root fs");
	expect("ubi0:root", ROOT_MTD, "ubi0:root");
	expect("ubi:root", ROOT_MTD, "ubi:root");
	expect("ubi0_1", ROOT_MTD, "ubi0_1");
	/* the first three letters decide */
	expect("mtdblock0", ROOT_MTD, "mtdblock0");
	expect("/dev/mtdblock0", ROOT_NAME, "mtdblock0");
	expect("/dev/mtd0", ROOT_NAME, "mtd0");
}

static void
a_word_is_a_source_when_a_type_is_given(void **state)
{
	static const char *const words[] = {
		"share", "sda1", "g", "8:", "8:1:2:3", "uuid=x", "0", "0:0",
		"4096:0", "100000000",
	};
	struct root_spec spec;
	struct err e = { 0, "" };

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		assert_int_equal(rootspec_parse(words[i], "ext4,9p", &spec,
			&e), 0);
		assert_int_equal(spec.kind, ROOT_NODEV);
		assert_string_equal(spec.value, words[i]);
		assert_int_equal(spec.major, 0);
		assert_int_equal(spec.minor, 0);
	}
	assert_int_equal(rootspec_parse("share", "auto", &spec, &e), -1);
	assert_int_equal(rootspec_parse("fade", "9p", &spec, &e), 0);
	assert_int_equal(spec.kind, ROOT_NUMBER);
	assert_int_equal(rootspec_parse("UUID=", "9p", &spec, &e), -1);
}

static void
a_name_is_a_source_when_no_type_needs_a_device(void **state)
{
	struct root_spec spec;
	struct err e = { 0, "" };

	(void)state;
	assert_int_equal(rootspec_parse("/dev/share", ",9p,virtiofs", &spec,
		&e), 0);
	assert_int_equal(spec.kind, ROOT_NODEV);
	assert_string_equal(spec.value, "share");
	assert_int_equal(rootspec_parse("/dev/ubi0_1", "ubifs", &spec, &e), 0);
	assert_int_equal(spec.kind, ROOT_NODEV);
	assert_int_equal(rootspec_parse("/dev/share", "ext4,9p", &spec, &e),
		0);
	assert_int_equal(spec.kind, ROOT_NAME);
	assert_int_equal(rootspec_parse("/dev/share", ",", &spec, &e), 0);
	assert_int_equal(spec.kind, ROOT_NAME);
	assert_int_equal(rootspec_parse("/dev/mtdblock0", "jffs2", &spec, &e),
		0);
	assert_int_equal(spec.kind, ROOT_NAME);
	assert_int_equal(rootspec_parse("/dev/", "9p", &spec, &e), -1);
}

static void
links_of_paths_and_ids_are_for_the_search(void **state)
{
	(void)state;
	expect("/dev/disk/by-path/pci-0000:00:04.0-part2", ROOT_DISK_PATH,
		"pci-0000:00:04.0-part2");
	expect("/dev/disk/by-id/virtio-a\\x20b", ROOT_DISK_ID, "virtio-a b");
	expect_fault("/dev/disk/by-path/", "the tag is empty");
	expect_fault("/dev/disk/by-id/", "the tag is empty");
}

static void
auto_and_ask_are_words_of_ours(void **state)
{
	(void)state;
	expect("auto", ROOT_AUTO, "auto");
	expect("ask", ROOT_ASK, "ask");
	expect("/dev/auto", ROOT_NAME, "auto");
	expect_fault("autos", "none of the forms");
}

static void
decimal_pairs_are_numbers(void **state)
{
	(void)state;
	expect_number("8:1", 8, 1);
	expect_number("259:5", 259, 5);
	expect_number("8:1:7", 8, 1);
	expect_number("8:1:7:", 8, 1);
	expect_number("8:1:7x", 8, 1);
	expect_number("010:09", 10, 9);
	expect_number("4095:1048575", 4095, 1048575);
}

static void
hexadecimal_words_are_numbers(void **state)
{
	(void)state;
	expect_number("801", 8, 1);
	expect_number("0x801", 8, 1);
	expect_number("0X0801", 8, 1);
	expect_number("b302", 179, 2);
	expect_number("10305", 259, 5);
	expect_number("fd0", 15, 208);
	expect_number("0xfe01", 254, 1);
	expect_number("100", 1, 0);
	expect_number("ffffffff", 4095, 1048575);
	expect_number("00000000000000801", 8, 1);
}

static void
a_number_out_of_range_is_an_error(void **state)
{
	(void)state;
	expect_fault("4096:0", "at most 4095");
	expect_fault("8:1048576", "1048575");
	expect_fault("99999999999999999999:1", "at most 4095");
	expect_fault("4294967304:1", "at most 4095");
	expect_fault("8:4294967297", "1048575");
	expect_fault("100000000", "at most 8 digits");
	expect_fault("1000000000000000000000801", "at most 8 digits");
	expect_fault("0", "no device");
	expect_fault("0:0", "no device");
}

static void
another_word_is_an_error_that_lists_the_forms(void **state)
{
	static const char *const bad[] = {
		"sda1", "uuid=x", "8:", ":1", "8:1:", "8:1x", "8:1:2:3", "0x",
		"8 :1", "+8:1", "dev/sda1", "ID=x", "g",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		expect_fault(bad[i], "/dev/NAME, UUID=, LABEL=, PARTUUID=, "
			"PARTLABEL=, MAJOR:MINOR or a hexadecimal number");
	expect_fault("sda1", "root=sda1: ");
}

static void
a_text_that_is_too_long_is_an_error(void **state)
{
	char text[ROOT_TEXT_SIZE + 32];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	memcpy(text, "LABEL=", 6);
	expect_fault(text, "longer than 1023 bytes");
}

static void
a_device_number_survives_encoding(void **state)
{
	unsigned major, minor;

	(void)state;
	assert_int_equal(rootspec_encode(8, 1), 0x801);
	assert_int_equal(rootspec_encode(259, 256), 0x110300);
	assert_int_equal(rootspec_encode(4095, 1048575), 0xffffffff);
	rootspec_decode(0x110300, &major, &minor);
	assert_int_equal(major, 259);
	assert_int_equal(minor, 256);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_no_root),
		cmocka_unit_test(a_path_in_dev_is_a_name),
		cmocka_unit_test(a_name_has_at_most_31_bytes),
		cmocka_unit_test(tags_are_taken_as_spelt),
		cmocka_unit_test(one_pair_of_quotes_around_a_tag_is_removed),
		cmocka_unit_test(an_empty_tag_is_an_error),
		cmocka_unit_test(
			partnroff_counts_from_the_partition_of_the_uuid),
		cmocka_unit_test(a_bad_partnroff_is_an_error),
		cmocka_unit_test(links_of_udev_are_tags),
		cmocka_unit_test(nfs_is_told_from_names),
		cmocka_unit_test(spellings_without_a_room_are_kept_whole),
		cmocka_unit_test(mtd_and_ubi_are_sources_as_they_stand),
		cmocka_unit_test(a_word_is_a_source_when_a_type_is_given),
		cmocka_unit_test(
			a_name_is_a_source_when_no_type_needs_a_device),
		cmocka_unit_test(
			links_of_paths_and_ids_are_for_the_search),
		cmocka_unit_test(auto_and_ask_are_words_of_ours),
		cmocka_unit_test(decimal_pairs_are_numbers),
		cmocka_unit_test(hexadecimal_words_are_numbers),
		cmocka_unit_test(a_number_out_of_range_is_an_error),
		cmocka_unit_test(
			another_word_is_an_error_that_lists_the_forms),
		cmocka_unit_test(a_text_that_is_too_long_is_an_error),
		cmocka_unit_test(a_device_number_survives_encoding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
