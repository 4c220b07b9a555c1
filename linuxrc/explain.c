/* SPDX-License-Identifier: MIT */
/*
 * explain.c - see explain.h.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "lib/options.h"
#include "lib/text.h"

enum { PLAN_SIZE = 16384 };	/* rootflags= alone may be 4096 bytes */

static void
row(char *plan, const struct boot *b, enum option option, const char *value)
{
	const char *name = options_name(option);
	size_t len = strcspn(name, "=");

	text_add(plan, PLAN_SIZE, "  %-18.*s %s  (%s)\n", (int)len, name,
		value[0] ? value : "-",
		options_origin((enum origin)b->options.origin[option]));
}

static void
seconds(char text[static 16], int s)
{
	if (s == WAIT_FOREVER)
		text_copy(text, 16, "without limit");
	else if (s == NOT_GIVEN)
		text[0] = '\0';
	else
		snprintf(text, 16, "%d s", s);
}

/* What is mounted, from the device up. */
static void
plan_root(char *plan, const struct boot *b)
{
	const struct boot_options *o = &b->options;

	if (b->device.name[0])
		text_add(plan, PLAN_SIZE, "  root device        %s (%u:%u)\n",
			b->device.name, b->device.major, b->device.minor);
	else
		text_add(plan, PLAN_SIZE, "  root source        %s\n",
			b->spec.value);
	if (o->image[0])
		text_add(plan, PLAN_SIZE, "  image in it        %s\n",
			o->image);
	text_add(plan, PLAN_SIZE, "  its file system    %s\n",
		o->rootfstype[0] ? o->rootfstype :
		b->device.fstype[0] && !o->image[0] ? b->device.fstype :
		"tried in turn");
	text_add(plan, PLAN_SIZE, "  mounted            %s%s%s%s\n",
		o->rw && !o->overlay ? "read-write" : "read-only",
		o->rootflags[0] ? ", " : "", o->rootflags,
		o->overlay ? ", below a tmpfs" : "");
}

void
explain_plan(const struct boot *b)
{
	const struct boot_options *o = &b->options;
	static char plan[PLAN_SIZE];
	char text[16];

	text_copy(plan, sizeof plan, "options and where each comes from\n");
	row(plan, b, OPT_ROOT, o->root);
	for (unsigned i = 0; i < o->fallbacks; i++)
		row(plan, b, OPT_ROOTFALLBACK, o->rootfallback[i]);
	row(plan, b, OPT_ROOTFSTYPE, o->rootfstype);
	row(plan, b, OPT_ROOTFLAGS, o->rootflags);
	row(plan, b, OPT_RW, o->rw ? "rw" : "ro");
	row(plan, b, OPT_IMAGE, o->image);
	row(plan, b, OPT_OVERLAY, o->overlay ? "tmpfs" : "");
	row(plan, b, OPT_INIT, o->init);
	seconds(text, o->rootwait_s);
	row(plan, b, OPT_ROOTWAIT, text);
	seconds(text, o->rootdelay_s);
	row(plan, b, OPT_ROOTDELAY, text);
	if (o->resume[0])
		row(plan, b, OPT_RESUME, o->resume);
	if (o->noresume)
		row(plan, b, OPT_NORESUME, "yes");
	text_add(plan, sizeof plan, "plan\n");
	plan_root(plan, b);
	text_add(plan, sizeof plan, "  init               %s\n",
		o->init[0] ? o->init : "the first of /sbin/init, /etc/init, "
		"/bin/init, /bin/sh");
	if (write(1, plan, strlen(plan)) < 0)
		return;
}
