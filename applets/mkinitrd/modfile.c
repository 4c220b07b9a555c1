/* SPDX-License-Identifier: MIT */
/*
 * modfile.c - see modfile.h. The signature's form is that of
 * include/linux/module_signature.h: after the module the data, then 12 bytes
 * that end in its length, then a text that says that it is there.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "elf.h"
#include "lib/gz.h"
#include "modbatch.h"
#include "modfile.h"
#include "temp.h"
#include "tool.h"

#define MODULE_LIMIT ((size_t)512 << 20)	/* bytes; the largest of
						   Debian's, unpacked, is 25 */
static const char marker[] = "~Module signature appended~\n";

enum {
	MARKER = sizeof marker - 1,
	TRAILER = 12,		/* struct module_signature */
	SIGNER_LENGTH = 3,	/* offsets in it */
	KEY_LENGTH = 4,
	SIGNATURE_LENGTH = 8
};

size_t
modfile_signature(const char *data, size_t size)
{
	const unsigned char *t;
	size_t length;

	if (size < MARKER + TRAILER ||
	    memcmp(data + size - MARKER, marker, MARKER) != 0)
		return 0;
	t = (const unsigned char *)data + size - MARKER - TRAILER;
	length = (size_t)t[SIGNATURE_LENGTH] << 24 |
		(size_t)t[SIGNATURE_LENGTH + 1] << 16 |
		(size_t)t[SIGNATURE_LENGTH + 2] << 8 | t[SIGNATURE_LENGTH + 3];
	length += (size_t)t[SIGNER_LENGTH] + t[KEY_LENGTH];
	return length > size - MARKER - TRAILER ? 0 :
		length + MARKER + TRAILER;
}

static bool
ends_in(const char *text, const char *end)
{
	size_t len = strlen(text), n = strlen(end);

	return len >= n && strcmp(text + len - n, end) == 0;
}

/* Map what the tool has written to the nameless file. */
static int
map_output(struct modfile *f, int fd, struct err *e)
{
	struct stat st;
	void *data;

	if (fstat(fd, &st) < 0)
		return fail(e, errno, "temporary file");
	if (st.st_size == 0)
		return fail(e, 0, "nothing came out of it");
	data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (data == MAP_FAILED)
		return fail(e, errno, "map");
	f->map = (struct file_map){ data, (size_t)st.st_size };
	f->packed = true;
	return 0;
}

static int
unpack_one(const char *const command[], struct modfile *f, const char *path,
	struct err *e)
{
	int in = open(path, O_RDONLY | O_CLOEXEC), out = temp_file(e);
	int result = out < 0 ? -1 : in < 0 ? fail(e, errno, "%s", path) :
		tool_run(command, in, out, e);

	if (result == 0)
		result = map_output(f, out, e);
	if (result < 0)
		hint(e, "%s", path);
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return result;
}

static int
unpack_by(const char *const command[], struct modfile *f, const char *path,
	struct err *e)
{
	if (!modbatch_take(path, command, &f->map))
		return unpack_one(command, f, path, e);
	f->packed = f->borrowed = true;
	return 0;
}

static int
unpack_gz(struct modfile *f, const char *path, struct err *e)
{
	struct gz_data out;
	struct file_map packed;

	if (file_map(AT_FDCWD, path, &packed, e) < 0)
		return -1;
	if (gz_inflate(packed.data, packed.size, MODULE_LIMIT, &out, e) < 0) {
		file_unmap(&packed);
		return hint(e, "%s", path);
	}
	file_unmap(&packed);
	f->map = (struct file_map){ out.data, out.size };
	f->unpacked = out.data;
	f->packed = true;
	return 0;
}

int
modfile_open(struct modfile *f, const char *path, struct err *e)
{
	static const char *const xz[] = { "xz", "-dc", NULL };
	static const char *const zstd[] = { "zstd", "-dcq", NULL };

	*f = (struct modfile){ .packed = false };
	if (ends_in(path, ".gz"))
		return unpack_gz(f, path, e);
	if (ends_in(path, ".xz"))
		return unpack_by(xz, f, path, e);
	if (ends_in(path, ".zst"))
		return unpack_by(zstd, f, path, e);
	return file_map(AT_FDCWD, path, &f->map, e);
}

void
modfile_close(struct modfile *f)
{
	struct gz_data unpacked = { f->unpacked, f->map.size };

	if (f->borrowed)
		return;
	if (f->unpacked)
		gz_free(&unpacked);
	else if (f->packed)
		munmap((void *)(uintptr_t)f->map.data, f->map.size);
	else
		file_unmap(&f->map);
}

const char *
modfile_info(const struct modfile *f, const char *key, size_t *at)
{
	size_t size, len = strlen(key);
	const char *info;
	struct elf elf;

	if (!f->map.data || !elf_open(&elf, f->map.data, f->map.size))
		return NULL;
	info = elf_section(&elf, ".modinfo", &size);
	while (info && *at < size) {
		const char *text = info + *at;
		const char *end = memchr(text, '\0', size - *at);

		if (!end)
			break;
		*at += (size_t)(end - text) + 1;
		if (strncmp(text, key, len) == 0 && text[len] == '=')
			return text + len + 1;
	}
	return NULL;
}
