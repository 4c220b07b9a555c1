/* SPDX-License-Identifier: MIT */
/*
 * kernel.c - see kernel.h.
 */
#include "host.h"
#include "kernel.h"
#include "modput.h"
#include "modtold.h"
#include "modules.h"
#include "oldimage.h"
#include "release.h"

/* FAT mounts with tables that it asks for by name, which no index has
 * (CONFIG_FAT_DEFAULT_*); linuxrc loads those that are there. */
static void
want_tables(struct modules *m)
{
	static const char *const tables[] = { "nls_cp437", "nls_ascii",
		"nls_iso8859_1", "nls_utf8" };
	const struct kmodule *fat = modules_find(m, "fat");

	for (unsigned i = 0; fat && fat->wanted && i < 4; i++)
		modules_want_if_there(m, tables[i]);
}

static int
want_host(struct modules *m, const struct request *r, struct err *e)
{
	struct places at;

	if (host_open(&at, e) < 0 ||
	    (r->without_signatures && host_enforces(&at, e) < 0) ||
	    host_want_devices(m, &at, e) < 0)
		return -1;
	return host_want_root(m, &at, r->root, e);
}

static int
want(struct modules *m, const struct request *r, struct err *e)
{
	for (unsigned i = 0; i < r->modules.count; i++)
		if (modules_want(m, r->modules.text[i], e) < 0)
			return -1;
	if (r->host && want_host(m, r, e) < 0)
		return -1;
	if (r->compat && oldimage_want(m, r->compat, e) < 0)
		return -1;
	if (r->all)
		modules_want_all(m);
	want_tables(m);
	return 0;
}

int
kernel_put(struct tree *t, const struct request *r, struct err *e)
{
	struct modules m;
	struct release from;

	if (!r->modules.count && !r->host && !r->all && !r->kernel &&
	    !r->modules_dir && !r->compat)
		return 0;
	if (release_find(&from, r->modules_dir, r->kernel, e) < 0 ||
	    modules_open(&m, &from, e) < 0 || modtold_image(&m, t, e) < 0)
		return -1;
	if (r->host)
		modtold_host(&m);
	if (want(&m, r, e) < 0 ||
	    modules_put(&m, r->without_signatures, t, e) < 0)
		return -1;
	return modtold_put(&m, t, e);
}
