/* SPDX-License-Identifier: MIT */
/*
 * contract - who started us, so how we must leave. Decided once, by one
 * pure function over facts; only handover.c acts on the answer.
 */
#ifndef LINUXRC_CONTRACT_H
#define LINUXRC_CONTRACT_H

#include "boot.h"

struct contract_facts {
	int pid, ppid, sid;	/* of the first process, not of a worker */
	bool initial_pidns;	/* our pid namespace is the machine's own */
	bool parent_is_kernel;	/* the parent is a kernel thread, or a linuxrc
				   that does that thread's work */
	char root_fstype[FSTYPE_SIZE];	/* type of "/": rootfs, ext2 ... */
	uint64_t root_dev;	/* st_dev of "/" */
	bool root_alone;	/* nothing else is mounted */
	bool rehearsal;		/* --explain was asked for */
};

/*
 * Gather the facts that are not filled in yet (pid, ppid, sid and rehearsal
 * are). proc is an fd of a procfs, or -1: then what is left (getsid of the
 * parent, statfs) decides. Never fails.
 */
void
contract_observe(struct contract_facts *f, int proc);

/* Decide. Pure. README, "Contracts". */
enum contract
contract_classify(const struct contract_facts *f);

/*
 * The same once the options are known: initramfs is compat when linuxrc.compat
 * asks for it, or when the kernel left an image, whatever root= says. Pure.
 */
enum contract
contract_with_image(enum contract contract, bool asked, bool image);

/* "linuxrc", "ram0", "initramfs", "compat", "chroot". */
const char *
contract_name(enum contract contract);

#endif
