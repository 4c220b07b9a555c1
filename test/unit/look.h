/* SPDX-License-Identifier: MIT */
/*
 * look - a machine with two disks for the tests of inspect.c. The tree that
 * would be mounted lies at new-root already, as no call of fake_sys mounts
 * anything.
 */
#ifndef TEST_LOOK_H
#define TEST_LOOK_H

#include <signal.h>
#include <sys/wait.h>

#include "disks.h"
#include "fake_sys.h"
#include "inspect.h"
#include "lib/text.h"

static struct blockdevs devices;
static char held[DEVNAME_SIZE];
static struct finding f;
static int init_code;			/* of check_init(); -1: it is fine */
static char wanted_driver[64];		/* what load_driver() was asked for */
static int driver_result;
static int at_the_look;			/* a signal, SIGSTOP to hang, */
enum { KEPT_OPEN = 1000 };		/* or as if no signal could end it */

static inline int
check_init(const char *dir, const char *wanted, char *init, struct err *e)
{
	assert_null(dir);
	if (at_the_look == KEPT_OPEN && fork() == 0) {
		close(openat(disks_at.root, "kept", O_CREAT | O_CLOEXEC, 0644));
		close(1);
		close(2);
		sleep(5);
		_exit(0);
	}
	if (at_the_look == SIGSTOP || at_the_look == KEPT_OPEN)
		for (;;)
			pause();
	if (at_the_look) {
		signal(at_the_look, SIG_DFL);
		raise(at_the_look);
	}
	if (init_code < 0)
		return text_copy(init, INIT_SIZE, wanted[0] ? wanted :
			"/sbin/init");
	return fail(e, init_code, "/sbin/init");
}

static inline int
load_driver(const char *type, struct err *e)
{
	assert_string_equal(held, "vda2");
	strcat(strcat(wanted_driver, type), " ");
	fail(e, ENOENT, "no module");
	return driver_result;
}

static struct inspector in = {
	.devices = &devices, .base = disks_dir, .init = "", .tree = "",
	.release = "6.1.0", .check_init = check_init,
	.load_driver = load_driver, .held = held,
};

/* The calls of the child, too, which is a process of its own; the clock of the
 * tests does not wait for it. */
static inline void
write_down(const char *call)
{
	siginfo_t ended;
	int fd = openat(disks_at.root, "calls", O_WRONLY | O_CREAT | O_APPEND |
		O_CLOEXEC, 0644);

	assert_true(fd >= 0 && dprintf(fd, "%s\n", call) > 0);
	close(fd);
	if (strcmp(call, at_the_look >= SIGSTOP ? "wait_readable 2000" :
	    "wait_readable 30000") == 0)
		waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT);
	else if (at_the_look == KEPT_OPEN && call[0] == 'w')
		while (faccessat(disks_at.root, "kept", F_OK, 0) < 0)
			usleep(1000);
}

/* All calls, with what differs from run to run made short. */
static inline const char *
calls(void)
{
	static char text[4096];
	int fd;
	ssize_t n;

	disks_sh("touch calls && sed -i \"s|$PWD|BASE|g; /^wait_readable/d\" "
		"calls");
	fd = openat(disks_at.root, "calls", O_RDONLY | O_CLOEXEC);
	n = read(fd, text, sizeof text - 1);
	close(fd);
	text[n > 0 ? n : 0] = '\0';
	return text;
}

/* How many mounts of a disk were tried. */
static inline int
mounts(void)
{
	int n = 0;

	for (const char *p = calls(); (p = strstr(p, "mount BASE")); p++)
		n += p[-1] == '\n';
	return n;
}

static inline void
look_at(const char *name)
{
	static struct seen seen;
	struct blk_info info;

	memset(&f, 'x', sizeof f);
	seen.at = devices;
	inspect_device(&in, seen_probe(&seen, name, &info), &f);
	assert_string_equal(f.name, name);
	assert_string_equal(held, "");
}

static inline int
begin(void **state)
{
	disks_begin(state);
	fake_reset();
	fake_below(disks_dir);
	fake_hook = write_down;
	devices = (struct blockdevs){ disks_at.proc, disks_at.sys,
		disks_at.dev, false };
	held[0] = wanted_driver[0] = '\0';
	init_code = driver_result = -1;
	at_the_look = 0;
	in.init = in.tree = "";
	disks_add("vda1", 25401, "mke2fs -q -t ext2 $d 4M");
	disks_add("vda2", 25402, EXT4("-L root -U " UUID_A));
	disks_sh("mkdir -p new-root/etc new-root/lib/modules/6.1.0 && "
		"echo PRETTY_NAME=Test >new-root/etc/os-release && "
		"echo UUID=" UUID_A " / ext4 >new-root/etc/fstab");
	return 0;
}

#define PRIVATE "unshare 0x20000\nmount (null) / (null) flags=0x44000 " \
	"data=(null)\n"
#define HOLD(name) "read_only dev/" name "\nset_read_only dev/" name " 1\n" \
	"read_only dev/" name "\n"
#define LET_GO(name) "set_read_only dev/" name " 0\n"
#define AROUND "chdir BASE/new-root\nchroot .\nchroot .\n" \
	"umount BASE/new-root flags=0x0\n"

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, disks_end)

#endif
