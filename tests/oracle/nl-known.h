/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Which options libnl knows, and snapshots by its links beside our own. */

#ifndef ORACLE_NL_KNOWN_H
#define ORACLE_NL_KNOWN_H

#include <stdbool.h>

#include "vbridge.h"

bool libnl_knows(enum vbr_scope scope, const char *option);

/* Whether one that libnl knows is, in both, the same; the others are missing
 * in what came by libnl. Name, index and the like are the same, too. Says what
 * is not, where "is_loud". */
bool same_bridge(const struct vbr_bridge *theirs, const struct vbr_bridge *ours,
		 bool is_loud);
bool same_port(const struct vbr_port *theirs, const struct vbr_port *ours,
	       bool is_loud);
bool same_vlan(struct vbr_ctx *ctx, const struct vbr_vlan *theirs,
	       const struct vbr_vlan *ours, bool is_loud);

#endif
