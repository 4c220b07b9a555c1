/* SPDX-License-Identifier: MIT */
/*
 * Who started us: the facts, and what each kernel and container makes of them.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <fcntl.h>

#include "contract.h"

static struct contract_facts
pid1(const char *fstype)
{
	struct contract_facts f = { .pid = 1, .initial_pidns = true };

	strcpy(f.root_fstype, fstype);
	return f;
}

static void
pid_1_on_rootfs_is_initramfs(void **state)
{
	struct contract_facts f = pid1("rootfs");

	(void)state;
	assert_int_equal(contract_classify(&f), CONTRACT_INITRAMFS);
}

/* Whatever root= says; but it is nobody else's contract. */
static void
an_image_beside_the_initramfs_is_compat(void **state)
{
	(void)state;
	assert_int_equal(contract_with_image(CONTRACT_INITRAMFS, false, true),
		CONTRACT_COMPAT);
	assert_int_equal(contract_with_image(CONTRACT_INITRAMFS, true, false),
		CONTRACT_COMPAT);
	assert_int_equal(contract_with_image(CONTRACT_INITRAMFS, false, false),
		CONTRACT_INITRAMFS);
	assert_int_equal(contract_with_image(CONTRACT_LINUXRC, true, true),
		CONTRACT_LINUXRC);
	assert_int_equal(contract_with_image(CONTRACT_CHROOT, true, true),
		CONTRACT_CHROOT);
}

static void
pid_1_on_any_block_file_system_is_ram0(void **state)
{
	struct contract_facts ext2 = pid1("ext2"), romfs = pid1("romfs");

	(void)state;
	assert_int_equal(contract_classify(&ext2), CONTRACT_RAM0);
	assert_int_equal(contract_classify(&romfs), CONTRACT_RAM0);
}

static void
pid_1_on_a_tmpfs_that_is_not_rootfs_is_not_emptied(void **state)
{
	struct contract_facts f = pid1("tmpfs");

	(void)state;
	assert_int_not_equal(contract_classify(&f), CONTRACT_INITRAMFS);
}

static void
pid_1_of_a_container_is_a_rehearsal(void **state)
{
	struct contract_facts f = pid1("rootfs");

	(void)state;
	f.initial_pidns = false;
	assert_int_equal(contract_classify(&f), CONTRACT_CHROOT);
}

static void
child_of_a_kernel_thread_in_its_own_session_is_linuxrc(void **state)
{
	struct contract_facts f = { .pid = 24, .sid = 24, .ppid = 5,
		.initial_pidns = true, .parent_is_kernel = true };

	(void)state;
	assert_int_equal(contract_classify(&f), CONTRACT_LINUXRC);
	f.sid = 1;
	assert_int_equal(contract_classify(&f), CONTRACT_CHROOT);
}

static void
child_of_a_process_is_a_rehearsal(void **state)
{
	struct contract_facts f = { .pid = 4711, .sid = 4711, .ppid = 4700,
		.initial_pidns = true };

	(void)state;
	assert_int_equal(contract_classify(&f), CONTRACT_CHROOT);
}

static void
explain_is_a_rehearsal_even_for_pid_1(void **state)
{
	struct contract_facts f = pid1("rootfs");

	(void)state;
	f.rehearsal = true;
	assert_int_equal(contract_classify(&f), CONTRACT_CHROOT);
}

/* A fixture /proc in a temporary directory. */
static char tree[] = "/tmp/contract.XXXXXX";

static void
put(const char *path, const char *text)
{
	char full[256];
	FILE *file;

	snprintf(full, sizeof full, "%s/%s", tree, path);
	file = fopen(full, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void
put_dir(const char *path)
{
	char full[256];

	snprintf(full, sizeof full, "%s/%s", tree, path);
	mkdir(full, 0755);
}

static int
make_tree(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(tree));
	put_dir("self");
	put_dir("self/ns");
	put_dir("5");
	put_dir("700");
	put_dir("701");
	put_dir("702");
	return 0;
}

static int
drop_tree(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", tree);
	return system(command);
}

static struct contract_facts
observe(int ppid)
{
	struct contract_facts f = { .pid = 24, .sid = 24, .ppid = ppid };
	int proc = open(tree, O_RDONLY | O_DIRECTORY);

	contract_observe(&f, proc);
	close(proc);
	return f;
}

static void
facts_come_from_proc(void **state)
{
	char link[256];
	struct contract_facts f;

	(void)state;
	snprintf(link, sizeof link, "%s/self/ns/pid", tree);
	assert_int_equal(symlink("pid:[4026531836]", link), 0);
	/* a kernel thread may call itself anything, brackets included */
	put("5/stat", "5 (kworker/u2:0) 1 (x)) S 2 0 0 0 -1 2129984 0 0\n");
	put("700/stat", "700 (sh) S 1 700 700 0 -1 4194304 0 0\n");
	put("701/stat", "701 (linuxrc-compat) S 1 0 0 0 -1 4194304 0 0\n");
	put("702/stat", "702 (linuxrc-compat2) S 1 0 0 0 -1 4194304 0 0\n");
	put("self/mountinfo",
		"1 1 0:2 / / rw - rootfs rootfs rw\n"
		"20 1 1:0 / / rw,relatime - ext2 /dev/root.old rw\n"
		"21 20 0:5 / /proc rw - proc proc rw\n");
	f = observe(5);
	assert_true(f.initial_pidns);
	assert_true(f.parent_is_kernel);
	assert_string_equal(f.root_fstype, "ext2");
	f = observe(700);
	assert_false(f.parent_is_kernel);
	/* a linuxrc that does the work of that thread */
	f = observe(701);
	assert_true(f.parent_is_kernel);
	f = observe(702);
	assert_false(f.parent_is_kernel);

	assert_int_equal(unlink(link), 0);
	assert_int_equal(symlink("pid:[4026532448]", link), 0);
	f = observe(5);
	assert_false(f.initial_pidns);
}

static void
torn_proc_files_decide_nothing(void **state)
{
	struct contract_facts f;

	(void)state;
	put("5/stat", "5 (kworker");
	put("self/mountinfo", "1 1 0:2 / / rw");
	f = observe(5);
	assert_false(f.parent_is_kernel);
	assert_string_equal(f.root_fstype, "");
	put("self/mountinfo", "");
	f = observe(99);
	assert_string_equal(f.root_fstype, "");
}

#define T(test) cmocka_unit_test(test)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_image_beside_the_initramfs_is_compat),
		T(pid_1_on_rootfs_is_initramfs),
		T(pid_1_on_any_block_file_system_is_ram0),
		T(pid_1_on_a_tmpfs_that_is_not_rootfs_is_not_emptied),
		T(pid_1_of_a_container_is_a_rehearsal),
		T(child_of_a_kernel_thread_in_its_own_session_is_linuxrc),
		T(child_of_a_process_is_a_rehearsal),
		T(explain_is_a_rehearsal_even_for_pid_1),
		T(facts_come_from_proc),
		T(torn_proc_files_decide_nothing),
	};

	return cmocka_run_group_tests(tests, make_tree, drop_tree);
}
