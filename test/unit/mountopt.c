/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/mountopt: mount(8) options -> flags and data of mount(2).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mount.h>

#include "lib/mountopt.h"

#include <cmocka.h>

static void
expect(const char *words, unsigned long flags, const char *data)
{
	unsigned long seen = MS_RDONLY;
	char rest[64];
	struct err e;

	assert_int_equal(mountopt_parse(words, &seen, rest, sizeof(rest),
		&e), 0);
	assert_string_equal(rest, data);
	assert_int_equal(seen, flags);
}

static void
vfs_words_set_and_clear_flags(void **state)
{
	(void)state;
	expect("", MS_RDONLY, "");
	expect("rw", 0, "");
	expect("rw,ro", MS_RDONLY, "");
	expect("noatime,nodiratime", MS_RDONLY | MS_NOATIME | MS_NODIRATIME,
		"");
	expect("rw,nosuid,nodev,noexec,suid", MS_NODEV | MS_NOEXEC, "");
	expect("rw,sync,dirsync", MS_SYNCHRONOUS | MS_DIRSYNC, "");
	expect("rw,relatime,lazytime,nosymfollow",
		MS_RELATIME | MS_LAZYTIME | MS_NOSYMFOLLOW, "");
	expect("rw,relatime,norelatime,strictatime", MS_STRICTATIME, "");
	expect("rw,silent,iversion,mand,loud,nomand", MS_I_VERSION, "");
}

static void
the_file_system_gets_the_rest_in_order(void **state)
{
	(void)state;
	expect("subvol=@,noatime,compress=zstd", MS_RDONLY | MS_NOATIME,
		"subvol=@,compress=zstd");
	expect("atimes,r,rox", MS_RDONLY, "atimes,r,rox");
	expect("ro=1", MS_RDONLY, "ro=1");
	expect("NOATIME", MS_RDONLY, "NOATIME");
}

static void
words_for_mount_8_and_init_scripts_are_dropped(void **state)
{
	(void)state;
	expect("defaults,auto,noauto,user,nouser,users,owner,group,_netdev,"
		"nofail,x-systemd.automount,X-mount.mkdir,comment=a,user=joe",
		MS_RDONLY, "");
	expect("defaults,errors=panic", MS_RDONLY, "errors=panic");
}

static void
a_comma_inside_quotes_belongs_to_the_value(void **state)
{
	(void)state;
	expect("context=\"a:b,ro\",rw", 0, "context=\"a:b,ro\"");
	expect("x-a=\"1,rw\",data=\"", MS_RDONLY, "data=\"");
}

static void
empty_words_are_passed_over(void **state)
{
	(void)state;
	expect(",,a,,b,", MS_RDONLY, "a,b");
	expect(",", MS_RDONLY, "");
}

static void
data_that_does_not_fit_is_said_with_the_limit(void **state)
{
	unsigned long flags = 0;
	char data[8];
	struct err e;

	(void)state;
	assert_int_equal(mountopt_parse("ab=1,c=", &flags, data,
		sizeof(data), &e), 0);
	assert_string_equal(data, "ab=1,c=");
	assert_int_equal(mountopt_parse("ab=1,c=2", &flags, data,
		sizeof(data), &e), -1);
	assert_non_null(strstr(e.text, "longer than 7 bytes"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vfs_words_set_and_clear_flags),
		cmocka_unit_test(the_file_system_gets_the_rest_in_order),
		cmocka_unit_test(
			words_for_mount_8_and_init_scripts_are_dropped),
		cmocka_unit_test(a_comma_inside_quotes_belongs_to_the_value),
		cmocka_unit_test(empty_words_are_passed_over),
		cmocka_unit_test(
			data_that_does_not_fit_is_said_with_the_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
