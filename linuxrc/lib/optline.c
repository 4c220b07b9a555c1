/* SPDX-License-Identifier: MIT */
/*
 * optline.c - see optline.h.
 */
#include "lib/optline.h"

#include <stdbool.h>
#include <string.h>

#include "lib/cmdline.h"
#include "lib/optword.h"
#include "lib/text.h"

/* The option that a word sets in that place, or OPT_COUNT. */
static enum option
sets(const struct word *w, enum origin origin, enum contract contract)
{
	struct given g = { .word = *w, .origin = origin,
		.contract = contract };
	const struct optword *k = optword_find(&g);

	if (!k)
		return OPT_COUNT;
	if (contract == CONTRACT_RAM0 && origin == ORIGIN_CMDLINE &&
	    g.spelling == BARE && (k->spellings & INITRDS))
		return OPT_COUNT;
	return k->option;
}

/* One option is given by several words that add up, or by the last of them. */
static bool
is_set_in(const char *text, enum option option)
{
	struct word w;

	while (cmdline_next(&text, &w))
		if (sets(&w, ORIGIN_DIALOG, CONTRACT_NONE) == option)
			return true;
	return false;
}

/* Is an equal option set by a word behind this one? Fallbacks add up, and so do
 * lines of ip=. */
static bool
is_last(const char *rest, enum option option)
{
	return option == OPT_COUNT || option == OPT_ROOTFALLBACK ||
		option == OPT_NFSADDRS || !is_set_in(rest, option);
}

static int
add(char *line, size_t size, const char *prefix, const char *word, size_t len)
{
	return text_add(line, size, "%s%s%.*s", line[0] ? " " : "", prefix,
		(int)len, word);
}

/* As it is spelt, quotes and all: from where the word begins to where the next
 * white space outside of quotes is. */
static size_t
spelt(const char *p)
{
	bool quoted = false;
	size_t len = 0;

	for (; p[len] && (quoted || !strchr(" \t\n\v\f\r", p[len])); len++)
		if (p[len] == '"')
			quoted = !quoted;
	return len;
}

static const char *
begin(const char *p)
{
	return p + strspn(p, " \t\n\v\f\r");
}

static int
add_typed(const char *typed, enum contract contract, char *line, size_t size)
{
	struct word w;

	for (;;) {
		const char *p = typed = begin(typed), *prefix = "";
		enum option option;

		if (!cmdline_next(&typed, &w))
			return 0;
		option = sets(&w, ORIGIN_DIALOG, CONTRACT_NONE);
		if (contract == CONTRACT_RAM0 && option != OPT_COUNT &&
		    sets(&w, ORIGIN_CMDLINE, contract) != option)
			prefix = "linuxrc.";
		if (is_last(typed, option) &&
		    add(line, size, prefix, p, spelt(p)) < 0)
			return -1;
	}
}

int
optline_correct(const char *cmdline, const char *typed,
	enum contract contract, char *line, size_t size)
{
	struct word w;
	int result = 0;

	line[0] = '\0';
	while (result == 0) {
		const char *p = cmdline = begin(cmdline);
		enum option option;

		if (!cmdline_next(&cmdline, &w))
			break;
		option = sets(&w, ORIGIN_CMDLINE, contract);
		if (option == OPT_COUNT || !is_set_in(typed, option))
			result = add(line, size, "", p, spelt(p));
	}
	if (result == 0)
		result = add_typed(typed, contract, line, size);
	cmdline = begin(cmdline);
	if (result == 0 && cmdline[0])
		result = text_add(line, size, " -- %s", cmdline);
	if (result < 0)
		line[0] = '\0';
	return result;
}

static bool
has_word(const char *text, const char *word, size_t len)
{
	for (text = begin(text); *text; text = begin(text)) {
		size_t n = spelt(text);

		if (n == len && memcmp(text, word, len) == 0)
			return true;
		text += n;
	}
	return false;
}

int
optline_changes(const char *cmdline, const char *typed, char *words,
	size_t size)
{
	words[0] = '\0';
	for (typed = begin(typed); *typed; typed = begin(typed)) {
		size_t len = spelt(typed);

		if (!has_word(cmdline, typed, len) &&
		    add(words, size, "", typed, len) < 0)
			return -1;
		typed += len;
	}
	return 0;
}
