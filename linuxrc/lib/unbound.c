/* SPDX-License-Identifier: MIT */
/*
 * unbound.c - see unbound.h. A module that is not in the image is in no index
 * of it either, so the names of the usual drivers are known here.
 */
#include <ctype.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/buswalk.h"
#include "lib/coldplug.h"
#include "lib/file.h"
#include "lib/modbuiltin.h"
#include "lib/modindex.h"
#include "lib/text.h"
#include "lib/unbound.h"

enum {
	NAMED_MAX = 2,		/* devices; a sentence is to be read */
	MODALIAS_SIZE = 2048,	/* UEVENT_BUFFER_SIZE of the kernel */
	PATH_SIZE = BUSWALK_NAME_SIZE + 16
};

static const struct {
	const char *modalias, *module;
} usual[] = {
	{ "pci:v00001AF4d000010*", "virtio_pci" },
	{ "pci:*bc01sc08i02*", "nvme" },
	{ "pci:*bc01sc06i01*", "ahci" },
	{ "pci:v00008086*bc01sc01*", "ata_piix" },
	{ "pci:*bc01sc01*", "ata_generic" },
	{ "pci:v000015ADd000007C0*", "vmw_pvscsi" },
	{ "pci:v00001000d0000003*bc01*", "mptspi" },
	{ "pci:v00001000*bc01sc04*", "megaraid_sas" },
	{ "pci:v00001000*bc01sc07*", "mpt3sas" },
	{ "pci:*bc08sc05*", "sdhci_pci" },
	{ "pci:v00008086d000010[012]*bc02*", "e1000" },
	{ "pci:v00008086d000010D3*", "e1000e" },
	{ "pci:v00008086d0000153*bc02*", "igb" },
	{ "pci:v000010ECd00008139*", "8139cp" },
	{ "pci:v000010ECd0000816*", "r8169" },
	{ "pci:v000014E4d0000165*", "tg3" },
	{ "pci:v000015ADd000007B0*", "vmxnet3" },
	{ "pci:v00001022d00002000*", "pcnet32" },
	{ "pci:*bc0Csc03i30*", "xhci_pci" },
	{ "pci:*bc0Csc03i20*", "ehci_pci" },
	{ "pci:*bc0Csc03i10*", "ohci_pci" },
	{ "pci:*bc0Csc03i00*", "uhci_hcd" },
	{ "virtio:d00000001*", "virtio_net" },
	{ "virtio:d00000002*", "virtio_blk" },
	{ "virtio:d00000008*", "virtio_scsi" },
	{ "virtio:d0000001B*", "virtio_pmem" },
	{ "scsi:t-0x05*", "sr_mod" },
	{ "scsi:t-*", "sd_mod" },
	{ "mmc:*", "mmc_block" },
	{ "nd:*", "nd_pmem" },
	{ "vmbus:1df6c444*", "pci_hyperv" },
	{ "vmbus:635161f8*", "hv_netvsc" },
	{ "vmbus:*", "hv_storvsc" },
	{ "xen:vbd", "xen_blkfront" },
	{ "xen:vif", "xen_netfront" },
	{ "xen:vscsi", "xen_scsifront" },
	{ "usb:*ic08isc06ip62*", "uas" },
	{ "usb:*ic08*", "usb_storage" },
};

static bool
fits(const char *pattern, const char *modalias)
{
	return modindex_match((struct piece){ pattern, strlen(pattern) },
		modalias);
}

const char *
unbound_driver(const char *modalias)
{
	for (unsigned i = 0; i < sizeof usual / sizeof usual[0]; i++)
		if (fits(usual[i].modalias, modalias))
			return usual[i].module;
	return NULL;
}

/* What is looked at in the first and in the second round. */
static bool
is_of_round(const char *modalias, bool network, unsigned round)
{
	enum coldplug_verdict verdict = coldplug_judge(modalias);

	/* the virtio card on PCI, too, which a bus driver takes first */
	if (round == 0 && network)
		return coldplug_network(modalias) == COLDPLUG_NOW;
	if (round == 0)
		return verdict == COLDPLUG_NOW;
	return verdict == COLDPLUG_LATER &&
		(fits("usb:*ic08*", modalias) ||
		fits("pci:*bc0Csc03*", modalias));
}

/* As lspci(8) and lsusb(8) have it, or the device's name. */
static void
add_name(const char *device, const char *modalias, char *text, size_t size)
{
	const char *vendor = text_after(modalias, "pci:v0000");
	char id[] = "....:....";

	if (!vendor || strlen(vendor) < 13) {
		text_add(text, size, "%s", device);
		return;
	}
	for (unsigned i = 0; i < 4; i++) {
		id[i] = (char)tolower((unsigned char)vendor[i]);
		id[5 + i] = (char)tolower((unsigned char)vendor[9 + i]);
	}
	text_add(text, size, "%s", id);
}

/* What is in the image, and nevertheless did not help. */
static void
add_module(struct module_index *m, const char *name, char *text, size_t size)
{
	char why[MODRULE_WHY_SIZE];
	struct err e;
	int before = moddone_before(m, name, &e);

	if (modrule_blacklisted(&m->rules, name, why))
		text_add(text, size, "module %s is left out: %s", name, why);
	else if (before < 0)
		text_add(text, size, "module %s could not be loaded", name);
	else
		text_add(text, size, before > 0 ?
			"module %s does not take it" :
			"module %s was not loaded", name);
}

static void
add_reason(struct module_index *m, const char *modalias, char *text,
	size_t size)
{
	struct module_search search = { 0 };
	const char *known = unbound_driver(modalias);
	char name[MODULE_NAME_SIZE], path[MODULE_PATH_SIZE];

	if (module_match(m, modalias, &search, name))
		add_module(m, name, text, size);
	else if (known && module_path(m, known, path, sizeof path))
		add_module(m, known, text, size);
	else if (known && !modbuiltin_name(m->dir, known))
		text_add(text, size, "module %s is not in this image", known);
	else
		text_add(text, size, "no module for it is in this image");
}

/* True when the device of the walk has no driver; its modalias. */
static bool
is_unbound(const struct buswalk *w, const char *device,
	char modalias[static MODALIAS_SIZE])
{
	char path[PATH_SIZE] = "";
	int dir = w->devices.fd;
	struct stat st;

	if (text_add(path, sizeof path, "%s/driver", device) < 0 ||
	    fstatat(dir, path, &st, AT_SYMLINK_NOFOLLOW) == 0)
		return false;
	path[0] = '\0';
	return text_add(path, sizeof path, "%s/modalias", device) == 0 &&
		file_line(dir, path, modalias, MODALIAS_SIZE) > 0;
}

void
unbound_describe(struct module_index *m, int sys, bool network, char *text,
	size_t size)
{
	static struct buswalk w;
	char modalias[MODALIAS_SIZE];
	unsigned count = 0, round;
	const char *device;

	text[0] = '\0';
	buswalk_init(&w);
	w.wanted = (1U << COLDPLUG_BUSES) - 1;
	for (round = 0; sys >= 0 && round < 2; round++) {
		buswalk_begin(&w);
		while ((device = buswalk_next(&w, sys))) {
			if (!is_unbound(&w, device, modalias) ||
			    !is_of_round(modalias, network, round) ||
			    count++ >= NAMED_MAX)
				continue;
			text_add(text, size, count == 1 ?
				"no driver is bound to " : ", or to ");
			add_name(device, modalias, text, size);
			text_add(text, size, ": ");
			add_reason(m, modalias, text, size);
		}
	}
	if (count > NAMED_MAX)
		text_add(text, size, ", and to %u more devices",
			count - NAMED_MAX);
}
