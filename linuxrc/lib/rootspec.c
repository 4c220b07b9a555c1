/* SPDX-License-Identifier: MIT */
/*
 * rootspec - root= as init/do_mounts.c and block/early-lookup.c read it, in
 * their order, and the tags of util-linux beside them.
 *
 * Deviations: root= may be longer than the kernel's 63 bytes; what the kernel
 * takes for "not there yet" although it never will be there is an error here:
 * 0:0, a number that is too large, a word of no known form; so is PARTLABEL=
 * without a name, to the kernel the first partition that has none. A + before
 * the number of PARTNROFF and quotes around a tag are allowed.
 */
#include "lib/rootspec.h"

#include <string.h>

#include "lib/fstypes.h"
#include "lib/text.h"

enum { MAJOR_MAX = 4095, MINOR_MAX = 1048575 };	/* linux/kdev_t.h */
enum {			/* linux/root_dev.h: numbers that are no devices */
	CIFS_MINOR = 254,	/* Root_CIFS */
	NFS_MINOR = 255		/* Root_NFS: what the kernel makes of nfsroot=
				   without root= */
};

#define FORMS "/dev/NAME, UUID=, LABEL=, PARTUUID=, PARTLABEL=, " \
	"MAJOR:MINOR or a hexadecimal number"

struct form {
	const char *prefix;
	enum root_kind kind;
};

/* Whole words of ours. */
static const struct form words[] = {
	{ "auto", ROOT_AUTO },
	{ "ask", ROOT_ASK },
};

static const struct form forms[] = {
	{ "mtd", ROOT_MTD },
	{ "ubi", ROOT_MTD },
	{ "PARTUUID=", ROOT_PARTUUID },
	{ "PARTLABEL=", ROOT_PARTLABEL },
	{ "UUID=", ROOT_UUID },
	{ "LABEL=", ROOT_LABEL },
	{ "/dev/disk/by-uuid/", ROOT_UUID },
	{ "/dev/disk/by-label/", ROOT_LABEL },
	{ "/dev/disk/by-partuuid/", ROOT_PARTUUID },
	{ "/dev/disk/by-partlabel/", ROOT_PARTLABEL },
	{ "/dev/disk/by-path/", ROOT_DISK_PATH },
	{ "/dev/disk/by-id/", ROOT_DISK_ID },
	{ "/dev/disk/", ROOT_OTHER },
	{ "/dev/", ROOT_NAME },
	{ "nfs:", ROOT_NFS },
	{ "nfs4:", ROOT_NFS },
	{ "cifs:", ROOT_OTHER },
	{ "//", ROOT_OTHER },
};

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* LABEL="x" means x: mount(8) and fstab(5) allow it. */
static void
strip_quotes(char *s)
{
	size_t len = strlen(s);

	if (len < 2 || s[0] != '"' || s[len - 1] != '"')
		return;
	memmove(s, s + 1, len - 2);
	s[len - 2] = '\0';
}

/* udev writes a character that a file name cannot have as \xHH. */
static void
decode_udev(char *s)
{
	char *out = s;

	while (*s != '\0') {
		int high = -1, low = -1;

		if (s[0] == '\\' && s[1] == 'x' &&
		    (high = hex_digit(s[2])) >= 0)
			low = hex_digit(s[3]);
		if (low >= 0 && high + low != 0) {
			*out++ = (char)(high << 4 | low);
			s += 4;
		} else {
			*out++ = *s++;
		}
	}
	*out = '\0';
}

/* Cut /PARTNROFF=N off the value of PARTUUID= (do_mounts.c). */
static int
cut_partnroff(char *value, int *offset)
{
	char *slash = strchr(value, '/');
	const char *digits;
	long n;

	if (slash == NULL)
		return 0;
	digits = text_after(slash + 1, "PARTNROFF=");
	if (digits == NULL ||
	    text_number(digits, 10, -INT32_MAX, INT32_MAX, &n) != 0)
		return -1;
	*slash = '\0';
	*offset = (int)n;
	return 0;
}

static int
parse_tag(const char *text, struct root_spec *spec, struct err *e)
{
	if (text[0] == '/')
		decode_udev(spec->value);
	else if (spec->kind == ROOT_PARTUUID &&
	    cut_partnroff(spec->value, &spec->partnroff) != 0)
		return fail(e, 0, "root=%.200s: must be PARTUUID=ID or "
			"PARTUUID=ID/PARTNROFF=NUMBER", text);
	strip_quotes(spec->value);
	if (spec->value[0] == '\0')
		return fail(e, 0, "root=%.200s: the tag is empty", text);
	return 0;
}

/*
 * The kernel looks for a block device of that name, and when none is there
 * takes the name for the source of a type that needs none. A device could not
 * be mounted as such a type, unless it is the block device of an mtd.
 */
static bool
is_source(const char *name, const char *fstypes)
{
	return name[0] != '\0' && fstypes_need_no_device(fstypes) &&
		text_after(name, "mtdblock") == NULL;
}

static int
parse_name(const char *text, const char *fstypes, struct root_spec *spec,
	struct err *e)
{
	if (strcmp(text, "/dev/nfs") == 0)
		spec->kind = ROOT_NFS;
	else if (strcmp(text, "/dev/cifs") == 0)
		spec->kind = ROOT_OTHER;
	else if (strcmp(text, "/dev/ram") == 0)
		text_copy(spec->value, sizeof(spec->value), "ram0");
	else if (is_source(spec->value, fstypes))
		spec->kind = ROOT_NODEV;
	else if (spec->value[0] == '\0')
		return fail(e, 0, "root=%s: no name after /dev/", text);
	else if (strlen(spec->value) >= DEVNAME_SIZE &&
	    text_after(spec->value, "mapper/") == NULL)
		return fail(e, 0, "root=%.200s: the kernel's names of block "
			"devices have at most %d bytes", text,
			DEVNAME_SIZE - 1);
	return 0;
}

/* A decimal number; what is above the kernel's limits stays above them. */
static bool
decimal(const char **p, unsigned *value)
{
	const char *start = *p;

	for (*value = 0; **p >= '0' && **p <= '9'; ++*p)
		if (*value <= MINOR_MAX)
			*value = *value * 10 + (unsigned)(**p - '0');
	return *p != start;
}

/* major:minor, or major:minor:anything: sscanf() of the kernel is content
 * with three numbers, unless a colon and more stand behind them. */
static bool
is_pair(const char *s, unsigned *major, unsigned *minor)
{
	unsigned ignored;

	if (!decimal(&s, major) || *s++ != ':' || !decimal(&s, minor))
		return false;
	return *s == '\0' || (*s++ == ':' && decimal(&s, &ignored) &&
		(*s != ':' || s[1] == '\0'));
}

/* Hexadecimal digits, with or without 0x; more than 32 bits end as more. */
static bool
is_hexadecimal(const char *s, uint64_t *value)
{
	if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X'))
		s += 2;
	if (*s == '\0')
		return false;
	for (*value = 0; hex_digit(*s) >= 0; s++)
		if (*value <= UINT32_MAX)
			*value = *value << 4 | (unsigned)hex_digit(*s);
	return *s == '\0';
}

static int
parse_number(const char *text, struct root_spec *spec, struct err *e)
{
	uint64_t value;

	if (is_hexadecimal(text, &value)) {
		if (value > UINT32_MAX)
			return fail(e, 0, "root=%.200s: a hexadecimal device "
				"number has at most 8 digits", text);
		rootspec_decode((uint32_t)value, &spec->major, &spec->minor);
	} else if (!is_pair(text, &spec->major, &spec->minor)) {
		return fail(e, 0, "root=%.200s: none of the forms " FORMS,
			text);
	}
	if (spec->major > MAJOR_MAX || spec->minor > MINOR_MAX)
		return fail(e, 0, "root=%.200s: the major number is at most "
			"%d, the minor %d", text, MAJOR_MAX, MINOR_MAX);
	if (spec->major == 0 && spec->minor == 0)
		return fail(e, 0, "root=%.200s: 0:0 is no device", text);
	if (spec->major == 0 && spec->minor == NFS_MINOR)
		spec->kind = ROOT_NFS;
	if (spec->major == 0 && spec->minor == CIFS_MINOR)
		spec->kind = ROOT_OTHER;
	return 0;
}

/* What is no number stands for a source that its file system knows, if
 * rootfstype= says which one that may be: mount_root() of the kernel. */
static int
parse_word(const char *text, const char *fstypes, struct root_spec *spec,
	struct err *e)
{
	if (parse_number(text, spec, e) == 0)
		return 0;
	if (fstypes[0] == '\0' || strcmp(fstypes, "auto") == 0)
		return -1;
	spec->kind = ROOT_NODEV;
	spec->major = spec->minor = 0;
	return 0;
}

/* The form that text begins with, or is; rest is what follows its prefix. */
static enum root_kind
form_of(const char *text, const char **rest)
{
	*rest = text;
	if (text[0] == '\0')
		return ROOT_NONE;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(text, words[i].prefix) == 0)
			return words[i].kind;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if ((*rest = text_after(text, forms[i].prefix)) != NULL)
			return forms[i].kind;
	*rest = text;
	return ROOT_NUMBER;
}

int
rootspec_parse(const char *text, const char *fstypes, struct root_spec *spec,
	struct err *e)
{
	const char *rest;

	spec->kind = form_of(text, &rest);
	spec->partnroff = 0;
	spec->major = spec->minor = 0;
	if (spec->kind == ROOT_MTD || spec->kind == ROOT_OTHER)
		rest = text;
	if (text_copy(spec->value, sizeof(spec->value), rest) != 0)
		return fail(e, 0, "root=%.60s...: longer than %d bytes", text,
			ROOT_TEXT_SIZE - 1);
	switch (spec->kind) {
	case ROOT_NAME:
		return parse_name(text, fstypes, spec, e);
	case ROOT_UUID:
	case ROOT_LABEL:
	case ROOT_PARTUUID:
	case ROOT_PARTLABEL:
	case ROOT_DISK_PATH:
	case ROOT_DISK_ID:
		return parse_tag(text, spec, e);
	case ROOT_NUMBER:
		return parse_word(text, fstypes, spec, e);
	case ROOT_NONE:
	case ROOT_NFS:
	case ROOT_MTD:
	case ROOT_NODEV:
	case ROOT_AUTO:
	case ROOT_ASK:
	case ROOT_OTHER:
		break;
	}
	return 0;
}

const char *
rootspec_prefix(enum root_kind kind)
{
	static const char *const prefixes[] = {
		[ROOT_NAME] = "/dev/", [ROOT_UUID] = "UUID=",
		[ROOT_LABEL] = "LABEL=", [ROOT_PARTUUID] = "PARTUUID=",
		[ROOT_PARTLABEL] = "PARTLABEL=",
	};

	return kind < sizeof(prefixes) / sizeof(prefixes[0]) &&
		prefixes[kind] ? prefixes[kind] : "";
}

void
rootspec_decode(uint32_t value, unsigned *major, unsigned *minor)
{
	*major = value >> 8 & 0xfff;
	*minor = (value & 0xff) | (value >> 12 & 0xfff00);
}

uint32_t
rootspec_encode(unsigned major, unsigned minor)
{
	return (minor & 0xff) | major << 8 | (minor & 0xfff00) << 12;
}
