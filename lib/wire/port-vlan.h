/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VLANs of ports and bridges in messages; no I/O. */

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

/* Defines the VLAN of vbridge.h: one VLAN of a device, or a range of equal
 * ones. */
struct vbr_port_vlan {
	int device;
	int bridge;
	uint16_t first, last;
	uint16_t flags; /* BRIDGE_VLAN_INFO_* */
	uint8_t scope;	/* VBR_SCOPE_PORT_VLAN or _BRIDGE_VLAN */
	struct attr_span options;
};

/* The tunnel id of a VLAN, or of the first VLAN of a range. */
struct port_vlan_tunnel {
	uint16_t first, last;
	uint32_t id;
};

/* The state of a port in one of several spanning trees. */
struct vbr_mst {
	int device;
	int bridge;
	uint16_t msti;
	uint8_t state;
};

/*
 * Takes the first VLAN or range off the AF_BRIDGE attributes of a link, or off
 * an RTM_NEWVLAN. 1: taken, 0: none is left; -EBADMSG. -EOPNOTSUPP: this kernel
 * has no options of bridge VLANs, and sends port VLANs instead.
 */
int port_vlan_take(struct attr_span *vlans, struct vbr_port_vlan *ret_vlan);
int port_vlan_take_entry(struct attr_span *entries, enum vbr_scope scope,
			 struct vbr_port_vlan *ret_vlan);
/* The same for tunnel ids, which follow the VLANs in AF_BRIDGE messages. */
int port_vlan_take_tunnel(struct attr_span *vlans,
			  struct port_vlan_tunnel *ret_tunnel);
/* The device and the entries of an RTM_NEWVLAN; -ENOMSG, -EBADMSG. */
int port_vlan_parse(const struct nlmsghdr *msg, int *ret_device,
		    struct attr_span *ret_entries);

/* The same for the MST states in the AF_BRIDGE attributes of a link. */
struct attr_span port_vlan_msts(struct attr_span vlans);
int port_vlan_take_mst(struct attr_span *trees, struct vbr_mst *ret_mst);

/* Reads: all ports with their VLANs, or with their MST states; the VLANs of a
 * device (0: all devices) with options. */
enum port_vlan_read {
	PORT_VLAN_PLAIN,
	PORT_VLAN_OPTIONS,
	PORT_VLAN_STATISTICS,
	PORT_VLAN_GLOBAL,
	PORT_VLAN_MSTS
};

void port_vlan_request(struct nlmsghdr *msg, size_t size,
		       enum port_vlan_read read, int device);

/* The longest change: every second VLAN, each in an attribute of its own. */
#define PORT_VLAN_SIZE 65000

struct port_vlan_change {
	int device;
	bool is_bridge; /* the device is the bridge itself */
	const struct vbr_vids *vids;
	uint16_t flags;
};

/* Puts all VLANs of a change into one message. The buffer must be zeroed.
 * False: no room. */
bool port_vlan_put_vlans(struct nlmsghdr *msg, size_t size, uint16_t type,
			 const struct port_vlan_change *change);
/* Puts the tunnel ids of the VLANs, which ascend from "tunnel". False: no
 * room. */
bool port_vlan_put_tunnels(struct nlmsghdr *msg, size_t size, uint16_t type,
			   const struct port_vlan_change *change,
			   uint32_t tunnel);
/* Puts options of the VLANs, all of one scope. Returns what option_put()
 * returns. */
int port_vlan_put_options(struct nlmsghdr *msg, size_t size,
			  enum vbr_scope scope,
			  const struct port_vlan_change *change,
			  const struct option_value *values, size_t count,
			  size_t *ret_bad);

#endif
