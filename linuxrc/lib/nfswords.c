/* SPDX-License-Identifier: MIT */
/*
 * nfswords.c - see nfswords.h.
 */
#include <stdio.h>
#include <string.h>

#include "lib/ipaddr.h"
#include "lib/nfswords.h"
#include "lib/text.h"

enum { WORD_SIZE = 64, PORT_MAX = 65535 };

static void
take_number(const char *value, long max, unsigned *number)
{
	long n;

	if (value && text_number(value, 10, 1, max, &n) == 0)
		*number = (unsigned)n;
}

static void
take_way(const char *value, enum nfs_way *way)
{
	if (!value)
		return;
	if (strcmp(value, "tcp") == 0)
		*way = NFS_WAY_TCP;
	else if (strcmp(value, "udp") == 0)
		*way = NFS_WAY_UDP;
	else if (strcmp(value, "rdma") == 0)
		*way = NFS_WAY_RDMA;
}

static void
take_version(const char *word, struct nfswords *w)
{
	const char *v = text_after(word, "vers=");

	if (!v)
		v = text_after(word, "nfsvers=");
	if (!v && word[0] == 'v' && word[1] >= '2' && word[1] <= '4')
		v = word + 1;
	if (v && v[0] >= '2' && v[0] <= '4')
		w->version = (unsigned)(v[0] - '0');
}

static void
take_word(const char *word, struct nfswords *w)
{
	const char *address = text_after(word, "mountaddr=");

	take_version(word, w);
	take_way(word, &w->way);
	take_way(text_after(word, "proto="), &w->way);
	take_way(text_after(word, "mountproto="), &w->mount_way);
	take_number(text_after(word, "port="), PORT_MAX, &w->port);
	take_number(text_after(word, "mountport="), PORT_MAX, &w->mount_port);
	take_number(text_after(word, "mountvers="), 3, &w->mount_version);
	if (address)
		ipaddr_read(address, &w->mount_server);
	w->any_flavour |= text_after(word, "sec=") != NULL;
}

void
nfswords_read(const char *data, struct nfswords *w)
{
	char word[WORD_SIZE];
	size_t len;

	*w = (struct nfswords){ .version = 3 };
	for (; *data; data += len + (data[len] != '\0')) {
		len = strcspn(data, ",");
		snprintf(word, sizeof word, "%.*s", (int)len, data);
		if (len < sizeof word)
			take_word(word, w);
	}
	if (!w->mount_version)
		w->mount_version = w->version == 2 ? 1 : 3;
}

int
nfswords_add(const struct nfswords *w, char *data, size_t size)
{
	int result = 0;

	if (w->port)
		result = text_add(data, size, ",port=%u", w->port);
	if (w->mount_port && result == 0)
		result = text_add(data, size, ",mountport=%u,mountproto=%s",
			w->mount_port, w->mount_way == NFS_WAY_UDP ? "udp" :
			"tcp");
	return result;
}
