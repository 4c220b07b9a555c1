/* SPDX-License-Identifier: MIT */
/*
 * sink.c - see sink.h. The options of xz are those that the kernel's own
 * decompressor takes (Documentation/staging/xz.rst): CRC32, and a dictionary
 * that a machine with little memory has room for. One thread each: more
 * would make the bytes depend on the machine.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "gzstream.h"
#include "sink.h"
#include "temp.h"
#include "tool.h"

int
write_all(int fd, const void *data, size_t size, struct err *e)
{
	const char *p = data;

	while (size > 0) {
		ssize_t n = write(fd, p, size);

		if (temp_interrupted(e) < 0)
			return -1;
		if (n < 0 && errno != EINTR)
			return fail(e, errno, "write");
		p += n > 0 ? n : 0;
		size -= n > 0 ? (size_t)n : 0;
	}
	return 0;
}

/* For gzstream. */
static int
take(void *self, const void *data, size_t size, struct err *e)
{
	return write_all(((struct sink *)self)->fd, data, size, e);
}

static int
start_tool(struct sink *s, struct err *e)
{
	static const char *const xz[] = { "xz", "-zc", "-T1", "--check=crc32",
		"--lzma2=preset=9e,dict=1MiB", NULL };
	static const char *const zstd[] = { "zstd", "-zcq", "-19",
		"--single-thread", NULL };
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return fail(e, errno, "pipe");
	s->tool = tool_start(s->squeeze == SQUEEZE_XZ ? xz : zstd, ends[0],
		s->fd, e);
	close(ends[0]);
	s->fd = ends[1];
	if (s->tool >= 0)
		return 0;
	close(ends[1]);
	return -1;
}

int
sink_open(struct sink *s, int fd, enum squeeze squeeze, struct err *e)
{
	*s = (struct sink){ .fd = fd, .squeeze = squeeze };
	switch (squeeze) {
	case SQUEEZE_NONE:
		return 0;
	case SQUEEZE_GZIP:
		return gz_pack_begin(e);
	case SQUEEZE_XZ:
	case SQUEEZE_ZSTD:
		return start_tool(s, e);
	}
	return 0;
}

int
sink_write(struct sink *s, const void *data, size_t size, struct err *e)
{
	const struct gz_sink gz = { .take = take, .self = s };

	s->bytes += size;
	if (s->squeeze == SQUEEZE_GZIP)
		return gz_pack(data, size, false, &gz, e);
	if (write_all(s->fd, data, size, e) == 0)
		return 0;
	/* a compressor that has ended knows better why */
	if (s->tool > 0 && e->code == EPIPE) {
		tool_wait(s->tool, e);
		s->tool = 0;
	}
	return -1;
}

int
sink_pad(struct sink *s, size_t unit, struct err *e)
{
	static const char zeros[4096];
	size_t over = (size_t)(s->bytes % unit);

	return over > 0 ? sink_write(s, zeros, unit - over, e) : 0;
}

int
sink_close(struct sink *s, struct err *e)
{
	const struct gz_sink gz = { .take = take, .self = s };

	if (s->squeeze == SQUEEZE_GZIP)
		return gz_pack(NULL, 0, true, &gz, e);
	if (s->tool <= 0)
		return 0;
	close(s->fd);
	return tool_wait(s->tool, e);
}

int
sink_file(struct sink *s, int from, struct err *e)
{
	static char piece[64 * 1024];
	ssize_t n;

	while ((n = read(from, piece, sizeof piece)) != 0) {
		if (temp_interrupted(e) < 0)
			return -1;
		if (n < 0 && errno != EINTR)
			return fail(e, errno, "read");
		if (n > 0 && sink_write(s, piece, (size_t)n, e) < 0)
			return -1;
	}
	return 0;
}
