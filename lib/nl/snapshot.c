/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes libvbridge's snapshots from libnl's links. */

#include "config.h"

#include <errno.h>

#include "nl/message.h"
#include "nl/vbridge-nl.h"

/* A link may cause events of other kinds too. */

static int keep_bridge(const struct vbr_event *event, void *data)
{
	const struct vbr_bridge *bridge = vbr_event_bridge(event);

	return bridge ? vbr_bridge_dup(bridge, data) : 0;
}

static int keep_port(const struct vbr_event *event, void *data)
{
	const struct vbr_port *port = vbr_event_port(event);

	return port ? vbr_port_dup(port, data) : 0;
}

static int keep_vlan(const struct vbr_event *event, void *data)
{
	const struct vbr_vlan *vlan = vbr_event_vlan(event);

	return vlan ? vbr_vlan_dup(vlan, data) : 0;
}

int vbr_nl_bridge_from_link(struct rtnl_link *link,
			    struct vbr_bridge **ret_bridge)
{
	if (!link)
		return -EINVAL;
	if (!link_is_bridge(link))
		return -EOPNOTSUPP;
	return message_emit_link(link, false, keep_bridge, ret_bridge);
}

int vbr_nl_port_from_link(struct rtnl_link *link, struct vbr_port **ret_port)
{
	if (!link)
		return -EINVAL;
	if (!link_is_port(link))
		return -ENODATA;
	return message_emit_link(link, false, keep_port, ret_port);
}

int vbr_nl_vlan_from_link(struct rtnl_link *link, struct vbr_vlan **ret_vlan)
{
	if (!link || !link_is_vlan(link))
		return -EINVAL;
	return message_emit_link(link, false, keep_vlan, ret_vlan);
}
