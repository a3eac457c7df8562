/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Destinations of entries of VXLAN devices, in the words of addmac. */

#include "config.h"

#include "config/remote.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/address.h"

enum { DST, NHID, PORT, VNI, SRC_VNI, VIA, WORDS };

static const struct {
	char word[8];
	uint64_t max; /* 0: no number */
} words_of[WORDS] = {
	[DST] = { "dst", 0 },
	[NHID] = { "nhid", UINT32_MAX },
	[PORT] = { "port", UINT16_MAX },
	[VNI] = { "vni", VBR_VNI_MAX },
	[SRC_VNI] = { "src_vni", VBR_VNI_MAX },
	[VIA] = { "via", 0 },
};

/* After the address, the name of an item has these words. */
#define MAC_TEXT_LEN (VBR_MAC_TEXT_SIZE - 1)

int remote_word(const char *word)
{
	for (int i = 0; i < WORDS; i++)
		if (strcmp(words_of[i].word, word) == 0)
			return i;
	return -1;
}

static int read_number(struct reader *reader, int which, const char **value)
{
	uint64_t number;

	if (vbr_parse_number(*value, words_of[which].max, &number) < 0)
		return read_fail(reader, _("\"%s\" is not a valid number"),
				 *value);
	*value = items_format(reader->items, "%u", (unsigned int)number);
	return *value ? 0 : -ENOMEM;
}

static int read_ip(struct reader *reader, const char **value)
{
	char text[ADDRESS_TEXT_SIZE];
	struct address address;

	if (address_parse(*value, &address) < 0 ||
	    address.family == ADDRESS_MAC)
		return read_fail(reader, _("\"%s\" is not an IP address"),
				 *value);
	address_format(&address, text);
	*value = arena_text(&reader->items->arena, text);
	return *value ? 0 : -ENOMEM;
}

int remote_read(struct reader *reader, int which, struct remote_words *words)
{
	const char **value = &words->values[which];
	int rc = read_value(reader, words_of[which].word, value);

	if (rc < 0)
		return rc;
	if (which == DST)
		return read_ip(reader, value);
	return words_of[which].max ? read_number(reader, which, value) : 0;
}

int remote_name(struct items *items, const struct remote_words *words,
		const char **name)
{
	for (int i = 0; i < WORDS; i++) {
		if (!words->values[i])
			continue;
		*name = items_format(items, "%s %s %s", *name, words_of[i].word,
				     words->values[i]);
		if (!*name)
			return -ENOMEM;
	}
	return 0;
}

/* --- of the name of an item ----------------------------------------------- */

bool remote_is_in(const char *name)
{
	return strlen(name) > MAC_TEXT_LEN;
}

static int take(struct vbr_ctx *ctx, int which, const char *value,
		struct vbr_remote *remote)
{
	uint32_t number = (uint32_t)strtoul(value, NULL, 10);

	switch (which) {
	case DST:
		if (strlen(value) >= sizeof(remote->dst))
			return -EINVAL;
		strcpy(remote->dst, value);
		return 0;
	case NHID:
		remote->nhid = number;
		return 0;
	case PORT:
		remote->port = number;
		return 0;
	case VNI:
		remote->has_vni = true;
		remote->vni = number;
		return 0;
	case SRC_VNI:
		remote->has_src_vni = true;
		remote->src_vni = number;
		return 0;
	default:
		return vbr_link_resolve(ctx, value, &remote->via, NULL);
	}
}

/* The next word of a text with single blanks. False: there is none. */
static bool next_word(const char **at, char *ret_word, size_t size)
{
	size_t len;

	*at += strspn(*at, " ");
	len = strcspn(*at, " ");
	if (len == 0 || len >= size)
		return false;
	memcpy(ret_word, *at, len);
	ret_word[len] = '\0';
	*at += len;
	return true;
}

int remote_parse(struct vbr_ctx *ctx, const char *name,
		 struct vbr_remote *ret_remote)
{
	struct vbr_remote remote = { 0 };
	const char *at = name + MAC_TEXT_LEN;
	char word[8], value[128];
	int rc = 0;

	while (rc == 0 && next_word(&at, word, sizeof(word)) &&
	       next_word(&at, value, sizeof(value)))
		rc = take(ctx, remote_word(word), value, &remote);
	if (rc == 0)
		*ret_remote = remote;
	return rc;
}

/* --- save ----------------------------------------------------------------- */

static void put_number(struct text *text, int which, uint32_t number)
{
	text_format(text, " %s %u", words_of[which].word, number);
}

void remote_put(struct vbr_ctx *ctx, struct text *text,
		const struct vbr_remote *remote)
{
	char via[VBR_NAME_SIZE];

	if (remote->dst[0])
		text_words(text, "dst", remote->dst, NULL);
	if (remote->nhid)
		put_number(text, NHID, remote->nhid);
	if (remote->port)
		put_number(text, PORT, remote->port);
	if (remote->has_vni)
		put_number(text, VNI, remote->vni);
	if (remote->has_src_vni)
		put_number(text, SRC_VNI, remote->src_vni);
	if (remote->via && vbr_link_name(ctx, remote->via, via) == 0)
		text_words(text, "via", via, NULL);
}

bool remote_is_several(const uint8_t mac[6])
{
	static const uint8_t none[6];

	return mac[0] & 1 || memcmp(mac, none, sizeof(none)) == 0;
}
