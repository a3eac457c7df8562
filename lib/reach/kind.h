/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Kinds of members: the model treats all of one kind alike, in any VLAN. */

#ifndef VBR_REACH_KIND_H
#define VBR_REACH_KIND_H

#include <stdbool.h>

#include "reach/talk.h"
#include "trace/snapshot.h"

/*
 * Everything about a member in a VLAN that the model depends on. Kinds are
 * compared byte by byte.
 */
struct kind {
	struct trace_port port; /* without what names it */
	bool is_host, is_pvid, has_tunnel, has_entry;
	unsigned int flags, state; /* in the VLAN */
	unsigned int devices;	   /* VLAN devices on it, a digit each */
	/* The FDB entry of its address. */
	unsigned int fdb_state, fdb_flags;
	int fdb_port; /* 0: the member itself */
	/*
	 * The index of a member that is in a kind of its own, because another
	 * member or an entry refers to it.
	 */
	int itself;
};

/* Returns false if the member is not in the VLAN; 0: the bridge does not
 * filter. */
bool kind_take(const struct trace_snapshot *snapshot,
	       const struct trace_port *port, unsigned int vlan,
	       struct kind *ret_kind);

/* The station behind a member: the host; on a locked port, one that it lets
 * pass; else one that the bridge does not know. "number" is 0 or 1: two of them
 * have different addresses. */
struct station kind_station(const struct trace_snapshot *snapshot,
			    const struct trace_port *port, unsigned int vlan,
			    int number);

/* Whether it makes a station on a locked port known. */
bool kind_is_known(const struct trace_fdb *entry);

#endif
