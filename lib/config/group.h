/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The properties of a member of a multicast group, as words of addgroup: "filter
 * MODE sources IP,... proto PROTOCOL". */

#ifndef VBR_CONFIG_GROUP_H
#define VBR_CONFIG_GROUP_H

#include <stddef.h>

#include "config/text.h"
#include "vbridge.h"

#define GROUP_SOURCES_MAX 32

struct group {
	enum vbr_mdb_mode mode;
	unsigned int protocol; /* 0: the usual one */
	size_t count;
	char sources[GROUP_SOURCES_MAX][VBR_ADDRESS_TEXT_SIZE];
};

void group_of(const struct vbr_mdb_entry *entry, struct group *ret_group);

/*
 * Appends the words, with sorted sources; nothing if all values are the
 * defaults.
 */
void group_put(struct text *text, struct group *group);

/* Reads a list of sources. False: one of them is no address, or there are too
 * many. */
bool group_take_sources(struct group *group, const char *word);

/* Reads the words that group_put() has written. */
void group_parse(const char *words, struct group *ret_group);

#endif
