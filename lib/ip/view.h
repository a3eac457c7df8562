/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A state, parsed, so that it can be compared. */

#ifndef VBR_IP_VIEW_H
#define VBR_IP_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "ip/state.h"
#include "wire/ip-message.h"

struct view {
	const struct ip_state *state; /* requests */
	struct ip_message *rows;
	/* Rows by hash, and routes by their place: the first row of each chain,
	 * and the next one of each row. */
	size_t *firsts, *nexts;
	size_t *place_firsts, *place_nexts;
	size_t chain_count;
};

#define VIEW_NONE ((size_t)-1)

int view_new(const struct ip_state *state, struct view *ret_view); /* -ENOMEM */
void view_free(struct view *view);

/* The row that is about the same as a row of another view, or VIEW_NONE. */
size_t view_find(const struct view *view, const struct view *other, size_t i);

/* The next route in the same place after row "after", or the first one behind
 * VIEW_NONE. Routes in one place replace each other. */
size_t view_next_in_place(const struct view *view,
			  const struct ip_message *route, size_t after);

/*
 * Marks the addresses in "now" that must be deleted and added again to get the
 * order of "wanted".
 */
void view_mark_disorder(const struct view *now, const struct view *wanted,
			bool *ret_marks);

#endif
