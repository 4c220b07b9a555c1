/* SPDX-License-Identifier: MIT */
/*
 * optnet.c - see optnet.h.
 */
#include "lib/optnet.h"

#include <string.h>

#include "lib/text.h"

int
optnet_take_ip(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	const struct word *w = &g->word;
	char *lines = o->nfsaddrs;
	size_t used = g->adds ? strlen(lines) : 0;

	(void)k;
	if (memchr(w->value, ' ', w->value_len))
		return fail(e, 0, "has a blank in it");
	if (used + w->value_len + sizeof " off" > NET_SIZE)
		return fail(e, 0, "longer than %d bytes, with all lines before "
			"it", NET_SIZE - 1);
	lines[used] = '\0';
	return text_add(lines, NET_SIZE, "%s%.*s%s", used > 0 ? " " : "",
		(int)w->value_len, w->value, w->value_len == 0 ? "off" : "");
}

int
optnet_take_vlan(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	(void)o, (void)k, (void)g;
	return fail(e, 0, "VLANs are not there yet");
}
