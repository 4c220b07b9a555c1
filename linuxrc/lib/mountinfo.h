/* SPDX-License-Identifier: MIT */
/*
 * mountinfo - the lines of /proc/self/mountinfo (proc_pid_mountinfo(5), the
 * kernel's Documentation/filesystems/proc.rst section 3.5). Pure.
 */
#ifndef LINUXRC_LIB_MOUNTINFO_H
#define LINUXRC_LIB_MOUNTINFO_H

#include <stdbool.h>

enum { MOUNTINFO_SIZE = 65536 };	/* some 500 mounts */

/* One mount; the strings lie in the text, with \040 and the like decoded. */
struct mountinfo {
	unsigned id, parent;
	unsigned major, minor;		/* st_dev of what is in it */
	const char *root;		/* which directory of its file system */
	const char *dir;		/* where, as this process sees it */
	const char *options;		/* of the mount: "ro,nosuid" */
	const char *type;		/* "ext4", "fuse.sshfs" */
	const char *source;		/* "/dev/vda2", "none" */
	const char *super;		/* options of the file system */
};

/*
 * Split the next line of *text, which is changed, and move *text behind it;
 * lines that are none of mountinfo are passed over. False: no more. Mounts
 * come in the order of mounting: of two on one directory the later covers.
 */
bool
mountinfo_next(char **text, struct mountinfo *m);

#endif
