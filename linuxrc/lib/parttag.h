/* SPDX-License-Identifier: MIT */
/*
 * parttag - does a partition fit PARTUUID= or PARTLABEL=? As the kernel
 * compares (block/early-lookup.c, block/partitions/efi.c). Pure.
 */
#ifndef LINUXRC_LIB_PARTTAG_H
#define LINUXRC_LIB_PARTTAG_H

#include <stdbool.h>

/* Upper and lower case are equal, and a beginning is enough. */
bool
parttag_uuid_fits(const char *uuid, const char *wanted);

/* The label, in UTF-8, exactly; or in the kernel's 7 bits: each UTF-16 unit
 * & 0x7f, and ! for what cannot be printed. */
bool
parttag_label_fits(const char *label, const char *wanted);

#endif
