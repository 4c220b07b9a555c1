/* SPDX-License-Identifier: MIT */
/*
 * Tests of compat/umountcall: a call taken for umount is looked at, one that is
 * not may find its procfs busy.
 */
#include "unit.h"

#include <linux/audit.h>
#include <sys/syscall.h>

#include "compat/umountcall.h"

static void
both_calls_of_each_architecture_are_known(void **state)
{
	(void)state;
#ifdef __x86_64__
	assert_true(umountcall_is(AUDIT_ARCH_X86_64, SYS_umount2));
#endif
	assert_true(umountcall_is(AUDIT_ARCH_X86_64, 0x40000000 + 166));
	assert_true(umountcall_is(AUDIT_ARCH_I386, 22));
	assert_true(umountcall_is(AUDIT_ARCH_I386, 52));
	assert_true(umountcall_is(AUDIT_ARCH_AARCH64, 39));
	assert_true(umountcall_is(AUDIT_ARCH_MIPSEL, 4052));
}

static void
the_same_number_is_another_call_elsewhere(void **state)
{
	(void)state;
	assert_false(umountcall_is(AUDIT_ARCH_X86_64, 22));
	assert_false(umountcall_is(AUDIT_ARCH_X86_64, 39));
	assert_false(umountcall_is(AUDIT_ARCH_I386, 166));
	assert_false(umountcall_is(AUDIT_ARCH_AARCH64, 52));
}

static void
of_an_unknown_architecture_every_call_may_be_one(void **state)
{
	(void)state;
	assert_true(umountcall_is(EM_NONE, 0));
	assert_true(umountcall_is(AUDIT_ARCH_ALPHA, 22));
}

#define T(test) cmocka_unit_test(test)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(both_calls_of_each_architecture_are_known),
		T(the_same_number_is_another_call_elsewhere),
		T(of_an_unknown_architecture_every_call_may_be_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
