/* SPDX-License-Identifier: MIT */
/*
 * modbatch.c - see modbatch.h. What comes out of the files together is cut
 * by what each says of itself; if that is not so long, none of it is used.
 */
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"
#include "modbatch.h"
#include "packsize.h"
#include "temp.h"
#include "tool.h"

enum {
	FILES_MAX = 256,	/* arguments of a command */
	WORDS_MAX = 8,		/* of the command itself */
	BYTES_MAX = 32 << 20	/* of a batch, or one file more */
};

static struct {
	char *const *path;	/* the plan */
	unsigned count, next;	/* next: that will be asked for */
	unsigned first, end;	/* the files that are unpacked */
	const char *data;	/* all of them, or NULL: each by itself */
	size_t size;
	size_t at[FILES_MAX + 1];	/* where each begins */
} batch;

void
modbatch_plan(char *const *path, unsigned count)
{
	batch.path = path;
	batch.count = count;
	batch.next = batch.first = batch.end = 0;
}

static const char *
ending(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot ? dot : "";
}

/* What the file says that comes out of it; 0: nothing. */
static uint64_t
unpacked_size(const char *path)
{
	struct file_map map;
	struct err e;
	uint64_t size;

	if (file_map(AT_FDCWD, path, &map, &e) < 0)
		return 0;
	size = strcmp(ending(path), ".xz") == 0 ?
		packsize_xz(map.data, map.size) :
		packsize_zstd(map.data, map.size);
	file_unmap(&map);
	return size;
}

/* Files from next on that one command can unpack. */
static void
choose(void)
{
	unsigned i = batch.next;
	size_t all = 0;

	batch.first = i;
	while (i < batch.count && i - batch.first < FILES_MAX &&
	    all < BYTES_MAX && strcmp(ending(batch.path[i]),
	    ending(batch.path[batch.first])) == 0) {
		uint64_t size = unpacked_size(batch.path[i]);

		if (size == 0 || size > BYTES_MAX)
			break;
		batch.at[i++ - batch.first] = all;
		all += (size_t)size;
	}
	batch.end = i;
	batch.at[i - batch.first] = all;
}

static bool
run(const char *const command[], int fd)
{
	const char *words[WORDS_MAX + FILES_MAX + 1];
	unsigned n = 0;
	struct err e;

	for (; command[n]; n++)
		words[n] = command[n];
	for (unsigned i = batch.first; i < batch.end; i++)
		words[n++] = batch.path[i];
	words[n] = NULL;
	return tool_run(words, -1, fd, &e) == 0;
}

static void
drop(void)
{
	if (batch.data)
		munmap((void *)(uintptr_t)batch.data, batch.size);
	batch.data = NULL;
}

static void
unpack(const char *const command[])
{
	size_t size = batch.at[batch.end - batch.first];
	struct stat st;
	struct err e;
	void *data;
	int fd = temp_file(&e);

	if (fd < 0)
		return;
	data = run(command, fd) && fstat(fd, &st) == 0 &&
		st.st_size == (off_t)size ? mmap(NULL, size, PROT_READ,
		MAP_PRIVATE, fd, 0) : MAP_FAILED;
	close(fd);
	if (data == MAP_FAILED)
		return;
	batch.data = data;
	batch.size = size;
}

bool
modbatch_take(const char *path, const char *const command[],
	struct file_map *map)
{
	unsigned i = batch.next;

	while (i < batch.count && strcmp(batch.path[i], path) != 0)
		i++;
	if (i == batch.count)
		return false;
	batch.next = i;
	if (i >= batch.end) {
		drop();
		choose();
		if (batch.end - i > 1)
			unpack(command);
	}
	batch.next = i + 1;
	if (!batch.data || i < batch.first)
		return false;
	i -= batch.first;
	*map = (struct file_map){ batch.data + batch.at[i],
		batch.at[i + 1] - batch.at[i] };
	return true;
}
