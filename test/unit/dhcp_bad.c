/* SPDX-License-Identifier: MIT */
/*
 * What a broken or hostile server of DHCP sends: dropped, or taken without
 * what makes no sense.
 */
#include "unit.h"

#include "answers.h"

static void
an_overload_that_makes_no_sense_is_dropped(void **state)
{
	(void)state;
	begin_ack();
	ADD("\64\1\4");
	assert_int_equal(parse(), -1);
	begin_ack();
	ADD("\64\2\1\1");
	assert_int_equal(parse(), -1);
	begin_ack();
	ADD("\64\1\1");
	memset(packet + 108, 12, 128);
	assert_int_equal(parse(), -1);
}

static void
routes_that_are_cut_short_are_none(void **state)
{
	(void)state;
	begin_ack();
	ADD("\3\4\12\0\0\376" "\171\6\0\12\0\0\1\30");
	assert_int_equal(parse(), 0);
	assert_int_equal(r.routes, 0);
	assert_int_equal(r.router, 0x0a0000fe);
	begin_ack();
	ADD("\171\11\41\1\2\3\4\12\0\0\1");
	assert_int_equal(parse(), 0);
	assert_int_equal(r.routes, 0);
}

static void
what_is_no_answer_is_dropped(void **state)
{
	(void)state;
	begin_ack();
	packet[0] = 1;
	assert_int_equal(parse(), -1);
	begin_ack();
	packet[2] = 17;
	assert_int_equal(parse(), -1);
	begin();
	ADD("\65\1\1" "\66\4\12\0\0\1");
	assert_int_equal(parse(), -1);
	begin();
	ADD("\65\1\5");
	assert_int_equal(parse(), -1);
	begin();
	ADD("\65\1\11" "\66\4\12\0\0\1");
	assert_int_equal(parse(), -1);
	begin();
	ADD("\65\2\5\5" "\66\4\12\0\0\1");
	assert_int_equal(parse(), -1);
	begin();
	ADD("\65\0" "\66\4\12\0\0\1");
	assert_int_equal(parse(), -1);
}

static void
an_address_that_no_machine_has_is_dropped(void **state)
{
	static const char *const bad[] = { "\0\0\0\0", "\177\0\0\1",
		"\340\0\0\1", "\377\377\377\377" };

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		begin_ack();
		memcpy(packet + 16, bad[i], 4);
		assert_int_equal(parse(), -1);
	}
}

/* At each length the packet is whole, or dropped; never read beyond. */
static void
a_packet_that_is_cut_short_is_dropped(void **state)
{
	static uint8_t copy[DHCP_RECEIVE_SIZE];

	(void)state;
	begin_ack();
	ADD("\1\4\377\377\377\0");
	for (size_t size = 0; size < len; size++) {
		uint8_t *end = copy + sizeof copy - size;

		memcpy(end, packet, size);
		if (dhcp_parse(end, size, &r) == 0)
			assert_true(size == 236 || (size > 236 && size < 240) ||
				size == 240 || size == 249);
	}
}

static void
text_that_steers_a_terminal_is_not_taken(void **state)
{
	(void)state;
	begin_ack();
	ADD("\14\4a;rm" "\17\3a b" "\21\4/\33[m" "\70\3a\nb");
	assert_int_equal(parse(), 0);
	assert_string_equal(r.host, "");
	assert_string_equal(r.domain, "");
	assert_string_equal(r.root_path, "");
	assert_string_equal(r.message, "");
}

static void
values_of_the_wrong_length_do_not_count(void **state)
{
	(void)state;
	begin_ack();
	ADD("\1\3\377\377\377" "\32\1\5" "\63\2\1\1" "\6\3\12\0\0");
	assert_int_equal(parse(), 0);
	assert_int_equal(r.netmask, 0);
	assert_int_equal(r.mtu, 0);
	assert_int_equal(r.lease_s, 0);
	assert_int_equal(r.dns[0], 0);
	begin_ack();
	ADD("\1\4\377\0\377\0" "\32\2\0\103");
	assert_int_equal(parse(), 0);
	assert_int_equal(r.netmask, 0);
	assert_int_equal(r.mtu, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_overload_that_makes_no_sense_is_dropped),
		cmocka_unit_test(routes_that_are_cut_short_are_none),
		cmocka_unit_test(what_is_no_answer_is_dropped),
		cmocka_unit_test(an_address_that_no_machine_has_is_dropped),
		cmocka_unit_test(a_packet_that_is_cut_short_is_dropped),
		cmocka_unit_test(text_that_steers_a_terminal_is_not_taken),
		cmocka_unit_test(values_of_the_wrong_length_do_not_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
