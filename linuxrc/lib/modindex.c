/* SPDX-License-Identifier: MIT */
/*
 * modindex.c - see modindex.h. Plain scans: the indexes of an image that
 * holds what one machine needs are a kilobyte, those of a whole
 * distribution kernel for virtual machines 100, a fraction of what loading
 * one signed module costs.
 */
#include <string.h>

#include "lib/modindex.h"

bool
modindex_line(const struct file_map *map, size_t *at, struct piece *line)
{
	const char *newline;

	if (*at >= map->size)
		return false;
	line->text = map->data + *at;
	newline = memchr(line->text, '\n', map->size - *at);
	line->len = newline ? (size_t)(newline - line->text) :
		map->size - *at;
	*at += line->len + 1;
	return true;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static char
folded(char c)
{
	return c == '-' ? '_' : c;
}

/* The length of the component at the end of path that names the module. */
static size_t
basename_at(struct piece path)
{
	size_t i = path.len;

	while (i > 0 && path.text[i - 1] != '/')
		i--;
	return i;
}

static bool
is_suffix(const char *s, size_t len)
{
	return (len == 3 && memcmp(s, ".ko", 3) == 0) ||
		(len == 6 && (memcmp(s, ".ko.gz", 6) == 0 ||
		memcmp(s, ".ko.xz", 6) == 0)) ||
		(len == 7 && memcmp(s, ".ko.zst", 7) == 0);
}

/* True when the path is that of the module with this name. */
static bool
is_module(struct piece path, const char *name)
{
	size_t i = basename_at(path);

	for (; i < path.len && *name; i++, name++)
		if (folded(path.text[i]) != folded(*name))
			return false;
	return !*name && is_suffix(path.text + i, path.len - i);
}

bool
modindex_dep_line(struct piece line, const char *name, struct dep_line *found)
{
	const char *colon = memchr(line.text, ':', line.len);

	if (!colon)
		return false;
	found->path.text = line.text;
	found->path.len = (size_t)(colon - line.text);
	found->needs.text = colon + 1;
	found->needs.len = line.len - found->path.len - 1;
	return is_module(found->path, name);
}

bool
modindex_dep(const struct file_map *dep, const char *name,
	struct dep_line *found)
{
	struct piece line;
	size_t at = 0;

	while (modindex_line(dep, &at, &line))
		if (modindex_dep_line(line, name, found))
			return true;
	return false;
}

bool
modindex_last(struct piece *list, struct piece *path)
{
	size_t end = list->len, start;

	while (end > 0 && is_blank(list->text[end - 1]))
		end--;
	for (start = end; start > 0 && !is_blank(list->text[start - 1]);)
		start--;
	path->text = list->text + start;
	path->len = end - start;
	list->len = start;
	return path->len > 0;
}

bool
modindex_first(struct piece *list, struct piece *word)
{
	size_t start = 0, end;

	while (start < list->len && is_blank(list->text[start]))
		start++;
	for (end = start; end < list->len && !is_blank(list->text[end]);)
		end++;
	word->text = list->text + start;
	word->len = end - start;
	list->text += end;
	list->len -= end;
	return word->len > 0;
}

int
modindex_name(struct piece path, char *name, size_t size)
{
	size_t i = basename_at(path), n = 0;

	while (i < path.len && n + 1 < size &&
	    !is_suffix(path.text + i, path.len - i))
		name[n++] = folded(path.text[i++]);
	name[n] = '\0';
	return n > 0 && i < path.len &&
		is_suffix(path.text + i, path.len - i) ? 0 : -1;
}

/* True when this character of a pattern matches itself and nothing else. */
static bool
is_plain(char c)
{
	return c != '*' && c != '?' && c != '[' && c != '-' && c != '_';
}

/*
 * Match c with the bracket expression after its [, and move *p behind the ].
 * False as well when the ] is missing.
 */
static bool
in_brackets(const char **p, const char *end, char c)
{
	const char *q = *p;
	bool inverted = q < end && (*q == '!' || *q == '^');
	bool found = false;
	const char *first = q += inverted;

	for (; q < end && (*q != ']' || q == first); q++) {
		char low = *q, high = *q;

		if (end - q > 2 && q[1] == '-' && q[2] != ']') {
			high = q[2];
			q += 2;
		}
		found |= low <= c && c <= high;
	}
	*p = q < end ? q + 1 : end;
	return q < end && found != inverted;
}

/* Match one character with what stands at *p, and move *p behind that. */
static bool
matches_one(const char **p, const char *end, char c)
{
	char want;

	if (*p >= end)
		return false;
	want = *(*p)++;
	if (want == '[')
		return in_brackets(p, end, c);
	return want == '?' || folded(want) == folded(c);
}

/* Where the text behind a star can begin: at the character that follows the
 * star, if that stands for itself. */
static const char *
behind_star(const char *text, const char *p, const char *end)
{
	if (p < end && is_plain(*p))
		while (*text && *text != *p)
			text++;
	return text;
}

bool
modindex_match(struct piece pattern, const char *text)
{
	const char *p = pattern.text, *end = p + pattern.len;
	const char *after_star = NULL;	/* in the pattern */
	const char *retry = NULL;	/* in the text: the star ends here */

	while (*text) {
		if (p < end && *p == '*') {
			after_star = ++p;
			text = retry = behind_star(text, p, end);
		} else if (matches_one(&p, end, *text)) {
			text++;
		} else if (after_star) {
			p = after_star;
			text = retry = behind_star(retry + 1, p, end);
		} else {
			return false;
		}
		if (after_star == end)
			return true;
	}
	while (p < end && *p == '*')
		p++;
	return p == end;
}

/* What follows "alias " on a line. False: the line is none of an alias. */
static bool
alias_line(struct piece *line)
{
	if (line->len < 6 || memcmp(line->text, "alias ", 6) != 0)
		return false;
	line->text += 6;
	line->len -= 6;
	return true;
}

/* Cheap, and false for nearly every line: it differs from the text before
 * anything that is not plain. */
static bool
may_match(struct piece line, const char *text)
{
	size_t i = 0;

	while (i < line.len && line.text[i] == text[i] &&
	    is_plain(line.text[i]))
		i++;
	if (i == line.len)
		return false;
	return !text[i] || !is_plain(line.text[i]);
}

bool
modindex_alias_line(struct piece line, const char *modalias,
	struct piece *module)
{
	struct piece pattern;
	const char *blank;

	if (!alias_line(&line) || !may_match(line, modalias))
		return false;
	blank = memchr(line.text, ' ', line.len);
	if (!blank)
		return false;
	pattern.text = line.text;
	pattern.len = (size_t)(blank - line.text);
	line.len -= pattern.len;
	line.text += pattern.len;
	return modindex_match(pattern, modalias) &&
		modindex_last(&line, module);
}

bool
modindex_alias(const struct file_map *alias, const char *modalias,
	size_t *at, struct piece *module)
{
	struct piece line;

	while (modindex_line(alias, at, &line))
		if (modindex_alias_line(line, modalias, module))
			return true;
	return false;
}

bool
modindex_next(const struct file_map *alias, size_t *at, struct piece *line)
{
	while (modindex_line(alias, at, line))
		if (alias_line(line))
			return true;
	return false;
}

static bool
begins_with(struct piece line, const char *prefix)
{
	size_t i = 0;

	while (prefix[i] && i < line.len && prefix[i] == line.text[i])
		i++;
	return !prefix[i];
}

unsigned
modindex_begins(struct piece line, const char *const prefix[],
	unsigned count)
{
	unsigned bits = 0;

	for (unsigned i = 0; i < count; i++)
		if (begins_with(line, prefix[i]))
			bits |= 1U << i;
	return bits;
}

bool
modindex_builtin(const struct file_map *builtin, const char *name)
{
	struct piece line;
	size_t at = 0;

	while (modindex_line(builtin, &at, &line))
		if (is_module(line, name))
			return true;
	return false;
}
