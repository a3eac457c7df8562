/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes changes in a copy of a snapshot, as the kernel does. */

#ifndef VBR_REACH_MAKE_H
#define VBR_REACH_MAKE_H

#include <stdint.h>

struct changes;
struct trace_port;
struct trace_snapshot;

/* Makes those of the set, a bit for each. -ENOMEM; -EINVAL: the kernel would
 * refuse one. */
int changes_make(const struct changes *changes, uint64_t set,
		 struct trace_snapshot *copy);

/* A member comes up, and gets a carrier. */
int snapshot_set_up(struct trace_snapshot *copy, struct trace_port *member);

#endif
