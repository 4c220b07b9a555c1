/* SPDX-License-Identifier: MIT */
/*
 * ipaddr.c - see ipaddr.h.
 */
#include <stdio.h>

#include "lib/ipaddr.h"

int
ipaddr_read(const char *text, uint32_t *ip)
{
	uint32_t whole = 0;

	for (int i = 0; i < 4; i++) {
		unsigned number = 0;
		int digits = 0;

		for (; *text >= '0' && *text <= '9' && digits < 3; digits++)
			number = number * 10 + (unsigned)(*text++ - '0');
		if (digits == 0 || number > 255 ||
		    *text != (i < 3 ? '.' : '\0'))
			return -1;
		text++;
		whole = whole << 8 | number;
	}
	*ip = whole;
	return 0;
}

const char *
ipaddr_write(uint32_t ip, char text[static IPADDR_TEXT_SIZE])
{
	snprintf(text, IPADDR_TEXT_SIZE, "%u.%u.%u.%u", ip >> 24,
		ip >> 16 & 255, ip >> 8 & 255, ip & 255);
	return text;
}

const char *
ipaddr_write_mac(const uint8_t mac[static 6],
	char text[static IPADDR_MAC_SIZE])
{
	snprintf(text, IPADDR_MAC_SIZE, "%02x:%02x:%02x:%02x:%02x:%02x",
		mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]);
	return text;
}

uint32_t
ipaddr_get(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
		(uint32_t)p[2] << 8 | p[3];
}

bool
ipaddr_is_host(uint32_t ip)
{
	return ip >> 24 != 0 && ip >> 24 != 127 && ip >> 24 < 224;
}

int
ipaddr_prefix(uint32_t mask)
{
	int prefix = 0;

	while (prefix < 32 && mask >> (31 - prefix) & 1)
		prefix++;
	return mask == ipaddr_mask((unsigned)prefix) ? prefix : -1;
}

uint32_t
ipaddr_mask(unsigned prefix)
{
	return prefix == 0 ? 0 : UINT32_MAX << (32 - prefix);
}

uint32_t
ipaddr_class_mask(uint32_t ip)
{
	return ipaddr_mask(ip >> 31 == 0 ? 8 : ip >> 30 == 2 ? 16 : 24);
}
