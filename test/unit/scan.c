/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/scan: what libc reads is read, as far as it goes.
 */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "lib/scan.h"

static int __attribute__((format(scanf, 2, 3)))
ours(const char *text, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = scan_list(text, format, args);
	va_end(args);
	return n;
}

#define UNTOUCHED 77

/* Both store the same, in up to three places of one type. */
#define SAME(type, text, format) \
	do { \
		type a_[3], b_[3]; \
		memset(a_, UNTOUCHED, sizeof a_); \
		memset(b_, UNTOUCHED, sizeof b_); \
		assert_int_equal(ours(text, format, &a_[0], &a_[1], &a_[2]), \
			sscanf(text, format, &b_[0], &b_[1], &b_[2])); \
		assert_memory_equal(a_, b_, sizeof a_); \
	} while (0)

#pragma GCC diagnostic ignored "-Wformat"
#pragma GCC diagnostic ignored "-Wformat-extra-args"

static void
numbers_have_bases_and_lengths(void **state)
{
	(void)state;
	SAME(int, "12 -34 +56", "%d %d %d");
	SAME(unsigned, "254:17", "%u:%u");
	SAME(unsigned, "777 12", "%o%o");
	SAME(unsigned, "ff 0x1F g", "%x %x %x");
	SAME(int, "0x10 010 10", "%i%i%i");
	SAME(long, "-9223372036854775808 9", "%ld %ld");
	SAME(long long, "18446744073709551615 -1", "%llu %lld");
	SAME(unsigned, "4294967295 -1", "%u %u");
	SAME(int, "123456", "%2d%3d%d");
	SAME(int, "6.1.0-44-cloud-amd64", "%d.%d.%d");
	SAME(int, "7", "%d.%d.%d");
}

static void
what_is_passed_over_is_not_counted(void **state)
{
	(void)state;
	SAME(unsigned, "2:0:1:7", "%*u:%*u:%u:%u");
	SAME(unsigned, "pos:\t12\nflags:\t0100002", "pos: %u flags: %o");
	SAME(unsigned, "50%6", "%u%%%u");
	SAME(unsigned, "  8", "%*u");
}

static void
end_and_mismatch_are_told_apart(void **state)
{
	(void)state;
	SAME(int, "", "%d");
	SAME(int, "   ", "%d");
	SAME(int, "x", "%d");
	SAME(int, "host", "host%d");
	SAME(int, "", "host%d");
	SAME(int, "hose1", "host%d");
	SAME(int, "1", "%d %d");
	SAME(int, "-", "%d");
}

struct words {
	char a[16], b[16];
};

#define SAME_WORDS(text, format) \
	do { \
		struct words a_, b_; \
		memset(&a_, UNTOUCHED, sizeof a_); \
		memset(&b_, UNTOUCHED, sizeof b_); \
		assert_int_equal(ours(text, format, a_.a, a_.b), \
			sscanf(text, format, b_.a, b_.b)); \
		assert_memory_equal(&a_, &b_, sizeof a_); \
	} while (0)

static void
words_and_sets_end_where_they_have_to(void **state)
{
	(void)state;
	SAME_WORDS(" vda1  rest", "%15s %15s");
	SAME_WORDS("abcdefgh", "%3s%4s");
	SAME_WORDS("a b\nc", "%15[^\n]%15s");
	SAME_WORDS("\n", "%15[^\n]");
	SAME_WORDS("", "%15[^\n]");
	SAME_WORDS("ab]c", "%15[^]]%15s");
	SAME_WORDS("ab]c", "%15[]ab]%15s");
	SAME_WORDS("xyz", "%2c%15s");
	SAME_WORDS("x", "%2[x]%2c");
	SAME_WORDS("one", "%*s%15s");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_have_bases_and_lengths),
		cmocka_unit_test(what_is_passed_over_is_not_counted),
		cmocka_unit_test(end_and_mismatch_are_told_apart),
		cmocka_unit_test(words_and_sets_end_where_they_have_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
