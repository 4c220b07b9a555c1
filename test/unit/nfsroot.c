/* SPDX-License-Identifier: MIT */
/*
 * Which directory of which server is the root, and what mount(2) is told.
 */
#include "unit.h"

#include <string.h>

#include "lib/ipaddr.h"
#include "lib/nfsroot.h"

static struct err e;
static struct nfsroot n;
static struct nfsroot_said said;

static void
say(const char *root, const char *nfsroot, const char *lease)
{
	said = (struct nfsroot_said){ .root = root, .nfsroot = nfsroot,
		.lease = lease, .host = "box" };
	assert_int_equal(ipaddr_read("192.0.2.9", &said.server), 0);
}

static void
gives(const char *source, const char *data)
{
	char text[600];

	if (nfsroot_parse(&said, &n, &e) < 0)
		fail_msg("refused: %s", e.text);
	assert_int_equal(nfsroot_source(&n, text, sizeof text, &e), 0);
	assert_string_equal(text, source);
	assert_int_equal(nfsroot_data(&n, nfsroot_version(&n, 0), 0x0a000001,
		text, sizeof text), 0);
	assert_string_equal(text, data);
}

static void
refused(const char *why)
{
	assert_int_equal(nfsroot_parse(&said, &n, &e), -1);
	if (!strstr(e.text, why))
		fail_msg("\"%s\" lacks \"%s\"", e.text, why);
}

static void
nfsroot_names_server_directory_and_options(void **state)
{
	(void)state;
	say("/dev/nfs", "192.0.2.1:/srv/root,rsize=8192,tcp", "");
	gives("192.0.2.1:/srv/root",
		"vers=3,nolock,addr=192.0.2.1,rsize=8192,tcp");
	say("/dev/nfs", "/srv/%s/root", "");
	gives("192.0.2.9:/srv/box/root", "vers=3,nolock,addr=192.0.2.9");
	say("/dev/nfs", "plain,v4.1", "");
	gives("192.0.2.9:/tftpboot/plain",
		"vers=4.1,addr=192.0.2.9,clientaddr=10.0.0.1");
	say("", "192.0.2.1:,port=2050,,mountport=4", "");
	gives("192.0.2.1:/tftpboot/box",
		"vers=3,nolock,addr=192.0.2.1,port=2050,mountport=4");
}

static void
without_it_the_lease_says_where_or_the_default_counts(void **state)
{
	(void)state;
	say("/dev/nfs", "", "");
	gives("192.0.2.9:/tftpboot/box", "vers=3,nolock,addr=192.0.2.9");
	say("/dev/nfs", "", "192.0.2.5:/l,soft");
	gives("192.0.2.5:/l", "vers=3,nolock,addr=192.0.2.5,soft");
	say("/dev/nfs", "192.0.2.1:default,hard", "192.0.2.5:/l,soft");
	gives("192.0.2.1:/l", "vers=3,nolock,addr=192.0.2.1,soft,hard");
	say("/dev/nfs", ",nfsvers=3", "/l");
	gives("192.0.2.9:/l", "vers=3,nolock,addr=192.0.2.9");
}

static void
root_can_say_it_all(void **state)
{
	(void)state;
	say("nfs:192.0.2.1:/srv:soft,vers=3", "", "/lease");
	gives("192.0.2.1:/srv", "vers=3,nolock,addr=192.0.2.1,soft");
	say("nfs:/srv,soft", "", "");
	gives("192.0.2.9:/srv", "vers=3,nolock,addr=192.0.2.9,soft");
	say("nfs4:192.0.2.1:/", "", "");
	gives("192.0.2.1:/", "vers=4.2,addr=192.0.2.1,clientaddr=10.0.0.1");
	assert_string_equal(nfsroot_version(&n, 1), "4.1");
	assert_string_equal(nfsroot_version(&n, 2), "4.0");
	assert_null(nfsroot_version(&n, 3));
	say("nfs4:/srv:vers=4.0", "", "");
	gives("192.0.2.9:/srv",
		"vers=4.0,addr=192.0.2.9,clientaddr=10.0.0.1");
	assert_null(nfsroot_version(&n, 1));
	assert_true(nfsroot_is_spelt("nfs4:"));
	assert_false(nfsroot_is_spelt("/dev/nfs"));
}

static void
what_cannot_be_meant_is_refused(void **state)
{
	static char longer[700];

	(void)state;
	say("/dev/nfs", "server:/srv", "");
	refused("the NFS server \"server\" is no address");
	say("nfs:[fe80::1]:/srv", "", "");
	refused("IPv6 is not there yet");
	say("/dev/nfs", "/srv", "");
	said.server = 0;
	refused("no NFS server address");
	say("/dev/nfs", "/srv,vers=5", "");
	refused("no version \"5\"");
	say("nfs:192.0.2.1:srv", "", "");
	refused("\"srv\" is no path");
	memset(longer, 'x', sizeof longer - 1);
	longer[0] = '/';
	say("/dev/nfs", longer, "");
	refused("longer than 511 bytes");
	longer[0] = longer[400] = ',';
	say("/dev/nfs", longer, "");
	refused("longer than 255 bytes");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nfsroot_names_server_directory_and_options),
		cmocka_unit_test(
			without_it_the_lease_says_where_or_the_default_counts),
		cmocka_unit_test(root_can_say_it_all),
		cmocka_unit_test(what_cannot_be_meant_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
