/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Compares the table of random bridges with single frames: for each pair in
 * each VLAN, what the model says about frames of the two in a copy of the
 * snapshot. VB_REACH_SEED repeats a run; VB_REACH_WORLDS makes it longer. */

#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "reach/ask.h"
#include "reach/matrix.h"
#include "reach/result.h"
#include "trace/model.h"
#include "trace/run.h"

#define WORLDS 400
#define PORTS 6
#define MEMBERS (PORTS + 1)

enum { BRIDGE = 1, FIRST_PORT };

static const unsigned int vids[] = { 1, 10, 11, 20 };

struct world {
	uint64_t random;
	struct trace_snapshot snapshot;
	struct trace_port ports[PORTS];
	struct trace_vlan vlans[MEMBERS][COUNT(vids)];
	struct trace_fdb *fdb; /* changed by the table */
	struct trace_device devices[4];
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
	size_t pvid = draw(world, COUNT(vids));
	bool is_trunk = draw(world, 2);

	port->vlans = rows;
	for (size_t i = 0; i < COUNT(vids); i++) {
		unsigned int flags = 0;

		if (rarely(world, 3))
			continue;
		if (!is_trunk && (pvid == i || rarely(world, 4)))
			flags = VBR_PORT_VLAN_UNTAGGED;
		if (pvid == i && !rarely(world, 4))
			flags |= VBR_PORT_VLAN_PVID;
		rows[port->vlan_count++] = (struct trace_vlan){
			.first = vids[i],
			.last = vids[i],
			.flags = flags,
			.state = rarely(world, 8) ? VBR_PORT_BLOCKING
						  : VBR_PORT_FORWARDING,
			.has_tunnel = rarely(world, 8),
		};
	}
}

static void choose_port(struct world *world, size_t i)
{
	static const char names[PORTS][2] = { "a", "b", "c", "d", "e", "f" };

	world->ports[i] = (struct trace_port){
		.name = names[i],
		.index = FIRST_PORT + (int)i,
		.mac = { 2, 1, 0, 0, 0, (uint8_t)i },
		.is_up = !rarely(world, 9),
		.mtu = 1500,
		.has_carrier = !rarely(world, 9),
		.state = rarely(world, 9) ? VBR_PORT_BLOCKING
					  : VBR_PORT_FORWARDING,
		.learning = !rarely(world, 6),
		.locked = rarely(world, 4),
		.mab = rarely(world, 4),
		.unicast_flood = !rarely(world, 6),
		.multicast_flood = true,
		.broadcast_flood = !rarely(world, 9),
		.isolated = rarely(world, 3),
		.proxyarp = rarely(world, 9),
		.vlan_tunnel = rarely(world, 4),
	};
	if (rarely(world, 6))
		world->ports[i].backup_port = FIRST_PORT +
					      (int)draw(world, PORTS);
	choose_vlans(world, &world->ports[i], world->vlans[i]);
}

static void add_entry(struct world *world, const uint8_t mac[6],
		      unsigned int vlan, int port, enum vbr_fdb_state state)
{
	struct trace_snapshot *s = &world->snapshot;

	if (trace_fdb_of(s, mac, vlan))
		return;
	s->fdb[s->fdb_count] = (struct trace_fdb){
		.vlan = vlan,
		.port = port,
		.state = state,
		.flags = (rarely(world, 4) ? VBR_FDB_STICKY : 0) |
			 (rarely(world, 4) ? VBR_FDB_LOCKED : 0),
	};
	memcpy(s->fdb[s->fdb_count++].mac, mac, 6);
}

static unsigned int any_vlan(struct world *world)
{
	return world->snapshot.vlan_filtering ? vids[draw(world, COUNT(vids))]
					      : 0;
}

static void choose_fdb(struct world *world)
{
	struct trace_snapshot *s = &world->snapshot;
	const uint8_t *host = s->bridge.mac;

	/* For the host, also entries that the kernel would not accept. */
	if (rarely(world, 6))
		add_entry(world, host, any_vlan(world), FIRST_PORT,
			  VBR_FDB_STATIC);
	for (size_t i = 0; i < COUNT(vids) && !rarely(world, 6); i++)
		add_entry(world, host, s->vlan_filtering ? vids[i] : 0, BRIDGE,
			  VBR_FDB_LOCAL);
	add_entry(world, host, 0, BRIDGE, VBR_FDB_LOCAL);
	for (unsigned int i = draw(world, 16); i > 0; i--) {
		const uint8_t mac[6] = {
			2, 0, 0, 0, 0, (uint8_t)draw(world, 8)
		};

		add_entry(world, mac, any_vlan(world),
			  FIRST_PORT + (int)draw(world, PORTS),
			  draw(world, 2) ? VBR_FDB_STATIC : VBR_FDB_LEARNED);
	}
}

static void choose_devices(struct world *world)
{
	struct trace_snapshot *s = &world->snapshot;

	while (s->device_count < COUNT(world->devices) && draw(world, 2))
		world->devices[s->device_count++] = (struct trace_device){
			"device", BRIDGE + (int)draw(world, MEMBERS),
			vids[draw(world, COUNT(vids))],
			rarely(world, 6) ? VBR_VLAN_8021AD : VBR_VLAN_8021Q,
			draw(world, 2)
		};
}

static void make_world(uint64_t random, struct world *world)
{
	struct trace_snapshot *s = &world->snapshot;

	*world = (struct world){ .random = random };
	s->kernel = TRACE_KERNEL;
	s->bridge = (struct trace_port){ .name = "br0",
					 .index = BRIDGE,
					 .mac = { 2, 1, 0, 0, 0, 0xff },
					 .is_up = !rarely(world, 9),
					 .mtu = 1500 };
	s->is_promiscuous = rarely(world, 6);
	s->vlan_filtering = draw(world, 4) > 0;
	s->fdb_local_vlan_0 = rarely(world, 4);
	s->vlan_protocol = rarely(world, 8) ? VBR_VLAN_8021AD : VBR_VLAN_8021Q;
	s->ageing_time = rarely(world, 8) ? 0 : 30000;
	s->max_learned = rarely(world, 3) ? 2 : 0;
	s->n_learned = draw(world, 3);
	s->ports = world->ports;
	s->port_count = PORTS;
	s->fdb = world->fdb = calloc(64, sizeof(*s->fdb));
	assert_non_null(s->fdb);
	s->devices = world->devices;
	choose_vlans(world, &s->bridge, world->vlans[PORTS]);
	for (size_t i = 0; i < PORTS; i++)
		choose_port(world, i);
	choose_fdb(world);
	choose_devices(world);
}

/* --- one pair after the other --------------------------------------------- */

static struct station station_at(const struct world *world, size_t member,
				 unsigned int vlan, int number)
{
	const struct trace_snapshot *s = &world->snapshot;
	struct station station = {
		.member = member < PORTS ? FIRST_PORT + (int)member : BRIDGE,
		.mac = { 2, 0, 0x5e, 0, 0x53, (uint8_t)(1 + number) },
	};

	if (member == PORTS) {
		station.has_mac = station.is_bridge_mac = true;
		memcpy(station.mac, s->bridge.mac, 6);
	}
	for (size_t i = s->fdb_count; member < PORTS && i > 0; i--) {
		const struct trace_fdb *entry = &s->fdb[i - 1];

		if (!world->ports[member].locked ||
		    entry->port != station.member || entry->vlan != vlan ||
		    entry->state == VBR_FDB_LOCAL ||
		    entry->flags & VBR_FDB_LOCKED)
			continue;
		station.has_mac = true;
		memcpy(station.mac, entry->mac, 6);
	}
	return station;
}

static bool talk(const struct world *world, unsigned int vlan, size_t one,
		 size_t other)
{
	struct stations stations = {
		.ends = { station_at(world, one, vlan, 0),
			  station_at(world, other, vlan, 1) },
		.is_strict = vlan != 0,
	};
	struct talk_result result;
	bool works;

	stations = stations_in_vlan(&world->snapshot, &stations, vlan);
	assert_int_equal(talk_on_copy(&world->snapshot, &stations, &result), 0);
	works = result.first_stop == TALK_FRAMES;
	talk_result_drop(&result);
	return works;
}

static bool expected[COUNT(vids)][MEMBERS][MEMBERS];

/* Called before the table is made, because the table removes entries. */
static void ask_all(const struct world *world)
{
	bool filters = world->snapshot.vlan_filtering;

	for (size_t v = 0; v < (filters ? COUNT(vids) : 1); v++)
		for (size_t i = 0; i < MEMBERS; i++)
			for (size_t k = i + 1; k < MEMBERS; k++)
				expected[v][i][k] = expected[v][k][i] = talk(
					world, filters ? vids[v] : 0, i, k);
}

/* --- the table ------------------------------------------------------------ */

static size_t number_of_vlan(unsigned int vlan)
{
	size_t v = 0;

	while (vlan && vids[v] != vlan)
		v++;
	return v;
}

/* Counts the wrong pairs in a VLAN. */
static unsigned int compare_pairs(const struct matrix *matrix, size_t vlan)
{
	size_t v = number_of_vlan(matrix->vlans[vlan]);
	unsigned int wrong = 0;

	for (size_t i = 0; i < MEMBERS; i++)
		for (size_t k = 0; k < MEMBERS; k++) {
			if (i == k || matrix_works(matrix, vlan, i, k) ==
					      expected[v][i][k])
				continue;
			print_error("VLAN %u, members %zu and %zu: %d\n",
				    matrix->vlans[vlan], i, k,
				    expected[v][k][i]);
			wrong++;
		}
	return wrong;
}

/* Exactly the members of a group reach the same members. */
static unsigned int compare_groups(const struct matrix *matrix, size_t vlan)
{
	const size_t *groups = &matrix->groups[vlan * MEMBERS];
	size_t v = number_of_vlan(matrix->vlans[vlan]);
	unsigned int wrong = 0;

	for (size_t i = 0; i < MEMBERS; i++)
		for (size_t k = 0; k < MEMBERS; k++) {
			bool is_alike = true;

			if (!matrix_has(matrix, vlan, i) ||
			    !matrix_has(matrix, vlan, k))
				continue;
			for (size_t m = 0; m < MEMBERS; m++)
				is_alike &= m == i || m == k ||
					    expected[v][i][m] ==
						    expected[v][k][m];
			wrong += is_alike != (groups[i] == groups[k]);
		}
	return wrong;
}

/* Two VLANs are equal if they have the same members and pairs. */
static unsigned int compare_same(const struct matrix *matrix, size_t one,
				 size_t other)
{
	size_t v = number_of_vlan(matrix->vlans[one]);
	size_t w = number_of_vlan(matrix->vlans[other]);
	bool is_same = true;

	for (size_t i = 0; i < MEMBERS; i++) {
		is_same &= matrix_has(matrix, one, i) ==
			   matrix_has(matrix, other, i);
		for (size_t k = 0; k < MEMBERS; k++)
			is_same &= i == k ||
				   expected[v][i][k] == expected[w][i][k];
	}
	return is_same != (matrix->same[one] == matrix->same[other]);
}

static unsigned int compare(const struct world *world,
			    const struct matrix *matrix)
{
	unsigned int wrong = 0, pairs = 0;

	for (size_t v = 0; v < matrix->vlan_count; v++) {
		wrong += compare_pairs(matrix, v);
		wrong += compare_groups(matrix, v);
		for (size_t w = 0; w < matrix->vlan_count; w++)
			wrong += compare_same(matrix, v, w);
		for (size_t i = 0; i < MEMBERS * MEMBERS; i++)
			pairs += matrix_works(matrix, v, i / MEMBERS,
					      i % MEMBERS) &&
				 i / MEMBERS != i % MEMBERS;
	}
	/* In VLANs that are not listed, nobody reaches anybody. */
	for (size_t v = 0; world->snapshot.vlan_filtering && v < COUNT(vids);
	     v++)
		for (size_t i = 0; i < MEMBERS * MEMBERS; i++)
			pairs -= expected[v][i / MEMBERS][i % MEMBERS];
	return wrong + (world->snapshot.vlan_filtering && pairs != 0);
}

static unsigned int run_world(uint64_t random)
{
	struct vbr_reach notes = { 0 };
	struct matrix matrix;
	struct world world;
	unsigned int wrong;

	memset(expected, 0, sizeof(expected));
	make_world(random, &world);
	ask_all(&world);
	assert_int_equal(matrix_make(&world.snapshot, &notes, &matrix), 0);
	wrong = compare(&world, &matrix);
	matrix_drop(&matrix);
	free(notes.notes.list);
	arena_free(&notes.arena);
	free(world.fdb);
	return wrong;
}

static uint64_t number_of(const char *variable, uint64_t otherwise)
{
	const char *text = getenv(variable);

	return text ? strtoull(text, NULL, 0) : otherwise;
}

static void random_worlds(void **state)
{
	uint64_t seed = number_of("VB_REACH_SEED", (uint64_t)time(NULL) * 1000);
	uint64_t worlds = number_of("VB_REACH_WORLDS", WORLDS);
	unsigned int wrong = 0;

	(void)state;
	print_message("# seed %llu, %llu bridges\n", (unsigned long long)seed,
		      (unsigned long long)worlds);
	for (uint64_t i = 0; i < worlds; i++) {
		uint64_t random = (seed + i) * UINT64_C(0x9e3779b97f4a7c15);
		unsigned int now = run_world(random | 1);

		if (now)
			print_error("seed %llu\n",
				    (unsigned long long)(seed + i));
		wrong += now;
	}
	check(wrong == 0, "%u places of tables are wrong", wrong);
}

/* --- many ----------------------------------------------------------------- */

#define MANY_PORTS 100
#define MANY_VLANS 100

/* Ports that differ in what they let pass, so that each is of its own kind.
 * Every other port is isolated, or is only in every other VLAN. */
static void make_many(struct trace_snapshot *s, struct trace_port *ports)
{
	static struct trace_vlan rows[MANY_PORTS + 1][MANY_VLANS];

	for (size_t i = 0; i <= MANY_PORTS; i++) {
		struct trace_port *port = i < MANY_PORTS ? &ports[i]
							 : &s->bridge;

		*port = (struct trace_port){
			.name = "port",
			.index = BRIDGE + (int)(MANY_PORTS - i),
			.is_up = true,
			.has_carrier = true,
			.state = VBR_PORT_FORWARDING,
			.learning = true,
			.unicast_flood = true,
			.broadcast_flood = true,
			.isolated = i % 2,
			.group_fwd_mask = (unsigned int)i,
			.vlans = rows[i],
		};
		for (unsigned int k = i % 2; k < MANY_VLANS; k += 1 + i % 2)
			rows[i][port->vlan_count++] = (struct trace_vlan){
				.first = k + 1,
				.last = k + 1,
				.state = VBR_PORT_FORWARDING,
			};
	}
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void many(void **state)
{
	static struct trace_port ports[MANY_PORTS];
	struct trace_snapshot s = { .kernel = TRACE_KERNEL,
				    .vlan_filtering = true,
				    .vlan_protocol = VBR_VLAN_8021Q,
				    .ageing_time = 30000,
				    .ports = ports,
				    .port_count = MANY_PORTS };
	struct vbr_reach notes = { 0 };
	struct matrix matrix;
	double begin;

	(void)state;
	make_many(&s, ports);
	begin = now();
	assert_int_equal(matrix_make(&s, &notes, &matrix), 0);
	print_message("# %zu kinds, %.3f s\n", matrix.kind_count,
		      now() - begin);
	assert_int_equal(matrix.vlan_count, MANY_VLANS);
	assert_true(matrix_works(&matrix, 0, 0, 2));
	assert_false(matrix_works(&matrix, 1, 1, 3));
	assert_true(matrix_works(&matrix, 1, 1, 2));
	matrix_drop(&matrix);
	free(notes.notes.list);
	arena_free(&notes.arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("each pair has the result of its frames", random_worlds),
		TEST("100 ports and 100 VLANs", many),
	};

	return run_all(tests);
}
