/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes a random bridge. Options that this kernel lacks or refuses are left
 * out: the trace must be right about the state that results. */

#include "oracle/trace.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BR "br0"

const char *const any_group[3] = { "239.1.1.1", "239.1.1.2", "239.7.7.7" };

const char *const any_source[2] = { "10.0.0.1", "10.0.0.2" };

unsigned int draw(struct world *world, unsigned int limit)
{
	world->random ^= world->random << 13;
	world->random ^= world->random >> 7;
	world->random ^= world->random << 17;
	return (unsigned int)(world->random >> 16) % limit;
}

bool rarely(struct world *world, unsigned int times)
{
	return draw(world, times) == 0;
}

/* Only a few addresses, so that some are equal. */
void any_mac(struct world *world, uint8_t ret_mac[6])
{
	const uint8_t mac[6] = {
		2, 0xaa, 0, 0, 0, (uint8_t)(1 + draw(world, 6))
	};
	unsigned int port = draw(world, (unsigned int)world->ports);

	memcpy(ret_mac, mac, 6);
	if (rarely(world, 6))
		memcpy(ret_mac, world->port_mac[port], 6);
	else if (rarely(world, 8))
		memcpy(ret_mac, world->bridge_mac, 6);
}

static const char *name_of(char first, size_t i)
{
	static char name[2][24];
	static unsigned int turn;
	char *text = name[turn++ % 2];

	snprintf(text, sizeof(name[0]), "%c%zu", first, i);
	return text;
}

static void mac_of(struct world *world, const char *name, uint8_t ret_mac[6])
{
	struct vbr_link *link;

	assert_int_equal(vbr_link_get(world->o->ctx, name, &link), 0);
	memcpy(ret_mac, vbr_link_mac(link), 6);
	vbr_link_free(link);
}

static bool is_forwarding(struct oracle *o, const char *port)
{
	struct vbr_port *read;
	uint64_t state = 0;

	assert_int_equal(vbr_port_get(o->ctx, BR, port, &read), 0);
	vbr_port_value(read, "state", &state);
	vbr_port_free(read);
	return state == VBR_PORT_FORWARDING;
}

static void make_ports(struct world *world)
{
	struct oracle *o = world->o;

	for (size_t i = 0; i < world->ports; i++) {
		const char *port = name_of('p', i), *far = name_of('f', i);
		struct vbr_link_settings mtu = { VBR_LINK_MTU, .mtu = 2000 };

		make_veth(o, port, far);
		assert_int_equal(vbr_link_set(o->ctx, far, &mtu), 0);
		mtu.mtu = rarely(world, 4) ? 1400 : 1500;
		assert_int_equal(vbr_link_set(o->ctx, port, &mtu), 0);
		assert_int_equal(vbr_port_add(o->ctx, BR, port), 0);
		set_up(o, port);
		set_up(o, far);
		world->port[i] = index_of(o, port);
		world->far[i] = index_of(o, far);
		mac_of(world, port, world->port_mac[i]);
	}
	set_up(o, BR);
	for (size_t i = 0; i < world->ports; i++)
		assert_true(eventually(is_forwarding, o, name_of('p', i)));
	mac_of(world, BR, world->bridge_mac);
}

/* --- options -------------------------------------------------------------- */

static void set(struct world *world, const char *option, uint64_t value)
{
	vbr_bridge_set(world->o->ctx, BR, option, value);
}

static void choose_bridge(struct world *world)
{
	world->ages = !rarely(world, 8);
	if (!world->ages)
		set(world, "ageing_time", 0);
	if (rarely(world, 3))
		set(world, "group_fwd_mask", draw(world, 0x10000) & 0xfff8);
	if (rarely(world, 4))
		set(world, "multicast_snooping", 0);
	if (rarely(world, 6))
		set(world, "no_linklocal_learn", 1);
	if (rarely(world, 8))
		set(world, "fdb_max_learned", 1 + draw(world, 3));
	set(world, "multicast_router", draw(world, 3));
	if (rarely(world, 4))
		set(world, "multicast_igmp_version", 3);
}

/* The kernel waits for the answer of another querier. This timer cannot be
 * read, and takes a moment even if it is 0. */
static void await_querier(void)
{
	const struct timespec delay = { .tv_nsec = 50000000 };

	nanosleep(&delay, NULL);
}

static void choose_querier(struct world *world)
{
	world->has_querier = !rarely(world, 3);
	if (!world->has_querier)
		return;
	set(world, "multicast_query_response_interval", 0);
	set(world, "multicast_querier", 1);
}

static void choose_port(struct world *world, const char *port)
{
	static const char *const flags[] = {
		"learning",	   "unicast_flood", "multicast_flood",
		"broadcast_flood", "isolated",	    "hairpin_mode",
		"locked",	   "proxyarp",	    "multicast_to_unicast",
	};
	struct vbr_ctx *ctx = world->o->ctx;

	for (size_t i = 0; i < COUNT(flags); i++) {
		bool is_on = i < 4;

		if (rarely(world, strcmp(flags[i], "isolated") == 0 ? 3 : 7))
			vbr_port_set(ctx, BR, port, flags[i], !is_on);
	}
	if (rarely(world, 3))
		vbr_port_set(ctx, BR, port, "mab", 1);
	if (rarely(world, 5))
		vbr_port_set(ctx, BR, port, "group_fwd_mask",
			     draw(world, 0x10000) & 0xfffd);
	if (rarely(world, 4))
		vbr_port_set(ctx, BR, port, "multicast_router", draw(world, 3));
	if (rarely(world, 7))
		vbr_port_set(ctx, BR, port, "state", draw(world, 5));
}

static bool has_no_carrier(struct oracle *o, const char *port)
{
	struct vbr_link *link;
	bool has;

	assert_int_equal(vbr_link_get(o->ctx, port, &link), 0);
	has = vbr_link_has_carrier(link);
	vbr_link_free(link);
	return !has && !is_forwarding(o, port);
}

static void choose_backup(struct world *world)
{
	struct oracle *o = world->o;

	vbr_port_set(o->ctx, BR, "p0", "backup_port", (uint64_t)world->port[1]);
	assert_int_equal(vbr_link_set_up(o->ctx, "f0", false), 0);
	assert_true(eventually(has_no_carrier, o, "p0"));
}

/* --- VLANs ---------------------------------------------------------------- */

static const char *any_vid(struct world *world)
{
	static const char *const vids[] = { "1", "10", "20" };

	return vids[draw(world, 3)];
}

static void choose_state(struct world *world, const char *member)
{
	struct vbr_setting state = { "state", draw(world, 5) };
	struct vbr_vids *vids = vids_of(any_vid(world));

	vbr_port_vlan_set_all(world->o->ctx, BR, member, vids, &state, 1);
	vbr_vids_free(vids);
}

static void choose_vlans(struct world *world, const char *member)
{
	struct oracle *o = world->o;

	for (int i = 0; i < 3; i++) {
		unsigned int flags = draw(world, 2) ? VBR_PORT_VLAN_UNTAGGED
						    : 0;

		if (rarely(world, 3))
			flags |= VBR_PORT_VLAN_PVID;
		add_vlans(o, member, any_vid(world), flags);
	}
	if (rarely(world, 3))
		del_vlans(o, member, any_vid(world));
	if (rarely(world, 6))
		choose_state(world, member);
}

/* Some VLANs snoop, with a querier or without. */
static void choose_vlan_snooping(struct world *world)
{
	static const char *const names[] = { "1", "10", "20" };
	const struct vbr_setting querier[2] = {
		{ "mcast_query_response_interval", 0 },
		{ "mcast_querier", 1 },
	};

	set(world, "mcast_vlan_snooping", 1);
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct vbr_setting others[2] = {
			{ "mcast_snooping", !rarely(world, 4) },
			{ "mcast_igmp_version", 2 + draw(world, 2) },
		};
		struct vbr_vids *vids = vids_of(names[i]);

		vbr_bridge_vlan_set_all(world->o->ctx, BR, vids, others, 2);
		if (world->has_querier)
			vbr_bridge_vlan_set_all(world->o->ctx, BR, vids,
						querier, 2);
		vbr_vids_free(vids);
	}
}

static void choose_vlan_router(struct world *world, const char *member)
{
	const struct vbr_setting router = { "mcast_router", draw(world, 3) };
	struct vbr_vids *vids = vids_of(any_vid(world));

	vbr_port_vlan_set_all(world->o->ctx, BR, member, vids, &router, 1);
	vbr_vids_free(vids);
}

static void choose_filtering(struct world *world)
{
	set(world, "vlan_filtering", 1);
	world->is_filtering = true;
	if (rarely(world, 6))
		set(world, "vlan_protocol", VBR_VLAN_8021AD);
	choose_vlans(world, BR);
	for (size_t i = 0; i < world->ports; i++)
		choose_vlans(world, name_of('p', i));
	if (draw(world, 2))
		return;
	choose_vlan_snooping(world);
	choose_vlan_router(world, BR);
	for (size_t i = 0; i < world->ports; i++)
		choose_vlan_router(world, name_of('p', i));
}

static void choose_devices(struct world *world)
{
	struct vbr_ctx *ctx = world->o->ctx;
	struct vbr_vids *vids = vids_of("10");

	if (vbr_vlan_add(ctx, "p0", vids, 0, "v0") == 0 && draw(world, 2))
		set_up(world->o, "v0");
	if (draw(world, 2) && vbr_vlan_add(ctx, BR, vids, 0, "vb") == 0)
		set_up(world->o, "vb");
	vbr_vids_free(vids);
}

/* --- FDB entries ---------------------------------------------------------- */

static const char *any_member(struct world *world)
{
	unsigned int i = draw(world, (unsigned int)world->ports + 1);

	return i == world->ports ? BR : name_of('p', i);
}

static unsigned int any_vlan(struct world *world)
{
	static const unsigned int vlans[] = { 0, 1, 10, 20 };

	return world->is_filtering ? vlans[draw(world, 4)] : 0;
}

static void add_entries(struct world *world)
{
	struct vbr_ctx *ctx = world->o->ctx;
	uint8_t mac[6];

	/* Learned entries would expire during the test. */
	for (unsigned int i = draw(world, 8); i > 0; i--) {
		any_mac(world, mac);
		vbr_fdb_add(ctx, BR, any_member(world), mac, any_vlan(world),
			    (enum vbr_fdb_state)draw(world,
						     world->ages ? 3 : 2),
			    rarely(world, 3) ? VBR_FDB_STICKY : 0);
	}
	for (unsigned int i = draw(world, 6); i > 0; i--)
		vbr_mdb_add(ctx, BR, any_member(world),
			    any_group[draw(world, 2)],
			    rarely(world, 3) ? any_source[draw(world, 2)]
					     : NULL,
			    any_vlan(world), true);
	if (rarely(world, 2))
		vbr_mdb_add(ctx, BR, any_member(world), "01:02:03:04:05:06",
			    NULL, any_vlan(world), true);
}

static void choose_promiscuous(struct world *world)
{
	struct packet_mreq req = {
		.mr_ifindex = world->bridge,
		.mr_type = PACKET_MR_PROMISC,
	};

	world->promiscuous = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	assert_return_code(world->promiscuous, errno);
	assert_int_equal(setsockopt(world->promiscuous, SOL_PACKET,
				    PACKET_ADD_MEMBERSHIP, &req, sizeof(req)),
			 0);
}

void make_plain_world(struct world *world, size_t ports)
{
	world->promiscuous = -1;
	world->ports = ports;
	make_bridge(world->o, BR);
	world->bridge = index_of(world->o, BR);
	make_ports(world);
}

void make_world(struct world *world)
{
	struct oracle *o = world->o;

	world->promiscuous = -1;
	world->ports = 2 + draw(world, MOST_PORTS - 1);
	make_bridge(o, BR);
	world->bridge = index_of(o, BR);
	choose_querier(world);
	make_ports(world);
	choose_bridge(world);
	if (world->has_filtering && draw(world, 2))
		choose_filtering(world);
	if (world->has_vlans && rarely(world, 3))
		choose_devices(world);
	for (size_t i = 0; i < world->ports; i++)
		choose_port(world, name_of('p', i));
	add_entries(world);
	if (rarely(world, 6))
		choose_backup(world);
	if (rarely(world, 6))
		choose_promiscuous(world);
	if (rarely(world, 10))
		set(world, "stp_state", 1);
	if (world->has_querier)
		await_querier();
}

void drop_world(struct world *world)
{
	if (world->promiscuous >= 0)
		close(world->promiscuous);
	for (size_t i = 0; i < world->ports; i++)
		delete_link(world->o, name_of('f', i));
	delete_link(world->o, BR);
	world->is_filtering = false;
}

/* --- all bridges ----------------------------------------------------------- */

/* On a single processor, frames keep their order. */
static void stay(void)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET((size_t)sched_getcpu(), &set);
	sched_setaffinity(0, sizeof(set), &set);
}

static bool can_make_vlans(struct oracle *o)
{
	struct vbr_vids *vids = vids_of("10");
	bool can = vbr_vlan_add(o->ctx, "m0", vids, 0, "m0.10") == 0;

	vbr_vids_free(vids);
	return can;
}

static bool filters(struct oracle *o)
{
	bool can;

	make_bridge(o, "br1");
	can = can_filter(o, "br1");
	delete_link(o, "br1");
	return can;
}

void begin_worlds(struct world *world)
{
	stay();
	open_sockets(world);
	world->has_vlans = can_make_vlans(world->o);
	world->has_filtering = filters(world->o);
}

void end_worlds(struct world *world)
{
	close(world->tap);
	close(world->sender);
}

/* --- frames --------------------------------------------------------------- */

void run_frames(struct oracle *o, const struct frames *frames)
{
	uint64_t seed = seed_of(frames->seed), wrong = 0;
	uint64_t count = number_of(frames->count, frames->frames);
	struct world world = { .o = o, .random = seed | 1 };

	print_message("# seed %llu, %llu frames\n", (unsigned long long)seed,
		      (unsigned long long)count);
	begin_worlds(&world);
	for (uint64_t i = 0; i < count; i++) {
		if (i % frames->of_world == 0)
			make_world(&world);
		wrong += !frames->run(&world);
		if (i % frames->of_world == frames->of_world - 1 ||
		    i == count - 1)
			drop_world(&world);
	}
	check(wrong == 0, "%llu of %llu frames are not as predicted; seed %llu",
	      (unsigned long long)wrong, (unsigned long long)count,
	      (unsigned long long)seed);
	end_worlds(&world);
}
