/* SPDX-License-Identifier: MIT */
/*
 * heap.c - see heap.h. The host build keeps its libc's allocator, with what
 * the sanitizers know about it.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "lib/heap.h"

enum {
	ARENA_SIZE = 256 * 1024,	/* of .bss: costs what is touched */
	LARGE = 64 * 1024,		/* pages of its own from here on */
	ALIGN = 16
};

/* Before every piece. */
struct head {
	size_t size;			/* with this head */
	size_t unused;			/* keeps what follows aligned */
};

/* On pages of its own, so none that others use is between its own. */
static _Alignas(4096) char arena[ARENA_SIZE];
static size_t top, pieces;
static size_t dirty;	/* what lies above has never been used: zeros */

static bool
in_arena(const struct head *h)
{
	return (const char *)h >= arena && (const char *)h < arena + ARENA_SIZE;
}

static struct head *
take(size_t size)
{
	struct head *h = (struct head *)(void *)(arena + top);

	if (size < LARGE && size <= ARENA_SIZE - top) {
		top += size;
		if (dirty < top)
			dirty = top;
		pieces++;
		return h;
	}
	h = mmap(NULL, size, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return h == MAP_FAILED ? NULL : h;
}

void *
heap_alloc(size_t size)
{
	struct head *h;

	if (size > PTRDIFF_MAX - sizeof *h - ALIGN) {
		errno = ENOMEM;
		return NULL;
	}
	size = (size + sizeof *h + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	h = take(size);
	if (!h)
		return NULL;
	h->size = size;
	return h + 1;
}

/* By words. Volatile, since the compiler, told to make it small, would make
 * one instruction of the loop that goes byte by byte. */
static void
clear(void *from, const char *end)
{
	volatile size_t *p = from;

	while ((const volatile char *)p < end)
		*p++ = 0;
}

void *
heap_calloc(size_t count, size_t size)
{
	const char *was_dirty = arena + dirty;
	struct head *h;

	if (size && count > PTRDIFF_MAX / size) {
		errno = ENOMEM;
		return NULL;
	}
	h = heap_alloc(count * size);
	if (!h || !in_arena(h - 1))
		return h;
	if (was_dirty > (char *)(h - 1) + h[-1].size)
		was_dirty = (char *)(h - 1) + h[-1].size;
	clear(h, was_dirty);
	return h;
}

void
heap_free(void *p)
{
	struct head *h = p;
	int error = errno;

	if (!p)
		return;
	h--;
	if (!in_arena(h)) {
		munmap(h, h->size);
		errno = error;
		return;
	}
	if (--pieces == 0)
		top = 0;
	else if ((char *)h + h->size == arena + top)
		top -= h->size;
}

void *
heap_realloc(void *p, size_t size)
{
	struct head *h = p;
	void *q = heap_alloc(size);
	size_t old;

	if (!p || !q)
		return q;
	old = h[-1].size - sizeof *h;
	memcpy(q, p, old < size ? old : size);
	heap_free(p);
	return q;
}

size_t
heap_used(void)
{
	return top;
}

#ifndef __GLIBC__
void *
malloc(size_t size)
{
	return heap_alloc(size);
}

void *
calloc(size_t count, size_t size)
{
	return heap_calloc(count, size);
}

void *
realloc(void *p, size_t size)
{
	return heap_realloc(p, size);
}

void
free(void *p)
{
	heap_free(p);
}

/* No more than what all pieces have. */
void *
aligned_alloc(size_t align, size_t size)
{
	if (align <= ALIGN)
		return heap_alloc(size);
	errno = ENOMEM;
	return NULL;
}
#endif
