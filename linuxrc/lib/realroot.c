/* SPDX-License-Identifier: MIT */
/*
 * realroot.c - see realroot.h.
 */
#include <ctype.h>
#include <limits.h>
#include <string.h>

#include "lib/realroot.h"

/* A longer number is refused, for the kernel looks at no more of it:
 * TMPBUFLEN - 1 of kernel/sysctl.c. */
enum { DIGITS_MAX = 21 };

/* root_dev.h of the kernel. */
enum {
	ROOT_IS_RAM0 = 0x100,	/* 1:0: what is at "/" */
	ROOT_IS_NFS = 0xff,	/* 0:255 */
	ROOT_IS_CIFS = 0xfe	/* 0:254 */
};

/* isspace() of the kernel knows the no-break space, too. */
static size_t
blanks(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] && strchr(" \t\n\v\f\r\240", s[n]))
		n++;
	return n;
}

static int
digit(char c)
{
	return isdigit((unsigned char)c) ? c - '0' :
		isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' +
		10 : 16;
}

/* 0 without an x that a digit follows is octal. */
static int
base_of(const char **s, const char *end)
{
	if (**s != '0')
		return 10;
	if (end - *s < 3 || ((*s)[1] | 0x20) != 'x' || digit((*s)[2]) > 15)
		return 8;
	*s += 2;
	return 16;
}

/* The digits at *s, which is moved behind them. What no longer fits in 32 bits
 * stays so, without an overflow. */
static int64_t
digits(const char **s, const char *end)
{
	int base = base_of(s, end);
	int64_t value = 0;

	for (; *s < end && digit(**s) < base; ++*s)
		if (value <= UINT_MAX)
			value = value * base + digit(**s);
	return value;
}

int
realroot_parse(const char *text, size_t len, uint32_t *number)
{
	size_t skip = blanks(text, len);
	const char *s = text + skip, *all = text + len, *start = s;
	const char *end = all - s > DIGITS_MAX ? s + DIGITS_MAX : all;
	bool negative = all - s > 1 && *s == '-';
	int64_t value;

	s += negative;
	if (s >= end || !isdigit((unsigned char)*s))
		return -1;
	value = digits(&s, end);
	if (s - start == DIGITS_MAX || value > (int64_t)INT_MAX + negative)
		return -1;
	/* NUL ends no word */
	if (s < all && *s != ' ' && *s != '\t' && *s != '\n')
		return -1;
	*number = (uint32_t)(negative ? -value : value);
	return 0;
}

enum realroot_kind
realroot_judge(uint32_t number, uint32_t preset, bool pivoted)
{
	if (number == ROOT_IS_RAM0)
		return pivoted ? REALROOT_PIVOTED : REALROOT_INITRD;
	if (number == preset)
		return REALROOT_OPTION;
	switch (number) {
	case ROOT_IS_NFS:
		return REALROOT_NFS;
	case ROOT_IS_CIFS:
		return REALROOT_CIFS;
	case 0:
		return REALROOT_NONE;
	default:
		return REALROOT_DEVICE;
	}
}

uint32_t
realroot_number(enum realroot_kind kind, uint32_t device)
{
	switch (kind) {
	case REALROOT_PIVOTED:
	case REALROOT_INITRD:
		return ROOT_IS_RAM0;
	case REALROOT_NFS:
		return ROOT_IS_NFS;
	case REALROOT_CIFS:
		return ROOT_IS_CIFS;
	case REALROOT_NONE:
		return 0;
	case REALROOT_OPTION:
	case REALROOT_DEVICE:
		break;
	}
	return device;
}
