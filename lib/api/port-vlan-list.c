/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Lists of VLANs that were read; a row is a VLAN or a range. */

#include "config.h"

#include "api/port-vlan-list.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <stdlib.h>
#include <string.h>

#include "wire/message.h"

/* Counters, and attributes that the row has as fields. */
static bool is_left_out(unsigned int type)
{
	return type == BRIDGE_VLANDB_ENTRY_STATS ||
	       type == BRIDGE_VLANDB_ENTRY_INFO ||
	       type == BRIDGE_VLANDB_ENTRY_RANGE;
}

/* Copies the other attributes with their padding. */
static size_t copy_others(char *bytes, struct attr_span options)
{
	const char *from = options.bytes;
	const struct nlattr *attr;
	size_t len = 0;

	while ((attr = attr_take(&options))) {
		const char *next = options.bytes;

		if (!is_left_out(mnl_attr_get_type(attr))) {
			memcpy(bytes + len, from, (size_t)(next - from));
			len += (size_t)(next - from);
		}
		from = next;
	}
	return len;
}

static int copy_options(struct port_vlan_list *list, struct attr_span *options)
{
	char *bytes = arena_take(&list->arena, options->len);

	if (!bytes)
		return -ENOMEM;
	if (list->hides_counters)
		options->len = copy_others(bytes, *options);
	else
		memcpy(bytes, options->bytes, options->len);
	options->bytes = bytes;
	return 0;
}

static bool same_options(struct attr_span a, struct attr_span b)
{
	return a.len == b.len &&
	       (a.len == 0 || memcmp(a.bytes, b.bytes, a.len) == 0);
}

/* Merges a row into the last one, if the kernel would send one range for both
 * without counters. */
static bool join(struct port_vlan_list *list, const struct vbr_port_vlan *row)
{
	struct vbr_port_vlan *last = list->count ? &list->rows[list->count - 1]
						 : NULL;

	if (!last || last->device != row->device ||
	    last->last + 1 != row->first || last->flags != row->flags ||
	    row->flags & BRIDGE_VLAN_INFO_PVID ||
	    !same_options(last->options, row->options))
		return false;
	last->last = row->last;
	return true;
}

int port_vlan_list_append(struct port_vlan_list *list,
			  const struct vbr_port_vlan *vlan)
{
	struct vbr_port_vlan *rows = array_grow(list->rows, sizeof(*rows),
						list->count, &list->room);
	struct vbr_port_vlan row = *vlan;

	if (!rows)
		return -ENOMEM;
	list->rows = rows;
	if (row.options.len && copy_options(list, &row.options) < 0)
		return -ENOMEM;
	if (!list->hides_counters || !join(list, &row))
		rows[list->count++] = row;
	return 0;
}

int port_vlan_list_append_tunnel(struct port_vlan_list *list,
				 const struct port_vlan_tunnel *tunnel)
{
	struct port_vlan_tunnel *tunnels = array_grow(list->tunnels,
						      sizeof(*tunnels),
						      list->tunnel_count,
						      &list->tunnel_room);

	if (!tunnels)
		return -ENOMEM;
	list->tunnels = tunnels;
	tunnels[list->tunnel_count++] = *tunnel;
	return 0;
}

const struct vbr_port_vlan *
port_vlan_list_find(const struct port_vlan_list *list, int vid)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->rows[i].first <= vid && list->rows[i].last >= vid)
			return &list->rows[i];
	return NULL;
}

/* The tunnel ids of a range of VLANs are a range too. */
bool port_vlan_list_tunnel(const struct port_vlan_list *list, int vid,
			   uint32_t *ret_id)
{
	const struct vbr_option *option = option_find(VBR_SCOPE_PORT_VLAN,
						      "tunnel_id");
	const struct vbr_port_vlan *row = port_vlan_list_find(list, vid);
	uint64_t id;

	if (row && option_get(row->options, option, &id) == 0) {
		*ret_id = (uint32_t)id + (uint32_t)(vid - row->first);
		return true;
	}
	for (size_t i = 0; i < list->tunnel_count; i++) {
		const struct port_vlan_tunnel *tunnel = &list->tunnels[i];

		if (tunnel->first <= vid && tunnel->last >= vid) {
			*ret_id = tunnel->id + (uint32_t)(vid - tunnel->first);
			return true;
		}
	}
	return false;
}

int port_vlan_list_next(const struct port_vlan_list *list, int vid)
{
	int next = -1;

	for (size_t i = 0; i < list->count; i++) {
		const struct vbr_port_vlan *row = &list->rows[i];
		int first = row->first > vid ? row->first : vid + 1;

		if (first <= row->last && (next < 0 || first < next))
			next = first;
	}
	return next;
}

size_t port_vlan_list_count_vids(const struct port_vlan_list *list)
{
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++)
		count += list->rows[i].last - list->rows[i].first + 1u;
	return count;
}

bool port_vlan_list_may_lack(const struct port_vlan_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct vbr_port_vlan *row = &list->rows[i];

		if (row->flags & BRIDGE_VLAN_INFO_PVID &&
		    !port_vlan_list_find(list, row->last + 1))
			return true;
	}
	return false;
}

static bool same_tunnels(const struct port_vlan_list *a,
			 const struct port_vlan_list *b)
{
	return a->tunnel_count == b->tunnel_count &&
	       (a->tunnel_count == 0 ||
		memcmp(a->tunnels, b->tunnels,
		       a->tunnel_count * sizeof(*a->tunnels)) == 0);
}

bool port_vlan_list_same(const struct port_vlan_list *a,
			 const struct port_vlan_list *b)
{
	for (size_t i = 0; i < a->count && a->count == b->count; i++) {
		const struct vbr_port_vlan *left = &a->rows[i];
		const struct vbr_port_vlan *right = &b->rows[i];

		if (left->first != right->first || left->last != right->last ||
		    left->flags != right->flags ||
		    !same_options(left->options, right->options))
			return false;
	}
	return a->count == b->count && same_tunnels(a, b);
}

void port_vlan_list_empty(struct port_vlan_list *list)
{
	list->count = 0;
	list->tunnel_count = 0;
	arena_free(&list->arena);
}

void port_vlan_list_clear(struct port_vlan_list *list)
{
	free(list->rows);
	free(list->tunnels);
	arena_free(&list->arena);
	*list = (struct port_vlan_list){ 0 };
}
