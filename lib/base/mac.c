/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses and formats MAC addresses and bridge ids. */

#include "config.h"

#include "base/mac.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>

static const char digits[] = "0123456789abcdef";

static int hex_digit(char c)
{
	const char *at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* Accepts exactly six pairs of hexadecimal digits, separated by colons. */
int mac_parse(const char *text, uint8_t ret_mac[MAC_LEN])
{
	uint8_t mac[MAC_LEN];

	if (strlen(text) != MAC_LEN * 3 - 1)
		return -EINVAL;

	for (size_t i = 0; i < MAC_LEN; i++, text += 3) {
		int high = hex_digit(text[0]);
		int low = hex_digit(text[1]);

		if (high < 0 || low < 0)
			return -EINVAL;
		if (text[2] != (i + 1 < MAC_LEN ? ':' : '\0'))
			return -EINVAL;
		mac[i] = (uint8_t)(high << 4 | low);
	}
	memcpy(ret_mac, mac, sizeof(mac));
	return 0;
}

static char *put_byte(char *at, unsigned int byte)
{
	*at++ = digits[byte >> 4 & 15];
	*at++ = digits[byte & 15];
	return at;
}

void mac_format(const uint8_t mac[MAC_LEN], char *ret_text)
{
	for (size_t i = 0; i < MAC_LEN; i++) {
		ret_text = put_byte(ret_text, mac[i]);
		*ret_text++ = i + 1 < MAC_LEN ? ':' : '\0';
	}
}

void mac_format_id(uint64_t id, char *ret_text)
{
	for (int shift = 56; shift >= 0; shift -= 8) {
		ret_text = put_byte(ret_text, (unsigned int)(id >> shift));
		if (shift == 48)
			*ret_text++ = '.';
	}
	*ret_text = '\0';
}
