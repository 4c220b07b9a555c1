/* SPDX-License-Identifier: MIT */
/*
 * modtold.c - see modtold.h. Lines are taken one by one, not whole files: a
 * blacklist of a distribution is longer than the rest of a small image.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/log.h"
#include "lib/modprobed.h"
#include "lib/modrule.h"
#include "lib/text.h"
#include "memory.h"
#include "modtold.h"

/* Where modprobe.d(5) and linuxrc look. */
static const char *const places[] = { "etc/modprobe.d/", "run/modprobe.d/",
	"usr/local/lib/modprobe.d/", "usr/lib/modprobe.d/",
	"lib/modprobe.d/" };

/* ----------------------------------------------------------------- image */

static bool
is_conf(const char *path)
{
	size_t len = strlen(path);

	for (unsigned i = 0; i < sizeof places / sizeof places[0]; i++) {
		const char *name = text_after(path, places[i]);

		if (name && !strchr(name, '/') && len > 5 &&
		    strcmp(path + len - 5, ".conf") == 0)
			return true;
	}
	return false;
}

int
modtold_image(struct modules *m, const struct tree *t, struct err *e)
{
	static struct modconf conf;

	for (unsigned i = 0; i < t->count; i++) {
		const struct node *node = t->node[i];
		struct err ignored;
		char *data, *text;

		if (!S_ISREG(node->mode) || !is_conf(node->path))
			continue;
		data = tree_load(t, node, e);
		if (!data)
			return -1;
		text = memory_get((size_t)node->size + 1, 1);
		memcpy(text, data, (size_t)node->size);
		free(data);
		if (modconf_take(&conf, node->path, text, (size_t)node->size,
		    &ignored) < 0)
			note("%s", ignored.text);
	}
	m->told[0] = &conf;
	return 0;
}

/* ------------------------------------------------------------------ host */

/* The directory above lib/modules, or NULL. */
static char *
system_of(const struct modules *m)
{
	static const char *const below[] = { "/usr/lib/modules",
		"/lib/modules" };
	const char *base = m->from.base;
	size_t len = strlen(base);

	for (unsigned i = 0; i < 2; i++) {
		size_t n = strlen(below[i]);

		if (len >= n && strcmp(base + len - n, below[i]) == 0)
			return memory_text("%.*s/", (int)(len - n), base);
	}
	return NULL;
}

void
modtold_host(struct modules *m)
{
	int root;

	m->system = system_of(m);
	root = m->system ? open(m->system, O_RDONLY | O_DIRECTORY |
		O_CLOEXEC) : -1;
	if (root < 0)
		return;
	log_to_stderr();
	m->told[1] = modprobed_read(root, m->dir);
	close(root);
}

bool
modtold_blacklisted(const struct modules *m, const char *name)
{
	for (unsigned i = 0; i < 2; i++) {
		unsigned at = 0;

		if (m->told[i] && modconf_next(m->told[i], MODCONF_BLACKLIST,
		    name, &at))
			return true;
	}
	return false;
}

/* ------------------------------------------------------------------- put */

/* A module of the image, or an alias of one. */
static bool
is_of_image(const struct modules *m, const char *name)
{
	const struct kmodule *module = modules_find(m, name);
	char text[MODULE_NAME_SIZE];
	struct piece found;
	size_t at = 0;

	if (module)
		return module->wanted;
	while (modindex_alias(&m->alias, name, &at, &found)) {
		snprintf(text, sizeof text, "%.*s", (int)found.len,
			found.text);
		module = modules_find(m, text);
		if (module && module->wanted)
			return true;
	}
	return false;
}

static bool
fits_image(const struct modules *m, const char *pattern)
{
	const struct piece piece = { pattern, strlen(pattern) };

	for (unsigned i = 0; i < m->count; i++)
		if (m->module[i].wanted &&
		    modindex_match(piece, m->module[i].name))
			return true;
	return false;
}

static bool
concerns(const struct modules *m, const struct modconf_line *line)
{
	/* that is an index of the modules, which the image has */
	if (!strchr(line->file, '/'))
		return false;
	if (line->command == MODCONF_ALIAS)
		return is_of_image(m, line->rest);
	if (line->command == MODCONF_INSTALL ||
	    line->command == MODCONF_SOFTDEP)
		return fits_image(m, line->name);
	return is_of_image(m, line->name);
}

static const char *
last_part(const char *path)
{
	return strrchr(path, '/') + 1;
}

static bool
image_has(const struct tree *t, const char *name)
{
	for (unsigned i = 0; i < sizeof places / sizeof places[0]; i++)
		if (tree_find(t, memory_text("%s%s", places[i], name)))
			return true;
	return false;
}

/* As it has to be written, so that it is read the same. */
static char *
line_text(const struct modconf_line *line)
{
	static const char *const command[] = { "alias", "blacklist",
		"install", "options", "softdep" };
	char *text = memory_text("%s %s%s%s", command[line->command],
		line->name, line->rest[0] ? " " : "", line->rest);
	char *twice = memory_get(2 * strlen(text) + 2, 1), *to = twice;

	for (const char *p = text; *p; p++) {
		if (*p == '\\')
			*to++ = '\\';
		*to++ = *p;
	}
	free(text);
	return twice;
}

/* What to write of one line: NULL for nothing. */
static char *
take_line(const struct modules *m, const struct modconf_line *line,
	const struct tree *t)
{
	const char *why = NULL;
	char *text;

	if (!concerns(m, line))
		return NULL;
	text = line_text(line);
	if (line->command == MODCONF_INSTALL && !modrule_forbids(line->rest))
		why = "no command is run before there is a root";
	else if (image_has(t, last_part(line->file)))
		why = "the image has a file of that name";
	note("%s%s:%u is %s the image: %s%s%s", m->system, line->file,
		line->number, why ? "not in" : "in", text, why ? " -- " : "",
		why ? why : "");
	if (!why)
		return text;
	free(text);
	return NULL;
}

static int
put_file(const char *name, const char *text, struct tree *t, struct err *e)
{
	struct node *node = tree_put(t, memory_text("etc/modprobe.d/%s",
		name), S_IFREG | 0644, e);

	return node ? tree_store(t, node, text, strlen(text), e) : -1;
}

int
modtold_put(const struct modules *m, struct tree *t, struct err *e)
{
	const struct modconf *conf = m->told[1];
	const char *all = "";

	/* the lines of one file are together */
	for (unsigned i = 0; conf && i < conf->count; i++) {
		const struct modconf_line *line = &conf->line[i];
		char *text = take_line(m, line, t);

		if (text)
			all = memory_text("%s%s\n", all, text);
		if (all[0] && (i + 1 == conf->count ||
		    conf->line[i + 1].file != line->file)) {
			if (put_file(last_part(line->file), all, t, e) < 0)
				return -1;
			all = "";
		}
	}
	return 0;
}
