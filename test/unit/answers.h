/* SPDX-License-Identifier: MIT */
/*
 * Answers of DHCP servers, put together byte by byte, not by the code under
 * test.
 */
#ifndef TEST_UNIT_ANSWERS_H
#define TEST_UNIT_ANSWERS_H

#include <string.h>

#include "lib/dhcp.h"

static uint8_t packet[DHCP_RECEIVE_SIZE];
static size_t len;
static struct dhcp_reply r;

static void
add(const char *option, size_t size)
{
	memcpy(packet + len, option, size);
	len += size;
}

#define ADD(option) add(option, sizeof(option) - 1)

/* An answer for 10.0.0.9 from next server 10.0.0.3, up to the cookie. */
static void
begin(void)
{
	memset(packet, 0, sizeof packet);
	memcpy(packet, "\2\1\6\0\x12\x34\x56\x78", 8);
	memcpy(packet + 16, "\12\0\0\11\12\0\0\3", 8);
	memcpy(packet + 28, "\2\0\0\0\0\1", 6);
	memcpy(packet + 236, "\x63\x82\x53\x63", 4);
	len = 240;
}

static void
begin_ack(void)
{
	begin();
	ADD("\65\1\5" "\66\4\12\0\0\1");
}

static int
parse(void)
{
	ADD("\377");
	memset(&r, 0xff, sizeof r);
	return dhcp_parse(packet, len, &r);
}

#endif
