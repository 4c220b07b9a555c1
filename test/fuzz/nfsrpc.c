/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/rpc and lib/nfsrpc: the answer of a portmapper or a mountd
 * to call 7, from anybody on the network.
 */
#include "lib/nfsrpc.h"

#include "fuzz.h"

static void
has_sentence(int result, const struct err *e)
{
	must(result == 0 || (e->text[0] != '\0' && e->code != 0),
		"a failure has a sentence and a code");
	must(has_end(e->text, sizeof(e->text)), "which ends");
}

static void
check_port(const struct rpc_call *c, struct rpc_results r)
{
	struct err e = { 0, "" };
	unsigned port = 0;
	int result = nfsrpc_port(c, &r, &port, &e);

	has_sentence(result, &e);
	must(port <= 65535, "a port is one");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *packet = (uint8_t *)text_of(data, size);
	struct rpc_call c = { .xid = 7, .program = RPC_MOUNT,
		.who = "mountd" };
	struct rpc_results r;
	struct err e;

	for (c.version = 1; c.version <= 3; c.version++) {
		int result;

		e = (struct err){ 0, "" };
		result = rpc_answer(packet, size, &c, &r, &e);
		has_sentence(result, &e);
		if (result < 0)
			continue;
		must(r.at + r.len == packet + size, "the rest is the rest");
		check_port(&c, r);
		result = nfsrpc_mount(&c, "/srv", c.version == 2, &r, &e);
		has_sentence(result, &e);
	}
	free(packet);
	return 0;
}
