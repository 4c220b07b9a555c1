/* SPDX-License-Identifier: MIT */
/*
 * modparam.c - see modparam.h.
 */
#include <string.h>

#include "lib/cmdline.h"
#include "lib/modparam.h"
#include "lib/text.h"

/*
 * Append to params what one word gives to the module: of MODULE.PARAM=VALUE
 * all behind the dot, with its quotes, which the kernel takes off itself.
 */
static int
add_param(const struct word *w, const char *start, const char *dot,
	char *params, size_t size)
{
	const char *end = w->value ? w->value + w->value_len :
		w->name + w->name_len;
	bool word_quoted = w->name > start && w->name[-1] == '"';
	bool quoted = word_quoted || (w->value && w->value[-1] == '"');

	if (quoted && *end == '"')
		end++;
	return text_add(params, size, "%s%s%.*s",
		*params ? " " : "", word_quoted ? "\"" : "",
		(int)(end - dot - 1), dot + 1);
}

/* Cheap, and false for nearly every module: "NAME." is not in the text. */
static bool
is_mentioned(const char *cmdline, const char *name, size_t len)
{
	const char *dot = cmdline;

	while ((dot = strchr(dot, '.'))) {
		if ((size_t)(dot - cmdline) >= len &&
		    text_same_start(dot - len, name, len))
			return true;
		dot++;
	}
	return false;
}

int
modparam_add(const char *cmdline, const char *name, char *params,
	size_t size)
{
	const char *text = cmdline;
	size_t len = strlen(name);
	struct word w;

	if (!text || !is_mentioned(text, name, len))
		return 0;
	while (cmdline_next(&text, &w)) {
		if (w.name_len > len + 1 && w.name[len] == '.' &&
		    text_same_start(w.name, name, len) &&
		    add_param(&w, cmdline, w.name + len, params, size) < 0)
			return -1;
	}
	return 0;
}

/* True when the comma list in this word names the module. */
static bool
list_has(const struct word *w, const char *name)
{
	const char *p = w->value, *end = p + w->value_len;
	size_t len = strlen(name);

	while (p < end) {
		const char *comma = memchr(p, ',', (size_t)(end - p));
		size_t n = (size_t)((comma ? comma : end) - p);

		if (n == len && text_same_start(p, name, n))
			return true;
		p += n + 1;
	}
	return false;
}

bool
modparam_listed(const char *cmdline, const char *option, const char *name)
{
	struct word w;

	if (!cmdline || !strstr(cmdline, "list"))
		return false;	/* nearly always, and found out at once */
	while (cmdline_next(&cmdline, &w))
		if (w.value && word_is(&w, option) && list_has(&w, name))
			return true;
	return false;
}
