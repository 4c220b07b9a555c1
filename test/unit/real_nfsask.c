/* SPDX-License-Identifier: MIT */
/*
 * A server is asked for a root by real sockets, and whatever is wrong with it
 * is a sentence, in time.
 */
#include "unit.h"

#include <errno.h>
#include <stdio.h>

#include "lib/sys.h"
#include "nfsask.h"
#include "rpcserver.h"

static struct err e;
static struct nfsask ask;
static int64_t took_ms;

static int
ask_with(const char *data, int64_t limit_ms)
{
	int64_t start = sys_now_ms();
	int result;

	servers_start();
	ask = (struct nfsask){ .server = LOOPBACK, .path = "/srv/root",
		.portmap_port = server_port[PORTMAP], .machine = "box",
		.end_ms = start + limit_ms };
	nfswords_read(data, &ask.words);
	e = (struct err){ 0, "" };
	result = nfsask(&ask, &e);
	took_ms = sys_now_ms() - start;
	servers_stop();
	return result;
}

/* Nothing is wrong with it. */
static void
finds(const char *data)
{
	if (ask_with(data, 20000) < 0)
		fail_msg("%s: %s", data, e.text);
}

/* Who says no has time to say it, on a busy machine too; who is silent is not
 * waited for. */
static int
ask_in_vain(const char *data, int code)
{
	return ask_with(data, code == ETIMEDOUT ? 400 : 20000);
}

static void
refused(const char *data, int code, const char *sentence)
{
	assert_int_equal(ask_in_vain(data, code), -1);
	if (!strstr(e.text, sentence))
		fail_msg("\"%s\" lacks \"%s\"", e.text, sentence);
	assert_int_equal(e.code, code);
	assert_in_range(took_ms, 0, 15000);
}

/* The sentence with the port of this server for its @. */
static void
refused_at(int who, const char *data, int code, const char *sentence)
{
	const char *at = strchr(sentence, '@');
	char text[200];

	/* the port is only known afterwards */
	assert_int_equal(ask_in_vain(data, code), -1);
	snprintf(text, sizeof text, "%.*s%u%s", (int)(at - sentence), sentence,
		server_port[who], at + 1);
	if (!strstr(e.text, text))
		fail_msg("\"%s\" lacks \"%s\"", e.text, text);
	assert_int_equal(e.code, code);
	assert_in_range(took_ms, 0, 15000);
}

static void
ports_are_asked_for_by_tcp_then_by_udp(void **state)
{
	(void)state;
	finds("vers=3");
	assert_int_equal(ask.words.port, server_port[NFS]);
	assert_int_equal(ask.words.mount_port, server_port[MOUNTD]);
	assert_int_equal(ask.words.mount_way, NFS_WAY_TCP);
	serves[MOUNTD].unregistered[BY_TCP] = true;
	finds("vers=3");
	assert_int_equal(ask.words.mount_way, NFS_WAY_UDP);
	assert_int_equal(ask.words.mount_port, server_port[MOUNTD]);
	serves[PORTMAP].absent[BY_TCP] = true;
	finds("vers=3");
	serves[PORTMAP].absent[BY_UDP] = true;
	finds("vers=3,proto=udp");
}

static void
what_was_given_is_not_asked_for(void **state)
{
	char data[64];

	(void)state;
	serves[PORTMAP].absent[BY_TCP] = serves[PORTMAP].absent[BY_UDP] = true;
	serves[MOUNTD].silent = serves[NFS].silent = true;
	refused("vers=3,mountport=1", ECONNREFUSED, "mountd of 127.0.0.1 "
		"(TCP port 1) is not there: Connection refused -- mountd does "
		"not run, or on another mountport=");
	refused("vers=4,port=1", ECONNREFUSED, "the NFS server of 127.0.0.1 "
		"(TCP port 1) is not there: Connection refused -- it does not "
		"run, or on another port=");
	finds("vers=4,proto=rdma");
	assert_int_equal(ask.words.port, 0);
	servers_start();	/* only for a port that is there */
	snprintf(data, sizeof data, "vers=4.1,port=%u", server_port[NFS]);
	ask = (struct nfsask){ .server = LOOPBACK, .path = "/",
		.machine = "box", .end_ms = sys_now_ms() + 20000 };
	nfswords_read(data, &ask.words);
	assert_int_equal(nfsask(&ask, &e), 0);
	assert_int_equal(ask.words.port, server_port[NFS]);
	servers_stop();
}

static void
lost_datagrams_are_sent_again_records_come_in_parts(void **state)
{
	(void)state;
	serves[PORTMAP].drops = 1;
	serves[MOUNTD].drops = 2;
	finds("vers=3,proto=udp");
	assert_in_range(took_ms, 500 + 500 + 1000, 19000);
	serves[MOUNTD].fragments = 5;
	finds("vers=3");
}

static void
mountd_is_asked_from_a_reserved_port(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
	serves[MOUNTD].reserved = true;
	finds("vers=3");
	serves[MOUNTD].reserved = true;
	finds("vers=3,mountproto=udp");
}

static void
who_is_missing_is_named(void **state)
{
	(void)state;
	serves[PORTMAP].absent[BY_TCP] = serves[PORTMAP].absent[BY_UDP] = true;
	refused_at(PORTMAP, "vers=3", ECONNREFUSED, "the portmapper of "
		"127.0.0.1 (TCP port @) is not there: Connection refused -- "
		"start rpcbind there, or give mountport=");
	serves[MOUNTD].unregistered[BY_TCP] = true;
	serves[MOUNTD].unregistered[BY_UDP] = true;
	refused("vers=3", ENOENT, "mountd is not registered with the "
		"portmapper of 127.0.0.1 for version 3 -- ");
	serves[MOUNTD].unregistered[BY_TCP] = true;
	refused("vers=3,mountproto=tcp", ENOENT, "mountd is not registered "
		"with the portmapper of 127.0.0.1 for version 3 and TCP -- ");
	serves[NFS].unregistered[BY_TCP] = true;
	refused("vers=3", ENOENT, "the NFS server is not registered with the "
		"portmapper of 127.0.0.1 for version 3 and TCP -- it does not "
		"run there, or is told not to speak this version; else give "
		"port=2049");
	serves[MOUNTD].absent[BY_TCP] = true;
	refused_at(MOUNTD, "vers=3", ECONNREFUSED, "mountd of 127.0.0.1 (TCP "
		"port @) is not there: Connection refused");
	serves[NFS].absent[BY_TCP] = true;
	refused_at(NFS, "vers=3", ECONNREFUSED, "the NFS server of 127.0.0.1 "
		"(TCP port @) is not there: Connection refused");
	serves[MOUNTD].absent[BY_UDP] = true;
	refused_at(MOUNTD, "vers=3,mountproto=udp", ECONNREFUSED, "mountd of "
		"127.0.0.1 (UDP port @) is not there: Connection refused");
}

static void
who_is_silent_is_waited_for_no_longer_than_asked(void **state)
{
	(void)state;
	serves[PORTMAP].silent = true;
	refused_at(PORTMAP, "vers=3", ETIMEDOUT, "the portmapper of 127.0.0.1 "
		"(TCP port @) takes calls, but has not answered within ");
	assert_in_range(took_ms, 400, 15000);
	serves[MOUNTD].silent = true;
	refused_at(MOUNTD, "vers=3,mountproto=udp", ETIMEDOUT, "mountd of "
		"127.0.0.1 (UDP port @) does not answer within ");
	assert_in_range(took_ms, 400, 15000);
	serves[NFS].silent = true;
	refused_at(NFS, "vers=3", ETIMEDOUT, "the NFS server of 127.0.0.1 (TCP "
		"port @) takes calls, but has not answered");
	serves[NFS].slams = true;
	refused_at(NFS, "vers=3", ECONNRESET, "the NFS server of 127.0.0.1 "
		"(TCP port @) has not answered: Connection reset");
}

static void
what_a_server_says_no_with_is_told(void **state)
{
	(void)state;
	serves[NFS].words = 7;
	memcpy(serves[NFS].reply, (uint32_t[]){ 1, 0, 0, 0, 2, 4, 4 }, 28);
	refused_at(NFS, "vers=3", EPROTONOSUPPORT, "the NFS server of "
		"127.0.0.1 (TCP port @) does not speak version 3, but 4 to 4 "
		"-- give another vers=");
	serves[MOUNTD].words = 6;
	memcpy(serves[MOUNTD].reply, (uint32_t[]){ 1, 0, 0, 0, 0, 13 }, 24);
	refused_at(MOUNTD, "vers=3", EACCES, "mountd of 127.0.0.1 (TCP port "
		"@) refuses /srv/root: Permission denied -- the server does "
		"not export this directory");
	serves[MOUNTD].cut = 4;
	refused_at(MOUNTD, "vers=3", EBADMSG, "the answer of mountd of "
		"127.0.0.1 (TCP port @) is cut short");
	serves[MOUNTD].cut = 44 - 2;	/* no more than its number */
	refused_at(MOUNTD, "vers=3,mountproto=udp", ETIMEDOUT,
		"mountd of 127.0.0.1 (UDP port @) does not answer");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ports_are_asked_for_by_tcp_then_by_udp),
		cmocka_unit_test(what_was_given_is_not_asked_for),
		cmocka_unit_test(
			lost_datagrams_are_sent_again_records_come_in_parts),
		cmocka_unit_test(mountd_is_asked_from_a_reserved_port),
		cmocka_unit_test(who_is_missing_is_named),
		cmocka_unit_test(
			who_is_silent_is_waited_for_no_longer_than_asked),
		cmocka_unit_test(what_a_server_says_no_with_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
