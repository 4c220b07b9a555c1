/* SPDX-License-Identifier: MIT */
/*
 * uevent.c - see uevent.h.
 */
#include <errno.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lib/text.h"
#include "lib/uevent.h"

enum {
	KERNEL_GROUP = 1,	/* group 2 is udev's */
	QUEUE_SIZE = 8 << 20	/* bytes; coldplug of a large machine sends
				   some 2000 events of about 3 KiB each; the
				   memory is taken by what waits only */
};

int
uevent_open(struct err *e)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK,
		.nl_groups = KERNEL_GROUP };
	int size = QUEUE_SIZE;
	int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
		NETLINK_KOBJECT_UEVENT);

	if (fd < 0)
		return fail(e, errno, "open a socket for uevents");
	/* FORCE goes beyond net.core.rmem_max; only root may */
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) < 0)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) {
		fail(e, errno, "listen for uevents");
		close(fd);
		return -1;
	}
	return fd;
}

int
uevent_read(int fd, struct uevent *u)
{
	for (;;) {
		struct sockaddr_nl from = { .nl_family = AF_NETLINK };
		socklen_t from_size = sizeof from;
		ssize_t n = recvfrom(fd, u->text, UEVENT_SIZE,
			MSG_DONTWAIT | MSG_TRUNC, (struct sockaddr *)&from,
			&from_size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN ? 0 : -1;
		/* the kernel's port is 0: no program can have it */
		if (from_size == sizeof from && from.nl_pid != 0)
			continue;
		if (n > UEVENT_SIZE) {
			errno = ENOBUFS;
			return -1;
		}
		if (uevent_parse(u, (size_t)n) == 0)
			return 1;
	}
}

static unsigned
number(const char *digits)
{
	long n;

	return text_number(digits, 10, 0, 0xfffff, &n) == 0 ? (unsigned)n : 0;
}

/* One NAME=VALUE string. */
static void
take(struct uevent *u, const char *s)
{
	const struct {
		const char *name;
		const char **value;
	} wanted[] = {
		{ "ACTION=", &u->action },
		{ "SUBSYSTEM=", &u->subsystem },
		{ "DEVNAME=", &u->devname },
		{ "DEVTYPE=", &u->devtype },
		{ "MODALIAS=", &u->modalias },
	};
	const char *value;

	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
		if ((value = text_after(s, wanted[i].name)))
			*wanted[i].value = value;
	if ((value = text_after(s, "MAJOR=")))
		u->major = number(value);
	else if ((value = text_after(s, "MINOR=")))
		u->minor = number(value);
}

int
uevent_parse(struct uevent *u, size_t len)
{
	const char *end, *s;

	u->action = u->subsystem = u->devname = "";
	u->devtype = u->modalias = "";
	u->major = u->minor = 0;
	if (len == 0 || len > UEVENT_SIZE)
		return -1;
	u->text[len] = '\0';
	if (!strchr(u->text, '@'))
		return -1;
	end = u->text + len;
	for (s = u->text + strlen(u->text) + 1; s < end; s += strlen(s) + 1)
		take(u, s);
	return 0;
}
