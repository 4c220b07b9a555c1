/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/nfsroot: the same text as nfsroot=, as root= and as what
 * a lease says; and of lib/nfswords: what then is in the data of mount(2).
 */
#include "lib/nfsroot.h"
#include "lib/nfswords.h"

#include "fuzz.h"

static void
check_words(const char *data)
{
	struct nfswords w;

	nfswords_read(data, &w);
	must(w.version >= 2 && w.version <= 4, "it is of some version");
	must(w.port <= 65535 && w.mount_port <= 65535 &&
		w.mount_version >= 1 && w.mount_version <= 3,
		"numbers have their limits");
}

static void
check(const struct nfsroot *n)
{
	char data[512];
	unsigned i = 0;

	must(has_end(n->path, sizeof(n->path)) &&
		has_end(n->options, sizeof(n->options)) &&
		has_end(n->version, sizeof(n->version)), "all text ends");
	must(n->path[0] == '/', "the path begins at /");
	must(n->server != 0, "there is a server");
	for (; nfsroot_version(n, i); i++) {
		must(nfsroot_data(n, nfsroot_version(n, i), 1, data,
			sizeof(data)) == 0, "the data fit");
		check_words(data);
	}
	must(i >= 1 && i <= NFSROOT_VERSIONS, "there is a version to try");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct nfsroot n;
	char *text = text_of(data, size);
	struct err e = { 0, "" };

	for (int i = 0; i < 3; i++) {
		const struct nfsroot_said said = { .server = 1,
			.lease = i == 0 ? text : "",
			.nfsroot = i == 1 ? text : "",
			.root = i == 2 ? text : "", .host = "box" };

		e.text[0] = '\0';
		if (nfsroot_parse(&said, &n, &e) == 0)
			check(&n);
		else
			must(e.text[0] != '\0', "a failure has a sentence");
	}
	free(text);
	return 0;
}
