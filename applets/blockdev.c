/* SPDX-License-Identifier: MIT */
/*
 * blockdev - call block device ioctls from the command line: blockdev(8) of
 * util-linux. "blockdev --flushbufs /dev/ram0" is what the kernel's initrd
 * document frees a RAM disk with.
 *
 * Deviations: no --report, --getzonesz, --getdiskseq.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/fs.h>

#include "lib/applet.h"
#include "lib/text.h"

/* What the kernel writes to or reads from the ioctl's argument. */
enum argument { NONE, INT, UINT, LONG, USHORT, U64, SECTORS, VALUE,
	LONG_VALUE, SET_INT };

static const struct command {
	const char *name;
	unsigned long request;
	enum argument argument;
	int fixed;			/* of SET_INT */
	const char *what;
} commands[] = {
	{ "--setro", BLKROSET, SET_INT, 1, "set read-only" },
	{ "--setrw", BLKROSET, SET_INT, 0, "set read-write" },
	{ "--getro", BLKROGET, INT, 0, "get read-only" },
	{ "--getdiscardzeroes", BLKDISCARDZEROES, UINT, 0,
		"get discard zeroes support status" },
	{ "--getss", BLKSSZGET, INT, 0, "get logical block (sector) size" },
	{ "--getpbsz", BLKPBSZGET, UINT, 0, "get physical block size" },
	{ "--getiomin", BLKIOMIN, UINT, 0, "get minimum I/O size" },
	{ "--getioopt", BLKIOOPT, UINT, 0, "get optimal I/O size" },
	{ "--getalignoff", BLKALIGNOFF, INT, 0, "get alignment offset" },
	{ "--getmaxsect", BLKSECTGET, USHORT, 0,
		"get max sectors per request" },
	{ "--getbsz", BLKBSZGET, INT, 0, "get blocksize" },
	{ "--setbsz", BLKBSZSET, VALUE, 0, "set blocksize" },
	{ "--getsize", BLKGETSIZE64, SECTORS, 0, "get 512-byte sectors" },
	{ "--getsz", BLKGETSIZE64, SECTORS, 0, "get 512-byte sectors" },
	{ "--getsize64", BLKGETSIZE64, U64, 0, "get size in bytes" },
	{ "--setra", BLKRASET, LONG_VALUE, 0, "set readahead" },
	{ "--getra", BLKRAGET, LONG, 0, "get readahead" },
	{ "--setfra", BLKFRASET, LONG_VALUE, 0, "set filesystem readahead" },
	{ "--getfra", BLKFRAGET, LONG, 0, "get filesystem readahead" },
	{ "--flushbufs", BLKFLSBUF, NONE, 0, "flush buffers" },
	{ "--rereadpt", BLKRRPART, NONE, 0, "reread partition table" },
};

static bool quiet, verbose;

static noreturn void
usage(void)
{
	applet_usage("blockdev [-q] [-v] COMMAND... DEVICE...");
}

static bool
takes_value(const struct command *c)
{
	return c->argument == VALUE || c->argument == LONG_VALUE;
}

static const struct command *
find(const char *name)
{
	for (unsigned i = 0; i < sizeof commands / sizeof commands[0]; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

/* 0, or -1 with errno; *value is what the kernel said. */
static int
call(int fd, const struct command *c, long long *value)
{
	union {
		int i;
		unsigned u;
		long l;
		unsigned short s;
		uint64_t u64;
	} arg = { .u64 = 0 };
	int request = (int)c->request;	/* as musl declares ioctl(2) */

	switch (c->argument) {
	case NONE:
		return ioctl(fd, request, 0L);
	case LONG_VALUE:
		return ioctl(fd, request, (unsigned long)*value);
	case SET_INT:
		arg.i = c->fixed;
		return ioctl(fd, request, &arg.i);
	case VALUE:
		arg.i = (int)*value;
		return ioctl(fd, request, &arg.i);
	case INT:
	case UINT:
	case LONG:
	case USHORT:
	case U64:
	case SECTORS:
		break;
	}
	if (ioctl(fd, request, &arg) < 0)
		return -1;
	*value = c->argument == INT ? arg.i : c->argument == UINT ? arg.u :
		c->argument == LONG ? arg.l : c->argument == USHORT ? arg.s :
		(long long)(c->argument == SECTORS ? arg.u64 / 512 : arg.u64);
	return 0;
}

static bool
is_getter(const struct command *c)
{
	return text_after(c->name, "--get") != NULL;
}

/* One command on one device. False: it failed and was spoken of. */
static bool
run(int fd, const char *device, const struct command *c, const char *operand)
{
	long long value = 0;
	struct err e;
	long n = 0;

	if (takes_value(c) && text_number(operand, 0, 0, INT32_MAX, &n) < 0)
		applet_fail(0, "%s %s: no number", c->name, operand);
	value = n;
	if (call(fd, c, &value) < 0) {
		if (!quiet) {
			fail(&e, errno, "%s: %s", device, c->what);
			applet_warn(&e);
		}
		return false;
	}
	if (is_getter(c) && verbose)
		applet_print("%s: %lld\n", c->what, value);
	else if (is_getter(c))
		applet_print("%lld\n", value);
	else if (verbose)
		applet_print("%s succeeded.\n", c->what);
	return true;
}

/* All commands, in their order, on one device. */
static int
run_all(const char *device, char **words)
{
	int fd = open(device, O_RDONLY | O_NONBLOCK | O_CLOEXEC), status = 0;
	const struct command *c;

	if (fd < 0)
		applet_fail(errno, "%s", device);
	for (; words[0][0] == '-'; words++) {
		c = find(words[0]);
		if (c && !run(fd, device, c, words[1]))
			status = 1;
		if (c && takes_value(c))
			words++;
	}
	close(fd);
	return status;
}

int
blockdev_main(int argc, char **argv)
{
	const struct command *c;
	int i = 1, status = 0, commands_given = 0;

	for (; i < argc && argv[i][0] == '-'; i++) {
		c = find(argv[i]);
		if (strcmp(argv[i], "-q") == 0)
			quiet = true;
		else if (strcmp(argv[i], "-v") == 0)
			verbose = true;
		else if (!c)
			usage();
		else
			commands_given++;
		if (c && takes_value(c))
			i++;
	}
	if (!commands_given || i >= argc)
		usage();
	for (; i < argc; i++)
		status |= run_all(argv[i], argv + 1);
	return status;
}
