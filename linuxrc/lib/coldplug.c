/* SPDX-License-Identifier: MIT */
/*
 * coldplug.c - see coldplug.h. The forms of a modalias are those of the
 * kernel's scripts/mod/file2alias.c.
 */
#include <stddef.h>
#include <string.h>

#include "lib/coldplug.h"
#include "lib/modindex.h"
#include "lib/text.h"

const struct coldplug_bus coldplug_buses[COLDPLUG_BUSES] = {
	{ "scsi", "scsi:" },
	{ "mmc", "mmc:" },
	{ "ide", "ide:" },		/* before Linux 5.14 */
	{ "nd", "nd:" },		/* persistent memory */
	{ "virtio", "virtio:" },
	{ "xen", "xen:" },
	{ "vmbus", "vmbus:" },		/* Hyper-V */
	{ "usb", "usb:" },
	{ "firewire", "ieee1394:" },
	{ "pcmcia", "pcmcia:" },
	{ "pci", "pci:" },
	{ "acpi", "acpi" },		/* acpi:ID: and acpi*:ID:* */
	{ "platform", "of:" },
	{ "platform", "platform:" },
	{ "hid", "hid:" },
	{ "serio", "serio:" },
};

static const char *const yes[] = {
	/* pci:vVENDORdDEVICEsv..sd..bcBASEscSUBiINTERFACE, in hexadecimal */
	"pci:*bc01*",			/* storage */
	"pci:*bc06sc05*",		/* PCMCIA bridge */
	"pci:*bc06sc07*",		/* CardBus bridge */
	"pci:*bc08sc05*",		/* SD host */
	"pci:*bc0Csc00*",		/* FireWire host */
	"pci:*bc0Csc03*",		/* USB host */
	"pci:*bc0Csc04*",		/* Fibre Channel */
	"pci:v000010ECd*bcFFsc00*",	/* Realtek's card readers */
	"pci:v00005853d*",		/* Xen platform */
	/* virtio: only what can hold a root or is a keyboard, by its number:
	 * 2 disk, 8 SCSI, 9 9p, 12 input, 17 IOMMU, 1A virtiofs, 1B pmem;
	 * on PCI 1000 and more before virtio 1.0, 1040 and more since */
	"pci:v00001AF4d0000100[149]*",
	"pci:v00001AF4d0000104[289]*",
	"pci:v00001AF4d0000105[27AB]*",
	"virtio:d0000000[289]*",
	"virtio:d0000001[27AB]*",
	/* Hyper-V: storage (SCSI, IDE, Fibre Channel), keyboard, PCI */
	"vmbus:d96361baa104294db60572e2ffb1dc7f",
	"vmbus:32264132cb86a2449b5c50d1417354f5",
	"vmbus:4acc9b2f6900f34ab76b6fd0be528cda",
	"vmbus:6dad12f9172bea48bd65f927a61c7684",
	"vmbus:1df6c444444400449d52802e27ede19f",
	"xen:vbd", "xen:vscsi", "xen:vkbd", "xen:pci",
	"ieee1394:*sp0000609E*",	/* SBP-2: disks */
	/* interface class, sub-class, protocol; ic03 is HID, ip02 a mouse */
	"usb:*ic08*",
	"usb:*ic03isc??ip0[01]*",
	"mmc:*",
	"ide:*",
	/* peripheral type: disk, WORM, CD, optical, reduced, zoned */
	"scsi:t-0x0[0457e]*",
	"scsi:t-0x14*",
	"nd:t[1-6]*",			/* all but device DAX */
	"hid:*",
	"serio:ty06*",			/* AT keyboard */
};

static const char *const by_path[] = {
	"acpi*", "of:*", "platform:*", "pcmcia:*"
};

/* Below drivers/ */
static const char *const roots_need[] = {
	"acpi/nfit/", "ata/", "block/", "firewire/", "hid/", "hv/hv_vmbus",
	"input/keyboard/", "input/serio/", "mmc/", "mtd/", "nvdimm/",
	"nvme/", "pci/", "scsi/", "ufs/", "usb/", "virtio/"
};

/* What these hang on where a device tree describes the board. */
static const char *const boards_need[] = {
	"bus/", "clk/", "dma/", "extcon/", "firmware/", "gpio/",
	"hwspinlock/", "i2c/busses/", "interconnect/", "iommu/", "mailbox/",
	"mfd/", "nvmem/", "phy/", "pinctrl/", "pmdomain/", "power/",
	"regulator/", "reset/", "soc/", "spi/"
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static bool
matches(const char *const list[], size_t count, const char *modalias)
{
	for (size_t i = 0; i < count; i++) {
		struct piece pattern = { list[i], strlen(list[i]) };

		if (list[i][0] == modalias[0] &&
		    modindex_match(pattern, modalias))
			return true;
	}
	return false;
}

enum coldplug_verdict
coldplug_judge(const char *modalias)
{
	if (matches(yes, COUNT(yes), modalias))
		return COLDPLUG_YES;
	return matches(by_path, COUNT(by_path), modalias) ?
		COLDPLUG_BY_PATH : COLDPLUG_NO;
}

static bool
begins_with_one(const char *path, const char *const list[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_after(path, list[i]))
			return true;
	return false;
}

bool
coldplug_path(const char *modalias, const char *path)
{
	const char *driver = text_after(path, "kernel/drivers/");

	if (!driver)
		return !text_after(path, "kernel/");
	return begins_with_one(driver, roots_need, COUNT(roots_need)) ||
		(text_after(modalias, "of:") &&
		begins_with_one(driver, boards_need, COUNT(boards_need)));
}
