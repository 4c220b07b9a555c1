/* SPDX-License-Identifier: MIT */
/*
 * fake_dir.c - the part of fake_sys.h that is names in directories.
 */
#include "fake_sys.h"
#include "lib/sys.h"

int
sys_mkdir(const char *path, mode_t mode)
{
	return fake_record("mkdir %s 0%o", path, (unsigned)mode);
}

int
sys_mknod(int dir, const char *path, mode_t mode, unsigned major,
	unsigned minor)
{
	(void)dir;
	return fake_record("mknod %s 0%o %u:%u", path, (unsigned)mode, major,
		minor);
}

int
sys_symlink(const char *target, const char *path)
{
	return fake_record("symlink %s %s", target, path);
}

int
sys_unlink(int dir, const char *path, int flags)
{
	(void)dir;
	return fake_record("unlink %s flags=0x%x", path, (unsigned)flags);
}

/* Here, for fake_sys.c is full. */
int64_t
sys_now_us(void)
{
	return sys_now_ms() * 1000;
}

int
sys_watchdog(int fd, int *seconds)
{
	(void)fd;
	return fake_record("watchdog %d", *seconds);
}
