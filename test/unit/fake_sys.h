/* SPDX-License-Identifier: MIT */
/*
 * fake_sys - lib/sys.h for unit tests: no call touches the machine. Each is
 * written down as one line of text, can be made to fail, and can run a hook
 * (in which the test changes its fixture tree, or lets time pass). Link it
 * in place of lib/sys.o; call fake_reset() at the start of every test.
 *
 *	mount SOURCE TARGET TYPE flags=0x1 data=TEXT
 *	umount TARGET flags=0x2		pivot_root NEW OLD
 *	chroot DIR	chdir DIR	mkdir PATH 0755
 *	mknod PATH 060600 8:1		unlink PATH flags=0x200
 *	symlink TARGET PATH
 *	detached_mount TYPE		attach_mount FD DIR
 *	discard FILE	read_only FILE	set_read_only FILE 1
 *	unshare 0x20000			finit_module FILE flags=4 params=TEXT
 *	loop_free FILE			loop_set_fd LOOP FILE
 *	loop_clear LOOP			loop_set_status LOOP - WORDS
 *	loop_configure LOOP FILE offset=0 size=0 flags=0x5 name=TEXT
 *	btrfs_scan PATH			btrfs_ready PATH
 *	init_module size=N params=TEXT	execve PATH ARGV0 ARGV1 ...
 *	exec_fd FD	reboot 0x1234567	wait_readable TIMEOUT
 *	poll COUNT TIMEOUT		quiet_console 1
 *
 * A missing string is "(null)". A call that failed ends in " -> ENODEV". The
 * clock is not written down. FILE is the path of the file that is open,
 * without what fake_below() names.
 */
#ifndef TEST_FAKE_SYS_H
#define TEST_FAKE_SYS_H

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

/* Forget calls, failures and hooks; the clock stands at 1000000 ms. */
void
fake_reset(void);

/* Every call so far, in order, each ended by a newline: one string for one
 * assert_string_equal(). fake_forget() empties it and keeps the rest. */
const char *
fake_calls(void);
void
fake_forget(void);

/* The modules that finit_module() was called for, as their files are called,
 * failed ones too: "virtio_ring virtio usb-storage". */
const char *
fake_modules(void);

/* How often a call of this name ("mount") was made. */
unsigned
fake_count(const char *name);

/* The nth call (1 is the next one, 0 every one) of this name fails with this
 * errno. Several failures can wait at the same time. */
void
fake_fail(const char *name, unsigned nth, int error);

/* Called with the line of each call before it takes effect. */
extern void (*fake_hook)(const char *call);

/* Whether the block device, whichever it is, is read-only. */
extern int fake_read_only;

/* What sys_is_mount_root() answers of every path; fake_reset() sets -1. */
extern int fake_mount_root;

/* Cut this and a slash from the front of every FILE. */
void
fake_below(const char *dir);

/* The image of the last init_module(). */
extern unsigned char fake_image[65536];
extern size_t fake_image_size;

/* What sys_btrfs_ready() answers. */
extern int fake_btrfs_ready;

/* The number that sys_loop_free() gives. */
extern int fake_loop;

/* sys_detached_mount(type), or sys_uncovered(type), opens this directory;
 * without it: ENOSYS. */
void
fake_detached(const char *type, const char *dir);

/*
 * What never returns when it works (execve, reboot) jumps here with 1:
 *	if (setjmp(fake_gone) == 0)
 *		handover(...), fail_test();
 * Without FAKE_LEAVE() before it, they return -1 with errno 0.
 */
extern jmp_buf fake_gone;
extern int fake_leaves;
#define FAKE_LEAVE() (fake_leaves = 1, setjmp(fake_gone))

/*
 * The clock in ms. sys_wait_readable() runs the hook, then looks whether an
 * fd is readable: if so it returns at once (the hook may have moved the clock
 * and written to a pipe); if not, the clock moves on by the whole timeout
 * and it returns 0. Waiting without a limit for nothing aborts the test.
 * sys_poll() does the same.
 */
extern int64_t fake_now_ms;

/* For the other fakes: write a call down, 0 or -1 with the errno that it is to
 * fail with; and what is open at fd. */
int
fake_record(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *
fake_file(int fd, char path[4096]);

#endif
