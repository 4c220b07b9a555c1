/* SPDX-License-Identifier: MIT */
/*
 * hostname.c - see hostname.h.
 */
#include <string.h>

#include "lib/hostname.h"
#include "lib/text.h"

enum {
	DOMAIN_SIZE = 254,	/* RFC 1035, 2.3.4, without the last dot */
	LABEL_MAX = 63,
	POINTER = 0xc0
};

static bool
is_clean(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

bool
hostname_is_clean(const char *name)
{
	const char *p;

	for (p = name; *p; p++)
		if (!is_clean((unsigned char)*p))
			return false;
	return p > name;
}

/* Reading one name. */
struct name {
	const uint8_t *data;
	size_t len, at;
	size_t limit;		/* a pointer has to lead to before this, which
				   is where the part that it ends begins; so
				   no name is without an end */
	size_t behind;		/* where the next name begins; 0: not known */
	bool clean;
	char text[DOMAIN_SIZE];
};

static void
add_label(struct name *n, size_t len)
{
	const char *label = (const char *)n->data + n->at + 1;

	for (size_t i = 0; i < len; i++)
		if (!is_clean((unsigned char)label[i]) || label[i] == '.')
			n->clean = false;
	if (n->clean && text_add(n->text, sizeof n->text, "%s%.*s",
	    n->text[0] ? "." : "", (int)len, label) < 0)
		n->clean = false;
	n->at += 1 + len;
}

static int
follow(struct name *n)
{
	size_t to;

	if (n->at + 1 >= n->len)
		return -1;
	to = (size_t)(n->data[n->at] & ~POINTER) << 8 | n->data[n->at + 1];
	if (to >= n->limit)
		return -1;
	if (n->behind == 0)
		n->behind = n->at + 2;
	n->at = n->limit = to;
	return 0;
}

/* The name that begins at n->at, which is then behind it. */
static int
read_name(struct name *n)
{
	size_t len;

	n->limit = n->at;
	n->behind = 0;
	n->clean = true;
	n->text[0] = '\0';
	for (;;) {
		if (n->at >= n->len)
			return -1;
		len = n->data[n->at];
		if (len == 0)
			break;
		if (len >= POINTER) {
			if (follow(n) < 0)
				return -1;
		} else if (len > LABEL_MAX || len > n->len - n->at - 1) {
			return -1;
		} else {
			add_label(n, len);
		}
	}
	n->at = n->behind ? n->behind : n->at + 1;
	return 0;
}

int
hostname_decode(const uint8_t *data, size_t len, char *text, size_t size)
{
	struct name n = { .data = data, .len = len };
	size_t used;

	text[0] = '\0';
	while (n.at < len) {
		if (read_name(&n) < 0) {
			text[0] = '\0';
			return -1;
		}
		used = strlen(text);
		if (n.clean && n.text[0] && text_add(text, size, "%s%s",
		    used ? " " : "", n.text) < 0)
			text[used] = '\0';
	}
	return 0;
}
