/* SPDX-License-Identifier: MIT */
/*
 * network.c - in place of the part network: network.h, netroot.h, what the
 * menus show. A root on NFS that the kernel mounts by itself is its business,
 * too.
 */
#include <stdio.h>
#include <stdlib.h>

#include "handover.h"
#include "lib/nfskernel.h"
#include "lib/text.h"
#include "netapply.h"
#include "netroot.h"
#include "network.h"
#include "without/without.h"

int
step_network(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	const struct boot_options *o = &b->options;
	char asked[NET_SIZE + 16];

	(void)note;
	snprintf(asked, sizeof asked, "%s%s", o->nfsaddrs[0] ? "ip=" :
		o->bootif[0] ? "BOOTIF=" : "a root on NFS",
		o->nfsaddrs[0] ? o->nfsaddrs : o->bootif);
	return without(asked, "network", "the network", e);
}

bool
network_is_there(const struct boot *b)
{
	(void)b;
	return false;
}

int
step_netconf(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	(void)b, (void)note, (void)e;
	return 0;
}

bool
netroot_is_kernels(const struct places *at)
{
	return nfskernel_mounts(at->proc, at->sys, getenv("nfsroot") != NULL);
}

int
netroot_find(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	b->device = (struct root_device){ 0 };
	if (!handover_is_change_root(b))
		return without("a root on NFS", "network", "the network", e);
	text_copy(note, NOTE_SIZE, "an NFS root, mounted by the kernel");
	return 0;
}

int
netroot_mount(const struct boot *b, const struct places *at,
	const struct rootfs_wish *wish, struct mounted_root *root,
	struct err *e)
{
	(void)b, (void)at, (void)wish, (void)root;
	return without("a root on NFS", "network", "the network", e);
}

/* Nothing ever was. */
void
netapply_describe(const struct net_result *r, char *text, size_t size)
{
	(void)r, (void)size;
	text[0] = '\0';
}
