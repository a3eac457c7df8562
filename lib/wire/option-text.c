/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Options as text, type by type: "on", "15.00", "802.1ad". */

#include "config.h"

#include "wire/option-text.h"

#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <inttypes.h>
#include <linux/if_ether.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/mac.h"
#include "base/num.h"
#include "wire/vlan.h"

static int parse_mac(const char *text, uint64_t *ret_value)
{
	uint8_t mac[MAC_LEN];
	uint64_t value = 0;

	if (mac_parse(text, mac) < 0)
		return -EINVAL;
	for (size_t i = 0; i < MAC_LEN; i++)
		value = value << 8 | mac[i];
	*ret_value = value;
	return 0;
}

/* Accepts one of the words, or its number. */
static int parse_words(const struct vbr_option *option, const char *text,
		       uint64_t *ret_value)
{
	const char *word = option->words;
	size_t len = strlen(text);

	for (uint64_t i = 0; *word; i++) {
		size_t its = strcspn(word, " ");

		if (its == len && memcmp(word, text, len) == 0) {
			*ret_value = i;
			return 0;
		}
		word += its;
		word += *word == ' ';
	}
	return num_parse(text, option_wire_max(option), ret_value);
}

static int parse_number(const struct vbr_option *option, const char *text,
			uint64_t *ret_value)
{
	/* An option that is only off and on is a switch, though a number. */
	if (option->max == 1 && num_parse_switch(text, ret_value) == 0)
		return 0;
	return parse_words(option, text, ret_value);
}

static int parse_protocol(const char *text, uint64_t *ret_value)
{
	if (strcasecmp(text, "802.1q") == 0)
		*ret_value = ETH_P_8021Q;
	else if (strcasecmp(text, "802.1ad") == 0)
		*ret_value = ETH_P_8021AD;
	else
		return num_parse(text, UINT16_MAX, ret_value);
	return 0;
}

int option_parse(const struct vbr_option *option, const char *text,
		 uint64_t *ret_value)
{
	switch (option->type) {
	case VBR_OPTION_BOOL:
	case VBR_OPTION_ACTION:
		return num_parse_switch(text, ret_value);
	case VBR_OPTION_TICKS:
		return num_parse_ticks(text, option_wire_max(option),
				       ret_value);
	case VBR_OPTION_MAC:
		return parse_mac(text, ret_value);
	case VBR_OPTION_ENUM:
		return parse_words(option, text, ret_value);
	case VBR_OPTION_PROTOCOL:
		return parse_protocol(text, ret_value);
	case VBR_OPTION_BRIDGE_ID:
	case VBR_OPTION_IP:
	case VBR_OPTION_MAP:
		/* These cannot be set. */
		return -EINVAL;
	case VBR_OPTION_NUMBER:
		return parse_number(option, text, ret_value);
	default:
		return num_parse(text, option_wire_max(option), ret_value);
	}
}

/* Fits an IPv6 address and the longest word. */
#define TEXT_SIZE 48

static void format_number(uint64_t value, char *ret_text)
{
	snprintf(ret_text, TEXT_SIZE, "%" PRIu64, value);
}

static void format_mask(uint64_t value, char *ret_text)
{
	snprintf(ret_text, TEXT_SIZE, "0x%" PRIx64, value);
}

/* Seconds with two decimals. */
static void format_ticks(uint64_t ticks, char *ret_text)
{
	snprintf(ret_text, TEXT_SIZE, "%" PRIu64 ".%02u",
		 ticks / NUM_TICKS_PER_SECOND,
		 (unsigned int)(ticks % NUM_TICKS_PER_SECOND));
}

static void format_mac(uint64_t value, char *ret_text)
{
	uint64_t big = htobe64(value);

	mac_format((const uint8_t *)&big + sizeof(big) - MAC_LEN, ret_text);
}

/* A value without a word is shown as a number. */
static void format_word(const struct vbr_option *option, uint64_t value,
			char *ret_text)
{
	const char *word = option->words;
	size_t len;

	for (uint64_t i = value; i > 0 && *word; i--) {
		word += strcspn(word, " ");
		word += *word == ' ';
	}
	len = strcspn(word, " ");
	if (len == 0) {
		format_number(value, ret_text);
		return;
	}
	memcpy(ret_text, word, len);
	ret_text[len] = '\0';
}

static void format_protocol(uint64_t value, char *ret_text)
{
	if (value == ETH_P_8021Q)
		strcpy(ret_text, "802.1Q");
	else if (value == ETH_P_8021AD)
		strcpy(ret_text, "802.1ad");
	else
		format_mask(value, ret_text);
}

static void format_ipv4(uint64_t value, char *ret_text)
{
	uint32_t address = htobe32((uint32_t)value);

	inet_ntop(AF_INET, &address, ret_text, INET6_ADDRSTRLEN);
}

static void format(const struct vbr_option *option, uint64_t value,
		   char *ret_text)
{
	switch (option->type) {
	case VBR_OPTION_BOOL:
		strcpy(ret_text, value ? "on" : "off");
		break;
	case VBR_OPTION_TICKS:
		format_ticks(value, ret_text);
		break;
	case VBR_OPTION_BRIDGE_ID:
		mac_format_id(value, ret_text);
		break;
	case VBR_OPTION_MAC:
		format_mac(value, ret_text);
		break;
	case VBR_OPTION_MASK:
		format_mask(value, ret_text);
		break;
	case VBR_OPTION_ENUM:
		format_word(option, value, ret_text);
		break;
	case VBR_OPTION_PROTOCOL:
		format_protocol(value, ret_text);
		break;
	case VBR_OPTION_IP:
		format_ipv4(value, ret_text);
		break;
	default:
		format_number(value, ret_text);
		break;
	}
}

/* Appends after the first "wanted" characters, as far as there is room; returns
 * the length of the complete text. */
static size_t append(char *text, size_t size, size_t wanted, const char *more)
{
	size_t len = strlen(more), fits = len;

	if (wanted + 1 < size) {
		if (fits > size - 1 - wanted)
			fits = size - 1 - wanted;
		memcpy(text + wanted, more, fits);
		text[wanted + fits] = '\0';
	}
	return wanted + len;
}

static size_t begin(char *text, size_t size)
{
	if (size)
		*text = '\0';
	return 0;
}

size_t option_format(const struct vbr_option *option, uint64_t value,
		     char *ret_text, size_t size)
{
	char text[TEXT_SIZE];

	format(option, value, text);
	return append(ret_text, size, begin(ret_text, size), text);
}

static size_t format_map(struct attr_span map, char *ret_text, size_t size)
{
	size_t wanted = begin(ret_text, size);
	uint32_t from, to;

	while (vlan_map_take(&map, &from, &to)) {
		char text[TEXT_SIZE];

		snprintf(text, sizeof(text), "%s%" PRIu32 ":%" PRIu32,
			 wanted ? "," : "", from, to);
		wanted = append(ret_text, size, wanted, text);
	}
	return wanted;
}

/* Returns the length of the complete text, -ENODATA or -EBADMSG. */
int option_text(struct attr_span attrs, const struct vbr_option *option,
		char *ret_text, size_t size)
{
	char text[TEXT_SIZE];
	const struct nlattr *attr;
	uint64_t value;
	int rc = option_get(attrs, option, &value);

	if (rc == 0)
		return (int)option_format(option, value, ret_text, size);
	if (rc != -EOVERFLOW)
		return rc;
	attr = option_attr(attrs, option, &rc);
	if (option->wire == WIRE_MAP)
		return (int)format_map(attr_nested(attr), ret_text, size);
	inet_ntop(AF_INET6, mnl_attr_get_payload(attr), text, sizeof(text));
	return (int)append(ret_text, size, begin(ret_text, size), text);
}
