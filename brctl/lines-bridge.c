/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Makes lines of a bridge in a JSON file. The order is that of save: see
 * lib/config/bridge.c. Within a list or an object the order of the file stays.
 */

#include "config.h"

#include "lines-bridge.h"

#include "lines-device.h"
#include "lines-member.h"

/* --- fields --------------------------------------------------------------- */

static const struct field bridge_fields[] = {
	{ "name", KIND_TEXT },	       { "up", KIND_BOOL },
	{ "mtu", KIND_INTEGER },       { "address", KIND_TEXT },
	{ "options", KIND_OBJECT },    { "vlans", KIND_LIST },
	{ "vlan_options", KIND_LIST }, { "fdb", KIND_LIST },
	{ "groups", KIND_LIST },       { "ports", KIND_LIST },
	{ "absent", KIND_BOOL },       { 0 },
};

static const struct field port_fields[] = {
	{ "name", KIND_TEXT },
	{ "up", KIND_BOOL },
	{ "mtu", KIND_INTEGER },
	{ "address", KIND_TEXT },
	{ "options", KIND_OBJECT },
	{ "vlans", KIND_LIST },
	{ "vlan_options", KIND_LIST },
	{ "fdb", KIND_LIST },
	{ "groups", KIND_LIST },
	{ "absent", KIND_BOOL },
	{ 0 },
};

/* An object that must not exist. */
static const struct field absent_fields[] = {
	{ "name", KIND_TEXT },
	{ "absent", KIND_BOOL },
	{ 0 },
};

/* --- bridges -------------------------------------------------------------- */

/* A bridge, its ports, and the functions that write the lines of each. */
struct whole {
	struct lines *lines;
	const struct node *bridge;
	struct node ports;
};

/* The bridge has entries and VLANs under its own name, too. */
static struct member member_of(const struct whole *whole,
			       const struct node *node)
{
	return (struct member){
		.lines = whole->lines,
		.node = node,
		.bridge = node_field(whole->bridge, "name"),
		.name = node_field(node, "name"),
	};
}

/* Calls a function for each port that must exist. */
static void each_port(const struct whole *whole,
		      void (*function)(const struct member *member))
{
	struct node port;

	for (size_t i = 0; (port = node_item(&whole->ports, i)).json; i++) {
		const struct member member = member_of(whole, &port);

		if (whole->lines->has_failed)
			return;
		if (!node_is_true(&port, "absent"))
			function(&member);
	}
}

static void each_member(const struct whole *whole,
			void (*function)(const struct member *member))
{
	const struct member bridge = member_of(whole, whole->bridge);

	function(&bridge);
	each_port(whole, function);
}

static void put_port(const struct member *member)
{
	lines_check(member->lines, member->node, port_fields);
	member_begin(member, member->node, "addif");
	lines_end(member->lines);
	member_options(member, EARLY, COMMON);
	member_vlans(member);
	member_vlan_options(member);
}

static void put_late_options(const struct member *member)
{
	member_options(member, LATE, LATE);
}

static void put_port_link(const struct member *member)
{
	lines_put_link(member->lines, member->node, true);
}

static void put_port_limits(const struct member *member)
{
	member_options(member, LIMITS, LIMITS);
	member_vlan_limits(member);
}

/* Ports that must not exist: all are checked, and leave first. */
static void put_absent_ports(const struct whole *whole)
{
	struct node port;

	for (size_t i = 0; (port = node_item(&whole->ports, i)).json; i++) {
		const struct member member = member_of(whole, &port);

		if (!node_is_true(&port, "absent"))
			continue;
		lines_check(whole->lines, &port, absent_fields);
		member_begin(&member, &port, "delif");
		lines_end(whole->lines);
	}
}

static void put_head(struct lines *lines, const struct node *bridge,
		     bool is_absent)
{
	const struct node address = node_field(bridge, "address");

	lines_begin(lines, bridge, "brctl", is_absent ? "delbr" : "addbr");
	lines_value(lines, NULL, node_field(bridge, "name"));
	lines_end(lines);
	if (!address.json)
		return;
	lines_begin(lines, &address, "brctl", "link");
	lines_value(lines, NULL, node_field(bridge, "name"));
	lines_value(lines, "address", address);
	lines_end(lines);
}

/* Without the name of a port. */
static struct member as_bridge(const struct whole *whole)
{
	struct member member = member_of(whole, whole->bridge);

	member.name.json = NULL;
	return member;
}

static void put_members(const struct whole *whole)
{
	const struct member member = member_of(whole, whole->bridge);
	const struct member bridge = as_bridge(whole);

	member_options(&bridge, EARLY, LATE);
	member_vlans(&member);
	put_absent_ports(whole);
	each_port(whole, put_port);
	each_port(whole, put_late_options);
	member_vlan_options(&member);
	each_member(whole, member_first_entries);
	each_member(whole, member_second_entries);
	each_port(whole, put_port_link);
	lines_put_link(whole->lines, whole->bridge, false);
	each_member(whole, member_groups);
	member_options(&bridge, LIMITS, LIMITS);
	each_port(whole, put_port_limits);
	member_vlan_limits(&member);
}

void lines_bridge(struct lines *lines, const struct node *bridge)
{
	const struct whole whole = { lines, bridge,
				     node_field(bridge, "ports") };
	bool is_absent = lines_check_presence(lines, bridge, bridge_fields,
					      absent_fields);

	if (lines->has_failed)
		return;
	put_head(lines, bridge, is_absent);
	if (!is_absent)
		put_members(&whole);
}
