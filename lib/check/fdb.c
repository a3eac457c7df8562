/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Rules about who gets which frames: learning, flooding and isolation. */

#include "config.h"

#include "check/fdb.h"

#include <stdio.h>
#include <string.h>

#include "check/findings.h"
#include "check/view.h"

/* --- learning ------------------------------------------------------------- */

#define AGEING_USUAL "300"

/* With two ports, each frame has one way only: OpenStack has such bridges. */
void rule_no_learning(struct check *check, const struct bridge_view *bridge)
{
	if (bridge->count < 3 || bridge_number(bridge, "ageing_time", 1) != 0)
		return;
	finding_begin(check, VBR_SEVERITY_WARNING, bridge, NULL);
	finding_what(check, _("bridge \"%s\" has an ageing time of 0"),
		     bridge->name);
	finding_why(check,
		    _("it learns no address, and sends each frame to all "
		      "ports like a hub"));
	finding_fix(check, "brctl", "setageing", bridge->link->name,
		    AGEING_USUAL, NULL);
}

void rule_fdb_full(struct check *check, const struct bridge_view *bridge)
{
	uint64_t max = bridge_number(bridge, "fdb_max_learned", 0);
	char word[NUMBER_SIZE + 16];

	if (max == 0 || bridge_number(bridge, "fdb_n_learned", 0) < max)
		return;
	finding_begin(check, VBR_SEVERITY_WARNING, bridge, NULL);
	finding_what(check,
		     _("bridge \"%s\" has learned as many addresses as it may: "
		       "%u"),
		     bridge->name, (unsigned int)max);
	finding_why(check, _("frames for other addresses go to all ports"));
	snprintf(word, sizeof(word), "fdb_max_learned=%u",
		 2 * (unsigned int)max);
	finding_fix(check, "brctl", "set", bridge->link->name, word, NULL);
}

/* --- isolation ------------------------------------------------------------ */

static bool is_isolated(const struct port_view *port)
{
	return port_number(port, "isolated", 0);
}

static size_t count_isolated(const struct bridge_view *bridge)
{
	size_t count = 0;

	for (size_t i = 0; i < bridge->count; i++)
		count += is_isolated(&bridge->ports[i]);
	return count;
}

static void fix_isolated(struct check *check, const struct bridge_view *bridge,
			 const struct port_view *port)
{
	finding_fix(check, "brctl", "setport", bridge->link->name,
		    port->link->name, "isolated=off", NULL);
}

/* If all ports lead to networks, isolation may be intended. */
void rule_isolated_uplink(struct check *check, const struct bridge_view *bridge)
{
	size_t isolated_guests = 0;

	for (size_t i = 0; i < bridge->count; i++)
		isolated_guests += is_isolated(&bridge->ports[i]) &&
				   is_guest_port(&bridge->ports[i]);
	for (size_t i = 0; isolated_guests && i < bridge->count; i++) {
		const struct port_view *port = &bridge->ports[i];

		if (!is_isolated(port) || is_guest_port(port))
			continue;
		finding_begin(check, VBR_SEVERITY_WARNING, bridge, port);
		finding_what(check,
			     _("bridge \"%s\": port \"%s\" is isolated, and it "
			       "leads to the network"),
			     bridge->name, port->name);
		finding_why(check,
			    _("the other isolated ports cannot reach the "
			      "network"));
		fix_isolated(check, bridge, port);
	}
}

void rule_lone_isolated(struct check *check, const struct bridge_view *bridge)
{
	if (bridge->count < 2 || count_isolated(bridge) != 1)
		return;
	for (size_t i = 0; i < bridge->count; i++) {
		const struct port_view *port = &bridge->ports[i];

		if (!is_isolated(port))
			continue;
		finding_begin(check, VBR_SEVERITY_REMARK, bridge, port);
		finding_what(
			check,
			_("bridge \"%s\": port \"%s\" is the only isolated "
			  "port"),
			bridge->name, port->name);
		finding_why(check, _("isolated ports are kept apart from each "
				     "other only, so nothing is kept apart"));
		fix_isolated(check, bridge, port);
	}
}

/* --- frames for bridges --------------------------------------------------- */

/* The last byte of 01:80:c2:00:00:0x. */
static const char group_names[16][12] = {
	[0x0] = "STP",	 [0x1] = "PAUSE", [0x2] = "LACP",
	[0x3] = "EAPOL", [0xd] = "MVRP",  [0xe] = "LLDP",
};

static void name_groups(unsigned int mask, char *ret_text, size_t size)
{
	size_t len = 0;

	*ret_text = '\0';
	for (unsigned int i = 0; i < 16; i++) {
		const char *comma = len ? ", " : "";

		if (!(mask & 1u << i) || len >= size)
			continue;
		if (group_names[i][0])
			len += (size_t)snprintf(ret_text + len, size - len,
						"%s%s", comma, group_names[i]);
		else
			len += (size_t)snprintf(ret_text + len, size - len,
						"%s01:80:c2:00:00:0%x", comma,
						i);
	}
}

#define GROUPS_SIZE 400

/* "port": NULL: all ports of the bridge. */
static void report_groups(struct check *check, const struct bridge_view *bridge,
			  const struct port_view *port, unsigned int mask)
{
	const char *name = bridge->link->name;
	char names[GROUPS_SIZE];

	if (!mask)
		return;
	name_groups(mask, names, sizeof(names));
	finding_begin(check, VBR_SEVERITY_REMARK, bridge, port);
	if (port)
		finding_what(check,
			     _("bridge \"%s\": port \"%s\" passes frames of "
			       "%s"),
			     bridge->name, port->name, names);
	else
		finding_what(check, _("bridge \"%s\" passes frames of %s"),
			     bridge->name, names);
	finding_why(check, _("the devices at its ports see each other as if "
			     "there were no bridge"));
	if (port)
		finding_fix(check, "brctl", "setport", name, port->link->name,
			    "group_fwd_mask=0", NULL);
	else
		finding_fix(check, "brctl", "set", name, "group_fwd_mask=0",
			    NULL);
}

void rule_group_forward(struct check *check, const struct bridge_view *bridge)
{
	static const char option[] = "group_fwd_mask";

	report_groups(check, bridge, NULL,
		      (unsigned int)bridge_number(bridge, option, 0));
	for (size_t i = 0; i < bridge->count; i++) {
		const struct port_view *port = &bridge->ports[i];

		report_groups(check, bridge, port,
			      (unsigned int)port_number(port, option, 0));
	}
}
