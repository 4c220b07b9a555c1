// SPDX-License-Identifier: MIT
/*
 * netfacts.h: what testinit tells about the network, where linuxrc has left
 * word of one.
 */
#ifndef NETFACTS_H
#define NETFACTS_H

#include "facts.h"

/* A fact for each line, from the one with this number on. */
static void
fact_lines(const char *key, const char *path, int from)
{
	char *line, *rest = text;

	slurp_into(text, path[0] == '/' ? AT_FDCWD : proc, path);
	for (int i = 0; (line = strsep(&rest, "\n")) != NULL; i++)
		if (i >= from && *line != '\0')
			FACT("%s=%s\n", key, line);
}

static void
fact_network(void)
{
	if (access("/run/linuxrc/net.conf", R_OK) != 0)
		return;
	fact_lines("netconf", "/run/linuxrc/net.conf", 0);
	fact_lines("resolv", "/run/linuxrc/resolv.conf", 0);
	fact_lines("route", "self/net/route", 1);
	fact_lines("fib", "self/net/fib_trie", 0);
	FACT("hostname=%s\n", slurp(proc, "sys/kernel/hostname"));
	FACT("nisdomain=%s\n", slurp(proc, "sys/kernel/domainname"));
}

#endif
