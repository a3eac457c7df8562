/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * The layout of the drawing: devices, and what is above and below each of them.
 * Knows no output.
 */

#ifndef VBR_BRCTL_TREE_LAYOUT_H
#define VBR_BRCTL_TREE_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "tree-guest.h"
#include "vbridge.h"

/* A device, and its rows in the lists of the topology. */
struct tree_device {
	const struct vbr_device *device;
	const struct vbr_bridge *bridge; /* or NULL */
	const struct vbr_port *port;	 /* or NULL */
	size_t first_vlan, vlan_count;	 /* in the list of VLANs of ports */
	bool is_drawn, is_root;
};

enum tree_what {
	TREE_DEVICE,
	TREE_NETNS, /* the other end of a device */
	TREE_GUEST  /* of a tap */
};

/* One place in the drawing. A device may have several. */
struct tree_item {
	enum tree_what what;
	const struct tree_device *device;
	const struct tree_guest *guest; /* or NULL */
	const struct tree_item *from;	/* the item that led to it, or NULL */
	struct tree_item *above, *below;
	struct tree_item *next; /* beside it */
	struct tree_item *made_before;
};

struct tree {
	const struct vbr_topology *topology;
	const struct vbr_findings *findings; /* NULL: not asked for */
	struct vbr_trace *trace;	     /* NULL: not asked for */
	const struct tree_device *trace_in;  /* where the frame comes in */
	int trace_vlan;
	struct tree_guests guests;
	struct tree_device *devices; /* by index */
	size_t count;
	struct tree_device **by_parent, **by_master;
	struct tree_item *roots, *last_root, *last_made;
	bool lacks_memory;
};

/* Prepares an empty drawing. False: no memory. */
bool tree_begin(struct tree *tree, const struct vbr_topology *topology);

/* Adds a bridge, and all that belongs to it; only once. False: the topology does
 * not have it. */
bool tree_add_bridge(struct tree *tree, int index);

void tree_drop(struct tree *tree);

/* NULL: there is none. */
const struct tree_device *tree_find(const struct tree *tree, int index);

/* The next finding about an item after the first "*at", each rule once; NULL: no
 * more. */
const struct vbr_finding *tree_next_finding(const struct tree *tree,
					    const struct tree_device *device,
					    size_t *at);

#endif
