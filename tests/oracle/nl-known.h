/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The options that libnl supports; compares snapshots from links of libnl with
 * our own. */

#ifndef ORACLE_NL_KNOWN_H
#define ORACLE_NL_KNOWN_H

#include <stdbool.h>

#include "vbridge.h"

bool libnl_knows(enum vbr_scope scope, const char *option);

/* Returns whether both have the same name, index, etc., and the same values of
 * options that libnl supports; other options must be missing in "theirs".
 * Prints the differences if "is_loud". */
bool same_bridge(const struct vbr_bridge *theirs, const struct vbr_bridge *ours,
		 bool is_loud);
bool same_port(const struct vbr_port *theirs, const struct vbr_port *ours,
	       bool is_loud);
bool same_vlan(struct vbr_ctx *ctx, const struct vbr_vlan *theirs,
	       const struct vbr_vlan *ours, bool is_loud);

#endif
