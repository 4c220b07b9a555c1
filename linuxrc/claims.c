/* SPDX-License-Identifier: MIT */
/*
 * claims.c - see claims.h.
 */
#include <string.h>

#include "claims.h"

/* A byte that is neither 0 nor 1 is no bool: reading it is undefined. */
static void
make_bool(bool *value)
{
	unsigned char byte;

	memcpy(&byte, value, 1);
	*value = byte != 0;
}

void
claims_check(struct boot *b)
{
	bool *const flag[] = { &b->ask, &b->asking, &b->plugged,
		&b->waited, &b->mounted, &b->rescued, &b->kernel_nfs,
		&b->again, &b->switched, &b->configured,
		&b->options.watchdog_keep,
		&b->options.initrd_free,
		&b->kernfs.bare, &b->kernfs.base_ours,
		&b->kernfs.proc_ours, &b->kernfs.sys_ours,
		&b->kernfs.dev_ours, &b->kernfs.proc_made,
		&b->kernfs.sys_made, &b->kernfs.dev_made,
		&b->kernfs.new_root_made, &b->compat.unpacked,
		&b->compat.brd, &b->compat.done, &b->compat.as_root,
		&b->compat.is_root };
	unsigned i;

	for (i = 0; i < sizeof flag / sizeof flag[0]; i++)
		make_bool(flag[i]);
	b->cmdline[sizeof b->cmdline - 1] = '\0';
	b->kernfs.base[sizeof b->kernfs.base - 1] = '\0';
	b->options.putold[sizeof b->options.putold - 1] = '\0';
	b->options.nfsroot[sizeof b->options.nfsroot - 1] = '\0';
	b->options.nfsaddrs[sizeof b->options.nfsaddrs - 1] = '\0';
	b->device.name[sizeof b->device.name - 1] = '\0';
	b->held[sizeof b->held - 1] = '\0';
	b->root.dir[sizeof b->root.dir - 1] = '\0';
	b->root.fstype[sizeof b->root.fstype - 1] = '\0';
	b->init[sizeof b->init - 1] = '\0';
	b->err.text[sizeof b->err.text - 1] = '\0';
	if (b->contract >= CONTRACT_COUNT)
		b->contract = CONTRACT_NONE;
	if (b->locked >= ORIGIN_COUNT)
		b->locked = ORIGIN_CMDLINE;
	if (b->outcome >= OUTCOME_COUNT)
		b->outcome = OUTCOME_NONE;
}
