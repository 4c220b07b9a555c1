/* SPDX-License-Identifier: MIT */
/*
 * contract.c - see contract.h. Follows what the kernels do: in
 * init/do_mounts_initrd.c a kernel thread runs /linuxrc as its helper, in a
 * session of its own; init/main.c makes PID 1.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "contract.h"
#include "lib/file.h"
#include "lib/mountinfo.h"
#include "lib/text.h"

enum { PF_KTHREAD = 0x00200000 };	/* include/linux/sched.h */

/* include/uapi/linux/magic.h; too large for an enumerator */
#define RAMFS 0x858458f6u
#define TMPFS 0x01021994u

/* The initial pid namespace has a fixed inode (PROC_PID_INIT_INO). */
static const char INITIAL_PIDNS[] = "pid:[4026531836]";

static bool
in_initial_pidns(int proc)
{
	char link[64];
	ssize_t n = proc < 0 ? -1 :
		readlinkat(proc, "self/ns/pid", link, sizeof link - 1);

	/* Without a proc, or without namespaces in the kernel, there is no
	 * container that could have started us. */
	if (n < 0)
		return true;
	link[n] = '\0';
	return strcmp(link, INITIAL_PIDNS) == 0;
}

/* Field 9 of /proc/PPID/stat; the name in field 2 may hold anything. Ours is
 * there when linuxrc itself runs an old image (compat/guest.c). */
static bool
parent_is_kernel(int proc, int ppid)
{
	static const char ours[] = "(" COMPAT_NAME ") ";
	char path[32], text[512];
	const char *p;
	int field;

	snprintf(path, sizeof path, "%d/stat", ppid);
	if (proc < 0 || file_line(proc, path, text, sizeof text) <= 0)
		return ppid > 1 && getsid(ppid) == 0;
	p = strchr(text, '(');
	if (p && strncmp(p, ours, sizeof ours - 1) == 0)
		return true;
	p = strrchr(text, ')');
	for (field = 2; p && field < 9; field++)
		p = strchr(p + 1, ' ');
	return p && (strtoul(p + 1, NULL, 10) & PF_KTHREAD);
}

/* The type of the mount on "/": the last one there counts. */
static void
root_fstype(struct contract_facts *f, int proc)
{
	static char mounts[MOUNTINFO_SIZE];
	char *text = mounts;
	struct mountinfo m;
	struct statfs fs;
	struct err ignored;
	unsigned count = 0;

	if (proc >= 0 && file_read(proc, "self/mountinfo", mounts,
	    sizeof mounts, &ignored) > 0)
		for (; mountinfo_next(&text, &m); count++)
			if (strcmp(m.dir, "/") == 0)
				text_copy(f->root_fstype,
					sizeof f->root_fstype, m.type);
	f->root_alone = count == 1;
	/* A kernel too old for a detached proc: PID 1 on a memory file
	 * system is on rootfs. */
	if (f->root_fstype[0] == '\0' && proc < 0 && statfs("/", &fs) == 0 &&
	    ((unsigned)fs.f_type == RAMFS || (unsigned)fs.f_type == TMPFS))
		text_copy(f->root_fstype, sizeof f->root_fstype, "rootfs");
}

void
contract_observe(struct contract_facts *f, int proc)
{
	struct stat st;

	f->initial_pidns = in_initial_pidns(proc);
	f->parent_is_kernel = f->pid != 1 && parent_is_kernel(proc, f->ppid);
	f->root_dev = stat("/", &st) == 0 ? (uint64_t)st.st_dev : 0;
	root_fstype(f, proc);
}

enum contract
contract_classify(const struct contract_facts *f)
{
	if (f->rehearsal || !f->initial_pidns)
		return CONTRACT_CHROOT;
	if (f->pid != 1)
		return f->parent_is_kernel && f->sid == f->pid ?
			CONTRACT_LINUXRC : CONTRACT_CHROOT;
	return strcmp(f->root_fstype, "rootfs") == 0 ?
		CONTRACT_INITRAMFS : CONTRACT_RAM0;
}

enum contract
contract_with_image(enum contract contract, bool asked, bool image)
{
	return contract == CONTRACT_INITRAMFS && (asked || image) ?
		CONTRACT_COMPAT : contract;
}

const char *
contract_name(enum contract contract)
{
	static const char *const name[CONTRACT_COUNT] = {
		[CONTRACT_NONE] = "unknown",
		[CONTRACT_LINUXRC] = "linuxrc",
		[CONTRACT_RAM0] = "ram0",
		[CONTRACT_INITRAMFS] = "initramfs",
		[CONTRACT_COMPAT] = "compat",
		[CONTRACT_CHROOT] = "chroot",
	};

	return contract < CONTRACT_COUNT ? name[contract] : name[0];
}
