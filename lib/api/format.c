/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses and formats numbers, MAC addresses and names for programs. */

#include "config.h"

#include <errno.h>

#include "base/mac.h"
#include "base/name.h"
#include "base/num.h"
#include "base/words.h"
#include "vbridge.h"

int vbr_parse_number(const char *text, uint64_t max, uint64_t *ret_value)
{
	return num_parse(text, max, ret_value);
}

int vbr_parse_switch(const char *text, bool *ret_value)
{
	uint64_t value;
	int rc = num_parse_switch(text, &value);

	if (rc == 0)
		*ret_value = value;
	return rc;
}

int vbr_parse_mac(const char *text, uint8_t ret_mac[6])
{
	return mac_parse(text, ret_mac);
}

void vbr_format_mac(const uint8_t mac[6], char *ret_text)
{
	mac_format(mac, ret_text);
}

void vbr_format_id(uint64_t id, char *ret_text)
{
	mac_format_id(id, ret_text);
}

size_t vbr_format_name(const char *name, char *ret_text, size_t size)
{
	return name_format(name, ret_text, size);
}

int vbr_split_words(char *line, char **ret_words, size_t *ret_count,
		    char *ret_bad)
{
	struct split split = { .words = ret_words };

	if (words_split(line, &split) != SPLIT_DONE) {
		*ret_bad = split.bad;
		return -EINVAL;
	}
	*ret_count = (size_t)split.count;
	return 0;
}
