/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/mountwords and of the lines of fstab(5).
 */
#include "unit.h"

#include <string.h>

#include "lib/fstab.h"
#include "lib/mountwords.h"

static struct mountwords o;
static struct err e;

static void
operations_flags_and_data_are_told_apart(void **state)
{
	(void)state;
	assert_int_equal(mountwords_parse("ro,rbind,noatime,subvol=a,rslave,"
		"bind=no", &o, &e), 0);
	assert_int_equal(o.operation, MS_BIND | MS_REC | MS_SLAVE);
	assert_int_equal(o.flags, MS_RDONLY | MS_NOATIME);
	assert_string_equal(o.data, "subvol=a,bind=no");
	assert_false(o.loop);
	assert_int_equal(mountwords_parse("", &o, &e), 0);
	assert_int_equal(o.operation | o.flags, 0);
	assert_string_equal(o.data, "");
}

static void
the_loop_device_has_its_words(void **state)
{
	(void)state;
	assert_int_equal(mountwords_parse("loop,offset=0x100,sizelimit=512,x",
		&o, &e), 0);
	assert_true(o.loop);
	assert_int_equal(o.offset, 256);
	assert_int_equal(o.size, 512);
	assert_string_equal(o.data, "x");
	assert_int_equal(mountwords_parse("offset=1M", &o, &e), -1);
	assert_non_null(strstr(e.text, "offset=1M"));
}

static void
what_is_too_long_is_an_error(void **state)
{
	static char words[MOUNTWORDS_SIZE + 10];

	(void)state;
	memset(words, 'x', sizeof words - 1);
	assert_int_equal(mountwords_parse(words, &o, &e), -1);
}

static void
propagation_alone_is_seen(void **state)
{
	(void)state;
	assert_true(mountwords_propagation("private"));
	assert_true(mountwords_propagation("rshared,slave"));
	assert_false(mountwords_propagation("private,ro"));
	assert_false(mountwords_propagation("bind"));
	assert_false(mountwords_propagation(""));
	assert_true(mountwords_has("a,noauto,b", "noauto"));
	assert_false(mountwords_has("noautox,xnoauto", "noauto"));
}

static void
fstab_has_lines(void **state)
{
	char buffer[] = "# one\n\n  /dev/a /mnt\\040x ext4 ro,noauto 0 1\r\n"
		"torn line\nUUID=1 none swap";
	char *text = buffer;
	struct fstab_line f;

	(void)state;
	assert_true(fstab_next(&text, &f));
	assert_string_equal(f.source, "/dev/a");
	assert_string_equal(f.dir, "/mnt x");
	assert_string_equal(f.types, "ext4");
	assert_string_equal(f.words, "ro,noauto");
	assert_true(fstab_next(&text, &f));
	assert_string_equal(f.types, "swap");
	assert_string_equal(f.words, "");
	assert_false(fstab_next(&text, &f));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operations_flags_and_data_are_told_apart),
		cmocka_unit_test(the_loop_device_has_its_words),
		cmocka_unit_test(what_is_too_long_is_an_error),
		cmocka_unit_test(propagation_alone_is_seen),
		cmocka_unit_test(fstab_has_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
