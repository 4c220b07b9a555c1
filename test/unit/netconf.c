/* SPDX-License-Identifier: MIT */
/*
 * What the real system is told of its network.
 */
#include "unit.h"

#include <string.h>

#include "netapply.h"
#include "netconf.h"

static struct net_result r;
static char text[NETCONF_SIZE];

static void
a_lease(void)
{
	struct dhcp_reply *l = &r.lease;

	memset(&r, 0, sizeof r);
	strcpy(r.device, "eth0");
	memcpy(r.mac, "\2\0\0\0\0\1", 6);
	r.protocol = NET_DHCP;
	l->address = 0xc0000232;
	l->netmask = 0xffffff00;
	l->router = 0xc00002fe;
	l->dns[0] = 0xc0000203;
	l->id = 0xc0000201;
	l->lease_s = 3600;
	strcpy(l->domain, "example.org");
	strcpy(l->search, "a.org b.org");
	strcpy(l->root_path, "/srv/it's $(x)");
}

static void
each_value_is_quoted_for_a_shell(void **state)
{
	(void)state;
	a_lease();
	r.server = 0xc0000202;
	netconf_write(&r, text);
	assert_string_equal(text, "DEVICE='eth0'\n"
		"HWADDR='02:00:00:00:00:01'\n"
		"PROTO='dhcp'\n"
		"IPV4ADDR='192.0.2.50'\n"
		"IPV4BROADCAST='192.0.2.255'\n"
		"IPV4NETMASK='255.255.255.0'\n"
		"IPV4GATEWAY='192.0.2.254'\n"
		"IPV4DNS0='192.0.2.3'\n"
		"DNSDOMAIN='example.org'\n"
		"DOMAINSEARCH='a.org b.org'\n"
		"ROOTSERVER='192.0.2.2'\n"
		"ROOTPATH='/srv/it'\\''s $(x)'\n"
		"DHCPLEASETIME='3600'\n"
		"DHCPSERVER='192.0.2.1'\n");
}

static void
resolv_conf_is_like_the_kernels_pnp(void **state)
{
	(void)state;
	a_lease();
	r.server = 0xc0000202;
	netconf_resolv(&r, text);
	assert_string_equal(text, "#PROTO: DHCP\n"
		"domain example.org\n"
		"search a.org b.org\n"
		"nameserver 192.0.2.3\n"
		"bootserver 192.0.2.2\n");
	memset(&r, 0, sizeof r);
	netconf_resolv(&r, text);
	assert_string_equal(text, "#MANUAL\n");
}

static void
the_longest_values_fit(void **state)
{
	struct dhcp_reply *l = &r.lease;

	(void)state;
	a_lease();
	memset(l->root_path, '\'', sizeof l->root_path - 1);
	memset(l->boot_file, '\'', sizeof l->boot_file - 1);
	memset(l->boot_server, '\'', sizeof l->boot_server - 1);
	memset(l->search, 'a', sizeof l->search - 1);
	memset(l->domain, 'a', sizeof l->domain - 1);
	netconf_write(&r, text);
	assert_non_null(strstr(text, "DHCPSERVER='192.0.2.1'\n"));
}

static void
the_kernels_own_results_are_read(void **state)
{
	(void)state;
	memset(&r, 0, sizeof r);
	assert_false(netconf_read_pnp("", &r));
	assert_false(netconf_read_pnp("nameserver 192.0.2.3\n", &r));
	assert_true(netconf_read_pnp("#PROTO: DHCP\ndomain example.org\n"
		"nameserver 192.0.2.3\nnameserver 192.0.2.4\n"
		"bootserver 192.0.2.2\n", &r));
	assert_string_equal(r.lease.domain, "example.org");
	assert_int_equal(r.lease.dns[1], 0xc0000204);
	assert_int_equal(r.server, 0xc0000202);
	assert_true(netconf_read_pnp("#MANUAL\ndomain a'b\nnameserver x\n"
		"nameserver 1.1.1.1\nnameserver 1.1.1.1\nnameserver 1.1.1.1\n"
		"nameserver 1.1.1.1\nnameserver 1.1.1.1", &r));
	assert_string_equal(r.lease.domain, "");
}

static void
ip_comes_before_the_lease(void **state)
{
	struct ipspec spec = { .server = 0x01010101, .gateway = 0xc0000205,
		.netmask = 0xffff0000, .dns = { 0x08080808 },
		.ntp = 0x02020202, .host = "box", .nis_domain = "nis" };

	(void)state;
	a_lease();
	r.lease.routes = 2;
	strcpy(r.lease.host, "guest");
	netapply_complete(&spec, &r);
	assert_int_equal(r.lease.netmask, 0xffff0000);
	assert_int_equal(r.lease.router, 0xc0000205);
	assert_int_equal(r.lease.routes, 0);
	assert_int_equal(r.lease.dns[0], 0xc0000203);
	assert_int_equal(r.lease.ntp[0], 0x02020202);
	assert_int_equal(r.server, 0x01010101);
	assert_string_equal(r.lease.host, "box");
	assert_string_equal(r.lease.nis_domain, "nis");
}

static void
what_nobody_gives_has_its_default(void **state)
{
	struct ipspec spec = { .client = 0x0a000005, .dns = { 0, 8 } };

	(void)state;
	memset(&r, 0, sizeof r);
	netapply_complete(&spec, &r);
	assert_int_equal(r.lease.address, 0x0a000005);
	assert_int_equal(r.lease.netmask, 0xff000000);
	assert_int_equal(r.lease.dns[0], 8);
	assert_int_equal(r.lease.dns[1], 0);
	assert_int_equal(r.server, 0);
	assert_string_equal(r.lease.host, "10.0.0.5");
	a_lease();
	netapply_complete(&spec, &r);
	assert_int_equal(r.lease.address, 0xc0000232);
	assert_int_equal(r.server, 0xc0000201);
	r.lease.next_server = 7;
	netapply_complete(&spec, &r);
	assert_int_equal(r.server, 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_value_is_quoted_for_a_shell),
		cmocka_unit_test(resolv_conf_is_like_the_kernels_pnp),
		cmocka_unit_test(the_longest_values_fit),
		cmocka_unit_test(the_kernels_own_results_are_read),
		cmocka_unit_test(ip_comes_before_the_lease),
		cmocka_unit_test(what_nobody_gives_has_its_default),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
