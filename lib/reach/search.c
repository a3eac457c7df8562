/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Searches the smallest set of changes: first all sets of one change, then all
 * of two, and so on. Each change of a set must move the place where the first
 * frame stops, so most sets are never tried. */

#include "config.h"

#include "reach/search.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reach/copy.h"
#include "reach/effect.h"
#include "reach/make.h"

#define SIZE_LIMIT 12
/* Sets that are tried: some seconds at most. */
#define TRIES_MAX 60000

/* Where the first frame stops. */
struct place {
	int frame;
	char text[160];
};

struct search {
	const struct trace_snapshot *snapshot, *part;
	const struct stations *stations;
	struct search_result *best;
	struct changes changes;
	uint64_t *seen; /* sets that were tried; 0: room for one */
	size_t tries;
};

static void note_place(const struct talk_result *result, struct place *place)
{
	const struct vbr_trace_step *stop;

	*place = (struct place){ .frame = result->first_stop };
	if (result->first_stop == TALK_FRAMES)
		return;
	stop = result->frames[result->first_stop].stop;
	if (stop)
		snprintf(place->text, sizeof(place->text), "%s %s %s",
			 stop->name, stop->device, stop->why);
}

/* -EINVAL: the set cannot be made. */
static int try_set(struct search *search, uint64_t set, struct place *ret_place)
{
	struct talk_result result;
	struct trace_snapshot copy;
	int rc = snapshot_copy(search->part, &copy);

	if (rc < 0)
		return rc;
	search->tries++;
	rc = changes_make(&search->changes, set, &copy);
	if (rc == 0)
		rc = stations_talk(&copy, search->stations, &result);
	trace_snapshot_drop(&copy);
	if (rc < 0)
		return rc;
	note_place(&result, ret_place);
	talk_result_drop(&result);
	return 0;
}

/* --- solutions ------------------------------------------------------------ */

static unsigned int rank_of(const struct changes *changes, uint64_t set)
{
	unsigned int rank = 0;

	for (size_t i = 0; i < changes->count; i++)
		if (set & UINT64_C(1) << i)
			rank += change_rank(&changes->list[i]);
	return rank;
}

static bool is_same_change(const struct change *one, const struct change *other)
{
	bool is_same_device = one->device == other->device ||
			      (one->device && other->device &&
			       strcmp(one->device, other->device) == 0);

	return is_same_device && one->kind == other->kind &&
	       one->member == other->member && one->vlan == other->vlan &&
	       one->flags == other->flags && one->flag == other->flag &&
	       memcmp(one->mac, other->mac, sizeof(one->mac)) == 0;
}

static bool has_change(const struct changes *changes, uint64_t set,
		       const struct change *change)
{
	for (size_t i = 0; i < changes->count; i++)
		if (set & UINT64_C(1) << i &&
		    is_same_change(&changes->list[i], change))
			return true;
	return false;
}

/* The search in another VLAN may have found the same. */
static bool is_best(const struct search *search, uint64_t set, size_t size)
{
	const struct search_result *best = search->best;

	for (size_t i = 0; i < search->changes.count; i++)
		if (set & UINT64_C(1) << i &&
		    !has_change(&best->changes, best->set,
				&search->changes.list[i]))
			return false;
	return best->size == size;
}

static int take_solution(struct search *search, uint64_t set, size_t size)
{
	struct search_result *best = search->best;
	unsigned int effect, rank = rank_of(&search->changes, set);
	bool is_better;
	int rc;

	if (is_best(search, set, size))
		return 0;
	rc = effect_of(search->snapshot, search->stations, &search->changes,
		       set, &effect);
	if (rc < 0)
		return rc;
	is_better = !best->size || size < best->size || effect < best->effect ||
		    (effect == best->effect &&
		     rank < rank_of(&best->changes, best->set));
	best->ties = best->size == size ? best->ties + 1 : 0;
	if (!is_better)
		return 0;
	best->stations = *search->stations;
	best->changes = search->changes;
	best->set = set;
	best->size = size;
	best->effect = effect;
	return 0;
}

/* --- the search ----------------------------------------------------------- */

/* A power of two: more than twice TRIES_MAX. */
#define SEEN_SIZE ((size_t)1 << 17)

/* Whether it is seen for the first time. */
static bool see(struct search *search, uint64_t set)
{
	size_t at = (set * UINT64_C(0x9e3779b97f4a7c15)) >> 47;

	while (search->seen[at] && search->seen[at] != set)
		at = (at + 1) % SEEN_SIZE;
	if (search->seen[at])
		return false;
	search->seen[at] = set;
	return true;
}

/*
 * Whether with the set the first frame stops later than "place", or elsewhere.
 * Returns 1, 0, or -ENOMEM.
 */
static int try_more(struct search *search, uint64_t set,
		    const struct place *place, struct place *ret_next)
{
	int rc;

	if (search->tries >= TRIES_MAX) {
		search->best->is_cut = true;
		return 0;
	}
	if (!see(search, set))
		return 0;
	rc = try_set(search, set, ret_next);
	if (rc < 0)
		return rc == -EINVAL ? 0 : rc;
	return ret_next->frame > place->frame ||
	       (ret_next->frame == place->frame &&
		strcmp(ret_next->text, place->text) != 0);
}

/* Extends a set that stops at "place" up to so many changes. */
static int extend(struct search *search, uint64_t set, size_t size,
		  size_t limit, const struct place *place)
{
	int rc = 0;

	for (size_t i = 0; rc >= 0 && i < search->changes.count; i++) {
		uint64_t more = set | UINT64_C(1) << i;
		struct place next;

		if (more == set)
			continue;
		rc = try_more(search, more, place, &next);
		if (rc <= 0)
			continue;
		if (next.frame == TALK_FRAMES)
			rc = take_solution(search, more, size + 1);
		else if (size + 1 < limit)
			rc = extend(search, more, size + 1, limit, &next);
	}
	return rc < 0 ? rc : 0;
}

static int deepen(struct search *search)
{
	const struct search_result *best = search->best;
	struct place start;
	int rc = try_set(search, 0, &start);

	for (size_t limit = 1;
	     rc == 0 && limit <= SIZE_LIMIT && !best->is_cut &&
	     start.frame < TALK_FRAMES && (!best->size || limit <= best->size);
	     limit++) {
		memset(search->seen, 0, SEEN_SIZE * sizeof(*search->seen));
		rc = extend(search, 0, 0, limit, &start);
	}
	return rc;
}

int search_changes(const struct trace_snapshot *snapshot,
		   const struct stations *stations,
		   struct search_result *ret_result)
{
	struct search search = { .snapshot = snapshot,
				 .stations = stations,
				 .best = ret_result };
	struct trace_snapshot part;
	int rc = snapshot_copy_part(snapshot, stations->ends[0].member,
				    stations->ends[1].member, &part);

	if (rc < 0)
		return rc;
	search.part = &part;
	changes_list(&part, stations, &search.changes);
	search.seen = malloc(SEEN_SIZE * sizeof(*search.seen));
	rc = search.seen ? deepen(&search) : -ENOMEM;
	free(search.seen);
	trace_snapshot_drop(&part);
	return rc;
}
