/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes libnl's links from libvbridge's snapshots. */

#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if.h>
#include <netlink/errno.h>
#include <netlink/route/link.h>
#include <netlink/route/link/bridge.h>
#include <netlink/route/link/vlan.h>
#include <sys/socket.h>

#include "nl/port.h"
#include "nl/vbridge-nl.h"

static int error_of(int libnl)
{
	if (libnl >= 0)
		return 0;
	return libnl == -NLE_NOMEM ? -ENOMEM : -EPROTO;
}

static void set_up(struct rtnl_link *link, bool is_up)
{
	if (is_up)
		rtnl_link_set_flags(link, IFF_UP);
	else
		rtnl_link_unset_flags(link, IFF_UP);
}

/* Returns the link; frees it after an error. */
static int finish(struct rtnl_link *link, int rc, struct rtnl_link **ret_link)
{
	if (rc < 0)
		rtnl_link_put(link);
	else
		*ret_link = link;
	return rc;
}

int vbr_nl_link_from_bridge(const struct vbr_bridge *bridge,
			    struct rtnl_link **ret_link)
{
	struct rtnl_link *link;

	if (!bridge)
		return -EINVAL;
	link = rtnl_link_bridge_alloc();
	if (!link)
		return -ENOMEM;
	rtnl_link_set_name(link, vbr_bridge_name(bridge));
	rtnl_link_set_ifindex(link, vbr_bridge_index(bridge));
	set_up(link, vbr_bridge_is_up(bridge));
	*ret_link = link;
	return 0;
}

/* --- ports ---------------------------------------------------------------- */

static int set_port_options(struct rtnl_link *link, const struct vbr_port *port)
{
	int rc = 0;

	for (size_t i = 0; rc >= 0 && i < PORT_OPTIONS; i++) {
		const struct port_option *option = &port_options[i];
		uint64_t value;

		if (vbr_port_value(port, option->name, &value) == 0)
			rc = option->set(link, option->flag, (uint32_t)value);
	}
	return error_of(rc);
}

static int fill_port(struct rtnl_link *link, const struct vbr_port *port)
{
	uint64_t cost;

	if (vbr_port_value(port, "path_cost", &cost) < 0)
		return error_of(rtnl_link_set_slave_type(link, "bridge"));
	rtnl_link_set_family(link, AF_BRIDGE);
	return set_port_options(link, port);
}

int vbr_nl_link_from_port(const struct vbr_port *port,
			  struct rtnl_link **ret_link)
{
	struct rtnl_link *link;

	if (!port)
		return -EINVAL;
	link = rtnl_link_alloc();
	if (!link)
		return -ENOMEM;
	rtnl_link_set_name(link, vbr_port_name(port));
	rtnl_link_set_ifindex(link, vbr_port_index(port));
	rtnl_link_set_master(link, vbr_port_bridge_index(port));
	return finish(link, fill_port(link, port), ret_link);
}

/* --- VLAN devices --------------------------------------------------------- */

static int set_maps(struct rtnl_link *link, const struct vbr_vlan *vlan)
{
	uint32_t priority, tag;
	int rc = 0;

	for (size_t i = 0;
	     rc >= 0 && vbr_vlan_ingress_at(vlan, i, &tag, &priority); i++)
		rc = rtnl_link_vlan_set_ingress_map(link, (int)tag, priority);
	for (size_t i = 0;
	     rc >= 0 && vbr_vlan_egress_at(vlan, i, &priority, &tag); i++)
		rc = rtnl_link_vlan_set_egress_map(link, priority, (int)tag);
	return rc;
}

static int fill_vlan(struct rtnl_link *link, const struct vbr_vlan *vlan)
{
	uint64_t value;
	uint32_t flags;
	int rc = 0;

	if (vbr_vlan_value(vlan, "id", &value) == 0)
		rc = rtnl_link_vlan_set_id(link, (uint16_t)value);
	/* libnl expects network byte order. */
	if (rc >= 0 && vbr_vlan_value(vlan, "protocol", &value) == 0)
		rc = rtnl_link_vlan_set_protocol(link, htons((uint16_t)value));
	if (rc >= 0 && vbr_vlan_flags(vlan, &flags) == 0)
		rc = rtnl_link_vlan_set_flags(link, flags);
	if (rc >= 0)
		rc = set_maps(link, vlan);
	return error_of(rc);
}

int vbr_nl_link_from_vlan(const struct vbr_vlan *vlan,
			  struct rtnl_link **ret_link)
{
	struct rtnl_link *link;

	if (!vlan)
		return -EINVAL;
	link = rtnl_link_vlan_alloc();
	if (!link)
		return -ENOMEM;
	rtnl_link_set_name(link, vbr_vlan_name(vlan));
	rtnl_link_set_ifindex(link, vbr_vlan_index(vlan));
	rtnl_link_set_link(link, vbr_vlan_parent_index(vlan));
	set_up(link, vbr_vlan_is_up(vlan));
	return finish(link, fill_vlan(link, vlan), ret_link);
}
