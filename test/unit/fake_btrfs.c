/* SPDX-License-Identifier: MIT */
/*
 * fake_btrfs.c - the driver of btrfs of fake_sys.h.
 */
#include "fake_sys.h"
#include "lib/sys.h"

int fake_btrfs_ready = 1;

int
sys_btrfs_scan(int control, const char *path)
{
	(void)control;
	return fake_record("btrfs_scan %s", path);
}

int
sys_btrfs_ready(int control, const char *path)
{
	(void)control;
	return fake_record("btrfs_ready %s", path) < 0 ? -1 :
		fake_btrfs_ready;
}
