/* SPDX-License-Identifier: MIT */
/*
 * list.c - image_list(), see image.h. A line is MODE UID GID SIZE NAME, with
 * MAJOR,MINOR for the size of a device and " -> TARGET" behind a link; a line
 * that begins with # says which archive follows. Bytes of a name that are not
 * printing ASCII, the blank too, are written as \ooo, a backslash as two.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "image.h"

static void
print_name(const char *name, size_t len)
{
	for (; len > 0; len--, name++) {
		unsigned char c = (unsigned char)*name;

		if (c == '\\')
			fputs("\\\\", stdout);
		else if (c <= ' ' || c >= 0x7f)
			printf("\\%03o", c);
		else
			putchar(c);
	}
}

static char
letter_of(unsigned mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR: return 'd';
	case S_IFLNK: return 'l';
	case S_IFCHR: return 'c';
	case S_IFBLK: return 'b';
	case S_IFIFO: return 'p';
	case S_IFSOCK: return 's';
	case S_IFREG: return '-';
	default: return '?';
	}
}

/* As ls(1) writes it. */
static void
print_mode(unsigned mode)
{
	static const unsigned special[] = { S_ISUID, S_ISGID, S_ISVTX };
	char text[] = "?rwxrwxrwx";

	text[0] = letter_of(mode);
	for (unsigned i = 0; i < 9; i++)
		if (!(mode & 0400U >> i))
			text[i + 1] = '-';
	for (unsigned i = 0; i < 3; i++) {
		char *x = &text[i * 3 + 3];

		if (mode & special[i])
			*x = *x == 'x' ? "sst"[i] : "SST"[i];
	}
	fputs(text, stdout);
}

static void
print_member(void *self, const char *kind, size_t at)
{
	(void)self;
	printf("# %s at byte %zu\n", kind, at);
}

static int
print_entry(void *self, const struct cpio_entry *entry, struct err *e)
{
	(void)self;
	(void)e;
	print_mode(entry->mode);
	printf(" %u %u ", (unsigned)entry->uid, (unsigned)entry->gid);
	if (S_ISCHR(entry->mode) || S_ISBLK(entry->mode))
		printf("%u,%u ", (unsigned)entry->major,
			(unsigned)entry->minor);
	else
		printf("%u ", (unsigned)entry->size);
	print_name(entry->name, strlen(entry->name));
	if (S_ISLNK(entry->mode)) {
		fputs(" -> ", stdout);
		print_name(entry->data, entry->size);
	}
	putchar('\n');
	return 0;
}

int
image_list(const char *path, struct err *e)
{
	const struct image_reader reader = { true, print_member, print_entry,
		NULL };
	int result = image_read(path, &reader, e);

	if (fflush(stdout) != 0 && result == 0)
		return fail(e, 0, "standard output cannot be written");
	return result;
}
