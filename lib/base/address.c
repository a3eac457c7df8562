/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses and formats addresses, and recognizes multicast addresses. */

#include "config.h"

#include "base/address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "base/mac.h"

size_t address_len(uint8_t family)
{
	switch (family) {
	case ADDRESS_IPV4:
		return 4;
	case ADDRESS_IPV6:
		return 16;
	default:
		return MAC_LEN;
	}
}

int address_parse(const char *text, struct address *ret_address)
{
	struct address address = { 0 };

	if (inet_pton(AF_INET, text, address.bytes) == 1)
		address.family = ADDRESS_IPV4;
	else if (inet_pton(AF_INET6, text, address.bytes) == 1)
		address.family = ADDRESS_IPV6;
	else if (mac_parse(text, address.bytes) == 0)
		address.family = ADDRESS_MAC;
	else
		return -EINVAL;
	*ret_address = address;
	return 0;
}

void address_format(const struct address *address, char *ret_text)
{
	switch (address->family) {
	case ADDRESS_IPV4:
		inet_ntop(AF_INET, address->bytes, ret_text, ADDRESS_TEXT_SIZE);
		break;
	case ADDRESS_IPV6:
		inet_ntop(AF_INET6, address->bytes, ret_text,
			  ADDRESS_TEXT_SIZE);
		break;
	default:
		mac_format(address->bytes, ret_text);
		break;
	}
}

bool address_is_multicast(const struct address *address)
{
	switch (address->family) {
	case ADDRESS_IPV4:
		return (address->bytes[0] & 0xf0) == 0xe0;
	case ADDRESS_IPV6:
		return address->bytes[0] == 0xff;
	default:
		return address->bytes[0] & 1;
	}
}

bool address_is_same(const struct address *a, const struct address *b)
{
	return a->family == b->family &&
	       memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}
