/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds rows of states, and whether addresses are in order. */

#include "config.h"

#include "ip/view.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

int view_new(const struct ip_state *state, struct view *ret_view)
{
	struct view view = { state, NULL };

	view.rows = calloc(state->count + 1, sizeof(*view.rows));
	if (!view.rows)
		return -ENOMEM;
	for (size_t i = 0; i < state->count; i++)
		ip_message_parse(state->rows[i].msg, &view.rows[i]);
	*ret_view = view;
	return 0;
}

size_t view_find(const struct view *view, const struct view *other, size_t i)
{
	const struct ip_message *row = &other->rows[i];

	for (size_t k = 0; k < view->state->count; k++)
		if (view->rows[k].kind == row->kind &&
		    view->rows[k].family == row->family &&
		    ip_message_is_same(view->state->rows[k].msg,
				       other->state->rows[i].msg))
			return k;
	return VIEW_NONE;
}

static bool is_address_of(const struct ip_message *row, uint8_t family,
			  int index)
{
	return row->kind == IP_ADDRESS && row->family == family &&
	       row->index == index;
}

/*
 * The kernel puts a new IPv4 address behind the others, and a new IPv6 address
 * before them. So the addresses of a device are in order as long as each is the
 * next that is wanted, from the first or from the last one on.
 */
static void mark_family(const struct view *now, const struct view *wanted,
			uint8_t family, int index, bool *marks)
{
	bool is_reverse = family == AF_INET6, is_ordered = true;
	size_t count = now->state->count, wanted_count = wanted->state->count;
	size_t next = 0;

	for (size_t k = 0; k < count; k++) {
		size_t i = is_reverse ? count - 1 - k : k, at;

		if (!is_address_of(&now->rows[i], family, index))
			continue;
		at = view_find(wanted, now, i);
		if (at == VIEW_NONE)
			continue;
		while (is_ordered && next < wanted_count) {
			size_t w = is_reverse ? wanted_count - 1 - next : next;

			next++;
			if (!is_address_of(&wanted->rows[w], family, index))
				continue;
			is_ordered = w == at;
			break;
		}
		marks[i] = !is_ordered;
	}
}

void view_mark_disorder(const struct view *now, const struct view *wanted,
			bool *ret_marks)
{
	for (size_t i = 0; i < now->state->count; i++) {
		const struct ip_message *row = &now->rows[i];

		/* Once for each device and family. */
		if (row->kind == IP_ADDRESS &&
		    (i == 0 || !is_address_of(&now->rows[i - 1], row->family,
					      row->index)))
			mark_family(now, wanted, row->family, row->index,
				    ret_marks);
	}
}
