/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Applies lines about VLANs and FDB entries to a snapshot. */

#ifndef VBR_REACH_APPLY_VLAN_H
#define VBR_REACH_APPLY_VLAN_H

struct item;
struct trace_port;
struct trace_snapshot;

/* -ENOMEM */
int apply_vlan(struct trace_snapshot *snapshot, struct trace_port *member,
	       const struct item *item);
int apply_vlan_option(struct trace_snapshot *snapshot,
		      struct trace_port *member, const struct item *item);
int apply_mac(struct trace_snapshot *snapshot, const struct trace_port *member,
	      const struct item *item);

/* The VLAN that a new port gets. */
int apply_default_vlan(struct trace_snapshot *snapshot,
		       struct trace_port *port);

#endif
