/* SPDX-License-Identifier: MIT */
/*
 * modlist.c - see modlist.h. What a module says of itself stands in its section
 * .modinfo, "KEY=VALUE" strings that end in NUL (MODULE_INFO() of the kernel).
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/gz.h"
#include "lib/modindex.h"
#include "lib/text.h"
#include "modlist.h"

enum { MODULE_LIMIT = 32 << 20, LOADED_SIZE = 65536 };

/* "virtio_blk 20480 1 - Live 0x0": is it the name of some line? */
static bool
is_loaded(const char *modules, const char *name)
{
	size_t len = strlen(name);

	for (; *modules; modules += *modules == '\n') {
		if (strncmp(modules, name, len) == 0 && modules[len] == ' ')
			return true;
		modules += strcspn(modules, "\n");
	}
	return false;
}

static void
add(struct modlist *l, struct piece line, const char *modules,
	const struct module_failures *failed)
{
	const char *colon = memchr(line.text, ':', line.len);
	struct modlist_entry *m = &l->entry[l->count];
	struct piece path = { line.text, colon ?
		(size_t)(colon - line.text) : 0 };

	if (path.len == 0 || path.len >= sizeof m->path ||
	    modindex_name(path, m->name, sizeof m->name) < 0)
		return;
	memcpy(m->path, path.text, path.len);
	m->path[path.len] = '\0';
	m->what[0] = '\0';
	m->loaded = is_loaded(modules, m->name);
	m->failed = !m->loaded && moddone_has_failed(failed, m->name);
	l->count++;
}

int
modlist_open(struct modlist *l, const struct places *at,
	const struct module_failures *failed, struct err *e)
{
	static char modules[LOADED_SIZE];
	struct err ignored;
	struct utsname kernel;
	char path[NAME_SIZE];
	struct file_map dep;
	struct piece line;
	size_t where = 0;

	l->count = 0;
	uname(&kernel);
	snprintf(path, sizeof path, "lib/modules/%s", kernel.release);
	l->dir = openat(at->root, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (l->dir < 0 || file_map(l->dir, "modules.dep", &dep, e) < 0)
		return fail(e, 0, "there are no modules of Linux %s in this "
			"image", kernel.release);
	if (at->proc < 0 || file_read(at->proc, "modules", modules,
	    sizeof modules, &ignored) < 0)
		modules[0] = '\0';
	while (l->count < MODLIST_MAX && modindex_line(&dep, &where, &line))
		add(l, line, modules, failed);
	file_unmap(&dep);
	for (unsigned i = 0; l->count <= MODLIST_READ && i < l->count; i++)
		modlist_describe(l, &l->entry[i]);
	return 0;
}

void
modlist_close(struct modlist *l)
{
	if (l->dir >= 0)
		close(l->dir);
	l->dir = -1;
}

/* ------------------------------------------------------------- .modinfo */

/* The next string that begins with the key ("parm="), from *at on. */
static const char *
next_string(const struct file_map *m, const char *key, size_t *at)
{
	size_t len = strlen(key);

	while (*at + len + 1 < m->size) {
		const char *from = m->data + *at, *p;

		p = memmem(from, m->size - *at, key, len);
		if (!p)
			return NULL;
		*at = (size_t)(p - m->data) + len;
		if (p > m->data && p[-1] == '\0' && memchr(p, '\0',
		    m->size - (size_t)(p - m->data)))
			return p + len;
	}
	return NULL;
}

static void
copy_words(const struct file_map *m, const char *key, char *text, size_t size)
{
	char line[NAME_SIZE];
	const char *found;
	size_t at = 0;

	text[0] = '\0';
	while ((found = next_string(m, key, &at))) {
		text_clean(line, sizeof line, found);
		if (text_add(text, size, "%s%s", text[0] ? "\n" : "",
		    line) < 0)
			return;
	}
}

/* The strings behind key in the module's file. */
static void
read_words(const struct modlist *l, const char *path, const char *key,
	char *text, size_t size)
{
	size_t len = strlen(path);
	struct gz_data inflated;
	struct file_map m, file;
	struct err ignored;

	text[0] = '\0';
	if (file_map(l->dir, path, &file, &ignored) < 0)
		return;
	if (len > 3 && strcmp(path + len - 3, ".ko") == 0) {
		copy_words(&file, key, text, size);
	} else if (len > 3 && strcmp(path + len - 3, ".gz") == 0 &&
	    gz_inflate(file.data, file.size, MODULE_LIMIT, &inflated,
	    &ignored) == 0) {
		m = (struct file_map){ inflated.data, inflated.size };
		copy_words(&m, key, text, size);
		gz_free(&inflated);
	}
	file_unmap(&file);
}

void
modlist_describe(const struct modlist *l, struct modlist_entry *m)
{
	read_words(l, m->path, "description=", m->what, sizeof m->what);
	m->what[strcspn(m->what, "\n")] = '\0';
}

void
modlist_parameters(const struct modlist *l, const struct modlist_entry *m,
	char *text, size_t size)
{
	read_words(l, m->path, "parm=", text, size);
}
