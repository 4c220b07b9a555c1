/* SPDX-License-Identifier: MIT */
/*
 * rpcsocket.c - see rpcsocket.h.
 */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lib/ipaddr.h"
#include "lib/rpcsocket.h"
#include "lib/sys.h"

enum {
	RESERVED_HIGH = 1023,
	RESERVED_LOW = 665,	/* below it live servers, as the kernel's own
				   client has it (RPC_DEF_MIN_RESVPORT) */
	FIRST_WAIT_MS = 500, LONGEST_WAIT_MS = 5000
};

struct call {
	const struct rpc_peer *to;
	const struct rpc_message *m;
	uint8_t *answer;
	int fd;
};

static int
with_errno(int error)
{
	errno = error;
	return -1;
}

/* A port that was just used may not be had again for a minute, so each call
 * begins below the last. Without the right to them any port has to do. */
static void
bind_reserved(int fd)
{
	static unsigned next = RESERVED_HIGH;
	struct sockaddr_in here = { .sin_family = AF_INET };

	for (int i = RESERVED_LOW; i <= RESERVED_HIGH; i++) {
		here.sin_port = htons((uint16_t)next);
		next = next > RESERVED_LOW ? next - 1 : RESERVED_HIGH;
		if (bind(fd, (struct sockaddr *)&here, sizeof here) == 0 ||
		    errno != EADDRINUSE)
			return;
	}
}

/* Wait for the socket. 0; -1: the time is over, errno is late. */
static int
wait_for(const struct call *c, short events, int64_t end_ms, int late)
{
	struct pollfd p = { .fd = c->fd, .events = events };
	int64_t left;
	int n;

	do {
		left = end_ms - sys_now_ms();
		n = left > 0 ? sys_poll(&p, 1, left) : 0;
	} while (n == 0 && left > 0);
	return n > 0 ? 0 : n < 0 ? -1 : with_errno(late);
}

/* connect(2) of a UDP socket lets the kernel tell of a port that nobody
 * listens on. */
static int
open_to(struct call *c)
{
	struct sockaddr_in there = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)c->to->port),
		.sin_addr.s_addr = htonl(c->to->ip) };
	int error = 0;
	socklen_t size = sizeof error;

	c->fd = socket(AF_INET, (c->to->tcp ? SOCK_STREAM : SOCK_DGRAM) |
		SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (c->fd < 0)
		return -1;
	if (c->to->reserved)
		bind_reserved(c->fd);
	if (connect(c->fd, (struct sockaddr *)&there, sizeof there) == 0)
		return 0;
	if (errno != EINPROGRESS ||
	    wait_for(c, POLLOUT, c->to->end_ms, ETIMEDOUT) < 0 ||
	    getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
		return -1;
	return error ? with_errno(error) : 0;
}

/* ------------------------------------------------------------------ UDP */

/* The answer, or 0: it has not come until end_ms. */
static ssize_t
take_datagram(const struct call *c, int64_t end_ms)
{
	uint32_t xid = ipaddr_get(c->m->bytes);
	ssize_t n;

	while (wait_for(c, POLLIN, end_ms, 0) == 0) {
		n = recv(c->fd, c->answer, RPC_ANSWER_SIZE, MSG_TRUNC);
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return -1;
		if (n > RPC_ANSWER_SIZE)
			return with_errno(EMSGSIZE);
		if (n > 0 && rpc_is_answer(c->answer, (size_t)n, xid))
			return n;
	}
	return errno == 0 ? 0 : -1;
}

static ssize_t
by_datagrams(const struct call *c)
{
	int64_t now, next, wait_ms = FIRST_WAIT_MS;
	ssize_t n = 0;

	while (n == 0) {
		now = sys_now_ms();
		if (now >= c->to->end_ms)
			return with_errno(ETIMEDOUT);
		if (send(c->fd, c->m->bytes, c->m->len, 0) < 0 &&
		    errno != EAGAIN && errno != EINTR && errno != ENOBUFS)
			return -1;
		next = now + wait_ms;
		n = take_datagram(c, next < c->to->end_ms ? next :
			c->to->end_ms);
		wait_ms = wait_ms * 2 < LONGEST_WAIT_MS ? wait_ms * 2 :
			LONGEST_WAIT_MS;
	}
	return n;
}

/* ------------------------------------------------------------------ TCP */

static int
send_all(const struct call *c, const uint8_t *from, size_t len)
{
	ssize_t n;

	while (len > 0) {
		n = send(c->fd, from, len, MSG_NOSIGNAL);
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return with_errno(errno == EPIPE ? ECONNRESET : errno);
		if (n < 0 && wait_for(c, POLLOUT, c->to->end_ms, ETIME) < 0)
			return -1;
		if (n > 0) {
			from += n;
			len -= (size_t)n;
		}
	}
	return 0;
}

static int
take_all(const struct call *c, uint8_t *to, size_t len)
{
	ssize_t n;

	while (len > 0) {
		if (wait_for(c, POLLIN, c->to->end_ms, ETIME) < 0)
			return -1;
		n = recv(c->fd, to, len, 0);
		if (n == 0)
			return with_errno(ECONNRESET);
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return -1;
		if (n > 0) {
			to += n;
			len -= (size_t)n;
		}
	}
	return 0;
}

/* One record, of any number of fragments; an empty one is no progress, so a
 * server that sends nothing else is held to the time by the loop. */
static ssize_t
take_record(const struct call *c)
{
	uint8_t mark[RPC_MARK_SIZE];
	size_t len = 0, more;
	bool last;

	do {
		if (sys_now_ms() >= c->to->end_ms)
			return with_errno(ETIME);
		if (take_all(c, mark, sizeof mark) < 0)
			return -1;
		more = rpc_fragment(mark, &last);
		if (more > RPC_ANSWER_SIZE - len)
			return with_errno(EMSGSIZE);
		if (take_all(c, c->answer + len, more) < 0)
			return -1;
		len += more;
	} while (!last);
	return (ssize_t)len;
}

static ssize_t
by_records(const struct call *c)
{
	uint32_t xid = ipaddr_get(c->m->bytes);
	uint8_t record[RPC_MARK_SIZE + RPC_CALL_SIZE];
	ssize_t n;

	rpc_mark(record, c->m->len);
	memcpy(record + RPC_MARK_SIZE, c->m->bytes, c->m->len);
	if (send_all(c, record, RPC_MARK_SIZE + c->m->len) < 0)
		return -1;
	do
		n = take_record(c);
	while (n >= 0 && !rpc_is_answer(c->answer, (size_t)n, xid));
	return n;
}

ssize_t
rpcsocket_call(const struct rpc_peer *to, const struct rpc_message *m,
	uint8_t answer[static RPC_ANSWER_SIZE])
{
	struct call c = { .to = to, .m = m, .answer = answer, .fd = -1 };
	ssize_t n = open_to(&c);
	int error;

	if (n == 0)
		n = to->tcp ? by_records(&c) : by_datagrams(&c);
	error = errno;
	if (c.fd >= 0)
		close(c.fd);
	errno = error;
	return n;
}
