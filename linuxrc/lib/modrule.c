/* SPDX-License-Identifier: MIT */
/*
 * modrule.c - see modrule.h.
 *
 * Deviations from kmod: an install line forbids its module, since no command
 * is run before there is a root, and does so for a module with soft
 * dependencies too; module_blacklist= takes - for _ and counts before the
 * kernel is asked.
 */
#include <stdio.h>
#include <string.h>

#include "lib/modparam.h"
#include "lib/modrule.h"
#include "lib/text.h"

enum { SHOWN_MAX = 100 };	/* bytes of a command in a sentence */

static bool
is_listed(const struct modrules *r, const char *option, const char *name)
{
	for (unsigned i = 0; i < MODRULE_WORDS; i++)
		if (modparam_listed(r->words[i], option, name))
			return true;
	return false;
}

static const struct modconf_line *
first_line(const struct modrules *r, enum modconf_command command,
	const char *name)
{
	unsigned at = 0;

	return r->conf ? modconf_next(r->conf, command, name, &at) : NULL;
}

bool
modrule_blacklisted(const struct modrules *r, const char *name,
	char why[MODRULE_WHY_SIZE])
{
	const struct modconf_line *line = first_line(r, MODCONF_BLACKLIST,
		name);

	if (line)
		snprintf(why, MODRULE_WHY_SIZE, "%s:%u blacklists it",
			line->file, line->number);
	else if (is_listed(r, "modprobe.blacklist", name))
		text_copy(why, MODRULE_WHY_SIZE, "modprobe.blacklist= "
			"names it");
	else if (is_listed(r, "module_blacklist", name))
		text_copy(why, MODRULE_WHY_SIZE, "module_blacklist= names it");
	else
		return false;
	return true;
}

bool
modrule_forbids(const char *command)
{
	size_t len = strcspn(command, " \t;");
	const char *name = command + len;

	while (name > command && name[-1] != '/')
		name--;
	len -= (size_t)(name - command);
	return (len == 4 && memcmp(name, "true", len) == 0) ||
		(len == 5 && memcmp(name, "false", len) == 0) ||
		(len == 1 && *name == ':');
}

int
modrule_allowed(const struct modrules *r, const char *name, struct err *e)
{
	const struct modconf_line *line;

	if (is_listed(r, "module_blacklist", name))
		return fail(e, 0, "module %s: module_blacklist= forbids it",
			name);
	line = first_line(r, MODCONF_INSTALL, name);
	if (!line)
		return 0;
	if (modrule_forbids(line->rest))
		return fail(e, 0, "module %s: %s:%u forbids it (install %.*s)",
			name, line->file, line->number, SHOWN_MAX, line->rest);
	fail(e, 0, "module %s: %s:%u wants a command instead of it (%.*s)",
		name, line->file, line->number, SHOWN_MAX, line->rest);
	return hint(e, "no command is run before there is a root, so leave "
		"that line out of the image");
}

int
modrule_params(const struct modrules *r, const char *name, const char *alias,
	char params[MODRULE_PARAMS_SIZE], struct err *e)
{
	size_t size = MODRULE_PARAMS_SIZE;
	const struct modconf *c = r->conf;
	bool fits = true;

	params[0] = '\0';
	for (unsigned i = 0; c && i < c->count; i++) {
		const struct modconf_line *line = &c->line[i];

		if (line->command == MODCONF_OPTIONS &&
		    (text_same_name(line->name, name) ||
		    (alias && text_same_name(line->name, alias))))
			fits &= text_add(params, size, "%s%s",
				*params ? " " : "", line->rest) == 0;
	}
	for (unsigned i = 0; i < MODRULE_WORDS; i++)
		fits &= modparam_add(r->words[i], name, params, size) == 0;
	return fits ? 0 : fail(e, 0, "module %s: its parameters are longer "
		"than %zu bytes", name, size - 1);
}
