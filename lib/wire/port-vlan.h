/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VLANs of ports and bridges on the wire; opens nothing. */

#ifndef VBR_WIRE_FILTER_H
#define VBR_WIRE_FILTER_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/attr.h"
#include "wire/option.h"

struct link_info;
struct vbr_vids;

/* What vbridge.h calls a VLAN, or a row of VLANs alike, of a device. */
struct vbr_port_vlan {
	int device;
	int bridge;
	uint16_t first, last;
	uint16_t flags; /* BRIDGE_VLAN_INFO_* */
	uint8_t scope;	/* SCOPE_PORT_VLAN or _BRIDGE_VLAN */
	struct attr_span options;
};

/* The tunnel ids of a VLAN, or of a row of VLANs: the first VLAN's. */
struct filter_tunnel {
	uint16_t first, last;
	uint32_t id;
};

/* One spanning tree of many, as a port has it. */
struct vbr_mst {
	int device;
	int bridge;
	uint16_t msti;
	uint8_t state;
};

/*
 * Takes the first VLAN or row off what AF_BRIDGE said of a link, or off an
 * RTM_NEWVLAN. 1: taken, 0: none is left; -EBADMSG. -EOPNOTSUPP: this kernel
 * does not know options of bridges' VLANs, and tells of ports' instead.
 */
int filter_take(struct attr_span *vlans, struct vbr_port_vlan *ret_filter);
int filter_take_entry(struct attr_span *entries, enum option_scope scope,
		      struct vbr_port_vlan *ret_filter);
/* The same of tunnels, which AF_BRIDGE tells of behind the VLANs. */
int filter_take_tunnel(struct attr_span *vlans,
		       struct filter_tunnel *ret_tunnel);
/* What an RTM_NEWVLAN is about, and its entries; -ENOMSG, -EBADMSG. */
int filter_parse(const struct nlmsghdr *msg, int *ret_device,
		 struct attr_span *ret_entries);

/* The spanning trees that AF_BRIDGE said of a link; the same way. */
struct attr_span filter_trees(struct attr_span vlans);
int filter_take_tree(struct attr_span *trees, struct vbr_mst *ret_mst);

/* The reads: all ports with their VLANs, or with their trees; the VLANs of a
 * device (0: of all) with their options. */
enum filter_read {
	FILTER_PLAIN,
	FILTER_OPTIONS,
	FILTER_STATISTICS,
	FILTER_GLOBAL,
	FILTER_TREES
};

void filter_request(struct nlmsghdr *msg, size_t size, enum filter_read read,
		    int device);

/* The longest change: each second VLAN, in attributes of their own. */
#define FILTER_SIZE 65000

struct filter_change {
	int device;
	bool is_bridge; /* the bridge itself, no port */
	const struct vbr_vids *vids;
	uint16_t flags;
};

/* All VLANs of a change in one message; false: there is no room. */
bool filter_put_vlans(struct nlmsghdr *msg, size_t size, uint16_t type,
		      const struct filter_change *change);
/* The VLANs' tunnel ids, upwards from one; false likewise. */
bool filter_put_tunnels(struct nlmsghdr *msg, size_t size, uint16_t type,
			const struct filter_change *change, uint32_t tunnel);
/* The VLANs' options, of one scope: what option_put() returns. */
int filter_put_options(struct nlmsghdr *msg, size_t size,
		       enum option_scope scope,
		       const struct filter_change *change,
		       const struct option_value *values, size_t count,
		       size_t *ret_bad);

#endif
