/* SPDX-License-Identifier: MIT */
/*
 * logbook.c - see logbook.h. Two processes may add at once: each reserves
 * its part first.
 */
#include <string.h>

#include "lib/logbook.h"

enum {
	HEAD_SIZE = 16,		/* "SSSSS.mmm L " */
	FAILED = 3		/* LOG_FAILED of lib/log.h */
};

/* At least width characters of n at the end of text[0..end); where they
 * begin. */
static char *
put_number(char *end, int64_t n, int width, char pad)
{
	do {
		*--end = (char)('0' + n % 10);
		n /= 10;
		width--;
	} while (n > 0);
	while (width-- > 0)
		*--end = pad;
	return end;
}

void
logbook_add(struct logbook *book, int64_t now_ms, int level, const char *said,
	size_t len)
{
	char head[2 * HEAD_SIZE], *end = head + sizeof head, *p = end;
	size_t size;
	uint32_t at;

	if (level <= FAILED)
		__atomic_fetch_add(&book->failed, 1, __ATOMIC_RELAXED);
	*--p = ' ';
	*--p = (char)('0' + level % 10);
	*--p = ' ';
	p = put_number(p, now_ms % 1000, 3, '0');
	*--p = '.';
	p = put_number(p, now_ms / 1000, 5, ' ');
	size = (size_t)(end - p) + len + 1;
	at = __atomic_fetch_add(&book->used, (uint32_t)size, __ATOMIC_RELAXED);
	if (at > LOGBOOK_SIZE || size > LOGBOOK_SIZE - at) {
		__atomic_fetch_sub(&book->used, (uint32_t)size,
			__ATOMIC_RELAXED);
		__atomic_fetch_add(&book->lost, 1, __ATOMIC_RELAXED);
		return;
	}
	memcpy(book->text + at, p, (size_t)(end - p));
	memcpy(book->text + at + (end - p), said, len);
	book->text[at + size - 1] = '\n';
}

size_t
logbook_length(const struct logbook *book)
{
	return book->used < LOGBOOK_SIZE ? book->used : LOGBOOK_SIZE;
}
