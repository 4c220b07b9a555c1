/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/format: what libc prints is printed, as far as it goes.
 */
#include "unit.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/format.h"

static int __attribute__((format(printf, 3, 4)))
ours(char *dst, size_t size, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = format_list(dst, size, format, args);
	va_end(args);
	return len;
}

/* Both print the same, also where it does not fit. */
#define SAME(...) \
	do { \
		static const size_t sizes[] = { 200, 10, 2, 1 }; \
		for (unsigned i_ = 0; i_ < 4; i_++) { \
			char a_[200] = "?", b_[200] = "?"; \
			int n_ = snprintf(b_, sizes[i_], __VA_ARGS__); \
			assert_int_equal(ours(a_, sizes[i_], __VA_ARGS__), \
				n_); \
			assert_string_equal(a_, b_); \
		} \
	} while (0)

#pragma GCC diagnostic ignored "-Wformat-truncation"

static void
texts_have_width_and_precision(void **state)
{
	(void)state;
	SAME("nothing to do");
	SAME("%s", "");
	SAME("%s: %s", "mount /dev/vda on /new-root", "No such device");
	SAME("[%10s|%-10s|%2s]", "abc", "abc", "abc");
	SAME("[%.2s|%.0s|%.9s]", "abc", "abc", "abc");
	SAME("[%*.*s|%-*.*s|%*s]", 6, 2, "abc", 6, 2, "abc", -5, "abc");
	SAME("%c%c%%%3c|%-3c|", 'a', 'b', 'c', 'd');
}

static void
a_text_that_is_cut_is_not_read_beyond(void **state)
{
	char *text = malloc(3), dst[10];

	(void)state;
	memcpy(text, "abc", 3);
	assert_int_equal(ours(dst, sizeof dst, "%.*s", 3, text), 3);
	assert_string_equal(dst, "abc");
	free(text);
}

static void
numbers_have_sign_width_and_zeros(void **state)
{
	static const long long n[] = { 0, 1, -1, 7, 10, 255, -4096, INT_MAX,
		INT_MIN, LLONG_MAX, LLONG_MIN };

	(void)state;
	for (unsigned i = 0; i < sizeof n / sizeof n[0]; i++) {
		SAME("%d %i %u %x %X %o", (int)n[i], (int)n[i],
			(unsigned)n[i], (unsigned)n[i], (unsigned)n[i],
			(unsigned)n[i]);
		SAME("[%8d|%-8d|%08d|%.4d]", (int)n[i], (int)n[i],
			(int)n[i], (int)n[i]);
		SAME("[%04o|%02x|%08X|%2u]", (unsigned)n[i] & 0xfff,
			(unsigned)n[i] & 0xff, (unsigned)n[i],
			(unsigned)n[i]);
		SAME("[%6.3d|%-6.3d|%.0d|%*d]", (int)n[i], (int)n[i],
			(int)n[i], -7, (int)n[i]);
		SAME("%lld %llu %llx", n[i], (unsigned long long)n[i],
			(unsigned long long)n[i]);
		SAME("%ld %lu %zu %td %jd %ju", (long)n[i],
			(unsigned long)n[i], (size_t)n[i], (ptrdiff_t)n[i],
			(intmax_t)n[i], (uintmax_t)n[i]);
		SAME("%hhd %hhu %hd %hu %02hhX", (signed char)n[i],
			(unsigned char)n[i], (short)n[i],
			(unsigned short)n[i], (unsigned char)n[i]);
	}
}

static void
the_length_is_told_without_a_buffer(void **state)
{
	(void)state;
	assert_int_equal(ours(NULL, 0, "%s=%d", "abc", -12), 7);
}

static void
what_is_unknown_is_printed_as_it_stands(void **state)
{
	char dst[40];
	const char *volatile odd = "%y %5", *volatile number = "%q %d";

	(void)state;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	assert_int_equal(ours(dst, sizeof dst, odd, 0), 5);
	assert_string_equal(dst, "%y %5");
	ours(dst, sizeof dst, number, 3);
	assert_string_equal(dst, "%q 3");
#pragma GCC diagnostic pop
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_have_width_and_precision),
		cmocka_unit_test(a_text_that_is_cut_is_not_read_beyond),
		cmocka_unit_test(numbers_have_sign_width_and_zeros),
		cmocka_unit_test(the_length_is_told_without_a_buffer),
		cmocka_unit_test(what_is_unknown_is_printed_as_it_stands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
