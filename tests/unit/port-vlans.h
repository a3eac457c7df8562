/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VLANs of ports and bridges, as the kernel tells of them and is told. */

#ifndef UNIT_PORT_VLANS_H
#define UNIT_PORT_VLANS_H

#include "unit/expected.h"

/* VLANs that follow each other and are alike. Of a list of them, the end is
 * one whose first is 0. What is 0 is not sent. */
struct a_vlan {
	uint16_t first;
	uint16_t last;	/* 0: the first alone */
	uint16_t flags; /* BRIDGE_VLAN_INFO_* */
	uint8_t state;
	uint32_t tunnel;
	uint64_t rx_bytes;
};

/* The same of a bridge. */
struct a_global {
	uint16_t first, last;
	uint8_t igmp;
	uint64_t query_interval;
	uint32_t querier; /* an IPv4 address, as it travels */
};

/* Trees; the end is tree 0. */
struct a_tree {
	uint16_t msti;
	uint8_t state;
};

/* A member of a bridge, in the dump of AF_BRIDGE; the bridge itself is its own
 * master. */
struct nlmsghdr *add_member(struct datagram *d, int index, const char *name,
			    int bridge, const struct a_vlan *vlans);
struct nlmsghdr *add_trees(struct datagram *d, int index, const char *name,
			   int bridge, const struct a_tree *trees);
/* VLANs with their options: RTM_NEWVLAN. */
struct nlmsghdr *add_entries(struct datagram *d, int index,
			     const struct a_vlan *vlans);
struct nlmsghdr *add_globals(struct datagram *d, int index,
			     const struct a_global *vlans);

/* The questions: the dump of AF_BRIDGE, and RTM_GETVLAN, of one device or of
 * all (0), with these flags, if any. */
struct nlmsghdr *expect_members(struct datagram *d);
struct nlmsghdr *expect_entries(struct datagram *d, int index, uint32_t flags);

/* A change of a device's VLANs: RTM_SETLINK or RTM_DELLINK. */
struct nlmsghdr *expect_vlans(struct datagram *d, uint16_t type, int index,
			      bool is_bridge, const struct a_vlan *vlans);

/* Begins a change of a device's VLANs' options: RTM_NEWVLAN. */
struct nlmsghdr *expect_options(struct datagram *d, int index);

/* The VLANs that eth0 has are read, before they are changed or after; again,
 * with counters, if the kernel may have left some out, which is where none
 * stands behind the PVID; or in the way of kernels before Linux 5.6. */
void fake_eth0_vlans(struct fake_kernel *fake_kernel,
		     const struct a_vlan *vlans);
void fake_eth0_counted(struct fake_kernel *fake_kernel,
		       const struct a_vlan *vlans);
void fake_eth0_plain(struct fake_kernel *fake_kernel,
		     const struct a_vlan *vlans);

/* The script goes on with a change of eth0's VLANs, of their tunnels, or of
 * their states. */
void fake_eth0_changes(struct fake_kernel *fake_kernel, uint16_t type,
		       const struct a_vlan *vlans, int error);
void fake_eth0_maps(struct fake_kernel *fake_kernel, uint16_t type,
		    const struct a_vlan *vlans, int error);
void fake_eth0_states(struct fake_kernel *fake_kernel,
		      const struct a_vlan *vlans, int error);

/* A set of VLANs: vbr_vids_free(). */
struct vbr_vids *vids_of(const char *text);

#endif
