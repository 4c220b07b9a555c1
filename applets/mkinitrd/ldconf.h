/* SPDX-License-Identifier: MIT */
/*
 * ldconf - the directories that a loader's configuration names, in their
 * order: what ldconfig(8) would put into its cache.
 */
#ifndef MKINITRD_LDCONF_H
#define MKINITRD_LDCONF_H

struct ldconf {
	char **dir;		/* as written: "/usr/local/lib" */
	unsigned count;
};

/* From the file path of the root open at root: etc/ld.so.conf, or musl's
 * etc/ld-musl-ARCH.path. What is not there says nothing. */
void
ldconf_read(int root, const char *path, struct ldconf *conf);

#endif
