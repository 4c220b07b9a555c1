/* SPDX-License-Identifier: MIT */
/*
 * nearest - what a person may have mistaken for the root that was asked for,
 * among the devices that were seen. Pure.
 */
#ifndef LINUXRC_LIB_NEAREST_H
#define LINUXRC_LIB_NEAREST_H

#include <stddef.h>

#include "boot.h"
#include "lib/seen.h"

/*
 * Append the nearest matches of the spec, each as "; the UUID differs from
 * that of vda2 in one character"; nothing where nothing is near. text has
 * size bytes; what does not fit is cut.
 */
void
nearest_match(const struct root_spec *spec, const struct seen *seen,
	char *text, size_t size);

#endif
