/* SPDX-License-Identifier: MIT */
/*
 * diskid - what udev calls a disk by its maker's words and its serial number:
 * the names in /dev/disk/by-id, as udev's rules (60-persistent-storage.rules,
 * 13-dm-disk.rules) and its programs ata_id and usb_id make them, from /sys
 * and, of an ATA disk, from its own answer to IDENTIFY.
 */
#ifndef LINUXRC_LIB_DISKID_H
#define LINUXRC_LIB_DISKID_H

#include <stdbool.h>

#include "lib/blockdev.h"

/* The beginnings of names that can be found here, for a sentence. */
#define DISKID_KINDS "virtio-, nvme-, ata-, usb-, mmc-, wwn-, dm-name- and " \
	"dm-uuid-"

/* True when the name begins as one of those. */
bool
diskid_is_known(const char *id);

/* True when id is a name of the whole disk (kernel name). */
bool
diskid_fits(const struct blockdevs *b, const char *disk, const char *id);

#endif
