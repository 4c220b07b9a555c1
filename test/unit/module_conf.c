/* SPDX-License-Identifier: MIT */
/*
 * Modules under modprobe.d: aliases, blacklists, install and options lines,
 * and requests by name or alias as modprobe takes them.
 */
#include "unit.h"

#include <errno.h>

#include "lib/file.h"
#include "lib/log.h"
#include "modtree.h"

#define DIR "lib/modules/6.1.0-test/"

static int dev;

static int
begin_logged(void **state)
{
	(void)state;
	have_tree("modules");
	tree_sh("mkdir dev && touch dev/kmsg");
	dev = openat(root, "dev", O_RDONLY | O_DIRECTORY);
	log_open(dev);
	return module_open(&index_of, &from, &e);
}

static int
end_logged(void **state)
{
	close(dev);
	return end(state);
}

static void
conf(const char *lines)
{
	tree_put("etc/modprobe.d/a.conf", lines);
}

static const char *
said(void)
{
	static char log[2048];

	assert_true(file_read(dev, "kmsg", log, sizeof log, &e) >= 0);
	return log;
}

static const char ide[] =
	"pci:v00008086d00007010sv00001AF4sd00001100bc01sc01i80";

static void
alias_line_beats_the_modules_own(void **state)
{
	(void)state;
	conf("alias pci:v00008086d00007010* e1000\n"
		"alias scsi:t-0x0[1-4]* sg\nalias scsi:t-0x00* off\n");
	assert_string_equal(matches(ide), " e1000");
	assert_string_equal(matches("pci:v00008086d0000100Esv1sd1bc1sc1i1"),
		" e1000");
	assert_string_equal(matches("scsi:t-0x00"), "");
	assert_string_equal(matches("scsi:t-0x03"), " sg");
}

static void
buses_of_alias_lines_are_wanted(void **state)
{
	static const char *const prefix[] = { "of:", "scsi:", "ide:" };

	(void)state;
	assert_int_equal(module_wants(&index_of, prefix, 3), 2);
	module_close(&index_of);
	conf("alias of:N* e1000\n");
	assert_int_equal(module_open(&index_of, &from, &e), 0);
	assert_int_equal(module_wants(&index_of, prefix, 3), 3);
	assert_int_equal(module_load(&index_of, "e1000", &e), 0);
	assert_int_equal(module_wants(&index_of, prefix, 3), 2);
}

static void
blacklisted_module_is_left_out_and_said_once(void **state)
{
	(void)state;
	conf("# mine\nblacklist ata-piix\nalias x ata_piix\n");
	assert_string_equal(matches(ide), " ata_generic");
	assert_string_equal(matches(ide), " ata_generic");
	assert_string_equal(matches("x"), "");
	assert_string_equal(said(), "<6>linuxrc: module ata_piix is left out: "
		"etc/modprobe.d/a.conf:2 blacklists it\n");
	assert_true(module_tried(&index_of, "ata_piix"));
	/* its name still loads it */
	assert_int_equal(module_load(&index_of, "ata_piix", &e), 0);
	assert_int_equal(index_of.loads, 3);
	assert_int_equal(module_request(&index_of, "x", &e), -1);
	assert_string_equal(e.text, "module ata_piix: "
		"etc/modprobe.d/a.conf:2 blacklists it");
}

static void
install_line_keeps_a_module_out(void **state)
{
	(void)state;
	conf("install virtio /bin/false\n");
	assert_int_equal(module_load(&index_of, "virtio_blk", &e), -1);
	assert_string_equal(e.text, "module virtio: etc/modprobe.d/a.conf:1 "
		"forbids it (install /bin/false) -- virtio_blk needs it");
	assert_true(module_tried(&index_of, "virtio_blk"));
	assert_int_equal(module_load(&index_of, "virtio", &e), -1);
	assert_string_equal(fake_modules(), "virtio_ring");
}

static void
module_blacklist_is_heeded_before_the_kernel_is_asked(void **state)
{
	(void)state;
	index_of.rules.words[1] = "module_blacklist=virtio";
	assert_int_equal(module_load(&index_of, "virtio", &e), -1);
	assert_string_equal(e.text,
		"module virtio: module_blacklist= forbids it");
	assert_string_equal(fake_calls(), "");
}

static void
options_reach_needs_but_aliases_only_their_module(void **state)
{
	(void)state;
	conf("options scsi-mod scan=sync\noptions sg a=1\n"
		"options my-alias b=2\nalias my-alias sg\n");
	assert_int_equal(module_request(&index_of, "my_alias", &e), 0);
	assert_non_null(strstr(fake_calls(), "scsi_mod.ko flags=0 "
		"params=scan=sync\n"));
	assert_non_null(strstr(fake_calls(), "sg.ko flags=0 "
		"params=a=1 b=2\n"));
}

static void
request_takes_names_and_aliases(void **state)
{
	(void)state;
	conf("alias usb-storage e1000\n");
	assert_int_equal(module_request(&index_of, "usb_storage", &e), 0);
	assert_int_equal(module_request(&index_of, "bochs", &e), 0);
	assert_int_equal(module_request(&index_of, "scsi:t-0x00", &e), 0);
	assert_string_equal(fake_modules(),
		"e1000 bochs scsi_mod sd_mod sg");
	assert_int_equal(module_request(&index_of, "fs-zfs", &e), -1);
	assert_int_equal(e.code, ENOENT);
	assert_string_equal(e.text, "module fs-zfs: not in this image");
}

static void
request_is_well_when_one_of_several_is(void **state)
{
	(void)state;
	fake_fail("finit_module", 2, ENODEV);
	assert_int_equal(module_request(&index_of, "scsi:t-0x00", &e), 0);
	assert_string_equal(fake_modules(), "scsi_mod sd_mod sg");
	fake_reset();
	fake_below(below);
	fake_fail("finit_module", 0, ENODEV);
	assert_int_equal(module_request(&index_of, "fs-ext4", &e), -1);
	assert_string_equal(e.text, "module mbcache: it found no device that "
		"it drives -- ext4 needs it");
}

static void
install_line_answers_for_what_is_no_module(void **state)
{
	(void)state;
	conf("install fs-ext4 /bin/true\n");
	assert_int_equal(module_request(&index_of, "fs-ext4", &e), -1);
	assert_string_equal(e.text, "module fs-ext4: etc/modprobe.d/a.conf:1 "
		"forbids it (install /bin/true)");
	assert_string_equal(fake_calls(), "");
}

static void
what_is_inside_the_kernel_is_there(void **state)
{
	static const char modinfo[] = "loop.license=GPL\0loop.alias="
		"devname:loop-control\0ext2.file=fs/ext2/ext2\0"
		"ext2.alias=fs-ext2\0crc.alias=crypto-crc*\0x";
	int fd = openat(root, DIR "modules.builtin.modinfo",
		O_WRONLY | O_CREAT, 0644);

	(void)state;
	assert_int_equal(write(fd, modinfo, sizeof modinfo),
		sizeof modinfo);
	close(fd);
	conf("options ext2 a=1\n");
	assert_int_equal(module_request(&index_of, "ext2", &e), 0);
	assert_int_equal(module_request(&index_of, "fs-ext2", &e), 0);
	assert_int_equal(module_request(&index_of, "crypto_crc32c", &e), 0);
	assert_int_equal(module_request(&index_of, "fs-ext", &e), -1);
	assert_int_equal(module_request(&index_of, "GPL", &e), -1);
	assert_string_equal(fake_calls(), "");
}

static void
need_that_has_moved_into_the_kernel_is_there(void **state)
{
	(void)state;
	tree_sh("cd " DIR " && rm kernel/drivers/virtio/virtio.ko && "
		"echo kernel/drivers/virtio/virtio.ko >>modules.builtin");
	assert_int_equal(module_load(&index_of, "virtio_blk", &e), 0);
	assert_string_equal(fake_modules(), "virtio_ring virtio_blk");
	assert_int_equal(index_of.loads, 2);
}

static void
files_are_read_once(void **state)
{
	(void)state;
	conf("oops\n");
	assert_string_equal(said(), "");
	assert_string_equal(matches("x"), "");
	assert_int_equal(module_load(&index_of, "bochs", &e), 0);
	assert_string_equal(said(), "<4>linuxrc: etc/modprobe.d/a.conf:1: no "
		"command of modprobe.d(5): \"oops\"\n");
}

static void
cut_or_oversized_indexes_are_said(void **state)
{
	(void)state;
	module_close(&index_of);
	tree_sh("cd " DIR " && truncate -s -1 modules.dep && "
		"truncate -s 40000000 modules.alias");
	assert_int_equal(module_open(&index_of, &from, &e), -1);
	assert_string_equal(e.text, "modules.alias has 40000000 bytes, the "
		"limit is 33554432: File too large");
	assert_string_equal(said(), "<4>linuxrc: modules.dep is cut short: "
		"its last line has no end\n");
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin_logged, \
	end_logged)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(alias_line_beats_the_modules_own),
		T(buses_of_alias_lines_are_wanted),
		T(blacklisted_module_is_left_out_and_said_once),
		T(install_line_keeps_a_module_out),
		T(module_blacklist_is_heeded_before_the_kernel_is_asked),
		T(options_reach_needs_but_aliases_only_their_module),
		T(request_takes_names_and_aliases),
		T(request_is_well_when_one_of_several_is),
		T(install_line_answers_for_what_is_no_module),
		T(what_is_inside_the_kernel_is_there),
		T(need_that_has_moved_into_the_kernel_is_there),
		T(files_are_read_once),
		T(cut_or_oversized_indexes_are_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
