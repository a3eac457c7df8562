/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Options of VLANs that are set, those of ports and those of bridges; and the
 * tunnels that VLANs are mapped to. */

#include "unit.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/filters.h"
#include "vbridge.h"

/* BRIDGE_VLANDB_DUMPF_GLOBAL, BRIDGE_VLANDB_GLOBAL_OPTIONS and within it. */
enum { DUMPF_GLOBAL = 2, GLOBAL_OPTIONS = 2, ID = 1, RANGE = 2,
       IGMP_VERSION = 4, QUERY_INTVL = 12 };

static int set_port(struct vbr_ctx *ctx, const char *ids,
		    const struct vbr_setting *settings, size_t count)
{
	struct vbr_vids *vids = vids_of(ids);
	int rc = vbr_filter_set_all(ctx, "br0", "eth0", vids, settings, count);

	vbr_vids_free(vids);
	return rc;
}

static int set_bridge(struct vbr_ctx *ctx, const char *ids,
		      const struct vbr_setting *settings, size_t count)
{
	struct vbr_vids *vids = vids_of(ids);
	int rc = vbr_filter_set_bridge_all(ctx, "br0", vids, settings, count);

	vbr_vids_free(vids);
	return rc;
}

static struct nlmsghdr *want_change(struct datagram *d, int index)
{
	const struct br_vlan_msg head = { .family = AF_BRIDGE,
		.ifindex = (uint32_t)index };

	return want(d, RTM_NEWVLAN, NLM_F_ACK, &head, sizeof(head));
}

/* The state of eth0's VLANs: br_vlan_rtm_process_one() */
static void changes_state(struct canned *canned, const struct a_vlan *vlans,
			  int error)
{
	struct datagram d;
	struct nlmsghdr *msg = want_change(&d, 8);

	for (; vlans->first; vlans++) {
		const struct bridge_vlan_info info = {
			BRIDGE_VLAN_INFO_ONLY_OPTS, vlans->first,
		};
		struct nlattr *entry = mnl_attr_nest_start(msg,
			BRIDGE_VLANDB_ENTRY);

		mnl_attr_put(msg, BRIDGE_VLANDB_ENTRY_INFO, sizeof(info),
			     &info);
		if (vlans->last)
			mnl_attr_put_u16(msg, BRIDGE_VLANDB_ENTRY_RANGE,
					 vlans->last);
		mnl_attr_put_u8(msg, BRIDGE_VLANDB_ENTRY_STATE, vlans->state);
		mnl_attr_nest_end(msg, entry);
	}
	canned_verdict(canned, msg, error);
}

static const struct a_vlan before[] = {
	{ .first = 10, .last = 14, .state = 3 },
	{ .first = 15, .last = 30, .state = 4 },
	{ .first = 40, .state = 1 }, { 0 },
};

static void of_ports(void **state)
{
	static const struct vbr_setting learning[] = { { "state", 2 } };
	static const struct a_vlan rows[] = {
		{ .first = 12, .state = 2 },
		{ .first = 14, .last = 20, .state = 2 },
		{ .first = 40, .state = 2 }, { 0 },
	};
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_eth0(canned);
	canned_eth0_vlans(canned, before);
	changes_state(canned, rows, 0);
	assert_int_equal(set_port(ctx, "40,14-20,12", learning, 1), 0);
	canned_end(canned, ctx);
}

/* What there was, row by row. */
static void undone(void **state)
{
	static const struct vbr_setting learning[] = { { "state", 2 } };
	static const struct a_vlan wanted[] = {
		{ .first = 14, .last = 20, .state = 2 },
		{ .first = 40, .state = 2 }, { 0 },
	};
	static const struct a_vlan old[][2] = {
		{ { .first = 14, .state = 3 } },
		{ { .first = 15, .last = 20, .state = 4 } },
		{ { .first = 40, .state = 1 } },
	};
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	for (int fails = 0; fails < 2; fails++) {
		canned_eth0(canned);
		canned_eth0_vlans(canned, before);
		changes_state(canned, wanted, -EBUSY);
		changes_state(canned, old[0], 0);
		changes_state(canned, old[1], fails ? -ENOMEM : 0);
		changes_state(canned, old[2], 0);
		assert_int_equal(set_port(ctx, "14-20,40", learning, 1),
				 -EBUSY);
		says(ctx, fails ? "Device or resource busy; some of the VLANs "
		     "may have been changed" : "Device or resource busy");
		assert_int_equal(vbr_ctx_kernel_errno(ctx), -EBUSY);
	}
	/* One of one cannot be half done. */
	canned_eth0(canned);
	canned_eth0_vlans(canned, before);
	canned_refuses(canned, RTM_NEWVLAN, -EINVAL);
	assert_int_equal(set_port(ctx, "40", learning, 1), -EINVAL);
	canned_end(canned, ctx);
}

/* br_vlan_rtm_process_global_options() */
static void changes_global(struct canned *canned,
			   const struct a_global *vlan, int error)
{
	struct datagram d;
	struct nlmsghdr *msg = want_change(&d, 7);
	struct nlattr *entry = mnl_attr_nest_start(msg, GLOBAL_OPTIONS);

	mnl_attr_put_u16(msg, ID, vlan->first);
	if (vlan->last)
		mnl_attr_put_u16(msg, RANGE, vlan->last);
	mnl_attr_put_u64(msg, QUERY_INTVL, vlan->query_interval);
	mnl_attr_put_u8(msg, IGMP_VERSION, vlan->igmp);
	mnl_attr_nest_end(msg, entry);
	canned_verdict(canned, msg, error);
}

static void canned_globals(struct canned *canned)
{
	static const struct a_global rows[] = {
		{ 1, 4000, 2, 12500 }, { 4001, 4094, 3, 1000 }, { 0 },
	};
	struct datagram request = { 0 }, answer = { 0 };

	canned_br0(canned);
	add_globals(&answer, 7, rows);
	add_done(&answer);
	canned_reply(canned, want_entries(&request, 7, DUMPF_GLOBAL), &answer);
}

static void of_bridges(void **state)
{
	static const struct vbr_setting two[] = {
		{ "mcast_query_interval", 100 }, { "mcast_igmp_version", 2 },
	};
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_globals(canned);
	changes_global(canned, &(struct a_global){ 2, 4094, 2, 100 }, 0);
	assert_int_equal(set_bridge(ctx, "2-4094", two, 2), 0);
	/* Two of one may be half done. */
	canned_globals(canned);
	changes_global(canned, &(struct a_global){ 4001, 0, 2, 100 }, -EINVAL);
	changes_global(canned, &(struct a_global){ 4001, 0, 3, 1000 }, 0);
	assert_int_equal(set_bridge(ctx, "4001", two, 2), -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx), "cannot set options of VLANs "
			    "of bridge \"br0\": Invalid argument");
	canned_end(canned, ctx);
}

static void not_sent(void **state)
{
	static const struct {
		struct vbr_setting settings[2];
		int rc;
		const char *why;
	} rows[] = {
		{ { { "nothing", 1 } }, -ENOENT, "there is no option "
		  "\"nothing\"" },
		{ { { "rx_bytes", 1 } }, -EACCES, "rx_bytes can only be "
		  "read" },
		{ { { "tunnel_id", 1 } }, -EACCES, "tunnel_id can only be "
		  "read" },
		{ { { "state", 1 }, { "state", 2 } }, -EINVAL,
		  "state is given twice" },
	};
	static const struct vbr_setting far[] = {
		{ "mcast_query_interval", 99 },
	};
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(set_port(ctx, "10", rows[i].settings,
					  rows[i].settings[1].option ? 2 : 1),
				 rows[i].rc);
		says(ctx, rows[i].why);
	}
	/* The kernel would set another, and not say so. */
	canned_globals(canned);
	assert_int_equal(set_bridge(ctx, "10-20", far, 1), -ERANGE);
	says(ctx, "Numerical result out of range; mcast_query_interval goes "
	     "from 1.00 to 86400.00 s");
	assert_int_equal(set_bridge(ctx, "10", far, 0), -E2BIG);
	canned_end(canned, ctx);
}

/* Options that it does not send it does not know. */
static void unknown(void **state)
{
	static const struct vbr_setting rows[] = {
		{ "state", 3 }, { "neigh_suppress", 1 },
	};
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_eth0(canned);
	canned_eth0_vlans(canned, before);
	assert_int_equal(set_port(ctx, "10-12", rows, 2), -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx), "cannot set options of VLANs "
			    "of \"eth0\" of bridge \"br0\": this kernel has "
			    "no neigh_suppress; it came with Linux 6.4, and "
			    "can be left out when a kernel is built");
	canned_eth0(canned);
	canned_eth0_vlans(canned, before);
	assert_int_equal(set_port(ctx, "31", rows, 1), -ENOENT);
	says(ctx, "VLAN 31 is not there");
	/* A bridge's options have no older way. */
	canned_br0(canned);
	canned_refuses(canned, RTM_GETVLAN, -EOPNOTSUPP);
	assert_int_equal(set_bridge(ctx, "10", (struct vbr_setting[]){
			 { "mcast_querier", 1 } }, 1), -EOPNOTSUPP);
	canned_end(canned, ctx);
}

/* --- tunnels -------------------------------------------------------------- */

static int map(struct vbr_ctx *ctx, const char *device, const char *ids,
	       uint32_t first)
{
	struct vbr_vids *vids = vids_of(ids);
	int rc = first ? vbr_filter_map_tunnels(ctx, "br0", device, vids,
						first) :
		vbr_filter_unmap_tunnels(ctx, "br0", device, vids);

	vbr_vids_free(vids);
	return rc;
}

static void put_tunnel(struct nlmsghdr *msg, uint32_t id, uint16_t vid,
		       uint16_t flags)
{
	struct nlattr *info = mnl_attr_nest_start(msg,
						  IFLA_BRIDGE_VLAN_TUNNEL_INFO);

	mnl_attr_put_u32(msg, IFLA_BRIDGE_VLAN_TUNNEL_ID, id);
	mnl_attr_put_u16(msg, IFLA_BRIDGE_VLAN_TUNNEL_VID, vid);
	mnl_attr_put_u16(msg, IFLA_BRIDGE_VLAN_TUNNEL_FLAGS, flags);
	mnl_attr_nest_end(msg, info);
}

/* br_parse_vlan_tunnel_info() */
static void maps(struct canned *canned, uint16_t type,
		 const struct a_vlan *vlans, int error)
{
	struct datagram d;
	struct nlmsghdr *msg = want_vlans(&d, type, 8, false,
					  (struct a_vlan[]){ { 0 } });
	struct nlattr *spec;

	/* The same nest, with others in it. */
	msg->nlmsg_len -= MNL_ATTR_HDRLEN;
	spec = mnl_attr_nest_start(msg, IFLA_AF_SPEC);
	for (; vlans->first; vlans++) {
		bool row = vlans->last;

		put_tunnel(msg, vlans->tunnel, vlans->first,
			   row ? BRIDGE_VLAN_INFO_RANGE_BEGIN : 0);
		if (row)
			put_tunnel(msg, vlans->tunnel + vlans->last -
				   vlans->first, vlans->last,
				   BRIDGE_VLAN_INFO_RANGE_END);
	}
	mnl_attr_nest_end(msg, spec);
	canned_verdict(canned, msg, error);
}

static void tunnels(void **state)
{
	static const struct a_vlan wanted[] = {
		{ .first = 10, .tunnel = 100 },
		{ .first = 12, .last = 19, .tunnel = 101 },
		{ .first = 40, .tunnel = 109 }, { 0 },
	};
	static const struct a_vlan gone[] = {
		{ .first = 10, .tunnel = 0 },
		{ .first = 12, .last = 13, .tunnel = 1 }, { 0 },
	};
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_eth0(canned);
	canned_eth0_vlans(canned, before);
	maps(canned, RTM_SETLINK, wanted, 0);
	assert_int_equal(map(ctx, "eth0", "10,12-19,40", 100), 0);
	canned_eth0(canned);
	canned_eth0_vlans(canned, before);
	maps(canned, RTM_DELLINK, gone, 0);
	assert_int_equal(map(ctx, "eth0", "10,12-13", 0), 0);
	canned_end(canned, ctx);
}

/* 10 and 11 have none; those of 12 to 14 are 500 to 502. */
static void tunnels_undone(void **state)
{
	static const struct a_vlan had[] = {
		{ .first = 10, .last = 11 },
		{ .first = 12, .last = 14, .tunnel = 500 }, { 0 },
	};
	static const struct a_vlan wanted[] = {
		{ .first = 10, .last = 13, .tunnel = 7 }, { 0 },
	};
	static const struct a_vlan none[] = { { .first = 10, .last = 13 },
					      { 0 } };
	static const struct a_vlan old[] = {
		{ .first = 12, .last = 13, .tunnel = 500 }, { 0 },
	};
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	for (int fails = 0; fails < 2; fails++) {
		canned_eth0(canned);
		canned_eth0_vlans(canned, had);
		maps(canned, RTM_SETLINK, wanted, -EEXIST);
		maps(canned, RTM_DELLINK, none, -ENOENT);
		maps(canned, RTM_SETLINK, old, fails ? -EINVAL : 0);
		assert_int_equal(map(ctx, "eth0", "10-13", 7), -EEXIST);
		says(ctx, fails ? "File exists; some of the VLANs may have "
		     "been changed" : "File exists");
	}
	canned_end(canned, ctx);
}

static void no_tunnels(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_br0(canned);
	assert_int_equal(map(ctx, "br0", "10", 7), -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx), "cannot map VLANs of \"br0\" "
			    "of bridge \"br0\" to tunnels: a bridge itself "
			    "has no tunnels");
	canned_eth0(canned);
	canned_eth0_vlans(canned, before);
	assert_int_equal(map(ctx, "eth0", "41", 0), -ENOENT);
	assert_string_equal(vbr_ctx_error(ctx), "cannot take VLANs of "
			    "\"eth0\" of bridge \"br0\" off their tunnels: "
			    "VLAN 41 is not there");
	canned_eth0(canned);
	canned_eth0_vlans(canned, before);
	canned_refuses(canned, RTM_SETLINK, -EINVAL);
	assert_int_equal(map(ctx, "eth0", "10", 7), -EINVAL);
	canned_end(canned, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("options of a port's VLANs are one message", of_ports),
		TEST("options that were refused are set back, row by row",
		     undone),
		TEST("options of a bridge's VLANs are one message",
		     of_bridges),
		TEST("options that cannot be are not sent", not_sent),
		TEST("options that the kernel does not know are refused",
		     unknown),
		TEST("VLANs are mapped to tunnels upwards from one", tunnels),
		TEST("tunnels that were refused leave those before",
		     tunnels_undone),
		TEST("tunnels that cannot be are refused", no_tunnels),
	};

	return run_all(tests);
}
