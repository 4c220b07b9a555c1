/* SPDX-License-Identifier: MIT */
/*
 * fake_net.c - the names of the machine, of lib/sys.h: see fake_sys.h.
 *
 *	sethostname NAME		setdomainname NAME
 */
#include "lib/sys.h"

#include "fake_sys.h"

int
sys_sethostname(const char *name)
{
	return fake_record("sethostname %s", name);
}

int
sys_setdomainname(const char *name)
{
	return fake_record("setdomainname %s", name);
}
