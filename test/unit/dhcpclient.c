/* SPDX-License-Identifier: MIT */
/*
 * A client of DHCP against servers that are late, gone, silent or hostile; in
 * no time, since the clock is the test's.
 */
#include "unit.h"

#include <string.h>

#include "lib/dhcpclient.h"

static struct dhcp_client c;
static struct dhcp_settings settings;
static uint8_t packet[DHCP_SEND_SIZE];
static int64_t now;
static uint32_t chance;

static void
begin(void)
{
	memset(&c, 0xff, sizeof c);
	c.hardware_type = 1;
	c.hardware_len = 6;
	memcpy(c.hardware, "\2\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0", 16);
	settings = (struct dhcp_settings){ .dhcp = true, .host = "",
		.vendor_class = "", .client_id = "" };
	now = 100000;
	chance = 0x12345678;
	dhcpclient_begin(&c, now, chance);
}

static size_t
send_packet(void)
{
	return dhcpclient_send(&c, &settings, now, chance, packet);
}

/* The type of what goes out, once it is due. */
static int
sends(void)
{
	if (now < c.next_ms)
		now = c.next_ms;
	assert_true(send_packet() > 0);
	assert_memory_equal(packet + 240, "\65\1", 2);
	return packet[242];
}

static enum dhcp_news
answer(enum dhcp_type type, uint32_t server)
{
	struct dhcp_reply r = { .type = type, .xid = c.xid, .id = server,
		.address = type == DHCP_NAK ? 0 : 0x0a000009,
		.hardware_len = 6, .lease_s = 60 };

	memcpy(r.hardware, c.hardware, 6);
	return dhcpclient_take(&c, &settings, &r, now);
}

static void
four_packets_make_a_lease(void **state)
{
	(void)state;
	begin();
	assert_int_equal(sends(), DHCP_DISCOVER);
	assert_int_equal(answer(DHCP_OFFER, 1), DHCP_OFFERED);
	assert_int_equal(c.next_ms, now);
	assert_int_equal(sends(), DHCP_REQUEST);
	assert_int_equal(answer(DHCP_ACK, 1), DHCP_LEASED);
	assert_int_equal(c.reply.address, 0x0a000009);
	assert_int_equal(c.reply.lease_s, 60);
	now += 1000000;
	assert_int_equal(send_packet(), 0);
}

static void
nothing_goes_out_before_it_is_due(void **state)
{
	(void)state;
	begin();
	assert_int_equal(sends(), DHCP_DISCOVER);
	assert_int_equal(send_packet(), 0);
	now = c.next_ms - 1;
	assert_int_equal(send_packet(), 0);
	assert_int_equal(sends(), DHCP_DISCOVER);
}

static void
repetitions_come_later_and_later(void **state)
{
	int64_t before, wait = 0;

	(void)state;
	begin();
	for (int i = 0; i < 12; i++) {
		chance = chance * 1664525 + 1013904223;
		sends();
		before = wait;
		wait = c.next_ms - now;
		if (i == 0)
			assert_true(wait >= 2000 && wait < 3000);
		else if (i < 5)
			assert_true(wait > before);
		assert_true(wait <= 30500);
	}
	assert_true(wait >= 29500);
	assert_int_equal(c.sent, 12);
	assert_true(now - 100000 > 150000);
}

static void
it_is_over_when_the_last_packet_had_its_time(void **state)
{
	(void)state;
	begin();
	for (int i = 0; i < 6; i++) {
		assert_false(dhcpclient_is_over(&c, 6, now));
		sends();
	}
	assert_false(dhcpclient_is_over(&c, 6, c.next_ms - 1));
	assert_true(dhcpclient_is_over(&c, 6, c.next_ms));
	assert_false(dhcpclient_is_over(&c, 0, c.next_ms));
	answer(DHCP_OFFER, 1);
	assert_false(dhcpclient_is_over(&c, 6, c.next_ms));
}

static void
chance_moves_them(void **state)
{
	int64_t first;

	(void)state;
	begin();
	sends();
	first = c.next_ms;
	begin();
	chance += 500;
	sends();
	assert_true(first != c.next_ms);
}

static void
the_seconds_since_the_first_are_told(void **state)
{
	(void)state;
	begin();
	sends();
	assert_memory_equal(packet + 8, "\0\0", 2);
	now += 300 * 1000;
	sends();
	assert_memory_equal(packet + 8, "\1\54", 2);
	now += 100000 * 1000;
	sends();
	assert_memory_equal(packet + 8, "\377\377", 2);
}

static void
an_answer_to_others_is_none(void **state)
{
	struct dhcp_reply r = { .type = DHCP_OFFER, .id = 1,
		.address = 0x0a000009, .hardware_len = 6 };

	(void)state;
	begin();
	memcpy(r.hardware, c.hardware, 6);
	r.xid = c.xid;
	assert_int_equal(dhcpclient_take(&c, &settings, &r, now),
		DHCP_NO_NEWS);		/* nothing was asked yet */
	sends();
	r.xid++;
	assert_int_equal(dhcpclient_take(&c, &settings, &r, now),
		DHCP_NO_NEWS);
	r.xid--;
	r.hardware[5]++;
	assert_int_equal(dhcpclient_take(&c, &settings, &r, now),
		DHCP_NO_NEWS);
	r.hardware[5]--;
	r.hardware_len = 5;
	assert_int_equal(dhcpclient_take(&c, &settings, &r, now),
		DHCP_NO_NEWS);
	r.hardware_len = 6;
	assert_int_equal(dhcpclient_take(&c, &settings, &r, now),
		DHCP_OFFERED);
}

static void
the_first_offer_is_taken(void **state)
{
	(void)state;
	begin();
	sends();
	assert_int_equal(answer(DHCP_OFFER, 1), DHCP_OFFERED);
	assert_int_equal(answer(DHCP_OFFER, 2), DHCP_NO_NEWS);
	sends();
	assert_int_equal(answer(DHCP_ACK, 2), DHCP_NO_NEWS);
	assert_int_equal(answer(DHCP_NAK, 2), DHCP_NO_NEWS);
	assert_int_equal(answer(DHCP_ACK, 1), DHCP_LEASED);
}

static void
an_acknowledgement_of_nothing_is_none(void **state)
{
	(void)state;
	begin();
	sends();
	assert_int_equal(answer(DHCP_ACK, 1), DHCP_NO_NEWS);
	assert_int_equal(answer(DHCP_NAK, 1), DHCP_NO_NEWS);
	assert_int_equal(c.state, DHCP_SELECTING);
}

static void
an_acknowledgement_of_another_address_is_none(void **state)
{
	struct dhcp_reply r;

	(void)state;
	begin();
	sends();
	answer(DHCP_OFFER, 1);
	sends();
	r = c.reply;
	r.type = DHCP_ACK;
	r.address++;
	assert_int_equal(dhcpclient_take(&c, &settings, &r, now),
		DHCP_NO_NEWS);
}

static void
a_server_that_is_gone_is_given_up(void **state)
{
	uint32_t xid;

	(void)state;
	begin();
	sends();
	answer(DHCP_OFFER, 1);
	xid = c.xid;
	assert_int_equal(sends(), DHCP_REQUEST);
	assert_int_equal(sends(), DHCP_REQUEST);
	assert_int_equal(sends(), DHCP_REQUEST);
	assert_int_equal(sends(), DHCP_DISCOVER);
	assert_true(c.xid != xid);
	assert_int_equal(answer(DHCP_OFFER, 2), DHCP_OFFERED);
}

static void
who_refuses_for_ever_is_asked_more_seldom(void **state)
{
	int64_t wait = 0;

	(void)state;
	begin();
	for (unsigned i = 1; i <= 20; i++) {
		sends();
		assert_int_equal(answer(DHCP_OFFER, 1), DHCP_OFFERED);
		assert_int_equal(sends(), DHCP_REQUEST);
		assert_int_equal(answer(DHCP_NAK, 1), DHCP_REFUSED);
		assert_int_equal(c.refusals, i);
		assert_true(c.next_ms - now >= 1000);
		assert_true(c.next_ms - now >= wait || i > 5);
		wait = c.next_ms - now;
	}
	assert_int_equal(wait, 30000);
}

static void
bootp_answers_where_it_may(void **state)
{
	(void)state;
	begin();
	sends();
	assert_int_equal(answer(DHCP_NONE, 0), DHCP_NO_NEWS);
	settings.bootp = true;
	assert_int_equal(answer(DHCP_NONE, 0), DHCP_LEASED);
	begin();
	settings.bootp = true;
	settings.dhcp = false;
	assert_true(send_packet() > 0);
	assert_int_equal(packet[240], 255);
	assert_int_equal(answer(DHCP_OFFER, 1), DHCP_NO_NEWS);
	assert_int_equal(answer(DHCP_NONE, 0), DHCP_LEASED);
}

static void
an_address_can_be_asked_for(void **state)
{
	(void)state;
	begin();
	settings.wanted = 0x0a000042;
	sends();
	assert_memory_equal(packet + 243, "\62\4\12\0\0\102", 6);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(four_packets_make_a_lease),
		cmocka_unit_test(nothing_goes_out_before_it_is_due),
		cmocka_unit_test(repetitions_come_later_and_later),
		cmocka_unit_test(it_is_over_when_the_last_packet_had_its_time),
		cmocka_unit_test(chance_moves_them),
		cmocka_unit_test(the_seconds_since_the_first_are_told),
		cmocka_unit_test(an_answer_to_others_is_none),
		cmocka_unit_test(the_first_offer_is_taken),
		cmocka_unit_test(an_acknowledgement_of_nothing_is_none),
		cmocka_unit_test(an_acknowledgement_of_another_address_is_none),
		cmocka_unit_test(a_server_that_is_gone_is_given_up),
		cmocka_unit_test(who_refuses_for_ever_is_asked_more_seldom),
		cmocka_unit_test(bootp_answers_where_it_may),
		cmocka_unit_test(an_address_can_be_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
