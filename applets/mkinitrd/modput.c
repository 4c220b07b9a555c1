/* SPDX-License-Identifier: MIT */
/*
 * modput.c - see modput.h. Each file is opened once. One that is plain and
 * stays as it is is not copied: its bytes go to the image when that is
 * written.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "firmware.h"
#include "lib/text.h"
#include "memory.h"
#include "modbatch.h"
#include "modfile.h"
#include "modput.h"
#include "rows.h"

/* A text that grows. */
struct text {
	char *data;
	size_t len, room;
};

static void
add_text(struct text *t, const char *data, size_t len)
{
	if (len > t->room - t->len) {
		t->room = (t->room + len) * 2;
		t->data = memory_more(t->data, t->room, 1);
	}
	memcpy(t->data + t->len, data, len);
	t->len += len;
}

/* How long the path is without .gz, .xz or .zst. */
static size_t
plain_length(struct piece path)
{
	size_t i = path.len;

	while (i > 0 && path.text[i - 1] != '.' && path.text[i - 1] != '/')
		i--;
	return i > 3 && memcmp(path.text + i - 4, ".ko.", 4) == 0 ? i - 1 :
		path.len;
}

/* The name of a file of the index, or of a module, in the image. */
static char *
image_path(const struct modules *m, const char *path, size_t len)
{
	return memory_text("lib/modules/%s/%.*s", m->from.version, (int)len,
		path);
}

/* ---------------------------------------------------------------- files */

static int
put_file(const struct modules *m, const struct kmodule *module, bool cut,
	struct tree *t, struct err *e)
{
	struct node *node = tree_put(t, image_path(m, module->path.text,
		plain_length(module->path)), S_IFREG | 0644, e);
	const char *file = modules_file(m, module), *name;
	struct modfile f;
	size_t size, at = 0;
	int result;

	if (!node || modfile_open(&f, file, e) < 0)
		return -1;
	size = f.map.size - (cut ? modfile_signature(f.map.data, f.map.size) :
		0);
	if (f.packed) {
		result = tree_store(t, node, f.map.data, size, e);
	} else {
		result = tree_source(node, file, e);
		node->size = size;
	}
	while (result == 0 && (name = modfile_info(&f, "firmware", &at)))
		result = firmware_put(&m->from, module->name, name, t, e);
	modfile_close(&f);
	return result;
}

/* ----------------------------------------------------------------- rows */

static int
put_index(const struct modules *m, const char *name, const struct text *text,
	struct tree *t, struct err *e)
{
	struct node *node;

	if (text->len == 0)
		return 0;
	node = tree_put(t, image_path(m, name, strlen(name)), S_IFREG | 0644,
		e);
	return node ? tree_store(t, node, text->data, text->len, e) : -1;
}

static void
add_dep(struct text *text, const struct kmodule *module)
{
	struct piece needs = module->needs, path;

	add_text(text, module->path.text, plain_length(module->path));
	add_text(text, ":", 1);
	while (modindex_first(&needs, &path)) {
		add_text(text, " ", 1);
		add_text(text, path.text, plain_length(path));
	}
	add_text(text, "\n", 1);
}

static bool
is_wanted(const struct modules *m, struct piece name)
{
	const struct kmodule *module;
	char text[MODULE_NAME_SIZE];

	if (name.len >= sizeof text)
		return false;
	memcpy(text, name.text, name.len);
	text[name.len] = '\0';
	module = modules_find(m, text);
	return module && module->wanted;
}

/* The lines of map that have this keyword and are about a wanted module,
 * whose name is the first word behind it or the last of the line. */
static void
add_lines(struct text *text, const struct modules *m,
	const struct file_map *map, const char *keyword)
{
	bool last = strcmp(keyword, "alias") == 0;
	struct piece line, name, rest;
	size_t at = 0;

	while (modindex_line(map, &at, &line))
		if (rows_head(line, keyword, &name, &rest) &&
		    (!last || modindex_last(&rest, &name)) &&
		    is_wanted(m, name)) {
			add_text(text, line.text, line.len);
			add_text(text, "\n", 1);
		}
}

static bool
is_inside(const struct modules *m, struct piece path)
{
	char name[MODULE_NAME_SIZE];

	if (modindex_name(path, name, sizeof name) < 0)
		return false;
	for (unsigned i = 0; i < m->inside_count; i++)
		if (text_same_name(m->inside[i], name))
			return true;
	return false;
}

static void
add_inside(struct text *text, const struct modules *m)
{
	struct piece line;
	size_t at = 0;

	while (modindex_line(&m->builtin, &at, &line))
		if (is_inside(m, line)) {
			add_text(text, line.text, line.len);
			add_text(text, "\n", 1);
		}
}

static int
put_indexes(const struct modules *m, struct tree *t, struct err *e)
{
	struct text dep = { NULL, 0, 0 }, alias = dep, softdep = dep,
		builtin = dep;

	for (unsigned i = 0; i < m->count; i++)
		if (m->module[i].wanted)
			add_dep(&dep, &m->module[i]);
	add_lines(&alias, m, &m->alias, "alias");
	add_lines(&softdep, m, &m->softdep, "softdep");
	add_inside(&builtin, m);
	if (put_index(m, "modules.dep", &dep, t, e) < 0 ||
	    put_index(m, "modules.alias", &alias, t, e) < 0 ||
	    put_index(m, "modules.softdep", &softdep, t, e) < 0)
		return -1;
	return put_index(m, "modules.builtin", &builtin, t, e);
}

/* What will be opened, in this order. */
static void
plan(const struct modules *m)
{
	char **file = memory_get(m->count, sizeof *file);
	unsigned count = 0;

	for (unsigned i = 0; i < m->count; i++)
		if (m->module[i].wanted)
			file[count++] = modules_file(m, &m->module[i]);
	modbatch_plan(file, count);
}

int
modules_put(const struct modules *m, bool cut, struct tree *t,
	struct err *e)
{
	plan(m);
	for (unsigned i = 0; i < m->count; i++)
		if (m->module[i].wanted &&
		    put_file(m, &m->module[i], cut, t, e) < 0)
			return -1;
	firmware_report();
	return put_indexes(m, t, e);
}
