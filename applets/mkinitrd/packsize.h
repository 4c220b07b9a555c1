/* SPDX-License-Identifier: MIT */
/*
 * packsize - how many bytes come out of a compressed file, as it says itself.
 * Pure. Enough for files that were compressed in one go, as modules are; who
 * asks must do without the answer and check it against what comes out.
 */
#ifndef MKINITRD_PACKSIZE_H
#define MKINITRD_PACKSIZE_H

#include <stddef.h>
#include <stdint.h>

/* One xz stream: what its index has (the .xz file format, sections 2.1.2 and
 * 4). 0: it is not said. */
uint64_t
packsize_xz(const void *data, size_t size);

/* One zstd frame (RFC 8878, section 3.1.1.1). 0: it is not said. */
uint64_t
packsize_zstd(const void *data, size_t size);

#endif
