/* SPDX-License-Identifier: MIT */
/*
 * Whole small files, and what does not fit; the log's lines and levels.
 */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/log.h"

static char dir[] = "/tmp/file.XXXXXX";
static int at;
static struct err e;

static void
put(const char *name, const char *text)
{
	int fd = openat(at, name, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static int
make_dir(void **state)
{
	(void)state;
	if (!mkdtemp(dir))
		return -1;
	at = open(dir, O_RDONLY | O_DIRECTORY);
	return at < 0 ? -1 : 0;
}

static int
drop_dir(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", dir);
	return system(command);
}

static void
file_that_fits_is_read(void **state)
{
	char buf[8];

	(void)state;
	put("seven", "1234567");
	assert_int_equal(file_read(at, "seven", buf, sizeof buf, &e), 7);
	assert_string_equal(buf, "1234567");
}

static void
file_too_long_is_an_error_that_names_the_limit(void **state)
{
	char buf[8];

	(void)state;
	put("eight", "12345678");
	assert_int_equal(file_read(at, "eight", buf, sizeof buf, &e), -1);
	assert_int_equal(e.code, EFBIG);
	assert_non_null(strstr(e.text, "eight is longer than 7 bytes"));
	assert_string_equal(buf, "");
}

static void
absent_file_says_so(void **state)
{
	char buf[8];
	struct file_map map;

	(void)state;
	assert_int_equal(file_read(at, "none", buf, sizeof buf, &e), -1);
	assert_int_equal(e.code, ENOENT);
	assert_int_equal(file_line(at, "none", buf, sizeof buf), -1);
	assert_int_equal(file_map(at, "none", &map, &e), -1);
	assert_int_equal(e.code, ENOENT);
	assert_int_equal(file_write(at, "none", "x", &e), -1);
}

static void
line_ends_at_its_newline(void **state)
{
	char buf[8];

	(void)state;
	put("lines", "ab\ncd\n");
	assert_int_equal(file_line(at, "lines", buf, sizeof buf), 2);
	assert_string_equal(buf, "ab");
}

static void
map_of_an_empty_file_is_empty(void **state)
{
	struct file_map map;

	(void)state;
	put("empty", "");
	assert_int_equal(file_map(at, "empty", &map, &e), 0);
	assert_null(map.data);
	assert_int_equal(map.size, 0);
	file_unmap(&map);
	put("full", "text");
	assert_int_equal(file_map(at, "full", &map, &e), 0);
	assert_memory_equal(map.data, "text", 4);
	file_unmap(&map);
}

/* kmsg is a plain file here; each open of it starts at its beginning, so
 * only what one open wrote can be read back. */
static void
lines_before_the_log_are_kept(void **state)
{
	char buf[4096];

	(void)state;
	say(LOG_STEP, "early %d", 1);
	put("kmsg", "");
	log_open(at);
	say(LOG_FAILED, "late");
	say(LOG_DEBUG, "not asked for");
	assert_true(file_read(at, "kmsg", buf, sizeof buf, &e) > 0);
	assert_string_equal(buf, "<6>linuxrc: early 1\n<3>linuxrc: late\n");
}

static void
long_line_is_cut_not_split(void **state)
{
	char buf[4096], text[2000];

	(void)state;
	put("kmsg", "");
	log_open(at);
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	say(LOG_STEP, "%s", text);
	assert_int_equal(file_read(at, "kmsg", buf, sizeof buf, &e), 899);
	assert_int_equal(buf[898], '\n');
}

#define T(test) cmocka_unit_test(test)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(file_that_fits_is_read),
		T(file_too_long_is_an_error_that_names_the_limit),
		T(absent_file_says_so),
		T(line_ends_at_its_newline),
		T(map_of_an_empty_file_is_empty),
		T(lines_before_the_log_are_kept),
		T(long_line_is_cut_not_split),
	};

	return cmocka_run_group_tests(tests, make_dir, drop_dir);
}
