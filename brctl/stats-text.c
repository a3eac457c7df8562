/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Counters, or their rates, as tables. */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cli/out.h"
#include "stats.h"

/* The columns of the short table: the group of the device, without these. */
static bool is_column(const struct vbr_counter *counter)
{
	const char *name = vbr_counter_name(counter);

	return strcmp(name, "collisions") != 0 &&
	       strcmp(name, "rx_multicast") != 0;
}

/* Enough for a counter, and for any rate. */
#define VALUE_SIZE 48

/* Writes at "at", and returns the position after it; a "-" if it is not known.
 * Counters without printf(): there may be many. */
static char *put_value(char *at, const struct sample *sample,
		       const struct vbr_stats_row *row,
		       const struct vbr_counter *counter)
{
	uint64_t value;
	double rate;

	if (!sample->before) {
		if (vbr_stats_row_value(row, counter, &value) == 0)
			return out_number(at, value, 0);
	} else if (sample_rate(sample, row, counter, &rate)) {
		return at + snprintf(at, VALUE_SIZE, "%.2f", rate);
	}
	*at++ = '-';
	return at;
}

static void print_names(const struct vbr_stats_row *row)
{
	out_name(stdout, vbr_stats_row_bridge_name(row));
	putchar('\t');
	out_name(stdout, vbr_stats_row_name(row));
}

#define COLUMNS_MAX 16

static void print_short_row(const struct sample *sample,
			    const struct vbr_stats_row *row)
{
	const struct vbr_counter *counter;
	char text[COLUMNS_MAX * VALUE_SIZE], *at = text;

	if (vbr_stats_row_vlan(row))
		return;
	print_names(row);
	for (size_t i = 0; (counter = vbr_counter_at(VBR_STATS_DEVICE, i));
	     i++) {
		if (!is_column(counter))
			continue;
		*at++ = '\t';
		at = put_value(at, sample, row, counter);
	}
	*at++ = '\n';
	fwrite(text, 1, (size_t)(at - text), stdout);
}

static void print_head(bool is_long)
{
	const struct vbr_counter *counter;

	fputs("bridge\tport", stdout);
	if (is_long)
		fputs("\tgroup\tcounters", stdout);
	for (size_t i = 0;
	     !is_long && (counter = vbr_counter_at(VBR_STATS_DEVICE, i)); i++)
		if (is_column(counter))
			printf("\t%s", vbr_counter_name(counter));
	putchar('\n');
}

static void print_counters(const struct sample *sample,
			   const struct vbr_stats_row *row,
			   enum vbr_stats_group group)
{
	const struct vbr_counter *counter;
	char text[VALUE_SIZE];

	for (size_t i = 0; (counter = vbr_counter_at(group, i)); i++) {
		*put_value(text, sample, row, counter) = '\0';
		printf("%s%s=%s", i ? " " : "", vbr_counter_name(counter),
		       text);
	}
}

static void print_group(const struct sample *sample,
			const struct vbr_stats_row *row,
			enum vbr_stats_group group)
{
	enum sample_state state = sample_state(row, group);

	if (state == SAMPLE_NONE)
		return;
	print_names(row);
	printf("\t%s", sample_group_name(group));
	if (vbr_stats_row_vlan(row))
		printf(" %u", vbr_stats_row_vlan(row));
	putchar('\t');
	if (state == SAMPLE_OFF)
		printf("off: %s=off", vbr_stats_row_off(row, group));
	else
		print_counters(sample, row, group);
	putchar('\n');
}

void stats_print(const struct sample *sample, bool is_long)
{
	const struct vbr_stats_row *row;

	if (vbr_stats_count(sample->now))
		print_head(is_long);
	for (size_t i = 0; (row = vbr_stats_at(sample->now, i)); i++) {
		if (!sample_has(sample, row))
			continue;
		if (!is_long) {
			print_short_row(sample, row);
			continue;
		}
		for (unsigned int group = 0; group <= VBR_STATS_VLAN; group++)
			print_group(sample, row, group);
	}
}
