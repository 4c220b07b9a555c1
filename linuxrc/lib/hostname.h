/* SPDX-License-Identifier: MIT */
/*
 * hostname - which names from a network or a command line are taken: letters,
 * digits, hyphens, underscores and dots. They come to stand in files that
 * others read, scripts among them. Pure.
 */
#ifndef LINUXRC_LIB_HOSTNAME_H
#define LINUXRC_LIB_HOSTNAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* True when there is at least one character, and each is one of these. */
bool
hostname_is_clean(const char *name);

/*
 * Decode a list of domain names, one behind the other, as RFC 3397 has it for
 * DHCP: labels and compression pointers of RFC 1035, 4.1.4, inside data. To
 * text, with blanks between them; the names that no longer fit into size
 * bytes, or are not clean, are left out. 0; -1 and "" when the data are cut
 * short or a pointer does not lead backwards.
 */
int
hostname_decode(const uint8_t *data, size_t len, char *text, size_t size);

#endif
