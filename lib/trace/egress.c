/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A frame goes out: through ports, and to the host. */

#include "config.h"

#include "trace/egress.h"

#include "trace/netfilter.h"
#include "trace/run.h"

static bool refuse(struct trace_run *run, const struct trace_port *port,
		   const char *name, const char *option, const char *why)
{
	run->refusal = name;
	run_step(run, name, port->name, "skip", option, "%s", why);
	return false;
}

/* --- VLANs ---------------------------------------------------------------- */

static bool pass_vlan(struct trace_run *run, const struct trace_port *port)
{
	const struct trace_vlan *vlan;

	if (!run->snapshot->vlan_filtering)
		return true;
	vlan = trace_vlan_of(port, run->vlan);
	if (!vlan)
		return refuse(run, port, "egress-vlan", "vlan",
			      "the port is not a member of the frame's VLAN");
	if (vlan->state != VBR_PORT_FORWARDING)
		return refuse(run, port, "vlan-state", "state",
			      "the port does not forward in this VLAN");
	return true;
}

/* What the wire carries: the outermost tag, -1 for none. */
static int wire_vlan(const struct trace_run *run, const struct trace_port *port)
{
	const struct trace_vlan *vlan;

	if (!run->snapshot->vlan_filtering)
		return run->tag;
	vlan = trace_vlan_of(port, run->vlan);
	/* A promiscuous bridge sees VLANs that it is not a member of. */
	if (!vlan)
		return (int)run->vlan;
	if (vlan->flags & VBR_PORT_VLAN_UNTAGGED ||
	    (port->vlan_tunnel && vlan->has_tunnel))
		return run->inner;
	return (int)run->vlan;
}

static void note_tunnel(struct trace_run *run, const struct trace_port *port)
{
	const struct trace_vlan *vlan;

	if (!run->snapshot->vlan_filtering || !port->vlan_tunnel)
		return;
	vlan = trace_vlan_of(port, run->vlan);
	if (vlan && vlan->has_tunnel && !(vlan->flags & VBR_PORT_VLAN_UNTAGGED))
		run_step(run, "tunnel", port->name, "pass", "vlan_tunnel",
			 "the VLAN becomes tunnel id %u",
			 vlan->tunnel + (run->vlan - vlan->first));
}

/* --- ports ---------------------------------------------------------------- */

static bool pass_state(struct trace_run *run, const struct trace_port *port)
{
	if (run->snapshot->mst_enabled || port->state == VBR_PORT_FORWARDING)
		return true;
	run->refusal = "state";
	run_step(run, "state", port->name, "skip", "state", "the port is %s",
		 trace_state_name(port->state));
	return false;
}

/* The kernel allows for the header, and for a tag that need not be there. */
#define OVERHEAD 18

static bool is_ip(const struct trace_run *run)
{
	return run->type == ETHERTYPE_IPV4 || run->type == ETHERTYPE_IPV6;
}

static bool pass_mtu(struct trace_run *run, const struct trace_port *port)
{
	if (!port->is_up)
		return refuse(run, port, "device", "up", "the device is down");
	if (run->len <= (size_t)port->mtu + OVERHEAD)
		return true;
	if (is_ip(run) && trace_passes_ip_tables(run)) {
		run_step(run, "mtu", port->name, "unknown", "mtu",
			 "the frame is longer than the MTU: br_netfilter may "
			 "send it in fragments");
		return true;
	}
	return refuse(run, port, "mtu", "mtu",
		      "the frame is longer than the MTU of the port allows");
}

static bool may_leave(struct trace_run *run, const struct trace_port *port)
{
	if (port == run->in && !port->hairpin_mode)
		return refuse(run, port, "hairpin", "hairpin_mode",
			      "the frame came in here");
	if (!pass_state(run, port) || !pass_vlan(run, port))
		return false;
	if (run->in && run->in->isolated && port->isolated)
		return refuse(run, port, "isolated", "isolated",
			      "both ports are isolated");
	return pass_mtu(run, port);
}

static void note_out(struct trace_run *run, const struct trace_port *port,
		     int vlan)
{
	if (vlan < 0)
		run_step(run, "egress", port->name, "out", NULL,
			 "the frame goes out untagged");
	else
		run_step(run, "egress", port->name, "out", NULL,
			 vlan ? "the frame goes out with the tag of VLAN %d"
			      : "the frame goes out with a priority tag",
			 vlan);
}

/* They are the same for all ports. */
static void note_hooks(struct trace_run *run, int vlan)
{
	if (run->has_left)
		return;
	run->has_left = true;
	trace_netfilter(run, run->in ? HOOK_FORWARD : HOOK_OUTPUT, vlan);
	trace_netfilter(run, HOOK_POSTROUTING, vlan);
}

void trace_deliver(struct trace_run *run, const struct trace_port *port)
{
	int vlan;

	if (!may_leave(run, port))
		return;
	note_tunnel(run, port);
	if (port->multicast_to_unicast && mac_is_group(run->dst) &&
	    !mac_is_all(run->dst, 0xff))
		run_step(run, "unicast", port->name, "note",
			 "multicast_to_unicast",
			 "members of the group get it at their own addresses");
	vlan = wire_vlan(run, port);
	note_hooks(run, vlan);
	note_out(run, port, vlan);
	result_out(run->trace, port->name, vlan);
}

static const struct {
	char option[16];
	char why[64];
} flood_flags[] = {
	[FLOOD_UNICAST] = { "unicast_flood",
			    "the port gets no frames to unknown addresses" },
	[FLOOD_MULTICAST] = { "multicast_flood",
			      "the port gets no multicast that it has not "
			      "joined" },
	[FLOOD_BROADCAST] = { "broadcast_flood", "the port gets no broadcast" },
};

static bool is_flooded(const struct trace_run *run,
		       const struct trace_port *port, enum trace_flood kind)
{
	if (kind == FLOOD_UNICAST)
		return port->unicast_flood;
	/* What the host sends is exempt. */
	if (!run->in)
		return true;
	return kind == FLOOD_MULTICAST ? port->multicast_flood
				       : port->broadcast_flood;
}

void trace_flood_ports(struct trace_run *run, enum trace_flood kind)
{
	const struct trace_snapshot *snapshot = run->snapshot;

	for (size_t i = 0; i < snapshot->port_count; i++) {
		const struct trace_port *port = &snapshot->ports[i];

		if (!is_flooded(run, port, kind))
			refuse(run, port, "flood", flood_flags[kind].option,
			       flood_flags[kind].why);
		else if (port->proxyarp)
			refuse(run, port, "proxyarp", "proxyarp",
			       "nothing is flooded to a port with proxyarp");
		else
			trace_deliver(run, port);
	}
}

/* --- the host ------------------------------------------------------------- */

static void note_upper(struct trace_run *run, int tag)
{
	const struct trace_device *device;

	for (size_t i = 0; tag > 0 && i < run->snapshot->device_count; i++) {
		device = &run->snapshot->devices[i];
		if (device->parent != run->snapshot->bridge.index ||
		    device->id != (unsigned int)tag)
			continue;
		run_step(run, "vlan-device", device->name,
			 device->is_up ? "up" : "drop", NULL,
			 device->is_up ? "the VLAN device takes the frame"
				       : "the VLAN device is down");
	}
}

void trace_pass_up(struct trace_run *run)
{
	const struct trace_port *bridge = &run->snapshot->bridge;
	int tag;

	if (!run->snapshot->is_promiscuous && !pass_vlan(run, bridge))
		return;
	tag = wire_vlan(run, bridge);
	trace_netfilter(run, HOOK_INPUT, tag);
	if (tag < 0)
		run_step(run, "host", bridge->name, "host", NULL,
			 "the host gets the frame untagged");
	else
		run_step(run, "host", bridge->name, "host", NULL,
			 "the host gets the frame with the tag of VLAN %d",
			 tag);
	run->trace->host = true;
	run->trace->host_vlan = tag;
	note_upper(run, tag);
}
