/* SPDX-License-Identifier: MIT */
/*
 * compat.c - in place of the part compat: compat.h and compat/leave.h. An old
 * initrd image is seen, but not unpacked: a root that is named is mounted
 * without it, as when it cannot be read.
 */
#include <unistd.h>

#include "compat.h"
#include "compat/leave.h"
#include "initrd.h"
#include "lib/log.h"
#include "lib/text.h"
#include "without/without.h"

void
compat_decide(struct boot *b, const struct places *at)
{
	if (b->contract != CONTRACT_INITRAMFS || b->options.noinitrd)
		return;
	if (b->options.compat ||
	    faccessat(at->root, INITRD_FILE, F_OK, 0) == 0)
		b->contract = CONTRACT_COMPAT;
}

bool
compat_is_asked(const struct boot *b)
{
	return b->contract == CONTRACT_COMPAT;
}

bool
compat_has_initrd(const struct boot *b)
{
	(void)b;
	return false;
}

bool
compat_wants_root(const struct boot *b)
{
	(void)b;
	return true;
}

int
step_unpack(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	without(b->options.compat ? "linuxrc.compat" : "/initrd.image",
		"compat", "old initrd images", e);
	if (!b->options.root[0])
		return -1;
	say(LOG_WITHOUT, "%s; root= is mounted without it", e->text);
	text_copy(note, NOTE_SIZE, "no initrd");
	b->contract = CONTRACT_INITRAMFS;
	return 0;
}

int
step_linuxrc(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	(void)b, (void)note, (void)e;
	return 0;
}

void
leave_initrd(const struct boot *b)
{
	(void)b;
}
