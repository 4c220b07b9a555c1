/* SPDX-License-Identifier: MIT */
/*
 * modconf.c - see modconf.h.
 */
#include <string.h>

#include "lib/modconf.h"
#include "lib/text.h"

enum { SHOWN_MAX = 40 };	/* bytes of a bad line in a sentence */

/* The command of a line that is passed over without a word. */
enum { IGNORED = MODCONF_COMMANDS, UNKNOWN };

/* One text while it is taken. */
struct source {
	struct modconf *c;
	const char *file;
	char *at, *end;		/* what is left of it */
	unsigned number;	/* of the line before at */
	unsigned first;		/* of the present, maybe continued, line */
	unsigned faults;
	struct err *e;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* ------------------------------------------------------------- lines */

/* Bytes of the line end at p, 0 if there is none. */
static size_t
line_end(const char *p, const char *end)
{
	if (p < end && *p == '\n')
		return 1;
	return end - p >= 2 && p[0] == '\r' && p[1] == '\n' ? 2 : 0;
}

/*
 * Take the next line, joined with those that continue it, ended by NUL. Its
 * length goes to *len: longer than the string when it has a NUL byte. A
 * backslash that continues nothing vanishes, as in kmod.
 */
static char *
next_line(struct source *s, size_t *len)
{
	char *line = s->at, *to = line, *p = line;
	size_t n;

	if (p >= s->end)
		return NULL;
	s->first = ++s->number;
	while (p < s->end && (n = line_end(p, s->end)) == 0) {
		if (*p == '\\' && ++p < s->end &&
		    (n = line_end(p, s->end)) > 0) {
			p += n;
			s->number++;
		} else if (p < s->end) {
			*to++ = *p++;
		}
	}
	s->at = p + (p < s->end ? line_end(p, s->end) : 0);
	*to = '\0';
	*len = (size_t)(to - line);
	return line;
}

/* The next word of *rest, cut off and ended by NUL; "" at the end. */
static char *
next_word(char **rest)
{
	char *word = *rest, *end;

	while (is_blank(*word))
		word++;
	for (end = word; *end && !is_blank(*end);)
		end++;
	*rest = *end ? end + 1 : end;
	*end = '\0';
	return word;
}

/* What is left of a line, without the blanks around it. */
static char *
whole_rest(char *rest)
{
	size_t len;

	while (is_blank(*rest))
		rest++;
	len = strlen(rest);
	while (len > 0 && is_blank(rest[len - 1]))
		len--;
	rest[len] = '\0';
	return rest;
}

/* ------------------------------------------------------------ taking */

static int
fault(struct source *s, const char *why, const char *shown)
{
	if (s->faults++ == 0)
		fail(s->e, 0, "%s:%u: %s%.*s%s", s->file, s->first, why,
			SHOWN_MAX, shown, *shown ? "\"" : "");
	return -1;
}

static int
command_of(const char *word)
{
	static const char *const names[] = {
		[MODCONF_ALIAS] = "alias",
		[MODCONF_BLACKLIST] = "blacklist",
		[MODCONF_INSTALL] = "install",
		[MODCONF_OPTIONS] = "options",
		[MODCONF_SOFTDEP] = "softdep",
	};

	for (int i = 0; i < MODCONF_COMMANDS; i++)
		if (strcmp(word, names[i]) == 0)
			return i;
	return strcmp(word, "remove") == 0 || strcmp(word, "weakdep") == 0 ?
		IGNORED : UNKNOWN;
}

/* One line that is neither empty nor a comment. */
static int
take_command(struct source *s, char *line)
{
	struct modconf_line *new = s->c->line + s->c->count;
	const char *word = next_word(&line);
	int command = command_of(word);

	if (command == IGNORED)
		return 0;
	if (command == UNKNOWN)
		return fault(s, "no command of modprobe.d(5): \"", word);
	if (s->c->count == MODCONF_LINES_MAX)
		return fault(s, "more lines than can be kept", "");
	new->name = next_word(&line);
	new->rest = command == MODCONF_ALIAS ? next_word(&line) :
		whole_rest(line);
	if (!*new->name || (!*new->rest && command != MODCONF_BLACKLIST))
		return fault(s, "something is missing behind \"", word);
	new->file = s->file;
	new->number = s->first;
	new->command = (enum modconf_command)command;
	s->c->count++;
	return 0;
}

int
modconf_take(struct modconf *c, const char *file, char *text, size_t len,
	struct err *e)
{
	struct source s = { .c = c, .file = file, .at = text,
		.end = text + len, .e = e };
	char *line;
	size_t n;

	while ((line = next_line(&s, &n))) {
		if (strlen(line) < n) {
			fault(&s, "a NUL byte", "");
			continue;
		}
		while (is_blank(*line))
			line++;
		if (*line && *line != '#')
			take_command(&s, line);
	}
	if (s.faults > 1)
		text_add(e->text, ERR_TEXT_SIZE, " (and %u more)",
			s.faults - 1);
	return s.faults == 0 ? 0 : -1;
}

/* ----------------------------------------------------------- looking */

static bool
fits(const struct modconf_line *line, const char *name)
{
	struct piece pattern = { line->name, 0 };

	if (line->command == MODCONF_BLACKLIST ||
	    line->command == MODCONF_OPTIONS)
		return text_same_name(line->name, name);
	pattern.len = strlen(line->name);
	return modindex_match(pattern, name);
}

const struct modconf_line *
modconf_next(const struct modconf *c, enum modconf_command command,
	const char *name, unsigned *at)
{
	while (*at < c->count) {
		const struct modconf_line *line = &c->line[(*at)++];

		if (line->command == command && fits(line, name))
			return line;
	}
	return NULL;
}

static bool
is(struct piece word, const char *text)
{
	return word.len == strlen(text) &&
		memcmp(word.text, text, word.len) == 0;
}

bool
modconf_soft(struct modconf_soft *s, const char *list, struct piece *word)
{
	while (modindex_first(&s->rest, word)) {
		if (is(*word, "pre:") || is(*word, "post:"))
			s->inside = is(*word, list);
		else if (s->inside)
			return true;
	}
	return false;
}
