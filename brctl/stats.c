/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* stats: counters of bridges and ports, once or again and again. */

#include "config.h"

#include "stats.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cli/json.h"
#include "cli/out.h"
#include "commands.h"
#include "entry-json.h"

#define ALL_GROUPS \
	(1u << VBR_STATS_DEVICE | 1u << VBR_STATS_STP | \
	 1u << VBR_STATS_MULTICAST | 1u << VBR_STATS_VLAN)
#define INTERVAL_MAX 86400

struct reading {
	struct cli *cli;
	const char *bridge, *port; /* NULL: all */
	unsigned int groups;
};

static int read_now(const struct reading *reading, struct vbr_stats **ret_stats)
{
	return vbr_stats_list(reading->cli->ctx, reading->bridge, reading->port,
			      reading->groups, ret_stats);
}

/* --- once ----------------------------------------------------------------- */

static int print_json(const struct cli *cli, const struct vbr_stats *stats)
{
	const struct sample sample = { .now = stats };
	struct json_list list;

	json_list_begin(&list);
	for (size_t i = 0; i < vbr_stats_count(stats);)
		stats_put_device(&sample, &i, json_list_item(&list));
	json_list_end(&list);
	return json_status(cli);
}

static int print_once(const struct reading *reading)
{
	const struct cli *cli = reading->cli;
	int status = EXIT_SUCCESS;
	struct vbr_stats *stats;

	if (read_now(reading, &stats) < 0)
		return cli_fail(cli);
	out_table();
	if (cli->json)
		status = print_json(cli, stats);
	else if (cli->openmetrics)
		stats_print_metrics(stats);
	else
		stats_print(&(struct sample){ .now = stats }, cli->long_format);
	vbr_stats_free(stats);
	return status;
}

/* --- again and again ------------------------------------------------------ */

static struct timespec monotonic_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now;
}

static double seconds_between(const struct timespec *from,
			      const struct timespec *to)
{
	return (double)(to->tv_sec - from->tv_sec) +
	       (double)(to->tv_nsec - from->tv_nsec) / 1e9;
}

static void put_rates(const struct sample *sample, size_t *i)
{
	struct json *object = json_begin();

	put_time(object);
	json_put_hundredths(object, "seconds", sample->seconds);
	stats_put_device(sample, i, object);
	json_print(object);
}

/* A line for each device. */
static int print_json_lines(const struct cli *cli, const struct sample *sample)
{
	const struct vbr_stats_row *row;
	size_t i = 0;

	while ((row = vbr_stats_at(sample->now, i))) {
		if (!vbr_stats_row_vlan(row) && sample_has(sample, row))
			put_rates(sample, &i);
		else
			i++;
	}
	return json_status(cli);
}

static int print_rates(const struct cli *cli, const struct sample *sample)
{
	int status = EXIT_SUCCESS;

	if (cli->json)
		status = print_json_lines(cli, sample);
	else
		stats_print(sample, cli->long_format);
	return cli_flush(cli) < 0 ? EXIT_FAILURE : status;
}

struct rates {
	struct vbr_stats *before;
	struct timespec read_at;
};

/* Reads, prints what grew since the last time, and remembers it. */
static int step(const struct reading *reading, struct rates *rates)
{
	struct timespec now;
	struct vbr_stats *stats;
	struct sample sample;
	int status;

	if (read_now(reading, &stats) < 0)
		return cli_fail(reading->cli);
	now = monotonic_now();
	sample = (struct sample){
		.now = stats,
		.before = rates->before,
		.seconds = seconds_between(&rates->read_at, &now),
	};
	status = print_rates(reading->cli, &sample);
	vbr_stats_free(rates->before);
	*rates = (struct rates){ stats, now };
	return status;
}

/* Wakes at whole intervals after the first look, however long a step takes. */
static int repeat(const struct reading *reading, time_t interval)
{
	struct rates rates = { 0 };
	int status = EXIT_SUCCESS;
	struct timespec next;

	if (read_now(reading, &rates.before) < 0)
		return cli_fail(reading->cli);
	rates.read_at = next = monotonic_now();
	while (status == EXIT_SUCCESS) {
		next.tv_sec += interval;
		while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next,
				       NULL) == EINTR)
			;
		status = step(reading, &rates);
	}
	vbr_stats_free(rates.before);
	return status;
}

/* --- entry point ---------------------------------------------------------- */

/* Returns the status. */
static int take_interval(const struct cli *cli, uint64_t *ret_seconds)
{
	uint64_t seconds;

	if (vbr_parse_number(cli->period, INTERVAL_MAX, &seconds) < 0 ||
	    !seconds)
		return cli_bad_word(cli,
				    _("\"%s\" is not an interval: it takes "
				      "seconds, from 1 to 86400"),
				    cli->period);
	*ret_seconds = seconds;
	return EXIT_SUCCESS;
}

static int refuse_together(const struct cli *cli)
{
	cli_message(cli, "%s",
		    _("--openmetrics does not go with --json or --interval"));
	return EXIT_FAILURE;
}

int cmd_stats(struct cli *cli, const struct call *call)
{
	const struct reading reading = {
		.cli = cli,
		.bridge = call->argc > 0 ? call->argv[0] : NULL,
		.port = call->argc > 1 ? call->argv[1] : NULL,
		.groups = cli->long_format || cli->json || cli->openmetrics
				  ? ALL_GROUPS
				  : 0,
	};
	uint64_t interval = 0;

	if (cli->openmetrics && (cli->json || cli->period))
		return refuse_together(cli);
	if (cli->period && take_interval(cli, &interval))
		return EXIT_FAILURE;
	if (cli->json && json_load(cli) < 0)
		return EXIT_FAILURE;
	return interval ? repeat(&reading, (time_t)interval)
			: print_once(&reading);
}
