/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The devices whose counters a snapshot has. */

#ifndef VBR_API_STATS_H
#define VBR_API_STATS_H

#include <stddef.h>

#include "base/arena.h"
#include "vbridge.h"
#include "wire/stats.h"

struct device {
	int index, bridge;
	const char *name, *bridge_name;
	const char *off[STATS_GROUPS]; /* the option that is off, or NULL */
	size_t place;		       /* in the order of the snapshot */
};

struct vbr_stats {
	size_t count, room;
	struct vbr_stats_row *rows; /* by place and VLAN */
	size_t device_count, device_room;
	struct device *devices; /* by index */
	struct arena names, values;
	unsigned int groups; /* bits: the requested ones */
};

/* Adds the bridges and their ports, in the order of the snapshot; or one bridge
 * with its ports, or only this port of it. */
int stats_find_all(struct vbr_ctx *ctx, struct vbr_stats *stats);
int stats_find_one(struct vbr_ctx *ctx, struct vbr_stats *stats,
		   const char *name, const char *port);

#endif
