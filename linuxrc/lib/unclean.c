/* SPDX-License-Identifier: MIT */
/*
 * unclean.c - see unclean.h. Follows fs/ext4/ext4.h (struct ext4_super_block),
 * include/uapi/linux/btrfs_tree.h (struct btrfs_super_block) and
 * include/uapi/linux/msdos_fs.h (struct fat_boot_sector).
 */
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "lib/unclean.h"

/* The unsigned number of size bytes, the lowest first, at this place; 0 when
 * it cannot be read. */
static uint64_t
number_at(int fd, off_t at, size_t size)
{
	unsigned char byte[8];
	uint64_t n = 0;

	if (pread(fd, byte, size, at) != (ssize_t)size)
		return 0;
	while (size-- > 0)
		n = n << 8 | byte[size];
	return n;
}

static bool
is_unclean_ext(int fd)
{
	enum { SUPER = 1024, MAGIC = 56, STATE = 58, INCOMPAT = 96,
		VALID_FS = 1, RECOVER = 4 };

	if (number_at(fd, SUPER + MAGIC, 2) != 0xef53)
		return false;
	/* a journalled one keeps VALID_FS while it is mounted */
	return !(number_at(fd, SUPER + STATE, 2) & VALID_FS) ||
		(number_at(fd, SUPER + INCOMPAT, 4) & RECOVER);
}

static bool
is_unclean_btrfs(int fd)
{
	enum { SUPER = 65536, MAGIC = 64, LOG_ROOT = 96 };

	return number_at(fd, SUPER + MAGIC, 8) == 0x4d5f53665248425f &&
		number_at(fd, SUPER + LOG_ROOT, 8) != 0;
}

static bool
is_unclean_fat(int fd)
{
	enum { FAT_LENGTH = 22, STATE16 = 37, STATE32 = 65, DIRTY = 1 };
	bool fat32 = number_at(fd, FAT_LENGTH, 2) == 0;

	return number_at(fd, fat32 ? STATE32 : STATE16, 1) & DIRTY;
}

bool
unclean_superblock(int fd, const char *type)
{
	if (strncmp(type, "ext", 3) == 0)
		return is_unclean_ext(fd);
	if (strcmp(type, "btrfs") == 0)
		return is_unclean_btrfs(fd);
	return strcmp(type, "vfat") == 0 && is_unclean_fat(fd);
}
