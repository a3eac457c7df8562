/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sends frames between two stations of a random bridge. */

#include "oracle/pair.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void pair_forget_stand_ins(struct world *world)
{
	static const uint8_t prefix[5] = { 2, 0, 0x5e, 0, 0x53 };
	struct vbr_ctx *ctx = world->o->ctx;
	const struct vbr_fdb_entry *entry;
	struct vbr_fdb *fdb;

	assert_int_equal(vbr_fdb_list(ctx, BR, &fdb), 0);
	for (size_t i = 0; (entry = vbr_fdb_at(fdb, i)); i++) {
		const uint8_t *mac = vbr_fdb_entry_mac(entry);
		char port[VBR_NAME_SIZE];

		if (memcmp(mac, prefix, sizeof(prefix)) != 0)
			continue;
		assert_int_equal(vbr_link_name(ctx,
					       vbr_fdb_entry_port_index(entry),
					       port),
				 0);
		assert_int_equal(vbr_fdb_del(ctx, BR, port, mac,
					     vbr_fdb_entry_vlan(entry)),
				 0);
	}
	vbr_fdb_free(fdb);
}

/* The number of the station's port; MOST_PORTS: the host. */
static size_t port_of(const struct pair *pair, size_t end)
{
	const char *port = vbr_reach_port(pair->reach, end);

	return port ? strtoul(port + 1, NULL, 10) : MOST_PORTS;
}

/* --- frames --------------------------------------------------------------- */

static unsigned int protocol_of(const struct world *world)
{
	struct vbr_bridge *bridge;
	uint64_t protocol = VBR_VLAN_8021Q;

	assert_int_equal(vbr_bridge_get(world->o->ctx, BR, &bridge), 0);
	if (world->is_filtering)
		vbr_bridge_value(bridge, "vlan_protocol", &protocol);
	vbr_bridge_free(bridge);
	return (unsigned int)protocol;
}

static void make_frame(const struct pair *pair, size_t from, bool is_broadcast,
		       struct sample *ret_sample)
{
	static uint32_t id = 1000000;
	struct vbr_frame *frame = &ret_sample->frame;
	bool is_known;

	memset(ret_sample, 0, sizeof(*ret_sample));
	ret_sample->id = ++id;
	ret_sample->in = port_of(pair, from);
	frame->port = vbr_reach_port(pair->reach, from);
	memcpy(frame->src, vbr_reach_mac(pair->reach, from, &is_known), 6);
	memcpy(frame->dst, vbr_reach_mac(pair->reach, !from, &is_known), 6);
	if (is_broadcast)
		memset(frame->dst, 0xff, 6);
	frame->vlan = vbr_reach_tag(pair->reach, from);
	frame->vlan_protocol = protocol_of(pair->world);
	frame->ethertype = 0x88b5;
	frame->len = 80;
}

bool pair_is_invisible(const struct vbr_trace_step *stop)
{
	return stop && (strcmp(vbr_trace_step_name(stop), "vlan-device") == 0 ||
			strcmp(vbr_trace_step_verdict(stop), "pass") == 0 ||
			strcmp(vbr_trace_step_verdict(stop), "host") == 0);
}

bool pair_arrives(const struct pair *pair, size_t i)
{
	bool is_broadcast, arrives;
	struct arrival arrival;
	struct sample sample;
	size_t from, to;

	assert_true(vbr_reach_frame_at(pair->reach, i, &from, &is_broadcast,
				       &arrives));
	make_frame(pair, from, is_broadcast, &sample);
	send_sample(pair->world, &sample, &arrival);
	to = port_of(pair, !from);
	return to < MOST_PORTS
		       ? arrival.vlan[to] == vbr_reach_tag(pair->reach, !from)
		       : arrival.host;
}
