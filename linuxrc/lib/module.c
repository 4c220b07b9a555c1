/* SPDX-License-Identifier: MIT */
/*
 * module.c - see module.h. What was loaded or failed is remembered by name, so
 * that nothing is tried twice: a failure costs up to 45 ms, a signature that
 * is checked again 9 million instructions.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lib/modindex.h"
#include "lib/modload.h"
#include "lib/modparam.h"
#include "lib/module.h"
#include "lib/text.h"

enum { SOFT_DEPTH_MAX = 4 };	/* a softdep of a softdep; and two that name
				   each other end somewhere */

/* ------------------------------------------------------------- open */

/* Name in e the release that the image has instead, if it has one. */
static int
fail_release(int root, const char *release, struct err *e)
{
	int fd = openat(root, "lib/modules",
		O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry = NULL;

	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			break;
	if (entry)
		fail(e, 0, "this image has modules of %s, the kernel is %s",
			entry->d_name, release);
	else
		fail(e, ENOENT, "lib/modules/%s", release);
	if (dir)
		closedir(dir);
	return -1;
}

static int
open_release(int root, const char *release)
{
	static const char *const base[] = {
		"lib/modules/", "usr/lib/modules/"
	};
	char path[MODULE_PATH_SIZE];
	int dir = -1;

	for (unsigned i = 0; dir < 0 && i < 2; i++)
		if (text_copy(path, sizeof path, base[i]) == 0 &&
		    text_append(path, sizeof path, release) == 0)
			dir = openat(root, path,
				O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return dir;
}

int
module_open(struct module_index *m, const struct module_source *from,
	struct err *e)
{
	/* not the whole of done[]: that would touch nine pages */
	m->dep = m->alias = m->softdep = (struct file_map){ NULL, 0 };
	m->loads = m->done_count = m->soft_depth = 0;
	m->from = *from;
	m->dir = open_release(from->root, from->release);
	if (m->dir < 0)
		return fail_release(from->root, from->release, e);
	if (file_map(m->dir, "modules.dep", &m->dep, e) < 0) {
		fail(e, e->code, "lib/modules/%s/modules.dep", from->release);
		hint(e, "depmod(8) makes it");
		module_close(m);
		return -1;
	}
	if ((file_map(m->dir, "modules.alias", &m->alias, e) < 0 &&
	    e->code != ENOENT) ||
	    (file_map(m->dir, "modules.softdep", &m->softdep, e) < 0 &&
	    e->code != ENOENT)) {
		module_close(m);
		return -1;
	}
	return 0;
}

void
module_close(struct module_index *m)
{
	file_unmap(&m->dep);
	file_unmap(&m->alias);
	file_unmap(&m->softdep);
	if (m->dir >= 0)
		close(m->dir);
	m->dir = -1;
}

/* ------------------------------------------------------------- load */

static const struct module_done *
find_done(const struct module_index *m, const char *name)
{
	for (unsigned i = 0; i < m->done_count; i++)
		if (text_same_name(m->done[i].name, name))
			return &m->done[i];
	return NULL;
}

/* 1: nothing to do, it is there. -1: it failed before. 0: not tried yet. */
static int
done_before(const struct module_index *m, const char *name, struct err *e)
{
	const struct module_done *done = find_done(m, name);

	if (done && done->state != MODULE_FAILED)
		return 1;
	if (!done && !moddone_has_failed(m->from.failed, name))
		return 0;
	return fail(e, 0, "module %s failed before and is not tried again",
		name);
}

/*
 * A word of modules.softdep: a module, or an alias that several modules may
 * have ("crypto-crc32c"). Not all of them need to work: that for a processor
 * which is not this one never does.
 */
static void
load_wanted(struct module_index *m, struct piece word)
{
	char wanted[MODULE_NAME_SIZE], name[MODULE_NAME_SIZE];
	struct module_search search = { 0 };
	struct dep_line line;
	struct err ignored;

	if (word.len >= sizeof wanted)
		return;
	memcpy(wanted, word.text, word.len);
	wanted[word.len] = '\0';
	if (modindex_dep(&m->dep, wanted, &line)) {
		module_load(m, wanted, &ignored);
		return;
	}
	while (module_match(m, wanted, &search, name))
		module_load(m, name, &ignored);
}

/* What a driver asks the kernel for only when it is used: ext4 its checksum.
 * The kernel would ask modprobe, and an initrd has none. */
static void
load_before(struct module_index *m, const char *name)
{
	struct piece list, word;
	size_t at = 0;

	if (m->soft_depth == SOFT_DEPTH_MAX)
		return;
	m->soft_depth++;
	while (modindex_softdep(&m->softdep, name, &at, &list))
		while (modindex_first(&list, &word))
			load_wanted(m, word);
	m->soft_depth--;
}

/* The module whose file modules.dep names so, without what it needs. */
static int
load_one(struct module_index *m, struct piece file, struct err *e)
{
	static const enum module_state state_of[] = {
		MODULE_FAILED, MODULE_LOADED, MODULE_PRESENT
	};
	char name[MODULE_NAME_SIZE], path[MODULE_PATH_SIZE];
	struct module_done *done;
	int result;

	if (modindex_name(file, name, sizeof name) < 0 ||
	    file.len >= sizeof path)
		return fail(e, 0, "modules.dep: \"%.*s\" is not a module",
			(int)(file.len < 80 ? file.len : 80), file.text);
	result = done_before(m, name, e);
	if (result)
		return result < 0 ? -1 : 0;
	load_before(m, name);
	result = done_before(m, name, e);	/* two that name each other */
	if (result)
		return result < 0 ? -1 : 0;
	if (m->done_count == MODULES_MAX)
		return fail(e, 0, "module %s: more than %d modules", name,
			MODULES_MAX);
	done = &m->done[m->done_count];
	memcpy(path, file.text, file.len);
	path[file.len] = '\0';
	result = modload_file(m->dir, path, name, m->from.words, e);
	memcpy(done->name, name, sizeof name);
	done->state = state_of[result + 1];
	m->done_count++;
	m->loads += done->state == MODULE_LOADED;
	if (result < 0)
		moddone_failed(m->from.failed, name);
	return result < 0 ? -1 : 0;
}

/* A name without a file: well when the kernel has it inside. */
static int
not_a_file(const struct module_index *m, const char *name, struct err *e)
{
	struct file_map builtin;
	bool inside;

	if (m->dir >= 0 &&
	    file_map(m->dir, "modules.builtin", &builtin, e) == 0) {
		inside = modindex_builtin(&builtin, name);
		file_unmap(&builtin);
		if (inside)
			return 0;
	}
	return fail(e, ENOENT, "module %s: not in this image", name);
}

int
module_load(struct module_index *m, const char *name, struct err *e)
{
	int before = done_before(m, name, e);
	struct dep_line line;
	struct piece file;

	if (before)
		return before < 0 ? -1 : 0;
	if (!modindex_dep(&m->dep, name, &line))
		return not_a_file(m, name, e);
	while (modindex_last(&line.needs, &file))
		if (load_one(m, file, e) < 0)
			return hint(e, "%s needs it", name);
	return load_one(m, line.path, e);
}

/* ----------------------------------------------------------- lookup */

/* 0, or -1: it is longer than any module's. */
static int
copy_name(char name[MODULE_NAME_SIZE], struct piece from)
{
	if (from.len >= MODULE_NAME_SIZE)
		return -1;
	memcpy(name, from.text, from.len);
	name[from.len] = '\0';
	return 0;
}

static bool
is_blacklisted(const struct module_index *m, const char *name)
{
	for (unsigned i = 0; i < MODULE_WORDS; i++)
		if (modparam_listed(m->from.words[i], "modprobe.blacklist",
		    name) ||
		    modparam_listed(m->from.words[i], "module_blacklist",
		    name))
			return true;
	return false;
}

bool
module_match(const struct module_index *m, const char *modalias,
	struct module_search *search, char name[MODULE_NAME_SIZE])
{
	struct piece found;

	while (modindex_alias(&m->alias, modalias, &search->at, &found))
		if (copy_name(name, found) == 0 && !is_blacklisted(m, name))
			return true;
	return false;
}

bool
module_tried(const struct module_index *m, const char *name)
{
	return find_done(m, name) || moddone_has_failed(m->from.failed, name);
}

bool
module_path(const struct module_index *m, const char *name, char *path,
	size_t size)
{
	struct dep_line line;

	if (!modindex_dep(&m->dep, name, &line) || line.path.len >= size)
		return false;
	memcpy(path, line.path.text, line.path.len);
	path[line.path.len] = '\0';
	return true;
}

unsigned
module_wants(const struct module_index *m, const char *const prefix[],
	unsigned count)
{
	unsigned wanted = 0, all = count < 32 ? (1U << count) - 1 : ~0U;
	char name[MODULE_NAME_SIZE];
	struct piece line, module;
	size_t at = 0;

	while (wanted != all && modindex_next(&m->alias, &at, &line)) {
		unsigned more = modindex_begins(line, prefix, count) & ~wanted;

		if (more && modindex_last(&line, &module) &&
		    copy_name(name, module) == 0 && !module_tried(m, name))
			wanted |= more;
	}
	return wanted;
}
