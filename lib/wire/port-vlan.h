/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VLANs of ports and bridges on the wire; opens nothing. */

#ifndef VBR_WIRE_PORT_VLAN_H
#define VBR_WIRE_PORT_VLAN_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/message.h"
#include "wire/option.h"

struct link_info;
struct vbr_vids;

/* What vbridge.h calls a VLAN, or a row of VLANs alike, of a device. */
struct vbr_port_vlan {
	int device;
	int bridge;
	uint16_t first, last;
	uint16_t flags; /* BRIDGE_VLAN_INFO_* */
	uint8_t scope;	/* VBR_SCOPE_PORT_VLAN or _BRIDGE_VLAN */
	struct attr_span options;
};

/* The tunnel ids of a VLAN, or of a row of VLANs: the first VLAN's. */
struct port_vlan_tunnel {
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
int port_vlan_take(struct attr_span *vlans, struct vbr_port_vlan *ret_vlan);
int port_vlan_take_entry(struct attr_span *entries, enum vbr_scope scope,
			 struct vbr_port_vlan *ret_vlan);
/* The same of tunnels, which AF_BRIDGE tells of behind the VLANs. */
int port_vlan_take_tunnel(struct attr_span *vlans,
			  struct port_vlan_tunnel *ret_tunnel);
/* What an RTM_NEWVLAN is about, and its entries; -ENOMSG, -EBADMSG. */
int port_vlan_parse(const struct nlmsghdr *msg, int *ret_device,
		    struct attr_span *ret_entries);

/* The spanning trees that AF_BRIDGE said of a link; the same way. */
struct attr_span port_vlan_msts(struct attr_span vlans);
int port_vlan_take_mst(struct attr_span *trees, struct vbr_mst *ret_mst);

/* The reads: all ports with their VLANs, or with their trees; the VLANs of a
 * device (0: of all) with their options. */
enum port_vlan_read {
	PORT_VLAN_PLAIN,
	PORT_VLAN_OPTIONS,
	PORT_VLAN_STATISTICS,
	PORT_VLAN_GLOBAL,
	PORT_VLAN_MSTS
};

void port_vlan_request(struct nlmsghdr *msg, size_t size,
		       enum port_vlan_read read, int device);

/* The longest change: each second VLAN, in attributes of their own. */
#define PORT_VLAN_SIZE 65000

struct port_vlan_change {
	int device;
	bool is_bridge; /* the bridge itself, no port */
	const struct vbr_vids *vids;
	uint16_t flags;
};

/* All VLANs of a change in one message, in a zeroed buffer; false: there is no
 * room. */
bool port_vlan_put_vlans(struct nlmsghdr *msg, size_t size, uint16_t type,
			 const struct port_vlan_change *change);
/* The VLANs' tunnel ids, upwards from one; false likewise. */
bool port_vlan_put_tunnels(struct nlmsghdr *msg, size_t size, uint16_t type,
			   const struct port_vlan_change *change,
			   uint32_t tunnel);
/* The VLANs' options, of one scope: what option_put() returns. */
int port_vlan_put_options(struct nlmsghdr *msg, size_t size,
			  enum vbr_scope scope,
			  const struct port_vlan_change *change,
			  const struct option_value *values, size_t count,
			  size_t *ret_bad);

#endif
