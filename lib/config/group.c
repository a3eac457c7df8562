/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Properties of members of multicast groups, as text. */

#include "config.h"

#include "config/group.h"

#include <stdlib.h>
#include <string.h>

#include "base/address.h"

/* RTPROT_STATIC, which the kernel sets by itself. */
#define PROTOCOL_STATIC 4

static const char *const modes[] = {
	[VBR_MDB_MODE_EXCLUDE] = "exclude",
	[VBR_MDB_MODE_INCLUDE] = "include",
};

void group_of(const struct vbr_mdb_entry *entry, struct group *ret_group)
{
	char source[VBR_ADDRESS_TEXT_SIZE];
	uint32_t timer;

	*ret_group = (struct group){
		.protocol = vbr_mdb_entry_protocol(entry),
		.mode = vbr_mdb_entry_mode(entry),
	};
	while (ret_group->count < GROUP_SOURCES_MAX &&
	       vbr_mdb_entry_source_at(entry, ret_group->count,
				       ret_group->sources[ret_group->count],
				       &timer))
		ret_group->count++;
	/* An entry for one source has a mode that cannot be set. */
	if (vbr_mdb_entry_source(entry, source))
		ret_group->mode = VBR_MDB_MODE_NONE;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

static bool has_mode(const struct group *group)
{
	return group->mode == VBR_MDB_MODE_INCLUDE || group->count;
}

void group_put(struct text *text, struct group *group)
{
	char protocol[VBR_PROTOCOL_TEXT_SIZE];

	qsort(group->sources, group->count, sizeof(group->sources[0]), by_text);
	if (has_mode(group))
		text_words(text, "filter", modes[group->mode], NULL);
	for (size_t i = 0; i < group->count; i++) {
		text_put(text, i ? "," : " sources ");
		text_put(text, group->sources[i]);
	}
	/* Those below cannot be set. */
	if (group->protocol > PROTOCOL_STATIC) {
		vbr_mdb_format_protocol(group->protocol, protocol);
		text_words(text, "proto", protocol, NULL);
	}
}

/* The length up to a comma or a blank. */
static size_t source_length(const char *word)
{
	return strcspn(word, ", ");
}

static bool take_source(struct group *group, const char *word, size_t len)
{
	char text[VBR_ADDRESS_TEXT_SIZE] = "";
	struct address address;

	if (group->count == GROUP_SOURCES_MAX || len >= sizeof(text))
		return false;
	memcpy(text, word, len);
	if (address_parse(text, &address) < 0 || address.family == ADDRESS_MAC)
		return false;
	address_format(&address, group->sources[group->count++]);
	return true;
}

bool group_take_sources(struct group *group, const char *word)
{
	size_t len = source_length(word);

	while (take_source(group, word, len)) {
		word += len;
		if (*word != ',')
			return true;
		word++;
		len = source_length(word);
	}
	return false;
}

/* The text after a word; NULL: the word is missing. */
static const char *find_word(const char *words, const char *word)
{
	const char *found = strstr(words, word);

	return found ? found + strlen(word) : NULL;
}

void group_parse(const char *words, struct group *ret_group)
{
	const char *mode = find_word(words, "filter ");
	const char *sources = find_word(words, "sources ");
	const char *protocol = find_word(words, "proto ");

	*ret_group = (struct group){ 0 };
	if (mode)
		ret_group->mode = *mode == 'i' ? VBR_MDB_MODE_INCLUDE
					       : VBR_MDB_MODE_EXCLUDE;
	if (sources)
		group_take_sources(ret_group, sources);
	if (protocol)
		vbr_mdb_parse_protocol(protocol, &ret_group->protocol);
}
