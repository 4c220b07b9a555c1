/* SPDX-License-Identifier: MIT */
/*
 * unpack.c - see unpack.h. The lines of the log are those of the kernel
 * (init/do_mounts_rd.c), so that what looks for them finds them.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "compat/unpack.h"
#include "lib/gz.h"
#include "lib/log.h"
#include "lib/sys.h"

enum { NO_PROGRAM = 127 };	/* exit status, as of a shell */

static int
fail_large(uint64_t limit, struct err *e)
{
	fail(e, 0, "the initrd image is larger than the %llu KiB that it may "
		"have", (unsigned long long)limit / 1024);
	return hint(e, "ramdisk_size= and the memory of the machine say so");
}

static int
copy_plain(const struct source *s, uint64_t limit, int fd, struct err *e)
{
	const char *data = s->data + s->at;
	size_t size = s->size - s->at;
	ssize_t n;

	if (size > limit)
		return fail_large(limit, e);
	for (; size > 0; data += n, size -= (size_t)n) {
		n = write(fd, data, size);
		if (n <= 0)
			return fail(e, errno, "copy the initrd image");
	}
	return 0;
}

static int
inflate_gzip(const struct source *s, uint64_t limit, int fd, struct err *e)
{
	struct gz_member member = { .fd = fd, .limit = limit };

	if (gz_member(s->data + s->at, s->size - s->at, &member, e) == 0)
		return 0;
	return e->code == EFBIG ? fail_large(limit, e) :
		hint(e, "in %s", s->name);
}

/* In the child: a file that grows beyond the limit ends the program. */
static void
run_program(const struct source *s, const char *program, uint64_t limit,
	int fd)
{
	struct rlimit most = { .rlim_cur = limit, .rlim_max = limit };
	char name[16], option[] = "-dc";
	char *argv[] = { name, option, NULL };

	strcpy(name, program);
	setrlimit(RLIMIT_FSIZE, &most);
	if (lseek(s->fd, (off_t)s->at, SEEK_SET) < 0 || dup2(s->fd, 0) < 0 ||
	    dup2(fd, 1) < 0)
		_exit(1);
	sys_execvp(name, argv);
	_exit(NO_PROGRAM);
}

static int
inflate_by_program(const struct source *s, uint64_t limit, int fd,
	struct err *e)
{
	const char *program = ramdisk_program(s->kind);
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		run_program(s, program, limit, fd);
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return fail(e, errno, "run %s", program);
	if (status == 0)
		return 0;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ)
		return fail_large(limit, e);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != NO_PROGRAM)
		return fail(e, 0, "%s refuses the initrd image: damaged, or "
			"something follows it", program);
	fail(e, 0, "the initrd image is compressed with %s, and the initramfs "
		"has no %s", ramdisk_name(s->kind), program);
	return hint(e, "put the program into it, or convert the image: "
		"%s -dc OLD | gzip -9 >NEW", program);
}

static int
inflate(const struct source *s, uint64_t limit, int fd, struct err *e)
{
	if (!ramdisk_is_compressed(s->kind))
		return copy_plain(s, limit, fd, e);
	say(LOG_STEP, "RAMDISK: %s image found at block %zu",
		ramdisk_name(s->kind), s->at / 1024);
	return s->kind == RAMDISK_GZIP ? inflate_gzip(s, limit, fd, e) :
		inflate_by_program(s, limit, fd, e);
}

/* What came out; a file system that was cut where only zeros would follow is
 * as long as it says it is. */
static int
look_at(struct unpacked *u, uint64_t limit, struct err *e)
{
	char head[RAMDISK_HEAD_SIZE];
	ssize_t n = pread(u->fd, head, sizeof head, 0);
	struct stat st;
	uint64_t kib;

	if (n < 0 || fstat(u->fd, &st) < 0)
		return fail(e, errno, "look at the initrd image");
	u->size = (uint64_t)st.st_size;
	u->kind = ramdisk_identify(head, (size_t)n, &kib);
	if (u->kind == RAMDISK_NONE || ramdisk_is_compressed(u->kind))
		return fail(e, 0, "what the initrd image holds is no file "
			"system that is known, but %s",
			ramdisk_name(u->kind));
	if (u->kind == RAMDISK_CPIO)
		return 0;
	if (kib * 1024 > limit)
		return fail_large(limit, e);
	if (kib * 1024 > u->size)
		u->size = kib * 1024;
	u->size = (u->size + 1023) / 1024 * 1024;
	return ftruncate(u->fd, (off_t)u->size) < 0 ?
		fail(e, errno, "the size of the initrd image") : 0;
}

int
unpack(const struct source *s, uint64_t limit, struct unpacked *u,
	struct err *e)
{
	u->fd = memfd_create("initrd", MFD_CLOEXEC);
	if (u->fd < 0)
		return fail(e, errno, "memory for the initrd image");
	if (inflate(s, limit, u->fd, e) < 0 || look_at(u, limit, e) < 0) {
		close(u->fd);
		return -1;
	}
	say(LOG_STEP, u->kind == RAMDISK_CPIO ? "RAMDISK: %s archive of %llu "
		"KiB found" : "RAMDISK: %s filesystem of %llu KiB found",
		ramdisk_name(u->kind), (unsigned long long)u->size / 1024);
	return 0;
}
