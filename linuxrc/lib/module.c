/* SPDX-License-Identifier: MIT */
/*
 * module.c - see module.h. What was loaded or failed is remembered by name
 * (lib/moddone), and so is each name that an alias gives.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lib/log.h"
#include "lib/modbuiltin.h"
#include "lib/moddir.h"
#include "lib/modload.h"
#include "lib/modprobed.h"
#include "lib/module.h"
#include "lib/text.h"

/* One whose soft dependencies are being loaded, and who wanted it. */
struct module_loading {
	const char *name;
	const struct module_loading *for_whom;
};

/* ------------------------------------------------------------- open */

int
module_open(struct module_index *m, const struct module_source *from,
	struct err *e)
{
	/* not the whole of done[]: that would touch nine pages */
	m->dep = m->alias = (struct modmap){ .dir = -1 };
	m->loads = m->done_count = 0;
	m->loading = NULL;
	m->from = *from;
	memcpy(m->rules.words, from->words, sizeof from->words);
	m->rules.conf = NULL;
	m->dir = moddir_open(from->root, from->release, e);
	if (m->dir < 0)
		return -1;
	if (modmap_open(&m->dep, m->dir, MODTEXT_DEP, e) < 0) {
		if (e->code == ENOENT) {
			fail(e, ENOENT, "lib/modules/%s/modules.dep",
				from->release);
			hint(e, "depmod(8) makes it");
		}
		module_close(m);
		return -1;
	}
	if (modmap_open(&m->alias, m->dir, MODTEXT_ALIAS, e) < 0 &&
	    e->code != ENOENT) {
		module_close(m);
		return -1;
	}
	return 0;
}

void
module_close(struct module_index *m)
{
	modmap_close(&m->dep);
	modmap_close(&m->alias);
	if (m->dir >= 0)
		close(m->dir);
	m->dir = -1;
}

/* modprobe.d is not looked for until a module is. */
static const struct modrules *
rules_of(struct module_index *m)
{
	if (!m->rules.conf && m->dir >= 0)
		m->rules.conf = modprobed_read(m->from.root, m->dir);
	return &m->rules;
}

/* ------------------------------------------------------------- load */

static struct piece
whole(const char *text)
{
	return (struct piece){ text, strlen(text) };
}

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

/*
 * What a driver asks the kernel for only when it is used: ext4 its checksum.
 * The kernel would ask modprobe, and an initrd has none. Not all of it needs
 * to work: the checksum for a processor which is not this one never does.
 */
static void
load_soft(struct module_index *m, const char *name, const char *list)
{
	const struct modconf *conf = rules_of(m)->conf;
	const struct modconf_line *line;
	char wanted[MODULE_NAME_SIZE];
	struct piece word;
	struct err ignored;
	unsigned at = 0;

	while ((line = modconf_next(conf, MODCONF_SOFTDEP, name, &at))) {
		struct modconf_soft soft = { whole(line->rest), false };

		while (modconf_soft(&soft, list, &word))
			if (copy_name(wanted, word) == 0)
				module_request(m, wanted, &ignored);
	}
}

static bool
is_loading(const struct module_index *m, const char *name)
{
	const struct module_loading *l = m->loading;

	while (l && strcmp(l->name, name) != 0)
		l = l->for_whom;
	return l != NULL;
}

/* The file of a module whose needs are there. As modload_file(). */
static int
insert(struct module_index *m, struct piece file, const char *name,
	const char *alias, struct err *e)
{
	char params[MODRULE_PARAMS_SIZE], path[MODULE_PATH_SIZE];
	struct modload l = { .dir = m->dir, .path = path, .name = name,
		.params = params, .release = m->from.release,
		.listed = true };
	const struct modrules *rules = rules_of(m);
	int result;

	if (m->done_count == MODULES_MAX)
		return fail(e, 0, "module %s: more than %d modules", name,
			MODULES_MAX);
	if (modrule_allowed(rules, name, e) < 0 ||
	    modrule_params(rules, name, alias, params, e) < 0)
		return -1;
	memcpy(path, file.text, file.len);
	path[file.len] = '\0';
	result = modload_file(&l, e);
	/* what was a module when the image was made may be inside by now */
	return result < 0 && faccessat(m->dir, path, F_OK, 0) < 0 &&
		modbuiltin_name(m->dir, name) ? 1 : result;
}

/*
 * The module whose file modules.dep names so, without what it needs. Of two
 * that are each other's soft dependency the one that is asked for last is
 * loaded first.
 */
static int
load_one(struct module_index *m, struct piece file, const char *alias,
	struct err *e)
{
	static const enum module_state state_of[] = {
		MODULE_FAILED, MODULE_LOADED, MODULE_PRESENT
	};
	struct module_loading self = { .for_whom = m->loading };
	char name[MODULE_NAME_SIZE];
	int result;

	if (modindex_name(file, name, sizeof name) < 0 ||
	    file.len >= MODULE_PATH_SIZE)
		return fail(e, 0, "modules.dep: \"%.*s\" is not a module",
			(int)(file.len < 80 ? file.len : 80), file.text);
	result = moddone_before(m, name, e);
	if (result)
		return result < 0 ? -1 : 0;
	if (!is_loading(m, name)) {
		self.name = name;
		m->loading = &self;
		load_soft(m, name, "pre:");
		m->loading = self.for_whom;
		result = moddone_before(m, name, e);
		if (result)
			return result < 0 ? -1 : 0;
	}
	result = insert(m, file, name, alias, e);
	moddone_record(m, name, state_of[result + 1]);
	if (result < 0)
		return -1;
	load_soft(m, name, "post:");
	return 0;
}

static int
not_there(const char *name, struct err *e)
{
	fail(e, 0, "module %s: not in this image", name);
	e->code = ENOENT;
	return -1;
}

/* As module_load(); alias (or NULL) has led to the module. */
static int
load(struct module_index *m, const char *name, const char *alias,
	struct err *e)
{
	int before = moddone_before(m, name, e);
	struct dep_line line;
	struct piece file;

	if (before)
		return before < 0 ? -1 : 0;
	if (!modmap_dep(&m->dep, name, &line))
		return modbuiltin_name(m->dir, name) ? 0 :
			not_there(name, e);
	while (modindex_last(&line.needs, &file)) {
		if (load_one(m, file, NULL, e) == 0)
			continue;
		moddone_record(m, name, MODULE_FAILED);
		return hint(e, "%s needs it", name);
	}
	return load_one(m, line.path, alias, e);
}

int
module_load(struct module_index *m, const char *name, struct err *e)
{
	return load(m, name, NULL, e);
}

/* What an alias stands for. 1: nothing. */
static int
request_alias(struct module_index *m, const char *alias, struct err *e)
{
	char name[MODULE_NAME_SIZE] = "", why[MODRULE_WHY_SIZE];
	struct module_search search = { 0 };
	int result = 1;
	struct err one;

	while (module_match(m, alias, &search, name)) {
		if (load(m, name, alias, &one) == 0)
			result = 0;
		else if (result > 0)
			result = -1, *e = one;
	}
	/* what was passed over last */
	if (result > 0 && name[0] &&
	    modrule_blacklisted(&m->rules, name, why))
		return fail(e, 0, "module %s: %s", name, why);
	return result;
}

/* The order in which these are asked is kmod's. */
int
module_request(struct module_index *m, const char *word, struct err *e)
{
	const struct modrules *rules = rules_of(m);
	struct dep_line line;
	unsigned at = 0;
	int result = 1;

	if (rules->conf && modconf_next(rules->conf, MODCONF_ALIAS, word, &at))
		result = request_alias(m, word, e);
	else if (modmap_dep(&m->dep, word, &line))
		return load(m, word, NULL, e);
	else if (modrule_allowed(rules, word, e) < 0)
		return -1;
	else
		result = request_alias(m, word, e);
	if (result <= 0)
		return result;
	return modbuiltin_name(m->dir, word) ||
		modbuiltin_alias(m->dir, word) ? 0 : not_there(word, e);
}

/* ----------------------------------------------------------- lookup */

/* A blacklisted module is spoken of once. */
static bool
is_left_out(struct module_index *m, const char *name)
{
	char why[MODRULE_WHY_SIZE];

	if (!modrule_blacklisted(rules_of(m), name, why))
		return false;
	if (!moddone_tried(m, name) &&
	    moddone_record(m, name, MODULE_LEFT_OUT) == 0)
		say(LOG_STEP, "module %s is left out: %s", name, why);
	return true;
}

/* What modprobe.d says of the alias. As module_match(). */
static bool
match_conf(struct module_index *m, const char *modalias,
	struct module_search *search, char name[MODULE_NAME_SIZE])
{
	const struct modconf *conf = rules_of(m)->conf;
	const struct modconf_line *line;

	while (conf && (line = modconf_next(conf, MODCONF_ALIAS, modalias,
	    &search->line))) {
		search->overridden = true;
		/* "off" is how an alias was taken away before kmod */
		if (strcmp(line->rest, "off") != 0 &&
		    text_copy(name, MODULE_NAME_SIZE, line->rest) == 0 &&
		    !is_left_out(m, name))
			return true;
	}
	return false;
}

bool
module_match(struct module_index *m, const char *modalias,
	struct module_search *search, char name[MODULE_NAME_SIZE])
{
	struct piece found;

	if (match_conf(m, modalias, search, name))
		return true;
	while (!search->overridden &&
	    modmap_alias(&m->alias, modalias, &search->alias, &found))
		if (copy_name(name, found) == 0 && !is_left_out(m, name))
			return true;
	return false;
}

bool
module_tried(const struct module_index *m, const char *name)
{
	return moddone_tried(m, name);
}

bool
module_path(struct module_index *m, const char *name, char *path,
	size_t size)
{
	struct dep_line line;

	if (!modmap_dep(&m->dep, name, &line) || line.path.len >= size)
		return false;
	memcpy(path, line.path.text, line.path.len);
	path[line.path.len] = '\0';
	return true;
}

/* The prefixes that this alias, of a module not tried yet, begins with. */
static unsigned
wants(struct module_index *m, struct piece alias, struct piece module,
	const char *const prefix[], unsigned count)
{
	unsigned bits = modindex_begins(alias, prefix, count);
	char name[MODULE_NAME_SIZE];

	return bits && copy_name(name, module) == 0 &&
		!moddone_tried(m, name) ? bits : 0;
}

unsigned
module_wants(struct module_index *m, const char *const prefix[],
	unsigned count)
{
	const struct modconf *conf = rules_of(m)->conf;
	unsigned wanted = 0, all = count < 32 ? (1U << count) - 1 : ~0U;
	struct piece line, module;
	size_t at = 0;

	for (unsigned i = 0; conf && i < conf->count; i++)
		if (conf->line[i].command == MODCONF_ALIAS)
			wanted |= wants(m, whole(conf->line[i].name),
				whole(conf->line[i].rest), prefix, count);
	if (!modmap_is_small(&m->alias))
		return wanted | modmap_begins(&m->alias, prefix, count);
	while (wanted != all && modindex_next(&m->alias.map, &at, &line))
		if (modindex_begins(line, prefix, count) & ~wanted &&
		    modindex_last(&line, &module))
			wanted |= wants(m, line, module, prefix, count);
	return wanted;
}
