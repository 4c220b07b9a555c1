/* SPDX-License-Identifier: MIT */
/*
 * modload.c - see modload.h. .ko.gz is inflated here and not by the kernel:
 * a kernel inflates one format only (CONFIG_MODULE_DECOMPRESS, Linux 5.17),
 * mostly xz or zstd, and complains in its log about the others.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/gz.h"
#include "lib/modload.h"
#include "lib/sys.h"

enum {
	COMPRESSED_FILE = 4,	/* MODULE_INIT_COMPRESSED_FILE */
	IMAGE_LIMIT = 256 << 20	/* bytes; the largest drivers have 60 MB */
};

static bool
ends_with(const char *s, const char *suffix)
{
	size_t len = strlen(s), end = strlen(suffix);

	return len >= end && strcmp(s + len - end, suffix) == 0;
}

/* ----------------------------------------------------- why it was not */

static const char bad_signature[] =
	"the kernel does not accept its signature";
static const char keep_signature[] =
	"take the modules that were built and signed with this kernel; "
	"strip(1) removes a signature";

static const struct reason {
	int error;
	const char *why, *hint;
} reasons[] = {
	{ ENOENT, "it needs a symbol that this kernel does not have",
		"the image's modules are of another build; the kernel log "
		"names the symbol" },
	{ ENOEXEC, "the kernel does not accept the file as its module",
		"it was built for another kernel, or is damaged; the kernel "
		"log says more" },
	{ ENOKEY, "it is not signed with a key that the kernel trusts",
		keep_signature },
	{ EKEYREJECTED, bad_signature, keep_signature },
	{ EBADMSG, bad_signature, keep_signature },
	{ ENOPKG, bad_signature,
		"the kernel lacks the hash or cipher of the signature" },
	{ EPERM, "the kernel forbids it",
		"lockdown, a security policy or kernel.modules_disabled" },
	{ ENODEV, "it found no device that it drives", NULL },
	{ ENOSYS, "the kernel takes no modules", "it needs CONFIG_MODULES" },
	{ EINVAL, "the kernel refuses one of its parameters or values",
		"the kernel log names it" },
};

/* The format of the file in capitals when the kernel has to inflate it. */
static const char *
compression(const char *path)
{
	const char *suffix = strrchr(path, '.');

	if (suffix && strcmp(suffix, ".xz") == 0)
		return "XZ";
	return suffix && strcmp(suffix, ".zst") == 0 ? "ZSTD" : NULL;
}

static int
cannot_inflate(const char *name, const char *path, struct err *e)
{
	fail(e, 0, "module %s: the kernel cannot decompress %s", name, path);
	return hint(e, "store it uncompressed in the image, or use a kernel "
		"with CONFIG_MODULE_DECOMPRESS and CONFIG_MODULE_COMPRESS_%s",
		compression(path));
}

static int
give_reason(const struct reason *r, const char *name, struct err *e)
{
	fail(e, 0, "module %s: %s", name, r->why);
	return r->hint ? hint(e, "%s", r->hint) : -1;
}

/* The sentence for what the kernel said. */
static int
refused(int error, const char *name, const char *path, struct err *e)
{
	const struct reason *r = reasons;
	const struct reason *end = r + sizeof reasons / sizeof reasons[0];

	while (r < end && r->error != error)
		r++;
	/* EINVAL: an unknown flag before Linux 5.17, then another format */
	if (compression(path) && (error == EINVAL || error == EOPNOTSUPP ||
	    error == ENOSYS))
		cannot_inflate(name, path, e);
	else if (r < end)
		give_reason(r, name, e);
	else
		fail(e, error, "module %s", name);
	e->code = error;
	return -1;
}

/* ------------------------------------------------------------ putting in */

/* From memory: for .gz, and for kernels before finit_module (3.8). The
 * return is an errno value, or -1 with a sentence in e. */
static int
insert_image(int dir, const char *path, const char *params, struct err *e)
{
	struct file_map map;
	struct gz_data image;
	int error = 0;

	if (file_map(dir, path, &map, e) < 0)
		return -1;
	if (!ends_with(path, ".gz")) {
		if (sys_init_module(map.data, map.size, params) < 0)
			error = errno;
	} else if (gz_inflate(map.data, map.size, IMAGE_LIMIT, &image, e) < 0) {
		error = -1;
	} else {
		if (sys_init_module(image.data, image.size, params) < 0)
			error = errno;
		gz_free(&image);
	}
	file_unmap(&map);
	return error;
}

/* As insert_image(). */
static int
insert(int dir, const char *path, const char *params, struct err *e)
{
	bool plain = ends_with(path, ".ko");
	int fd, error = 0;

	if (ends_with(path, ".gz"))
		return insert_image(dir, path, params, e);
	fd = openat(dir, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		error = errno;
		fail(e, error, "%s", path);
		return error == ENOENT ? hint(e, "modules.dep names it, but "
			"the image does not have it") : -1;
	}
	if (sys_finit_module(fd, params, plain ? 0 : COMPRESSED_FILE) < 0)
		error = errno;
	close(fd);
	if (plain && error == ENOSYS)
		return insert_image(dir, path, params, e);
	return error;
}

int
modload_file(int dir, const char *path, const char *name,
	const char *params, struct err *e)
{
	struct err why;
	int error = insert(dir, path, params, &why);

	if (error == 0)
		return 0;
	if (error == EEXIST)
		return 1;
	if (error < 0)
		return fail(e, 0, "module %s: %s", name, why.text);
	return refused(error, name, path, e);
}
