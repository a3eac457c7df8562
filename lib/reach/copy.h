/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Copies of a snapshot, which changes are tried on. */

#ifndef VBR_REACH_COPY_H
#define VBR_REACH_COPY_H

#include <stdbool.h>
#include <stdint.h>

#include "trace/snapshot.h"

/* Names are shared with the original, and so are the VLANs of ports until they
 * change. -ENOMEM */
int snapshot_copy(const struct trace_snapshot *from,
		  struct trace_snapshot *ret_copy);

/* Only what two stations need: their ports, those that stand in for them, and
 * those that the FDB says their addresses are on. -ENOMEM */
int snapshot_copy_part(const struct trace_snapshot *from, int one, int other,
		       struct trace_snapshot *ret_copy);

/* NULL: none has this index. */
struct trace_port *snapshot_member(struct trace_snapshot *snapshot, int index);

/* As the kernel does: a new PVID takes the place of another. -ENOMEM */
int snapshot_join(struct trace_snapshot *snapshot, struct trace_port *port,
		  unsigned int vid, unsigned int flags);

/* -ENOMEM */
int snapshot_leave(struct trace_snapshot *snapshot, struct trace_port *port,
		   unsigned int vid);

/* Also over an old entry of the address. -ENOMEM */
int snapshot_add_fdb(struct trace_snapshot *snapshot,
		     const struct trace_fdb *entry);
void snapshot_del_fdb(struct trace_snapshot *snapshot, const uint8_t mac[6],
		      unsigned int vlan);

#endif
