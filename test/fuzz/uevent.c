/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/uevent: of whatever comes over the socket, every string
 * ends inside the text, or there is no event.
 */
#include "lib/uevent.h"

#include "fuzz.h"

static struct uevent u;

static void
check(const char *s)
{
	if (s[0] == '\0')
		return;
	must(s > u.text && s < u.text + sizeof(u.text),
		"the string lies in the text");
	must(has_end(s, (size_t)(u.text + sizeof(u.text) - s)),
		"the string ends in it");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	memset(u.text, 'x', sizeof(u.text));
	memcpy(u.text, data, size < sizeof(u.text) ? size : sizeof(u.text));
	if (uevent_parse(&u, size) < 0) {
		must(u.action[0] == '\0' && u.devname[0] == '\0',
			"what is no event says nothing");
		return 0;
	}
	must(size <= UEVENT_SIZE, "an event fits");
	check(u.action);
	check(u.subsystem);
	check(u.devname);
	check(u.devtype);
	check(u.modalias);
	must(u.major <= 0xfffff && u.minor <= 0xfffff, "numbers are devices'");
	return 0;
}
