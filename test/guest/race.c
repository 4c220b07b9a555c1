// SPDX-License-Identifier: MIT
/*
 * race: a guest that asks for no time between two calls. It mounts a procfs,
 * writes to real-root-dev at once, reads it back and unmounts the procfs, 500
 * times, at two places in turn; then it tells how often each of them worked.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

enum { ROUNDS = 500 };

static int written, read_back, unmounted;

static void
round_at(const char *dir, int round)
{
	char path[64], text[16], back[16] = "";
	int fd;

	if (mount("proc", dir, "proc", 0, NULL) != 0)
		return;
	snprintf(path, sizeof(path), "%s/sys/kernel/real-root-dev", dir);
	snprintf(text, sizeof(text), "%d\n", round);
	fd = open(path, O_WRONLY | O_TRUNC);
	if (fd >= 0 && write(fd, text, strlen(text)) > 0)
		written++;
	close(fd);
	fd = open(path, O_RDONLY);
	if (fd >= 0 && read(fd, back, sizeof(back) - 1) > 0 &&
	    atoi(back) == round)
		read_back++;
	close(fd);
	unmounted += umount(dir) == 0;
}

int
main(void)
{
	for (int round = 1; round <= ROUNDS; round++)
		round_at(round % 2 ? "/proc" : "/mnt", round);
	printf("written=%d read=%d unmounted=%d\n", written, read_back,
	    unmounted);
	return 0;
}
