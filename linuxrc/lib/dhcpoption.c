/* SPDX-License-Identifier: MIT */
/*
 * dhcpoption.c - see dhcpoption.h.
 */
#include <string.h>

#include "lib/dhcpoption.h"

enum { IN_FILE = 1, IN_SNAME = 2 };	/* bits of option 52 */

/* Step over one option that is whole. False at the end; *value is NULL for
 * padding, and for what is cut short. */
static bool
next(const struct dhcp_place *p, size_t *at, const uint8_t **value,
	bool *is_whole)
{
	size_t left = p->len - *at;
	const uint8_t *option;

	*is_whole = true;
	*value = NULL;
	if (left == 0)
		return false;
	option = p->data + *at;
	if (option[0] == DHCP_OPT_END)
		return false;
	if (option[0] == DHCP_OPT_PAD) {
		++*at;
		return true;
	}
	if (left < 2 || left - 2 < option[1]) {
		*is_whole = false;
		return false;
	}
	*value = option + 2;
	*at += (size_t)option[1] + 2;
	return true;
}

static bool
place_is_whole(const struct dhcp_place *p)
{
	const uint8_t *value;
	size_t at = 0;
	bool whole;

	while (next(p, &at, &value, &whole))
		continue;
	return whole;
}

int
dhcpoption_find(const uint8_t *packet, size_t len, struct dhcp_options *o)
{
	static const uint8_t cookie[] = { 99, 130, 83, 99 };
	uint8_t overload;
	int there;

	memset(o, 0, sizeof *o);
	if (len < DHCP_OPTIONS ||
	    memcmp(packet + DHCP_COOKIE, cookie, sizeof cookie) != 0)
		return 0;
	o->place[0].data = packet + DHCP_OPTIONS;
	o->place[0].len = len - DHCP_OPTIONS;
	if (!place_is_whole(&o->place[0]))
		return -1;
	there = dhcpoption_get(o, DHCP_OPT_OVERLOAD, &overload, 1);
	if (there == -1)
		return 0;
	if (there != 1 || overload < 1 || overload > (IN_FILE | IN_SNAME))
		return -1;
	if (overload & IN_FILE)
		o->place[1] = (struct dhcp_place){ packet + DHCP_FILE,
			DHCP_FILE_SIZE };
	if (overload & IN_SNAME)
		o->place[2] = (struct dhcp_place){ packet + DHCP_SNAME,
			DHCP_SNAME_SIZE };
	return place_is_whole(&o->place[1]) && place_is_whole(&o->place[2]) ?
		0 : -1;
}

int
dhcpoption_get(const struct dhcp_options *o, unsigned char code,
	uint8_t *value, size_t size)
{
	const uint8_t *part;
	size_t len = 0;
	bool found = false, whole;

	for (unsigned i = 0; i < DHCP_PLACES; i++) {
		size_t at = 0;

		if (o->place[i].len == 0)
			continue;
		while (next(&o->place[i], &at, &part, &whole)) {
			if (!part || part[-2] != code)
				continue;
			if (part[-1] > size - len)
				return -2;
			memcpy(value + len, part, part[-1]);
			len += part[-1];
			found = true;
		}
	}
	return found ? (int)len : -1;
}
