/* SPDX-License-Identifier: MIT */
/*
 * disks - a machine's block devices for unit tests: entries in a fixture
 * /sys and /proc/partitions, and image files in its /dev that stand for the
 * devices, made by the tools that own each format. Nobody needs to be root.
 */
#ifndef TEST_DISKS_H
#define TEST_DISKS_H

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "boot.h"

#define UUID_A "11111111-2222-4333-8444-aaaaaaaaaaaa"
#define UUID_B "11111111-2222-4333-8444-bbbbbbbbbbbb"

static char disks_dir[64];
static struct places disks_at;

/* Run a command line in the fixture directory, with mke2fs and the like. */
static inline int
disks_try(const char *line)
{
	char command[2048];

	snprintf(command, sizeof command, "cd %.63s && "
		"PATH=$PATH:/usr/sbin:/sbin && { %.1023s; } >out 2>&1",
		disks_dir, line);
	return system(command);
}

static inline void
disks_sh(const char *line)
{
	if (disks_try(line) == 0)
		return;
	fprintf(stderr, "failed: %s; see %s/out\n", line, disks_dir);
	abort();
}

/* An empty machine: no device at all. */
static inline int
disks_begin(void **state)
{
	(void)state;
	strcpy(disks_dir, "/tmp/linuxrc-unit.XXXXXX");
	if (!mkdtemp(disks_dir))
		abort();
	disks_sh("mkdir -p proc sys/class/block sys/dev/block dev new-root && "
		"printf 'major minor  #blocks  name\n\n' >proc/partitions");
	disks_at.root = open(disks_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	disks_at.proc = openat(disks_at.root, "proc", O_RDONLY | O_CLOEXEC);
	disks_at.sys = openat(disks_at.root, "sys", O_RDONLY | O_CLOEXEC);
	disks_at.dev = openat(disks_at.root, "dev", O_RDONLY | O_CLOEXEC);
	return 0;
}

static inline int
disks_end(void **state)
{
	(void)state;
	close(disks_at.root);
	close(disks_at.proc);
	if (disks_at.sys >= 0)
		close(disks_at.sys);
	close(disks_at.dev);
	disks_sh("rm -rf -- * && cd / && rmdir \"$OLDPWD\" && exec true");
	return 0;
}

/* The kernel now has this device; its content is made by the shell line,
 * which finds the name in $d ("dev/vda1"). NULL: there is no node. */
static inline void
disks_add(const char *name, unsigned number, const char *line)
{
	char text[1024];

	snprintf(text, sizeof text, "n=%s m=%u:%u; mkdir -p sys/class/block/$n "
		"&& echo $m >sys/class/block/$n/dev && "
		"ln -s ../../devices/block/$n sys/dev/block/$m && "
		"echo \"%4u %4u 1000 $n\" >>proc/partitions", name,
		number / 100, number % 100, number / 100, number % 100);
	disks_sh(text);
	if (!line)
		return;
	snprintf(text, sizeof text, "d=dev/%s; %s", name, line);
	disks_sh(text);
}

static inline void
disks_remove(const char *name)
{
	char text[256];

	snprintf(text, sizeof text, "m=$(cat sys/class/block/%s/dev) && "
		"rm -r sys/class/block/%s sys/dev/block/$m && rm -f dev/%s && "
		"sed -i '/ %s$/d' proc/partitions", name, name, name, name);
	disks_sh(text);
}

/* Contents for disks_add(). */
#define EMPTY "truncate -s 4M $d"
#define EXT4(words) "mke2fs -q -t ext4 " words " $d 8M"
#define SWAP(words) "truncate -s 4M $d && mkswap " words " $d"

/* A LUKS1 header: magic, version 1, the UUID at 168. */
#define LUKS(uuid) "truncate -s 4M $d && printf " \
	"'LUKS\\272\\276\\000\\001aes' | dd of=$d conv=notrunc && printf " \
	uuid " | dd of=$d bs=1 seek=168 conv=notrunc"

/* The label of a physical volume of LVM in sector 1, with its checksum. */
#define LVM2 "truncate -s 8M $d && printf 'LABELONE\\001\\000\\000\\000" \
	"\\000\\000\\000\\000\\373\\065\\063\\070\\040\\000" \
	"\\000\\000LVM2 001abcdefghijklmnopqrstuvwxyzABCDEF\\000" \
	"\\000\\200' | " \
	"dd of=$d bs=512 seek=1 conv=notrunc"

/* The superblock of an md array, metadata 1.2: 4 KiB from the start. */
#define MD_BEFORE "truncate -s 8M $d && printf '\\374\\116\\053\\251\\001" \
	"\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000ABCDEFGHIJKLM" \
	"NOP' | dd of=$d bs=4096 seek=1 conv=notrunc && printf '\\010' | " \
	"dd of=$d bs=1 seek=4240 conv=notrunc"

/* Metadata 0.90, behind a file system of 8 MiB. */
#define MD_090 "printf '\\374\\116\\053\\251\\000\\000\\000\\000\\132\\000" \
	"\\000\\000' | dd of=$d bs=65536 seek=127 conv=notrunc"

/* A member of an md array, metadata 1.0, behind a file system: RAID 1. */
#define MD_BEHIND(size_sectors) "s=$(((" size_sectors " - 16) & ~7)) && " \
	"printf '\\374\\116\\053\\251\\001\\000\\000\\000\\000\\000\\000\\000" \
	"\\000\\000\\000\\000ABCDEFGHIJKLMNOP' | " \
	"dd of=$d bs=512 seek=$s conv=notrunc && " \
	"printf \"\\\\$(printf %o $((s & 255)))\\\\$(printf %o " \
	"$((s >> 8)))\" | dd of=$d bs=1 seek=$((s * 512 + 144)) conv=notrunc"

#endif
