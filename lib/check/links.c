/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Rules about devices: their state, carrier, MTU and MAC addresses. */

#include "config.h"

#include "check/links.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mac.h"
#include "check/findings.h"
#include "check/view.h"

/* --- up and down ---------------------------------------------------------- */

static size_t count_up(const struct bridge_view *bridge)
{
	size_t count = 0;

	for (size_t i = 0; i < bridge->count; i++)
		count += bridge->ports[i].link->is_up;
	return count;
}

void rule_bridge_down(struct check *check, const struct bridge_view *bridge)
{
	if (bridge->link->is_up || count_up(bridge) == 0)
		return;
	finding_begin(check, VBR_SEVERITY_WARNING, bridge, NULL);
	finding_what(check,
		     _("bridge \"%s\" is down, although some of its ports are "
		       "up"),
		     bridge->name);
	finding_why(check, _("no frame passes from port to port"));
	finding_fix(check, "brctl", "link", bridge->link->name, "up", NULL);
}

/* libvirt keeps a tap device that is down in each of its bridges, so that their
 * MAC address stays. */
void rule_port_down(struct check *check, const struct bridge_view *bridge)
{
	for (size_t i = 0; bridge->link->is_up && i < bridge->count; i++) {
		const struct port_view *port = &bridge->ports[i];

		if (port->link->is_up || strcmp(port->link->kind, "tun") == 0)
			continue;
		finding_begin(check, VBR_SEVERITY_WARNING, bridge, port);
		finding_what(check, _("bridge \"%s\": port \"%s\" is down"),
			     bridge->name, port->name);
		finding_why(check, _("no frame passes through this port"));
		finding_fix(check, "brctl", "link", port->link->name, "up",
			    NULL);
	}
}

static bool has_route_above(const struct check *check,
			    const struct bridge_view *bridge)
{
	size_t count;
	const struct topology_link *const *above =
		topology_children(check->topology, bridge->link->index, &count);

	for (size_t i = 0; i < count; i++)
		if (has_default_route(check, above[i]))
			return true;
	return has_default_route(check, bridge->link);
}

/* Whether a port will forward as soon as STP lets it. */
static bool is_waiting(const struct bridge_view *bridge)
{
	for (size_t i = 0; i < bridge->count; i++) {
		const struct port_view *port = &bridge->ports[i];
		uint64_t state = port_number(port, "state", VBR_PORT_DISABLED);

		if (port->link->has_carrier &&
		    (state == VBR_PORT_LISTENING || state == VBR_PORT_LEARNING))
			return true;
	}
	return false;
}

/* A bridge of containers has no carrier while it has no container. */
void rule_no_carrier(struct check *check, const struct bridge_view *bridge)
{
	if (bridge->link->has_carrier || bridge->count == 0 ||
	    is_waiting(bridge) || !has_route_above(check, bridge))
		return;
	finding_begin(check, VBR_SEVERITY_ERROR, bridge, NULL);
	if (bridge->link->is_up)
		finding_what(check,
			     _("bridge \"%s\" has the default route, but none "
			       "of its ports is connected"),
			     bridge->name);
	else
		finding_what(check,
			     _("bridge \"%s\" has the default route, but is "
			       "down"),
			     bridge->name);
	finding_why(check, _("the host reaches no other network"));
	if (!bridge->link->is_up)
		finding_fix(check, "brctl", "link", bridge->link->name, "up",
			    NULL);
	for (size_t i = 0; i < bridge->count; i++)
		if (!bridge->ports[i].link->is_up)
			finding_fix(check, "brctl", "link",
				    bridge->ports[i].link->name, "up", NULL);
}

/* --- MTU ------------------------------------------------------------------ */

static int by_number(const void *a, const void *b)
{
	const uint32_t *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

/*
 * The most common MTU of the ports; if several are equally common, the largest.
 * 0: no memory, or no port.
 */
static uint32_t find_usual_mtu(struct check *check,
			       const struct bridge_view *bridge)
{
	uint32_t *sorted = calloc(bridge->count + 1, sizeof(*sorted)),
		 usual = 0;
	size_t run = 0, best = 0;

	if (!sorted) {
		check->error = -ENOMEM;
		return 0;
	}
	for (size_t i = 0; i < bridge->count; i++)
		sorted[i] = bridge->ports[i].link->mtu;
	qsort(sorted, bridge->count, sizeof(*sorted), by_number);
	for (size_t i = 0; i < bridge->count; i++) {
		run = i && sorted[i] == sorted[i - 1] ? run + 1 : 1;
		if (run < best)
			continue;
		best = run;
		usual = sorted[i];
	}
	free(sorted);
	return usual;
}

static void report_mtu(struct check *check, const struct bridge_view *bridge,
		       const struct port_view *port, uint32_t usual)
{
	uint32_t mtu = port->link->mtu;
	char room[NUMBER_SIZE];

	finding_begin(check, VBR_SEVERITY_WARNING, bridge, port);
	if (bridge->link->mtu == usual)
		finding_what(check,
			     _("bridge \"%s\": port \"%s\" has MTU %u, the "
			       "bridge %u"),
			     bridge->name, port->name, mtu, usual);
	else
		finding_what(check,
			     _("bridge \"%s\": port \"%s\" has MTU %u, other "
			       "ports %u"),
			     bridge->name, port->name, mtu, usual);
	if (mtu < usual)
		finding_why(
			check,
			_("larger frames to this port are dropped silently"));
	else
		finding_why(
			check,
			_("larger frames from this port to others are dropped silently"));
	finding_fix(check, "brctl", "link", port->link->name, "mtu",
		    number_word(room, usual), NULL);
}

void rule_mtu_mismatch(struct check *check, const struct bridge_view *bridge)
{
	uint32_t usual = find_usual_mtu(check, bridge);
	char room[NUMBER_SIZE];

	for (size_t i = 0; usual && i < bridge->count; i++)
		if (bridge->ports[i].link->mtu != usual)
			report_mtu(check, bridge, &bridge->ports[i], usual);
	if (!usual || bridge->link->mtu <= usual)
		return;
	finding_begin(check, VBR_SEVERITY_WARNING, bridge, NULL);
	finding_what(check, _("bridge \"%s\" has MTU %u, its ports %u"),
		     bridge->name, bridge->link->mtu, usual);
	finding_why(check, _("larger frames of the host are dropped silently"));
	finding_fix(check, "brctl", "link", bridge->link->name, "mtu",
		    number_word(room, usual), NULL);
}

/* --- MAC addresses -------------------------------------------------------- */

static int by_mac(const void *a, const void *b)
{
	const struct port_view *const *left = a, *const *right = b;
	int order = memcmp((*left)->link->mac, (*right)->link->mac, MAC_LEN);

	if (order)
		return order;
	return ((*left)->link->index > (*right)->link->index) -
	       ((*left)->link->index < (*right)->link->index);
}

/* A VLAN device has the address of its parent. */
static bool is_one_device(const struct topology_link *left,
			  const struct topology_link *right)
{
	int left_base = left->vlan ? left->parent : left->index;
	int right_base = right->vlan ? right->parent : right->index;

	return left_base && left_base == right_base;
}

static bool is_mac_used(const struct check *check, const uint8_t mac[MAC_LEN])
{
	const struct topology *topology = check->topology;

	for (size_t i = 0; i < topology->link_count; i++)
		if (memcmp(topology->links[i].mac, mac, MAC_LEN) == 0)
			return true;
	return false;
}

/* A locally administered address that no device of the namespace has. */
static void make_mac(const struct check *check,
		     const struct topology_link *link, char *ret_text)
{
	uint8_t mac[MAC_LEN];

	memcpy(mac, link->mac, MAC_LEN);
	mac[0] = (uint8_t)(mac[0] | 2) & 0xfe;
	mac[3] = (uint8_t)(link->index >> 16);
	mac[4] = (uint8_t)(link->index >> 8);
	mac[5] = (uint8_t)link->index;
	while (is_mac_used(check, mac))
		mac[3]++;
	mac_format(mac, ret_text);
}

static void report_mac(struct check *check, const struct bridge_view *bridge,
		       const struct port_view *first,
		       const struct port_view *port)
{
	char text[VBR_MAC_TEXT_SIZE];

	mac_format(port->link->mac, text);
	finding_begin(check, VBR_SEVERITY_WARNING, bridge, port);
	finding_what(check,
		     _("bridge \"%s\": ports \"%s\" and \"%s\" have the same "
		       "MAC address %s"),
		     bridge->name, first->name, port->name, text);
	finding_why(
		check,
		_("switches and the bridge cannot tell them apart, and frames are lost"));
	make_mac(check, port->link, text);
	finding_fix(check, "brctl", "link", port->link->name, "address", text,
		    NULL);
}

static void find_same(struct check *check, const struct bridge_view *bridge,
		      const struct port_view **sorted)
{
	size_t first = 0;

	for (size_t i = 1; i < bridge->count; i++) {
		const struct port_view *port = sorted[i];

		if (memcmp(port->link->mac, sorted[first]->link->mac,
			   MAC_LEN) != 0)
			first = i;
		else if (port->link->has_mac &&
			 !is_one_device(port->link, sorted[first]->link))
			report_mac(check, bridge, sorted[first], port);
	}
}

void rule_same_mac(struct check *check, const struct bridge_view *bridge)
{
	const struct port_view **sorted = calloc(bridge->count + 1,
						 sizeof(*sorted));

	if (!sorted) {
		check->error = -ENOMEM;
		return;
	}
	for (size_t i = 0; i < bridge->count; i++)
		sorted[i] = &bridge->ports[i];
	qsort(sorted, bridge->count, sizeof(*sorted), by_mac);
	find_same(check, bridge, sorted);
	free(sorted);
}
