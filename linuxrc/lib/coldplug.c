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
	{ "scsi", "scsi:", false },
	{ "mmc", "mmc:", false },
	{ "ide", "ide:", false },		/* before Linux 5.14 */
	{ "nd", "nd:", false },		/* persistent memory */
	{ "virtio", "virtio:", false },
	{ "xen", "xen:", false },
	{ "vmbus", "vmbus:", false },		/* Hyper-V */
	{ "usb", "usb:", true },
	{ "firewire", "ieee1394:", true },
	{ "pcmcia", "pcmcia:", false },
	{ "pci", "pci:", false },
	{ "acpi", "acpi", false },		/* acpi:ID: and acpi*:ID:* */
	{ "platform", "of:", false },
	{ "platform", "platform:", false },
	{ "hid", "hid:", true },
	{ "serio", "serio:", true },
};

/* What may be a disk of its own accord, and what such disks hang on. */
static const char *const storage[] = {
	/* pci:vVENDORdDEVICEsv..sd..bcBASEscSUBiINTERFACE, in hexadecimal */
	"pci:*bc01*",			/* storage */
	"pci:*bc08sc05*",		/* SD host */
	"pci:*bc0Csc04*",		/* Fibre Channel */
	"pci:v00005853d*",		/* Xen platform */
	/* virtio, by its number: 2 disk, 8 SCSI, 17 IOMMU, 1B pmem; on PCI
	 * 1000 and more before virtio 1.0, 1040 and more since */
	"pci:v00001AF4d0000100[14]*",
	"pci:v00001AF4d0000104[28]*",
	"pci:v00001AF4d0000105[7B]*",
	"virtio:d0000000[28]*",
	"virtio:d0000001[7B]*",
	/* Hyper-V: SCSI, IDE, Fibre Channel, PCI */
	"vmbus:d96361baa104294db60572e2ffb1dc7f",
	"vmbus:32264132cb86a2449b5c50d1417354f5",
	"vmbus:4acc9b2f6900f34ab76b6fd0be528cda",
	"vmbus:1df6c444444400449d52802e27ede19f",
	"xen:vbd", "xen:vscsi", "xen:pci",
	"mmc:*",
	"ide:*",
	/* peripheral type: disk, WORM, CD, optical, reduced, zoned */
	"scsi:t-0x0[0457e]*",
	"scsi:t-0x14*",
	"nd:t[1-6]*",			/* all but device DAX */
};

/* What takes seconds to show a disk that a person plugged in, what holds
 * other roots than disks, and what a person types on. */
static const char *const later[] = {
	"pci:*bc06sc05*",		/* PCMCIA bridge */
	"pci:*bc06sc07*",		/* CardBus bridge */
	"pci:*bc0Csc00*",		/* FireWire host */
	"pci:*bc0Csc03*",		/* USB host */
	"pci:v000010ECd*bcFFsc00*",	/* Realtek's card readers */
	/* virtio: 9 9p, 12 input, 1A virtiofs */
	"pci:v00001AF4d00001009*",
	"pci:v00001AF4d00001049*",
	"pci:v00001AF4d0000105[2A]*",
	"virtio:d00000009*",
	"virtio:d0000001[2A]*",
	"vmbus:6dad12f9172bea48bd65f927a61c7684",	/* keyboard */
	"xen:vkbd",
	"ieee1394:*sp0000609E*",	/* SBP-2: disks */
	/* interface class, sub-class, protocol; ic03 is HID, ip02 a mouse */
	"usb:*ic08*",
	"usb:*ic03isc??ip0[01]*",
	"hid:*",
	"serio:ty06*",			/* AT keyboard */
};

static const char *const by_path[] = {
	"acpi*", "of:*", "platform:*", "pcmcia:*"
};

/* Below drivers/ */
static const char *const with_storage[] = {
	"acpi/nfit/", "ata/", "block/", "hv/hv_vmbus", "mmc/", "mtd/",
	"nvdimm/", "nvme/", "pci/", "scsi/", "ufs/", "virtio/"
};

static const char *const with_later[] = {
	"firewire/", "hid/", "input/keyboard/", "input/serio/", "usb/"
};

/* What these hang on where a device tree describes the board. */
static const char *const boards_need[] = {
	"bus/", "clk/", "dma/", "extcon/", "firmware/", "gpio/",
	"hwspinlock/", "i2c/busses/", "interconnect/", "iommu/", "mailbox/",
	"mfd/", "nvmem/", "phy/", "pinctrl/", "pmdomain/", "power/",
	"regulator/", "reset/", "soc/", "spi/"
};

/* Wired, but for USB's: those often say nothing but their maker. */
static const char *const network[] = {
	"pci:*bc02sc0[0-7]*",
	"pci:v000015B3d*bc02*",		/* Mellanox: also InfiniBand */
	"virtio:d00000001*",
	"vmbus:635161f83edfc546913ff2d2f965ed0e",
	"xen:vif",
	"usb:*ic02isc0[6DE]*",		/* ECM, NCM, EEM */
};

static const char *const network_by_path[] = {
	"usb:*", "acpi*", "of:*", "platform:*", "pcmcia:*"
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static bool
matches(const char *const list[], size_t count, const char *modalias)
{
	for (size_t i = 0; i < count; i++) {
		struct piece pattern = { list[i], 0 };

		if (list[i][0] != modalias[0])
			continue;
		pattern.len = strlen(list[i]);
		if (modindex_match(pattern, modalias))
			return true;
	}
	return false;
}

enum coldplug_verdict
coldplug_judge(const char *modalias)
{
	if (matches(storage, COUNT(storage), modalias))
		return COLDPLUG_NOW;
	if (matches(later, COUNT(later), modalias))
		return COLDPLUG_LATER;
	return matches(by_path, COUNT(by_path), modalias) ?
		COLDPLUG_BY_PATH : COLDPLUG_NO;
}

enum coldplug_verdict
coldplug_network(const char *modalias)
{
	if (matches(network, COUNT(network), modalias))
		return COLDPLUG_NOW;
	return matches(network_by_path, COUNT(network_by_path), modalias) ?
		COLDPLUG_BY_PATH : COLDPLUG_NO;
}

bool
coldplug_network_path(const char *path)
{
	const char *driver = text_after(path, "kernel/drivers/net/");

	return driver && !text_after(driver, "wireless/");
}

bool
coldplug_name(const char *bus, const char *device)
{
	return strcmp(bus, "acpi") != 0 || (!text_after(device, "device:") &&
		!text_after(device, "LNX"));
}

static bool
begins_with_one(const char *path, const char *const list[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_after(path, list[i]))
			return true;
	return false;
}

enum coldplug_verdict
coldplug_path(const char *modalias, const char *path)
{
	const char *driver = text_after(path, "kernel/drivers/");

	if (!driver)
		return text_after(path, "kernel/") ? COLDPLUG_NO :
			COLDPLUG_NOW;
	if (begins_with_one(driver, with_later, COUNT(with_later)))
		return COLDPLUG_LATER;
	if (begins_with_one(driver, with_storage, COUNT(with_storage)) ||
	    (text_after(modalias, "of:") &&
	    begins_with_one(driver, boards_need, COUNT(boards_need))))
		return text_after(modalias, "pcmcia:") ? COLDPLUG_LATER :
			COLDPLUG_NOW;
	return COLDPLUG_NO;
}
