/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/timeline: what is recorded, its text, and that text understood
 * again.
 */
#include "unit.h"

#include <string.h>

#include "fake_sys.h"
#include "lib/timeline.h"

static struct timeline t, back;
static char text[TIMELINE_TEXT_SIZE];
static struct err e;

static int
prepare(void **state)
{
	(void)state;
	memset(&t, 0, sizeof t);
	memset(&back, 0, sizeof back);
	timeline_open(&t);
	return 0;
}

static int
parse(const char *s)
{
	return timeline_parse(s, strlen(s), &back, &e);
}

static void
nothing_is_recorded_where_nobody_wants_it(void **state)
{
	(void)state;
	timeline_open(NULL);
	timeline_add(TIMELINE_STEP, "a", 1, 2);
	assert_int_equal(timeline_now(), 0);
	timeline_open(&t);
	fake_reset();
	assert_int_equal(timeline_now(), 1000000000);
	assert_int_equal(t.count, 0);
}

static void
text_is_what_the_manual_shows(void **state)
{
	size_t len;

	(void)state;
	timeline_add(TIMELINE_KERNEL, "Linux 6.1.0", 0, 612000);
	timeline_add(TIMELINE_STEP, "load drivers", 640211, 808553);
	len = timeline_write(&t, text, sizeof text);
	text[len] = '\0';
	assert_string_equal(text,
		"{\"timeline\":1,\"unit\":\"us\",\"spans\":[\n"
		"{\"kind\":\"kernel\",\"name\":\"Linux 6.1.0\",\"start\":0,"
		"\"length\":612000},\n"
		"{\"kind\":\"step\",\"name\":\"load drivers\",\"start\":640211,"
		"\"length\":168342}]}\n");
}

static void
what_was_written_is_understood(void **state)
{
	static const char odd[] = "LABEL=\"a\\b\" \x1b[2J\xc3\xbc and much "
		"more than fits";
	size_t len;

	(void)state;
	for (unsigned i = 0; i < TIMELINE_SPANS + 3; i++)
		timeline_add(i % TIMELINE_KINDS, odd, i, 4294967295);
	assert_int_equal(t.count, TIMELINE_SPANS);
	len = timeline_write(&t, text, sizeof text);
	assert_int_equal(timeline_parse(text, len, &back, &e), 0);
	assert_int_equal(back.count, TIMELINE_SPANS);
	assert_string_equal(back.span[5].name,
		"LABEL=\"a\\b\" ?[2J?? and much more than ");
	assert_int_equal(back.span[5].kind, TIMELINE_STEP);
	assert_int_equal(back.span[5].start_us, 5);
	assert_int_equal(back.span[5].length_us, 4294967290);
}

static void
whatever_another_process_left_is_a_text_with_an_end(void **state)
{
	size_t len;

	(void)state;
	memset(&t, 0xff, sizeof t);
	len = timeline_write(&t, text, sizeof text);
	assert_in_range(len, 1000, sizeof text);
	assert_int_equal(timeline_parse(text, len, &back, &e), 0);
	len = timeline_write(&t, text, 1000);
	assert_in_range(len, 400, 1000);
	assert_int_equal(timeline_parse(text, len, &back, &e), 0);
	assert_int_equal(timeline_write(&t, text, 100), 0);
}

static void
members_come_in_any_order_and_others_are_passed_over(void **state)
{
	(void)state;
	assert_int_equal(parse(" { \"x\" : \"y\", \"spans\" : [ ] } "), 0);
	assert_int_equal(back.count, 0);
	assert_int_equal(parse("{\"spans\":[{\"length\":7,\"pid\":3,"
		"\"name\":\"a\\\"b\\/\"},{\"kind\":\"wait\"}],\"n\":1}"), 0);
	assert_int_equal(back.count, 2);
	assert_string_equal(back.span[0].name, "a\"b/");
	assert_int_equal(back.span[0].length_us, 7);
	assert_int_equal(back.span[1].kind, TIMELINE_WAIT);
}

static void
what_is_none_is_a_sentence_with_its_place(void **state)
{
	static const char *const bad[] = {
		"", "[]", "{", "{}", "{\"spans\"}", "{\"spans\":}",
		"{\"spans\":[}", "{\"spans\":[{]}", "{\"spans\":[{}]}",
		"{\"spans\":[{\"kind\":\"module\"]}",
		"{\"spans\":[{\"kind\":\"x\"}]}", "{\"spans\":[]", "{\"a\":1}x",
		"{\"spans\":[{\"name\":3}]}", "{\"spans\":[{\"start\":\"3\"}]}",
		"{\"spans\":[{\"start\":4294967296}]}", "{\"a\":\"",
		"{\"a\":\"\n\"}", "{\"a\":\"\\", "{\"a\":{}}",
	};

	(void)state;
	for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_int_equal(parse(bad[i]), -1);
		assert_ptr_equal(strstr(e.text, "no timeline: "), e.text);
	}
	parse("{\"spans\":[{\"kind\":\"x\"}]}");
	assert_string_equal(e.text, "no timeline: kernel, step, module or wait "
		"expected at byte 21");
}

static void
more_spans_than_fit_are_an_error(void **state)
{
	(void)state;
	strcpy(text, "{\"spans\":[{\"start\":1}");
	for (unsigned i = 0; i < TIMELINE_SPANS; i++)
		strcat(text, ",{\"start\":1}");
	strcat(text, "]}");
	assert_int_equal(parse(text), -1);
	assert_string_equal(e.text, "no timeline: more than 128 spans");
}

#define T(test) cmocka_unit_test_setup(test, prepare)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(nothing_is_recorded_where_nobody_wants_it),
		T(text_is_what_the_manual_shows),
		T(what_was_written_is_understood),
		T(whatever_another_process_left_is_a_text_with_an_end),
		T(members_come_in_any_order_and_others_are_passed_over),
		T(what_is_none_is_a_sentence_with_its_place),
		T(more_spans_than_fit_are_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
