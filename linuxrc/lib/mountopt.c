/* SPDX-License-Identifier: MIT */
/*
 * mountopt - splits mount options as libmount does for mount(8): what the
 * VFS knows becomes a flag, what only mount(8) and the init scripts know is
 * dropped, the file system gets the rest as written, quotes included.
 */
#include "lib/mountopt.h"

#include <stdbool.h>
#include <string.h>
#include <sys/mount.h>

/* Words without a flag are dropped. */
static const struct vfs_word {
	const char *name;
	unsigned long set, clear;
} vfs_words[] = {
	{ "ro", MS_RDONLY, 0 }, { "rw", 0, MS_RDONLY },
	{ "nosuid", MS_NOSUID, 0 }, { "suid", 0, MS_NOSUID },
	{ "nodev", MS_NODEV, 0 }, { "dev", 0, MS_NODEV },
	{ "noexec", MS_NOEXEC, 0 }, { "exec", 0, MS_NOEXEC },
	{ "sync", MS_SYNCHRONOUS, 0 }, { "async", 0, MS_SYNCHRONOUS },
	{ "dirsync", MS_DIRSYNC, 0 },
	{ "noatime", MS_NOATIME, 0 }, { "atime", 0, MS_NOATIME },
	{ "nodiratime", MS_NODIRATIME, 0 }, { "diratime", 0, MS_NODIRATIME },
	{ "relatime", MS_RELATIME, 0 }, { "norelatime", 0, MS_RELATIME },
	{ "strictatime", MS_STRICTATIME, 0 },
	{ "nostrictatime", 0, MS_STRICTATIME },
	{ "lazytime", MS_LAZYTIME, 0 }, { "nolazytime", 0, MS_LAZYTIME },
	{ "nosymfollow", MS_NOSYMFOLLOW, 0 },
	{ "symfollow", 0, MS_NOSYMFOLLOW },
	{ "mand", MS_MANDLOCK, 0 }, { "nomand", 0, MS_MANDLOCK },
	{ "iversion", MS_I_VERSION, 0 }, { "noiversion", 0, MS_I_VERSION },
	{ "silent", MS_SILENT, 0 }, { "loud", 0, MS_SILENT },
	{ "defaults", 0, 0 }, { "auto", 0, 0 }, { "noauto", 0, 0 },
	{ "user", 0, 0 }, { "nouser", 0, 0 },
	{ "users", 0, 0 }, { "nousers", 0, 0 },
	{ "owner", 0, 0 }, { "noowner", 0, 0 },
	{ "group", 0, 0 }, { "nogroup", 0, 0 },
	{ "_netdev", 0, 0 }, { "nofail", 0, 0 },
};

enum { VFS_WORDS = sizeof(vfs_words) / sizeof(vfs_words[0]) };

static const struct vfs_word *
find(const char *word, size_t len)
{
	const struct vfs_word *v = vfs_words;

	for (; v < vfs_words + VFS_WORDS; v++)
		if (strncmp(v->name, word, len) == 0 && v->name[len] == '\0')
			return v;
	return NULL;
}

/* Comments and the user=NAME of an fstab line. */
static bool
is_dropped(const char *word, size_t len)
{
	static const char *const prefixes[] = {
		"x-", "X-", "comment=", "user="
	};

	for (unsigned i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		size_t prefix_len = strlen(prefixes[i]);

		if (len >= prefix_len &&
		    memcmp(word, prefixes[i], prefix_len) == 0)
			return true;
	}
	return false;
}

/* Length of the word: to a comma outside quotes, or the end. */
static size_t
word_length(const char *word)
{
	bool inside = false;
	size_t len = 0;

	for (; word[len] != '\0' && (inside || word[len] != ','); len++)
		if (word[len] == '"')
			inside = !inside;
	return len;
}

int
mountopt_parse(const char *words, unsigned long *flags, char *data,
	size_t size, struct err *e)
{
	size_t used = 0;

	data[0] = '\0';
	for (size_t len; *words != '\0'; words += len + (words[len] == ',')) {
		const struct vfs_word *v;

		len = word_length(words);
		v = find(words, len);
		if (v != NULL)
			*flags = (*flags & ~v->clear) | v->set;
		if (v != NULL || len == 0 || is_dropped(words, len))
			continue;
		if (used + (used > 0) + len >= size)
			return fail(e, 0, "mount options for the file system: "
				"longer than %zu bytes", size - 1);
		if (used > 0)
			data[used++] = ',';
		memcpy(data + used, words, len);
		used += len;
		data[used] = '\0';
	}
	return 0;
}
