/* SPDX-License-Identifier: MIT */
/*
 * Which steps are done again for what is typed.
 */
#include "unit.h"

#include <string.h>

#include "lib/options.h"
#include "lib/optstep.h"

static struct boot b;

static int
prepare(void **state)
{
	(void)state;
	memset(&b, 0, sizeof b);
	b.contract = CONTRACT_INITRAMFS;
	options_defaults(&b.options);
	return 0;
}

/* As ask.c: taken first. */
static enum step_number
first(const char *words)
{
	struct err e;

	options_take(&b.options, words, ORIGIN_DIALOG, b.contract, &e);
	return optstep_first(&b, words);
}

static void
each_option_has_the_step_that_it_concerns(void **state)
{
	static const struct {
		const char *words;
		enum step_number step;
	} given[] = {
		{ "root=/dev/vda", STEP_DEVICE },
		{ "linuxrc.root=LABEL=x", STEP_DEVICE },
		{ "real_root=LABEL=x", STEP_DEVICE },
		{ "rootfstype=ext4", STEP_DEVICE },
		{ "rootwait", STEP_DEVICE }, { "rootwait=9", STEP_DEVICE },
		{ "linuxrc.rootfallback=LABEL=y", STEP_DEVICE },
		{ "linuxrc.image=/x", STEP_DEVICE },
		{ "rootflags=noatime", STEP_ROOTFS }, { "rw", STEP_ROOTFS },
		{ "ro", STEP_ROOTFS }, { "linuxrc.overlay=tmpfs",
			STEP_ROOTFS },
		{ "init=/bin/sh", STEP_INIT },
		{ "linuxrc.init=/bin/sh", STEP_INIT },
		{ "ip=dhcp", STEP_NETWORK }, { "BOOTIF=x", STEP_NETWORK },
		{ "nfsaddrs=dhcp", STEP_NETWORK },
		{ "carrier_timeout=9", STEP_NETWORK },
		{ "resume=/dev/vdb", STEP_RESUME },
		{ "noresume", STEP_RESUME },
		{ "linuxrc.modules=a", STEP_DRIVERS },
		{ "linuxrc.nomodules", STEP_DRIVERS },
		{ "virtio_blk.num=1", STEP_DRIVERS },
		{ "module_blacklist=a", STEP_DRIVERS },
		{ "linuxrc.rescue", STEP_RESCUE },
		{ "linuxrc.compat=/x", STEP_OPTIONS },
		{ "linuxrc.lock", STEP_OPTIONS },
		{ "ramdisk_size=9", STEP_UNPACK },
		{ "panic=5", STEP_HANDOVER },
		{ "linuxrc.onfail=halt", STEP_HANDOVER },
		{ "linuxrc.putold=old", STEP_HANDOVER },
		{ "", STEP_COUNT }, { "  ", STEP_COUNT },
	};

	for (unsigned i = 0; i < sizeof given / sizeof given[0]; i++) {
		prepare(state);
		assert_int_equal(first(given[i].words), given[i].step);
	}
}

static void
earliest_of_several_counts(void **state)
{
	(void)state;
	assert_int_equal(first("init=/x rw root=/dev/vda"), STEP_DEVICE);
	assert_int_equal(first("root=/dev/vda init=/x"), STEP_DEVICE);
	assert_int_equal(first("init=/x panic=3"), STEP_INIT);
	assert_int_equal(first("root=/dev/vda a.b=c"), STEP_DRIVERS);
}

/* No option was forgotten: 0 is the first step, which none concerns. */
static void
no_option_concerns_what_was_before_the_options(void **state)
{
	char word[64];

	(void)state;
	for (unsigned i = 0; i < OPT_COUNT; i++) {
		const char *name = options_name((enum option)i);

		strcpy(word, name);
		if (name[strlen(name) - 1] == '=')
			strcat(word, "1");
		assert_in_range(optstep_first(&b, word), STEP_OPTIONS,
			STEP_HANDOVER);
	}
}

static void
root_on_nfs_needs_the_network_unless_it_is_there(void **state)
{
	(void)state;
	assert_int_equal(first("root=nfs:10.0.2.2:/srv"), STEP_NETWORK);
	assert_int_equal(first("linuxrc.handover=change_root"), STEP_NETWORK);
	assert_int_equal(first("rw"), STEP_ROOTFS);
	strcpy(b.net.device, "eth0");
	assert_int_equal(first("root=nfs:10.0.2.2:/srv"), STEP_DEVICE);
	prepare(state);
	assert_int_equal(first("nfsroot=10.0.2.2:/srv"), STEP_NETWORK);
	prepare(state);
	assert_int_equal(first("root=/dev/vda nfsroot=10.0.2.2:/srv"),
		STEP_DEVICE);
}

static void
beside_an_old_image_a_resume_comes_before_it(void **state)
{
	(void)state;
	b.contract = CONTRACT_COMPAT;
	assert_int_equal(first("resume=/dev/vdb"), STEP_RESUME_FIRST);
	b.compat.done = true;
	assert_int_equal(first("resume=/dev/vdb"), STEP_RESUME);
}

#define T(test) cmocka_unit_test_setup(test, prepare)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(each_option_has_the_step_that_it_concerns),
		T(earliest_of_several_counts),
		T(no_option_concerns_what_was_before_the_options),
		T(root_on_nfs_needs_the_network_unless_it_is_there),
		T(beside_an_old_image_a_resume_comes_before_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
