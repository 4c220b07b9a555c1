/* SPDX-License-Identifier: MIT */
/*
 * ipspec.c - see ipspec.h. "The kernel" is net/ipv4/ipconfig.c.
 */
#include <stddef.h>
#include <string.h>

#include "lib/hostname.h"
#include "lib/ipaddr.h"
#include "lib/ipspec.h"
#include "lib/text.h"

enum {
	LINE_SIZE = 512,	/* ten fields, the longest of them an id */
	FIELDS = 10,		/* what follows is ignored, as by the kernel */
	SHOWN = 80		/* characters of a word in a sentence */
};

enum field {
	CLIENT, SERVER, GATEWAY, NETMASK, HOST, DEVICE, AUTOCONF, DNS0, DNS1,
	NTP0
};

static bool
is_one_of(const char *word, const char *const list[])
{
	for (; *list; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

/* dhcp,TYPE,ID; without the second comma there is no identifier. */
static int
take_id(struct ipspec *s, const char *word, struct err *e)
{
	const char *type = text_after(word, "dhcp,");
	const char *id = type ? strchr(type, ',') : NULL;
	char digits[8] = "";
	long number;

	if (!id)
		return 0;
	if (text_add(digits, sizeof digits, "%.*s", (int)(id - type), type) < 0
	    || text_number(digits, 0, 0, 255, &number) < 0)
		return fail(e, 0, "ip=%.*s: the type of a client identifier "
			"is a number from 0 to 255", SHOWN, word);
	s->id_type = (unsigned char)number;
	if (text_copy(s->id, sizeof s->id, id + 1) < 0)
		return fail(e, 0, "ip=dhcp: the client identifier is longer "
			"than %zu bytes", sizeof s->id - 1);
	return 0;
}

/* 1 the word names a protocol; 0 it does not; -1 and the sentence. */
static int
take_protocol(struct ipspec *s, const char *word, struct err *e)
{
	static const char *const any[] = { "on", "any", NULL };
	static const char *const later[] = { "dhcp6", "auto6", "either6",
		"link6", "ibft", NULL };

	if (is_one_of(word, later))
		return fail(e, 0, "ip=%s: IPv6 and iBFT are not there yet; "
			"only IPv4 is, with ip=dhcp or an address", word);
	if (is_one_of(word, any))
		s->how = IPSPEC_ANY;
	else if (text_after(word, "dhcp"))
		s->how = IPSPEC_DHCP;
	else if (strcmp(word, "bootp") == 0 || strcmp(word, "both") == 0)
		s->how = IPSPEC_BOOTP;
	else if (strcmp(word, "rarp") == 0)
		s->how = IPSPEC_RARP;
	else
		return 0;
	return take_id(s, word, e) < 0 ? -1 : 1;
}

static int
take_address(uint32_t *to, const char *word, const char *what, struct err *e)
{
	uint32_t ip;

	if (strchr(word, '[') || strchr(word, ']'))
		return fail(e, 0, "ip=: %.*s is IPv6, which is not there yet",
			SHOWN, word);
	if (ipaddr_read(word, &ip) < 0)
		return fail(e, 0, "ip=: the %s %.*s is no address like "
			"192.0.2.1", what, SHOWN, word);
	if (ip != 0)
		*to = ip;
	return 0;
}

static int
take_netmask(struct ipspec *s, const char *word, struct err *e)
{
	uint32_t mask = 0;
	long bits;

	if (text_number(word, 10, 1, 32, &bits) == 0)
		mask = ipaddr_mask((unsigned)bits);
	else if (take_address(&mask, word, "netmask", e) < 0)
		return -1;
	if (ipaddr_prefix(mask) < 0)
		return fail(e, 0, "ip=: the netmask %.*s has holes", SHOWN,
			word);
	if (mask != 0)
		s->netmask = mask;
	return 0;
}

static int
take_host(struct ipspec *s, char *word, struct err *e)
{
	char *dot = strchr(word, '.');

	if (dot)
		*dot++ = '\0';
	if (!hostname_is_clean(word) || (dot && !hostname_is_clean(dot)) ||
	    text_copy(s->host, sizeof s->host, word) < 0 ||
	    text_copy(s->nis_domain, sizeof s->nis_domain, dot ? dot : "") < 0)
		return fail(e, 0, "ip=: the host name %.*s%s%.*s is no name "
			"of up to %d letters, digits and hyphens", SHOWN,
			word, dot ? "." : "", SHOWN, dot ? dot : "",
			IPSPEC_NAME_SIZE - 1);
	return 0;
}

static int
take_device(struct ipspec *s, const char *word, struct err *e)
{
	if (strchr(word, '.'))
		return fail(e, 0, "ip=: the device %.*s is a VLAN's; VLANs "
			"are not there yet", SHOWN, word);
	if (strpbrk(word, "/'\" \t\n") ||
	    text_copy(s->device, sizeof s->device, word) < 0)
		return fail(e, 0, "ip=: the device %.*s is no name of up to "
			"%d characters", SHOWN, word, IPSPEC_DEVICE_SIZE - 1);
	return 0;
}

/* off, none, and to the kernel also whatever it does not know. */
static int
take_autoconf(struct ipspec *s, const char *word, struct err *e)
{
	int known = take_protocol(s, word, e);

	if (known == 0)
		s->how = s->client ? IPSPEC_STATIC : IPSPEC_OFF;
	return known < 0 ? -1 : 0;
}

static int
take_field(struct ipspec *s, enum field field, char *word, struct err *e)
{
	switch (field) {
	case CLIENT:	return take_address(&s->client, word, "address", e);
	case SERVER:	return take_address(&s->server, word, "server", e);
	case GATEWAY:	return take_address(&s->gateway, word, "gateway", e);
	case NETMASK:	return take_netmask(s, word, e);
	case HOST:	return take_host(s, word, e);
	case DEVICE:	return take_device(s, word, e);
	case AUTOCONF:	return take_autoconf(s, word, e);
	case DNS0:
	case DNS1:
		return take_address(&s->dns[field - DNS0], word,
			"name server", e);
	case NTP0:
		return take_address(&s->ntp, word, "time server", e);
	}
	return 0;
}

static int
take_fields(struct ipspec *s, char *line, struct err *e)
{
	for (int i = 0; i < FIELDS && line; i++) {
		char *next = strchr(line, ':');

		if (next)
			*next++ = '\0';
		if (line[0] && take_field(s, (enum field)i, line, e) < 0)
			return -1;
		line = next;
	}
	return 0;
}

/* DEVICE:AUTOCONF, as other initramfs' have it, begins with no address. */
static bool
is_short(const char *line)
{
	const char *colon = strchr(line, ':');

	return colon && !strchr(colon + 1, ':') && colon > line &&
		(line[0] < '0' || line[0] > '9') && line[0] != '[' &&
		!text_after(line, "dhcp");
}

/* The sixth field, as far as it would be a name. */
static void
find_device(const char *line, char device[static IPSPEC_DEVICE_SIZE])
{
	int before = is_short(line) ? 0 : DEVICE;

	device[0] = '\0';
	if (text_after(line, "dhcp"))
		return;
	for (; before > 0; before--) {
		line = strchr(line, ':');
		if (!line)
			return;
		line++;
	}
	text_add(device, IPSPEC_DEVICE_SIZE, "%.*s", (int)strcspn(line, ":"),
		line);
}

static int
take_short(struct ipspec *s, char *line, struct err *e)
{
	char *colon = strchr(line, ':');

	*colon = '\0';
	return take_device(s, line, e) < 0 ? -1 :
		take_autoconf(s, colon + 1, e);
}

/* A line that is one word stands for its seventh field. */
static int
take_line(struct ipspec *s, char *line, struct err *e)
{
	static const char *const off[] = { "", "off", "none", NULL };
	int known = take_protocol(s, line, e);

	if (known != 0)
		return known < 0 ? -1 : 0;
	if (is_one_of(line, off)) {
		s->how = IPSPEC_OFF;
		return 0;
	}
	/* each line enables it anew */
	if (s->how == IPSPEC_OFF)
		s->how = IPSPEC_ANY;
	if (!strchr(line, ':') && (line[0] < '0' || line[0] > '9'))
		return fail(e, 0, "ip=%.*s: neither an address nor one of "
			"off, none, on, any, dhcp, bootp, rarp and both",
			SHOWN, line);
	return is_short(line) ? take_short(s, line, e) :
		take_fields(s, line, e);
}

/* The configuration that a line of this device belongs to; NULL: there is no
 * room for one more. */
static struct ipspec *
find(struct ipspec *list, int *count, int last, const char *device)
{
	if (device[0] == '\0' && *count > 0)
		return &list[last];
	for (int i = 0; i < *count; i++)
		if (strcmp(list[i].device, device) == 0 ||
		    list[i].device[0] == '\0')
			return &list[i];
	if (*count == IPSPEC_MAX)
		return NULL;
	list[*count] = (struct ipspec){ .how = IPSPEC_ANY };
	return &list[(*count)++];
}

int
ipspec_parse(const char *text, struct ipspec list[static IPSPEC_MAX],
	struct err *e)
{
	char line[LINE_SIZE], device[IPSPEC_DEVICE_SIZE];
	struct ipspec *s;
	int count = 0, last = 0;
	size_t len;

	for (; *text; text += len + (text[len] == ' ')) {
		len = strcspn(text, " ");
		line[0] = '\0';
		if (text_add(line, sizeof line, "%.*s", (int)len, text) < 0)
			return fail(e, 0, "ip=: longer than %d bytes",
				LINE_SIZE - 1);
		find_device(line, device);
		s = find(list, &count, last, device);
		if (!s)
			return fail(e, 0, "ip=: more than %d devices",
				IPSPEC_MAX);
		last = (int)(s - list);
		if (take_line(s, line, e) < 0)
			return -1;
	}
	return count;
}

static int
hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c | 0x20) : NULL;

	return at ? (int)(at - digits) : -1;
}

int
ipspec_bootif(const char *text, uint8_t mac[static IPSPEC_MAC_SIZE],
	struct err *e)
{
	const char *p = text;

	if (strlen(p) == 3 * (IPSPEC_MAC_SIZE + 1) - 1)
		p += 3;
	for (int i = 0; i < IPSPEC_MAC_SIZE; i++, p += 3) {
		int high = hex_digit(p[0]);
		int low = high < 0 ? -1 : hex_digit(p[1]);

		if (low < 0 || (i < IPSPEC_MAC_SIZE - 1 ?
		    p[2] != '-' && p[2] != ':' : p[2] != '\0'))
			return fail(e, 0, "BOOTIF=%.*s: not like "
				"01-88-99-aa-bb-cc-dd", SHOWN, text);
		mac[i] = (uint8_t)(high << 4 | low);
	}
	return 0;
}
