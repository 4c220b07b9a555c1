/* SPDX-License-Identifier: MIT */
/*
 * modnear - the module whose name is most like one that does not exist: what
 * a person may have meant who typed it at a boot prompt.
 */
#ifndef LINUXRC_LIB_MODNEAR_H
#define LINUXRC_LIB_MODNEAR_H

#include <stdbool.h>

#include "lib/module.h"

/*
 * The nearest name in the modules.dep of the directory modules, if it is near
 * enough to be meant: a quarter of its characters may be wrong, and one in
 * any case. False: none is.
 */
bool
modnear_find(int modules, const char *name, char near[MODULE_NAME_SIZE]);

#endif
