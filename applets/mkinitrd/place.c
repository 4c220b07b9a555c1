/* SPDX-License-Identifier: MIT */
/*
 * place.c - see place.h. openat2(2) could do it in one call, but only since
 * Linux 5.6.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "place.h"

static bool
link_of(const void *self, const char *path, char *target)
{
	ssize_t n = readlinkat(*(const int *)self, path, target, PATH_SIZE);

	if (n <= 0 || n == PATH_SIZE)
		return false;
	target[n] = '\0';
	return true;
}

int
place_resolve(int root, const char *path, bool follow_last, char *result,
	struct err *e)
{
	const struct path_tree tree = { link_of, &root };

	return path_resolve(&tree, path, follow_last, result, e);
}

static int
enter(int dir, const char *name, bool make)
{
	int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int fd = openat(dir, name, flags);

	if (fd < 0 && errno == ENOENT && make &&
	    (mkdirat(dir, name, 0755) == 0 || errno == EEXIST))
		fd = openat(dir, name, flags);
	return fd;
}

int
place_parent(int root, const char *path, bool make, const char **name)
{
	char component[256];	/* NAME_MAX and a NUL */
	int dir = fcntl(root, F_DUPFD_CLOEXEC, 0);
	size_t len;

	while (dir >= 0 && path[len = strcspn(path, "/")]) {
		int next = -1;

		if (len < sizeof component) {
			memcpy(component, path, len);
			component[len] = '\0';
			next = enter(dir, component, make);
		} else {
			errno = ENAMETOOLONG;
		}
		close(dir);
		dir = next;
		path += len + 1;
	}
	*name = path;
	return dir;
}
