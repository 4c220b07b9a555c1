/* SPDX-License-Identifier: MIT */
/*
 * once - what has been done already, by the hash of its name: devices that
 * were looked at, modaliases that were looked up. Two with one hash (of 64
 * bits) are not told apart.
 */
#ifndef LINUXRC_LIB_ONCE_H
#define LINUXRC_LIB_ONCE_H

#include <stdbool.h>
#include <stdint.h>

enum { ONCE_MAX = 4096 };	/* devices and modaliases of one machine; more
				   are only done again */

struct once {
	unsigned count;		/* 0: empty */
	uint64_t hash[ONCE_MAX];
};

/* Of two strings, one behind the other. */
uint64_t
once_hash(const char *a, const char *b);

bool
once_has(const struct once *o, uint64_t hash);
void
once_add(struct once *o, uint64_t hash);

#endif
