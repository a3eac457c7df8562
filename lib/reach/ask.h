/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Asks the model about two stations, in each VLAN in which they may reach each
 * other. */

#ifndef VBR_REACH_ASK_H
#define VBR_REACH_ASK_H

#include <stdbool.h>
#include <stddef.h>

#include "reach/search.h"
#include "reach/talk.h"
#include "trace/snapshot.h"

/* Of ports without a PVID, not all VLANs are tried. */
#define VLANS_MAX 16

/* The likeliest first. */
struct vlans {
	unsigned int list[VLANS_MAX];
	size_t count;
};

/* "vlan" is that which was asked for; 0: any. */
void vlans_choose(struct trace_snapshot *snapshot, unsigned int vlan,
		  const struct stations *stations, struct vlans *ret_vlans);

/* The stations with the tags that they use in a VLAN. */
struct stations stations_in_vlan(const struct trace_snapshot *snapshot,
				 const struct stations *stations,
				 unsigned int vlan);

/* -ENOMEM */
int talk_on_copy(const struct trace_snapshot *snapshot,
		 const struct stations *stations,
		 struct talk_result *ret_result);

/* Whether they reach each other; "stations" gets the VLAN and the tags. "vlan" 0:
 * in any. -ENOMEM */
int ask_works(struct trace_snapshot *snapshot, unsigned int vlan,
	      struct stations *stations, bool *ret_works);

/* Whether they reach each other, and if not, the changes for the VLAN that
 * needs the least; "stations" gets the VLAN and the tags. -ENOMEM */
int ask_stations(struct trace_snapshot *snapshot, unsigned int vlan,
		 struct stations *stations, bool *ret_works,
		 struct search_result *ret_search);

#endif
