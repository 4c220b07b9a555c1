/* SPDX-License-Identifier: MIT */
/*
 * laststage.c - see laststage.h. Follows drivers/block/brd.c of
 * 6.12. The arguments of the last stage are
 * { NAME WORD ..., INIT or "", what init gets from its argv[1] on ... }: no
 * kernel starts a program by that name.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "laststage.h"
#include "lib/file.h"
#include "lib/optshow.h"
#include "lib/sys.h"
#include "lib/text.h"

static const char NAME[] = "linuxrc: last stage";

enum { WORDS_MAX = 64 };	/* MAX_INIT_ARGS of the kernel is 32 */

static bool
ram_disk_can_discard(const char *base)
{
	char path[BASE_SIZE + 64], text[32];

	snprintf(path, sizeof path,
		"%s/sys/dev/block/1:0/queue/discard_max_bytes", base);
	return file_line(AT_FDCWD, path, text, sizeof text) > 0 &&
		strcmp(text, "0") != 0;
}

static int
copy_of_program(const char *base)
{
	char path[BASE_SIZE + 32];
	int from, to;
	struct stat st;
	ssize_t n = 1;

	snprintf(path, sizeof path, "%s/proc/self/exe", base);
	from = open(path, O_RDONLY | O_CLOEXEC);
	to = memfd_create("linuxrc", MFD_CLOEXEC);
	if (from < 0 || to < 0 || fstat(from, &st) < 0)
		n = -1;
	while (n > 0 && st.st_size > 0) {
		n = sendfile(to, from, NULL, (size_t)st.st_size);
		st.st_size -= n > 0 ? n : 0;
	}
	if (from >= 0)
		close(from);
	if (n > 0)
		return to;
	if (to >= 0)
		close(to);
	return -1;
}

int
laststage_prepare(const char *base)
{
	return ram_disk_can_discard(base) ? copy_of_program(base) : -1;
}

void
laststage_name(const struct boot *b, char name[static LASTSTAGE_NAME_SIZE])
{
	static const enum option options[] = { OPT_ONFAIL, OPT_TIMEOUT,
		OPT_UI };
	char word[64];

	text_copy(name, LASTSTAGE_NAME_SIZE, NAME);
	if (b->locked != ORIGIN_DEFAULT)
		text_append(name, LASTSTAGE_NAME_SIZE, " linuxrc.lock");
	for (unsigned i = 0; i < sizeof options / sizeof options[0]; i++) {
		if (b->options.origin[options[i]] == ORIGIN_DEFAULT)
			continue;
		optshow_word(&b->options, options[i], word, sizeof word);
		text_add(name, LASTSTAGE_NAME_SIZE, " %s", word);
	}
	/* the kernel's own value, too: there may be no /proc */
	if (b->panic_s != 0)
		text_add(name, LASTSTAGE_NAME_SIZE, " panic=%d", b->panic_s);
}

void
laststage_enter(int program, const struct boot *b, bool exits, char **argv,
	char **envp)
{
	static char name[LASTSTAGE_NAME_SIZE];
	char *words[WORDS_MAX + 3];
	unsigned n = 2, i;

	laststage_name(b, name);
	words[0] = name;
	words[1] = exits ? (char[]){ "" } : (char *)(uintptr_t)b->init;
	for (i = 1; argv[0] && argv[i] && i < WORDS_MAX; i++)
		words[n++] = argv[i];
	words[n] = NULL;
	sys_exec_fd(program, words, envp);
}

bool
laststage_is(char **argv)
{
	return argv[0] && argv[1] && laststage_words(argv);
}

const char *
laststage_words(char **argv)
{
	return text_after(argv[0], NAME);
}

/* O_EXCL: a disk that is still mounted somewhere is left alone. */
static void
free_ram_disk(void)
{
	int dev = sys_detached_mount("devtmpfs");
	int disk = dev < 0 ? -1 :
		openat(dev, "ram0", O_RDWR | O_EXCL | O_CLOEXEC);

	if (disk >= 0) {
		sys_discard(disk);
		close(disk);
	}
	if (dev >= 0)
		close(dev);
}

int
laststage_main(char **argv, char **envp, struct err *e)
{
	char *init = argv[1];

	free_ram_disk();
	if (init[0] == '\0')
		return 0;
	sys_execve(init, argv + 1, envp);
	return fail(e, errno, "exec %s", init);
}
