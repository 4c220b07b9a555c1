/* SPDX-License-Identifier: MIT */
/*
 * rpcserver - a portmapper, a mountd and an NFS server that answer on loopback
 * as a test wants it: by UDP and TCP, from a process of their own.
 */
#ifndef TEST_RPCSERVER_H
#define TEST_RPCSERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PORTMAP, MOUNTD, NFS, SERVERS };
enum { BY_UDP, BY_TCP, WAYS };
enum { REPLY_WORDS = 24, LOOPBACK = 0x7f000001 };

/* What it is to do; all 0: what a good one does. */
static struct serves {
	bool absent[WAYS];	/* nobody listens there */
	bool unregistered[WAYS];
	bool silent;
	bool slams;		/* the door: closes without an answer */
	unsigned drops;		/* of datagrams, before it answers */
	unsigned fragments;	/* of a record: one if 0 */
	unsigned cut;		/* bytes of the answer that are missing */
	bool reserved;		/* only calls from a port below 1024 */
	unsigned words;		/* of reply: 0 is a good answer */
	uint32_t reply[REPLY_WORDS];	/* behind its number */
} serves[SERVERS];

static unsigned server_port[SERVERS];
static int server_fd[SERVERS][WAYS];
static pid_t server_pid;

static inline uint32_t
word_at(const uint8_t *p)
{
	uint32_t word;

	memcpy(&word, p, 4);
	return ntohl(word);
}

static inline size_t
put_words(uint8_t *to, const uint32_t *words, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		uint32_t word = htonl(words[i]);

		memcpy(to + 4 * i, &word, 4);
	}
	return 4 * count;
}

/* The answer of a good one: accepted, then what its program gives. */
static inline size_t
good_answer(int who, const uint8_t *call, size_t len, uint8_t *to)
{
	static const uint32_t mounted[] = { 1, 0, 0, 0, 0, 0, 8, 1, 2, 1, 1 };
	uint32_t port[6] = { 1 };
	uint32_t number = word_at(call + len - 16);
	int way = word_at(call + len - 8) == IPPROTO_TCP ? BY_TCP : BY_UDP;
	int of = number == 100005 ? MOUNTD : NFS;

	if (who == MOUNTD)
		return put_words(to, mounted, 11);
	if (who == PORTMAP && !serves[of].unregistered[way])
		port[5] = server_port[of];
	return put_words(to, port, who == PORTMAP ? 6 : 5);
}

static inline size_t
answer_to(int who, const uint8_t *call, size_t len, uint8_t *to)
{
	const struct serves *s = &serves[who];

	memcpy(to, call, 4);
	return 4 + (s->words ? put_words(to + 4, s->reply, s->words) :
		good_answer(who, call, len, to + 4)) - s->cut;
}

static inline bool
is_welcome(int who, const struct sockaddr_in *from)
{
	return !serves[who].silent && (!serves[who].reserved ||
		ntohs(from->sin_port) < 1024);
}

static inline void
serve_datagram(int who, int fd)
{
	static unsigned seen[SERVERS];
	struct sockaddr_in from;
	socklen_t size = sizeof from;
	uint8_t call[2048], answer[256];
	ssize_t n = recvfrom(fd, call, sizeof call, 0,
		(struct sockaddr *)&from, &size);

	if (n < 24 || !is_welcome(who, &from) ||
	    seen[who]++ < serves[who].drops)
		return;
	/* somebody else's first: not to be taken */
	memcpy(answer, "\xff\xff\xff\xff\0\0\0\1", 8);
	sendto(fd, answer, 8, 0, (struct sockaddr *)&from, size);
	sendto(fd, answer, answer_to(who, call, (size_t)n, answer), 0,
		(struct sockaddr *)&from, size);
}

static inline void
send_record(int fd, const uint8_t *p, size_t len, unsigned fragments)
{
	size_t part = len / (fragments ? fragments : 1);
	uint32_t mark;

	for (; fragments > 1; fragments--, p += part, len -= part) {
		mark = htonl((uint32_t)part);
		send(fd, &mark, 4, MSG_NOSIGNAL);
		send(fd, p, part, MSG_NOSIGNAL);
	}
	mark = htonl(0x80000000 | (uint32_t)len);
	send(fd, &mark, 4, MSG_NOSIGNAL);
	send(fd, p, len, MSG_NOSIGNAL);
}

/* One call; the connection of a silent one is left open. */
static inline void
serve_connection(int who, int fd)
{
	struct sockaddr_in from;
	socklen_t size = sizeof from;
	uint8_t call[2048], answer[256];
	int peer = accept(fd, (struct sockaddr *)&from, &size);
	uint32_t len;

	if (peer >= 0 && serves[who].slams)
		close(peer);
	if (peer < 0 || serves[who].slams || !is_welcome(who, &from))
		return;
	if (recv(peer, call, 4, MSG_WAITALL) == 4) {
		len = word_at(call) & 0x7fffffff;
		if (len < sizeof call &&
		    recv(peer, call, len, MSG_WAITALL) == (ssize_t)len)
			send_record(peer, answer, answer_to(who, call, len,
				answer), serves[who].fragments);
	}
	close(peer);
}

static inline void
serve(void)
{
	struct pollfd fds[SERVERS * WAYS];

	for (int i = 0; i < SERVERS * WAYS; i++)
		fds[i] = (struct pollfd){ .events = POLLIN,
			.fd = server_fd[i / WAYS][i % WAYS] };
	while (poll(fds, SERVERS * WAYS, -1) > 0)
		for (int i = 0; i < SERVERS * WAYS; i++) {
			if (!fds[i].revents)
				continue;
			if (i % WAYS == BY_TCP)
				serve_connection(i / WAYS, fds[i].fd);
			else
				serve_datagram(i / WAYS, fds[i].fd);
		}
	_exit(0);
}

/* Both at one port, that of the TCP socket. */
static inline void
server_bind(int who)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t size = sizeof at;

	at.sin_addr.s_addr = htonl(LOOPBACK);
	for (int way = BY_TCP; way >= BY_UDP; way--) {
		int fd = socket(AF_INET, way == BY_TCP ? SOCK_STREAM :
			SOCK_DGRAM, 0);

		if (bind(fd, (struct sockaddr *)&at, sizeof at) < 0 ||
		    getsockname(fd, (struct sockaddr *)&at, &size) < 0)
			abort();
		server_fd[who][way] = fd;
		if (serves[who].absent[way]) {
			close(fd);
			server_fd[who][way] = -1;
		} else if (way == BY_TCP) {
			listen(fd, 8);
		}
	}
	server_port[who] = ntohs(at.sin_port);
}

static inline void
servers_start(void)
{
	for (int who = 0; who < SERVERS; who++)
		server_bind(who);
	server_pid = fork();
	if (server_pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		serve();
	}
	for (int i = 0; i < SERVERS * WAYS; i++)
		if (server_fd[i / WAYS][i % WAYS] >= 0)
			close(server_fd[i / WAYS][i % WAYS]);
}

static inline void
servers_stop(void)
{
	kill(server_pid, SIGKILL);
	waitpid(server_pid, NULL, 0);
	memset(serves, 0, sizeof serves);
}

#endif
