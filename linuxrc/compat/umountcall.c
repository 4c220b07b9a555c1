/* SPDX-License-Identifier: MIT */
/*
 * umountcall.c - see umountcall.h. The numbers are those of the kernel's
 * arch/.../syscall.tbl and include/uapi/asm-generic/unistd.h.
 */
#include <linux/audit.h>

#include "compat/umountcall.h"

enum {
	X32 = 0x40000000,	/* __X32_SYSCALL_BIT */
	O32 = 4000, N64 = 5000, N32 = 6000,	/* MIPS */
	GENERIC = 39
};

static const struct calls {
	uint32_t arch;
	uint32_t nr[2];		/* the same twice where there is one */
} table[] = {
	{ AUDIT_ARCH_X86_64, { 166, X32 + 166 } },
	{ AUDIT_ARCH_I386, { 22, 52 } },
	{ AUDIT_ARCH_AARCH64, { GENERIC, GENERIC } },
	{ AUDIT_ARCH_ARM, { 22, 52 } },
	{ AUDIT_ARCH_RISCV64, { GENERIC, GENERIC } },
	{ AUDIT_ARCH_RISCV32, { GENERIC, GENERIC } },
	{ AUDIT_ARCH_MIPS, { O32 + 22, O32 + 52 } },
	{ AUDIT_ARCH_MIPSEL, { O32 + 22, O32 + 52 } },
	{ AUDIT_ARCH_MIPS64, { N64 + 161, N64 + 161 } },
	{ AUDIT_ARCH_MIPSEL64, { N64 + 161, N64 + 161 } },
	{ AUDIT_ARCH_MIPS64N32, { N32 + 161, N32 + 161 } },
	{ AUDIT_ARCH_MIPSEL64N32, { N32 + 161, N32 + 161 } },
	{ AUDIT_ARCH_PPC, { 22, 52 } },
	{ AUDIT_ARCH_PPC64, { 22, 52 } },
	{ AUDIT_ARCH_PPC64LE, { 22, 52 } },
	{ AUDIT_ARCH_S390, { 22, 52 } },
	{ AUDIT_ARCH_S390X, { 22, 52 } },
};

bool
umountcall_is(uint32_t arch, uint64_t nr)
{
	unsigned i;

	for (i = 0; i < sizeof table / sizeof table[0]; i++)
		if (table[i].arch == arch)
			return nr == table[i].nr[0] || nr == table[i].nr[1];
	return true;
}
