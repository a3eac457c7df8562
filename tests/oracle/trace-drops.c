/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * For each kind of drop: the frame does not arrive, and changing the option
 * that the trace names lets it pass.
 */

#include "oracle/trace.h"

#include <linux/if_ether.h>
#include <string.h>

#define BR "br0"

enum scope { PORT, BRIDGE, MTU, MEMBER, PVID, VLAN_STATE };

/* Frames come in at p0. */
struct drop {
	const char *step, *option; /* as the trace names them */
	enum scope scope;
	const char *device; /* whose option it is */
	uint64_t bad, good;
	uint8_t dst[6];
	const char *known_on; /* the port of a static entry; or NULL */
	size_t to;	      /* the port where it arrives at last */
	int tag;	      /* 0: none */
	const char *other;    /* another port with the bad value; or NULL */
};

#define STATION \
	{ \
		2, 0xaa, 0, 0, 0, 9 \
	}
#define ALL \
	{ \
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff \
	}
#define GROUP \
	{ \
		1, 2, 3, 4, 5, 6 \
	}
#define LLDP \
	{ \
		1, 0x80, 0xc2, 0, 0, 0xe \
	}

static const struct drop plain[] = {
	/* Without the spanning tree, the kernel changes other states at once. */
	{ "state", "state", PORT, "p0", 0, 3, STATION, "p1", 1 },
	{ "state", "state", PORT, "p1", 0, 3, STATION, "p1", 1 },
	{ "locked", "locked", PORT, "p0", 1, 0, STATION, "p1", 1 },
	{ "isolated", "isolated", PORT, "p1", 1, 0, STATION, "p1", 1, 0, "p0" },
	{ "hairpin", "hairpin_mode", PORT, "p0", 0, 1, STATION, "p0", 0 },
	{ "flood", "unicast_flood", PORT, "p1", 0, 1, STATION, NULL, 1 },
	{ "flood", "multicast_flood", PORT, "p1", 0, 1, GROUP, NULL, 1 },
	{ "flood", "broadcast_flood", PORT, "p1", 0, 1, ALL, NULL, 1 },
	{ "proxyarp", "proxyarp", PORT, "p1", 1, 0, STATION, NULL, 1 },
	{ "mtu", "mtu", MTU, "p1", 1000, 1500, STATION, "p1", 1 },
	{ "reserved", "group_fwd_mask", BRIDGE, BR, 0, 0x4000, LLDP, NULL, 1 },
};

static const struct drop filtering[] = {
	{ "ingress-vlan", "vlan", MEMBER, "p0", 0, 1, STATION, "p1", 1, 10 },
	{ "ingress-vlan", "vlan", PVID, "p0", 0, 1, STATION, NULL, 1 },
	{ "egress-vlan", "vlan", MEMBER, "p1", 0, 1, STATION, "p1", 1, 10 },
	{ "vlan-state", "state", VLAN_STATE, "p0", 4, 3, STATION, "p1", 1, 10 },
	{ "vlan-state", "state", VLAN_STATE, "p1", 4, 3, STATION, "p1", 1, 10 },
};

/* --- a setting ------------------------------------------------------------ */

static void set_member(struct world *world, const struct drop *drop,
		       bool is_member)
{
	const char *ids = drop->scope == PVID ? "1" : "10";
	unsigned int flags = drop->scope == PVID
				     ? VBR_PORT_VLAN_PVID |
					       VBR_PORT_VLAN_UNTAGGED
				     : 0;
	int rc = is_member ? add_vlans(world->o, drop->device, ids, flags)
			   : del_vlans(world->o, drop->device, ids);

	assert_int_equal(rc, 0);
}

static void set_vlan_state(struct world *world, const char *device,
			   uint64_t value)
{
	const struct vbr_setting state = { "state", value };
	struct vbr_vids *vids = vids_of("10");

	assert_int_equal(vbr_port_vlan_set_all(world->o->ctx, BR, device, vids,
					       &state, 1),
			 0);
	vbr_vids_free(vids);
}

/* -EOPNOTSUPP: this kernel does not have the option. */
static int set(struct world *world, const struct drop *drop, const char *device,
	       uint64_t value)
{
	struct vbr_ctx *ctx = world->o->ctx;
	struct vbr_link_settings mtu = { VBR_LINK_MTU, .mtu = (uint32_t)value };

	switch (drop->scope) {
	case PORT:
		return vbr_port_set(ctx, BR, device, drop->option, value);
	case BRIDGE:
		return vbr_bridge_set(ctx, BR, drop->option, value);
	case MTU:
		return vbr_link_set(ctx, device, &mtu);
	case VLAN_STATE:
		set_vlan_state(world, device, value);
		return 0;
	case MEMBER:
	case PVID:
	default:
		set_member(world, drop, value);
		return 0;
	}
}

/* --- a frame -------------------------------------------------------------- */

static struct sample make_frame(const struct drop *drop)
{
	static uint32_t id = 0x10000;
	struct sample sample = {
		.frame = { .port = "p0",
			   .src = { 2, 0xaa, 0, 0, 0, 1 },
			   .vlan = drop->tag ? drop->tag : -1,
			   .ethertype = 0x88b5,
			   .len = drop->scope == MTU ? 1200 : 80 },
		.id = ++id,
	};

	memcpy(sample.frame.dst, drop->dst, 6);
	return sample;
}

static bool arrives(struct world *world, const struct drop *drop)
{
	struct sample sample = make_frame(drop);
	struct arrival arrival;

	send_sample(world, &sample, &arrival);
	return arrival.vlan[drop->to] != NOWHERE;
}

/* The step of the trace that has this name and device, and an option. */
static const char *option_of_step(const struct vbr_trace *trace,
				  const struct drop *drop)
{
	const struct vbr_trace_step *step;
	const char *device = drop->scope == BRIDGE ? "p0" : drop->device;

	for (size_t i = 0; (step = vbr_trace_step_at(trace, i)); i++)
		if (strcmp(vbr_trace_step_name(step), drop->step) == 0 &&
		    strcmp(vbr_trace_step_device(step), device) == 0)
			return vbr_trace_step_option(step);
	return NULL;
}

static void is_named(struct world *world, const struct drop *drop)
{
	struct sample sample = make_frame(drop);
	struct vbr_trace *trace;
	const char *port, *option;
	int vlan;

	assert_int_equal(vbr_trace_frame(world->o->ctx, BR, &sample.frame,
					 &trace),
			 0);
	check(!vbr_trace_out_at(trace, 0, &port, &vlan),
	      "%s %s: the trace says that the frame leaves", drop->step,
	      drop->device);
	option = option_of_step(trace, drop);
	check(option && strcmp(option, drop->option) == 0,
	      "%s %s: the trace names %s, not %s", drop->step, drop->device,
	      option ? option : "nothing", drop->option);
	vbr_trace_free(trace);
}

/* --- drops ---------------------------------------------------------------- */

static void make_known(struct world *world, const struct drop *drop)
{
	if (drop->known_on)
		assert_int_equal(vbr_fdb_add(world->o->ctx, BR, drop->known_on,
					     drop->dst, (unsigned int)drop->tag,
					     VBR_FDB_STATIC, 0),
				 0);
}

static void try_drop(struct world *world, const struct drop *drop, bool filters)
{
	make_plain_world(world, 2);
	if (filters) {
		vbr_bridge_set(world->o->ctx, BR, "vlan_filtering", 1);
		add_vlans(world->o, "p0", "10", 0);
		add_vlans(world->o, "p1", "10", 0);
	}
	make_known(world, drop);
	if (drop->other)
		set(world, drop, drop->other, drop->bad);
	if (set(world, drop, drop->device, drop->bad) == 0) {
		is_named(world, drop);
		check(!arrives(world, drop), "%s %s: the frame arrives",
		      drop->step, drop->device);
		check(set(world, drop, drop->device, drop->good) == 0,
		      "%s %s: %s", drop->step, drop->device,
		      vbr_ctx_error(world->o->ctx));
		check(arrives(world, drop),
		      "%s %s: with %s changed, the frame does not arrive",
		      drop->step, drop->device, drop->option);
	}
	drop_world(world);
}

static void drops(void **state)
{
	struct world world = { .o = *state, .random = 1 };

	begin_worlds(&world);
	for (size_t i = 0; i < COUNT(plain); i++)
		try_drop(&world, &plain[i], false);
	for (size_t i = 0; world.has_filtering && i < COUNT(filtering); i++)
		try_drop(&world, &filtering[i], true);
	end_worlds(&world);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("the option that a trace names lets the frame pass",
			    drops),
	};

	return run_all(tests);
}
