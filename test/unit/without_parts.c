/* SPDX-License-Identifier: MIT */
/*
 * The files of linuxrc/without, linked in place of the rooms: who asks for a
 * part that is not there is told so, and the boot goes on where it can.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

#include "compat.h"
#include "dialog/full.h"
#include "lib/log.h"
#include "menus.h"
#include "netroot.h"
#include "network.h"
#include "rescue.h"
#include "without/without.h"

static struct boot b;
static struct err e;
static char note[NOTE_SIZE], directory[] = "/tmp/without-XXXXXX";
static struct places at = { -1, -1, -1, -1 };

static int
make_directory(void **state)
{
	(void)state;
	if (!mkdtemp(directory))
		return -1;
	at.root = at.proc = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return at.root < 0 ? -1 : 0;
}

static int
remove_directory(void **state)
{
	(void)state;
	unlinkat(at.root, "initrd.image", 0);
	return rmdir(directory);
}

static int
begin(void **state)
{
	(void)state;
	memset(&b, 0, sizeof b);
	memset(&e, 0, sizeof e);
	note[0] = '\0';
	b.contract = CONTRACT_INITRAMFS;
	return 0;
}

static void
tells_of(const char *asked, const char *part)
{
	assert_ptr_equal(strstr(e.text, asked), e.text);
	assert_non_null(strstr(e.text, ": this linuxrc was made without "));
	assert_non_null(strstr(e.text, "mkinitrd --linuxrc FILE"));
	assert_non_null(strstr(e.text, part));
}

static void
network_is_told_by_the_word_that_asks_for_it(void **state)
{
	(void)state;
	strcpy(b.options.nfsaddrs, "dhcp");
	assert_int_equal(step_network(&b, note, &e), -1);
	tells_of("ip=dhcp: ", "PARTS=network");
	strcpy(b.options.nfsaddrs, "");
	strcpy(b.options.bootif, "01-52-54-00-12-34-56");
	assert_int_equal(step_network(&b, note, &e), -1);
	tells_of("BOOTIF=01-52-54-00-12-34-56: ", "PARTS=network");
	assert_false(network_is_there(&b));
}

static void
root_on_nfs_is_not_found(void **state)
{
	(void)state;
	assert_int_equal(netroot_find(&b, note, &e), -1);
	tells_of("a root on NFS: ", "PARTS=network");
	/* but the kernel may mount it */
	b.contract = CONTRACT_LINUXRC;
	b.spec.kind = ROOT_NFS;
	b.kernel_nfs = true;
	assert_int_equal(netroot_find(&b, note, &e), 0);
	assert_string_equal(note, "an NFS root, mounted by the kernel");
	assert_false(netroot_is_kernels(&at));
}

static void
old_image_is_asked_about_when_there_is_no_other_root(void **state)
{
	(void)state;
	compat_decide(&b, &at);
	assert_false(compat_is_asked(&b));
	b.options.compat = true;
	compat_decide(&b, &at);
	assert_true(compat_is_asked(&b));
	assert_int_equal(step_unpack(&b, note, &e), -1);
	tells_of("linuxrc.compat: ", "PARTS=compat");
	assert_false(compat_has_initrd(&b));
	assert_true(compat_wants_root(&b));
}

static void
root_is_mounted_without_an_image_that_lies_there(void **state)
{
	int fd = openat(at.root, "initrd.image", O_CREAT | O_WRONLY, 0600);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	b.options.noinitrd = true;
	compat_decide(&b, &at);
	assert_false(compat_is_asked(&b));
	b.options.noinitrd = false;
	compat_decide(&b, &at);
	assert_true(compat_is_asked(&b));
	strcpy(b.options.root, "/dev/vda");
	assert_int_equal(step_unpack(&b, note, &e), 0);
	tells_of("/initrd.image: ", "PARTS=compat");
	assert_string_equal(note, "no initrd");
	assert_int_equal(b.contract, CONTRACT_INITRAMFS);
}

static void
rescue_menu_is_asked_about_once(void **state)
{
	(void)state;
	assert_false(rescue_is_asked(&b));
	b.options.rescue = true;
	assert_true(rescue_is_asked(&b));
	assert_int_equal(step_rescue(&b, note, &e), -1);
	tells_of("linuxrc.rescue: ", "PARTS=menus");
	assert_false(rescue_is_asked(&b));
	assert_false(menus_are_there());
}

static void
rescue_menu_stops_no_locked_boot(void **state)
{
	(void)state;
	b.options.rescue = true;
	b.locked = ORIGIN_FILE;
	assert_int_equal(step_rescue(&b, note, &e), 0);
	assert_string_equal(note, "not there");
}

static void
no_terminal_is_full(void **state)
{
	char said[4096], *first;
	int pipes[2], kept = dup(2);
	ssize_t n;

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	dup2(pipes[1], 2);
	log_to_stderr();
	assert_false(full_is_wanted(UI_AUTO, true));
	assert_false(full_is_wanted(UI_FULL, true));
	assert_false(full_is_wanted(UI_FULL, false));
	dup2(kept, 2);
	close(pipes[1]);
	n = read(pipes[0], said, sizeof said - 1);
	close(pipes[0]);
	close(kept);
	said[n < 0 ? 0 : n] = '\0';
	first = strstr(said, "linuxrc.ui=full: this linuxrc was made without "
		"a full screen");
	assert_non_null(first);
	/* not for each terminal */
	assert_null(strstr(first + 1, "linuxrc.ui=full"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
			network_is_told_by_the_word_that_asks_for_it, begin),
		cmocka_unit_test_setup(root_on_nfs_is_not_found, begin),
		cmocka_unit_test_setup(
			old_image_is_asked_about_when_there_is_no_other_root,
			begin),
		cmocka_unit_test_setup(
			root_is_mounted_without_an_image_that_lies_there,
			begin),
		cmocka_unit_test_setup(rescue_menu_is_asked_about_once,
			begin),
		cmocka_unit_test_setup(rescue_menu_stops_no_locked_boot,
			begin),
		cmocka_unit_test_setup(no_terminal_is_full, begin),
	};

	return cmocka_run_group_tests(tests, make_directory,
		remove_directory);
}
