/* SPDX-License-Identifier: MIT */
/*
 * fake_sys.c - see fake_sys.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fake_sys.h"
#include "lib/sys.h"

enum { TEXT_SIZE = 1 << 18, FAILURES_MAX = 32, DETACHED_MAX = 4 };

struct failure {
	const char *name;
	unsigned nth;		/* calls until it happens, 0 always */
	int error;
};

static struct {
	char text[TEXT_SIZE];
	size_t len;
	struct failure failure[FAILURES_MAX];
	unsigned failures;
	const char *below;
	const char *detached[DETACHED_MAX][2];
} fake;

void (*fake_hook)(const char *call);
unsigned char fake_image[65536];
size_t fake_image_size;
jmp_buf fake_gone;
int fake_leaves;
int64_t fake_now_ms;
int fake_read_only;
int fake_mount_root;

static void
broken(const char *what)
{
	fprintf(stderr, "fake_sys: %s; calls so far:\n%s", what, fake.text);
	abort();
}

void
fake_reset(void)
{
	memset(&fake, 0, sizeof fake);
	fake_hook = NULL;
	fake_image_size = 0;
	fake_leaves = fake_read_only = fake_loop = 0;
	fake_mount_root = -1;
	fake_now_ms = 1000000;
}

const char *
fake_calls(void)
{
	return fake.text;
}

void
fake_forget(void)
{
	fake.len = 0;
	fake.text[0] = '\0';
}

unsigned
fake_count(const char *name)
{
	size_t len = strlen(name);
	unsigned n = 0;

	for (const char *p = fake.text; *p; p = strchr(p, '\n') + 1)
		n += strncmp(p, name, len) == 0 && p[len] == ' ';
	return n;
}

const char *
fake_modules(void)
{
	static char names[4096];
	size_t len = 0;

	names[0] = '\0';
	for (const char *p = fake.text; *p; p = strchr(p, '\n') + 1) {
		const char *name = p, *dot = strstr(p, ".ko");

		if (strncmp(p, "finit_module ", 13) != 0 || !dot)
			continue;
		for (const char *q = p; q < dot; q++)
			if (*q == '/')
				name = q + 1;
		len += (size_t)snprintf(names + len, sizeof names - len,
			"%s%.*s", len ? " " : "", (int)(dot - name), name);
		if (len >= sizeof names)
			broken("too many modules");
	}
	return names;
}

void
fake_fail(const char *name, unsigned nth, int error)
{
	if (fake.failures == FAILURES_MAX)
		broken("too many fake_fail()");
	fake.failure[fake.failures++] =
		(struct failure){ name, nth, error };
}

void
fake_below(const char *dir)
{
	fake.below = dir;
}

void
fake_detached(const char *type, const char *dir)
{
	for (unsigned i = 0; i < DETACHED_MAX; i++)
		if (!fake.detached[i][0]) {
			fake.detached[i][0] = type;
			fake.detached[i][1] = dir;
			return;
		}
	broken("too many fake_detached()");
}

/* The errno that this call is to fail with, or 0. */
static int
failure_of(const char *call)
{
	size_t len = strcspn(call, " ");
	int error = 0;

	for (unsigned i = 0; i < fake.failures; i++) {
		struct failure *f = &fake.failure[i];

		if (!f->name || strlen(f->name) != len ||
		    strncmp(f->name, call, len) != 0)
			continue;
		if (f->nth > 1) {
			f->nth--;
			continue;
		}
		if (f->nth == 1)
			f->name = NULL;
		if (!error)
			error = f->error;
	}
	return error;
}

/* Write a call down. 0, or -1 with errno when it is to fail. */
int
fake_record(const char *format, ...)
{
	char call[8192];
	va_list ap;
	int n, error;

	va_start(ap, format);
	n = vsnprintf(call, sizeof call, format, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof call ||
	    fake.len + (size_t)n + 32 > TEXT_SIZE)
		broken("too much text");
	error = failure_of(call);
	fake.len += (size_t)sprintf(fake.text + fake.len, "%s%s%s\n", call,
		error ? " -> " : "", error ? strerrorname_np(error) : "");
	if (fake_hook)
		fake_hook(call);
	errno = error;
	return error ? -1 : 0;
}

/* What is open at fd. */
const char *
fake_file(int fd, char path[4096])
{
	char link[64];
	ssize_t n;
	size_t below = fake.below ? strlen(fake.below) : 0;

	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	n = readlink(link, path, 4095);
	if (n < 0)
		return "(closed)";
	path[n] = '\0';
	if (below && strncmp(path, fake.below, below) == 0 &&
	    path[below] == '/')
		return path + below + 1;
	return path;
}

static const char *
shown(const char *s)
{
	return s ? s : "(null)";
}

int
sys_mount(const char *source, const char *target, const char *type,
	unsigned long flags, const char *data)
{
	return fake_record("mount %s %s %s flags=0x%lx data=%s", shown(source),
		shown(target), shown(type), flags, shown(data));
}

int
sys_umount(const char *target, int flags)
{
	return fake_record("umount %s flags=0x%x", target, (unsigned)flags);
}

int
sys_pivot_root(const char *new_root, const char *put_old)
{
	return fake_record("pivot_root %s %s", new_root, put_old);
}

int
sys_chroot(const char *dir)
{
	return fake_record("chroot %s", dir);
}

int
sys_chdir(const char *dir)
{
	return fake_record("chdir %s", dir);
}

int
sys_detached_mount(const char *type)
{
	if (fake_record("detached_mount %s", type) < 0)
		return -1;
	for (unsigned i = 0; i < DETACHED_MAX && fake.detached[i][0]; i++)
		if (strcmp(fake.detached[i][0], type) == 0)
			return open(fake.detached[i][1],
				O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	errno = ENOSYS;
	return -1;
}

int
sys_uncovered(const char *path)
{
	return sys_detached_mount(path);
}

int
sys_open_below(int root, const char *path)
{
	return openat(root, path + (path[0] == '/'), O_PATH | O_CLOEXEC);
}

int
sys_is_mount_root(const char *path)
{
	(void)path;
	return fake_mount_root;
}

int
sys_attach_mount(int mnt, const char *dir)
{
	char path[4096];

	return fake_record("attach_mount %s %s", fake_file(mnt, path), dir);
}

int
sys_discard(int fd)
{
	char path[4096];

	return fake_record("discard %s", fake_file(fd, path));
}

int
sys_read_only(int fd)
{
	char path[4096];

	return fake_record("read_only %s", fake_file(fd, path)) < 0 ? -1 :
		fake_read_only;
}

int
sys_set_read_only(int fd, int on)
{
	char path[4096];

	return fake_record("set_read_only %s %d", fake_file(fd, path),
		on) < 0 ? -1 : ((fake_read_only = on), 0);
}

int
sys_unshare(int flags)
{
	return fake_record("unshare 0x%x", (unsigned)flags);
}

int
sys_finit_module(int fd, const char *params, int flags)
{
	char path[4096];

	return fake_record("finit_module %s flags=%d params=%s",
		fake_file(fd, path), flags, params);
}

int
sys_init_module(const void *image, size_t size, const char *params)
{
	if (size > sizeof fake_image)
		broken("module image too large");
	if (size)
		memcpy(fake_image, image, size);
	fake_image_size = size;
	return fake_record("init_module size=%zu params=%s", size, params);
}

/* The end of a call that does not come back when it works. */
static int
leave(int result)
{
	if (result == 0 && fake_leaves) {
		fake_leaves = 0;
		longjmp(fake_gone, 1);
	}
	return -1;
}

int
sys_execve(const char *path, char *const argv[], char *const envp[])
{
	char words[2048] = "";
	size_t len = 0;

	(void)envp;
	for (int i = 0; argv[i] && len < sizeof words; i++)
		len += (size_t)snprintf(words + len, sizeof words - len,
			" %s", argv[i]);
	return leave(fake_record("execve %s%s", path, words));
}

int
sys_exec_fd(int fd, char *const argv[], char *const envp[])
{
	(void)argv;
	(void)envp;
	return leave(fake_record("exec_fd %d", fd));
}

int
sys_reboot(unsigned howto)
{
	return leave(fake_record("reboot 0x%x", howto));
}

int64_t
sys_now_ms(void)
{
	return fake_now_ms;
}

int
sys_wait_readable(int fd, int other, int64_t timeout_ms)
{
	struct pollfd p[2] = {
		{ .fd = fd, .events = POLLIN },
		{ .fd = other, .events = POLLIN },
	};

	if (fake_record("wait_readable %lld", (long long)timeout_ms) < 0)
		return -1;
	if (poll(p, 2, 0) > 0)
		return p[0].revents ? 1 : 2;
	if (timeout_ms < 0)
		broken("waits for ever");
	fake_now_ms += timeout_ms;
	return 0;
}
