/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The table of a random bridge: for each pair in each VLAN, it says whether
 * real frames pass, and agrees with vbr_reach_get(). VB_REACH_SEED repeats a
 * run; VB_REACH_TABLES makes it longer. */

#include "oracle/pair.h"

#include <stdio.h>

#define TABLES 20

struct counts {
	unsigned int works, stops, invisible, wrong;
};

/* --- one pair ------------------------------------------------------------- */

/* Reads the table again, because frames of other pairs have changed the FDB. */
static bool is_predicted(const struct pair *pair, size_t vlan, size_t one,
			 size_t other)
{
	struct vbr_reach_table *table;
	unsigned int vid = 0;
	size_t same;
	bool works;

	assert_int_equal(vbr_reach_table_get(pair->world->o->ctx, BR, &table),
			 0);
	assert_true(vbr_reach_table_vlan_at(table, vlan, &vid, &same));
	assert_int_equal(vid, pair->vlan);
	works = vbr_reach_table_works(table, vlan, one, other);
	vbr_reach_table_free(table);
	return works;
}

static bool do_all_arrive(const struct pair *pair)
{
	bool arrive = true;

	for (size_t i = 0; i < FRAMES; i++)
		arrive &= pair_arrives(pair, i);
	return arrive;
}

static bool is_any_invisible(const struct pair *pair)
{
	for (size_t i = 0; i < FRAMES; i++)
		if (pair_is_invisible(vbr_reach_stop(pair->reach, i)))
			return true;
	return false;
}

static bool is_right(const struct pair *pair, bool works, struct counts *counts)
{
	bool arrive = do_all_arrive(pair);

	counts->works += works;
	counts->stops += !works;
	counts->invisible += arrive && !works && is_any_invisible(pair);
	if (works == vbr_reach_works(pair->reach) &&
	    (arrive == works || (!works && is_any_invisible(pair))))
		return true;
	print_error("%s and %s in VLAN %u: the table says %d, the pair %d, the "
		    "frames %d\n",
		    pair->words[0], pair->words[1], pair->vlan, works,
		    vbr_reach_works(pair->reach), arrive);
	return false;
}

static void name_station(const struct world *world, size_t member,
			 char *ret_word)
{
	if (member == world->ports)
		snprintf(ret_word, VBR_MAC_TEXT_SIZE, "host");
	else
		snprintf(ret_word, VBR_MAC_TEXT_SIZE, "p%zu", member);
}

static bool run_pair(struct pair *pair, size_t vlan, size_t one, size_t other,
		     struct counts *counts)
{
	struct vbr_ctx *ctx = pair->world->o->ctx;
	bool works, right;
	int rc;

	pair_forget_stand_ins(pair->world);
	name_station(pair->world, one, pair->words[0]);
	name_station(pair->world, other, pair->words[1]);
	works = is_predicted(pair, vlan, one, other);
	rc = vbr_reach_get(ctx, BR, pair->words[0], pair->words[1], pair->vlan,
			   &pair->reach);
	check(rc == 0, "%s", vbr_ctx_error(ctx));
	right = is_right(pair, works, counts);
	vbr_reach_free(pair->reach);
	return right;
}

/* --- all pairs ------------------------------------------------------------ */

static void run_world(struct world *world, struct counts *counts)
{
	struct pair pair = { .world = world };
	struct vbr_reach_table *table;
	size_t same;

	assert_int_equal(vbr_reach_table_get(world->o->ctx, BR, &table), 0);
	for (size_t vlan = 0;
	     vbr_reach_table_vlan_at(table, vlan, &pair.vlan, &same); vlan++)
		for (size_t i = 0; i <= world->ports; i++)
			for (size_t k = i + 1; k <= world->ports; k++)
				counts->wrong += !run_pair(&pair, vlan, i, k,
							   counts);
	vbr_reach_table_free(table);
}

static void random_tables(void **state)
{
	uint64_t seed = seed_of("VB_REACH_SEED");
	uint64_t tables = number_of("VB_REACH_TABLES", TABLES);
	struct world world = { .o = *state, .random = seed | 1 };
	struct counts counts = { 0 };

	print_message("# seed %llu, %llu bridges\n", (unsigned long long)seed,
		      (unsigned long long)tables);
	begin_worlds(&world);
	for (uint64_t i = 0; i < tables; i++) {
		make_world(&world);
		run_world(&world, &counts);
		drop_world(&world);
	}
	print_message("# %u pairs work, %u do not, %u of them invisibly\n",
		      counts.works, counts.stops, counts.invisible);
	check(counts.wrong == 0, "%u pairs are not as predicted; seed %llu",
	      counts.wrong, (unsigned long long)seed);
	end_worlds(&world);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("real frames pass where the table says so",
			    random_tables),
	};

	return run_all(tests);
}
