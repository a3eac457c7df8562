/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Destinations of entries of VXLAN devices, in the words of addmac. */

#ifndef VBR_CONFIG_REMOTE_H
#define VBR_CONFIG_REMOTE_H

#include "config/read.h"
#include "config/text.h"

/* The words, in this order; NULL: the word is missing. */
struct remote_words {
	const char *values[6];
};

/* The index of a word in the values, or -1. */
int remote_word(const char *word);
/* Reads the value of a word; "which" is the index of the word. */
int remote_read(struct reader *reader, int which, struct remote_words *words);
/* Appends the words to the name of an item: all forms of one destination become
 * the same text. -ENOMEM. */
int remote_name(struct items *items, const struct remote_words *words,
		const char **name);

/*
 * Reads the words from the name of an item; false: the entry is one of the
 * bridge. -ENODEV: no device has the name of "via".
 */
bool remote_is_in(const char *name);
int remote_parse(struct vbr_ctx *ctx, const char *name,
		 struct vbr_remote *ret_remote);

/* Appends the words of a destination. */
void remote_put(struct vbr_ctx *ctx, struct text *text,
		const struct vbr_remote *remote);

/* 00:00:00:00:00:00 and the addresses of groups have several destinations. */
bool remote_is_several(const uint8_t mac[6]);

#endif
