/* SPDX-License-Identifier: MIT */
/*
 * report - what a person reads to find a fault: the kernel's log, which has
 * ours in it, and the devices with the drivers that they have or want.
 */
#ifndef LINUXRC_REPORT_H
#define LINUXRC_REPORT_H

#include "boot.h"

enum { REPORT_SIZE = 1 << 18 };	/* the kernel's own log has 128 to 256 KiB */

/* The log as dmesg(1) shows it, a line each, out of dev/kmsg; of one that does
 * not fit the end. text has REPORT_SIZE bytes. 0 or -1. */
int
report_log(const struct places *at, char *text, struct err *e);

/* Each device with a modalias: bus, name, driver or "-", modalias; then the
 * disks. What does not fit is cut. 0 or -1: there is no /sys. */
int
report_hardware(const struct places *at, char *text, struct err *e);

#endif
