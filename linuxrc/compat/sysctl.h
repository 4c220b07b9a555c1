/* SPDX-License-Identifier: MIT */
/*
 * sysctl - a /proc/sys/kernel with real-root-dev, nfs-root-name and
 * nfs-root-addrs for kernels that lost them: a tmpfs with these files, with
 * the kernel's own directory in it as .real, and with a link to each entry of
 * that. A real-root-dev that the kernel has is such an entry. It is put over
 * sys/kernel of each procfs that the guest has mounted; each is a file system
 * of its own, so that one put there before would be hidden by the guest's
 * mount. compat/trace.c says when to look.
 */
#ifndef LINUXRC_COMPAT_SYSCTL_H
#define LINUXRC_COMPAT_SYSCTL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "compat/number.h"
#include "lib/err.h"

struct sysctl {
	int proc;		/* a procfs of ours, outside the guest */
	const char *below;	/* the guest's root directory */
	uint64_t dev;		/* st_dev of the tmpfs; 0: there is none */
	uint32_t preset;	/* what real-root-dev holds at first */
	bool has_number;	/* real-root-dev is the kernel's: number is
				   not used */
	struct number number;	/* real-root-dev */
	int name, addrs;	/* the other two files, open */
};

/* Make it, at /initrd-sysctl; what stands before number is filled in, but for
 * dev. 0 or -1. */
int
sysctl_make(struct sysctl *s, struct err *e);

/* Put it over each procfs below the guest's root that has none yet. */
void
sysctl_cover(const struct sysctl *s);

/* Take it from the procfs whose root directory is open at fd, if that is one:
 * it cannot be unmounted while something is mounted in it. */
void
sysctl_uncover(const struct sysctl *s, int fd);

/* The first line of one of the files, "" when nothing was written. */
void
sysctl_line(int file, char *text, size_t size);

/* Take it from every procfs, and away. */
void
sysctl_end(struct sysctl *s);

#endif
