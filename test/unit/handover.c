/* SPDX-License-Identifier: MIT */
/*
 * The exits, call by call: the order of the calls is the contract. The real
 * root is the host's /proc here, only because it is a mount of its own.
 */
#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fake_sys.h"
#include "handover.h"

static struct boot b;
static struct err e;
static char *argv[] = { (char[]){ "/init" }, (char[]){ "single" }, NULL };
static char *envp[] = { (char[]){ "HOME=/" }, NULL };

static int
prepare(void **state)
{
	struct stat st;

	(void)state;
	fake_reset();
	memset(&b, 0, sizeof b);
	memset(&e, 0, sizeof e);
	assert_int_equal(stat("/proc", &st), 0);
	strcpy(b.root.dir, "/proc");
	b.root.st_dev = (uint64_t)st.st_dev;
	strcpy(b.init, "/sbin/init");
	strcpy(b.options.putold, "self/no-such-directory");
	return 0;
}

/* Do it; the calls from the first chdir on. */
static const char *
calls_of(enum contract contract)
{
	const char *calls;

	b.contract = contract;
	if (FAKE_LEAVE() == 0)
		handover(&b, argv, envp, &e);
	calls = strstr(fake_calls(), "chdir ");
	return calls ? calls : fake_calls();
}

static void
ram0_follows_the_five_rules(void **state)
{
	(void)state;
	strcpy(b.options.putold, "sys/kernel");
	assert_string_equal(calls_of(CONTRACT_RAM0),
		"chdir /proc\n"
		"pivot_root . .\n"	/* no such directory from here: cwd
					   is not changed by the fake */
		"umount . flags=0x2\n"
		"chroot .\n"
		"chdir /\n"
		"execve /sbin/init /sbin/init single\n");
}

/* Also where init= names directories that the initrd does not have. */
static void
linuxrc_can_become_the_initrds_init(void **state)
{
	(void)state;
	assert_int_equal(handover_prepare_again(&b, &e), 0);
	strcpy(b.options.init, "/usr/lib/init");
	assert_int_equal(handover_prepare_again(&b, &e), 0);
	assert_string_equal(fake_calls(),
		"mkdir /sbin 0755\n"
		"symlink /linuxrc /sbin/init\n"
		"mkdir /usr 0755\n"
		"mkdir /usr/lib 0755\n"
		"symlink /linuxrc /usr/lib/init\n");
	assert_true(b.again);
}

static void
an_initrd_with_an_init_or_no_root_keeps_linuxrc_what_it_is(void **state)
{
	(void)state;
	fake_fail("mkdir", 1, EEXIST);	/* is no failure */
	fake_fail("symlink", 1, EEXIST);
	assert_int_equal(handover_prepare_again(&b, &e), -1);
	assert_string_equal(e.text, "/sbin/init in the initrd: File exists");
	fake_fail("mkdir", 1, EROFS);
	assert_int_equal(handover_prepare_again(&b, &e), -1);
	assert_string_equal(e.text, "/sbin/init in the initrd: Read-only file "
		"system");
	b.options.origin[OPT_ROOT] = ORIGIN_KERNEL;
	assert_int_equal(handover_prepare_again(&b, &e), -1);
	assert_non_null(strstr(e.text, "give root="));
	assert_false(b.again);
}

static void
initramfs_pivots_where_the_kernel_allows_it(void **state)
{
	const char *calls = calls_of(CONTRACT_INITRAMFS);

	(void)state;
	assert_non_null(strstr(calls, "pivot_root . .\numount . flags=0x2\n"
		"chdir /\nexecve /sbin/init /sbin/init single\n"));
}

static void
initramfs_moves_where_pivot_root_says_einval(void **state)
{
	const char *calls;

	(void)state;
	fake_fail("pivot_root", 1, EINVAL);
	calls = calls_of(CONTRACT_INITRAMFS);
	assert_non_null(strstr(calls, "pivot_root . . -> EINVAL\n"
		"mount . / (null) flags=0x2000 data=(null)\nchroot .\n"
		"chdir /\nexecve "));
}

static void
nothing_is_deleted_when_the_root_is_not_rootfs(void **state)
{
	(void)state;
	b.rootfs_dev = 0;
	calls_of(CONTRACT_INITRAMFS);
	assert_int_equal(fake_count("unlink"), 0);
}

static void
nothing_happens_when_the_root_is_not_mounted(void **state)
{
	(void)state;
	b.contract = CONTRACT_INITRAMFS;
	b.root.st_dev++;
	assert_int_equal(handover(&b, argv, envp, &e), -1);
	assert_string_equal(e.text, "nothing is mounted on /proc");
	assert_string_equal(fake_calls(), "");
}

static void
failed_pivot_leaves_the_mounts_alone(void **state)
{
	(void)state;
	b.contract = CONTRACT_RAM0;
	b.kernfs.proc_ours = b.kernfs.sys_ours = true;
	fake_fail("pivot_root", 1, EINVAL);
	assert_int_equal(handover(&b, argv, envp, &e), -1);
	assert_string_equal(e.text, "pivot_root . .: Invalid argument");
	assert_false(b.switched);
	assert_int_equal(fake_count("umount"), 0);
	assert_true(b.kernfs.proc_ours);
}

static void
put_old_that_the_kernel_refuses_is_none(void **state)
{
	(void)state;
	strcpy(b.options.putold, ".");	/* a directory from everywhere */
	fake_fail("pivot_root", 1, EINVAL);
	assert_string_equal(calls_of(CONTRACT_RAM0),
		"chdir /proc\n"
		"pivot_root . . -> EINVAL\n"
		"pivot_root . .\n"
		"umount . flags=0x2\n"
		"chroot .\n"
		"chdir /\n"
		"execve /sbin/init /sbin/init single\n");
}

static void
failed_exec_leaves_only_exec_to_try(void **state)
{
	(void)state;
	b.contract = CONTRACT_RAM0;
	fake_fail("execve", 1, ENOEXEC);
	assert_int_equal(handover(&b, argv, envp, &e), -1);
	assert_string_equal(e.text, "exec /sbin/init: Exec format error");
	assert_true(b.switched);
	fake_forget();
	strcpy(b.init, "/bin/sh");
	if (FAKE_LEAVE() == 0)
		handover(&b, argv, envp, &e);
	assert_string_equal(fake_calls(), "execve /bin/sh /bin/sh single\n");
}

static void
contracts_without_an_exit_are_refused(void **state)
{
	(void)state;
	b.contract = CONTRACT_CHROOT;
	assert_int_equal(handover(&b, argv, envp, &e), -1);
	b.contract = CONTRACT_NONE;
	assert_int_equal(handover(&b, argv, envp, &e), -1);
	assert_string_equal(fake_calls(), "");
}

/* What the file below base says. */
static const char *
file_text(const char *base, const char *name)
{
	static char text[64];
	char path[128];
	FILE *file;

	snprintf(path, sizeof path, "%s/proc/sys/kernel/%s", base, name);
	file = fopen(path, "r");
	assert_non_null(file);
	text[fread(text, 1, sizeof text - 1, file)] = '\0';
	fclose(file);
	return text;
}

/* No kernel that we can boot has the nfs-root files any more (initrd(4)). */
static void
nfs_root_is_told_to_kernels_that_have_the_files(void **state)
{
	char base[] = "/tmp/nfs.XXXXXX", command[256];

	(void)state;
	assert_non_null(mkdtemp(base));
	snprintf(command, sizeof command, "cd %s && mkdir -p proc/sys/kernel "
		"&& cd proc/sys/kernel && touch real-root-dev nfs-root-name "
		"nfs-root-addrs", base);
	assert_int_equal(system(command), 0);
	b.contract = CONTRACT_LINUXRC;
	b.spec.kind = ROOT_NFS;
	b.kernel_nfs = true;
	strcpy(b.kernfs.base, base);
	strcpy(b.options.nfsroot, "10.0.2.2:/export/root");
	strcpy(b.options.nfsaddrs, "dhcp 10.0.2.15:10.0.2.2");
	assert_int_equal(handover(&b, argv, envp, &e), 0);
	assert_string_equal(file_text(base, "real-root-dev"), "255\n");
	assert_string_equal(file_text(base, "nfs-root-name"),
		"10.0.2.2:/export/root");
	assert_string_equal(file_text(base, "nfs-root-addrs"),
		"10.0.2.15:10.0.2.2");
	/* a kernel without them, as all of today, is no fault */
	snprintf(command, sizeof command,
		"rm %s/proc/sys/kernel/nfs-root-*", base);
	assert_int_equal(system(command), 0);
	assert_int_equal(handover(&b, argv, envp, &e), 0);
	snprintf(command, sizeof command, "rm -r %s", base);
	assert_int_equal(system(command), 0);
}

static void
change_root_is_for_the_linuxrc_contract_only(void **state)
{
	(void)state;
	b.options.handover = HANDOVER_CHANGE_ROOT;
	b.contract = CONTRACT_LINUXRC;
	assert_true(handover_is_change_root(&b));
	b.contract = CONTRACT_INITRAMFS;
	assert_false(handover_is_change_root(&b));
	b.options.handover = HANDOVER_PIVOT_ROOT;
	b.contract = CONTRACT_LINUXRC;
	assert_false(handover_is_change_root(&b));
	b.spec.kind = ROOT_NFS;
	assert_false(handover_is_change_root(&b));
	b.kernel_nfs = true;
	assert_true(handover_is_change_root(&b));
}

#define T(test) cmocka_unit_test_setup(test, prepare)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(ram0_follows_the_five_rules),
		T(linuxrc_can_become_the_initrds_init),
		T(an_initrd_with_an_init_or_no_root_keeps_linuxrc_what_it_is),
		T(initramfs_pivots_where_the_kernel_allows_it),
		T(initramfs_moves_where_pivot_root_says_einval),
		T(nothing_is_deleted_when_the_root_is_not_rootfs),
		T(nothing_happens_when_the_root_is_not_mounted),
		T(failed_pivot_leaves_the_mounts_alone),
		T(put_old_that_the_kernel_refuses_is_none),
		T(failed_exec_leaves_only_exec_to_try),
		T(contracts_without_an_exit_are_refused),
		T(nfs_root_is_told_to_kernels_that_have_the_files),
		T(change_root_is_for_the_linuxrc_contract_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
