/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the rules look at: a bridge and its ports, and what the host has on
 * them. */

#ifndef VBR_CHECK_VIEW_H
#define VBR_CHECK_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "topology/topology.h"
#include "vbridge.h"

struct forward;
struct moves;
struct vbr_rule;
struct vbr_findings;

struct port_view {
	const struct vbr_port *port;
	const struct topology_link *link;
	const char *name; /* in sentences */
};

struct bridge_view {
	const struct vbr_bridge *bridge;
	const struct topology_link *link;
	const char *name; /* in sentences */
	struct port_view *ports;
	size_t count;
};

struct check {
	struct vbr_ctx *ctx;
	const struct topology *topology;
	const struct vbr_rule *rule;
	struct vbr_findings *findings;
	int error; /* of the first call that failed */
	/*
	 * State that some rules read once for all bridges; NULL: not read yet.
	 */
	struct moves *moves;
	struct forward *forward;
};

/* Options; "missing" if the kernel does not have them. */
uint64_t bridge_number(const struct bridge_view *bridge, const char *option,
		       uint64_t missing);
uint64_t port_number(const struct port_view *port, const char *option,
		     uint64_t missing);

/*
 * Whether a port leads to a guest or a container, judged by its kind; all other
 * ports lead to a network.
 */
bool is_guest_port(const struct port_view *port);
size_t count_uplinks(const struct bridge_view *bridge);

/* The first address of the host on the device, besides those that the kernel
 * makes; NULL: there is none. */
const struct ip_address *find_address(const struct check *check,
				      const struct topology_link *link);
/*
 * Whether there is such an address; whether a default route goes through the
 * device.
 */
bool has_address(const struct check *check, const struct topology_link *link);
bool has_default_route(const struct check *check,
		       const struct topology_link *link);

#endif
