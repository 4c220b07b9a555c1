/* SPDX-License-Identifier: MIT */
/*
 * Whom the options of an NFS root say to ask, and what is added to them.
 */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "lib/nfswords.h"

static struct nfswords w;
static char data[128];

static void
becomes(const char *before, const char *added)
{
	char after[256];

	strcpy(data, before);
	assert_int_equal(nfswords_add(&w, data, sizeof data), 0);
	snprintf(after, sizeof after, "%s%s", before, added);
	assert_string_equal(data, after);
}

static void
nothing_given_is_all_to_be_asked_for(void **state)
{
	(void)state;
	nfswords_read("vers=3,nolock,addr=192.0.2.1", &w);
	assert_int_equal(w.version, 3);
	assert_int_equal(w.mount_version, 3);
	assert_int_equal(w.way, NFS_WAY_ANY);
	assert_int_equal(w.mount_way, NFS_WAY_ANY);
	assert_int_equal(w.port + w.mount_port + w.mount_server, 0);
	assert_false(w.any_flavour);
	becomes("vers=3", "");
	w.port = 2049;
	w.mount_port = 20048;
	becomes("vers=3", ",port=2049,mountport=20048,mountproto=tcp");
	w.mount_way = NFS_WAY_UDP;
	becomes("vers=3", ",port=2049,mountport=20048,mountproto=udp");
	nfswords_read("v2", &w);
	assert_int_equal(w.version, 2);
	assert_int_equal(w.mount_version, 1);
	nfswords_read("vers=4.2,port=5", &w);
	assert_int_equal(w.version, 4);
	becomes("", ",port=5");
}

static void
what_is_given_counts_the_last_of_it_most(void **state)
{
	(void)state;
	nfswords_read("vers=4,vers=3,proto=udp,mountproto=tcp,port=1,port=2,"
		"mountport=3,mountvers=2,mountaddr=192.0.2.7,sec=sys,tcp", &w);
	assert_int_equal(w.version, 3);
	assert_int_equal(w.way, NFS_WAY_TCP);
	assert_int_equal(w.mount_way, NFS_WAY_TCP);
	assert_int_equal(w.port, 2);
	assert_int_equal(w.mount_port, 3);
	assert_int_equal(w.mount_version, 2);
	assert_int_equal(w.mount_server, 0xc0000207);
	assert_true(w.any_flavour);
	nfswords_read("udp,nfsvers=2", &w);
	assert_int_equal(w.way, NFS_WAY_UDP);
	assert_int_equal(w.version, 2);
	nfswords_read("proto=rdma", &w);
	assert_int_equal(w.way, NFS_WAY_RDMA);
}

static void
what_makes_no_sense_is_the_kernels_to_refuse(void **state)
{
	static char longer[200];

	(void)state;
	nfswords_read(",,port=0,port=65536,port=x,mountport=-1,mountvers=4,"
		"proto=tcp7,vers=5,vers=,volume=4,mountaddr=x,mountaddr=", &w);
	assert_int_equal(w.version, 3);
	assert_int_equal(w.way, NFS_WAY_ANY);
	assert_int_equal(w.port + w.mount_port + w.mount_server, 0);
	assert_int_equal(w.mount_version, 3);
	memset(longer, '1', sizeof longer - 1);
	memcpy(longer, "port=", 5);
	nfswords_read(longer, &w);
	assert_int_equal(w.port, 0);
	w.mount_port = 20048;
	memset(data, 'x', sizeof data);
	data[sizeof data - 20] = '\0';
	assert_int_equal(nfswords_add(&w, data, sizeof data), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_given_is_all_to_be_asked_for),
		cmocka_unit_test(what_is_given_counts_the_last_of_it_most),
		cmocka_unit_test(
			what_makes_no_sense_is_the_kernels_to_refuse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
