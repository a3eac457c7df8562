/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The last known state of bridges, ports and VLAN devices. */

#include "config.h"

#include "past.h"

#include <stdlib.h>
#include <string.h>

struct past_row {
	enum vbr_scope scope;
	int index;
	void *of;
};

/* --- snapshots ------------------------------------------------------------ */

/* NULL without memory. */
static void *copy(const struct values *values)
{
	struct vbr_bridge *bridge = NULL;
	struct vbr_port *port = NULL;
	struct vbr_vlan *vlan = NULL;

	switch (values->scope) {
	case VBR_SCOPE_BRIDGE:
		vbr_bridge_dup(values->of, &bridge);
		return bridge;
	case VBR_SCOPE_PORT:
		vbr_port_dup(values->of, &port);
		return port;
	default:
		vbr_vlan_dup(values->of, &vlan);
		return vlan;
	}
}

static void drop(enum vbr_scope scope, void *of)
{
	switch (scope) {
	case VBR_SCOPE_BRIDGE:
		vbr_bridge_free(of);
		break;
	case VBR_SCOPE_PORT:
		vbr_port_free(of);
		break;
	default:
		vbr_vlan_free(of);
		break;
	}
}

static int index_of(const struct values *values)
{
	switch (values->scope) {
	case VBR_SCOPE_BRIDGE:
		return vbr_bridge_index(values->of);
	case VBR_SCOPE_PORT:
		return vbr_port_index(values->of);
	default:
		return vbr_vlan_index(values->of);
	}
}

/* --- rows ----------------------------------------------------------------- */

/* A VLAN device may be a port as well. */
static bool is_before(const struct past_row *row, enum vbr_scope scope,
		      int index)
{
	return row->index < index ||
	       (row->index == index && row->scope < scope);
}

/* The position of the first row that is not before this one. */
static size_t find(const struct past *past, enum vbr_scope scope, int index)
{
	size_t low = 0, high = past->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (is_before(&past->rows[middle], scope, index))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void *take(struct past *past, enum vbr_scope scope, int index)
{
	size_t i = find(past, scope, index);
	struct past_row *row = past->rows + i;
	void *of;

	if (i == past->count || row->index != index || row->scope != scope)
		return NULL;
	of = row->of;
	past->count--;
	memmove(row, row + 1, (past->count - i) * sizeof(*row));
	return of;
}

static bool make_room(struct past *past)
{
	size_t room = past->room ? past->room * 2 : 16;
	struct past_row *rows;

	if (past->count < past->room)
		return true;
	rows = realloc(past->rows, room * sizeof(*rows));
	if (!rows)
		return false;
	past->rows = rows;
	past->room = room;
	return true;
}

static void keep(struct past *past, const struct values *values)
{
	int index = index_of(values);
	size_t i = find(past, values->scope, index);
	void *of = make_room(past) ? copy(values) : NULL;

	if (!of)
		return;
	memmove(past->rows + i + 1, past->rows + i,
		(past->count - i) * sizeof(*past->rows));
	past->rows[i] = (struct past_row){ values->scope, index, of };
	past->count++;
}

static void replace(struct past *past, const struct values *values)
{
	drop(values->scope, take(past, values->scope, index_of(values)));
	keep(past, values);
}

/* --- for watch ------------------------------------------------------------ */

static int read_bridges(struct past *past, struct vbr_ctx *ctx)
{
	struct values values = { .scope = VBR_SCOPE_BRIDGE };
	struct vbr_bridges *bridges;
	int rc = vbr_bridge_list(ctx, &bridges);

	if (rc < 0)
		return rc;
	for (size_t i = 0; (values.of = vbr_bridges_at(bridges, i)); i++)
		replace(past, &values);
	vbr_bridges_free(bridges);
	return 0;
}

static int read_ports(struct past *past, struct vbr_ctx *ctx)
{
	struct values values = { .scope = VBR_SCOPE_PORT };
	struct vbr_ports *ports;
	int rc = vbr_port_list(ctx, NULL, &ports);

	if (rc < 0)
		return rc;
	for (size_t i = 0; (values.of = vbr_ports_at(ports, i)); i++)
		replace(past, &values);
	vbr_ports_free(ports);
	return 0;
}

static int read_vlans(struct past *past, struct vbr_ctx *ctx)
{
	struct values values = { .scope = VBR_SCOPE_VLAN };
	struct vbr_vlans *vlans;
	int rc = vbr_vlan_list(ctx, NULL, &vlans);

	if (rc < 0)
		return rc;
	for (size_t i = 0; (values.of = vbr_vlans_at(vlans, i)); i++)
		replace(past, &values);
	vbr_vlans_free(vlans);
	return 0;
}

int past_read(struct past *past, struct vbr_ctx *ctx)
{
	int rc = read_bridges(past, ctx);

	if (rc == 0)
		rc = read_ports(past, ctx);
	if (rc == 0)
		rc = read_vlans(past, ctx);
	return rc;
}

static struct values values_of(const struct vbr_event *event)
{
	switch (vbr_event_kind(event)) {
	case VBR_EVENT_BRIDGE:
		return (struct values){ .scope = VBR_SCOPE_BRIDGE,
					.of = vbr_event_bridge(event) };
	case VBR_EVENT_PORT:
		return (struct values){ .scope = VBR_SCOPE_PORT,
					.of = vbr_event_port(event) };
	case VBR_EVENT_VLAN:
		return (struct values){ .scope = VBR_SCOPE_VLAN,
					.of = vbr_event_vlan(event) };
	default:
		return (struct values){ .of = NULL };
	}
}

bool past_update(struct past *past, const struct vbr_event *event,
		 struct values *ret_old, struct values *ret_now)
{
	struct values now = values_of(event);

	if (!now.of)
		return false;
	*ret_now = now;
	*ret_old = (struct values){
		.scope = now.scope,
		.of = take(past, now.scope, index_of(&now)),
	};
	if (!vbr_event_is_gone(event))
		keep(past, &now);
	return ret_old->of && !vbr_event_is_gone(event);
}

void past_free(struct values *old)
{
	drop(old->scope, (void *)old->of);
}

void past_clear(struct past *past)
{
	for (size_t i = 0; i < past->count; i++)
		drop(past->rows[i].scope, past->rows[i].of);
	free(past->rows);
	*past = (struct past){ 0 };
}
