/* SPDX-License-Identifier: MIT */
/*
 * fshelper.c - see fshelper.h: the character tables of FAT's default options
 * (CONFIG_FAT_DEFAULT_*), the transport of 9p in a virtual machine, what UBIFS
 * compresses with.
 */
#include <stddef.h>
#include <string.h>

#include "lib/fshelper.h"

static const char *const helpers[][2] = {
	{ "vfat", "nls_cp437" }, { "vfat", "nls_ascii" },
	{ "vfat", "nls_iso8859_1" }, { "vfat", "nls_utf8" },
	{ "msdos", "nls_cp437" }, { "9p", "9pnet_virtio" },
	{ "ubifs", "deflate" }, { "ubifs", "lzo" }, { "ubifs", "zstd" },
};

const char *
fshelper_next(const char *type, unsigned *i)
{
	while (*i < sizeof helpers / sizeof helpers[0]) {
		const char *const *helper = helpers[(*i)++];

		if (strcmp(type, helper[0]) == 0)
			return helper[1];
	}
	return NULL;
}
