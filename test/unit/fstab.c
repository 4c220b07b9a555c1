/* SPDX-License-Identifier: MIT */
/*
 * The line of the root in fstab(5).
 */
#include "unit.h"

#include "lib/fstab.h"

static char spec[64];

static void
the_line_of_the_root_is_found(void **state)
{
	(void)state;
	assert_int_equal(fstab_root("# /dev/sda9 / ext4\n"
		"proc /proc proc defaults 0 0\n"
		"UUID=1234-abcd\t/\text4 errors=remount-ro 0 1\n"
		"/dev/sda3 /home ext4\n", spec, sizeof spec), 0);
	assert_string_equal(spec, "UUID=1234-abcd");
	assert_int_equal(fstab_root("  /dev/sda2   /", spec, sizeof spec), 0);
	assert_string_equal(spec, "/dev/sda2");
	assert_int_equal(fstab_root("LABEL=x /\r\n", spec, sizeof spec), 0);
	assert_string_equal(spec, "LABEL=x");
}

static void
of_two_the_last_counts(void **state)
{
	(void)state;
	assert_int_equal(fstab_root("a / x\nb / x\nc /c x\n", spec,
		sizeof spec), 0);
	assert_string_equal(spec, "b");
}

static void
escapes_are_undone(void **state)
{
	(void)state;
	assert_int_equal(fstab_root("LABEL=my\\040disk\\134\\011x\\9\\04 / x",
		spec, sizeof spec), 0);
	assert_string_equal(spec, "LABEL=my disk\\\tx\\9\\04");
	assert_int_equal(fstab_root("a\\000b / x", spec, sizeof spec), -1);
	assert_string_equal(spec, "");
}

static void
no_root_is_said(void **state)
{
	(void)state;
	assert_int_equal(fstab_root("", spec, sizeof spec), -1);
	assert_string_equal(spec, "");
	assert_int_equal(fstab_root("/dev/sda1\n/ ext4\n\n \n", spec,
		sizeof spec), -1);
	assert_int_equal(fstab_root("/dev/sda1 /boot ext4\n", spec,
		sizeof spec), -1);
}

static void
one_that_does_not_fit_is_none(void **state)
{
	char small[6];

	(void)state;
	assert_int_equal(fstab_root("12345 / x", small, sizeof small), 0);
	assert_string_equal(small, "12345");
	assert_int_equal(fstab_root("123456 / x", small, sizeof small), -1);
	assert_string_equal(small, "");
}

static void
the_root_agrees_with_its_fstab_or_not(void **state)
{
	static const struct fstab_device d = { "vda2", "1234-ABCD", "my root",
		"cafe0042-02" };
	static const struct { const char *spec; enum fstab_says says; }
	cases[] = {
		{ "", FSTAB_NOTHING },
		{ "/dev/vda2", FSTAB_AGREES },
		{ "/dev/sda2", FSTAB_OTHER },
		{ "/dev/vda", FSTAB_OTHER },
		{ "UUID=1234-abcd", FSTAB_AGREES },
		{ "UUID=\"1234-ABCD\"", FSTAB_AGREES },
		{ "UUID=1234-ABCE", FSTAB_OTHER },
		{ "/dev/disk/by-uuid/1234-ABCD", FSTAB_AGREES },
		{ "LABEL=my root", FSTAB_AGREES },
		{ "LABEL=My root", FSTAB_OTHER },
		{ "PARTUUID=CAFE0042-02", FSTAB_AGREES },
		{ "PARTUUID=cafe0042-0", FSTAB_OTHER },
		{ "PARTUUID=cafe0042-01/PARTNROFF=1", FSTAB_UNSURE },
		{ "PARTLABEL=x", FSTAB_UNSURE },
		{ "/dev/mapper/vg-root", FSTAB_UNSURE },
		{ "/dev/root", FSTAB_UNSURE },
		{ "rootfs", FSTAB_UNSURE },
		{ "UUID=", FSTAB_UNSURE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		if (fstab_names(cases[i].spec, &d) != cases[i].says)
			fail_msg("%s", cases[i].spec);
}

static void
what_is_not_known_of_the_device_decides_nothing(void **state)
{
	static const struct fstab_device d = { "vda2", "", "", "" };

	(void)state;
	assert_int_equal(fstab_names("UUID=x", &d), FSTAB_UNSURE);
	assert_int_equal(fstab_names("LABEL=x", &d), FSTAB_UNSURE);
	assert_int_equal(fstab_names("PARTUUID=x", &d), FSTAB_UNSURE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_line_of_the_root_is_found),
		cmocka_unit_test(of_two_the_last_counts),
		cmocka_unit_test(escapes_are_undone),
		cmocka_unit_test(no_root_is_said),
		cmocka_unit_test(one_that_does_not_fit_is_none),
		cmocka_unit_test(the_root_agrees_with_its_fstab_or_not),
		cmocka_unit_test(
			what_is_not_known_of_the_device_decides_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
