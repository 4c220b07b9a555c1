/* SPDX-License-Identifier: MIT */
/*
 * drivers.c - see drivers.h. A read of one sysfs file costs 10 to 20
 * thousand instructions, so only buses that some module wants are looked
 * into, each device is read once and each modalias looked up once.
 *
 * What a driver reveals is found because the walk begins anew after it, with
 * the buses nearest to a disk; a walk that loads nothing is the last. The
 * uevents of the same devices then find everything done.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include "drivers.h"
#include "lib/coldplug.h"
#include "lib/dir.h"
#include "lib/file.h"
#include "lib/log.h"
#include "lib/module.h"
#include "lib/text.h"

enum {
	MODALIAS_SIZE = 2048,	/* UEVENT_BUFFER_SIZE of the kernel: all that
				   an event says of a device */
	SEEN_MAX = 4096,	/* devices and modaliases of one machine; more
				   are only looked at again */
	DEVICE_PATH_SIZE = NAME_SIZE + 16,	/* NAME/modalias */
	SMALL_INDEX = 4096	/* modules.alias of an image for one machine;
				   read through in 4 thousand instructions */
};

/* What is large comes last: a page is 3 thousand instructions. */
static struct {
	enum coldplug coldplug;
	bool ready, open;
	unsigned wanted;	/* coldplug_buses that some module wants */

	/* the walk */
	unsigned bus;		/* next one of coldplug_buses */
	unsigned loads;		/* at its beginning */
	char bus_name[NAME_SIZE];
	struct dir dir;		/* devices of the present bus */
	struct dir buses;	/* /sys/bus, with COLDPLUG_ALL */

	bool failed;
	struct err first;	/* failure */
	char modalias[MODALIAS_SIZE];
	unsigned seen_count;
	struct module_index index;
	uint64_t seen[SEEN_MAX];
} drivers;

/* Learn which buses some module wants that was not tried yet. */
static void
find_wanted(void)
{
	const char *prefix[COLDPLUG_BUSES];

	for (unsigned i = 0; i < COLDPLUG_BUSES; i++)
		prefix[i] = coldplug_buses[i].prefix;
	drivers.wanted = module_wants(&drivers.index, prefix, COLDPLUG_BUSES);
	for (unsigned i = 1; i < COLDPLUG_BUSES; i++)
		if (strcmp(coldplug_buses[i].dir,
		    coldplug_buses[i - 1].dir) == 0 &&
		    drivers.wanted >> i & 1)
			drivers.wanted &= ~(1U << (i - 1));
}

static void
begin_walk(void)
{
	dir_close(&drivers.dir);
	dir_close(&drivers.buses);
	drivers.bus = 0;
	if (drivers.loads == drivers.index.loads)
		return;
	drivers.loads = drivers.index.loads;
	/* In an image for one machine most walks end here: with its drivers
	 * loaded no bus is wanted any more (110 thousand instructions). */
	if (drivers.index.alias.size <= SMALL_INDEX)
		find_wanted();
}

int
drivers_open(const struct places *at, struct boot *b, struct err *e)
{
	static struct utsname kernel;
	struct module_source from = { .root = at->root,
		.release = kernel.release, .words = { b->cmdline, b->typed },
		.failed = &b->failed_modules };

	/* set here: an initializer would put all of it into the file */
	if (!drivers.ready)
		drivers.dir.fd = drivers.buses.fd = -1;
	drivers.ready = true;
	if (drivers.open)
		module_close(&drivers.index);
	drivers.seen_count = 0;
	drivers.coldplug = b->options.coldplug;
	uname(&kernel);
	drivers.open = module_open(&drivers.index, &from, e) == 0;
	drivers.loads = 0;
	begin_walk();
	find_wanted();
	return drivers.open ? 0 : -1;
}

/* ---------------------------------------------------------- modaliases */

/* FNV-1a over two strings: a device (its bus, its name) or a modalias. */
static uint64_t
hash_of(const char *a, const char *b)
{
	uint64_t hash = 0xcbf29ce484222325;

	for (; *a; a++)
		hash = (hash ^ (unsigned char)*a) * 0x100000001b3;
	for (; *b; b++)
		hash = (hash ^ (unsigned char)*b) * 0x100000001b3;
	return hash;
}

static bool
was_seen(uint64_t hash)
{
	for (unsigned i = 0; i < drivers.seen_count; i++)
		if (drivers.seen[i] == hash)
			return true;
	return false;
}

static void
remember(uint64_t hash)
{
	if (drivers.seen_count < SEEN_MAX)
		drivers.seen[drivers.seen_count++] = hash;
}

static bool
is_needed(const char *modalias, enum coldplug_verdict verdict,
	const char *name)
{
	char path[MODULE_PATH_SIZE];

	return verdict == COLDPLUG_YES ||
		!module_path(&drivers.index, name, path, sizeof path) ||
		coldplug_path(modalias, path);
}

/* A bound device has its driver, and another one could not take it. */
static bool
is_bound(int dir, const char *device)
{
	char path[DEVICE_PATH_SIZE] = "";
	struct stat st;

	return device &&
		text_add(path, sizeof path, "%s/driver", device) == 0 &&
		fstatat(dir, path, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

static void
load(const char *name, const char *modalias)
{
	struct err e;

	if (module_load(&drivers.index, name, &e) == 0) {
		say(LOG_DEBUG, "module %s for %s", name, modalias);
		return;
	}
	say(LOG_WITHOUT, "%s", e.text);
	if (!drivers.failed)
		drivers.first = e;
	drivers.failed = true;
}

/*
 * Load what the modalias wants, of the device of this name in the directory
 * dir (NULL: unknown). True when something was loaded or failed.
 */
static bool
plug(const char *modalias, int dir, const char *device)
{
	bool all = drivers.coldplug == COLDPLUG_ALL, did = false;
	enum coldplug_verdict verdict = all ? COLDPLUG_YES :
		coldplug_judge(modalias);
	uint64_t hash = hash_of("", modalias);
	char name[MODULE_NAME_SIZE];
	struct module_search search = { 0 };

	if (verdict == COLDPLUG_NO || was_seen(hash))
		return false;
	while (module_match(&drivers.index, modalias, &search, name)) {
		if (module_tried(&drivers.index, name) ||
		    !is_needed(modalias, verdict, name))
			continue;
		/* not remembered: its twin may have no driver yet */
		if (!all && is_bound(dir, device))
			return did;
		load(name, modalias);
		did = true;
	}
	remember(hash);
	return did;
}

/* --------------------------------------------------------------- walk */

/* The name of the next bus to look into, or NULL after the last. */
static const char *
next_bus(int sys)
{
	const char *name;

	if (drivers.coldplug == COLDPLUG_ALL) {
		if (drivers.buses.fd < 0 &&
		    dir_open(&drivers.buses, sys, "bus") < 0)
			return NULL;
		name = dir_next(&drivers.buses);
		if (!name)
			dir_close(&drivers.buses);
		return name;
	}
	while (drivers.bus < COLDPLUG_BUSES) {
		unsigned i = drivers.bus++;

		if (drivers.wanted >> i & 1)
			return coldplug_buses[i].dir;
	}
	return NULL;
}

/* Open the devices of the next bus that has any. False after the last. */
static bool
open_next_bus(int sys)
{
	char path[DEVICE_PATH_SIZE];
	const char *name;

	while (drivers.dir.fd < 0 && (name = next_bus(sys))) {
		path[0] = '\0';
		if (text_add(path, sizeof path, "bus/%s/devices", name) == 0 &&
		    text_copy(drivers.bus_name, NAME_SIZE, name) == 0)
			dir_open(&drivers.dir, sys, path);
	}
	return drivers.dir.fd >= 0;
}

/* Look at one device, if it was not looked at before. */
static bool
look_at(const char *device)
{
	char path[DEVICE_PATH_SIZE] = "";
	uint64_t hash = hash_of(drivers.bus_name, device);
	int dir = drivers.dir.fd;

	if (was_seen(hash))
		return false;
	remember(hash);
	if (text_add(path, sizeof path, "%s/modalias", device) < 0 ||
	    file_line(dir, path, drivers.modalias, MODALIAS_SIZE) <= 0)
		return false;
	return plug(drivers.modalias, dir, device);
}

/* Up to the next module. False at the end. */
static bool
walk(int sys)
{
	const char *device;

	while (open_next_bus(sys)) {
		while ((device = dir_next(&drivers.dir)))
			if (look_at(device))
				return true;
		dir_close(&drivers.dir);
	}
	return false;
}

int
drivers_next(const struct places *at, struct err *e)
{
	if (!drivers.open || drivers.coldplug == COLDPLUG_NONE)
		return 0;
	if (at->sys < 0)
		return fail(e, 0, "without /sys no driver is found by its "
			"device");
	if (drivers.loads != drivers.index.loads)
		begin_walk();
	if (walk(at->sys))
		return 1;
	begin_walk();
	return 0;
}

/* ---------------------------------------------------------------- calls */

/* The result of a call that began with this many modules. */
static int
result(unsigned loads, struct err *e)
{
	if (!drivers.failed)
		return (int)(drivers.index.loads - loads);
	*e = drivers.first;
	return -1;
}

int
drivers_coldplug(const struct places *at, struct err *e)
{
	unsigned loads = drivers.index.loads;
	int more;

	drivers.failed = false;
	while ((more = drivers_next(at, e)) > 0)
		continue;
	return more < 0 ? -1 : result(loads, e);
}

int
drivers_event(const struct uevent *u, struct err *e)
{
	unsigned loads = drivers.index.loads;

	if (!drivers.open || drivers.coldplug == COLDPLUG_NONE ||
	    !u->modalias[0] || strcmp(u->action, "add") != 0)
		return 0;
	drivers.failed = false;
	plug(u->modalias, -1, NULL);
	return result(loads, e);
}

/*
 * The character tables of FAT's default options (CONFIG_FAT_DEFAULT_*), as
 * far as the image has them. The kernel asks modprobe for them when it
 * mounts, and no index says that they are needed.
 */
static void
load_tables(const char *type)
{
	static const char *const tables[] = { "nls_cp437", "nls_ascii",
		"nls_iso8859_1", "nls_utf8" };
	struct err ignored;

	if (strcmp(type, "vfat") != 0 && strcmp(type, "msdos") != 0)
		return;
	for (unsigned i = 0; i < sizeof tables / sizeof tables[0]; i++)
		module_load(&drivers.index, tables[i], &ignored);
}

int
drivers_filesystem(const char *type, struct err *e)
{
	char alias[MODULE_NAME_SIZE] = "fs-", name[MODULE_NAME_SIZE];
	struct module_search search = { 0 };

	if (!drivers.open)
		return fail(e, ENOENT, "file system %s: no modules", type);
	load_tables(type);
	if (text_append(alias, sizeof alias, type) < 0 ||
	    !module_match(&drivers.index, alias, &search, name))
		return module_load(&drivers.index, type, e);
	return module_load(&drivers.index, name, e);
}

void
drivers_describe(char *text, size_t size)
{
	const char *comma = "";

	text[0] = '\0';
	for (unsigned i = 0; i < drivers.index.done_count; i++) {
		const struct module_done *done = &drivers.index.done[i];

		if (done->state != MODULE_LOADED)
			continue;
		if (strlen(text) + strlen(comma) + strlen(done->name) +
		    sizeof ", ..." > size) {
			text_add(text, size, "%s...", comma);
			return;
		}
		text_add(text, size, "%s%s", comma, done->name);
		comma = ", ";
	}
}
