/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Rules about single ports, and how many there are. */

#include "config.h"

#include "check/ports.h"

#include <string.h>

#include "check/findings.h"
#include "check/view.h"
#include "core/ioctl.h"

/* --- the other end -------------------------------------------------------- */

static void begin_no_carrier(struct check *check, enum vbr_severity severity,
			     const struct bridge_view *bridge,
			     const struct port_view *port)
{
	finding_begin(check, severity, bridge, port);
	finding_what(check,
		     _("bridge \"%s\": port \"%s\" is up, but has no carrier"),
		     bridge->name, port->name);
}

/* The other end may be in another namespace, whose name is not known. */
static void report_pair(struct check *check, const struct bridge_view *bridge,
			const struct port_view *port)
{
	const struct topology_link *peer =
		port->link->parent
			? topology_link(check->topology, port->link->parent)
			: NULL;

	begin_no_carrier(check, VBR_SEVERITY_REMARK, bridge, port);
	finding_why(check, _("the other end of its veth pair is down, so the "
			     "guest there has no network"));
	if (peer)
		finding_fix(check, "brctl", "link", peer->name, "up", NULL);
}

static void report_tap(struct check *check, const struct bridge_view *bridge,
		       const struct port_view *port)
{
	begin_no_carrier(check, VBR_SEVERITY_REMARK, bridge, port);
	finding_why(check, _("no program has opened this tap device: the guest "
			     "does not run"));
}

/* With several ways to the network, one may be a spare. */
static void report_uplink(struct check *check, const struct bridge_view *bridge,
			  const struct port_view *port)
{
	if (count_uplinks(bridge) != 1 || !bridge->link->has_carrier)
		return;
	begin_no_carrier(check, VBR_SEVERITY_WARNING, bridge, port);
	finding_why(check, _("the other ports reach no network; look at the "
			     "cable and the switch"));
}

void rule_port_no_carrier(struct check *check, const struct bridge_view *bridge)
{
	for (size_t i = 0; bridge->link->is_up && i < bridge->count; i++) {
		const struct port_view *port = &bridge->ports[i];

		if (!port->link->is_up || port->link->has_carrier)
			continue;
		if (strcmp(port->link->kind, "veth") == 0)
			report_pair(check, bridge, port);
		else if (strcmp(port->link->kind, "tun") == 0)
			report_tap(check, bridge, port);
		else
			report_uplink(check, bridge, port);
	}
}

/* --- hairpin mode --------------------------------------------------------- */

static bool is_guest_without(const struct port_view *port)
{
	return is_guest_port(port) && !port_number(port, "hairpin_mode", 0);
}

/* A single port with hairpin mode is what somebody wanted. */
void rule_hairpin_mixed(struct check *check, const struct bridge_view *bridge)
{
	size_t with = 0, without = 0;

	for (size_t i = 0; i < bridge->count; i++) {
		const struct port_view *port = &bridge->ports[i];

		without += is_guest_without(port);
		with += is_guest_port(port) && !is_guest_without(port);
	}
	for (size_t i = 0; with > 1 && with > without && i < bridge->count;
	     i++) {
		const struct port_view *port = &bridge->ports[i];

		if (!is_guest_without(port))
			continue;
		finding_begin(check, VBR_SEVERITY_REMARK, bridge, port);
		finding_what(check,
			     _("bridge \"%s\": port \"%s\" has no hairpin "
			       "mode, unlike most ports of guests"),
			     bridge->name, port->name);
		finding_why(check, _("the guest does not reach itself at an "
				     "address that the host translates"));
		finding_fix(check, "brctl", "hairpin", bridge->link->name,
			    port->link->name, "on", NULL);
	}
}

/* --- how many ------------------------------------------------------------- */

/* BR_MAX_PORTS of the kernel, less the number 0. */
#define PORTS_MAX 1023
#define PORTS_MANY 900

void rule_many_ports(struct check *check, const struct bridge_view *bridge)
{
	if (bridge->count <= PORTS_MANY)
		return;
	finding_begin(check, VBR_SEVERITY_WARNING, bridge, NULL);
	finding_what(check,
		     _("bridge \"%s\" has %u ports, and can have at most %u"),
		     bridge->name, (unsigned int)bridge->count, PORTS_MAX);
	finding_why(check,
		    _("once it is full, the next guest gets no network"));
}

/* --- large receive offload ------------------------------------------------ */

/* Only hardware merges packets. A device without these settings has none. */
void rule_lro(struct check *check, const struct bridge_view *bridge)
{
	for (size_t i = 0; i < bridge->count; i++) {
		const struct port_view *port = &bridge->ports[i];
		bool is_on;

		if (port->link->kind[0] ||
		    ioctl_lro(check->ctx, port->link->name, &is_on) < 0 ||
		    !is_on)
			continue;
		finding_begin(check, VBR_SEVERITY_WARNING, bridge, port);
		finding_what(check,
			     _("bridge \"%s\": port \"%s\" merges packets that "
			       "come in (LRO)"),
			     bridge->name, port->name);
		finding_why(check, _("the bridge drops merged packets, so TCP "
				     "from the network is slow or stalls"));
		finding_fix(check, "ethtool", "-K", port->link->name, "lro",
			    "off", NULL);
	}
}
