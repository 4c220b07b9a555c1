/* SPDX-License-Identifier: MIT */
/*
 * resume.c - see resume.h. kernel/power/hibernate.c: writing MAJOR:MINOR to
 * /sys/power/resume is the one spelling that every kernel takes. The write
 * says nothing about what was found, so the signature is read before it (and
 * after it, when it was there): struct swsusp_header in kernel/power/swap.c.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/blockdev.h"
#include "lib/device.h"
#include "lib/file.h"
#include "lib/log.h"
#include "lib/rootspec.h"
#include "lib/text.h"
#include "resume.h"

static const char SIGNATURE[10] = "S1SUSPEND";	/* HIBERNATE_SIG */

bool
resume_is_asked(const struct boot *b)
{
	return b->options.resume[0] != '\0';
}

int
resume_prepare(const struct boot *b, const struct places *at,
	struct root_spec *spec, struct err *e)
{
	const char *text = b->options.resume;
	struct err why;

	if (faccessat(at->sys, "power/resume", F_OK, 0) < 0)
		return fail(e, errno, "resume=%.160s: this kernel cannot "
			"resume: /sys/power/resume", text);
	if (b->mounted)
		return fail(e, 0, "resume=%.160s: too late, a disk may have "
			"been mounted meanwhile", text);
	/* its sentences are about root= */
	if (rootspec_parse(text, "", spec, &why) < 0)
		return fail(e, 0, "resume=%s", text_after(why.text, "root=") ?
			text_after(why.text, "root=") : why.text);
	if (spec->kind == ROOT_AUTO || !device_can_be(spec->kind))
		return fail(e, 0, "resume=%.160s: no block device is spelt "
			"like this", text);
	return 0;
}

static bool
holds_image(const struct root_device *d, const struct boot_options *o,
	const struct places *at)
{
	const struct blockdevs devices = { at->proc, at->sys, at->dev, true };
	off_t end_of_page = ((off_t)o->resume_offset + 1) *
		sysconf(_SC_PAGESIZE);
	char text[sizeof SIGNATURE];
	int fd = blockdev_open(&devices, d->name);
	bool holds;

	if (fd < 0)
		return false;
	holds = pread(fd, text, sizeof text, end_of_page -
		(off_t)sizeof text) == sizeof text &&
		memcmp(text, SIGNATURE, sizeof text) == 0;
	close(fd);
	return holds;
}

/* Kernels before 4.17 take the page from their own command line only. */
static int
tell_offset(const struct boot_options *o, const struct places *at,
	struct err *e)
{
	char pages[24];

	if (o->origin[OPT_RESUME_OFFSET] == ORIGIN_DEFAULT)
		return 0;
	snprintf(pages, sizeof pages, "%llu",
		(unsigned long long)o->resume_offset);
	if (file_write(at->sys, "power/resume_offset", pages, e) == 0 ||
	    (e->code == ENOENT &&
	     o->origin[OPT_RESUME_OFFSET] == ORIGIN_CMDLINE))
		return 0;
	return hint(e, "give resume_offset= on the kernel command line");
}

/* There was an image, and yet we are here. */
static int
explain(const struct root_device *d, const struct boot_options *o,
	const struct places *at, struct err *e)
{
	char modes[64];

	if (!holds_image(d, o, at)) {
		fail(e, 0, "the kernel could not go on with the suspended "
			"system on %s, and it is lost", d->name);
		return hint(e, "the kernel log says why");
	}
	file_line(at->sys, "power/disk", modes, sizeof modes);
	fail(e, 0, "the kernel did not look at the suspended system on %s, "
		"which stays there", d->name);
	return hint(e, "/sys/power/disk says %s", modes[0] ? modes : "nothing");
}

/* Since 3.10 /linuxrc is one of the kernel's user mode helpers, and those must
 * have ended before processes are frozen: kernel/umh.c. */
static bool
is_helper(const struct boot *b)
{
	return b->contract == CONTRACT_LINUXRC && b->ppid != 1;
}

int
resume_from(const struct root_device *d, const struct boot *b,
	const struct places *at, struct err *e)
{
	const struct boot_options *o = &b->options;
	bool image = holds_image(d, o, at);
	char number[24];

	if (is_helper(b))
		return image;
	if (image)
		say(LOG_STEP, "a suspended system is on %s: going on with it",
			d->name);
	snprintf(number, sizeof number, "%u:%u", d->major, d->minor);
	if (tell_offset(o, at, e) < 0 ||
	    file_write(at->sys, "power/resume", number, e) < 0)
		return -1;
	return image ? explain(d, o, at, e) : 0;
}
