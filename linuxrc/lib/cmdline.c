/* SPDX-License-Identifier: MIT */
/*
 * cmdline - next_arg() of the kernel's lib/cmdline.c over a text that is not
 * changed: a word is four numbers, not a cut string.
 */
#include "lib/cmdline.h"

#include <string.h>

#include "lib/text.h"

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/*
 * Fill w from the word that ends before end, whose first = is at equals. An
 * opening quote (of the word or of the value) takes the last one with it,
 * wherever that one was opened: so does the kernel.
 */
static void
split(struct word *w, bool quoted, const char *equals, const char *end)
{
	const char *value = equals != NULL ? equals + 1 : NULL;

	if (value != NULL && value < end && *value == '"') {
		value++;
		quoted = true;
	}
	if (quoted && end > w->name && end[-1] == '"')
		end--;
	w->name_len = (size_t)((value != NULL ? equals : end) - w->name);
	w->value = value;
	/* in x=" the quote that opens is also the last one */
	w->value_len = value != NULL && end > value ?
		(size_t)(end - value) : 0;
}

bool
cmdline_word(const char **text, const char *end, struct word *w)
{
	const char *p = *text;
	const char *equals = NULL;
	bool quoted, inside;

	while (p != end && is_space(*p))
		p++;
	*text = p;
	if (p == end || *p == '\0')
		return false;
	quoted = inside = *p == '"';
	if (quoted)
		p++;
	w->name = p;
	for (; p != end && *p != '\0' && (inside || !is_space(*p)); p++) {
		if (*p == '"')
			inside = !inside;
		else if (*p == '=' && equals == NULL && p != w->name)
			equals = p;
	}
	*text = p;
	split(w, quoted, equals, p);
	return true;
}

bool
cmdline_next(const char **text, struct word *w)
{
	/* not word_is(): here - is not _ */
	return cmdline_word(text, NULL, w) && !(w->value == NULL &&
		w->name_len == 2 && memcmp(w->name, "--", 2) == 0);
}

bool
word_is(const struct word *w, const char *name)
{
	return text_same_start(w->name, name, w->name_len) &&
		name[w->name_len] == '\0';
}

int
word_value(const struct word *w, char *dst, size_t size)
{
	size_t len = w->value != NULL ? w->value_len : 0;

	if (len >= size)
		return -1;
	memcpy(dst, w->value != NULL ? w->value : "", len);
	dst[len] = '\0';
	return 0;
}
