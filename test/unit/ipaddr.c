/* SPDX-License-Identifier: MIT */
/*
 * Addresses and masks of IPv4.
 */
#include "unit.h"

#include "lib/ipaddr.h"

static void
four_numbers_are_an_address(void **state)
{
	char text[IPADDR_TEXT_SIZE];
	uint32_t ip = 1;

	(void)state;
	assert_int_equal(ipaddr_read("192.0.2.1", &ip), 0);
	assert_int_equal(ip, 0xc0000201);
	assert_string_equal(ipaddr_write(ip, text), "192.0.2.1");
	assert_int_equal(ipaddr_read("255.255.255.255", &ip), 0);
	assert_string_equal(ipaddr_write(ip, text), "255.255.255.255");
	assert_int_equal(ipaddr_read("010.0.0.0", &ip), 0);
	assert_int_equal(ip, 10u << 24);
}

static void
six_bytes_are_the_address_of_a_card(void **state)
{
	static const uint8_t mac[] = { 0x52, 0x54, 0, 0x12, 0xab, 0xff };
	char text[IPADDR_MAC_SIZE];

	(void)state;
	assert_string_equal(ipaddr_write_mac(mac, text), "52:54:00:12:ab:ff");
}

static void
anything_else_is_none(void **state)
{
	static const char *const bad[] = { "", "1", "1.2.3", "1.2.3.4.",
		"1.2.3.256", "1.2.3.4.5", "1..2.3", "1.2.3.4 ", "a.b.c.d",
		"-1.2.3.4", "0001.2.3.4", "1.2.3.0x1" };
	uint32_t ip = 7;

	(void)state;
	for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		if (ipaddr_read(bad[i], &ip) == 0)
			fail_msg("\"%s\" is taken", bad[i]);
		assert_int_equal(ip, 7);
	}
}

static void
masks_have_no_holes(void **state)
{
	(void)state;
	for (unsigned bits = 0; bits <= 32; bits++)
		assert_int_equal(ipaddr_prefix(ipaddr_mask(bits)), bits);
	assert_int_equal(ipaddr_mask(24), 0xffffff00);
	assert_int_equal(ipaddr_prefix(0xff00ff00), -1);
	assert_int_equal(ipaddr_prefix(1), -1);
}

static void
a_class_has_its_mask(void **state)
{
	(void)state;
	assert_int_equal(ipaddr_class_mask(0x0a000001), 0xff000000);
	assert_int_equal(ipaddr_class_mask(0xac100001), 0xffff0000);
	assert_int_equal(ipaddr_class_mask(0xc0a80001), 0xffffff00);
}

static void
a_machine_has_no_address_of_many(void **state)
{
	(void)state;
	assert_true(ipaddr_is_host(0x0a000001));
	assert_true(ipaddr_is_host(0xdfffffff));
	assert_false(ipaddr_is_host(0));
	assert_false(ipaddr_is_host(0x00000001));
	assert_false(ipaddr_is_host(0x7f000001));
	assert_false(ipaddr_is_host(0xe0000001));
	assert_false(ipaddr_is_host(0xffffffff));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(four_numbers_are_an_address),
		cmocka_unit_test(six_bytes_are_the_address_of_a_card),
		cmocka_unit_test(anything_else_is_none),
		cmocka_unit_test(masks_have_no_holes),
		cmocka_unit_test(a_class_has_its_mask),
		cmocka_unit_test(a_machine_has_no_address_of_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
