/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds messages about VLANs; each comment names the functions of the kernel
 * that write or read them. Constants newer than Linux 5.10 are numbers here. */

#include "unit.h"

#include "unit/port-vlans.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "vbridge.h"

/* BRIDGE_VLANDB_GLOBAL_OPTIONS, and attributes in it. */
enum {
	GLOBAL_OPTIONS = 2,
	ID = 1,
	RANGE = 2,
	IGMP_VERSION = 4,
	QUERY_INTVL = 12,
	QUERIER_STATE = 17
};
/* BRIDGE_QUERIER_IP_ADDRESS */
enum { IP_ADDRESS = 1 };
/* IFLA_BRIDGE_MST, and attributes in it. */
enum { MST = 6, MST_ENTRY = 1, MSTI = 1, STATE = 2 };

static void put_info(struct nlmsghdr *msg, uint16_t type, uint16_t flags,
		     uint16_t vid)
{
	const struct bridge_vlan_info info = { flags, vid };

	put_attr(msg, type, sizeof(info), &info);
}

/* Written by __vlan_tunnel_put(), read by br_parse_vlan_tunnel_info(). */
static void put_tunnel(struct nlmsghdr *msg, uint32_t id, uint16_t vid,
		       uint16_t flags)
{
	struct nlattr *info = nest_start(msg, IFLA_BRIDGE_VLAN_TUNNEL_INFO);

	put_u32(msg, IFLA_BRIDGE_VLAN_TUNNEL_ID, id);
	put_u16(msg, IFLA_BRIDGE_VLAN_TUNNEL_VID, vid);
	put_u16(msg, IFLA_BRIDGE_VLAN_TUNNEL_FLAGS, flags);
	nest_end(msg, info);
}

static void put_tunnels(struct nlmsghdr *msg, const struct a_vlan *vlan)
{
	bool row = vlan->last;

	put_tunnel(msg, vlan->tunnel, vlan->first,
		   row ? BRIDGE_VLAN_INFO_RANGE_BEGIN : 0);
	if (row)
		put_tunnel(msg, vlan->tunnel + vlan->last - vlan->first,
			   vlan->last, BRIDGE_VLAN_INFO_RANGE_END);
}

/* Written by br_fill_ifvlaninfo_range(), read by br_afspec(). */
static void put_range(struct nlmsghdr *msg, const struct a_vlan *vlan)
{
	if (!vlan->last) {
		put_info(msg, IFLA_BRIDGE_VLAN_INFO, vlan->flags, vlan->first);
		return;
	}
	put_info(msg, IFLA_BRIDGE_VLAN_INFO,
		 vlan->flags | BRIDGE_VLAN_INFO_RANGE_BEGIN, vlan->first);
	put_info(msg, IFLA_BRIDGE_VLAN_INFO,
		 vlan->flags | BRIDGE_VLAN_INFO_RANGE_END, vlan->last);
}

static struct nlmsghdr *begin_member(struct datagram *d, int index,
				     const char *name, int bridge)
{
	return add_link(d,
			&(struct a_link){
				.index = index,
				.name = name,
				.master = bridge,
				.family = AF_BRIDGE,
				.port_no = index == bridge ? 0
							   : (uint16_t)index });
}

struct nlmsghdr *add_member(struct datagram *d, int index, const char *name,
			    int bridge, const struct a_vlan *vlans)
{
	struct nlmsghdr *msg = begin_member(d, index, name, bridge);
	struct nlattr *spec = nest_start(msg, IFLA_AF_SPEC);

	for (size_t i = 0; vlans[i].first; i++)
		put_range(msg, &vlans[i]);
	for (; vlans->first; vlans++)
		if (vlans->tunnel)
			put_tunnels(msg, vlans);
	nest_end(msg, spec);
	done_message(d, msg);
	return msg;
}

/* br_mst_fill_info() */
struct nlmsghdr *add_trees(struct datagram *d, int index, const char *name,
			   int bridge, const struct a_tree *trees)
{
	struct nlmsghdr *msg = begin_member(d, index, name, bridge);
	struct nlattr *spec = nest_start(msg, IFLA_AF_SPEC);
	struct nlattr *mst = nest_start(msg, MST);

	for (; trees->msti; trees++) {
		struct nlattr *entry = nest_start(msg, MST_ENTRY);

		put_u16(msg, MSTI, trees->msti);
		put_u8(msg, STATE, trees->state);
		nest_end(msg, entry);
	}
	nest_end(msg, mst);
	nest_end(msg, spec);
	done_message(d, msg);
	return msg;
}

static struct nlmsghdr *begin_entries(struct datagram *d, int index)
{
	struct nlmsghdr *msg = add_message(d, RTM_NEWVLAN, 0);
	struct br_vlan_msg *head = put_extra_header(msg, sizeof(*head));

	head->family = AF_BRIDGE;
	head->ifindex = (uint32_t)index;
	return msg;
}

/* br_vlan_fill_vids() */
static void put_entry(struct nlmsghdr *msg, const struct a_vlan *vlan)
{
	struct nlattr *entry = nest_start(msg, BRIDGE_VLANDB_ENTRY);
	struct nlattr *inner;

	put_info(msg, BRIDGE_VLANDB_ENTRY_INFO, vlan->flags, vlan->first);
	if (vlan->last)
		put_u16(msg, BRIDGE_VLANDB_ENTRY_RANGE, vlan->last);
	if (vlan->state)
		put_u8(msg, BRIDGE_VLANDB_ENTRY_STATE, vlan->state);
	if (vlan->tunnel) {
		inner = nest_start(msg, BRIDGE_VLANDB_ENTRY_TUNNEL_INFO);
		put_u32(msg, BRIDGE_VLANDB_TINFO_ID, vlan->tunnel);
		nest_end(msg, inner);
	}
	if (vlan->rx_bytes) {
		inner = nest_start(msg, BRIDGE_VLANDB_ENTRY_STATS);
		put_u64(msg, BRIDGE_VLANDB_STATS_RX_BYTES, vlan->rx_bytes);
		nest_end(msg, inner);
	}
	nest_end(msg, entry);
}

struct nlmsghdr *add_entries(struct datagram *d, int index,
			     const struct a_vlan *vlans)
{
	struct nlmsghdr *msg = begin_entries(d, index);

	for (; vlans->first; vlans++)
		put_entry(msg, vlans);
	done_message(d, msg);
	return msg;
}

/* br_vlan_global_opts_fill() */
static void put_global(struct nlmsghdr *msg, const struct a_global *vlan)
{
	struct nlattr *entry = nest_start(msg, GLOBAL_OPTIONS);
	struct nlattr *inner;

	put_u16(msg, ID, vlan->first);
	if (vlan->last)
		put_u16(msg, RANGE, vlan->last);
	if (vlan->igmp)
		put_u8(msg, IGMP_VERSION, vlan->igmp);
	if (vlan->query_interval)
		put_u64(msg, QUERY_INTVL, vlan->query_interval);
	if (vlan->querier) {
		inner = nest_start(msg, QUERIER_STATE);
		put_u32(msg, IP_ADDRESS, vlan->querier);
		nest_end(msg, inner);
	}
	nest_end(msg, entry);
}

struct nlmsghdr *add_globals(struct datagram *d, int index,
			     const struct a_global *vlans)
{
	struct nlmsghdr *msg = begin_entries(d, index);

	for (; vlans->first; vlans++)
		put_global(msg, vlans);
	done_message(d, msg);
	return msg;
}

/* --- requests ------------------------------------------------------------- */

struct nlmsghdr *expect_members(struct datagram *d)
{
	const struct ifinfomsg head = { .ifi_family = AF_BRIDGE };
	struct nlmsghdr *msg = expect(d, RTM_GETLINK, NLM_F_DUMP, &head,
				      sizeof(head));

	put_u32(msg, IFLA_EXT_MASK,
		RTEXT_FILTER_BRVLAN_COMPRESSED | RTEXT_FILTER_SKIP_STATS);
	return msg;
}

struct nlmsghdr *expect_entries(struct datagram *d, int index, uint32_t flags)
{
	const struct br_vlan_msg head = { .family = AF_BRIDGE,
					  .ifindex = (uint32_t)index };
	struct nlmsghdr *msg = expect(d, RTM_GETVLAN, NLM_F_DUMP, &head,
				      sizeof(head));

	if (flags)
		put_u32(msg, BRIDGE_VLANDB_DUMP_FLAGS, flags);
	return msg;
}

/* Starts a change of the VLANs of a link. */
static struct nlattr *want_spec(struct datagram *d, uint16_t type, int index,
				struct nlmsghdr **ret_msg)
{
	const struct ifinfomsg head = { .ifi_family = AF_BRIDGE,
					.ifi_index = index };

	*ret_msg = expect(d, type, NLM_F_ACK, &head, sizeof(head));
	return nest_start(*ret_msg, IFLA_AF_SPEC);
}

struct nlmsghdr *expect_vlans(struct datagram *d, uint16_t type, int index,
			      bool is_bridge, const struct a_vlan *vlans)
{
	struct nlmsghdr *msg;
	struct nlattr *spec = want_spec(d, type, index, &msg);

	if (is_bridge)
		put_u16(msg, IFLA_BRIDGE_FLAGS, BRIDGE_FLAGS_SELF);
	for (; vlans->first; vlans++)
		put_range(msg, vlans);
	nest_end(msg, spec);
	return msg;
}

struct nlmsghdr *expect_options(struct datagram *d, int index)
{
	const struct br_vlan_msg head = { .family = AF_BRIDGE,
					  .ifindex = (uint32_t)index };

	return expect(d, RTM_NEWVLAN, NLM_F_ACK, &head, sizeof(head));
}

void fake_eth0_changes(struct fake_kernel *fake_kernel, uint16_t type,
		       const struct a_vlan *vlans, int error)
{
	struct datagram d = { 0 };

	fake_verdict(fake_kernel, expect_vlans(&d, type, 8, false, vlans),
		     error);
}

void fake_eth0_maps(struct fake_kernel *fake_kernel, uint16_t type,
		    const struct a_vlan *vlans, int error)
{
	struct datagram d = { 0 };
	struct nlmsghdr *msg;
	struct nlattr *spec = want_spec(&d, type, 8, &msg);

	for (; vlans->first; vlans++)
		put_tunnels(msg, vlans);
	nest_end(msg, spec);
	fake_verdict(fake_kernel, msg, error);
}

/* br_vlan_rtm_process_one() */
void fake_eth0_states(struct fake_kernel *fake_kernel,
		      const struct a_vlan *vlans, int error)
{
	struct datagram d;
	struct nlmsghdr *msg = expect_options(&d, 8);

	for (; vlans->first; vlans++) {
		struct nlattr *entry = nest_start(msg, BRIDGE_VLANDB_ENTRY);

		put_info(msg, BRIDGE_VLANDB_ENTRY_INFO,
			 BRIDGE_VLAN_INFO_ONLY_OPTS, vlans->first);
		if (vlans->last)
			put_u16(msg, BRIDGE_VLANDB_ENTRY_RANGE, vlans->last);
		put_u8(msg, BRIDGE_VLANDB_ENTRY_STATE, vlans->state);
		nest_end(msg, entry);
	}
	fake_verdict(fake_kernel, msg, error);
}

void fake_eth0_plain(struct fake_kernel *fake_kernel,
		     const struct a_vlan *vlans)
{
	static const struct a_vlan other[] = {
		{ .first = 1, .last = 4094, .tunnel = 1 },
		{ 0 },
	};
	struct datagram request = { 0 }, answer = { 0 };

	fake_refuses(fake_kernel, RTM_GETVLAN, -EOPNOTSUPP);
	add_member(&answer, 8, "eth0", 7, vlans);
	add_member(&answer, 9, "eth1", 7, other);
	add_done(&answer);
	fake_reply(fake_kernel, expect_members(&request), &answer);
}

static void fake_eth0_told(struct fake_kernel *fake_kernel,
			   const struct a_vlan *vlans, uint32_t flags)
{
	struct datagram request = { 0 }, answer = { 0 };

	add_entries(&answer, 8, vlans);
	add_done(&answer);
	fake_reply(fake_kernel, expect_entries(&request, 8, flags), &answer);
}

void fake_eth0_vlans(struct fake_kernel *fake_kernel,
		     const struct a_vlan *vlans)
{
	fake_eth0_told(fake_kernel, vlans, 0);
}

void fake_eth0_counted(struct fake_kernel *fake_kernel,
		       const struct a_vlan *vlans)
{
	fake_eth0_told(fake_kernel, vlans, BRIDGE_VLANDB_DUMPF_STATS);
}

struct vbr_vids *vids_of(const char *text)
{
	struct vbr_vids *vids;

	assert_int_equal(vbr_vids_parse(text, &vids), 0);
	return vids;
}
