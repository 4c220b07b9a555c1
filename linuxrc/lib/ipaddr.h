/* SPDX-License-Identifier: MIT */
/*
 * ipaddr - IPv4 addresses as text and as numbers, in the byte order of this
 * machine; 0 stands for none; and the addresses of network cards as text. Pure.
 */
#ifndef LINUXRC_LIB_IPADDR_H
#define LINUXRC_LIB_IPADDR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	IPADDR_TEXT_SIZE = 16,	/* 255.255.255.255 */
	IPADDR_MAC_SIZE = 18	/* 52:54:00:12:34:56 */
};

/* Four decimal numbers, of up to three digits and up to 255, with dots between
 * them. 0, or -1 and *ip as it was. */
int
ipaddr_read(const char *text, uint32_t *ip);

/* The same backwards; returns text. */
const char *
ipaddr_write(uint32_t ip, char text[static IPADDR_TEXT_SIZE]);

/* Six bytes with colons between them; returns text. */
const char *
ipaddr_write_mac(const uint8_t mac[static 6],
	char text[static IPADDR_MAC_SIZE]);

/* The four bytes at p, as a packet has them. */
uint32_t
ipaddr_get(const uint8_t *p);

/* What a single machine can have: not in 0/8 or 127/8, and below the multicast
 * addresses. */
bool
ipaddr_is_host(uint32_t ip);

/* 24 for 255.255.255.0; -1 for a mask with holes. */
int
ipaddr_prefix(uint32_t mask);

/* The mask of 0 to 32 bits. */
uint32_t
ipaddr_mask(unsigned prefix);

/* What an address of class A, B or C has when no mask is given (RFC 791). */
uint32_t
ipaddr_class_mask(uint32_t ip);

#endif
