/* SPDX-License-Identifier: MIT */
/*
 * mountwords - the words behind -o of mount(8) that lib/mountopt does not
 * know, since no root can have them: another operation than a new mount, and
 * what concerns the loop device. Pure.
 */
#ifndef LINUXRC_LIB_MOUNTWORDS_H
#define LINUXRC_LIB_MOUNTWORDS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/mount.h>

#include "lib/err.h"

enum { MOUNTWORDS_SIZE = 4096 };	/* mount(2) copies one page of data */

/* How mounts propagate (mount_namespaces(7)). */
#define MOUNTWORDS_PROPAGATION \
	(MS_SHARED | MS_SLAVE | MS_PRIVATE | MS_UNBINDABLE)

struct mountwords {
	unsigned long operation;	/* MS_REMOUNT, MS_BIND, MS_MOVE, MS_REC
					   and those above; 0: a new mount */
	unsigned long flags;		/* of the mount itself */
	bool loop;
	uint64_t offset, size;		/* bytes, of the loop device */
	char data[MOUNTWORDS_SIZE];	/* for the file system */
};

/* Split a comma list; 0, or -1: a number that is none, or too long. */
int
mountwords_parse(const char *words, struct mountwords *o, struct err *e);

/* True when the list has the word. */
bool
mountwords_has(const char *words, const char *word);

/* True when they change how mounts propagate, and nothing else. */
bool
mountwords_propagation(const char *words);

#endif
