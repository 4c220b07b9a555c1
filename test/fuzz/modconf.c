/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/modconf: the first line of the input is the module that
 * is looked for, the rest a file of modprobe.d. What is kept lies in the text,
 * ends in it, and comes in the order of its lines.
 */
#include "lib/modconf.h"

#include "fuzz.h"

static struct modconf conf;
static const char *start, *end;

static void
check_piece(const char *piece)
{
	must(piece >= start && piece < end, "the piece lies in the text");
	must(has_end(piece, (size_t)(end - piece)), "and ends in it");
}

static void
check_lines(unsigned newlines)
{
	unsigned before = 0;

	for (unsigned i = 0; i < conf.count; i++) {
		const struct modconf_line *line = &conf.line[i];

		check_piece(line->name);
		check_piece(line->rest);
		must(line->name[0], "a line has a name");
		must(line->number > before, "lines come in order");
		must(line->number <= newlines + 1, "and are there");
		must(line->command < MODCONF_COMMANDS, "a command is known");
		before = line->number;
	}
}

static void
check_soft(const char *rest, const char *list)
{
	struct modconf_soft s = { { rest, strlen(rest) }, false };
	struct piece word;

	while (modconf_soft(&s, list, &word))
		must(word.text >= rest && word.len > 0 &&
			word.text + word.len <= rest + strlen(rest),
			"a word lies in its line");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *name = text_of(data, size), *text;
	size_t name_len = strcspn(name, "\n"), len = size - name_len;
	const struct modconf_line *line;
	unsigned newlines = 0;
	struct err e = { 0, "" };

	text = text_of(data + name_len, len);
	name[name_len] = '\0';
	for (size_t i = 0; i < len; i++)
		newlines += text[i] == '\n';
	start = text;
	end = text + len + 1;
	conf.count = 0;
	must(modconf_take(&conf, "a.conf", text, len, &e) == 0 || e.text[0],
		"what is not used is said");
	check_lines(newlines);
	for (int command = 0; command < MODCONF_COMMANDS; command++)
		for (unsigned at = 0; (line = modconf_next(&conf,
		    (enum modconf_command)command, name, &at));) {
			check_soft(line->rest, "pre:");
			check_soft(line->rest, "post:");
		}
	free(text);
	free(name);
	return 0;
}
