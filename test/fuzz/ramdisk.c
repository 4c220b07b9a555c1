/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/ramdisk: the search stays inside the blob, goes only
 * forward, and what it finds is what stands there.
 */
#include "lib/ramdisk.h"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *blob = malloc(size + 1);
	struct ramdisk_scan s = { .data = blob, .size = size };
	enum ramdisk_kind kind;
	uint64_t kib;
	size_t before;

	memcpy(blob, data, size);
	for (;;) {
		before = s.at;
		kind = ramdisk_next(&s);
		must(s.at >= before && s.at <= size, "it goes forward");
		must(kind != RAMDISK_CPIO, "a plain archive is passed over");
		if (kind == RAMDISK_NONE)
			break;
		must(ramdisk_identify(blob + s.at, size - s.at, &kib) == kind ||
			!ramdisk_is_compressed(kind), "it is what it is");
		s.at++;
	}
	free(blob);
	return 0;
}
