/* SPDX-License-Identifier: MIT */
/*
 * attach - a new mount as mount(8) makes it: the source may be a tag or a
 * regular file, the type is found out, what cannot be written is mounted
 * read-only.
 */
#ifndef LINUXRC_LIB_ATTACH_H
#define LINUXRC_LIB_ATTACH_H

#include <stdbool.h>

#include "lib/blockdev.h"
#include "lib/err.h"
#include "lib/mountwords.h"

/* The device that a tag (LABEL=, UUID=, PARTLABEL=, PARTUUID=) is on, or the
 * source as it is; NULL with the sentence when no device has the tag. Valid
 * until the next call. */
const char *
attach_source(const struct blockdevs *b, const char *source, struct err *e);

/* One mount to be made; the strings stay the caller's. */
struct attach_request {
	const char *source, *dir;
	const char *types;		/* "auto", or a comma list */
	const char *words;		/* as behind -o; for the caller */
};

/*
 * Mount r->source at r->dir, as o says; for types "auto" it is what libblkid
 * sees, else each of /proc/filesystems. A regular file goes on a loop device,
 * which goes away with the mount. 0, and MS_RDONLY in o->flags when it could
 * only be mounted so; -1 with the sentence.
 */
int
attach(const struct blockdevs *b, const struct attach_request *r,
	struct mountwords *o, struct err *e);

#endif
