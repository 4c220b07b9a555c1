/* SPDX-License-Identifier: MIT */
/*
 * What a worker left is made safe, and what is right stays.
 */
#include "unit.h"

#include <string.h>

#include "claims.h"

static struct boot b;

static void
nonsense_becomes_something_that_can_be_read(void **state)
{
	const unsigned char *byte = (const unsigned char *)&b.switched;

	(void)state;
	memset(&b, 0xff, sizeof b);
	claims_check(&b);
	assert_int_equal(*byte, 1);
	assert_int_equal(b.contract, CONTRACT_NONE);
	assert_int_equal(b.outcome, OUTCOME_NONE);
	/* one that was set stays set */
	assert_int_equal(b.locked, ORIGIN_CMDLINE);
	assert_int_equal(strlen(b.init), sizeof b.init - 1);
	assert_int_equal(strlen(b.root.dir), sizeof b.root.dir - 1);
	assert_int_equal(strlen(b.kernfs.base), sizeof b.kernfs.base - 1);
	assert_int_equal(strlen(b.err.text), sizeof b.err.text - 1);
	assert_int_equal(strlen(b.options.putold),
		sizeof b.options.putold - 1);
}

static void
what_is_right_stays(void **state)
{
	static struct boot before;

	(void)state;
	memset(&b, 0, sizeof b);
	b.contract = CONTRACT_RAM0;
	b.outcome = OUTCOME_READY;
	b.locked = ORIGIN_FILE;
	b.mounted = true;
	strcpy(b.init, "/sbin/init");
	strcpy(b.root.dir, "/new-root");
	memcpy(&before, &b, sizeof b);
	claims_check(&b);
	assert_memory_equal(&before, &b, sizeof b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nonsense_becomes_something_that_can_be_read),
		cmocka_unit_test(what_is_right_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
