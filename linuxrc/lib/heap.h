/* SPDX-License-Identifier: MIT */
/*
 * heap - the memory that libblkid, zlib and libc's opendir() ask for: from
 * one array, end to end, given back as a whole when the last piece is freed.
 * A probe asks for a hundred small pieces of thirty sizes and frees them all;
 * an allocator for programs that run on maps and unmaps pages for that, which
 * costs more than the probe itself. What is large gets pages of its own.
 *
 * In the program these are malloc() and its kin. One process, no threads.
 */
#ifndef LINUXRC_LIB_HEAP_H
#define LINUXRC_LIB_HEAP_H

#include <stddef.h>

/* As malloc(3), calloc(3), realloc(3) and free(3): 16-byte aligned, or NULL
 * with ENOMEM. */
void *
heap_alloc(size_t size);
void *
heap_calloc(size_t count, size_t size);
void *
heap_realloc(void *p, size_t size);
void
heap_free(void *p);

/* Bytes of the array that are taken. */
size_t
heap_used(void);

#endif
