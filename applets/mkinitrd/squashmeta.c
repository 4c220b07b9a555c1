/* SPDX-License-Identifier: MIT */
/*
 * squashmeta.c - see squashmeta.h. The last blocks are kept: inodes and
 * names are read in turns.
 */
#include <string.h>

#include "gzstream.h"
#include "squashmeta.h"

enum {
	META_SIZE = 8192,	/* bytes in a block */
	META_PLAIN = 0x8000,	/* of its length: not compressed */
	KEPT = 8
};

static struct kept {
	uint64_t at, next;	/* 0: nothing is kept; next: the block behind */
	size_t size;
	unsigned char data[META_SIZE];
} kept[KEPT];
static unsigned oldest;

void
squashmeta_begin(void)
{
	for (unsigned i = 0; i < KEPT; i++)
		kept[i].at = 0;
}

int
squashmeta_unpack(const struct fsimage *f, const struct squashpiece *piece,
	unsigned char *to, size_t *room, struct err *e)
{
	const unsigned char *from = fsread_bytes(f, piece->at, piece->length,
		e);

	if (!from)
		return -1;
	if (piece->plain && piece->length > *room)
		return fsread_damaged(f, "a block is too long", piece->at, e);
	if (piece->plain) {
		memcpy(to, from, piece->length);
		*room = piece->length;
		return 0;
	}
	return gz_block_unpack(from, piece->length, to, room, e) == 0 ? 0 :
		hint(e, "at byte %llu of squashfs", (unsigned long long)
		piece->at);
}

static const struct kept *
load(const struct fsimage *f, uint64_t at, struct err *e)
{
	struct kept *k;
	const unsigned char *head;
	struct squashpiece piece;

	for (unsigned i = 0; i < KEPT; i++)
		if (kept[i].at == at && at != 0)
			return &kept[i];
	head = fsread_bytes(f, at, 2, e);
	if (!head)
		return NULL;
	k = &kept[oldest++ % KEPT];
	k->at = 0;
	piece.at = at + 2;
	piece.length = get_le16(head) & (META_PLAIN - 1);
	piece.plain = get_le16(head) & META_PLAIN;
	k->size = META_SIZE;
	if (squashmeta_unpack(f, &piece, k->data, &k->size, e) < 0)
		return NULL;
	k->at = at;
	k->next = at + 2 + piece.length;
	return k;
}

int
squashmeta_read(const struct fsimage *f, struct squashmeta *place, void *to,
	size_t size, struct err *e)
{
	unsigned char *p = to;

	while (size > 0) {
		const struct kept *k = load(f, place->at, e);
		size_t now;

		if (!k)
			return -1;
		if (place->offset > k->size)
			return fsread_damaged(f, "a place beyond a block",
				place->at, e);
		now = k->size - place->offset < size ?
			k->size - place->offset : size;
		memcpy(p, k->data + place->offset, now);
		p += now;
		size -= now;
		place->offset += (uint32_t)now;
		if (size > 0)
			*place = (struct squashmeta){ k->next, 0 };
	}
	return 0;
}

int
squashmeta_find(const struct fsimage *f, uint64_t list, uint64_t byte,
	struct squashmeta *place, struct err *e)
{
	const unsigned char *p = fsread_bytes(f, list + byte / META_SIZE * 8,
		8, e);

	if (!p)
		return -1;
	place->at = get_le64(p);
	place->offset = (uint32_t)(byte % META_SIZE);
	return 0;
}
