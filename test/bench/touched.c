/* SPDX-License-Identifier: MIT */
/*
 * touched.c - a plugin of QEMU: which addresses of a static program were
 * executed, read or written in user mode during a boot, one in hexadecimal a
 * line, in the file out=FILE. Of what is executed together the first and the
 * last instruction are told. The interface is that of QEMU's qemu-plugin.h,
 * version 1, which the distribution does not ship.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {				/* where linuxrc lies, and nothing else */
	LOWEST = 0x400000, HIGHEST = 0x1000000,
	NO_REGISTERS = 0, READS_AND_WRITES = 3
};

struct qemu_plugin_tb;
struct qemu_plugin_insn;
typedef void (*block_seen)(uint64_t id, struct qemu_plugin_tb *block);
typedef void (*block_run)(unsigned cpu, void *data);
typedef void (*memory_used)(unsigned cpu, uint32_t how, uint64_t address,
	void *data);
typedef void (*at_end)(uint64_t id, void *data);

void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, block_seen call);
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *block,
	block_run call, int flags, void *data);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn,
	memory_used call, int flags, int which, void *data);
void qemu_plugin_register_atexit_cb(uint64_t id, at_end call, void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(
	const struct qemu_plugin_tb *block, size_t i);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);

int qemu_plugin_version = 1;
int qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv);

static unsigned char touched[HIGHEST - LOWEST];
static FILE *out;
static int kernel_runs;		/* not its decompressor any more, which lies
				   where the program will */

static void
touch(uint64_t address)
{
	if (kernel_runs && address >= LOWEST && address < HIGHEST)
		touched[address - LOWEST] = 1;
}

static void
kernel_is_run(unsigned cpu, void *data)
{
	(void)cpu;
	(void)data;
	kernel_runs = 1;
}

static void
insn_is_run(unsigned cpu, void *data)
{
	(void)cpu;
	touch((uintptr_t)data);
}

static void
memory_is_used(unsigned cpu, uint32_t how, uint64_t address, void *data)
{
	(void)cpu;
	(void)how;
	(void)data;
	touch(address);
}

static void
look(uint64_t id, struct qemu_plugin_tb *block)
{
	size_t n = qemu_plugin_tb_n_insns(block);
	uint64_t first, last;

	(void)id;
	first = qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(block, 0));
	last = qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(block, n - 1));
	if (first >> 63 && !kernel_runs)
		qemu_plugin_register_vcpu_tb_exec_cb(block, kernel_is_run,
			NO_REGISTERS, NULL);
	if (first < LOWEST || last >= HIGHEST)
		return;
	qemu_plugin_register_vcpu_tb_exec_cb(block, insn_is_run, NO_REGISTERS,
		(void *)(uintptr_t)first);
	qemu_plugin_register_vcpu_tb_exec_cb(block, insn_is_run, NO_REGISTERS,
		(void *)(uintptr_t)last);
	for (size_t i = 0; i < n; i++)
		qemu_plugin_register_vcpu_mem_cb(qemu_plugin_tb_get_insn(block,
			i), memory_is_used, NO_REGISTERS, READS_AND_WRITES,
			NULL);
}

static void
tell(uint64_t id, void *data)
{
	(void)id;
	(void)data;
	for (uint64_t i = 0; i < sizeof touched; i++)
		if (touched[i])
			fprintf(out, "%" PRIx64 "\n", LOWEST + i);
	fclose(out);
}

int
qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv)
{
	(void)info;
	if (argc != 1 || strncmp(argv[0], "out=", 4) != 0)
		return -1;
	out = fopen(argv[0] + 4, "w");
	if (!out)
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, look);
	qemu_plugin_register_atexit_cb(id, tell, NULL);
	return 0;
}
