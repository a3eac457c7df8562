/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Whether a change cuts a connection of the host through a bridge. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/address.h"
#include "config/item.h"
#include "config/parse.h"
#include "core/context.h"
#include "reach/apply.h"
#include "reach/ask.h"
#include "reach/copy.h"
#include "reach/find.h"
#include "reach/result.h"
#include "topology/topology.h"
#include "trace/read.h"
#include "wire/ip.h"

/* A VLAN device on a bridge is the longest. */
#define CHAIN_MAX 4

struct session {
	struct vbr_ctx *ctx;
	const char *local, *remote;
	struct topology topology;
	/* The device that has the address, and those below it. */
	const struct topology_link *chain[CHAIN_MAX];
	size_t chain_count;
	const struct topology_link *bridge; /* or NULL */
	unsigned int vlan;		    /* of a VLAN device on it; or 0 */
};

static int fail(struct vbr_ctx *ctx, const char *remote, int error,
		const char *why)
{
	context_begin(
		ctx,
		N_("cannot determine whether the change cuts the connection from \"%s\""),
		remote);
	return context_fail(ctx, error, why);
}

/* --- the devices ---------------------------------------------------------- */

/* "ret_zone" is the rest after the "%", or "". */
static int parse_local(const struct session *session,
		       struct address *ret_address, const char **ret_zone)
{
	size_t len = strcspn(session->local, "%");
	char text[ADDRESS_TEXT_SIZE];

	if (len >= sizeof(text))
		return -EINVAL;
	memcpy(text, session->local, len);
	text[len] = '\0';
	*ret_zone = session->local + len + (session->local[len] == '%');
	return address_parse(text, ret_address);
}

static bool is_in_zone(const struct topology_link *link, const char *zone)
{
	char number[16];

	if (!*zone || !link)
		return true;
	snprintf(number, sizeof(number), "%d", link->index);
	return strcmp(link->name, zone) == 0 || strcmp(number, zone) == 0;
}

static const struct topology_link *holder_of(const struct session *session)
{
	const struct topology *topology = &session->topology;
	const struct topology_link *link;
	struct address address;
	const char *zone;

	if (parse_local(session, &address, &zone) < 0)
		return NULL;
	for (size_t i = 0; i < topology->address_count; i++) {
		const struct address *other = &topology->addresses[i].address;

		if (other->family != address.family ||
		    memcmp(other->bytes, address.bytes,
			   address_len(address.family)) != 0)
			continue;
		link = topology_link(topology, topology->addresses[i].index);
		if (is_in_zone(link, zone))
			return link;
	}
	return NULL;
}

static void take_chain(struct session *session)
{
	const struct topology_link *link = holder_of(session);

	while (link && session->chain_count < CHAIN_MAX) {
		session->chain[session->chain_count++] = link;
		if (topology_bridge(&session->topology, link->index)) {
			session->bridge = link;
			return;
		}
		session->vlan = link->vlan;
		link = link->vlan
			       ? topology_link(&session->topology, link->parent)
			       : NULL;
	}
}

static bool is_in_chain(const struct session *session, const char *name)
{
	for (size_t i = 0; i < session->chain_count; i++)
		if (strcmp(session->chain[i]->name, name) == 0)
			return true;
	return false;
}

/*
 * The state of a device after the line: deleted, down, or a port of a bridge,
 * whose addresses receive no packets.
 */
static bool ends_device(const struct item *item)
{
	switch (item->kind) {
	case ITEM_BRIDGE:
	case ITEM_VLAN_DEVICE:
		return !item->value;
	case ITEM_PORT:
		return item->value;
	case ITEM_LINK:
		return strcmp(item->value, "down") == 0;
	default:
		return false;
	}
}

/* The last line about a thing counts: a device may be down in between. */
static bool ends_chain(const struct session *session, const struct items *items)
{
	const struct item *item;

	for (size_t i = 0; (item = items_at(items, i)); i++) {
		const char *name = item->kind == ITEM_PORT ? item->member
							   : item->device;

		if (ends_device(item) && is_in_chain(session, name))
			return true;
	}
	return false;
}

/* --- the other end -------------------------------------------------------- */

/* A host behind a router is behind the port of the router. */
static int find_gateway(const struct session *session, const struct find *find,
			struct found *ret_found)
{
	size_t count;
	const struct ip_route *routes = topology_routes(
		&session->topology, session->chain[0]->index, &count);
	char text[ADDRESS_TEXT_SIZE];
	struct address remote;

	if (address_parse(session->remote, &remote) < 0)
		return -ENOENT;
	for (size_t i = 0; i < count; i++) {
		if (!routes[i].has_gateway ||
		    routes[i].gateway.family != remote.family)
			continue;
		address_format(&routes[i].gateway, text);
		return find_station(find, text, 1, ret_found);
	}
	return -ENOENT;
}

/* -ENOENT: nobody knows where it is. */
static int find_ends(const struct session *session, struct found ret_found[2])
{
	struct find find = {
		.ctx = session->ctx,
		.topology = &session->topology,
		.bridge = session->bridge->name,
		.index = session->bridge->index,
		.vlan = session->vlan,
	};
	const struct vbr_bridge *bridge =
		topology_bridge(&session->topology, session->bridge->index);
	uint64_t filters = 0;
	int rc;

	vbr_bridge_value(bridge, "vlan_filtering", &filters);
	find.is_filtering = filters;
	rc = find_station(&find, "host", 0, &ret_found[0]);
	if (rc == 0)
		rc = find_station(&find, session->remote, 1, &ret_found[1]);
	if (rc == -ENOENT || rc == -EXDEV)
		rc = find_gateway(session, &find, &ret_found[1]);
	return rc == -EXDEV ? -ENOENT : rc;
}

/* --- the model ------------------------------------------------------------ */

static int talks(const struct session *session, struct trace_snapshot *snapshot,
		 const struct stations *stations, bool *ret_works)
{
	struct stations asked = *stations;

	*ret_works = false;
	if (!snapshot_member(snapshot, asked.ends[0].member) ||
	    !snapshot_member(snapshot, asked.ends[1].member))
		return 0;
	return ask_works(snapshot, session->vlan, &asked, ret_works);
}

static int ask_model(const struct session *session, const struct items *items,
		     const struct stations *stations, bool *ret_cut)
{
	struct vbr_reach notes = { 0 };
	const struct trace_query query = {
		.src = stations->ends[0].mac,
		.dst = stations->ends[1].mac,
	};
	struct trace_snapshot snapshot;
	bool before = false, after = false;
	int rc = trace_snapshot_read(session->ctx, session->bridge->name,
				     &query, &snapshot);

	if (rc < 0)
		return rc;
	rc = talks(session, &snapshot, stations, &before);
	if (rc == 0)
		rc = trace_snapshot_read_vlans(session->ctx, &snapshot);
	if (rc == 0)
		rc = snapshot_apply(session->ctx, items, &snapshot, &notes);
	if (rc == 0)
		rc = talks(session, &snapshot, stations, &after);
	*ret_cut = rc == 0 && before && !after;
	trace_snapshot_drop(&snapshot);
	free(notes.notes.list);
	arena_free(&notes.arena);
	return rc;
}

static int look(const struct session *session, const struct items *items,
		bool *ret_cut)
{
	struct stations stations = { 0 };
	struct found found[2];
	int rc;

	*ret_cut = ends_chain(session, items);
	if (*ret_cut || !session->bridge)
		return 0;
	rc = find_ends(session, found);
	/* Then only the devices above can be checked. */
	if (rc == -ENOENT || (rc == 0 && *found[1].elsewhere))
		return 0;
	if (rc < 0)
		return rc;
	for (int i = 0; i < 2; i++)
		stations.ends[i] = found[i].station;
	return ask_model(session, items, &stations, ret_cut);
}

/* --- for programs --------------------------------------------------------- */

static int look_at_items(struct session *session, const struct items *items,
			 bool *ret_cut, char *ret_device)
{
	int rc = topology_take(session->ctx, &session->topology);

	if (rc == 0) {
		take_chain(session);
		*ret_cut = false;
		if (session->chain_count)
			rc = look(session, items, ret_cut);
	}
	if (rc == 0 && *ret_cut)
		memcpy(ret_device, session->chain[0]->name, VBR_NAME_SIZE);
	topology_drop(&session->topology);
	return rc;
}

int vbr_reach_is_cut(struct vbr_ctx *ctx, const struct vbr_config *change,
		     const char *local, const char *remote, bool *ret_cut,
		     char *ret_device)
{
	static const struct source source = { "change", true, true };
	const char *text = vbr_config_text(change);
	struct session session = { .ctx = ctx,
				   .local = local,
				   .remote = remote };
	struct items items = { 0 };
	char device[VBR_NAME_SIZE] = "";
	bool is_cut = false;
	int rc = parse_items(ctx, &source, text, strlen(text), &items);

	if (rc == 0)
		rc = look_at_items(&session, &items, &is_cut, device);
	items_drop(&items);
	if (rc == -ENOMEM)
		return fail(ctx, remote, rc, NULL);
	if (rc < 0)
		return rc;
	*ret_cut = is_cut;
	memcpy(ret_device, device, sizeof(device));
	return 0;
}
