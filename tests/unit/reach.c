/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Searches for changes on random bridges without a kernel: the result lets
 * frames pass, and brute force finds no smaller set. VB_REACH_SEED repeats a
 * run; VB_REACH_WORLDS makes it longer. */

#include "unit/unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "reach/ask.h"
#include "reach/copy.h"
#include "reach/make.h"
#include "trace/model.h"
#include "trace/run.h"

#define WORLDS 60
#define PORTS 3
#define EDITS_MAX 512

enum { BRIDGE = 1, FIRST_PORT };

static const unsigned int vids[] = { 1, 10, 20 };

/* br0 with the ports a, b and c. */
struct world {
	uint64_t random;
	struct trace_snapshot snapshot;
	struct trace_port ports[PORTS];
	struct trace_vlan vlans[PORTS + 1][COUNT(vids)];
	struct trace_fdb fdb[8];
	struct trace_device devices[2];
	struct stations stations;
	unsigned int asked;
};

static unsigned int draw(struct world *world, unsigned int limit)
{
	world->random ^= world->random << 13;
	world->random ^= world->random >> 7;
	world->random ^= world->random << 17;
	return (unsigned int)(world->random >> 16) % limit;
}

static bool rarely(struct world *world, unsigned int times)
{
	return draw(world, times) == 0;
}

/* --- random bridges ------------------------------------------------------- */

static void choose_vlans(struct world *world, struct trace_port *port,
			 struct trace_vlan *rows)
{
	size_t pvid = draw(world, 4);

	port->vlans = rows;
	for (size_t i = 0; i < COUNT(vids); i++) {
		if (draw(world, 2))
			continue;
		rows[port->vlan_count++] = (struct trace_vlan){
			.first = vids[i],
			.last = vids[i],
			.flags = (pvid == i ? VBR_PORT_VLAN_PVID : 0) |
				 (draw(world, 2) ? VBR_PORT_VLAN_UNTAGGED : 0),
			.state = rarely(world, 5) ? VBR_PORT_BLOCKING
						  : VBR_PORT_FORWARDING,
		};
	}
}

static void choose_port(struct world *world, size_t i)
{
	static const char names[PORTS][2] = { "a", "b", "c" };
	bool is_up = world->snapshot.bridge.is_up && !rarely(world, 6);

	world->ports[i] = (struct trace_port){
		.name = names[i],
		.index = FIRST_PORT + (int)i,
		.is_up = !rarely(world, 6),
		.mtu = 1500,
		.learning = !rarely(world, 4),
		.locked = rarely(world, 5),
		.unicast_flood = !rarely(world, 4),
		.multicast_flood = true,
		.broadcast_flood = !rarely(world, 4),
		.isolated = rarely(world, 3),
		.proxyarp = rarely(world, 6),
		.hairpin_mode = rarely(world, 6),
	};
	is_up &= world->ports[i].is_up;
	world->ports[i].has_carrier = world->ports[i].is_up;
	world->ports[i].state = is_up && !rarely(world, 5) ? VBR_PORT_FORWARDING
							   : VBR_PORT_DISABLED;
	choose_vlans(world, &world->ports[i], world->vlans[i]);
}

static void choose_fdb(struct world *world, const struct station *end)
{
	struct trace_snapshot *s = &world->snapshot;

	size_t port = draw(world, PORTS);
	unsigned int vlan = vids[draw(world, COUNT(vids))];

	if (!end->has_mac || end->member == BRIDGE || rarely(world, 2))
		return;
	/* A port that leaves a VLAN loses its entries there. */
	if (s->vlan_filtering && !trace_vlan_of(&world->ports[port], vlan))
		return;
	s->fdb[s->fdb_count] = (struct trace_fdb){
		.vlan = s->vlan_filtering ? vlan : 0,
		.port = FIRST_PORT + (int)port,
		.state = draw(world, 2) ? VBR_FDB_STATIC : VBR_FDB_LEARNED,
		.flags = draw(world, 2) ? VBR_FDB_STICKY : 0,
	};
	memcpy(s->fdb[s->fdb_count++].mac, end->mac, 6);
}

/* The bridge has an entry for its own address in each of its VLANs. */
static void know_host(struct world *world, const struct station *host)
{
	struct trace_snapshot *s = &world->snapshot;
	size_t rows = s->vlan_filtering ? s->bridge.vlan_count : 0;

	for (size_t i = 0; i <= rows; i++) {
		s->fdb[s->fdb_count] = (struct trace_fdb){
			.vlan = i < rows ? s->bridge.vlans[i].first : 0,
			.port = BRIDGE,
			.state = VBR_FDB_LOCAL,
		};
		memcpy(s->fdb[s->fdb_count++].mac, host->mac, 6);
	}
}

static void choose_devices(struct world *world)
{
	struct trace_snapshot *s = &world->snapshot;

	if (rarely(world, 3))
		world->devices[s->device_count++] = (struct trace_device){
			"a.10", FIRST_PORT, 10, VBR_VLAN_8021Q, true
		};
	if (rarely(world, 3))
		world->devices[s->device_count++] = (struct trace_device){
			"br0.10", BRIDGE, 10, VBR_VLAN_8021Q, draw(world, 2)
		};
}

static void choose_stations(struct world *world)
{
	struct station *ends = world->stations.ends;

	for (size_t i = 0; i < 2; i++)
		ends[i] = (struct station){
			.member = FIRST_PORT + (int)i,
			.has_mac = draw(world, 2),
			.mac = { 2, 0, 0, 0, 0, (uint8_t)(1 + i) },
		};
	if (rarely(world, 3)) {
		ends[1].member = BRIDGE;
		ends[1].has_mac = ends[1].is_bridge_mac = true;
		know_host(world, &ends[1]);
	}
	choose_fdb(world, &ends[0]);
	choose_fdb(world, &ends[1]);
	if (rarely(world, 3))
		world->asked = vids[draw(world, COUNT(vids))];
}

static void make_world(uint64_t random, struct world *world)
{
	struct trace_snapshot *s = &world->snapshot;

	*world = (struct world){ .random = random };
	s->kernel = TRACE_KERNEL;
	s->bridge = (struct trace_port){ .name = "br0",
					 .index = BRIDGE,
					 .is_up = !rarely(world, 6),
					 .mtu = 1500 };
	s->vlan_filtering = draw(world, 3) > 0;
	s->vlan_protocol = VBR_VLAN_8021Q;
	s->ageing_time = rarely(world, 5) ? 0 : 30000;
	s->ports = world->ports;
	s->port_count = PORTS;
	s->fdb = world->fdb;
	s->devices = world->devices;
	choose_vlans(world, &s->bridge, world->vlans[PORTS]);
	for (size_t i = 0; i < PORTS; i++)
		choose_port(world, i);
	choose_stations(world);
	choose_devices(world);
}

/* --- all changes that there are ------------------------------------------- */

/* A change of the search, or one that the search never makes. */
struct edit {
	struct change change;
	bool turns, leaves; /* inverts a flag; leaves a VLAN */
};

struct edits {
	struct edit list[EDITS_MAX];
	size_t count;
};

static void add(struct edits *edits, const struct edit *edit)
{
	assert_true(edits->count < EDITS_MAX);
	edits->list[edits->count++] = *edit;
}

static void add_kind(struct edits *edits, enum change_kind kind, int member,
		     unsigned int vlan, unsigned int flags)
{
	add(edits, &(struct edit){ .change = { .kind = kind,
					       .member = member,
					       .vlan = vlan,
					       .flags = flags } });
}

static void add_vlans(struct edits *edits, int member)
{
	static const unsigned int flags[] = { 0, VBR_PORT_VLAN_PVID,
					      VBR_PORT_VLAN_UNTAGGED,
					      VBR_PORT_VLAN_PVID |
						      VBR_PORT_VLAN_UNTAGGED };

	for (size_t i = 0; i < COUNT(vids); i++) {
		for (size_t k = 0; k < COUNT(flags); k++)
			add_kind(edits, CHANGE_JOIN, member, vids[i], flags[k]);
		add_kind(edits, CHANGE_VLAN_STATE, member, vids[i], 0);
		add(edits, &(struct edit){ .change = { .member = member,
						       .vlan = vids[i] },
					   .leaves = true });
	}
}

/* The number of flags in the table. */
#define PORT_FLAGS 6

static void add_port(struct edits *edits, int member)
{
	struct change flag = { .kind = CHANGE_FLAG, .member = member };

	add_kind(edits, CHANGE_STATE, member, 0, 0);
	for (; flag.flag < PORT_FLAGS; flag.flag++) {
		add(edits, &(struct edit){ .change = flag });
		add(edits, &(struct edit){ .change = flag, .turns = true });
	}
}

static void add_macs(const struct world *world, struct edits *edits,
		     const struct station *end)
{
	struct change change = { .kind = CHANGE_MAC_ADD };

	memcpy(change.mac, end->mac, 6);
	if (!end->has_mac || end->member == BRIDGE)
		return;
	for (int member = FIRST_PORT; member < FIRST_PORT + PORTS; member++) {
		for (size_t i = 0; i <= COUNT(vids); i++) {
			change.member = member;
			change.vlan = i < COUNT(vids) ? vids[i] : 0;
			if (!change.vlan == world->snapshot.vlan_filtering)
				continue;
			change.kind = CHANGE_MAC_ADD;
			add(edits, &(struct edit){ .change = change });
			change.kind = CHANGE_MAC_DEL;
			add(edits, &(struct edit){ .change = change });
		}
	}
}

static void list_edits(const struct world *world, struct edits *edits)
{
	const struct trace_snapshot *s = &world->snapshot;

	edits->count = 0;
	for (int member = BRIDGE; member < FIRST_PORT + PORTS; member++) {
		const struct trace_port *port = trace_port_of(s, member);

		if (!(port ? port : &s->bridge)->is_up)
			add_kind(edits, CHANGE_UP, member, 0, 0);
		if (s->vlan_filtering && member < FIRST_PORT + 2)
			add_vlans(edits, member);
		if (port)
			add_port(edits, member);
	}
	for (size_t i = 0; i < s->device_count; i++) {
		struct change change = { .kind = CHANGE_DEVICE_UP,
					 .member = s->devices[i].parent,
					 .device = s->devices[i].name };

		if (change.member != BRIDGE)
			change.kind = CHANGE_DEVICE_REM;
		add(edits, &(struct edit){ .change = change });
	}
	add_macs(world, edits, &world->stations.ends[0]);
	add_macs(world, edits, &world->stations.ends[1]);
}

static void leave_vlan(struct trace_snapshot *copy, const struct change *change)
{
	struct trace_port *port = snapshot_member(copy, change->member);

	assert_int_equal(snapshot_join(copy, port, change->vlan, 0), 0);
	/* The new row is the last one. */
	port->vlan_count--;
}

/* Sets the value that stops frames. */
static void turn_flag(struct trace_snapshot *copy, const struct change *change)
{
	struct trace_port *port = snapshot_member(copy, change->member);
	const struct trace_port before = *port;

	change_set_flag(change, port);
	if (memcmp(&before, port, sizeof(before)) == 0) {
		struct trace_port both[2] = { *port, *port };
		uint8_t *bytes = (uint8_t *)port;

		memset(&both[0], 0, sizeof(both[0]));
		memset(&both[1], 1, sizeof(both[1]));
		change_set_flag(change, &both[0]);
		change_set_flag(change, &both[1]);
		/* The byte of the flag is the same in both. */
		for (size_t i = 0; i < sizeof(both[0]); i++)
			if (((uint8_t *)&both[0])[i] ==
			    ((uint8_t *)&both[1])[i])
				bytes[i] = !bytes[i];
	} else {
		*port = before;
	}
}

/* Returns whether the kernel would accept the change. */
static bool make_edit(const struct world *world, const struct edit *edit,
		      struct trace_snapshot *copy)
{
	const struct trace_fdb *entry = trace_fdb_of(copy, edit->change.mac,
						     edit->change.vlan);
	struct changes one = { .list = { edit->change }, .count = 1 };

	one.has_host = world->stations.ends[1].member == BRIDGE;
	memcpy(one.host_mac, world->stations.ends[1].mac, 6);
	if (edit->change.kind == CHANGE_MAC_DEL &&
	    (!entry || entry->port != edit->change.member))
		return false;
	if (edit->leaves)
		leave_vlan(copy, &edit->change);
	else if (edit->turns)
		turn_flag(copy, &edit->change);
	else
		return changes_make(&one, 1, copy) == 0;
	return true;
}

/* --- brute force ---------------------------------------------------------- */

static bool talk(struct trace_snapshot *snapshot,
		 const struct stations *stations)
{
	struct talk_result result;
	bool works;

	assert_int_equal(talk_on_copy(snapshot, stations, &result), 0);
	works = result.first_stop == TALK_FRAMES;
	talk_result_drop(&result);
	return works;
}

/* The stations must meet in a VLAN of one of them, instead of moving to
 * another. */
static bool keeps_vlans(const struct world *world, unsigned int vlan,
			const struct edit *edit)
{
	unsigned int joined = edit ? edit->change.vlan : 0;
	bool is_kept = !joined || edit->change.kind != CHANGE_JOIN ||
		       joined == vlan;

	for (size_t i = 0; i < 2 && !world->asked; i++) {
		int member = world->stations.ends[i].member;
		const struct trace_port *port = trace_port_of(&world->snapshot,
							      member);

		is_kept |= joined ==
			   trace_pvid_of(port ? port : &world->snapshot.bridge);
	}
	return is_kept;
}

/* Makes up to two edits; NULL: none. */
static bool mends(struct world *world, const struct vlans *vlans,
		  const struct edit *one, const struct edit *other)
{
	struct trace_snapshot copy;
	bool works = false;

	assert_int_equal(snapshot_copy(&world->snapshot, &copy), 0);
	if ((!one || make_edit(world, one, &copy)) &&
	    (!other || make_edit(world, other, &copy)))
		for (size_t i = 0; i < vlans->count && !works; i++) {
			struct stations stations = stations_in_vlan(
				&world->snapshot, &world->stations,
				vlans->list[i]);

			works = keeps_vlans(world, vlans->list[i], one) &&
				keeps_vlans(world, vlans->list[i], other) &&
				talk(&copy, &stations);
		}
	trace_snapshot_drop(&copy);
	return works;
}

/* The size of the smallest set, up to "most"; most + 1: there is none. */
static size_t brute_force(struct world *world, const struct vlans *vlans,
			  size_t most)
{
	static struct edits edits;

	if (mends(world, vlans, NULL, NULL))
		return 0;
	list_edits(world, &edits);
	for (size_t i = 0; most > 0 && i < edits.count; i++)
		if (mends(world, vlans, &edits.list[i], NULL))
			return 1;
	for (size_t i = 0; most > 1 && i < edits.count; i++)
		for (size_t k = 0; k < edits.count; k++)
			if (mends(world, vlans, &edits.list[i], &edits.list[k]))
				return 2;
	return most + 1;
}

static size_t least(size_t one, size_t other)
{
	return one < other ? one : other;
}

static bool is_smallest(struct world *world)
{
	struct stations stations = world->stations;
	struct search_result search;
	struct trace_snapshot copy;
	struct vlans vlans;
	size_t size, most;
	bool works;

	vlans_choose(&world->snapshot, world->asked, &stations, &vlans);
	assert_int_equal(ask_stations(&world->snapshot, world->asked, &stations,
				      &works, &search),
			 0);
	world->stations.is_strict = stations.is_strict;
	assert_false(search.is_cut);
	size = works ? 0 : search.size ? search.size : 100;
	assert_int_equal(snapshot_copy(&world->snapshot, &copy), 0);
	if (search.size) {
		assert_int_equal(changes_make(&search.changes, search.set,
					      &copy),
				 0);
		assert_true(talk(&copy, &stations));
	}
	trace_snapshot_drop(&copy);
	most = size == 0 ? 0 : least(size - 1, 2);
	most = brute_force(world, &vlans, most);
	if (size >= 3 ? most == 3 : most == size)
		return true;
	print_error("search: %zu, brute force: %zu\n", size, most);
	return false;
}

static uint64_t number_of(const char *variable, uint64_t otherwise)
{
	const char *text = getenv(variable);

	return text ? strtoull(text, NULL, 0) : otherwise;
}

static void random_worlds(void **state)
{
	uint64_t seed = number_of("VB_REACH_SEED", (uint64_t)time(NULL) * 1000);
	uint64_t worlds = number_of("VB_REACH_WORLDS", WORLDS), wrong = 0;

	(void)state;
	print_message("# seed %llu, %llu bridges\n", (unsigned long long)seed,
		      (unsigned long long)worlds);
	for (uint64_t i = 0; i < worlds; i++) {
		struct world world;

		make_world((seed + i) * UINT64_C(0x9e3779b97f4a7c15) | 1,
			   &world);
		if (is_smallest(&world))
			continue;
		print_error("seed %llu\n", (unsigned long long)(seed + i));
		wrong++;
	}
	check(wrong == 0, "%llu sets of changes are not the smallest",
	      (unsigned long long)wrong);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("no smaller set of changes lets the frames pass",
		     random_worlds),
	};

	return run_all(tests);
}
