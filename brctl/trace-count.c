/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Shows how many frames each port has received and sent meanwhile, beside the
 * prediction for one. */

#include "config.h"

#include "trace-count.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/json.h"
#include "cli/out.h"
#include "commands.h"
#include "trace-text.h"
#include "vbridge.h"

/* In ms: the frame that was sent has passed the bridge by then. */
#define SETTLE 200

static void pause_for(unsigned int ms)
{
	const struct timespec time = { ms / 1000, ms % 1000 * 1000000L };

	nanosleep(&time, NULL);
}

/* --- counters ------------------------------------------------------------- */

static const struct vbr_counter *find_counter(const char *name)
{
	const struct vbr_counter *counter;
	size_t i = 0;

	while ((counter = vbr_counter_at(VBR_STATS_DEVICE, i++)) &&
	       strcmp(vbr_counter_name(counter), name) != 0)
		;
	return counter;
}

struct counts {
	struct vbr_stats *before, *after;
};

static uint64_t value_of(const struct vbr_stats *stats, int index,
			 const char *name)
{
	const struct vbr_stats_row *row = vbr_stats_find(stats, index, 0);
	const struct vbr_counter *counter = find_counter(name);
	uint64_t value = 0;

	if (row && counter)
		vbr_stats_row_value(row, counter, &value);
	return value;
}

static uint64_t more(const struct counts *counts, int index, const char *name)
{
	return value_of(counts->after, index, name) -
	       value_of(counts->before, index, name);
}

/* --- output --------------------------------------------------------------- */

static void print_counts(const char *bridge, const struct counts *counts)
{
	const struct vbr_stats_row *row;

	for (size_t i = 0; (row = vbr_stats_at(counts->after, i)); i++) {
		int index = vbr_stats_row_index(row);

		fputs("counters\t", stdout);
		out_name(stdout, vbr_stats_row_name(row));
		printf("\tlive\t%llu received, %llu sent\n",
		       (unsigned long long)more(counts, index, "rx_packets"),
		       (unsigned long long)more(counts, index, "tx_packets"));
	}
	fputs("result\t", stdout);
	out_name(stdout, bridge);
	puts("\tunknown\tthe counters have all frames, not only this one");
}

static void put_counts(struct json *object, const struct counts *counts)
{
	struct json *array = json_array_in(object, "counters"), *item;
	const struct vbr_stats_row *row;

	for (size_t i = 0; (row = vbr_stats_at(counts->after, i)); i++) {
		int index = vbr_stats_row_index(row);

		item = json_object_of(array);
		json_put_text(item, "device", vbr_stats_row_name(row));
		json_put_number(item, "rx_packets",
				more(counts, index, "rx_packets"));
		json_put_number(item, "tx_packets",
				more(counts, index, "tx_packets"));
	}
}

static int show(const struct cli *cli, const char *bridge,
		const struct vbr_frame *frame, const struct vbr_trace *trace,
		const struct counts *counts)
{
	struct json *object;

	if (!cli->json) {
		trace_print(trace);
		print_counts(bridge, counts);
		return EXIT_SUCCESS;
	}
	object = json_begin();
	trace_put_frame(object, bridge, frame);
	json_array_in(object, "hooks");
	trace_put(object, trace);
	put_counts(object, counts);
	json_put_null(object, "agrees");
	json_print(object);
	return json_status(cli);
}

/* --- the frame ------------------------------------------------------------ */

static int read_counters(const struct cli *cli, const char *bridge,
			 struct vbr_stats **ret_stats)
{
	return vbr_stats_list(cli->ctx, bridge, NULL, 1 << VBR_STATS_DEVICE,
			      ret_stats);
}

/* Sends the frame, or waits for those of others. */
static int pass_time(const struct cli *cli, const char *bridge,
		     const struct vbr_frame *frame, unsigned int timeout,
		     struct vbr_trace **ret_trace)
{
	int rc = cli->send
			 ? vbr_frame_send(cli->ctx, bridge, frame, ret_trace)
			 : vbr_trace_frame(cli->ctx, bridge, frame, ret_trace);

	if (rc == 0)
		pause_for(cli->send ? SETTLE : timeout);
	return rc;
}

int live_count(const struct cli *cli, const char *bridge,
	       const struct vbr_frame *frame, unsigned int timeout)
{
	struct counts counts = { NULL, NULL };
	struct vbr_trace *trace = NULL;
	int status, rc = read_counters(cli, bridge, &counts.before);

	if (rc == 0)
		rc = pass_time(cli, bridge, frame, timeout, &trace);
	if (rc == 0)
		rc = read_counters(cli, bridge, &counts.after);
	status = rc < 0 ? cli_fail(cli)
			: show(cli, bridge, frame, trace, &counts);
	vbr_trace_free(trace);
	vbr_stats_free(counts.before);
	vbr_stats_free(counts.after);
	return status;
}
