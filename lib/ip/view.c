/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds rows of states, and whether addresses are in order. */

#include "config.h"

#include "ip/view.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

void view_free(struct view *view)
{
	free(view->rows);
	free(view->firsts);
	free(view->nexts);
	free(view->place_firsts);
	free(view->place_nexts);
}

static uint32_t mix(uint32_t hash, uint32_t value)
{
	return (hash ^ value) * 16777619u;
}

static uint32_t hash_place(const struct ip_message *route)
{
	size_t len = route->family == AF_INET6 ? 16 : 4;
	const uint8_t *bytes = route->address;
	uint32_t hash = mix(route->family, route->table);

	hash = mix(mix(hash, route->metric), route->prefix);
	for (size_t i = 0; bytes && i < len; i++)
		hash = mix(hash, bytes[i]);
	return hash;
}

/* Puts a row at the head of its chain. */
static void link_row(const struct view *view, size_t *firsts, size_t *nexts,
		     size_t i, uint32_t hash)
{
	size_t *first = &firsts[hash % view->chain_count];

	nexts[i] = *first;
	*first = i;
}

static void fill(struct view *view)
{
	for (size_t i = 0; i < view->chain_count; i++)
		view->firsts[i] = view->place_firsts[i] = VIEW_NONE;
	/* Backwards, so that the first row of several is found. */
	for (size_t i = view->state->count; i-- > 0;) {
		const struct ip_row *row = &view->state->rows[i];

		ip_message_parse(row->msg, &view->rows[i]);
		link_row(view, view->firsts, view->nexts, i, row->hash);
		if (view->rows[i].kind == IP_ROUTE)
			link_row(view, view->place_firsts, view->place_nexts, i,
				 hash_place(&view->rows[i]));
	}
}

int view_new(const struct ip_state *state, struct view *ret_view)
{
	size_t count = state->count + 1;
	struct view view = { .state = state, .chain_count = count };

	view.rows = calloc(count, sizeof(*view.rows));
	view.firsts = calloc(count, sizeof(size_t));
	view.nexts = calloc(count, sizeof(size_t));
	view.place_firsts = calloc(count, sizeof(size_t));
	view.place_nexts = calloc(count, sizeof(size_t));
	if (!view.rows || !view.firsts || !view.nexts || !view.place_firsts ||
	    !view.place_nexts) {
		view_free(&view);
		return -ENOMEM;
	}
	fill(&view);
	*ret_view = view;
	return 0;
}

static bool is_same_place(const struct ip_message *a,
			  const struct ip_message *b)
{
	size_t len = a->family == AF_INET6 ? 16 : 4;

	return a->family == b->family && a->table == b->table &&
	       a->metric == b->metric && a->tos == b->tos &&
	       a->prefix == b->prefix &&
	       (!a->prefix || memcmp(a->address, b->address, len) == 0);
}

size_t view_next_in_place(const struct view *view,
			  const struct ip_message *route, size_t after)
{
	size_t i = after == VIEW_NONE ? view->place_firsts[hash_place(route) %
							   view->chain_count]
				      : view->place_nexts[after];

	while (i != VIEW_NONE && !is_same_place(route, &view->rows[i]))
		i = view->place_nexts[i];
	return i;
}

size_t view_find(const struct view *view, const struct view *other, size_t i)
{
	const struct ip_row *row = &other->state->rows[i];
	size_t k = view->firsts[row->hash % view->chain_count];

	while (k != VIEW_NONE &&
	       (view->state->rows[k].hash != row->hash ||
		!ip_message_is_same(view->state->rows[k].msg, row->msg)))
		k = view->nexts[k];
	return k;
}

static bool is_address_of(const struct ip_message *row, uint8_t family,
			  int index)
{
	return row->kind == IP_ADDRESS && row->family == family &&
	       row->index == index;
}

/*
 * The kernel puts a new IPv4 address after the others, and a new IPv6 address
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
