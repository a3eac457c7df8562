/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Rules about forwarding: port states and loops. */

#include "config.h"

#include "check/stp.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "check/findings.h"
#include "check/view.h"

/* Values of stp_state. */
#define STP_OFF 0
#define STP_KERNEL 1

static bool can_forward(const struct bridge_view *bridge,
			const struct port_view *port)
{
	return bridge->link->is_up && port->link->is_up &&
	       port->link->has_carrier;
}

/* --- states --------------------------------------------------------------- */

/* In ticks, until the port forwards. */
static uint64_t find_wait(const struct bridge_view *bridge,
			  const struct port_view *port)
{
	uint64_t state = port_number(port, "state", VBR_PORT_FORWARDING);
	uint64_t wait = port_number(port, "forward_delay_timer", 0);

	if (state == VBR_PORT_LISTENING)
		return wait + bridge_number(bridge, "forward_delay", 0);
	return state == VBR_PORT_LEARNING ? wait : 0;
}

void rule_not_forwarding(struct check *check, const struct bridge_view *bridge)
{
	if (bridge_number(bridge, "stp_state", STP_OFF) != STP_OFF)
		return;
	for (size_t i = 0; i < bridge->count; i++) {
		const struct port_view *port = &bridge->ports[i];
		uint64_t state = port_number(port, "state",
					     VBR_PORT_FORWARDING);

		/* The timer continues if STP was turned off meanwhile. */
		if (!can_forward(bridge, port) ||
		    state == VBR_PORT_FORWARDING || find_wait(bridge, port))
			continue;
		finding_begin(check, VBR_SEVERITY_WARNING, bridge, port);
		finding_what(check,
			     _("bridge \"%s\": port \"%s\" does not forward, "
			       "although STP is off"),
			     bridge->name, port->name);
		finding_why(check, _("somebody set its state, and nothing sets "
				     "it back"));
		finding_fix(check, "brctl", "setport", bridge->link->name,
			    port->link->name, "state=forwarding", NULL);
	}
}

/* Without a second way to the network there can be no loop. */
void rule_stp_wait(struct check *check, const struct bridge_view *bridge)
{
	bool is_needless = count_uplinks(bridge) <= 1;

	if (bridge_number(bridge, "stp_state", STP_OFF) != STP_KERNEL)
		return;
	for (size_t i = 0; i < bridge->count; i++) {
		const struct port_view *port = &bridge->ports[i];
		uint64_t wait = find_wait(bridge, port);

		if (!can_forward(bridge, port) || wait == 0)
			continue;
		finding_begin(check, VBR_SEVERITY_REMARK, bridge, port);
		finding_what(check,
			     _("bridge \"%s\": STP lets port \"%s\" forward in "
			       "%u s"),
			     bridge->name, port->name,
			     (unsigned int)((wait + VBR_TICKS_PER_SECOND - 1) /
					    VBR_TICKS_PER_SECOND));
		finding_why(check,
			    _("until then nothing passes, and guests may "
			      "get no address by DHCP"));
		if (!is_needless)
			continue;
		finding_fix(check, "brctl", "stp", bridge->link->name, "off",
			    NULL);
		/* Its timer would continue. */
		finding_fix(check, "brctl", "setport", bridge->link->name,
			    port->link->name, "state=forwarding", NULL);
	}
}

/* --- loops ---------------------------------------------------------------- */

/* A port and the bridge to which the other end of its veth pair belongs. */
struct joint {
	const struct port_view *port;
	int bridge;
};

static int by_bridge(const void *a, const void *b)
{
	const struct joint *left = a, *right = b;

	if (left->bridge != right->bridge)
		return left->bridge < right->bridge ? -1 : 1;
	return (left->port->link->index > right->port->link->index) -
	       (left->port->link->index < right->port->link->index);
}

/* STP of one bridge finds a loop through another; VLANs may keep two ways
 * apart. */
static bool can_loop(const struct vbr_bridge *bridge)
{
	uint64_t stp = STP_OFF, filtering = 0;

	if (!bridge)
		return false;
	vbr_bridge_value(bridge, "stp_state", &stp);
	vbr_bridge_value(bridge, "vlan_filtering", &filtering);
	return stp == STP_OFF && !filtering;
}

/* The other end, if both are up and it is a port, too. */
static const struct topology_link *find_peer(const struct check *check,
					     const struct port_view *port)
{
	const struct topology_link *peer;

	if (strcmp(port->link->kind, "veth") != 0 || !port->link->is_up ||
	    !port->link->parent)
		return NULL;
	peer = topology_link(check->topology, port->link->parent);
	return peer && peer->is_up && peer->master ? peer : NULL;
}

static void report_loop(struct check *check, const struct bridge_view *bridge,
			const struct joint *joint,
			const struct vbr_bridge *other)
{
	const char *name = check_name(check, vbr_bridge_name(other));

	finding_begin(check, VBR_SEVERITY_ERROR, bridge, joint->port);
	if (joint->bridge == bridge->link->index)
		finding_what(check,
			     _("bridge \"%s\": both ends of the pair of port "
			       "\"%s\" are ports of it"),
			     bridge->name, joint->port->name);
	else
		finding_what(check,
			     _("bridge \"%s\": port \"%s\" joins bridge \"%s\" "
			       "once more"),
			     bridge->name, joint->port->name, name);
	finding_why(check, _("a broadcast goes round for ever and takes the "
			     "whole network down"));
	finding_fix(check, "brctl", "delif", bridge->link->name,
		    joint->port->link->name, NULL);
}

static void find_loops(struct check *check, const struct bridge_view *bridge,
		       const struct joint *joints, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct joint *joint = &joints[i];
		bool is_first = i == 0 || joints[i - 1].bridge != joint->bridge;
		/* The two ends of a pair are reported once. */
		bool is_second_end = joint->port->link->index >
				     joint->port->link->parent;
		bool is_own = joint->bridge == bridge->link->index;
		const struct vbr_bridge *other;

		if (is_own ? is_second_end : is_first)
			continue;
		other = topology_bridge(check->topology, joint->bridge);
		if (can_loop(other))
			report_loop(check, bridge, joint, other);
	}
}

void rule_joined_twice(struct check *check, const struct bridge_view *bridge)
{
	struct joint *joints;
	size_t count = 0;

	if (!can_loop(bridge->bridge) || !bridge->link->is_up)
		return;
	joints = calloc(bridge->count + 1, sizeof(*joints));
	if (!joints) {
		check->error = -ENOMEM;
		return;
	}
	for (size_t i = 0; i < bridge->count; i++) {
		const struct port_view *port = &bridge->ports[i];
		const struct topology_link *peer = find_peer(check, port);

		if (peer)
			joints[count++] = (struct joint){ port, peer->master };
	}
	qsort(joints, count, sizeof(*joints), by_bridge);
	find_loops(check, bridge, joints, count);
	free(joints);
}
