/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the counters of bridges and ports. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "api/stats.h"
#include "core/context.h"
#include "core/talk.h"
#include "wire/request.h"
#include "wire/stats.h"

struct counters {
	const uint64_t *values;
	size_t count;
};

/* A VLAN has counters of VBR_STATS_VLAN, a device those of the other groups. */
struct vbr_stats_row {
	const struct device *device;
	unsigned int vlan; /* 0: the device itself */
	struct counters groups[STATS_GROUPS - 1];
};

static size_t slot(enum vbr_stats_group group)
{
	return group == VBR_STATS_VLAN ? 0 : group;
}

/* --- counters ------------------------------------------------------------- */

static int compare(int64_t left, int64_t right)
{
	return left < right ? -1 : left > right;
}

static int by_index(const void *a, const void *b)
{
	const struct device *left = a, *right = b;

	return compare(left->index, right->index);
}

static int by_place(const void *a, const void *b)
{
	const struct vbr_stats_row *left = a, *right = b;
	int order = compare((int64_t)left->device->place,
			    (int64_t)right->device->place);

	return order ? order : compare(left->vlan, right->vlan);
}

static const struct device *find_device(const struct vbr_stats *stats,
					int index)
{
	const struct device key = { .index = index };

	if (!stats->device_count)
		return NULL;
	return bsearch(&key, stats->devices, stats->device_count, sizeof(key),
		       by_index);
}

static struct vbr_stats_row *append_row(struct vbr_stats *stats,
					const struct device *device,
					unsigned int vlan)
{
	struct vbr_stats_row *rows = array_grow(stats->rows, sizeof(*rows),
						stats->count, &stats->room);

	if (!rows)
		return NULL;
	stats->rows = rows;
	rows += stats->count++;
	*rows = (struct vbr_stats_row){ .device = device, .vlan = vlan };
	return rows;
}

/* A device with many VLANs has several messages, one after the other. */
static struct vbr_stats_row *
row_of(struct vbr_stats *stats, const struct device *device, unsigned int vlan)
{
	size_t i = stats->count;

	while (!vlan && i > 0 && stats->rows[i - 1].device == device)
		if (!stats->rows[--i].vlan)
			return &stats->rows[i];
	return append_row(stats, device, vlan);
}

static int keep(struct vbr_stats *stats, const struct device *device,
		const struct stats_part *part)
{
	size_t size = part->count * sizeof(uint64_t);
	struct vbr_stats_row *row;
	uint64_t *values;

	row = row_of(stats, device, part->vlan);
	values = row ? arena_take(&stats->values, size) : NULL;
	if (!values)
		return -ENOMEM;
	/* In a message, they are aligned to 4 bytes only. */
	memcpy(values, part->counters, size);
	row->groups[slot(part->group)] = (struct counters){ values,
							    part->count };
	return 0;
}

static int on_stats(void *data, const struct nlmsghdr *msg)
{
	struct vbr_stats *stats = data;
	const struct device *device;
	struct stats_reader reader;
	struct stats_part part;
	int rc = stats_parse(msg, &reader);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	device = find_device(stats, reader.index);
	if (!device)
		return 0;
	while ((rc = stats_take(&reader, &part)) > 0) {
		if (device->off[part.group] ||
		    !(stats->groups & 1u << part.group))
			continue;
		rc = keep(stats, device, &part);
		if (rc < 0)
			return rc;
	}
	return rc;
}

static void restart(void *data)
{
	struct vbr_stats *stats = data;

	stats->count = 0;
	arena_free(&stats->values);
}

/*
 * A dump is used even for one port if it may have many VLANs: in a reply about
 * one device, the kernel puts all of them into one attribute, whose length
 * overflows at 64 KiB (seen on 6.1).
 */
static int request_index(const struct vbr_stats *stats, bool is_single)
{
	bool is_short = stats->groups == 1u << VBR_STATS_DEVICE;

	return is_single && is_short ? stats->devices[0].index : 0;
}

static int read_counters(struct vbr_ctx *ctx, struct vbr_stats *stats,
			 bool is_single)
{
	const struct talk_handler handler = { on_stats, restart, stats };
	struct request req;
	int rc;

	if (!stats->device_count)
		return 0;
	qsort(stats->devices, stats->device_count, sizeof(*stats->devices),
	      by_index);
	stats_request(&req, request_index(stats, is_single), stats->groups);
	rc = talk(ctx, &req.head, &handler);
	if (rc == 0 && stats->count)
		qsort(stats->rows, stats->count, sizeof(*stats->rows),
		      by_place);
	return rc;
}

/* --- public --------------------------------------------------------------- */

static void set_operation(struct vbr_ctx *ctx, const char *bridge,
			  const char *port)
{
	if (!bridge)
		context_begin(ctx, N_("cannot read the statistics"));
	else if (!port)
		context_begin(ctx,
			      N_("cannot read the statistics of bridge "
				 "\"%s\""),
			      bridge);
	else
		context_begin(ctx,
			      N_("cannot read the statistics of port \"%s\" "
				 "of bridge \"%s\""),
			      port, bridge);
}

int vbr_stats_list(struct vbr_ctx *ctx, const char *bridge, const char *port,
		   unsigned int groups, struct vbr_stats **ret_stats)
{
	struct vbr_stats *stats = calloc(1, sizeof(*stats));
	int rc;

	set_operation(ctx, bridge, port);
	if (!stats)
		return context_fail(ctx, -ENOMEM, NULL);
	stats->groups = groups | 1u << VBR_STATS_DEVICE;
	if (bridge)
		rc = stats_find_one(ctx, stats, bridge, port);
	else
		rc = stats_find_all(ctx, stats);
	if (rc == 0)
		rc = read_counters(ctx, stats, bridge && port);
	if (rc < 0)
		vbr_stats_free(stats);
	else
		*ret_stats = stats;
	return rc;
}

size_t vbr_stats_count(const struct vbr_stats *stats)
{
	return stats->count;
}

const struct vbr_stats_row *vbr_stats_at(const struct vbr_stats *stats,
					 size_t i)
{
	return i < stats->count ? &stats->rows[i] : NULL;
}

const struct vbr_stats_row *vbr_stats_find(const struct vbr_stats *stats,
					   int index, unsigned int vlan_id)
{
	const struct vbr_stats_row key = {
		.device = find_device(stats, index),
		.vlan = vlan_id,
	};

	if (!key.device || !stats->count)
		return NULL;
	return bsearch(&key, stats->rows, stats->count, sizeof(key), by_place);
}

void vbr_stats_free(struct vbr_stats *stats)
{
	if (!stats)
		return;
	arena_free(&stats->values);
	arena_free(&stats->names);
	free(stats->devices);
	free(stats->rows);
	free(stats);
}

int vbr_stats_row_index(const struct vbr_stats_row *row)
{
	return row->device->index;
}

const char *vbr_stats_row_name(const struct vbr_stats_row *row)
{
	return row->device->name;
}

int vbr_stats_row_bridge_index(const struct vbr_stats_row *row)
{
	return row->device->bridge;
}

const char *vbr_stats_row_bridge_name(const struct vbr_stats_row *row)
{
	return row->device->bridge_name;
}

unsigned int vbr_stats_row_vlan(const struct vbr_stats_row *row)
{
	return row->vlan;
}

const char *vbr_stats_row_off(const struct vbr_stats_row *row,
			      enum vbr_stats_group group)
{
	return row->device->off[group];
}

int vbr_stats_row_value(const struct vbr_stats_row *row,
			const struct vbr_counter *counter, uint64_t *ret_value)
{
	enum vbr_stats_group group = counter_group(counter);
	const struct counters *counters = &row->groups[slot(group)];

	if ((group == VBR_STATS_VLAN) != (row->vlan != 0) ||
	    counter->at >= counters->count)
		return -ENODATA;
	*ret_value = counters->values[counter->at];
	return 0;
}

const struct vbr_counter *vbr_counter_at(enum vbr_stats_group group, size_t i)
{
	return counter_at(group, i);
}

const char *vbr_counter_name(const struct vbr_counter *counter)
{
	return counter->name;
}

const char *vbr_counter_help(const struct vbr_counter *counter)
{
	return counter->help;
}
