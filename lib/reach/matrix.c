/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * The table of who reaches whom, in each VLAN. Frames are sent only between
 * members of different kinds, and once in all VLANs.
 */

#include "config.h"

#include "reach/matrix.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/vids.h"
#include "reach/ask.h"
#include "reach/copy.h"
#include "reach/kind.h"
#include "reach/notes.h"
#include "reach/result.h"

struct making {
	struct trace_snapshot *snapshot;
	struct vbr_reach *notes;
	struct matrix *matrix;
	struct kind *list;
	size_t room;
	bool *asked; /* of each two kinds */
	/* Room for the entries of two stations. */
	struct trace_fdb *fdb;
};

static const struct trace_port *member_at(const struct trace_snapshot *s,
					  size_t member)
{
	return member < s->port_count ? &s->ports[member] : &s->bridge;
}

static size_t place_of(const struct matrix *matrix, size_t vlan, size_t member)
{
	return vlan * matrix->member_count + member;
}

bool matrix_has(const struct matrix *matrix, size_t vlan, size_t member)
{
	return matrix->kinds[place_of(matrix, vlan, member)] != 0;
}

static size_t pair_of(const struct matrix *matrix, size_t vlan, size_t one,
		      size_t other)
{
	const size_t *kinds = &matrix->kinds[place_of(matrix, vlan, 0)];

	return one < other ? kinds[one] * matrix->kind_count + kinds[other]
			   : kinds[other] * matrix->kind_count + kinds[one];
}

bool matrix_works(const struct matrix *matrix, size_t vlan, size_t one,
		  size_t other)
{
	/* The frames of two stations at one port do not pass the bridge. */
	if (one == other)
		return matrix_has(matrix, vlan, one);
	return matrix->works[pair_of(matrix, vlan, one, other)];
}

/* --- VLANs and kinds ------------------------------------------------------ */

/*
 * Only the entries of the host and of authorized stations on locked ports are
 * kept.
 */
static void drop_entries(struct trace_snapshot *s)
{
	size_t count = 0;

	for (size_t i = 0; i < s->fdb_count; i++) {
		const struct trace_fdb *entry = &s->fdb[i];
		const struct trace_port *port = snapshot_member(s, entry->port);
		bool is_host = memcmp(entry->mac, s->bridge.mac, 6) == 0;

		if (is_host || (port && port->locked && kind_is_known(entry)))
			s->fdb[count++] = *entry;
	}
	s->fdb_count = count;
}

static void add_rows(const struct trace_port *port, struct vbr_vids *vids)
{
	for (size_t i = 0; i < port->vlan_count; i++)
		for (unsigned int vlan = port->vlans[i].first;
		     vlan <= port->vlans[i].last; vlan++)
			vids_add(vids, vlan);
}

static int list_vlans(const struct trace_snapshot *s, struct matrix *matrix)
{
	struct vbr_vids vids = { 0 };
	int vlan = -1;

	if (!s->vlan_filtering)
		vids_add(&vids, 0);
	for (size_t i = 0; s->vlan_filtering && i < matrix->member_count; i++)
		add_rows(member_at(s, i), &vids);
	/* One more, because an array must not be empty. */
	matrix->vlans = calloc(vids_count(&vids) + 1, sizeof(*matrix->vlans));
	if (!matrix->vlans)
		return -ENOMEM;
	while ((vlan = vids_next(&vids, vlan)) >= 0)
		matrix->vlans[matrix->vlan_count++] = (unsigned int)vlan;
	return 0;
}

/*
 * Most kinds are the same as in the VLAN before or for the member before;
 * "hint" is tried first.
 */
static int number_kind(struct making *making, const struct kind *kind,
		       size_t hint, size_t *ret_number)
{
	struct matrix *matrix = making->matrix;
	struct kind *list;
	size_t i = 1;

	if (hint && memcmp(&making->list[hint], kind, sizeof(*kind)) == 0) {
		*ret_number = hint;
		return 0;
	}
	while (i < matrix->kind_count &&
	       memcmp(&making->list[i], kind, sizeof(*kind)) != 0)
		i++;
	if (i == matrix->kind_count) {
		list = array_grow(making->list, sizeof(*list), i,
				  &making->room);
		if (!list)
			return -ENOMEM;
		making->list = list;
		memcpy(&list[matrix->kind_count++], kind, sizeof(*kind));
	}
	*ret_number = i;
	return 0;
}

static int take_kinds(struct making *making, size_t vlan)
{
	struct matrix *matrix = making->matrix;
	size_t *kinds = &matrix->kinds[place_of(matrix, vlan, 0)];
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < matrix->member_count; i++) {
		size_t hint = vlan ? kinds[i - matrix->member_count]
			      : i  ? kinds[i - 1]
				   : 0;
		struct kind kind;

		if (kind_take(making->snapshot, member_at(making->snapshot, i),
			      matrix->vlans[vlan], &kind))
			rc = number_kind(making, &kind, hint, &kinds[i]);
	}
	return rc;
}

/* --- frames --------------------------------------------------------------- */

/* The snapshot with only the entries of the two. */
static struct trace_snapshot view_of(const struct making *making,
				     const struct stations *stations)
{
	struct trace_snapshot view = *making->snapshot;

	view.fdb = making->fdb;
	view.fdb_count = 0;
	for (size_t i = 0; i < making->snapshot->fdb_count; i++) {
		const struct trace_fdb *entry = &making->snapshot->fdb[i];

		for (int k = 0; k < 2; k++) {
			const struct station *end = &stations->ends[k];

			if (!end->has_mac ||
			    (entry->vlan && entry->vlan != stations->vlan) ||
			    memcmp(entry->mac, end->mac, 6) != 0)
				continue;
			view.fdb[view.fdb_count++] = *entry;
			break;
		}
	}
	return view;
}

static int send_frames(struct making *making, unsigned int vlan,
		       const struct trace_port *const ports[2], bool *ret_works)
{
	struct stations stations = { .is_strict = vlan != 0 };
	struct trace_snapshot view, part;
	struct talk_result talk;
	int rc;

	for (int i = 0; i < 2; i++)
		stations.ends[i] = kind_station(making->snapshot, ports[i],
						vlan, i);
	stations = stations_in_vlan(making->snapshot, &stations, vlan);
	view = view_of(making, &stations);
	rc = snapshot_copy_part(&view, ports[0]->index, ports[1]->index, &part);
	if (rc < 0)
		return rc;
	rc = stations_talk(&part, &stations, &talk);
	trace_snapshot_drop(&part);
	if (rc < 0)
		return rc;
	*ret_works = talk.first_stop == TALK_FRAMES;
	note_talk(&talk, making->notes);
	talk_result_drop(&talk);
	return 0;
}

static int ask_pair(struct making *making, size_t vlan, size_t one,
		    size_t other)
{
	const struct trace_snapshot *s = making->snapshot;
	const struct trace_port *const ports[] = { member_at(s, one),
						   member_at(s, other) };
	struct matrix *matrix = making->matrix;
	size_t pair = pair_of(matrix, vlan, one, other);

	if (making->asked[pair] || !matrix_has(matrix, vlan, one) ||
	    !matrix_has(matrix, vlan, other))
		return 0;
	making->asked[pair] = true;
	return send_frames(making, matrix->vlans[vlan], ports,
			   &matrix->works[pair]);
}

static int ask_pairs(struct making *making)
{
	struct matrix *matrix = making->matrix;
	size_t pairs = matrix->kind_count * matrix->kind_count;
	int rc = 0;

	matrix->works = calloc(pairs, sizeof(*matrix->works));
	making->asked = calloc(pairs, sizeof(*making->asked));
	making->fdb = calloc(making->snapshot->fdb_count + 1,
			     sizeof(*making->fdb));
	if (!matrix->works || !making->asked || !making->fdb)
		return -ENOMEM;
	for (size_t vlan = 0; vlan < matrix->vlan_count; vlan++)
		for (size_t i = 0; i < matrix->member_count; i++)
			for (size_t k = i + 1;
			     rc == 0 && k < matrix->member_count; k++)
				rc = ask_pair(making, vlan, i, k);
	return rc;
}

/* --- groups --------------------------------------------------------------- */

/* Whether each other member is reached by both, or by none. */
static bool are_alike(const struct matrix *matrix, size_t vlan, size_t one,
		      size_t other)
{
	for (size_t i = 0; i < matrix->member_count; i++)
		if (i != one && i != other &&
		    matrix_works(matrix, vlan, one, i) !=
			    matrix_works(matrix, vlan, other, i))
			return false;
	return true;
}

static void group_members(struct matrix *matrix, size_t vlan)
{
	size_t *groups = &matrix->groups[place_of(matrix, vlan, 0)];

	for (size_t i = 0; i < matrix->member_count; i++) {
		groups[i] = i;
		for (size_t k = 0; k < i && groups[i] == i; k++)
			if (groups[k] == k && matrix_has(matrix, vlan, i) &&
			    matrix_has(matrix, vlan, k) &&
			    are_alike(matrix, vlan, i, k))
				groups[i] = k;
	}
}

static bool is_same(const struct matrix *matrix, size_t one, size_t other)
{
	size_t count = matrix->member_count;

	if (memcmp(&matrix->kinds[one * count], &matrix->kinds[other * count],
		   count * sizeof(*matrix->kinds)) == 0)
		return true;
	for (size_t i = 0; i < count; i++)
		if (matrix_has(matrix, one, i) != matrix_has(matrix, other, i))
			return false;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < i; k++)
			if (matrix_works(matrix, one, i, k) !=
			    matrix_works(matrix, other, i, k))
				return false;
	return true;
}

static void compare_vlans(struct matrix *matrix)
{
	size_t count = matrix->member_count;

	for (size_t i = 0; i < matrix->vlan_count; i++) {
		size_t k = 0;

		while (k < i &&
		       (matrix->same[k] != k || !is_same(matrix, i, k)))
			k++;
		matrix->same[i] = k;
		if (k == i)
			group_members(matrix, i);
		else
			memcpy(&matrix->groups[i * count],
			       &matrix->groups[k * count],
			       count * sizeof(*matrix->groups));
	}
}

/* --- the whole call ------------------------------------------------------- */

static int fill(struct making *making)
{
	struct matrix *matrix = making->matrix;
	int rc = list_vlans(making->snapshot, matrix);
	size_t places = matrix->vlan_count * matrix->member_count;

	if (rc < 0)
		return rc;
	matrix->kinds = calloc(places + 1, sizeof(*matrix->kinds));
	matrix->groups = calloc(places + 1, sizeof(*matrix->groups));
	matrix->same = calloc(matrix->vlan_count + 1, sizeof(*matrix->same));
	making->list = array_grow(NULL, sizeof(*making->list), 0,
				  &making->room);
	if (!matrix->kinds || !matrix->groups || !matrix->same || !making->list)
		return -ENOMEM;
	for (size_t i = 0; rc == 0 && i < matrix->vlan_count; i++)
		rc = take_kinds(making, i);
	if (rc == 0)
		rc = ask_pairs(making);
	if (rc == 0)
		compare_vlans(matrix);
	return rc;
}

int matrix_make(struct trace_snapshot *snapshot, struct vbr_reach *notes,
		struct matrix *ret_matrix)
{
	struct making making = { .snapshot = snapshot,
				 .notes = notes,
				 .matrix = ret_matrix };
	int rc;

	*ret_matrix = (struct matrix){
		.member_count = snapshot->port_count + 1,
		.kind_count = 1,
	};
	drop_entries(snapshot);
	rc = fill(&making);
	free(making.list);
	free(making.asked);
	free(making.fdb);
	if (rc == 0 && notes->is_short)
		rc = -ENOMEM;
	if (rc < 0)
		matrix_drop(ret_matrix);
	return rc;
}

void matrix_drop(struct matrix *matrix)
{
	free(matrix->vlans);
	free(matrix->kinds);
	free(matrix->works);
	free(matrix->groups);
	free(matrix->same);
	*matrix = (struct matrix){ 0 };
}
