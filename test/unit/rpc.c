/* SPDX-License-Identifier: MIT */
/*
 * Calls of ONC RPC, byte by byte, and each way in which an answer can be bad.
 */
#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "lib/nfsrpc.h"

static struct err e;
static struct rpc_call call;
static struct rpc_message m;
static struct rpc_results r;
static uint8_t packet[512];
static size_t len;

static void
given_call(uint32_t version)
{
	call = (struct rpc_call){ .xid = 7, .version = version,
		.who = "mountd of it" };
}

static void
answer_is(unsigned count, const uint32_t *words)
{
	for (unsigned i = 0; i < count; i++) {
		uint32_t word = htonl(words[i]);

		memcpy(packet + 4 * i, &word, 4);
	}
	len = 4 * count;
	e = (struct err){ 0, "" };
}

#define ANSWER(...) \
	answer_is(sizeof((uint32_t[]){ __VA_ARGS__ }) / 4, \
		(uint32_t[]){ __VA_ARGS__ })

static void
says(int result, int code, const char *sentence)
{
	if (result == 0)
		fail_msg("taken, not \"%s\"", sentence);
	if (!strstr(e.text, sentence))
		fail_msg("\"%s\" lacks \"%s\"", e.text, sentence);
	assert_int_equal(e.code, code);
}

static int
mounted(void)
{
	return rpc_answer(packet, len, &call, &r, &e) < 0 ? -1 :
		nfsrpc_mount(&call, "/srv", false, &r, &e);
}

static void
message_is(unsigned count, const uint32_t *words)
{
	answer_is(count, words);
	assert_int_equal(m.len, len);
	assert_memory_equal(m.bytes, packet, len);
}

#define MESSAGE(...) \
	message_is(sizeof((uint32_t[]){ __VA_ARGS__ }) / 4, \
		(uint32_t[]){ __VA_ARGS__ })

static void
a_call_is_what_the_documents_say(void **state)
{
	(void)state;
	given_call(3);
	nfsrpc_ask_port(&call, RPC_MOUNT, 3, true, &m);
	MESSAGE(7, 0, 2, 100000, 2, 3, 0, 0, 0, 0, 100005, 3, 6, 0);
	nfsrpc_ask_port(&call, RPC_NFS, 3, false, &m);
	MESSAGE(7, 0, 2, 100000, 2, 3, 0, 0, 0, 0, 100003, 3, 17, 0);
	given_call(3);
	call.machine = "boxes";
	assert_int_equal(nfsrpc_ask_mount(&call, "/srv", &m, &e), 0);
	MESSAGE(7, 0, 2, 100005, 3, 1, 1, 28, 7, 5, 0x626f7865, 0x73000000, 0,
		0, 0, 0, 0, 4, 0x2f737276);
	call = (struct rpc_call){ .xid = 7, .program = RPC_NFS, .version = 4 };
	rpc_begin(&m, &call);
	MESSAGE(7, 0, 2, 100003, 4, 0, 0, 0, 0, 0);
}

static void
what_is_too_long_for_a_call_is_refused(void **state)
{
	static char path[RPC_CALL_SIZE];

	(void)state;
	given_call(3);
	memset(path, 'x', sizeof path - 1);
	says(nfsrpc_ask_mount(&call, path, &m, &e), 0, "too long");
	path[RPC_CALL_SIZE - 44] = '\0';
	assert_int_equal(nfsrpc_ask_mount(&call, path, &m, &e), 0);
	assert_int_equal(m.len, RPC_CALL_SIZE);
	assert_int_equal(rpc_put(&m, 0), -1);
}

static void
a_port_is_a_number_of_16_bits(void **state)
{
	unsigned port = 1;

	(void)state;
	given_call(2);
	ANSWER(7, 1, 0, 0, 0, 0, 20048);
	assert_int_equal(rpc_answer(packet, len, &call, &r, &e), 0);
	assert_int_equal(nfsrpc_port(&call, &r, &port, &e), 0);
	assert_int_equal(port, 20048);
	ANSWER(7, 1, 0, 0, 8, 1, 2, 0, 65536);	/* with a verifier */
	assert_int_equal(rpc_answer(packet, len, &call, &r, &e), 0);
	says(nfsrpc_port(&call, &r, &port, &e), EBADMSG, "makes no sense");
	ANSWER(7, 1, 0, 0, 0, 0);
	assert_int_equal(rpc_answer(packet, len, &call, &r, &e), 0);
	says(nfsrpc_port(&call, &r, &port, &e), EBADMSG, "is cut short");
}

static void
only_what_has_the_number_of_the_call_is_an_answer(void **state)
{
	(void)state;
	ANSWER(7, 1);
	assert_true(rpc_is_answer(packet, len, 7));
	assert_false(rpc_is_answer(packet, len, 8));
	assert_false(rpc_is_answer(packet, len - 1, 7));
	ANSWER(7, 0);
	assert_false(rpc_is_answer(packet, len, 7));
	given_call(3);
	says(mounted(), EBADMSG, "the answer of mountd of it is cut short");
}

static void
a_call_that_was_not_accepted_says_why(void **state)
{
	(void)state;
	given_call(3);
	ANSWER(7, 1, 1, 0, 3, 4);
	says(mounted(), EPROTONOSUPPORT,
		"mountd of it does not speak RPC version 2, but 3 to 4");
	ANSWER(7, 1, 1, 1, 1);
	says(mounted(), EACCES,
		"mountd of it does not take our credentials, AUTH_NONE (1)");
	call.machine = "box";
	ANSWER(7, 1, 1, 1, 5);
	says(mounted(), EACCES, "AUTH_SYS: they are too weak (5)");
	ANSWER(7, 1, 1, 2, 5);
	says(mounted(), EBADMSG, "makes no sense");
	ANSWER(7, 1, 1, 0, 3);
	says(mounted(), EBADMSG, "is cut short");
	ANSWER(7, 1, 2, 0, 3);
	says(mounted(), EBADMSG, "makes no sense");
}

static void
a_call_that_was_not_done_says_why(void **state)
{
	(void)state;
	given_call(3);
	call.program = 100005;
	call.procedure = 1;
	ANSWER(7, 1, 0, 0, 0, 1);
	says(mounted(), EPROTONOSUPPORT,
		"mountd of it is something else: program 100005 does not run");
	ANSWER(7, 1, 0, 0, 0, 2, 1, 2);
	says(mounted(), EPROTONOSUPPORT,
		"mountd of it does not speak version 3, but 1 to 2");
	ANSWER(7, 1, 0, 0, 0, 2, 1);
	says(mounted(), EBADMSG, "is cut short");
	ANSWER(7, 1, 0, 0, 0, 3);
	says(mounted(), EPROTO, "does not understand procedure 1 of version 3");
	ANSWER(7, 1, 0, 0, 0, 4);
	says(mounted(), EPROTO, "does not understand procedure 1 of version 3");
	ANSWER(7, 1, 0, 0, 0, 5);
	says(mounted(), EPROTO, "mountd of it has an error of its own");
	ANSWER(7, 1, 0, 0, 0, 6);
	says(mounted(), EBADMSG, "makes no sense");
	ANSWER(7, 1, 0, 0, 404, 6);
	says(mounted(), EBADMSG, "makes no sense");
	ANSWER(7, 1, 0, 0, 8, 6);
	says(mounted(), EBADMSG, "is cut short");
}

static void
mountd_gives_a_handle_and_takes_our_credentials(void **state)
{
	(void)state;
	given_call(3);
	ANSWER(7, 1, 0, 0, 0, 0, 0, 8, 1, 2, 2, 390003, 1);
	assert_int_equal(mounted(), 0);
	ANSWER(7, 1, 0, 0, 0, 0, 0, 8, 1, 2, 0);
	assert_int_equal(mounted(), 0);
	ANSWER(7, 1, 0, 0, 0, 0, 0, 8, 1, 2, 1, 0);
	assert_int_equal(mounted(), 0);
	ANSWER(7, 1, 0, 0, 0, 0, 0, 8, 1, 2, 2, 390003, 390004);
	says(mounted(), EACCES, "mountd of it gives /srv to none with "
		"AUTH_SYS credentials, but for flavours 390003, 390004 -- ");
	assert_int_equal(rpc_answer(packet, len, &call, &r, &e), 0);
	assert_int_equal(nfsrpc_mount(&call, "/srv", true, &r, &e), 0);
	ANSWER(7, 1, 0, 0, 0, 0, 0, 8, 1, 2, 3, 390003, 1);
	says(mounted(), EBADMSG, "is cut short");
	ANSWER(7, 1, 0, 0, 0, 0, 0, 0, 0);
	says(mounted(), EBADMSG, "makes no sense");
	ANSWER(7, 1, 0, 0, 0, 0, 0, 68, 1, 2);
	says(mounted(), EBADMSG, "makes no sense");
	ANSWER(7, 1, 0, 0, 0, 0, 0, 12, 1, 2);
	says(mounted(), EBADMSG, "is cut short");
	ANSWER(7, 1, 0, 0, 0, 0);
	says(mounted(), EBADMSG, "is cut short");
	given_call(1);
	ANSWER(7, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
	assert_int_equal(mounted(), 0);
	ANSWER(7, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7);
	says(mounted(), EBADMSG, "is cut short");
}

static void
each_status_of_mountd_has_its_sentence(void **state)
{
	static const struct { uint32_t status; int code; const char *says; }
	table[] = {
		{ 1, EPERM, "Operation not permitted -- the server does not "
			"export this directory" },
		{ 2, ENOENT, "No such file or directory -- the server has no "
			"such directory" },
		{ 5, EIO, "Input/output error -- the server's log" },
		{ 13, EACCES, "Permission denied -- the server does not "
			"export this directory, or not to this machine" },
		{ 20, ENOTDIR, "Not a directory -- the server has no such" },
		{ 22, EREMOTEIO, "its status is 22" },
		{ 63, ENAMETOOLONG, "File name too long" },
		{ 10004, EOPNOTSUPP, "Operation not supported" },
		{ 10006, EREMOTEIO, "its status is 10006" },
	};

	(void)state;
	given_call(3);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		ANSWER(7, 1, 0, 0, 0, 0, table[i].status);
		says(mounted(), table[i].code, "mountd of it refuses /srv: ");
		says(-1, table[i].code, table[i].says);
	}
}

static void
a_record_has_its_length_before_it(void **state)
{
	uint8_t mark[RPC_MARK_SIZE];
	bool last;

	(void)state;
	rpc_mark(mark, 0x1234);
	assert_memory_equal(mark, "\x80\x00\x12\x34", 4);
	assert_int_equal(rpc_fragment(mark, &last), 0x1234);
	assert_true(last);
	mark[0] = 0x7f;
	assert_int_equal(rpc_fragment(mark, &last), 0x7f001234);
	assert_false(last);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_is_what_the_documents_say),
		cmocka_unit_test(what_is_too_long_for_a_call_is_refused),
		cmocka_unit_test(a_port_is_a_number_of_16_bits),
		cmocka_unit_test(
			only_what_has_the_number_of_the_call_is_an_answer),
		cmocka_unit_test(a_call_that_was_not_accepted_says_why),
		cmocka_unit_test(a_call_that_was_not_done_says_why),
		cmocka_unit_test(
			mountd_gives_a_handle_and_takes_our_credentials),
		cmocka_unit_test(each_status_of_mountd_has_its_sentence),
		cmocka_unit_test(a_record_has_its_length_before_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
