/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds frames of ARP (RFC 826, RFC 5227) and of neighbour discovery
 * (RFC 4861). */

#include "config.h"

#include "wire/announce.h"

#include <string.h>

#define MAC_SIZE 6
#define ETHERNET_SIZE 14
#define ARP_SIZE 28
#define IPV6_SIZE 40
#define ADVERTISEMENT_SIZE 32
#define ICMPV6 58
#define NEIGHBOUR_ADVERTISEMENT 136
#define FLAG_ROUTER 0x80
#define FLAG_OVERRIDE 0x20
#define OPTION_TARGET_MAC 2

static void put_ethernet(uint8_t *frame, const uint8_t target[MAC_SIZE],
			 const uint8_t mac[MAC_SIZE], uint16_t protocol)
{
	memcpy(frame, target, MAC_SIZE);
	memcpy(frame + 6, mac, MAC_SIZE);
	frame[12] = (uint8_t)(protocol >> 8);
	frame[13] = (uint8_t)protocol;
}

size_t announce_ipv4(const uint8_t mac[6], const uint8_t address[4],
		     uint8_t ret_frame[ANNOUNCE_SIZE])
{
	static const uint8_t broadcast[] = { 255, 255, 255, 255, 255, 255 };
	/* Ethernet and IPv4, a request. */
	static const uint8_t head[] = { 0, 1, 8, 0, 6, 4, 0, 1 };
	uint8_t *arp = ret_frame + ETHERNET_SIZE;

	memset(ret_frame, 0, ANNOUNCE_SIZE);
	put_ethernet(ret_frame, broadcast, mac, 0x0806);
	memcpy(arp, head, sizeof(head));
	memcpy(arp + 8, mac, MAC_SIZE);
	memcpy(arp + 14, address, 4);
	memcpy(arp + 24, address, 4);
	return ETHERNET_SIZE + ARP_SIZE;
}

static uint32_t sum_words(const uint8_t *bytes, size_t len)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < len; i += 2)
		sum += (uint32_t)bytes[i] << 8 | bytes[i + 1];
	return sum;
}

/* Of the two addresses, the length, the protocol, and the message. */
static void put_checksum(const uint8_t *ip, uint8_t *message)
{
	uint32_t sum = sum_words(ip + 8, 32) + ADVERTISEMENT_SIZE + ICMPV6 +
		       sum_words(message, ADVERTISEMENT_SIZE);

	sum = (sum & 0xffff) + (sum >> 16);
	sum = ~(sum + (sum >> 16));
	message[2] = (uint8_t)(sum >> 8);
	message[3] = (uint8_t)sum;
}

size_t announce_ipv6(const uint8_t mac[6], const uint8_t address[16],
		     bool is_router, uint8_t ret_frame[ANNOUNCE_SIZE])
{
	static const uint8_t all_nodes_mac[] = { 0x33, 0x33, 0, 0, 0, 1 };
	static const uint8_t all_nodes[16] = { 0xff, 2, [15] = 1 };
	uint8_t *ip = ret_frame + ETHERNET_SIZE, *message = ip + IPV6_SIZE;

	memset(ret_frame, 0, ANNOUNCE_SIZE);
	put_ethernet(ret_frame, all_nodes_mac, mac, 0x86dd);
	ip[0] = 6 << 4;
	ip[5] = ADVERTISEMENT_SIZE;
	ip[6] = ICMPV6;
	/* A lower limit would show that a router has forwarded it. */
	ip[7] = 255;
	memcpy(ip + 8, address, 16);
	memcpy(ip + 24, all_nodes, 16);
	message[0] = NEIGHBOUR_ADVERTISEMENT;
	message[4] = FLAG_OVERRIDE | (is_router ? FLAG_ROUTER : 0);
	memcpy(message + 8, address, 16);
	message[24] = OPTION_TARGET_MAC;
	message[25] = 1; /* times 8 bytes */
	memcpy(message + 26, mac, MAC_SIZE);
	put_checksum(ip, message);
	return ETHERNET_SIZE + IPV6_SIZE + ADVERTISEMENT_SIZE;
}
