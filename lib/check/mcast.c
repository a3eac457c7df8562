/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Rules about multicast snooping. While no querier is known, the kernel ignores
 * who is in which group and floods, which works: so a missing querier alone is no
 * fault.
 */

#include "config.h"

#include "check/mcast.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "check/findings.h"
#include "check/view.h"

/* Linux 5.15 brought both the option and the state of queriers: before it, nobody
 * can know. With the option on, each VLAN has its own querier. */
static bool is_snooping(const struct bridge_view *bridge)
{
	return bridge_number(bridge, "multicast_snooping", 0) &&
	       !bridge_number(bridge, "mcast_vlan_snooping", 1);
}

static bool is_querier(const struct bridge_view *bridge)
{
	return bridge_number(bridge, "multicast_querier", 0);
}

/* --- groups that nobody forwards ------------------------------------------ */

static bool has_querier(const struct bridge_view *bridge, bool is_ipv6)
{
	return bridge_number(bridge,
			     is_ipv6 ? "querier_ipv6_timer"
				     : "querier_ipv4_timer",
			     0) > 0;
}

/* The bridge is a querier for IPv6 only if it has an address. */
static void report_member(struct check *check, const struct bridge_view *bridge,
			  const struct port_view *port, const char *group)
{
	const char *name = bridge->link->name;

	finding_begin(check, VBR_SEVERITY_WARNING, bridge, port);
	finding_what(check,
		     _("bridge \"%s\": port \"%s\" is in group %s, and gets "
		       "nothing of it"),
		     bridge->name, port->name, group);
	finding_why(check, _("while no querier is known, groups are ignored, "
			     "and multicast_flood of this port is off"));
	if (strchr(group, ':'))
		finding_fix(check, "brctl", "setport", name, port->link->name,
			    "multicast_flood=on", NULL);
	else
		finding_fix(check, "brctl", "set", name, "multicast_querier=on",
			    NULL);
}

/* The first group of the port whose frames do not reach it. */
static void look_at_port(struct check *check, const struct bridge_view *bridge,
			 const struct port_view *port,
			 const struct vbr_mdb *mdb)
{
	const struct vbr_mdb_entry *entry;
	char group[VBR_ADDRESS_TEXT_SIZE];

	for (size_t i = 0; (entry = vbr_mdb_at(mdb, i)); i++) {
		if (vbr_mdb_entry_index(entry) != port->link->index)
			continue;
		vbr_mdb_entry_group(entry, group);
		if (has_querier(bridge, strchr(group, ':')))
			continue;
		report_member(check, bridge, port, group);
		return;
	}
}

static bool is_unflooded(const struct port_view *port)
{
	return !port_number(port, "multicast_flood", 1);
}

static size_t count_unflooded(const struct bridge_view *bridge)
{
	size_t count = 0;

	for (size_t i = 0; i < bridge->count; i++)
		count += is_unflooded(&bridge->ports[i]);
	return count;
}

void rule_no_querier(struct check *check, const struct bridge_view *bridge)
{
	struct vbr_mdb *mdb;
	int rc;

	if (!is_snooping(bridge) || is_querier(bridge) ||
	    count_unflooded(bridge) == 0)
		return;
	rc = vbr_mdb_list(check->ctx, bridge->link->name, &mdb);
	if (rc == -ENOMEM)
		check->error = rc;
	if (rc < 0)
		return;
	for (size_t i = 0; i < bridge->count; i++)
		if (is_unflooded(&bridge->ports[i]))
			look_at_port(check, bridge, &bridge->ports[i], mdb);
	vbr_mdb_free(mdb);
}

/* --- groups that expire --------------------------------------------------- */

static unsigned int seconds(uint64_t ticks)
{
	return (unsigned int)(ticks / VBR_TICKS_PER_SECOND);
}

/* Between two queries of its own, the kernel must not forget who answered. */
void rule_groups_expire(struct check *check, const struct bridge_view *bridge)
{
	uint64_t kept = bridge_number(bridge, "multicast_membership_interval",
				      0);
	uint64_t asked = bridge_number(bridge, "multicast_query_interval", 0);
	uint64_t reply = bridge_number(bridge,
				       "multicast_query_response_interval", 0);
	char word[64];

	if (!is_snooping(bridge) || !is_querier(bridge) || kept == 0 ||
	    kept >= asked + reply)
		return;
	finding_begin(check, VBR_SEVERITY_WARNING, bridge, NULL);
	finding_what(
		check,
		_("bridge \"%s\" forgets members of groups after %u s, and "
		  "asks for them every %u s"),
		bridge->name, seconds(kept), seconds(asked));
	finding_why(check, _("in between, multicast of these groups reaches "
			     "nobody"));
	/* As in RFC 3376: two query intervals, and the time to answer. */
	snprintf(word, sizeof(word), "multicast_membership_interval=%u",
		 seconds(2 * asked + reply) + 1);
	finding_fix(check, "brctl", "set", bridge->link->name, word, NULL);
}
