/* SPDX-License-Identifier: MIT */
/*
 * The allocator behind libblkid and zlib.
 */
#include "unit.h"

#include <errno.h>
#include <string.h>

#include "lib/heap.h"

static void
pieces_are_aligned_and_do_not_overlap(void **state)
{
	char *p[100];

	(void)state;
	for (unsigned i = 0; i < 100; i++) {
		p[i] = heap_alloc(i);
		assert_int_equal((uintptr_t)p[i] % 16, 0);
		memset(p[i], (int)i, i);
	}
	for (unsigned i = 0; i < 100; i++)
		for (unsigned j = 0; j < i; j++)
			assert_int_equal(p[i][j], i);
	for (unsigned i = 0; i < 100; i++)
		heap_free(p[i]);
	assert_int_equal(heap_used(), 0);
}

static void
all_is_free_again_in_any_order(void **state)
{
	void *a = heap_alloc(100), *b = heap_alloc(100), *c = heap_alloc(100);
	size_t used = heap_used();

	(void)state;
	heap_free(c);
	assert_true(heap_used() < used);
	assert_ptr_equal(heap_alloc(100), c);
	heap_free(a);
	heap_free(NULL);
	heap_free(b);
	heap_free(c);
	assert_int_equal(heap_used(), 0);
}

static void
calloc_gives_zeros_in_used_memory_too(void **state)
{
	char *p = heap_alloc(5000), *q;

	(void)state;
	memset(p, 'x', 5000);
	heap_free(p);
	q = heap_calloc(100, 60);
	for (unsigned i = 0; i < 6000; i++)
		assert_int_equal(q[i], 0);
	heap_free(q);
}

static void
realloc_keeps_what_was_there(void **state)
{
	char *p = heap_realloc(NULL, 10), *q;

	(void)state;
	strcpy(p, "content");
	q = heap_alloc(10);
	p = heap_realloc(p, 100000);
	assert_string_equal(p, "content");
	p = heap_realloc(p, 4);
	assert_memory_equal(p, "cont", 4);
	heap_free(p);
	heap_free(q);
	assert_int_equal(heap_used(), 0);
}

static void
what_is_large_has_pages_of_its_own(void **state)
{
	char *p = heap_calloc(1, 10 << 20);

	(void)state;
	assert_non_null(p);
	assert_int_equal(p[(10 << 20) - 1], 0);
	p[(10 << 20) - 1] = 1;
	assert_int_equal(heap_used(), 0);
	errno = EBADF;
	heap_free(p);
	assert_int_equal(errno, EBADF);
}

static void
a_full_array_is_no_end(void **state)
{
	static char *p[64];

	(void)state;
	for (unsigned i = 0; i < 64; i++) {
		p[i] = heap_alloc(50000);
		assert_non_null(p[i]);
		memset(p[i], (int)i, 50000);
	}
	for (unsigned i = 0; i < 64; i++) {
		assert_int_equal(p[i][49999], i);
		heap_free(p[i]);
	}
	assert_int_equal(heap_used(), 0);
}

static void
impossible_sizes_are_refused(void **state)
{
	volatile size_t huge = SIZE_MAX;

	(void)state;
	errno = 0;
	assert_null(heap_alloc(huge));
	assert_int_equal(errno, ENOMEM);
	errno = 0;
	assert_null(heap_calloc(huge, 2));
	assert_null(heap_calloc(huge / 2, 3));
	assert_int_equal(errno, ENOMEM);
	assert_null(heap_alloc(huge / 4));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_aligned_and_do_not_overlap),
		cmocka_unit_test(all_is_free_again_in_any_order),
		cmocka_unit_test(calloc_gives_zeros_in_used_memory_too),
		cmocka_unit_test(realloc_keeps_what_was_there),
		cmocka_unit_test(what_is_large_has_pages_of_its_own),
		cmocka_unit_test(a_full_array_is_no_end),
		cmocka_unit_test(impossible_sizes_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
