/* SPDX-License-Identifier: MIT */
/*
 * similar - what somebody may have meant by a name that is not there. Pure.
 */
#ifndef LINUXRC_LIB_SIMILAR_H
#define LINUXRC_LIB_SIMILAR_H

/*
 * How many characters have to be put in, left out or changed to make one name
 * of the other (Levenshtein). The case of letters does not matter, but where
 * nothing else differs it counts as 1. Of names longer than 255 bytes: 255.
 */
unsigned
similar_distance(const char *a, const char *b);

#endif
