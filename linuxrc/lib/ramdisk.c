/* SPDX-License-Identifier: MIT */
/*
 * ramdisk.c - see ramdisk.h.
 *
 * Deviations: a gzip stream also has its method and no reserved flag, and an
 * ext2 file system a block size that exists, since a blob is searched here and
 * two bytes alone are found anywhere. A raw image begins with 1024 NULs, which
 * cannot be told from padding: so a superblock behind as many of them comes
 * before what those two bytes may be.
 */
#include <string.h>

#include "lib/cpio.h"
#include "lib/ramdisk.h"

enum {
	SUPERBLOCK = 1024,	/* BLOCK_SIZE: of ext2 and minix */
	CRAMFS_SHIFT = 512,	/* where a cramfs may begin as well */
	EXT2_MAGIC_AT = 56, EXT2_LOG_MAX = 6,	/* blocks of 64 KiB */
	MINIX_MAGIC_AT = 16,
	HEAD = 110, NAMESIZE_AT = 94	/* of an entry of an archive */
};

/* How each kind begins; magic_size 0: not by this. */
static const struct {
	const char *name, *program, *magic;
	size_t magic_size;
} known[RAMDISK_KINDS] = {
	[RAMDISK_NONE] = { "unknown", NULL, "", 0 },
	[RAMDISK_CPIO] = { "cpio", NULL, "", 0 },
	[RAMDISK_GZIP] = { "gzip", NULL, "\x1f\x8b\x08", 3 },
	[RAMDISK_BZIP2] = { "bzip2", "bzip2", "BZh", 3 },
	[RAMDISK_LZMA] = { "lzma", "lzma", "\x5d\0\0", 3 },
	[RAMDISK_XZ] = { "xz", "xz", "\xfd" "7zXZ", 5 },
	[RAMDISK_LZO] = { "lzo", "lzop", "\x89LZO", 4 },
	[RAMDISK_LZ4] = { "lz4", "lz4", "\x02\x21\x4c\x18", 4 },
	[RAMDISK_ZSTD] = { "zstd", "zstd", "\x28\xb5\x2f\xfd", 4 },
	[RAMDISK_ROMFS] = { "romfs", NULL, "-rom1fs-", 8 },
	[RAMDISK_CRAMFS] = { "cramfs", NULL, "", 0 },
	[RAMDISK_SQUASHFS] = { "squashfs", NULL, "hsqs", 4 },
	[RAMDISK_MINIX] = { "minix", NULL, "", 0 },
	[RAMDISK_EXT2] = { "ext2", NULL, "", 0 },
};

bool
ramdisk_is_compressed(enum ramdisk_kind kind)
{
	return kind >= RAMDISK_GZIP && kind <= RAMDISK_ZSTD;
}

const char *
ramdisk_name(enum ramdisk_kind kind)
{
	return known[kind < RAMDISK_KINDS ? kind : RAMDISK_NONE].name;
}

const char *
ramdisk_program(enum ramdisk_kind kind)
{
	return known[kind < RAMDISK_KINDS ? kind : RAMDISK_NONE].program;
}

static uint32_t
le(const char *p, unsigned bytes)
{
	uint32_t n = 0;

	while (bytes-- > 0)
		n = n << 8 | (unsigned char)p[bytes];
	return n;
}

static uint32_t
be32(const char *p)
{
	uint32_t n = 0;

	for (unsigned i = 0; i < 4; i++)
		n = n << 8 | (unsigned char)p[i];
	return n;
}

/* As the machine has it: minix and cramfs are made for one byte order. */
static uint32_t
native(const char *p, unsigned bytes)
{
	uint16_t half;
	uint32_t whole;

	if (bytes == 2) {
		memcpy(&half, p, sizeof half);
		return half;
	}
	memcpy(&whole, p, sizeof whole);
	return whole;
}

static uint64_t
to_kib(uint64_t bytes)
{
	return (bytes + 1023) / 1024;
}

static enum ramdisk_kind
cramfs_at(const char *data, size_t size, uint64_t *kib)
{
	if (size < 16 || native(data, 4) != 0x28cd3d45)
		return RAMDISK_NONE;
	*kib = to_kib(native(data + 4, 4));
	return RAMDISK_CRAMFS;
}

/* The superblock of an image that begins at data. */
static enum ramdisk_kind
superblock(const char *data, size_t size, uint64_t *kib)
{
	const char *s = data + SUPERBLOCK;
	uint32_t magic, log;

	if (size < SUPERBLOCK + EXT2_MAGIC_AT + 2)
		return RAMDISK_NONE;
	log = le(s + 24, 4);
	if (le(s + EXT2_MAGIC_AT, 2) == 0xef53 && log <= EXT2_LOG_MAX) {
		*kib = (uint64_t)le(s + 4, 4) << log;
		return RAMDISK_EXT2;
	}
	magic = native(s + MINIX_MAGIC_AT, 2);
	if (magic != 0x137f && magic != 0x138f)
		return RAMDISK_NONE;
	/* zones, of 2^N blocks each */
	*kib = (uint64_t)native(s + 2, 2) << (native(s + 10, 2) & 15);
	return RAMDISK_MINIX;
}

/* What has its magic in the first bytes. */
static enum ramdisk_kind
beginning(const char *data, size_t size, uint64_t *kib)
{
	enum ramdisk_kind kind = RAMDISK_GZIP;

	if (cpio_is(data, size))
		return RAMDISK_CPIO;
	for (; kind < RAMDISK_KINDS; kind++)
		if (known[kind].magic_size && size > 16 && memcmp(data,
		    known[kind].magic, known[kind].magic_size) == 0)
			break;
	if (kind == RAMDISK_GZIP && (data[3] & 0xe0))
		return RAMDISK_NONE;
	if (kind == RAMDISK_ROMFS)
		*kib = to_kib(be32(data + 8));
	if (kind == RAMDISK_SQUASHFS && size >= 48)
		*kib = to_kib(le(data + 40, 4) |
			(uint64_t)le(data + 44, 4) << 32);
	return kind < RAMDISK_KINDS ? kind : cramfs_at(data, size, kib);
}

enum ramdisk_kind
ramdisk_identify(const char *data, size_t size, uint64_t *kib)
{
	enum ramdisk_kind kind;

	*kib = 0;
	kind = beginning(data, size, kib);
	if (kind == RAMDISK_NONE && size > CRAMFS_SHIFT)
		kind = cramfs_at(data + CRAMFS_SHIFT, size - CRAMFS_SHIFT,
			kib);
	return kind != RAMDISK_NONE ? kind : superblock(data, size, kib);
}

/* ------------------------------------------------------------------ scan */

/*
 * GRUB up to 2.12 counts the NUL of a name not with it, and kernels since 6.13
 * (and 6.1.120, 6.6.64, 6.12.2) take no such archive: so the file that it has
 * made of the image is still here. True: s->at is where its data begins.
 */
static bool
find_unterminated(struct ramdisk_scan *s, size_t at)
{
	static const char size[] = "0000000c", name[] = "initrd.image";
	const char *head = s->data + at;
	size_t data = at + HEAD + sizeof name - 1;

	data += cpio_padding(data);
	if (data >= s->size || !cpio_is(head, s->size - at) ||
	    memcmp(head + NAMESIZE_AT, size, sizeof size - 1) != 0 ||
	    memcmp(head + HEAD, name, sizeof name - 1) != 0)
		return false;
	s->at = data;
	return true;
}

/* To the end of the plain archive that begins at s->at. */
static bool
pass_archive(struct ramdisk_scan *s)
{
	struct cpio_reader c = { s->data, s->size, s->at };
	struct cpio_entry entry;
	struct err ignored;
	int got;

	while ((got = cpio_next(&c, &entry, &ignored)) > 0)
		continue;
	if (got < 0)
		return find_unterminated(s, c.at);
	s->at = c.at;
	s->archives++;
	return true;
}

/* A raw image whose superblock begins at byte at, or up to three bytes before
 * it, and whose leading NULs are behind what was passed over. */
static enum ramdisk_kind
image_before(struct ramdisk_scan *s, size_t at)
{
	enum ramdisk_kind kind;
	uint64_t ignored;

	for (size_t k = 0; k < 4; k++) {
		if (at < s->at + SUPERBLOCK + k)
			break;
		kind = superblock(s->data + at - SUPERBLOCK - k,
			s->size - (at - SUPERBLOCK - k), &ignored);
		if (kind != RAMDISK_NONE) {
			s->at = at - SUPERBLOCK - k;
			return kind;
		}
	}
	return RAMDISK_NONE;
}

enum ramdisk_kind
ramdisk_next(struct ramdisk_scan *s)
{
	enum ramdisk_kind kind;
	uint64_t ignored;
	size_t at;

	for (;;) {
		for (at = s->at; at < s->size && s->data[at] == '\0'; at++)
			continue;
		if (at == s->size) {
			s->at = at;
			return RAMDISK_NONE;
		}
		kind = image_before(s, at);
		if (kind != RAMDISK_NONE)
			return kind;
		s->at = at;
		kind = ramdisk_identify(s->data + at, s->size - at, &ignored);
		if (kind != RAMDISK_CPIO)
			return kind;
		if (!pass_archive(s))
			return RAMDISK_NONE;
	}
}
