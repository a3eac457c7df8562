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

/* A "-" for what is not known. Numbers without printf(): there may be many. */
static void print_value(const struct sample *sample,
			const struct vbr_stats_row *row,
			const struct vbr_counter *counter)
{
	char text[OUT_NUMBER_SIZE];
	uint64_t value;
	double rate;

	if (sample->before) {
		if (sample_rate(sample, row, counter, &rate))
			printf("%.2f", rate);
		else
			putchar('-');
	} else if (vbr_stats_row_value(row, counter, &value) == 0) {
		*out_number(text, value, 0) = '\0';
		fputs(text, stdout);
	} else {
		putchar('-');
	}
}

static void print_names(const struct vbr_stats_row *row)
{
	out_name(stdout, vbr_stats_row_bridge_name(row));
	putchar('\t');
	out_name(stdout, vbr_stats_row_name(row));
}

static void print_short_row(const struct sample *sample,
			    const struct vbr_stats_row *row)
{
	const struct vbr_counter *counter;

	if (vbr_stats_row_vlan(row))
		return;
	print_names(row);
	for (size_t i = 0; (counter = vbr_counter_at(VBR_STATS_DEVICE, i));
	     i++) {
		if (!is_column(counter))
			continue;
		putchar('\t');
		print_value(sample, row, counter);
	}
	putchar('\n');
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

	for (size_t i = 0; (counter = vbr_counter_at(group, i)); i++) {
		printf("%s%s=", i ? " " : "", vbr_counter_name(counter));
		print_value(sample, row, counter);
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
