/* SPDX-License-Identifier: MIT */
/*
 * tree - a copy of test/unit/trees/NAME that a test may change. Unit tests
 * run at the top of the project.
 */
#ifndef TEST_TREE_H
#define TEST_TREE_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One copy at a time; its path, for fake_below() and for messages. */
static char tree_dir[64];

/* Run a line of shell at the top of the copy. */
static inline void
tree_sh(const char *line)
{
	char command[1152];

	snprintf(command, sizeof command, "cd %s && %s", tree_dir, line);
	if (system(command) != 0) {
		fprintf(stderr, "failed: %s\n", command);
		abort();
	}
}

/* Make an empty one and open it. */
static inline int
tree_new(void)
{
	strcpy(tree_dir, "/tmp/linuxrc-unit.XXXXXX");
	if (!mkdtemp(tree_dir))
		abort();
	return open(tree_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* Copy the tree and open the copy. */
static inline int
tree_copy(const char *name)
{
	char line[128];
	int dir = tree_new();

	snprintf(line, sizeof line, "cp -r \"$OLDPWD\"/test/unit/trees/%s/. .",
		name);
	tree_sh(line);
	return dir;
}

static inline void
tree_drop(int dir)
{
	close(dir);
	tree_sh("rm -rf \"$PWD\"");
}

/* Make a file with this content, and the directories above it. */
static inline void
tree_put(const char *path, const char *text)
{
	char full[512];
	FILE *f;

	snprintf(full, sizeof full, "%s/%s", tree_dir, path);
	for (char *p = full + 1; (p = strchr(p, '/')); *p++ = '/') {
		*p = '\0';
		mkdir(full, 0755);
	}
	f = fopen(full, "w");
	if (!f || fputs(text, f) < 0 || fclose(f) != 0)
		abort();
}

/* A device in /sys with its modalias (and a newline). */
static inline void
tree_device(const char *bus, const char *name, const char *modalias)
{
	char path[256];

	snprintf(path, sizeof path, "sys/bus/%s/devices/%s/modalias", bus,
		name);
	tree_put(path, modalias);
}

/* The kernel has a driver for this device. */
static inline void
tree_bind(const char *bus, const char *name)
{
	char path[256];

	snprintf(path, sizeof path, "sys/bus/%s/devices/%s/driver", bus, name);
	tree_put(path, "");
}

#endif
