/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Random configurations are saved, and restored in an empty namespace: the second
 * save is the same, and so is what iproute2 shows. VB_ROUND_TRIPS sets how many,
 * VB_ROUND_TRIP_SEED the first seed; the others follow it.
 */

#include "oracle/oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "oracle/external-state.h"
#include "oracle/random-config.h"
#include "oracle/seed.h"

#define ROUND_TRIPS 3

/* --- what is different ---------------------------------------------------- */

static size_t line_length(const char *text)
{
	return strcspn(text, "\n");
}

static bool has_line(const char *text, const char *line)
{
	size_t len = line_length(line);

	for (; *text; text += line_length(text), text += *text == '\n')
		if (line_length(text) == len && strncmp(text, line, len) == 0)
			return true;
	return false;
}

static void print_missing(char sign, const char *from, const char *in)
{
	for (; *from; from += line_length(from), from += *from == '\n')
		if (!has_line(in, from))
			print_error("%c%.*s\n", sign, (int)line_length(from),
				    from);
}

/* Line by line: cmocka cuts a text that is long. */
static void print_text(const char *text)
{
	for (; *text; text += line_length(text), text += *text == '\n')
		print_error("%.*s\n", (int)line_length(text), text);
}

static bool is_same(const char *what, const char *before, const char *after,
		    uint64_t seed)
{
	if (strcmp(before, after) == 0)
		return true;
	print_error("seed %llu: %s\n", (unsigned long long)seed, what);
	print_missing('-', before, after);
	print_missing('+', after, before);
	return false;
}

/* A device that exists stays up, and keeps its MAC address and MTU, if no line
 * sets them. A VLAN device below the bridges keeps its settings. */
static bool stays(const char *line)
{
	char what[16], device[VBR_NAME_SIZE];

	if (sscanf(line, "vconfig %*s %15s", device) == 1)
		return *device == 'n';
	return sscanf(line, "brctl link %*s %15s", what) == 1 &&
	       (strcmp(what, "address") == 0 || strcmp(what, "mtu") == 0 ||
		strcmp(what, "up") == 0);
}

/* Returns whether each line of one text is in the other, unless it stays. */
static bool has_lines_of(const char *from, const char *in)
{
	for (; *from; from += line_length(from), from += *from == '\n')
		if (!has_line(in, from) && !stays(from))
			return false;
	return true;
}

static bool is_exact(const char *wanted, const char *text, uint64_t seed)
{
	return (has_lines_of(wanted, text) && has_lines_of(text, wanted)) ||
	       is_same("exact", wanted, text, seed);
}

/* --- round trips ---------------------------------------------------------- */

static struct vbr_config *save(struct oracle *o)
{
	struct vbr_config *config;

	check(vbr_config_capture(o->ctx, NULL, 0, &config) == 0, "%s",
	      vbr_ctx_error(o->ctx));
	return config;
}

/* A restore that is refused is undone: the state is the one before. */
static void print_refusal(struct oracle *o, const struct vbr_config *config,
			  uint64_t seed)
{
	struct vbr_config *now;

	print_error("seed %llu: %s\n", (unsigned long long)seed,
		    vbr_ctx_error(o->ctx));
	print_text(vbr_config_text(config));
	now = save(o);
	print_error("# instead of:\n");
	print_text(vbr_config_text(now));
	vbr_config_free(now);
}

static bool restore(struct oracle *o, const struct vbr_config *config,
		    unsigned int flags, uint64_t seed)
{
	bool is_restored = vbr_config_restore(o->ctx, config, flags, NULL) == 0;

	if (!is_restored)
		print_refusal(o, config, seed);
	return is_restored;
}

static bool has_losses(const struct vbr_config *config)
{
	return *vbr_config_losses(config);
}

/* If the restore names losses, only the saves are compared. */
static bool is_restored(struct oracle *o, const struct vbr_config *saved,
			const char *before, uint64_t seed)
{
	struct vbr_config *again = save(o);
	char *after = external_state();
	bool is_equal = is_same("save", vbr_config_text(saved),
				vbr_config_text(again), seed);

	if (is_equal && !has_losses(saved))
		is_equal = is_same("iproute2", before, after, seed);
	if (!is_equal)
		print_text(vbr_config_text(saved));
	vbr_config_free(again);
	free(after);
	return is_equal;
}

struct counts {
	uint64_t trips, wrong, lines, losses;
};

static uint64_t count_lines(const struct vbr_config *config)
{
	uint64_t count = 0;

	for (const char *at = vbr_config_text(config); *at; at++)
		count += *at == '\n';
	return count;
}

static void round_trip(struct counts *counts, uint64_t seed)
{
	struct oracle *o = random_namespace();
	struct vbr_config *saved;
	char *before;
	void *state = o;

	random_configure(o, seed);
	saved = save(o);
	before = external_state();
	oracle_teardown(&state);
	state = o = random_namespace();
	counts->wrong += !restore(o, saved, 0, seed) ||
			 !is_restored(o, saved, before, seed);
	counts->lines += count_lines(saved);
	counts->losses += has_losses(saved);
	vbr_config_free(saved);
	free(before);
	oracle_teardown(&state);
}

/* The bridges of the file in the namespace: "exact" leaves others as they are. */
static struct vbr_config *save_those_of(struct oracle *o,
					const struct vbr_config *saved)
{
	static const char *const bridges[] = { "br0", "br1", "br2" };
	struct vbr_config *config;
	size_t count = 0;
	char line[32];

	do
		snprintf(line, sizeof(line), "\nbrctl addbr br%zu\n", count);
	while (strstr(vbr_config_text(saved), line) &&
	       ++count < COUNT(bridges));
	check(vbr_config_capture(o->ctx, bridges, count, &config) == 0, "%s",
	      vbr_ctx_error(o->ctx));
	return config;
}

/* One random configuration is changed to another. */
static void exchange(struct counts *counts, uint64_t seed)
{
	struct oracle *o = random_namespace();
	struct vbr_config *saved, *again;
	void *state = o;
	bool is_equal;

	random_configure(o, seed);
	saved = save(o);
	oracle_teardown(&state);
	state = o = random_namespace();
	random_configure(o, ~seed);
	is_equal = restore(o, saved, VBR_CONFIG_EXACT, seed);
	again = save_those_of(o, saved);
	is_equal = is_equal && is_exact(vbr_config_text(saved),
					vbr_config_text(again), seed);
	counts->wrong += !is_equal;
	vbr_config_free(again);
	vbr_config_free(saved);
	oracle_teardown(&state);
}

/* Where there are VLAN devices, the gate leaves out the exchanges: some of the
 * random ones are refused. */
static bool is_left_out(void)
{
	return !getenv("VB_ROUND_TRIPS") && access("/proc/net/vlan", F_OK) == 0;
}

static void exchanges(void **state)
{
	uint64_t seed = seed_of("VB_ROUND_TRIP_SEED");
	struct counts counts = {
		.trips = number_of("VB_ROUND_TRIPS", ROUND_TRIPS),
	};

	(void)state;
	if (is_left_out())
		skip();
	print_message("# seed %llu, %llu exchanges\n", (unsigned long long)seed,
		      (unsigned long long)counts.trips);
	for (uint64_t i = 0; i < counts.trips; i++)
		exchange(&counts, seed + i);
	check(counts.wrong == 0, "%llu of %llu are wrong; seed %llu",
	      (unsigned long long)counts.wrong,
	      (unsigned long long)counts.trips, (unsigned long long)seed);
}

static void round_trips(void **state)
{
	uint64_t seed = seed_of("VB_ROUND_TRIP_SEED");
	struct counts counts = {
		.trips = number_of("VB_ROUND_TRIPS", ROUND_TRIPS),
	};

	(void)state;
	print_message("# seed %llu, %llu round trips\n",
		      (unsigned long long)seed,
		      (unsigned long long)counts.trips);
	for (uint64_t i = 0; i < counts.trips; i++)
		round_trip(&counts, seed + i);
	print_message("# %llu lines; %llu configurations with losses\n",
		      (unsigned long long)counts.lines,
		      (unsigned long long)counts.losses);
	check(counts.wrong == 0, "%llu of %llu are not the same; seed %llu",
	      (unsigned long long)counts.wrong,
	      (unsigned long long)counts.trips, (unsigned long long)seed);
}

/* The kernel sets its address to zero, which nobody can set. */
static void left_bridge(void **state)
{
	static const char *const lines[] = { "addbr br0\naddif br0 p0\n",
					     "delif br0 p0\n" };
	struct oracle *o = random_namespace();
	struct vbr_config *config;

	*state = o;
	for (size_t i = 0; i < COUNT(lines); i++) {
		assert_int_equal(vbr_config_parse(o->ctx, "lines", lines[i],
						  strlen(lines[i]), &config),
				 0);
		assert_int_equal(vbr_config_restore(o->ctx, config, 0, NULL),
				 0);
		vbr_config_free(config);
	}
	config = save(o);
	check(!strstr(vbr_config_text(config), "address"), "%s",
	      vbr_config_text(config));
	vbr_config_free(config);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("random configurations come back as they were",
		     round_trips),
		TEST("a random configuration is made of another", exchanges),
		{ "a bridge that lost its ports has no address to be saved",
		  left_bridge, NULL, oracle_teardown, NULL },
	};

	return run_all(tests);
}
