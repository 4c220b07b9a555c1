/* SPDX-License-Identifier: MIT */
/*
 * memory - of a program that ends when there is none: what is asked for is
 * there. Nothing needs to be given back before the end.
 */
#ifndef MKINITRD_MEMORY_H
#define MKINITRD_MEMORY_H

#include <stddef.h>

/* Memory for count things of size bytes each, zeroed. */
void *
memory_get(size_t count, size_t size);

/* The same, with what old (NULL: nothing) held; what is new is not zeroed. */
void *
memory_more(void *old, size_t count, size_t size);

/* A text of its own. */
char *
memory_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* One line to standard error, with the program's name before it. */
void
note(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
