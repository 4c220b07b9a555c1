/* SPDX-License-Identifier: MIT */
/*
 * Packets of DHCP: what is sent, byte by byte, and what answers mean.
 */
#include "unit.h"

#include "answers.h"

static const struct dhcp_ask *
an_ask(enum dhcp_type type)
{
	static struct dhcp_ask ask;

	ask = (struct dhcp_ask){ .type = type, .xid = 0x12345678, .secs = 300,
		.hardware_type = 1, .hardware_len = 6,
		.hardware = { 2, 0, 0, 0, 0, 1 }, .host = "",
		.vendor_class = "", .client_id = "" };
	return &ask;
}

/* The option in what was built, its length byte first; NULL without it. */
static const uint8_t *
sent(const uint8_t *p, size_t size, uint8_t code)
{
	for (size_t at = 240; at < size && p[at] != 255; at += p[at + 1] + 2u)
		if (p[at] == code)
			return p + at + 1;
	return NULL;
}

static void
a_discovery_has_the_header_of_rfc_2131(void **state)
{
	uint8_t p[DHCP_SEND_SIZE];
	size_t size = dhcp_build(an_ask(DHCP_DISCOVER), p);

	(void)state;
	assert_true(size >= 300);
	assert_memory_equal(p, "\1\1\6\0\x12\x34\x56\x78\1\x2c\x80\0", 12);
	assert_memory_equal(p + 12, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16);
	assert_memory_equal(p + 28, "\2\0\0\0\0\1\0\0", 8);
	assert_memory_equal(p + 236, "\x63\x82\x53\x63\65\1\1", 7);
	assert_memory_equal(sent(p, size, 57), "\2\5\xdc", 3);
	assert_null(sent(p, size, 50));
	assert_null(sent(p, size, 54));
	assert_null(sent(p, size, 12));
	assert_null(sent(p, size, 60));
	assert_null(sent(p, size, 61));
}

static void
every_option_that_is_used_is_asked_for(void **state)
{
	static const uint8_t wanted[] = { 1, 3, 6, 12, 15, 17, 26, 40, 42, 66,
		67, 119, 121 };
	uint8_t p[DHCP_SEND_SIZE];
	const uint8_t *list = sent(p, dhcp_build(an_ask(DHCP_DISCOVER), p),
		55);

	(void)state;
	assert_int_equal(list[0], sizeof wanted);
	for (unsigned i = 0; i < sizeof wanted; i++)
		assert_non_null(memchr(list + 1, wanted[i], list[0]));
}

static void
a_request_names_the_offer(void **state)
{
	struct dhcp_ask ask = *an_ask(DHCP_REQUEST);
	uint8_t p[DHCP_SEND_SIZE];
	size_t size;

	(void)state;
	ask.wanted = 0x0a000009;
	ask.id = 0x0a000001;
	ask.host = "box";
	ask.vendor_class = "lab";
	ask.client_id_type = 255;
	ask.client_id = "name";
	size = dhcp_build(&ask, p);
	assert_memory_equal(sent(p, size, 53), "\1\3", 2);
	assert_memory_equal(sent(p, size, 50), "\4\12\0\0\11", 5);
	assert_memory_equal(sent(p, size, 54), "\4\12\0\0\1", 5);
	assert_memory_equal(sent(p, size, 12), "\3box", 4);
	assert_memory_equal(sent(p, size, 60), "\3lab", 4);
	assert_memory_equal(sent(p, size, 61), "\5\377name", 6);
}

static void
the_longest_words_fit(void **state)
{
	static char longest[255];
	struct dhcp_ask ask = *an_ask(DHCP_REQUEST);
	uint8_t p[DHCP_SEND_SIZE];
	size_t size;

	(void)state;
	memset(longest, 'a', sizeof longest - 1);
	ask.wanted = ask.id = 0x0a000001;
	ask.host = ask.vendor_class = ask.client_id = longest;
	size = dhcp_build(&ask, p);
	assert_true(size <= sizeof p);
	assert_int_equal(p[size - 1], 255);
	assert_int_equal(*sent(p, size, 61), 255);
}

static void
bootp_has_no_options_of_dhcp(void **state)
{
	uint8_t p[DHCP_SEND_SIZE];
	size_t size = dhcp_build(an_ask(DHCP_NONE), p);

	(void)state;
	assert_int_equal(size, 300);
	assert_null(sent(p, size, 53));
	assert_null(sent(p, size, 55));
}

static void
a_lease_has_all_that_is_asked_for(void **state)
{
	(void)state;
	begin_ack();
	ADD("\1\4\377\377\377\0" "\3\10\12\0\0\376\12\0\0\375");
	ADD("\6\4\12\0\0\5" "\14\3box" "\17\13example.org" "\21\5/root");
	ADD("\32\2\5\24" "\50\3nis" "\52\4\12\0\0\6" "\63\4\0\0\16\20");
	ADD("\102\4tftp" "\103\5pxe.0" "\167\7\5local\0");
	assert_int_equal(parse(), 0);
	assert_int_equal(r.type, DHCP_ACK);
	assert_int_equal(r.xid, 0x12345678);
	assert_int_equal(r.address, 0x0a000009);
	assert_int_equal(r.next_server, 0x0a000003);
	assert_int_equal(r.id, 0x0a000001);
	assert_int_equal(r.netmask, 0xffffff00);
	assert_int_equal(r.router, 0x0a0000fe);
	assert_int_equal(r.dns[0], 0x0a000005);
	assert_int_equal(r.dns[1], 0);
	assert_int_equal(r.ntp[0], 0x0a000006);
	assert_int_equal(r.lease_s, 3600);
	assert_int_equal(r.mtu, 1300);
	assert_string_equal(r.host, "box");
	assert_string_equal(r.domain, "example.org");
	assert_string_equal(r.nis_domain, "nis");
	assert_string_equal(r.root_path, "/root");
	assert_string_equal(r.boot_server, "tftp");
	assert_string_equal(r.boot_file, "pxe.0");
	assert_string_equal(r.search, "local");
	assert_int_equal(r.routes, 0);
}

static void
a_lease_may_be_next_to_empty(void **state)
{
	(void)state;
	begin_ack();
	assert_int_equal(parse(), 0);
	assert_int_equal(r.router, 0);
	assert_int_equal(r.netmask, 0);
	assert_int_equal(r.mtu, 0);
	assert_string_equal(r.host, "");
}

static void
a_refusal_says_why(void **state)
{
	(void)state;
	begin();
	memset(packet + 16, 0, 4);
	ADD("\65\1\6" "\66\4\12\0\0\1" "\70\12wrong net!");
	assert_int_equal(parse(), 0);
	assert_int_equal(r.type, DHCP_NAK);
	assert_string_equal(r.message, "wrong net!");
}

static void
bootp_answers_without_a_type(void **state)
{
	(void)state;
	begin();
	ADD("\1\4\377\0\0\0");
	assert_int_equal(parse(), 0);
	assert_int_equal(r.type, DHCP_NONE);
	assert_int_equal(r.netmask, 0xff000000);
	begin();
	memset(packet + 236, 0, 4);
	assert_int_equal(dhcp_parse(packet, 300, &r), 0);
	assert_int_equal(dhcp_parse(packet, 236, &r), 0);
	assert_int_equal(dhcp_parse(packet, 235, &r), -1);
}

static void
options_may_lie_in_the_names(void **state)
{
	(void)state;
	begin_ack();
	ADD("\64\1\3");
	memcpy(packet + 108, "\14\3box\377", 6);
	memcpy(packet + 44, "\17\2de\377", 5);
	assert_int_equal(parse(), 0);
	assert_string_equal(r.host, "box");
	assert_string_equal(r.domain, "de");
	assert_string_equal(r.boot_file, "");
	assert_string_equal(r.boot_server, "");
	begin_ack();
	ADD("\64\1\1");
	memcpy(packet + 108, "\14\3box\377", 6);
	memcpy(packet + 44, "server", 6);
	assert_int_equal(parse(), 0);
	assert_string_equal(r.host, "box");
	assert_string_equal(r.boot_server, "server");
}

static void
the_names_of_the_header_count_else(void **state)
{
	(void)state;
	begin_ack();
	memset(packet + 108, 'f', 128);
	memcpy(packet + 44, "server", 6);
	assert_int_equal(parse(), 0);
	assert_int_equal(strlen(r.boot_file), 128);
	assert_string_equal(r.boot_server, "server");
}

static void
an_option_in_parts_is_put_together(void **state)
{
	(void)state;
	begin_ack();
	ADD("\167\4\3eng" "\167\7\2de\0\1x\xc0" "\167\1\0");
	assert_int_equal(parse(), 0);
	assert_string_equal(r.search, "eng.de x.eng.de");
}

static void
routes_take_the_place_of_the_router(void **state)
{
	(void)state;
	begin_ack();
	ADD("\3\4\12\0\0\376" "\171\24\0\12\0\0\1" "\30\12\1\2\12\0\0\2");
	ADD("\20\251\376\0\0\0\0");
	assert_int_equal(parse(), 0);
	assert_int_equal(r.router, 0);
	assert_int_equal(r.routes, 3);
	assert_int_equal(r.route[0].prefix, 0);
	assert_int_equal(r.route[0].gateway, 0x0a000001);
	assert_int_equal(r.route[1].to, 0x0a010200);
	assert_int_equal(r.route[1].prefix, 24);
	assert_int_equal(r.route[2].to, 0xa9fe0000);
	assert_int_equal(r.route[2].gateway, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_discovery_has_the_header_of_rfc_2131),
		cmocka_unit_test(every_option_that_is_used_is_asked_for),
		cmocka_unit_test(a_request_names_the_offer),
		cmocka_unit_test(the_longest_words_fit),
		cmocka_unit_test(bootp_has_no_options_of_dhcp),
		cmocka_unit_test(a_lease_has_all_that_is_asked_for),
		cmocka_unit_test(a_lease_may_be_next_to_empty),
		cmocka_unit_test(a_refusal_says_why),
		cmocka_unit_test(bootp_answers_without_a_type),
		cmocka_unit_test(options_may_lie_in_the_names),
		cmocka_unit_test(the_names_of_the_header_count_else),
		cmocka_unit_test(an_option_in_parts_is_put_together),
		cmocka_unit_test(routes_take_the_place_of_the_router),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
