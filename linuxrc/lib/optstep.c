/* SPDX-License-Identifier: MIT */
/*
 * optstep.c - see optstep.h.
 */
#include "lib/optstep.h"

#include "lib/optword.h"
#include "lib/rootspec.h"

/* What decides nothing before the machine is left, or counts at once, concerns
 * the last one. */
static const unsigned char first[OPT_COUNT] = {
	/* its kind is in rootfstype=, and auto looks for init= and image= */
	[OPT_ROOT] = STEP_DEVICE, [OPT_ROOTFSTYPE] = STEP_DEVICE,
	[OPT_IMAGE] = STEP_DEVICE, [OPT_ROOTFALLBACK] = STEP_DEVICE,
	[OPT_ROOTWAIT] = STEP_DEVICE, [OPT_ROOTDELAY] = STEP_DEVICE,
	[OPT_NFSROOT] = STEP_DEVICE,
	[OPT_ROOTFLAGS] = STEP_ROOTFS, [OPT_RW] = STEP_ROOTFS,
	[OPT_OVERLAY] = STEP_ROOTFS, [OPT_HANDOVER] = STEP_ROOTFS,
	[OPT_INIT] = STEP_INIT,
	[OPT_NFSADDRS] = STEP_NETWORK, [OPT_BOOTIF] = STEP_NETWORK,
	[OPT_DHCPCLASS] = STEP_NETWORK, [OPT_CARRIER_TIMEOUT] = STEP_NETWORK,
	[OPT_TIMEOUT] = STEP_NETWORK,
	[OPT_RESUME] = STEP_RESUME, [OPT_RESUME_OFFSET] = STEP_RESUME,
	[OPT_NORESUME] = STEP_RESUME, [OPT_RESUMEDELAY] = STEP_RESUME,
	[OPT_COLDPLUG] = STEP_DRIVERS, [OPT_MODULES] = STEP_DRIVERS,
	[OPT_RESCUE] = STEP_RESCUE,
	/* the contract, and the latch, are decided with all options at hand */
	[OPT_COMPAT] = STEP_OPTIONS, [OPT_NOINITRD] = STEP_OPTIONS,
	[OPT_LOCK] = STEP_OPTIONS,
	[OPT_RAMDISK] = STEP_UNPACK, [OPT_RAMDISK_START] = STEP_UNPACK,
	[OPT_RAMDISK_SIZE] = STEP_UNPACK,
	[OPT_INITRD] = STEP_HANDOVER, [OPT_PUTOLD] = STEP_HANDOVER,
	[OPT_ONFAIL] = STEP_HANDOVER, [OPT_PANIC] = STEP_HANDOVER,
	[OPT_DEBUG] = STEP_HANDOVER, [OPT_EXPLAIN] = STEP_HANDOVER,
	[OPT_UI] = STEP_HANDOVER, [OPT_LOG] = STEP_HANDOVER,
	[OPT_WATCHDOG] = STEP_HANDOVER,
};

/* As in parse_root() of steps.c. */
static bool
is_on_nfs(const struct boot_options *o)
{
	static struct root_spec spec;
	struct err ignored;

	if (!o->root[0])
		return o->nfsroot[0] != '\0';
	return rootspec_parse(o->root, o->rootfstype, &spec, &ignored) == 0 &&
		spec.kind == ROOT_NFS;
}

static enum step_number
step_of(const struct boot *b, enum option option)
{
	enum step_number step = first[option];

	/* a root that needs the network may be what it was not asked for */
	if ((step == STEP_DEVICE || option == OPT_HANDOVER) &&
	    !b->net.device[0] && is_on_nfs(&b->options))
		return STEP_NETWORK;
	if (step == STEP_RESUME && b->contract == CONTRACT_COMPAT &&
	    !b->compat.done)
		return STEP_RESUME_FIRST;
	return step;
}

enum step_number
optstep_first(const struct boot *b, const char *words)
{
	enum step_number least = STEP_COUNT, step;
	struct given g = { .origin = ORIGIN_DIALOG };

	while (cmdline_next(&words, &g.word)) {
		const struct optword *k = optword_find(&g);

		step = k ? step_of(b, k->option) : STEP_DRIVERS;
		if (step < least)
			least = step;
	}
	return least;
}
