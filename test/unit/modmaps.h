/* SPDX-License-Identifier: MIT */
/*
 * modmaps - a directory for the indexes that a test writes, and the log of who
 * reads them.
 */
#ifndef TEST_MODMAPS_H
#define TEST_MODMAPS_H

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/log.h"
#include "lib/modmap.h"
#include "modset.h"
#include "tree.h"

static int dir;
static struct err e;
static struct modmap m;

static inline int
begin(void **state)
{
	(void)state;
	dir = tree_copy("garbage");
	tree_sh("touch kmsg");
	log_open(dir);
	chance_state = 1;
	return 0;
}

static inline int
end(void **state)
{
	(void)state;
	modmap_close(&m);
	log_open(-1);
	tree_drop(dir);
	return 0;
}

static inline void
put_file(const char *name, const struct bytes *b)
{
	int fd = openat(dir, name, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (fd < 0 || write(fd, b->data, b->size) != (ssize_t)b->size)
		abort();
	close(fd);
}

#endif
