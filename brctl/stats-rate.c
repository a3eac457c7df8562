/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Compares two snapshots of counters. */

#include "config.h"

#include "stats.h"

enum sample_state sample_state(const struct vbr_stats_row *row,
			       enum vbr_stats_group group)
{
	const struct vbr_counter *counter = vbr_counter_at(group, 0);
	uint64_t value;

	if (vbr_stats_row_value(row, counter, &value) == 0)
		return SAMPLE_COUNTED;
	if (!vbr_stats_row_vlan(row) && vbr_stats_row_off(row, group))
		return SAMPLE_OFF;
	return SAMPLE_NONE;
}

static const struct vbr_stats_row *earlier(const struct sample *sample,
					   const struct vbr_stats_row *row)
{
	return vbr_stats_find(sample->before, vbr_stats_row_index(row),
			      vbr_stats_row_vlan(row));
}

bool sample_has(const struct sample *sample, const struct vbr_stats_row *row)
{
	return !sample->before || earlier(sample, row);
}

/* A counter that starts anew is smaller than before, so is one of 32 bits that
 * wraps: how much was counted between is not known. */
bool sample_rate(const struct sample *sample, const struct vbr_stats_row *row,
		 const struct vbr_counter *counter, double *ret_rate)
{
	const struct vbr_stats_row *old = earlier(sample, row);
	uint64_t before, now;

	if (!old || vbr_stats_row_value(old, counter, &before) < 0 ||
	    vbr_stats_row_value(row, counter, &now) < 0 || now < before)
		return false;
	*ret_rate = (double)(now - before) / sample->seconds;
	return true;
}

const char *sample_group_name(enum vbr_stats_group group)
{
	static const char *const names[] = {
		[VBR_STATS_DEVICE] = "device",
		[VBR_STATS_STP] = "stp",
		[VBR_STATS_MULTICAST] = "multicast",
		[VBR_STATS_VLAN] = "vlan",
	};

	return names[group];
}
