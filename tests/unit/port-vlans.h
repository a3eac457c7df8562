/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VLANs of ports and bridges in requests and replies. */

#ifndef UNIT_PORT_VLANS_H
#define UNIT_PORT_VLANS_H

#include "unit/expected.h"

/* Consecutive VLANs with equal settings. "first" is 0 at the end of a list.
 * Members that are 0 are not sent. */
struct a_vlan {
	uint16_t first;
	uint16_t last;	/* 0: only the first */
	uint16_t flags; /* BRIDGE_VLAN_INFO_* */
	uint8_t state;
	uint32_t tunnel;
	uint64_t rx_bytes;
};

/* The same for a whole bridge. */
struct a_global {
	uint16_t first, last;
	uint8_t igmp;
	uint64_t query_interval;
	uint32_t querier; /* an IPv4 address in network byte order */
};

/* MST states; tree 0 ends a list. */
struct a_tree {
	uint16_t msti;
	uint8_t state;
};

/* A member of a bridge in the dump of AF_BRIDGE; the bridge is its own
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

/* The library sends the dump request of AF_BRIDGE, or RTM_GETVLAN for one
 * device or all (0), with these flags. */
struct nlmsghdr *expect_members(struct datagram *d);
struct nlmsghdr *expect_entries(struct datagram *d, int index, uint32_t flags);

/* The library changes VLANs of a device: RTM_SETLINK or RTM_DELLINK. */
struct nlmsghdr *expect_vlans(struct datagram *d, uint16_t type, int index,
			      bool is_bridge, const struct a_vlan *vlans);

/* Starts a change of options of VLANs of a device: RTM_NEWVLAN. */
struct nlmsghdr *expect_options(struct datagram *d, int index);

/* The library reads the VLANs of eth0, before or after a change; again, with
 * counters, if the kernel may have omitted some, which is possible unless a
 * VLAN follows the PVID; or in the form for kernels before Linux 5.6. */
void fake_eth0_vlans(struct fake_kernel *fake_kernel,
		     const struct a_vlan *vlans);
void fake_eth0_counted(struct fake_kernel *fake_kernel,
		       const struct a_vlan *vlans);
void fake_eth0_plain(struct fake_kernel *fake_kernel,
		     const struct a_vlan *vlans);

/* The script continues with a change of VLANs of eth0, of their tunnels, or of
 * their states. */
void fake_eth0_changes(struct fake_kernel *fake_kernel, uint16_t type,
		       const struct a_vlan *vlans, int error);
void fake_eth0_maps(struct fake_kernel *fake_kernel, uint16_t type,
		    const struct a_vlan *vlans, int error);
void fake_eth0_states(struct fake_kernel *fake_kernel,
		      const struct a_vlan *vlans, int error);

/* A set of VLANs; freed with vbr_vids_free(). */
struct vbr_vids *vids_of(const char *text);

#endif
