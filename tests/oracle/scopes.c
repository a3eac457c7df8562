/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The devices and VLANs on which options are tried. */

#include "oracle/scopes.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <linux/rtnetlink.h>
#include <netlink/route/link/vlan.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "oracle/vlans.h"

static const char *device_of(enum vbr_scope scope)
{
	static const char *const names[] = {
		[VBR_SCOPE_BRIDGE] = "br1",	 [VBR_SCOPE_PORT] = "a",
		[VBR_SCOPE_VLAN] = "v",		 [VBR_SCOPE_PORT_VLAN] = "a",
		[VBR_SCOPE_BRIDGE_VLAN] = "br0",
	};

	return names[scope];
}

static bool is_of_vlan(enum vbr_scope scope)
{
	return scope == VBR_SCOPE_PORT_VLAN || scope == VBR_SCOPE_BRIDGE_VLAN;
}

static int make_vlan(struct oracle *o)
{
	struct rtnl_link *link = rtnl_link_vlan_alloc();
	int rc;

	assert_non_null(link);
	rtnl_link_set_name(link, "v");
	rtnl_link_set_link(link, index_of(o, "c"));
	rtnl_link_vlan_set_id(link, 5);
	rc = rtnl_link_add(o->sock, link, NLM_F_CREATE);
	rtnl_link_put(link);
	return rc;
}

/* Sends a frame of VLAN 5 from c to a. */
static void send_frame(struct oracle *o)
{
	static const uint8_t frame[64] = {
		2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x81, 0, 0, 5, 0x88, 0xb5,
	};
	const struct sockaddr_ll from = {
		.sll_family = AF_PACKET,
		.sll_ifindex = index_of(o, "c"),
	};
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);

	assert_return_code(fd, errno);
	assert_int_equal(sendto(fd, frame, sizeof(frame), 0,
				(const struct sockaddr *)&from, sizeof(from)),
			 sizeof(frame));
	close(fd);
}

static bool counts_frames(struct oracle *o, const char *port)
{
	uint64_t value = 0;

	(void)port; /* all trials use the same port */
	return their_get(o, known_find(VBR_SCOPE_PORT_VLAN, "rx_packets"),
			 &value) &&
	       value;
}

/* Makes counters that are not 0. c goes up last, because then it has a carrier
 * at once, and can send. Otherwise its frames would be lost until the kernel
 * sees the carrier. */
static void count_frame(struct oracle *o)
{
	set_option(o, "br0", known_find(VBR_SCOPE_BRIDGE, "vlan_stats_enabled"),
		   1);
	set_up(o, "br0");
	set_up(o, "a");
	set_up(o, "c");
	set_forwarding(o, "a");
	send_frame(o);
	if (!eventually(counts_frames, o, "a"))
		fail_msg("the frame is not counted");
}

/* VLAN 5 of a has a tunnel, so that it can be read. */
static void make_vlan_five(struct oracle *o)
{
	struct vbr_vids *vids = vids_of("5");

	assert_int_equal(change_vlans(o, RTM_SETLINK, "br0", 4, 6, 0), 0);
	assert_int_equal(change_vlans(o, RTM_SETLINK, "a", 4, 6, 0), 0);
	set_option(o, "br0", known_find(VBR_SCOPE_BRIDGE, "vlan_filtering"), 1);
	set_option(o, "a", known_find(VBR_SCOPE_PORT, "vlan_tunnel"), 1);
	assert_int_equal(vbr_port_vlan_map_tunnels(o->ctx, "br0", "a", vids,
						   4711),
			 0);
	vbr_vids_free(vids);
}

void make_devices(struct oracle *o, enum vbr_scope scope)
{
	if (scope == VBR_SCOPE_BRIDGE) {
		make_bridge(o, "br1");
		return;
	}
	make_veth(o, "a", "c");
	if (scope == VBR_SCOPE_VLAN) {
		assert_int_equal(make_vlan(o), 0);
		return;
	}
	make_veth(o, "b", "d");
	make_bridge(o, "br0");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_port_add(o->ctx, "br0", "b"), 0);
	if (is_of_vlan(scope))
		make_vlan_five(o);
	if (scope == VBR_SCOPE_PORT_VLAN)
		count_frame(o);
	/* Without this option, a VLAN has no querier. */
	if (scope == VBR_SCOPE_BRIDGE_VLAN)
		set_option(o, "br0",
			   known_find(VBR_SCOPE_BRIDGE, "mcast_vlan_snooping"),
			   1);
}

void delete_devices(struct oracle *o, enum vbr_scope scope)
{
	if (scope == VBR_SCOPE_BRIDGE) {
		delete_link(o, "br1");
		return;
	}
	delete_link(o, "a");
	if (scope != VBR_SCOPE_VLAN) {
		delete_link(o, "b");
		delete_link(o, "br0");
	}
}

bool has_scope(struct oracle *o, enum vbr_scope scope)
{
	bool has = true;

	if (scope == VBR_SCOPE_VLAN) {
		make_veth(o, "a", "c");
		has = make_vlan(o) == 0;
		delete_link(o, "a");
	} else if (is_of_vlan(scope)) {
		make_bridge(o, "br0");
		has = can_filter(o, "br0");
		delete_link(o, "br0");
	}
	return has;
}

static int set_of_vlan(struct oracle *o, enum vbr_scope scope,
		       const struct vbr_setting *setting)
{
	struct vbr_vids *vids = vids_of("5");
	int rc;

	if (scope == VBR_SCOPE_PORT_VLAN)
		rc = vbr_port_vlan_set_all(o->ctx, "br0", "a", vids, setting,
					   1);
	else
		rc = vbr_bridge_vlan_set_all(o->ctx, "br0", vids, setting, 1);
	vbr_vids_free(vids);
	return rc;
}

int our_set(struct oracle *o, enum vbr_scope scope, const char *option,
	    uint64_t value)
{
	const struct vbr_setting setting = { option, value };

	switch (scope) {
	case VBR_SCOPE_PORT:
		return vbr_port_set(o->ctx, "br0", "a", option, value);
	case VBR_SCOPE_VLAN:
		return vbr_vlan_set(o->ctx, "v", option, value);
	case VBR_SCOPE_BRIDGE:
		return vbr_bridge_set(o->ctx, "br1", option, value);
	default:
		return set_of_vlan(o, scope, &setting);
	}
}

static int get_of_vlan(struct oracle *o, const struct known_option *known,
		       uint64_t *ret_value)
{
	int rc, index = index_of(o, device_of(known->scope));
	const struct vbr_port_vlan *row;
	struct vbr_port_vlans *filters;

	if (known->scope == VBR_SCOPE_PORT_VLAN)
		rc = vbr_port_vlan_list(o->ctx, "br0", VBR_PORT_VLAN_STATISTICS,
					&filters);
	else
		rc = vbr_bridge_vlan_list(o->ctx, "br0", &filters);
	assert_int_equal(rc, 0);
	for (size_t i = 0; (row = vbr_port_vlans_at(filters, i)); i++)
		if (vbr_port_vlan_index(row) == index &&
		    vbr_port_vlan_first(row) <= 5 &&
		    vbr_port_vlan_last(row) >= 5)
			break;
	assert_non_null(row);
	rc = vbr_port_vlan_value(row, known->name, ret_value);
	vbr_port_vlans_free(filters);
	return rc;
}

int our_get(struct oracle *o, const struct known_option *known,
	    uint64_t *ret_value)
{
	struct vbr_bridge *bridge;
	struct vbr_port *port;
	struct vbr_vlan *vlan;
	int rc;

	switch (known->scope) {
	case VBR_SCOPE_PORT:
		assert_int_equal(vbr_port_get(o->ctx, "br0", "a", &port), 0);
		rc = vbr_port_value(port, known->name, ret_value);
		vbr_port_free(port);
		return rc;
	case VBR_SCOPE_VLAN:
		assert_int_equal(vbr_vlan_get(o->ctx, "v", &vlan), 0);
		rc = vbr_vlan_value(vlan, known->name, ret_value);
		vbr_vlan_free(vlan);
		return rc;
	case VBR_SCOPE_BRIDGE:
		assert_int_equal(vbr_bridge_get(o->ctx, "br1", &bridge), 0);
		rc = vbr_bridge_value(bridge, known->name, ret_value);
		vbr_bridge_free(bridge);
		return rc;
	default:
		return get_of_vlan(o, known, ret_value);
	}
}

bool their_get(struct oracle *o, const struct known_option *known,
	       uint64_t *ret_value)
{
	const char *device = device_of(known->scope);
	void *msg;
	bool has;

	if (is_of_vlan(known->scope)) {
		msg = entry_of(o, device, 5, known->scope);
		assert_non_null(msg);
		has = option_in_nest(msg, known, ret_value);
	} else {
		msg = message_of(o, device);
		has = option_in(msg, known, ret_value);
	}
	free(msg);
	return has;
}

void their_set(struct oracle *o, const struct known_option *known,
	       uint64_t value)
{
	const char *device = device_of(known->scope);
	int rc;

	if (is_of_vlan(known->scope))
		rc = try_vlan_option(o, device, 5, known, value);
	else
		rc = try_option(o, device, known, value);
	check(rc >= 0, "libnl sets %s: %d", known->name, rc);
}
