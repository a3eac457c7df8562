/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Tunnels, options and MST states of VLANs on a real kernel: set by us and read
 * by libnl, or the other way around. */

#include "oracle/vlans.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static uint32_t tunnel_of(struct oracle *o, unsigned int vid)
{
	struct nlattr *entry = entry_of(o, "a", vid, VBR_SCOPE_PORT_VLAN);
	uint64_t id = 0;

	assert_non_null(entry);
	option_in_nest(entry, known_find(VBR_SCOPE_PORT_VLAN, "tunnel_id"),
		       &id);
	free(entry);
	return (uint32_t)id;
}

static int map(struct oracle *o, const char *ids, uint32_t tunnel)
{
	struct vbr_vids *vids = vids_of(ids);
	int rc = tunnel ? vbr_port_vlan_map_tunnels(o->ctx, "br0", "a", vids,
						    tunnel)
			: vbr_port_vlan_unmap_tunnels(o->ctx, "br0", "a", vids,
						      false);

	vbr_vids_free(vids);
	return rc;
}

static void tunnels(void **state)
{
	struct oracle *o = *state;
	uint64_t value;
	struct vbr_port_vlans *filters;
	const struct vbr_port_vlan *row;

	make_filtering(o);
	assert_int_equal(add_vlans(o, "a", "10-20,30", 0), 0);
	assert_int_equal(map(o, "10-12", 100), -EINVAL);
	assert_int_equal(vbr_port_set(o->ctx, "br0", "a", "vlan_tunnel", 1), 0);
	assert_int_equal(map(o, "10-12,30", 100), 0);
	for (unsigned int vid = 10; vid <= 20; vid++)
		assert_int_equal(tunnel_of(o, vid), vid <= 12 ? vid + 90 : 0);
	assert_int_equal(tunnel_of(o, 30), 103);
	assert_int_equal(vbr_port_vlan_list(o->ctx, "br0",
					    VBR_PORT_VLAN_OPTIONS, &filters),
			 0);
	for (size_t i = 0; (row = vbr_port_vlans_at(filters, i)); i++)
		if (vbr_port_vlan_first(row) == 10)
			break;
	assert_non_null(row);
	assert_int_equal(vbr_port_vlan_last(row), 12);
	assert_int_equal(vbr_port_vlan_value(row, "tunnel_id", &value), 0);
	assert_int_equal(value, 100);
	vbr_port_vlans_free(filters);
	assert_int_equal(map(o, "11,30", 0), 0);
	assert_int_equal(tunnel_of(o, 10), 100);
	assert_int_equal(tunnel_of(o, 11), 0);
	assert_int_equal(tunnel_of(o, 30), 0);
}

/* This kernel never accepts only a part of a range of VLANs. It does so with
 * tunnel ids, if one of them is in use. */
static void tunnels_undone(void **state)
{
	struct oracle *o = *state;

	make_filtering(o);
	assert_int_equal(add_vlans(o, "a", "10-20", 0), 0);
	assert_int_equal(vbr_port_set(o->ctx, "br0", "a", "vlan_tunnel", 1), 0);
	assert_int_equal(map(o, "10", 500), 0);
	assert_int_equal(map(o, "18", 501), 0);
	assert_int_equal(map(o, "20", 107), 0);
	/* 12 to 15 can be mapped; the tunnel id of 16 is in use for VLAN 20. */
	assert_int_equal(map(o, "12-17", 103), -EEXIST);
	/* 12 to 17 can be mapped; 18 already has a tunnel. */
	assert_int_equal(map(o, "12-18", 203), -EEXIST);
	assert_null(strstr(vbr_ctx_error(o->ctx), "may have been changed"));
	for (unsigned int vid = 11; vid < 20; vid++)
		assert_int_equal(tunnel_of(o, vid), vid == 18 ? 501 : 0);
	assert_int_equal(tunnel_of(o, 10), 500);
	assert_int_equal(tunnel_of(o, 20), 107);
}

static uint64_t option_of_vlan(struct oracle *o, const char *device,
			       unsigned int vid, enum vbr_scope scope,
			       const char *option)
{
	struct nlattr *entry = entry_of(o, device, vid, scope);
	uint64_t value = UINT64_MAX;

	assert_non_null(entry);
	assert_true(option_in_nest(entry, known_find(scope, option), &value));
	free(entry);
	return value;
}

/* The kernel accepts the first of two options, and refuses the second. */
static void options_undone(void **state)
{
	static const struct vbr_setting of_port[] = {
		{ "state", 1 },
		{ "mcast_router", 9 },
	};
	static const struct vbr_setting of_bridge[] = {
		{ "mcast_igmp_version", 3 },
		{ "mcast_mld_version", 9 },
	};
	struct oracle *o = *state;
	struct vbr_vids *vids;

	make_filtering(o);
	vids = vids_of("10-19");
	assert_int_equal(add_vlans(o, "a", "10-19", 0), 0);
	assert_int_equal(vbr_port_vlan_set_all(o->ctx, "br0", "a", vids,
					       of_port, 2),
			 -EINVAL);
	assert_non_null(strstr(vbr_ctx_error(o->ctx), "; mcast_router ranges "
						      "from 0 to 3"));
	assert_null(strstr(vbr_ctx_error(o->ctx), "may have been changed"));
	assert_int_equal(vbr_bridge_vlan_set_all(o->ctx, "br0", vids, of_bridge,
						 2),
			 -EINVAL);
	assert_null(strstr(vbr_ctx_error(o->ctx), "may have been changed"));
	for (unsigned int vid = 10; vid < 20; vid++) {
		assert_int_equal(option_of_vlan(o, "a", vid,
						VBR_SCOPE_PORT_VLAN, "state"),
				 3);
		assert_int_equal(option_of_vlan(o, "br0", vid,
						VBR_SCOPE_BRIDGE_VLAN,
						"mcast_igmp_version"),
				 2);
	}
	assert_int_equal(vbr_port_vlan_set_all(o->ctx, "br0", "a", vids,
					       of_port, 1),
			 0);
	for (unsigned int vid = 10; vid < 20; vid++)
		assert_int_equal(option_of_vlan(o, "a", vid,
						VBR_SCOPE_PORT_VLAN, "state"),
				 1);
	vbr_vids_free(vids);
}

/* IFLA_BRIDGE_MST of Linux 5.18, and attributes in it. */
enum { BRIDGE_MST = 6, MST_ENTRY = 1, MSTI = 1, STATE = 2 };

/* Sets the state of a port in a tree with a message that libnl builds. */
static int set_tree(struct oracle *o, const char *port, uint16_t msti,
		    uint8_t state)
{
	struct ifinfomsg head = { .ifi_family = AF_BRIDGE,
				  .ifi_index = index_of(o, port) };
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_SETLINK, 0);
	struct nlattr *spec, *mst, *entry;

	assert_int_equal(nlmsg_append(msg, &head, sizeof(head), NLMSG_ALIGNTO),
			 0);
	spec = nla_nest_start(msg, IFLA_AF_SPEC);
	mst = nla_nest_start(msg, BRIDGE_MST);
	entry = nla_nest_start(msg, MST_ENTRY);
	assert_int_equal(nla_put_u16(msg, MSTI, msti), 0);
	assert_int_equal(nla_put_u8(msg, STATE, state), 0);
	nla_nest_end(msg, entry);
	nla_nest_end(msg, mst);
	nla_nest_end(msg, spec);
	return request(o, msg);
}

static void trees(void **state)
{
	static const struct vbr_setting tree = { "msti", 20 };
	struct oracle *o = *state;
	const struct vbr_mst *mst;
	struct vbr_vids *vids;
	struct vbr_msts *msts;

	make_filtering(o);
	vids = vids_of("10-12");
	assert_int_equal(del_vlans(o, "a", "1"), 0);
	assert_int_equal(del_vlans(o, "b", "1"), 0);
	assert_int_equal(del_vlans(o, "br0", "1"), 0);
	/* Without MST, the list is empty. */
	assert_int_equal(vbr_mst_list(o->ctx, NULL, &msts), 0);
	assert_int_equal(vbr_msts_count(msts), 0);
	vbr_msts_free(msts);
	if (vbr_bridge_set(o->ctx, "br0", "mst_enabled", 1) == -EOPNOTSUPP) {
		print_message("# %s\n", vbr_ctx_error(o->ctx));
		vbr_vids_free(vids);
		skip();
	}
	set_option(o, "br0", known_find(VBR_SCOPE_BRIDGE, "mst_enabled"), 0);
	set_option(o, "br0", known_find(VBR_SCOPE_BRIDGE, "mst_enabled"), 1);
	assert_int_equal(add_vlans(o, "br0", "10-12", 0), 0);
	assert_int_equal(add_vlans(o, "a", "10-12", 0), 0);
	check(vbr_bridge_vlan_set_all(o->ctx, "br0", vids, &tree, 1) == 0, "%s",
	      vbr_ctx_error(o->ctx));
	for (uint8_t wanted = 0; wanted <= 4; wanted++) {
		assert_int_equal(set_tree(o, "a", 20, wanted), 0);
		assert_int_equal(vbr_mst_list(o->ctx, "br0", &msts), 0);
		assert_int_equal(vbr_msts_count(msts), 1);
		mst = vbr_msts_at(msts, 0);
		assert_int_equal(vbr_mst_index(mst), index_of(o, "a"));
		assert_int_equal(vbr_mst_bridge_index(mst), index_of(o, "br0"));
		assert_int_equal(vbr_mst_instance(mst), 20);
		assert_int_equal(vbr_mst_state(mst), wanted);
		vbr_msts_free(msts);
	}
	vbr_vids_free(vids);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("VLANs are mapped to tunnels", tunnels),
		ORACLE_TEST("after a refusal, tunnels are unchanged",
			    tunnels_undone),
		ORACLE_TEST("after a refusal, options are unchanged",
			    options_undone),
		ORACLE_TEST("trees and states of a port are read", trees),
	};

	return run_all(tests);
}
