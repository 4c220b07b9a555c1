/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/ipspec: ip= and BOOTIF=.
 */
#include "lib/ipspec.h"

#include "fuzz.h"

static void
check(const struct ipspec *s)
{
	must(has_end(s->host, sizeof(s->host)) &&
		has_end(s->nis_domain, sizeof(s->nis_domain)) &&
		has_end(s->device, sizeof(s->device)) &&
		has_end(s->id, sizeof(s->id)), "all text ends");
	must(s->how <= IPSPEC_OFF, "the protocol is known");
	must(strpbrk(s->host, "'\"\n$` ") == NULL &&
		strpbrk(s->device, "'\"\n/ ") == NULL, "names are clean");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct ipspec list[IPSPEC_MAX];
	char *text = text_of(data, size);
	uint8_t mac[IPSPEC_MAC_SIZE];
	struct err e = { 0, "" };
	int count;

	memset(list, 0xff, sizeof(list));
	count = ipspec_parse(text, list, &e);
	must(count >= -1 && count <= IPSPEC_MAX, "the count is in range");
	must(count >= 0 || e.text[0] != '\0', "a failure has a sentence");
	for (int i = 0; i < count; i++)
		check(&list[i]);
	e.text[0] = '\0';
	if (ipspec_bootif(text, mac, &e) != 0)
		must(e.text[0] != '\0', "so has BOOTIF=");
	free(text);
	return 0;
}
