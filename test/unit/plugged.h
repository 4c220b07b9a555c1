/* SPDX-License-Identifier: MIT */
/*
 * plugged - drivers.c over trees/modules as the running kernel's, a /sys in
 * which a test plugs devices in, and the log.
 */
#ifndef TEST_PLUGGED_H
#define TEST_PLUGGED_H

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "drivers.h"
#include "fake_sys.h"
#include "lib/file.h"
#include "lib/log.h"
#include "tree.h"

#define PCI_DISK "pci:v00001AF4d00001001sv00001AF4sd00000002bc01sc00i00"

static struct places at;
static struct boot boot;
static struct err e;

static inline void
have_machine(void)
{
	fake_reset();
	at.root = tree_copy("modules");
	tree_sh("mv lib/modules/6.1.0-test lib/modules/$(uname -r) && "
		"mkdir -p sys/bus dev && touch dev/kmsg");
	at.sys = openat(at.root, "sys", O_RDONLY | O_DIRECTORY);
	at.dev = openat(at.root, "dev", O_RDONLY | O_DIRECTORY);
	log_open(at.dev);
	memset(&boot, 0, sizeof boot);
}

static inline int
begin(void **state)
{
	(void)state;
	have_machine();
	return drivers_open(&at, &boot, &e);
}

static inline int
end(void **state)
{
	(void)state;
	close(at.sys);
	close(at.dev);
	tree_drop(at.root);
	return 0;
}

static inline bool
log_has(const char *text)
{
	char log[4096];

	return file_read(at.dev, "kmsg", log, sizeof log, &e) >= 0 &&
		strstr(log, text) != NULL;
}

#endif
