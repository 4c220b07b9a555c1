/* SPDX-License-Identifier: MIT */
/*
 * fstab - what a system's own fstab(5) says its root is, and whether that is
 * the device on which it was found. Pure.
 */
#ifndef LINUXRC_LIB_FSTAB_H
#define LINUXRC_LIB_FSTAB_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Copy the first field of the line whose second field is "/" to spec (size
 * bytes): "UUID=...", "/dev/sda2", with \040 and its like made blanks again.
 * Of several such lines the last one counts, as it would be mounted over the
 * others. 0, or -1: there is none, or it does not fit; then spec is "".
 */
int
fstab_root(const char *text, char *spec, size_t size);

/* One line; the strings lie in the text. */
struct fstab_line {
	char *source, *dir, *types, *words;	/* words: "defaults,noauto" */
};

/*
 * Split the next line of *text, which is changed, and move *text behind it;
 * comments and lines without three fields are passed over. False: no more.
 */
bool
fstab_next(char **text, struct fstab_line *line);

enum fstab_says {
	FSTAB_NOTHING,		/* there is no spec */
	FSTAB_AGREES,		/* it names this device */
	FSTAB_OTHER,		/* it names another one */
	FSTAB_UNSURE		/* a link, a mapper name, a tag not known */
};

/* What is known of a device; "" where nothing is. */
struct fstab_device {
	const char *name;	/* the kernel's */
	const char *uuid, *label, *partuuid;
};

/* Does the field that fstab_root() found name this device? */
enum fstab_says
fstab_names(const char *spec, const struct fstab_device *device);

#endif
