/* SPDX-License-Identifier: MIT */
/*
 * modprobed - read the files of modprobe.d(5): *.conf of the directories
 * etc/modprobe.d, run/modprobe.d, usr/local/lib/modprobe.d,
 * usr/lib/modprobe.d and lib/modprobe.d, and modules.softdep. As in kmod the
 * first directory that has a name wins it, and all files are taken in the
 * order of their names, wherever they lie.
 */
#ifndef LINUXRC_LIB_MODPROBED_H
#define LINUXRC_LIB_MODPROBED_H

#include "lib/modconf.h"

enum {
	MODPROBED_TEXT_SIZE = 65536,	/* all files with their names; those
					   of a distribution have 10 K */
	MODPROBED_FILES_MAX = 128
};

/*
 * Read them all, below the directories root and modules (the kernel's, with
 * modules.softdep). What is not used is said at once (level 4), and the rest
 * counts. The table stays until the next call.
 */
const struct modconf *
modprobed_read(int root, int modules);

#endif
