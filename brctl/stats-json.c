/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Counters, or their rates, as JSON. */

#include "config.h"

#include "cli/json.h"
#include "stats.h"

static void put_value(const struct sample *sample,
		      const struct vbr_stats_row *row,
		      const struct vbr_counter *counter, struct json *object)
{
	const char *name = vbr_counter_name(counter);
	uint64_t value;
	double rate;

	if (sample->before) {
		if (sample_rate(sample, row, counter, &rate))
			json_put_hundredths(object, name, rate);
	} else if (vbr_stats_row_value(row, counter, &value) == 0) {
		json_put_number(object, name, value);
	}
}

static void put_counters(const struct sample *sample,
			 const struct vbr_stats_row *row,
			 enum vbr_stats_group group, struct json *object)
{
	const struct vbr_counter *counter;

	for (size_t i = 0; (counter = vbr_counter_at(group, i)); i++)
		put_value(sample, row, counter, object);
}

static void put_vlan(const struct sample *sample,
		     const struct vbr_stats_row *row, struct json *array)
{
	struct json *object = json_object_of(array);

	json_put_number(object, "vlan", vbr_stats_row_vlan(row));
	put_counters(sample, row, VBR_STATS_VLAN,
		     json_object_in(object, "counters"));
}

/* Counters that the bridge has turned off are named once. */
static void put_off(const struct vbr_stats_row *row, struct json *object)
{
	struct json *array = json_array_in(object, "off");

	for (unsigned int group = 0; group <= VBR_STATS_VLAN; group++)
		if (sample_state(row, group) == SAMPLE_OFF)
			json_add_text(array, vbr_stats_row_off(row, group));
}

static void put_row(const struct sample *sample,
		    const struct vbr_stats_row *row, struct json *object)
{
	json_put_text(object, "bridge", vbr_stats_row_bridge_name(row));
	json_put_text(object, "port", vbr_stats_row_name(row));
	json_put_number(object, "index", (uint64_t)vbr_stats_row_index(row));
	for (unsigned int group = 0; group < VBR_STATS_VLAN; group++)
		if (sample_state(row, group) == SAMPLE_COUNTED)
			put_counters(sample, row, group,
				     json_object_in(object,
						    sample_group_name(group)));
	put_off(row, object);
}

void stats_put_device(const struct sample *sample, size_t *i,
		      struct json *object)
{
	const struct vbr_stats_row *row = vbr_stats_at(sample->now, *i);
	struct json *vlans;

	put_row(sample, row, object);
	vlans = json_array_in(object, "vlans");
	while ((row = vbr_stats_at(sample->now, ++*i)) &&
	       vbr_stats_row_vlan(row))
		if (sample_has(sample, row))
			put_vlan(sample, row, vlans);
}
