/* SPDX-License-Identifier: MIT */
/*
 * rootspec - the grammar of root= (kernel: init/do_mounts.c and
 * block/early-lookup.c; kernel-parameters.txt), and UUID= and LABEL= as
 * util-linux spells them. Pure.
 */
#ifndef LINUXRC_LIB_ROOTSPEC_H
#define LINUXRC_LIB_ROOTSPEC_H

#include "boot.h"

/*
 * Understand text; fstypes is the list of rootfstype=, or "", as it decides
 * what a word is that is no number. "" gives ROOT_NONE; of ROOT_MTD,
 * ROOT_NODEV and ROOT_OTHER the value is the text itself without /dev/, of a
 * number too. A pair of quotes around a tag and udev's \xHH in
 * /dev/disk/by-... are removed, case is kept. 0, or -1 and one sentence that
 * says which part is wrong: an empty tag, a bad PARTNROFF, a name that no
 * kernel device can have, a number out of range, or a word of no known form
 * (with the forms that there are).
 */
int
rootspec_parse(const char *text, const char *fstypes, struct root_spec *spec,
	struct err *e);

/* What stands before the value of this kind: "UUID=", "/dev/"; "" for the
 * kinds that have nothing there. */
const char *
rootspec_prefix(enum root_kind kind);

/* The number in real-root-dev or behind root= in hexadecimal (0x801 is 8:1):
 * new_decode_dev() and new_encode_dev() of include/linux/kdev_t.h. */
void
rootspec_decode(uint32_t value, unsigned *major, unsigned *minor);
uint32_t
rootspec_encode(unsigned major, unsigned minor);

#endif
