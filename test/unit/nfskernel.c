/* SPDX-License-Identifier: MIT */
/*
 * Which kernels are left to mount a root on NFS by themselves.
 */
#include "unit.h"

#include "lib/nfskernel.h"
#include "tree.h"

static int top, proc, sys;

static void
given_one_that_can(void)
{
	top = tree_copy("other");
	tree_put("proc/net/pnp", "#MANUAL\n");
	tree_put("proc/net/route", "Iface\tDestination\neth0\t0002000A\n");
	tree_put("proc/filesystems", "nodev\tproc\nnodev\tnfs\n\text2\n");
	tree_put("proc/cmdline", "ro nfsroot=/srv ip=dhcp\n");
	tree_put("sys/module/nfs/parameters/x", "");
	proc = openat(top, "proc", O_PATH | O_CLOEXEC);
	sys = openat(top, "sys", O_PATH | O_CLOEXEC);
}

static void
drop(void)
{
	close(proc);
	close(sys);
	tree_drop(top);
}

static void
one_that_can_is_left_to(void **state)
{
	(void)state;
	given_one_that_can();
	assert_true(nfskernel_mounts(proc, sys, false));
	/* with CONFIG_IP_PNP alone it does not know the word */
	assert_false(nfskernel_mounts(proc, sys, true));
	drop();
}

/* With this file as it is here, it does not mount it. */
static void
not_with(const char *path, const char *text)
{
	char line[128];

	given_one_that_can();
	snprintf(line, sizeof line, "rm -f %s", path);
	tree_sh(line);
	if (text)
		tree_put(path, text);
	if (nfskernel_mounts(proc, sys, false))
		fail_msg("it is the kernel's with %s: %s", path,
			text ? text : "not there");
	drop();
}

static void
in_doubt_it_is_ours(void **state)
{
	(void)state;
	not_with("proc/net/pnp", NULL);
	not_with("proc/net/route", NULL);
	not_with("proc/net/route", "Iface\tDestination\n");
	not_with("proc/filesystems", NULL);
	not_with("proc/filesystems", "nodev\tnfsd\nnodev\tnfs4\n");
	not_with("proc/cmdline", "ro ip=dhcp -- nfsroot=/srv\n");
	not_with("proc/cmdline", "ro nfs_root_name=/srv xnfsroot=/ nfsroot\n");
	not_with("sys/module/nfs/initstate", "live\n");
}

static void
one_of_old_has_a_file_for_the_name(void **state)
{
	(void)state;
	given_one_that_can();
	tree_sh("rm -r proc/net");
	tree_put("proc/sys/kernel/nfs-root-name", "\n");
	assert_true(nfskernel_mounts(proc, sys, true));
	drop();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_that_can_is_left_to),
		cmocka_unit_test(in_doubt_it_is_ours),
		cmocka_unit_test(one_of_old_has_a_file_for_the_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
