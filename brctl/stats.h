/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The forms in which stats prints counters: text, JSON, OpenMetrics. */

#ifndef VBR_BRCTL_STATS_H
#define VBR_BRCTL_STATS_H

#include <stdbool.h>

#include "vbridge.h"

struct cli;
struct json;

/*
 * What to print: counters, or, if there is an earlier snapshot, their rates
 * since then.
 */
struct sample {
	const struct vbr_stats *now;
	const struct vbr_stats *before; /* NULL: none */
	double seconds;			/* since then */
};

/* Whether a row has the counters of a group. */
enum sample_state {
	SAMPLE_NONE,
	SAMPLE_OFF, /* the bridge does not count */
	SAMPLE_COUNTED
};
enum sample_state sample_state(const struct vbr_stats_row *row,
			       enum vbr_stats_group group);

/* Whether the row can be printed: it was there before, too. */
bool sample_has(const struct sample *sample, const struct vbr_stats_row *row);

/* The growth of a counter in a second. Returns false if it is not known: the
 * counter is new, or smaller than before. */
bool sample_rate(const struct sample *sample, const struct vbr_stats_row *row,
		 const struct vbr_counter *counter, double *ret_rate);

/* The name of a group, as in the JSON. */
const char *sample_group_name(enum vbr_stats_group group);

/* A table; with "is_long", a line for each group. */
void stats_print(const struct sample *sample, bool is_long);

/* Fills an object about a device, the row at *i, with its VLANs, whose rows
 * follow. *i becomes the next device. */
void stats_put_device(const struct sample *sample, size_t *i,
		      struct json *object);

void stats_print_metrics(const struct vbr_stats *stats);

#endif
