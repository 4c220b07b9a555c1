/* SPDX-License-Identifier: MIT */
/*
 * buswalk.c - see buswalk.h. As Documentation/filesystems/sysfs.rst says,
 * bus/NAME/devices holds a link for each device.
 */
#include <string.h>

#include "lib/buswalk.h"
#include "lib/coldplug.h"
#include "lib/text.h"

void
buswalk_init(struct buswalk *w)
{
	w->devices.fd = w->buses.fd = -1;
}

void
buswalk_begin(struct buswalk *w)
{
	dir_close(&w->devices);
	dir_close(&w->buses);
	w->next = 0;
}

/* A bus whose devices have modaliases of two kinds stands twice. */
static bool
is_second(unsigned i)
{
	return i > 0 && strcmp(coldplug_buses[i].dir,
		coldplug_buses[i - 1].dir) == 0;
}

/* The name of the next bus to look into, or NULL after the last. */
static const char *
next_bus(struct buswalk *w, int sys)
{
	const char *name;

	if (w->all) {
		if (w->buses.fd < 0 && dir_open(&w->buses, sys, "bus") < 0)
			return NULL;
		name = dir_next(&w->buses);
		if (!name)
			dir_close(&w->buses);
		return name;
	}
	while (w->next < COLDPLUG_BUSES) {
		unsigned i = w->next++;

		if (w->wanted >> i & 1 &&
		    !(w->storage && coldplug_buses[i].later) &&
		    !(is_second(i) && w->wanted >> (i - 1) & 1))
			return coldplug_buses[i].dir;
	}
	return NULL;
}

/* Open the devices of the next bus that has any. False after the last. */
static bool
open_next_bus(struct buswalk *w, int sys)
{
	char path[BUSWALK_NAME_SIZE + 16];
	const char *name;

	while (w->devices.fd < 0 && (name = next_bus(w, sys))) {
		path[0] = '\0';
		if (text_add(path, sizeof path, "bus/%s/devices", name) == 0 &&
		    text_copy(w->bus, sizeof w->bus, name) == 0)
			dir_open(&w->devices, sys, path);
	}
	return w->devices.fd >= 0;
}

const char *
buswalk_next(struct buswalk *w, int sys)
{
	const char *device;

	while (open_next_bus(w, sys)) {
		device = dir_next(&w->devices);
		if (device)
			return device;
		dir_close(&w->devices);
	}
	return NULL;
}
