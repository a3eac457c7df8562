/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads what the model looks at, by way of the public functions: the bridge, its
 * ports, VLANs and VLAN devices. entries.c reads the rest. */

#include "config.h"

#include "trace/read.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "core/link.h"
#include "core/new-options.h"
#include "trace/entries.h"
#include "trace/model.h"
#include "trace/snapshot.h"

unsigned int trace_kernel_release(void)
{
	unsigned long major, minor;
	struct utsname name;
	char *end;

	if (uname(&name) < 0)
		return 0;
	major = strtoul(name.release, &end, 10);
	if (*end != '.')
		return 0;
	minor = strtoul(end + 1, NULL, 10);
	return (unsigned int)(major << 8 | (minor & 0xff));
}

/* --- the bridge ----------------------------------------------------------- */

/* 0 if the kernel does not have the option. */
static uint64_t bridge_value(const struct vbr_bridge *bridge,
			     const char *option)
{
	uint64_t value = 0;

	return vbr_bridge_value(bridge, option, &value) == 0 ? value : 0;
}

static void take_multicast(const struct vbr_bridge *bridge,
			   struct trace_snapshot *s)
{
	struct trace_mcast *mcast = &s->mcast;

	mcast->snooping = bridge_value(bridge, "multicast_snooping");
	mcast->querier = bridge_value(bridge, "multicast_querier");
	mcast->has_querier4 = bridge_value(bridge, "querier_ipv4_timer");
	mcast->has_querier6 = bridge_value(bridge, "querier_ipv6_timer");
	mcast->igmp_version = (unsigned int)
		bridge_value(bridge, "multicast_igmp_version");
	mcast->mld_version = (unsigned int)
		bridge_value(bridge, "multicast_mld_version");
	s->mcast_vlan_snooping = bridge_value(bridge, "mcast_vlan_snooping");
	s->multicast_router = (unsigned int)bridge_value(bridge,
							 "multicast_router");
}

static const struct {
	char setting[16], option[20];
} calls[HOOK_OWNERS] = {
	[HOOK_IPV4] = { "call-iptables", "nf_call_iptables" },
	[HOOK_IPV6] = { "call-ip6tables", "nf_call_ip6tables" },
	[HOOK_ARP] = { "call-arptables", "nf_call_arptables" },
};

static void take_calls(const struct vbr_bridge *bridge,
		       struct trace_snapshot *s)
{
	for (int owner = HOOK_IPV4; owner < HOOK_OWNERS; owner++)
		if (bridge_value(bridge, calls[owner].option))
			s->called_by[owner] = calls[owner].option;
}

static void take_options(const struct vbr_bridge *bridge,
			 struct trace_snapshot *s)
{
	s->vlan_filtering = bridge_value(bridge, "vlan_filtering");
	s->default_pvid = (unsigned int)bridge_value(bridge,
						     "vlan_default_pvid");
	s->vlan_protocol = (unsigned int)bridge_value(bridge, "vlan_protocol");
	s->mst_enabled = bridge_value(bridge, "mst_enabled");
	s->fdb_local_vlan_0 = bridge_value(bridge, "fdb_local_vlan_0");
	s->no_linklocal_learn = bridge_value(bridge, "no_linklocal_learn");
	s->stp_state = bridge_value(bridge, "stp_state");
	s->topology_change = bridge_value(bridge, "topology_change");
	s->group_fwd_mask = (unsigned int)bridge_value(bridge,
						       "group_fwd_mask");
	s->group_addr = bridge_value(bridge, "group_addr") & 0xff;
	s->ageing_time = bridge_value(bridge, "ageing_time");
	s->forward_delay = bridge_value(bridge, "forward_delay");
	s->n_learned = bridge_value(bridge, "fdb_n_learned");
	s->max_learned = bridge_value(bridge, "fdb_max_learned");
	take_calls(bridge, s);
	take_multicast(bridge, s);
}

static bool is_set(struct vbr_ctx *ctx, const char *setting)
{
	bool is_on;

	return vbr_nf_get(ctx, setting, &is_on) == 0 && is_on;
}

/* Before br_netfilter is loaded, there are no settings of all bridges, and no frame
 * passes through these tables. */
static int take_netfilter(struct vbr_ctx *ctx, struct trace_snapshot *s)
{
	for (int owner = HOOK_IPV4; owner < HOOK_OWNERS; owner++)
		if (is_set(ctx, calls[owner].setting))
			s->called_by[owner] = calls[owner].setting;
	s->calls_with_tags = is_set(ctx, "filter-vlan-tagged");
	return hooks_read(ctx, &s->hooks);
}

static int take_promiscuity(struct vbr_ctx *ctx, struct trace_snapshot *s)
{
	struct vbr_link *link;
	int rc = vbr_link_get(ctx, s->bridge.name, &link);

	if (rc < 0)
		return rc;
	s->is_promiscuous = vbr_link_is_promiscuous(link);
	vbr_link_free(link);
	return 0;
}

/* The lists of bridges and ports say this of the devices, too. */
static int take_link(struct trace_snapshot *s, const struct link_copy *link,
		     struct trace_port *port)
{
	port->index = link->index;
	port->is_up = link_is_up(link);
	port->has_carrier = link_has_carrier(link);
	port->mtu = link->mtu;
	memcpy(port->mac, link->mac, sizeof(port->mac));
	port->name = arena_text(&s->arena, link->name);
	return port->name ? 0 : -ENOMEM;
}

/* All ports have the same options. */
static int note_new_options(struct trace_snapshot *s,
			    const struct link_copy *link, enum vbr_scope scope)
{
	const char *of = scope == VBR_SCOPE_BRIDGE ? "of the bridge: "
						   : "of ports: ";
	const char *before = s->new_options ? s->new_options : "";
	char options[96], text[224];

	if (s->kernel <= TRACE_KERNEL)
		return 0;
	new_options_list(link, scope, TRACE_KERNEL, options, sizeof(options));
	if (!*options)
		return 0;
	snprintf(text, sizeof(text), "%s%s%s%s", before, *before ? "; " : "",
		 of, options);
	s->new_options = arena_text(&s->arena, text);
	return s->new_options ? 0 : -ENOMEM;
}

static int take_bridge(struct vbr_ctx *ctx, const char *name,
		       struct trace_snapshot *s)
{
	struct vbr_bridge *bridge;
	int rc = vbr_bridge_get(ctx, name, &bridge);

	if (rc < 0)
		return rc;
	take_options(bridge, s);
	rc = take_link(s, &bridge->link, &s->bridge);
	if (rc == 0)
		rc = note_new_options(s, &bridge->link, VBR_SCOPE_BRIDGE);
	vbr_bridge_free(bridge);
	if (rc == 0)
		rc = take_netfilter(ctx, s);
	return rc < 0 ? rc : take_promiscuity(ctx, s);
}

/* --- ports ---------------------------------------------------------------- */

static unsigned int port_value(const struct vbr_port *port, const char *option)
{
	uint64_t value = 0;

	vbr_port_value(port, option, &value);
	return (unsigned int)value;
}

/* Older kernels behave as if it were on. */
static bool port_flag(const struct vbr_port *port, const char *option)
{
	uint64_t value = 1;

	vbr_port_value(port, option, &value);
	return value;
}

static void take_port_options(const struct vbr_port *port,
			      struct trace_port *ret_port)
{
	ret_port->state = port_value(port, "state");
	ret_port->group_fwd_mask = port_value(port, "group_fwd_mask");
	ret_port->backup_port = (int)port_value(port, "backup_port");
	ret_port->learning = port_flag(port, "learning");
	ret_port->locked = port_value(port, "locked");
	ret_port->mab = port_value(port, "mab");
	ret_port->unicast_flood = port_flag(port, "unicast_flood");
	ret_port->multicast_flood = port_flag(port, "multicast_flood");
	ret_port->broadcast_flood = port_flag(port, "broadcast_flood");
	ret_port->isolated = port_value(port, "isolated");
	ret_port->hairpin_mode = port_value(port, "hairpin_mode");
	ret_port->proxyarp = port_value(port, "proxyarp");
	ret_port->proxyarp_wifi = port_value(port, "proxyarp_wifi");
	ret_port->neigh_suppress = port_value(port, "neigh_suppress");
	ret_port->neigh_vlan_suppress = port_value(port, "neigh_vlan_suppress");
	ret_port->multicast_router = port_value(port, "multicast_router");
	ret_port->vlan_tunnel = port_value(port, "vlan_tunnel");
	ret_port->multicast_to_unicast = port_value(port,
						    "multicast_to_unicast");
}

static int take_ports(struct vbr_ctx *ctx, struct trace_snapshot *s)
{
	struct vbr_ports *ports;
	int rc = vbr_port_list(ctx, s->bridge.name, &ports);

	if (rc < 0)
		return rc;
	s->ports = calloc(vbr_ports_count(ports) + 1, sizeof(*s->ports));
	if (!s->ports)
		rc = -ENOMEM;
	for (size_t i = 0; rc == 0 && i < vbr_ports_count(ports); i++) {
		const struct vbr_port *port = vbr_ports_at(ports, i);

		take_port_options(port, &s->ports[i]);
		rc = take_link(s, &port->link, &s->ports[i]);
		if (rc == 0 && i == 0)
			rc = note_new_options(s, &port->link, VBR_SCOPE_PORT);
		if (rc == 0)
			s->port_count++;
	}
	vbr_ports_free(ports);
	return rc;
}

/* --- VLANs ---------------------------------------------------------------- */

static struct trace_port *member_of(struct trace_snapshot *s, int index)
{
	if (index == s->bridge.index)
		return &s->bridge;
	for (size_t i = 0; i < s->port_count; i++)
		if (s->ports[i].index == index)
			return &s->ports[i];
	return NULL;
}

static size_t rows_of(const struct vbr_port_vlans *vlans, size_t first)
{
	int index = vbr_port_vlan_index(vbr_port_vlans_at(vlans, first));
	size_t i = first;

	while (i < vbr_port_vlans_count(vlans) &&
	       vbr_port_vlan_index(vbr_port_vlans_at(vlans, i)) == index)
		i++;
	return i - first;
}

static void take_vlan(const struct vbr_port_vlan *vlan,
		      struct trace_vlan *ret_vlan)
{
	uint64_t state = VBR_PORT_FORWARDING, tunnel = 0, router = 1;
	uint64_t suppress = 0;

	vbr_port_vlan_value(vlan, "state", &state);
	vbr_port_vlan_value(vlan, "mcast_router", &router);
	vbr_port_vlan_value(vlan, "neigh_suppress", &suppress);
	ret_vlan->has_tunnel = vbr_port_vlan_value(vlan, "tunnel_id",
						   &tunnel) == 0 &&
			       tunnel;
	ret_vlan->first = vbr_port_vlan_first(vlan);
	ret_vlan->last = vbr_port_vlan_last(vlan);
	ret_vlan->flags = vbr_port_vlan_flags(vlan);
	ret_vlan->state = (unsigned int)state;
	ret_vlan->multicast_router = (unsigned int)router;
	ret_vlan->neigh_suppress = suppress;
	ret_vlan->tunnel = (uint32_t)tunnel;
}

/* The rows of one member are consecutive. */
static int take_rows(struct trace_snapshot *s,
		     const struct vbr_port_vlans *vlans, size_t first,
		     size_t count)
{
	const struct vbr_port_vlan *row = vbr_port_vlans_at(vlans, first);
	struct trace_port *port = member_of(s, vbr_port_vlan_index(row));

	/* It came meanwhile. */
	if (!port)
		return 0;
	port->vlans = arena_take(&s->arena, count * sizeof(*port->vlans));
	if (!port->vlans)
		return -ENOMEM;
	port->vlan_count = count;
	for (size_t i = 0; i < count; i++)
		take_vlan(vbr_port_vlans_at(vlans, first + i), &port->vlans[i]);
	return 0;
}

static int take_vlans(struct vbr_ctx *ctx, struct trace_snapshot *s)
{
	struct vbr_port_vlans *vlans;
	size_t count;
	int rc;

	rc = vbr_port_vlan_list(ctx, s->bridge.name, VBR_PORT_VLAN_OPTIONS,
				&vlans);
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < vbr_port_vlans_count(vlans);
	     i += count) {
		count = rows_of(vlans, i);
		rc = take_rows(s, vlans, i, count);
	}
	vbr_port_vlans_free(vlans);
	return rc;
}

static int add_device(struct trace_snapshot *s, const struct vbr_vlan *vlan)
{
	struct trace_device *devices = array_grow(s->devices, sizeof(*devices),
						  s->device_count,
						  &s->device_room);
	uint64_t id = 0, protocol = VBR_VLAN_8021Q;
	struct trace_device *device;

	if (!devices)
		return -ENOMEM;
	s->devices = devices;
	vbr_vlan_value(vlan, "id", &id);
	vbr_vlan_value(vlan, "protocol", &protocol);
	device = &devices[s->device_count++];
	*device = (struct trace_device){
		.name = arena_text(&s->arena, vbr_vlan_name(vlan)),
		.parent = vbr_vlan_parent_index(vlan),
		.id = (unsigned int)id,
		.protocol = (unsigned int)protocol,
		.is_up = vbr_vlan_is_up(vlan),
	};
	return device->name ? 0 : -ENOMEM;
}

static int take_devices(struct vbr_ctx *ctx, struct trace_snapshot *s)
{
	struct vbr_vlans *vlans;
	int rc = vbr_vlan_list(ctx, NULL, &vlans);

	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < vbr_vlans_count(vlans); i++) {
		const struct vbr_vlan *vlan = vbr_vlans_at(vlans, i);

		if (member_of(s, vbr_vlan_parent_index(vlan)))
			rc = add_device(s, vlan);
	}
	vbr_vlans_free(vlans);
	return rc;
}

/* --- the whole call ------------------------------------------------------- */

int trace_snapshot_read(struct vbr_ctx *ctx, const char *bridge,
			const struct trace_query *query,
			struct trace_snapshot *ret_snapshot)
{
	struct trace_snapshot *s = ret_snapshot;
	bool is_group = query->dst && query->dst[0] & 1;
	int rc;

	*s = (struct trace_snapshot){ .kernel = trace_kernel_release() };
	rc = take_bridge(ctx, bridge, s);
	if (rc == 0)
		rc = take_ports(ctx, s);
	if (rc == 0 && s->vlan_filtering)
		rc = take_vlans(ctx, s);
	if (rc == 0)
		rc = take_devices(ctx, s);
	if (rc == 0)
		rc = trace_take_fdb(ctx, query, s);
	if (rc == 0 && is_group)
		rc = trace_take_groups(ctx, s);
	if (rc == 0 && is_group)
		rc = trace_take_vlan_mcasts(ctx, s);
	if (rc < 0)
		trace_snapshot_drop(s);
	return rc;
}

int trace_snapshot_read_vlans(struct vbr_ctx *ctx,
			      struct trace_snapshot *snapshot)
{
	int rc = snapshot->vlan_filtering ? 0 : take_vlans(ctx, snapshot);

	return rc == -EOPNOTSUPP ? 0 : rc;
}
