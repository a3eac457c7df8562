/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the FDB, the MDB, and what decides whether the kernel uses the MDB. */

#include "config.h"

#include "trace/entries.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "api/fdb-find.h"
#include "core/context.h"
#include "trace/run.h"
#include "trace/snapshot.h"

/* --- the FDB -------------------------------------------------------------- */

struct search {
	struct trace_snapshot *snapshot;
	const uint8_t *src, *dst; /* NULL: any */
};

static int on_entry(const struct vbr_fdb_entry *entry, void *data)
{
	const struct search *search = data;
	struct trace_snapshot *s = search->snapshot;
	const uint8_t *mac = vbr_fdb_entry_mac(entry);
	struct trace_fdb *fdb;

	if (search->src && memcmp(mac, search->src, 6) != 0 &&
	    memcmp(mac, search->dst, 6) != 0)
		return 0;
	fdb = array_grow(s->fdb, sizeof(*fdb), s->fdb_count, &s->fdb_room);
	if (!fdb)
		return -ENOMEM;
	s->fdb = fdb;
	fdb = &s->fdb[s->fdb_count++];
	memcpy(fdb->mac, mac, 6);
	fdb->vlan = vbr_fdb_entry_vlan(entry);
	fdb->port = vbr_fdb_entry_port_index(entry);
	fdb->state = vbr_fdb_entry_state(entry);
	fdb->flags = vbr_fdb_entry_flags(entry);
	return 0;
}

/* An address that no entry has is not asked for. */
static int take_entry(struct vbr_ctx *ctx, struct search *search,
		      const uint8_t mac[6], unsigned int vlan)
{
	if (mac[0] & 1 || mac_is_all(mac, 0))
		return 0;
	return fdb_get(ctx, search->snapshot->bridge.index, mac, (uint16_t)vlan,
		       on_entry, search);
}

/* The VLANs in which the model may look for the addresses of a frame: none, that
 * of its tag, and the PVID. */
static size_t vlans_of(const struct trace_query *query,
		       const struct trace_snapshot *s, unsigned int vlans[3])
{
	const struct trace_port *port = trace_port_of(s, query->in);
	unsigned int pvid = trace_pvid_of(port ? port : &s->bridge);
	size_t count = 0;

	vlans[count++] = 0;
	if (s->vlan_filtering && query->tag > 0)
		vlans[count++] = (unsigned int)query->tag;
	if (s->vlan_filtering && pvid && query->tag != (int)pvid)
		vlans[count++] = pvid;
	return count;
}

static int take_few(struct vbr_ctx *ctx, const struct trace_query *query,
		    struct search *search)
{
	unsigned int vlans[3];
	size_t count = vlans_of(query, search->snapshot, vlans);
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < count; i++) {
		rc = take_entry(ctx, search, query->src, vlans[i]);
		if (rc == 0 && memcmp(query->src, query->dst, 6) != 0)
			rc = take_entry(ctx, search, query->dst, vlans[i]);
	}
	return rc;
}

/* The dump of a large FDB takes seconds. */
int trace_take_fdb(struct vbr_ctx *ctx, const struct trace_query *query,
		   struct trace_snapshot *snapshot)
{
	struct search search = { snapshot, query->src, query->dst };
	int rc = -EOPNOTSUPP;

	context_begin(ctx, N_("cannot read the FDB of bridge \"%s\""),
		      snapshot->bridge.name);
	if (query->is_frame)
		rc = take_few(ctx, query, &search);
	if (rc != -EOPNOTSUPP)
		return rc;
	snapshot->fdb_count = 0;
	return vbr_fdb_foreach(ctx, snapshot->bridge.name, on_entry, &search);
}

/* --- the MDB -------------------------------------------------------------- */

static int add_member(struct trace_snapshot *s,
		      const struct vbr_mdb_entry *entry)
{
	struct trace_member *members = array_grow(s->members, sizeof(*members),
						  s->member_count,
						  &s->member_room);
	char text[VBR_ADDRESS_TEXT_SIZE];
	struct trace_member *member;

	if (!members)
		return -ENOMEM;
	s->members = members;
	member = &members[s->member_count];
	*member = (struct trace_member){
		.vlan = vbr_mdb_entry_vlan(entry),
		.flags = vbr_mdb_entry_flags(entry),
		.index = vbr_mdb_entry_index(entry),
	};
	member->has_source = vbr_mdb_entry_source(entry, text) &&
			     address_parse(text, &member->source) == 0;
	vbr_mdb_entry_group(entry, text);
	if (address_parse(text, &member->group) == 0)
		s->member_count++;
	return 0;
}

static int add_router(struct trace_snapshot *s,
		      const struct vbr_mdb_router *router)
{
	struct trace_router *routers = array_grow(s->routers, sizeof(*routers),
						  s->router_count,
						  &s->router_room);

	if (!routers)
		return -ENOMEM;
	s->routers = routers;
	routers[s->router_count++] = (struct trace_router){
		vbr_mdb_router_index(router),
		vbr_mdb_router_vlan(router),
	};
	return 0;
}

int trace_take_groups(struct vbr_ctx *ctx, struct trace_snapshot *s)
{
	const struct vbr_mdb_router *router;
	const struct vbr_mdb_entry *entry;
	struct vbr_mdb *mdb;
	int rc = vbr_mdb_list(ctx, s->bridge.name, &mdb);

	/* If a list is missing, the kernel does not have the feature. */
	if (rc < 0)
		return rc == -EOPNOTSUPP ? 0 : rc;
	for (size_t i = 0; rc == 0 && (entry = vbr_mdb_at(mdb, i)); i++)
		rc = add_member(s, entry);
	for (size_t i = 0; rc == 0 && (router = vbr_mdb_router_at(mdb, i)); i++)
		rc = add_router(s, router);
	vbr_mdb_free(mdb);
	return rc;
}

static bool vlan_flag(const struct vbr_port_vlan *vlan, const char *option)
{
	uint64_t value = 0;

	vbr_port_vlan_value(vlan, option, &value);
	return value;
}

static void take_vlan_mcast(const struct vbr_port_vlan *vlan,
			    struct trace_mcast *ret_mcast)
{
	uint64_t igmp = 0, mld = 0;

	vbr_port_vlan_value(vlan, "mcast_igmp_version", &igmp);
	vbr_port_vlan_value(vlan, "mcast_mld_version", &mld);
	*ret_mcast = (struct trace_mcast){
		.first = vbr_port_vlan_first(vlan),
		.last = vbr_port_vlan_last(vlan),
		.snooping = vlan_flag(vlan, "mcast_snooping"),
		.querier = vlan_flag(vlan, "mcast_querier"),
		.has_querier4 = vlan_flag(vlan, "querier_ipv4_timer"),
		.has_querier6 = vlan_flag(vlan, "querier_ipv6_timer"),
		.igmp_version = (unsigned int)igmp,
		.mld_version = (unsigned int)mld,
	};
}

int trace_take_vlan_mcasts(struct vbr_ctx *ctx, struct trace_snapshot *s)
{
	struct vbr_port_vlans *vlans;
	size_t count;
	int rc;

	if (!s->mcast_vlan_snooping)
		return 0;
	rc = vbr_bridge_vlan_list(ctx, s->bridge.name, &vlans);
	if (rc < 0)
		return rc;
	count = vbr_port_vlans_count(vlans);
	s->vlan_mcasts = arena_take(&s->arena,
				    (count + 1) * sizeof(*s->vlan_mcasts));
	if (!s->vlan_mcasts)
		rc = -ENOMEM;
	for (size_t i = 0; rc == 0 && i < count; i++)
		take_vlan_mcast(vbr_port_vlans_at(vlans, i),
				&s->vlan_mcasts[s->vlan_mcast_count++]);
	vbr_port_vlans_free(vlans);
	return rc;
}
