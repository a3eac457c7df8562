/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds out which station a word names. */

#ifndef VBR_REACH_FIND_H
#define VBR_REACH_FIND_H

#include "base/name.h"
#include "topology/topology.h"
#include "reach/talk.h"
#include "vbridge.h"

/* Where to look. */
struct find {
	struct vbr_ctx *ctx;
	const struct topology *topology;
	const char *bridge;
	int index;	   /* of the bridge */
	unsigned int vlan; /* 0: in any */
	bool is_filtering;
};

/* What was found. */
struct found {
	struct station station;
	/* The name of another bridge: it is there; "": it is here. */
	char elsewhere[NAME_SIZE];
};

/* Reads the topology, which the caller drops, also after an error, and prepares
 * "find", except for the VLAN. */
int find_begin(struct vbr_ctx *ctx, const char *bridge,
	       struct topology *topology, struct find *find);

/* "number" is 0 or 1: two stations whose addresses are not known get different
 * ones. Returns 0, or a negative errno with its sentence in the context. */
int find_station(const struct find *find, const char *word, int number,
		 struct found *ret_found);

#endif
