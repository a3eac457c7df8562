/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The frames of ARP and of neighbour discovery, byte by byte. */

#include "unit/unit.h"

#include <string.h>

#include "wire/announce.h"

static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 7 };

static void same_frame(const uint8_t *frame, size_t len,
		       const uint8_t *expected, size_t expected_len)
{
	assert_int_equal(len, expected_len);
	for (size_t i = 0; i < len; i++)
		check(frame[i] == expected[i], "byte %zu: %02x, not %02x", i,
		      frame[i], expected[i]);
}

static void arp(void **state)
{
	static const uint8_t address[4] = { 10, 0, 0, 1 };
	/* clang-format off */
	static const uint8_t expected[] = {
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 7, 8, 6,
		/* Ethernet, IPv4, the sizes of their addresses, a request */
		0, 1, 8, 0, 6, 4, 0, 1,
		/* sender and target have the same IP address */
		2, 0, 0, 0, 0, 7, 10, 0, 0, 1,
		0, 0, 0, 0, 0, 0, 10, 0, 0, 1,
	};
	/* clang-format on */
	uint8_t frame[ANNOUNCE_SIZE];

	(void)state;
	memset(frame, 0xee, sizeof(frame));
	same_frame(frame, announce_ipv4(mac, address, frame), expected,
		   sizeof(expected));
}

/* The checksums were calculated by another program. */
static void advertisement(void **state)
{
	static const uint8_t address[16] = { 0xfd, [15] = 1 };
	/* clang-format off */
	uint8_t expected[] = {
		0x33, 0x33, 0, 0, 0, 1, 2, 0, 0, 0, 0, 7, 0x86, 0xdd,
		/* IPv6, 32 bytes of ICMPv6, hop limit 255 */
		0x60, 0, 0, 0, 0, 32, 58, 255,
		0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
		0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
		/* type, code, checksum, flags: override */
		136, 0, 0x5a, 0x95, 0x20, 0, 0, 0,
		0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
		/* option: the MAC address of the target */
		2, 1, 2, 0, 0, 0, 0, 7,
	};
	/* clang-format on */
	uint8_t frame[ANNOUNCE_SIZE];

	(void)state;
	memset(frame, 0xee, sizeof(frame));
	same_frame(frame, announce_ipv6(mac, address, false, frame), expected,
		   sizeof(expected));
	expected[56] = 0xda;
	expected[57] = 0x94;
	expected[58] = 0xa0;
	same_frame(frame, announce_ipv6(mac, address, true, frame), expected,
		   sizeof(expected));
}

/* The sum of these words needs two carries. */
static void carries(void **state)
{
	uint8_t address[16], ones[6], frame[ANNOUNCE_SIZE];
	uint32_t sum = 32 + 58;

	(void)state;
	memset(address, 0xff, sizeof(address));
	memset(ones, 0xff, sizeof(ones));
	announce_ipv6(ones, address, true, frame);
	for (size_t i = 22; i < ANNOUNCE_SIZE; i += 2)
		sum += (uint32_t)frame[i] << 8 | frame[i + 1];
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	assert_int_equal(sum, 0xffff);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("a gratuitous ARP request", arp),
		TEST("a neighbour advertisement", advertisement),
		TEST("a checksum with carries", carries),
	};

	return run_all(tests);
}
