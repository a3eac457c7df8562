/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Counters as OpenMetrics text, version 1.0. Prometheus' older text format reads
 * it, too, as the node exporter's textfile collector does: it has no times. */

#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "stats.h"

/* The name becomes UTF-8 without control characters: other bytes are a backslash
 * and three octal digits. A backslash of the name is two, so that no two names
 * become the same. */
static void make_text(const char *name, char *ret_text, size_t size)
{
	char doubled[2 * VBR_NAME_SIZE], *to = doubled;

	for (; *name; name++) {
		if (*name == '\\')
			*to++ = '\\';
		*to++ = *name;
	}
	*to = '\0';
	vbr_format_name(doubled, ret_text, size);
}

static void print_label(const char *key, const char *name)
{
	char text[2 * VBR_NAME_TEXT_SIZE];

	make_text(name, text, sizeof(text));
	printf("%s=\"", key);
	for (const char *at = text; *at; at++) {
		if (*at == '\\' || *at == '"')
			putchar('\\');
		putchar(*at);
	}
	putchar('"');
}

static void print_labels(const struct vbr_stats_row *row)
{
	putchar('{');
	print_label("bridge", vbr_stats_row_bridge_name(row));
	putchar(',');
	print_label("port", vbr_stats_row_name(row));
	if (vbr_stats_row_vlan(row))
		printf(",vlan=\"%u\"", vbr_stats_row_vlan(row));
	putchar('}');
}

/* "vbridge_stp_rx_bpdu"; what the device itself counts has no group. */
static void print_name(enum vbr_stats_group group,
		       const struct vbr_counter *counter)
{
	fputs("vbridge_", stdout);
	printf("%s_",
	       group == VBR_STATS_DEVICE ? "port" : sample_group_name(group));
	fputs(vbr_counter_name(counter), stdout);
}

/* A unit has to be the end of the name. */
static const char *unit_of(const struct vbr_counter *counter)
{
	static const char *const units[] = { "bytes", "packets" };
	const char *end = strrchr(vbr_counter_name(counter), '_');

	for (size_t i = 0; end && i < sizeof(units) / sizeof(units[0]); i++)
		if (strcmp(end + 1, units[i]) == 0)
			return units[i];
	return NULL;
}

static void print_about(enum vbr_stats_group group,
			const struct vbr_counter *counter)
{
	const char *unit = unit_of(counter);

	fputs("# TYPE ", stdout);
	print_name(group, counter);
	puts(" counter");
	if (unit) {
		fputs("# UNIT ", stdout);
		print_name(group, counter);
		printf(" %s\n", unit);
	}
	fputs("# HELP ", stdout);
	print_name(group, counter);
	printf(" %s\n", vbr_counter_help(counter));
}

static void print_family(const struct vbr_stats *stats,
			 enum vbr_stats_group group,
			 const struct vbr_counter *counter)
{
	const struct vbr_stats_row *row;
	bool is_first = true;
	uint64_t value;

	for (size_t i = 0; (row = vbr_stats_at(stats, i)); i++) {
		if (vbr_stats_row_value(row, counter, &value) < 0)
			continue;
		if (is_first)
			print_about(group, counter);
		is_first = false;
		print_name(group, counter);
		fputs("_total", stdout);
		print_labels(row);
		printf(" %" PRIu64 "\n", value);
	}
}

/* Whether the bridge counts, so that a missing counter is no riddle. */
static void print_counted(const struct vbr_stats *stats)
{
	static const enum vbr_stats_group groups[] = { VBR_STATS_MULTICAST,
						       VBR_STATS_VLAN };
	const struct vbr_stats_row *row;

	if (!vbr_stats_count(stats))
		return;
	puts("# TYPE vbridge_port_counted gauge\n"
	     "# HELP vbridge_port_counted whether the bridge counts such "
	     "frames: 1, or 0 if an option of it is off");
	for (size_t i = 0; (row = vbr_stats_at(stats, i)); i++) {
		if (vbr_stats_row_vlan(row))
			continue;
		for (size_t k = 0; k < sizeof(groups) / sizeof(groups[0]);
		     k++) {
			fputs("vbridge_port_counted{", stdout);
			print_label("bridge", vbr_stats_row_bridge_name(row));
			putchar(',');
			print_label("port", vbr_stats_row_name(row));
			printf(",group=\"%s\"} %d\n",
			       sample_group_name(groups[k]),
			       !vbr_stats_row_off(row, groups[k]));
		}
	}
}

void stats_print_metrics(const struct vbr_stats *stats)
{
	const struct vbr_counter *counter;

	for (unsigned int group = 0; group <= VBR_STATS_VLAN; group++)
		for (size_t i = 0; (counter = vbr_counter_at(group, i)); i++)
			print_family(stats, group, counter);
	print_counted(stats);
	puts("# EOF");
}
