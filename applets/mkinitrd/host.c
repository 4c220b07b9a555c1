/* SPDX-License-Identifier: MIT */
/*
 * host.c - the devices of this machine, see host.h. Whether a device can
 * lead to a root is decided as in linuxrc (lib/coldplug), so that the image
 * has what linuxrc will look for, and no more.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "host.h"
#include "lib/buswalk.h"
#include "lib/coldplug.h"
#include "lib/text.h"
#include "memory.h"
#include "modtold.h"

enum { MODALIAS_SIZE = 2048 };	/* UEVENT_BUFFER_SIZE of the kernel */

int
host_open(struct places *at, struct err *e)
{
	static const char *const path[] = { "/", "/proc", "/sys", "/dev" };
	int *const fd[] = { &at->root, &at->proc, &at->sys, &at->dev };

	for (unsigned i = 0; i < 4; i++) {
		*fd[i] = open(path[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (*fd[i] < 0)
			return fail(e, errno, "--host: %s", path[i]);
	}
	return 0;
}

/* The module, if linuxrc would load it for this alias. */
static void
want_for(struct modules *m, const char *modalias, const char *name)
{
	const struct kmodule *module = modules_find(m, name);
	char path[MODULE_PATH_SIZE];

	if (!module || modtold_blacklisted(m, name))
		return;
	snprintf(path, sizeof path, "%.*s", (int)module->path.len,
		module->path.text);
	if (coldplug_judge(modalias) != COLDPLUG_BY_PATH ||
	    coldplug_path(modalias, path) != COLDPLUG_NO)
		modules_want_if_there(m, name);
}

/* Aliases of modprobe.d go before those of the modules. */
static bool
want_told(struct modules *m, const char *modalias)
{
	const struct modconf_line *line;
	bool any = false;

	for (unsigned i = 0; i < 2; i++) {
		unsigned at = 0;

		while (m->told[i] && (line = modconf_next(m->told[i],
		    MODCONF_ALIAS, modalias, &at))) {
			want_for(m, modalias, line->rest);
			any = true;
		}
	}
	return any;
}

/* Those modules for the alias that can lead to a root. */
static void
want_alias(struct modules *m, const char *modalias)
{
	char name[MODULE_NAME_SIZE];
	struct piece found;
	size_t at = 0;

	if (coldplug_judge(modalias) == COLDPLUG_NO ||
	    want_told(m, modalias))
		return;
	while (modindex_alias(&m->alias, modalias, &at, &found)) {
		snprintf(name, sizeof name, "%.*s", (int)found.len,
			found.text);
		want_for(m, modalias, name);
	}
}

int
host_want_devices(struct modules *m, const struct places *at, struct err *e)
{
	static char modalias[MODALIAS_SIZE];
	char path[BUSWALK_NAME_SIZE + 16];
	struct buswalk walk;
	const char *device;
	unsigned count = 0;

	buswalk_init(&walk);
	walk.all = true;
	buswalk_begin(&walk);
	while ((device = buswalk_next(&walk, at->sys))) {
		count++;
		snprintf(path, sizeof path, "%s/modalias", device);
		if (file_line(walk.devices.fd, path, modalias,
		    sizeof modalias) > 0)
			want_alias(m, modalias);
	}
	return count > 0 ? 0 : fail(e, 0, "--host: no device is in /sys/bus: "
		"is /sys mounted?");
}

/* ------------------------------------------------------------ signatures */

int
host_enforces(const struct places *at, struct err *e)
{
	char text[256];

	if (file_line(at->sys, "module/module/parameters/sig_enforce", text,
	    sizeof text) > 0 && text[0] == 'Y')
		return fail(e, 0, "--unsigned with --host: this machine's "
			"kernel takes no module without its signature "
			"(module.sig_enforce)");
	if (file_line(at->sys, "kernel/security/lockdown", text,
	    sizeof text) > 0 && !strstr(text, "[none]"))
		return fail(e, 0, "--unsigned with --host: this machine's "
			"kernel takes no module without its signature "
			"(lockdown: %s)", text);
	return 0;
}
