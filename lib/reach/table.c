/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The table of a bridge: reads the snapshot, asks the model about all members,
 * and shows the result to programs. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "config/item.h"
#include "config/parse.h"
#include "core/context.h"
#include "reach/apply.h"
#include "reach/matrix.h"
#include "reach/notes.h"
#include "reach/result.h"
#include "trace/read.h"

#define ATTEMPTS 3

struct vbr_reach_table {
	struct matrix matrix;
	const char **names;	/* of the members; "notes" keeps them */
	struct vbr_reach notes; /* which has only notes */
};

static int fail(struct vbr_ctx *ctx, const char *bridge, int error,
		const char *why)
{
	context_begin(
		ctx,
		N_("cannot determine who reaches whom through bridge \"%s\""),
		bridge);
	return context_fail(ctx, error, why);
}

/* --- reading -------------------------------------------------------------- */

static void keep_names(const struct trace_snapshot *s,
		       struct vbr_reach_table *table)
{
	table->names = calloc(s->port_count + 1, sizeof(*table->names));
	if (!table->names) {
		table->notes.is_short = true;
		return;
	}
	for (size_t i = 0; i < s->port_count; i++)
		table->names[i] = reach_keep(&table->notes, s->ports[i].name);
	table->names[s->port_count] = reach_keep(&table->notes, s->bridge.name);
}

static int apply(struct vbr_ctx *ctx, const struct items *change,
		 struct trace_snapshot *snapshot, struct vbr_reach_table *table)
{
	int rc = 0;

	if (!change)
		return 0;
	rc = trace_snapshot_read_vlans(ctx, snapshot);
	return rc < 0 ? rc
		      : snapshot_apply(ctx, change, snapshot, &table->notes);
}

/* "change" may be NULL. */
static int look(struct vbr_ctx *ctx, const char *bridge,
		const struct items *change, struct vbr_reach_table *table)
{
	const struct trace_query all = { .is_frame = false };
	struct trace_snapshot snapshot;
	int rc = trace_snapshot_read(ctx, bridge, &all, &snapshot);

	if (rc < 0)
		return rc;
	rc = apply(ctx, change, &snapshot, table);
	if (rc < 0) {
		trace_snapshot_drop(&snapshot);
		return rc;
	}
	keep_names(&snapshot, table);
	if (table->notes.is_short)
		rc = -ENOMEM;
	else
		rc = matrix_make(&snapshot, &table->notes, &table->matrix);
	if (rc == 0)
		note_host_devices(&snapshot, &table->notes);
	if (table->notes.is_short)
		rc = -ENOMEM;
	trace_snapshot_drop(&snapshot);
	return rc;
}

/* -ENODEV, although the bridge is there: one of its ports is gone. */
static int look_again(struct vbr_ctx *ctx, const char *bridge,
		      const struct items *change, struct vbr_reach_table *table)
{
	struct vbr_bridge *found;
	int rc = -ENODEV;

	for (int i = 0; rc == -ENODEV && i < ATTEMPTS; i++) {
		rc = vbr_bridge_get(ctx, bridge, &found);
		if (rc < 0)
			return rc;
		vbr_bridge_free(found);
		rc = look(ctx, bridge, change, table);
	}
	if (rc == -ENODEV)
		return fail(ctx, bridge, -EAGAIN,
			    _("its ports changed meanwhile"));
	return rc == -ENOMEM ? fail(ctx, bridge, rc, NULL) : rc;
}

static int get(struct vbr_ctx *ctx, const char *bridge,
	       const struct items *change, struct vbr_reach_table **ret_table)
{
	struct vbr_reach_table *table = calloc(1, sizeof(*table));
	int rc;

	if (!table)
		return fail(ctx, bridge, -ENOMEM, NULL);
	rc = look_again(ctx, bridge, change, table);
	if (rc == 0)
		*ret_table = table;
	else
		vbr_reach_table_free(table);
	return rc;
}

int vbr_reach_table_get(struct vbr_ctx *ctx, const char *bridge,
			struct vbr_reach_table **ret_table)
{
	return get(ctx, bridge, NULL, ret_table);
}

int vbr_reach_table_get_after(struct vbr_ctx *ctx, const char *bridge,
			      const struct vbr_config *change,
			      struct vbr_reach_table **ret_table)
{
	static const struct source source = { "change", true, true };
	const char *text = vbr_config_text(change);
	struct items items = { 0 };
	int rc = parse_items(ctx, &source, text, strlen(text), &items);

	if (rc == 0)
		rc = get(ctx, bridge, &items, ret_table);
	items_drop(&items);
	return rc;
}

void vbr_reach_table_free(struct vbr_reach_table *table)
{
	if (!table)
		return;
	matrix_drop(&table->matrix);
	free(table->names);
	free(table->notes.notes.list);
	arena_free(&table->notes.arena);
	free(table);
}

/* --- for programs --------------------------------------------------------- */

const char *vbr_reach_table_member_at(const struct vbr_reach_table *table,
				      size_t i)
{
	return i < table->matrix.member_count ? table->names[i] : NULL;
}

bool vbr_reach_table_vlan_at(const struct vbr_reach_table *table, size_t i,
			     unsigned int *ret_vlan, size_t *ret_same)
{
	if (i >= table->matrix.vlan_count)
		return false;
	*ret_vlan = table->matrix.vlans[i];
	*ret_same = table->matrix.same[i];
	return true;
}

static bool is_member(const struct vbr_reach_table *table, size_t vlan,
		      size_t member)
{
	return vlan < table->matrix.vlan_count &&
	       member < table->matrix.member_count &&
	       matrix_has(&table->matrix, vlan, member);
}

bool vbr_reach_table_group(const struct vbr_reach_table *table, size_t vlan,
			   size_t member, size_t *ret_first)
{
	if (!is_member(table, vlan, member))
		return false;
	*ret_first = table->matrix.groups[vlan * table->matrix.member_count +
					  member];
	return true;
}

bool vbr_reach_table_works(const struct vbr_reach_table *table, size_t vlan,
			   size_t one, size_t other)
{
	return is_member(table, vlan, one) && is_member(table, vlan, other) &&
	       matrix_works(&table->matrix, vlan, one, other);
}

const char *vbr_reach_table_note_at(const struct vbr_reach_table *table,
				    size_t i)
{
	return i < table->notes.notes.count ? table->notes.notes.list[i] : NULL;
}
