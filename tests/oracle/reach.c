/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Stations on random bridges: their frames arrive or stop as predicted, and
 * after brctl has made the suggested changes, all of them arrive. VB_REACH_SEED
 * repeats a run; VB_REACH_WORLDS makes it longer. */

#include "oracle/pair.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORLDS 20
#define PAIRS_OF_WORLD 3

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

/* Whether these are two stations on two ports with known addresses. */
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

static void choose_pair(struct pair *pair)
{
	static const unsigned int vlans[] = { 0, 0, 0, 1, 10, 20 };
	struct world *world = pair->world;

	pair_forget_stand_ins(world);
	do {
		choose_word(world, pair->words[0]);
		choose_word(world, pair->words[1]);
		pair->vlan = vlans[draw(world, COUNT(vlans))];
	} while (!look(pair));
}

/* --- frames --------------------------------------------------------------- */

static bool are_as_predicted(const struct pair *pair)
{
	bool is_right = true, is_broadcast, arrives;
	size_t from;

	for (size_t i = 0;
	     vbr_reach_frame_at(pair->reach, i, &from, &is_broadcast, &arrives);
	     i++) {
		const struct vbr_trace_step *stop = vbr_reach_stop(pair->reach,
								   i);
		bool came = pair_arrives(pair, i);

		if (came == arrives || pair_is_invisible(stop))
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
		if (pair_arrives(pair, i))
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

/* Looks again, because frames have been sent since. */
static bool mend(struct pair *pair, struct counts *counts)
{
	vbr_reach_free(pair->reach);
	pair_forget_stand_ins(pair->world);
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
		ORACLE_TEST("with the changes, real frames pass both ways",
			    random_stations),
	};

	return run_all(tests);
}
