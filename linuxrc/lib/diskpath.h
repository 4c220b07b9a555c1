/* SPDX-License-Identifier: MIT */
/*
 * diskpath - what udev calls a disk by the place where it is plugged in: the
 * names in /dev/disk/by-path, made from /sys alone as the path_id builtin of
 * udev makes them (systemd, src/udev/udev-builtin-path_id.c), for PCI,
 * platform, virtio, ATA, SCSI, USB and NVMe.
 */
#ifndef LINUXRC_LIB_DISKPATH_H
#define LINUXRC_LIB_DISKPATH_H

#include <stdbool.h>

enum { DISKPATH_SIZE = 256 };	/* NAME_MAX and NUL: it is a file name */

/*
 * Fill id with the name of the whole disk (kernel name), such as
 * "pci-0000:00:01.1-ata-1.0"; older is how udev called ATA disks before
 * systemd 247: "pci-0000:00:01.1-ata-1". False when udev would make no link,
 * or when the disk is on Fibre Channel, SAS, iSCSI or Hyper-V.
 */
bool
diskpath_of(int sys, const char *disk, bool older,
	char id[static DISKPATH_SIZE]);

#endif
