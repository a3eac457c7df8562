/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Searches the smallest set of changes that lets two stations reach each
 * other. */

#ifndef VBR_REACH_SEARCH_H
#define VBR_REACH_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "reach/change.h"
#include "reach/talk.h"
#include "trace/snapshot.h"

struct search_result {
	struct stations stations; /* of those that were tried */
	struct changes changes;
	uint64_t set;
	size_t size;	     /* of the set; 0: no set lets the frames pass */
	size_t ties;	     /* other sets of this size */
	unsigned int effect; /* how many ways of others the set changes */
	bool is_cut;	     /* it gave up */
};

/* Adds what the stations can do to the best that was found; "ret_result" is
 * zeroed before the first. -ENOMEM */
int search_changes(const struct trace_snapshot *snapshot,
		   const struct stations *stations,
		   struct search_result *ret_result);

#endif
