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
#include <stdint.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "lib/alive.h"
#include "lib/gz.h"
#include "lib/modload.h"
#include "lib/modwhy.h"
#include "lib/sys.h"
#include "lib/timeline.h"

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

const char *
modload_compression(const char *path)
{
	return ends_with(path, ".xz") ? "XZ" :
		ends_with(path, ".zst") ? "ZSTD" : NULL;
}

/* The kernel makes a copy of what we inflate: half of the memory that is free
 * is for each. */
static size_t
limit(void)
{
	struct sysinfo s;
	uint64_t half;

	if (sysinfo(&s) < 0)
		return IMAGE_LIMIT;
	half = (uint64_t)s.freeram * s.mem_unit / 2;
	return half < IMAGE_LIMIT ? (size_t)half : IMAGE_LIMIT;
}

static int
fail_open(const struct modload *l, int error, struct err *e)
{
	fail(e, error, "%s", l->path);
	return error == ENOENT && l->listed ? hint(e, "modules.dep names it, "
		"but the image does not have it") : -1;
}

int
modload_image(const struct modload *l, struct modload_image *image,
	struct err *e)
{
	struct gz_data data;
	struct err why;

	if (file_map(l->dir, l->path, &image->map, e) < 0)
		return fail_open(l, e->code, e);
	image->data = image->map.data;
	image->size = image->map.size;
	if (!ends_with(l->path, ".gz"))
		return 0;
	if (gz_inflate(image->data, image->size, limit(), &data, &why) < 0) {
		file_unmap(&image->map);
		return fail(e, 0, "%s: %s", l->path, why.text);
	}
	image->data = data.data;
	image->size = data.size;
	return 0;
}

void
modload_drop(struct modload_image *image)
{
	struct gz_data data = { (void *)(uintptr_t)image->data, image->size };

	if (image->data != image->map.data)
		gz_free(&data);
	file_unmap(&image->map);
}

/* From memory: for .gz, and for kernels before finit_module (3.8). The return
 * is an errno value, or -1 with what stands behind the module's name. */
static int
insert_image(const struct modload *l, struct err *e)
{
	struct modload_image image;
	int error = 0;

	if (modload_image(l, &image, e) < 0)
		return -1;
	if (sys_init_module(image.data, image.size, l->params) < 0)
		error = errno;
	modload_drop(&image);
	return error;
}

/* As insert_image(). */
static int
insert(const struct modload *l, struct err *e)
{
	bool plain = ends_with(l->path, ".ko");
	int fd, error = 0;

	if (ends_with(l->path, ".gz"))
		return insert_image(l, e);
	fd = openat(l->dir, l->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fail_open(l, errno, e);
	if (sys_finit_module(fd, l->params, plain ? 0 : COMPRESSED_FILE) < 0)
		error = errno;
	close(fd);
	if (plain && error == ENOSYS)
		return insert_image(l, e);
	return error;
}

int
modload_file(const struct modload *l, struct err *e)
{
	struct err why;
	int64_t start_us = timeline_now();
	int error;

	alive_for(ALIVE_S);
	error = insert(l, &why);

	timeline_add(TIMELINE_MODULE, l->name, start_us, timeline_now());
	if (error == 0)
		return 0;
	if (error == EEXIST)
		return 1;
	if (error < 0)
		return fail(e, 0, "module %s: %s", l->name, why.text);
	return modwhy_refused(l, error, e);
}
