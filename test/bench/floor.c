// SPDX-License-Identifier: MIT
/*
 * floor: the init that knows everything beforehand: the modules /0, /1, ... in
 * order, the disk /dev/vda, its type ext4. It reads nothing, searches nothing
 * and cleans nothing up, so what it costs is what any init must spend. The
 * bench measures beside it; the harness uses it as a loader that works.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* virtio_blk registers its disk after finit_module() has returned. */
static void
mount_root(void)
{
	struct timespec millisecond = { .tv_nsec = 1000000 };

	while (mount("/dev/vda", "/new-root", "ext4", MS_RDONLY, NULL) != 0)
		nanosleep(&millisecond, NULL);
}

int
main(int argc, char **argv, char **env)
{
	char name[] = "/0", init[] = "/sbin/init";
	int fd;

	(void)argc;
	for (; (fd = open(name, O_RDONLY | O_CLOEXEC)) >= 0; name[1]++) {
		syscall(SYS_finit_module, fd, "", 0);
		close(fd);
	}
	mount("dev", "/dev", "devtmpfs", 0, NULL);
	mount_root();
	if (chdir("/new-root") != 0 ||
	    mount(".", "/", NULL, MS_MOVE, NULL) != 0 || chroot(".") != 0)
		return 1;
	argv[0] = init;
	execve(init, argv, env);
	return 1;
}
