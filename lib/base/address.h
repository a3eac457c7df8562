/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Addresses of groups and senders: IPv4, IPv6 or MAC. */

#ifndef VBR_BASE_ADDRESS_H
#define VBR_BASE_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ADDRESS_MAC 0
#define ADDRESS_IPV4 4
#define ADDRESS_IPV6 6

/* An address of one of these families. */
struct address {
	uint8_t family;
	uint8_t bytes[16];
};

/* The length of an address of the family, in bytes. */
size_t address_len(uint8_t family);

/* -EINVAL: not an address of any of the three families. */
int address_parse(const char *text, struct address *ret_address);

/* Enough for each of them, including the NUL. */
#define ADDRESS_TEXT_SIZE 48

void address_format(const struct address *address, char *ret_text);
bool address_is_multicast(const struct address *address);
bool address_is_same(const struct address *a, const struct address *b);

#endif
