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
#include "lib/buswalk.h"
#include "lib/coldplug.h"
#include "lib/file.h"
#include "lib/fshelper.h"
#include "lib/log.h"
#include "lib/modnear.h"
#include "lib/module.h"
#include "lib/once.h"
#include "lib/text.h"
#include "lib/unbound.h"

enum {
	MODALIAS_SIZE = 2048,	/* UEVENT_BUFFER_SIZE of the kernel: all that
				   an event says of a device */
	DEVICE_PATH_SIZE = BUSWALK_NAME_SIZE + 16	/* NAME/modalias */
};

/* What is large comes last: a page is 3 thousand instructions. */
static struct {
	enum coldplug coldplug;
	bool ready, open;
	bool network;		/* network cards count, too */
	unsigned loads;		/* when the walk began */
	struct buswalk walk;

	bool failed;
	struct err first;	/* failure */
	char modalias[MODALIAS_SIZE];
	struct module_index index;
	struct once seen;
} drivers;

/* Learn which buses some module wants that was not tried yet. */
static void
find_wanted(void)
{
	const char *prefix[COLDPLUG_BUSES];

	for (unsigned i = 0; i < COLDPLUG_BUSES; i++)
		prefix[i] = coldplug_buses[i].prefix;
	drivers.walk.wanted = module_wants(&drivers.index, prefix,
		COLDPLUG_BUSES);
}

static void
begin_walk(void)
{
	buswalk_begin(&drivers.walk);
	if (drivers.loads == drivers.index.loads)
		return;
	drivers.loads = drivers.index.loads;
	/* In an image for one machine most walks end here: with its drivers
	 * loaded no bus is wanted any more (110 thousand instructions). */
	if (modmap_is_small(&drivers.index.alias))
		find_wanted();
}

int
drivers_open(const struct places *at, struct boot *b, struct err *e)
{
	static struct utsname kernel;
	struct module_source from = { .root = at->root,
		.release = kernel.release, .failed = &b->failed_modules,
		.words = { b->options.module_words, b->cmdline, b->typed } };

	/* linuxrc.lock: only what came before it counts */
	if (b->locked != ORIGIN_DEFAULT && b->locked < ORIGIN_CMDLINE)
		from.words[1] = "";
	if (b->locked != ORIGIN_DEFAULT)
		from.words[2] = "";
	/* set here: an initializer would put all of it into the file */
	if (!drivers.ready)
		buswalk_init(&drivers.walk);
	drivers.ready = true;
	if (drivers.open)
		module_close(&drivers.index);
	drivers.seen.count = 0;
	drivers.coldplug = b->options.coldplug;
	drivers.walk.all = drivers.coldplug == COLDPLUG_ALL;
	uname(&kernel);
	drivers.open = module_open(&drivers.index, &from, e) == 0;
	drivers.loads = 0;
	begin_walk();
	find_wanted();
	return drivers.open ? 0 : -1;
}

/* ---------------------------------------------------------- modaliases */

/* Whether this module of a device is for now, for later or for none. */
static enum coldplug_verdict
judge(const char *modalias, enum coldplug_verdict verdict, const char *name)
{
	char path[MODULE_PATH_SIZE];

	if (verdict != COLDPLUG_BY_PATH)
		return verdict;
	if (!module_path(&drivers.index, name, path, sizeof path))
		return COLDPLUG_NOW;
	if (drivers.network && coldplug_network_path(path))
		return COLDPLUG_NOW;
	return text_after(modalias, "usb:") ? COLDPLUG_NO :
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

enum {				/* bits */
	PLUGGED = 1,		/* a module was loaded, or failed */
	PUT_OFF = 2		/* one waits until more than storage is asked
				   for */
};

/*
 * Load what the modalias wants, of the device of this name in the directory
 * dir (NULL: unknown). Returns bits.
 */
static unsigned
plug(const char *modalias, enum drivers_for what, int dir, const char *device)
{
	bool all = drivers.coldplug == COLDPLUG_ALL;
	enum coldplug_verdict now, verdict = all ? COLDPLUG_NOW :
		coldplug_judge(modalias);
	uint64_t hash = once_hash("", modalias);
	char name[MODULE_NAME_SIZE];
	struct module_search search = { 0 };
	unsigned result = 0;

	if (verdict == COLDPLUG_LATER && what == DRIVERS_FOR_STORAGE)
		return PUT_OFF;
	if (verdict == COLDPLUG_NO && drivers.network)
		verdict = coldplug_network(modalias);
	if (verdict == COLDPLUG_NO || once_has(&drivers.seen, hash))
		return 0;
	while (module_match(&drivers.index, modalias, &search, name)) {
		now = module_tried(&drivers.index, name) ? COLDPLUG_NO :
			judge(modalias, verdict, name);
		if (now == COLDPLUG_NO)
			continue;
		if (now == COLDPLUG_LATER && what == DRIVERS_FOR_STORAGE) {
			result |= PUT_OFF;
			continue;
		}
		/* not remembered: its twin may have no driver yet */
		if (!all && is_bound(dir, device))
			return result;
		load(name, modalias);
		result |= PLUGGED;
	}
	if (!(result & PUT_OFF))
		once_add(&drivers.seen, hash);
	return result;
}

/* A device of ACPI is there twice: what it is on the bus platform has its
 * name and its modalias (drivers/acpi/acpi_platform.c). */
static bool
is_second(const char *device)
{
	return strcmp(drivers.walk.bus, "platform") == 0 &&
		once_has(&drivers.seen, once_hash("acpi", device));
}

/*
 * Look at one device of the walk, once for storage and, if it was put off,
 * once more for everything. True when something was loaded or failed.
 */
static bool
look_at(const char *device, enum drivers_for what)
{
	char path[DEVICE_PATH_SIZE] = "";
	uint64_t hash = once_hash(drivers.walk.bus, device);
	int dir = drivers.walk.devices.fd;
	unsigned result;

	if (once_has(&drivers.seen, hash) || is_second(device) ||
	    (what == DRIVERS_FOR_STORAGE &&
	    once_has(&drivers.seen, hash + PUT_OFF)))
		return false;
	if (text_add(path, sizeof path, "%s/modalias", device) < 0 ||
	    file_line(dir, path, drivers.modalias, MODALIAS_SIZE) <= 0) {
		once_add(&drivers.seen, hash);
		return false;
	}
	result = plug(drivers.modalias, what, dir, device);
	once_add(&drivers.seen, result & PUT_OFF ? hash + PUT_OFF : hash);
	return result & PLUGGED;
}

int
drivers_next(const struct places *at, enum drivers_for what, struct err *e)
{
	const char *device;

	if (!drivers.open || drivers.coldplug == COLDPLUG_NONE)
		return 0;
	if (at->sys < 0)
		return fail(e, 0, "without /sys no driver is found by its "
			"device");
	if (drivers.loads != drivers.index.loads)
		begin_walk();
	drivers.walk.storage = what == DRIVERS_FOR_STORAGE;
	while ((device = buswalk_next(&drivers.walk, at->sys)))
		if ((drivers.walk.all ||
		    coldplug_name(drivers.walk.bus, device)) &&
		    look_at(device, what))
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
	do {
		while (drivers_next(at, DRIVERS_FOR_STORAGE, e) > 0)
			continue;
		more = drivers_next(at, DRIVERS_FOR_ALL, e);
	} while (more > 0);
	return more < 0 ? -1 : result(loads, e);
}

int
drivers_network(const struct places *at, struct err *e)
{
	unsigned loads = drivers.index.loads;

	drivers.network = true;
	if (!drivers.open)
		return 0;
	/* what was no matter of ours has been seen and passed over */
	drivers.seen.count = 0;
	drivers.failed = false;
	begin_walk();
	find_wanted();
	while (drivers_next(at, DRIVERS_FOR_STORAGE, e) > 0)
		continue;
	return result(loads, e);
}

int
drivers_event(const struct uevent *u, struct err *e)
{
	unsigned loads = drivers.index.loads;

	if (!drivers.open || drivers.coldplug == COLDPLUG_NONE ||
	    !u->modalias[0] || strcmp(u->action, "add") != 0)
		return 0;
	drivers.failed = false;
	plug(u->modalias, DRIVERS_FOR_ALL, -1, NULL);
	return result(loads, e);
}

int
drivers_filesystem(const char *type, struct err *e)
{
	char alias[MODULE_NAME_SIZE] = "fs-";
	const char *helper;
	struct err ignored;

	if (!drivers.open)
		return fail(e, ENOENT, "file system %s: no modules", type);
	for (unsigned i = 0; (helper = fshelper_next(type, &i)); )
		module_load(&drivers.index, helper, &ignored);
	e->code = ENOENT;
	if (text_append(alias, sizeof alias, type) == 0 &&
	    module_request(&drivers.index, alias, e) == 0)
		return 0;
	/* one that is blacklisted is not to be had by its name either */
	return e->code != ENOENT ? -1 :
		module_load(&drivers.index, type, e);
}

static void
load_named(const char *name)
{
	char near[MODULE_NAME_SIZE];
	struct err e;

	if (module_request(&drivers.index, name, &e) == 0 ||
	    e.code == EALREADY)
		return;
	if (e.code == ENOENT && modnear_find(drivers.index.dir, name, near))
		hint(&e, "the nearest name is %s", near);
	say(LOG_WITHOUT, "linuxrc.modules: %s", e.text);
}

void
drivers_list(const char *list)
{
	char name[MODULE_NAME_SIZE];
	size_t len;

	for (; *list; list += len + (list[len] == ',')) {
		len = strcspn(list, ",");
		name[0] = '\0';
		if (text_add(name, sizeof name, "%.*s", (int)len, list) < 0)
			say(LOG_WITHOUT, "linuxrc.modules: \"%s...\" is no "
				"module's name", name);
		else if (len > 0)
			load_named(name);
	}
}

int
drivers_load(const char *name, struct err *e)
{
	if (!drivers.open)
		return fail(e, ENOENT, "module %s: no modules", name);
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

void
drivers_unbound(const struct places *at, char *text, size_t size)
{
	text[0] = '\0';
	if (drivers.ready)
		unbound_describe(&drivers.index, at->sys, drivers.network,
			text, size);
}
