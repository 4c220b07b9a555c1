// SPDX-License-Identifier: MIT
/*
 * badinit: the ways in which a boot can go wrong, for 00-harness: with
 * badinit=silent on the kernel's command line it powers off without a word,
 * with hang it stays, with exit it ends (and the kernel panics), with half it
 * tells one fact and powers off. badinit=echo repeats on the console what is
 * typed there, until "off".
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "port.h"

static void
half(void)
{
	int port = open_port();

	dprintf(port, "FACT init=/sbin/init pid=1\n");
	close(port);
}

static void
echo(void)
{
	char line[80];

	printf("badinit: say something: ");
	fflush(stdout);
	while (fgets(line, sizeof(line), stdin) != NULL &&
	    strncmp(line, "off", 3) != 0)
		printf("badinit: heard %s", line);
	fflush(stdout);
}

int
main(void)
{
	const char *way = getenv("badinit");

	if (way == NULL || strcmp(way, "exit") == 0)
		return 3;
	if (strcmp(way, "hang") == 0)
		for (;;)
			pause();
	if (strcmp(way, "half") == 0)
		half();
	if (strcmp(way, "echo") == 0)
		echo();
	reboot(RB_AUTOBOOT);
	return 1;
}
