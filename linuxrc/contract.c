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
#include "lib/text.h"

enum {
	PF_KTHREAD = 0x00200000,	/* include/linux/sched.h */
	MOUNTS_SIZE = 32768		/* a host with some 300 mounts; at boot
					   there is one */
};

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

/* Field 9 of /proc/PPID/stat; the name in field 2 may hold anything. */
static bool
parent_is_kernel(int proc, int ppid)
{
	char path[32], text[512];
	const char *p;
	int field;

	snprintf(path, sizeof path, "%d/stat", ppid);
	if (proc < 0 || file_line(proc, path, text, sizeof text) <= 0)
		return ppid > 1 && getsid(ppid) == 0;
	p = strrchr(text, ')');
	for (field = 2; p && field < 9; field++)
		p = strchr(p + 1, ' ');
	return p && (strtoul(p + 1, NULL, 10) & PF_KTHREAD);
}

/*
 * The type of the mount on "/": the last line of mountinfo for it counts.
 * "ID PARENT MAJ:MIN ROOT / OPTIONS [TAGS] - TYPE SOURCE ..."
 */
static void
type_from_mountinfo(char *type, size_t size, const char *mounts)
{
	const char *line, *next, *dash, *p;
	int field;

	for (line = mounts; *line; line = next) {
		next = strchr(line, '\n');
		next = next ? next + 1 : line + strlen(line);
		for (p = line, field = 0; p && field < 4; field++)
			p = (p = strchr(p, ' ')) ? p + 1 : NULL;
		if (!p || p > next || strncmp(p, "/ ", 2) != 0)
			continue;
		dash = strstr(p, " - ");
		if (!dash || dash > next)
			continue;
		snprintf(type, size, "%.*s", (int)strcspn(dash + 3, " \n"),
			dash + 3);
	}
}

static void
root_fstype(struct contract_facts *f, int proc)
{
	static char mounts[MOUNTS_SIZE];
	struct statfs fs;
	struct err ignored;
	const char *newline;

	f->root_fstype[0] = '\0';
	f->root_alone = false;
	if (proc >= 0 && file_read(proc, "self/mountinfo", mounts,
	    sizeof mounts, &ignored) > 0) {
		type_from_mountinfo(f->root_fstype, sizeof f->root_fstype,
			mounts);
		newline = strchr(mounts, '\n');
		f->root_alone = newline && newline[1] == '\0';
	}
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

const char *
contract_name(enum contract contract)
{
	static const char *const name[CONTRACT_COUNT] = {
		[CONTRACT_NONE] = "unknown",
		[CONTRACT_LINUXRC] = "linuxrc",
		[CONTRACT_RAM0] = "ram0",
		[CONTRACT_INITRAMFS] = "initramfs",
		[CONTRACT_CHROOT] = "chroot",
	};

	return contract < CONTRACT_COUNT ? name[contract] : name[0];
}
