/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Stations on random bridges: their frames arrive, or stop, as predicted; after
 * the changes, which brctl makes, all of them arrive. VB_REACH_SEED repeats a
 * run; VB_REACH_WORLDS makes it longer. */

#include "oracle/trace.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define BR "br0"
#define WORLDS 60
#define PAIRS_OF_WORLD 3
#define FRAMES 4

/* Two stations of a world, and what was predicted of them. */
struct pair {
	struct world *world;
	char words[2][VBR_MAC_TEXT_SIZE];
	unsigned int vlan;
	struct vbr_reach *reach;
};

struct counts {
	unsigned int works, mended, stuck, wrong;
};

/* --- stations ------------------------------------------------------------- */

static void choose_word(struct world *world, char *ret_word)
{
	unsigned int port = draw(world, (unsigned int)world->ports + 1);
	uint8_t mac[6];

	if (port == world->ports) {
		strcpy(ret_word, "host");
	} else if (rarely(world, 3)) {
		any_mac(world, mac);
		vbr_format_mac(mac, ret_word);
	} else {
		snprintf(ret_word, VBR_MAC_TEXT_SIZE, "p%u", port);
	}
}

/* Whether they are two, at two ports, and known. */
static bool look(struct pair *pair)
{
	struct vbr_ctx *ctx = pair->world->o->ctx;
	int rc = vbr_reach_get(ctx, BR, pair->words[0], pair->words[1],
			       pair->vlan, &pair->reach);
	bool is_broadcast, arrives;
	size_t from;

	if (rc == -EINVAL || rc == -ENOENT)
		return false;
	check(rc == 0, "%s", vbr_ctx_error(ctx));
	if (vbr_reach_frame_at(pair->reach, 0, &from, &is_broadcast, &arrives))
		return true;
	vbr_reach_free(pair->reach);
	return false;
}

/* Frames of other pairs may have had the addresses that stand for unknown
 * ones. */
static void forget_stand_ins(struct world *world)
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

static void choose_pair(struct pair *pair)
{
	static const unsigned int vlans[] = { 0, 0, 0, 1, 10, 20 };
	struct world *world = pair->world;

	forget_stand_ins(world);
	do {
		choose_word(world, pair->words[0]);
		choose_word(world, pair->words[1]);
		pair->vlan = vlans[draw(world, COUNT(vlans))];
	} while (!look(pair));
}

/* The number of its port; MOST_PORTS: the host. */
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

/* It stops by what a capture does not show: the VLAN in which it came in, a VLAN
 * device of the host, the tag at the host. */
static bool is_invisible(const struct vbr_trace_step *stop)
{
	return stop && (strcmp(vbr_trace_step_name(stop), "vlan-device") == 0 ||
			strcmp(vbr_trace_step_verdict(stop), "pass") == 0 ||
			strcmp(vbr_trace_step_verdict(stop), "host") == 0);
}

/* Which tag a frame has at the host is not captured. */
static bool arrives_really(const struct pair *pair, size_t i)
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

static bool are_as_predicted(const struct pair *pair)
{
	bool is_right = true, is_broadcast, arrives;
	size_t from;

	for (size_t i = 0;
	     vbr_reach_frame_at(pair->reach, i, &from, &is_broadcast, &arrives);
	     i++) {
		const struct vbr_trace_step *stop = vbr_reach_stop(pair->reach,
								   i);
		bool came = arrives_really(pair, i);

		if (came == arrives || is_invisible(stop))
			continue;
		print_error("frame %zu from %s: predicted %d, captured %d; "
			    "%s\n",
			    i, pair->words[from], arrives, came,
			    stop ? vbr_trace_step_why(stop) : "-");
		is_right = false;
	}
	return is_right;
}

static bool do_all_arrive(const struct pair *pair)
{
	bool is_right = true;

	for (size_t i = 0; i < FRAMES; i++) {
		if (arrives_really(pair, i))
			continue;
		print_error("frame %zu does not arrive\n", i);
		is_right = false;
	}
	return is_right;
}

/* --- changes -------------------------------------------------------------- */

static int run(char **words)
{
	bool is_brctl = strcmp(words[0], "brctl") == 0;
	const char *path = getenv(is_brctl ? "BRCTL" : "VCONFIG");
	pid_t child = fork();
	int status;

	assert_return_code(child, errno);
	if (child == 0) {
		execvp(path ? path : words[0], words);
		_exit(127);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool make_changes(const struct pair *pair)
{
	const char *line;

	for (size_t i = 0; (line = vbr_reach_change_at(pair->reach, i)); i++) {
		char text[256], *words[130], bad;
		size_t count;

		snprintf(text, sizeof(text), "%s", line);
		assert_int_equal(vbr_split_words(text, words, &count, &bad), 0);
		if (run(words) == 0)
			continue;
		print_error("refused: %s\n", line);
		return false;
	}
	return true;
}

static void say(const struct pair *pair)
{
	const char *line;

	print_error("%s and %s, vlan %u: %s in VLAN %u, tags %d and %d\n",
		    pair->words[0], pair->words[1], pair->vlan,
		    vbr_reach_works(pair->reach) ? "works" : "stops",
		    vbr_reach_vlan(pair->reach), vbr_reach_tag(pair->reach, 0),
		    vbr_reach_tag(pair->reach, 1));
	for (size_t i = 0; (line = vbr_reach_change_at(pair->reach, i)); i++)
		print_error("  %s\n", line);
	for (size_t i = 0; (line = vbr_reach_note_at(pair->reach, i)); i++)
		print_error("  %s\n", line);
}

/* Looks again, as frames have passed since. */
static bool mend(struct pair *pair, struct counts *counts)
{
	vbr_reach_free(pair->reach);
	forget_stand_ins(pair->world);
	assert_true(look(pair));
	if (!vbr_reach_change_at(pair->reach, 0)) {
		counts->stuck += !vbr_reach_works(pair->reach);
		return true;
	}
	if (!make_changes(pair))
		return false;
	counts->mended++;
	return do_all_arrive(pair);
}

static bool run_pair(struct world *world, struct counts *counts)
{
	struct pair pair = { .world = world };
	bool is_right;

	choose_pair(&pair);
	is_right = are_as_predicted(&pair);
	if (vbr_reach_works(pair.reach))
		counts->works++;
	else
		is_right &= mend(&pair, counts);
	if (!is_right)
		say(&pair);
	vbr_reach_free(pair.reach);
	return is_right;
}

static void random_stations(void **state)
{
	uint64_t seed = seed_of("VB_REACH_SEED");
	uint64_t worlds = number_of("VB_REACH_WORLDS", WORLDS);
	struct world world = { .o = *state, .random = seed | 1 };
	struct counts counts = { 0 };

	print_message("# seed %llu, %llu bridges\n", (unsigned long long)seed,
		      (unsigned long long)worlds);
	begin_worlds(&world);
	for (uint64_t i = 0; i < worlds; i++) {
		make_world(&world);
		for (int k = 0; k < PAIRS_OF_WORLD; k++)
			counts.wrong += !run_pair(&world, &counts);
		drop_world(&world);
	}
	print_message("# %u work, %u mended, %u without a change\n",
		      counts.works, counts.mended, counts.stuck);
	check(counts.wrong == 0, "%u pairs are not as predicted; seed %llu",
	      counts.wrong, (unsigned long long)seed);
	end_worlds(&world);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("the changes let real frames pass both ways",
			    random_stations),
	};

	return run_all(tests);
}
