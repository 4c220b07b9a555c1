/* SPDX-License-Identifier: MIT */
/*
 * fake_loop.c - the loop devices of fake_sys.h.
 */
#include <linux/loop.h>

#include "fake_sys.h"
#include "lib/sys.h"

int fake_loop;

int
sys_loop_free(int control)
{
	char path[4096];

	return fake_record("loop_free %s", fake_file(control, path)) < 0 ? -1 :
		fake_loop;
}

/* The device, and what is put on it. */
static int
put(const char *call, int loop, int file, const struct loop_info64 *info)
{
	char path[2][4096];

	return fake_record("%s %s %s offset=%llu size=%llu flags=0x%x name=%s",
		call, fake_file(loop, path[0]),
		file < 0 ? "-" : fake_file(file, path[1]),
		(unsigned long long)info->lo_offset,
		(unsigned long long)info->lo_sizelimit, info->lo_flags,
		(const char *)info->lo_file_name);
}

int
sys_loop_configure(int loop, const struct loop_config *config)
{
	return put("loop_configure", loop, (int)config->fd, &config->info);
}

int
sys_loop_set_fd(int loop, int file)
{
	char path[2][4096];

	return fake_record("loop_set_fd %s %s", fake_file(loop, path[0]),
		fake_file(file, path[1]));
}

int
sys_loop_set_status(int loop, const struct loop_info64 *info)
{
	return put("loop_set_status", loop, -1, info);
}

int
sys_loop_clear(int loop)
{
	char path[4096];

	return fake_record("loop_clear %s", fake_file(loop, path));
}
