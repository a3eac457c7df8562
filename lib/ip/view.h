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
};

#define VIEW_NONE ((size_t)-1)

/* -ENOMEM. The rows are freed with free(). */
int view_new(const struct ip_state *state, struct view *ret_view);

/* The row that is about the same as a row of another view, or VIEW_NONE. */
size_t view_find(const struct view *view, const struct view *other, size_t i);

/*
 * Addresses that must be added again, because those that are missing would come
 * in another order: marks rows of "now".
 */
void view_mark_disorder(const struct view *now, const struct view *wanted,
			bool *ret_marks);

#endif
