/* SPDX-License-Identifier: MIT */
/*
 * freeramdisk - free the memory of a RAM disk: freeramdisk of the ramdisk
 * tools, which the kernel's initrd document names.
 *
 * What BLKFLSBUF frees depends on the kernel: up to 2.6 all of it; then only
 * the page cache. So BLKDISCARD comes first, which frees the disk itself from
 * Linux 6.12 on, and which earlier ones refuse.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/fs.h>

#include "lib/applet.h"
#include "lib/sys.h"

int
freeramdisk_main(int argc, char **argv)
{
	int fd;

	if (argc != 2)
		applet_usage("freeramdisk DEVICE");
	fd = open(argv[1], O_RDWR | O_EXCL | O_CLOEXEC);
	if (fd < 0)
		applet_fail(errno, "%s", argv[1]);
	sys_discard(fd);
	if (ioctl(fd, BLKFLSBUF) < 0)
		applet_fail(errno, "%s", argv[1]);
	close(fd);
	return 0;
}
