/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes lines of a port, or of a bridge as a member of VLANs and groups, in a JSON
 * file. */

#include "config.h"

#include "lines-member.h"

#include <string.h>

#define KIND_NUMBER (KIND_TEXT | KIND_INTEGER)

/* --- fields --------------------------------------------------------------- */

static const struct field vlan_fields[] = {
	{ "vlan", KIND_NUMBER },   { "pvid", KIND_BOOL },
	{ "untagged", KIND_BOOL }, { "tunnel_id", KIND_INTEGER },
	{ "absent", KIND_BOOL },   { 0 },
};

static const struct field vlan_options_fields[] = {
	{ "vlan", KIND_NUMBER },
	{ "options", KIND_OBJECT },
	{ 0 },
};

#define REMOTE_FIELDS \
	{ "dst", KIND_TEXT }, { "dst_port", KIND_INTEGER }, \
		{ "vni", KIND_INTEGER }, { "src_vni", KIND_INTEGER }, \
		{ "via", KIND_TEXT }, \
	{ \
		"nhid", KIND_INTEGER \
	}

static const struct field entry_fields[] = {
	{ "mac", KIND_TEXT },
	{ "vlan", KIND_INTEGER },
	{ "state", KIND_TEXT },
	{ "sticky", KIND_BOOL },
	{ "activity_notify", KIND_BOOL },
	{ "router", KIND_BOOL },
	{ "absent", KIND_BOOL },
	REMOTE_FIELDS,
	{ 0 },
};

static const struct field group_fields[] = {
	{ "group", KIND_TEXT },	  { "source", KIND_TEXT },
	{ "vlan", KIND_INTEGER }, { "filter", KIND_TEXT },
	{ "sources", KIND_TEXT }, { "proto", KIND_TEXT | KIND_INTEGER },
	{ "absent", KIND_BOOL },  { 0 },
};

/* An object with "absent": true has no fields but those that identify it. */
static const struct field absent_vlan_fields[] = {
	{ "vlan", KIND_NUMBER },
	{ "absent", KIND_BOOL },
	{ 0 },
};

static const struct field absent_entry_fields[] = {
	{ "mac", KIND_TEXT },
	{ "vlan", KIND_INTEGER },
	{ "absent", KIND_BOOL },
	REMOTE_FIELDS,
	{ 0 },
};

/* --- members -------------------------------------------------------------- */

void member_begin(const struct member *member, const struct node *node,
		  const char *command)
{
	lines_begin(member->lines, node, "brctl", command);
	lines_value(member->lines, NULL, member->bridge);
	lines_value(member->lines, NULL, member->name);
}

static void each(const struct member *member, const char *field,
		 void (*function)(const struct member *member,
				  const struct node *node))
{
	const struct node list = node_field(member->node, field);
	struct node item;

	for (size_t i = 0; (item = node_item(&list, i)).json; i++) {
		function(member, &item);
		if (member->lines->has_failed)
			return;
	}
}

/* --- options -------------------------------------------------------------- */

static const struct {
	const char *name;
	enum phase phase;
} phases[] = {
	{ "default_pvid", EARLY },	 { "stp_mode", EARLY },
	{ "mcast_vlan_snooping", LATE }, { "backup_port", LATE },
	{ "backup_nhid", LATE },	 { "mcast_max_groups", LIMITS },
	{ "mcast_snooping", LIMITS },
};

static enum phase phase_of(const char *option)
{
	for (size_t i = 0; i < sizeof(phases) / sizeof(phases[0]); i++)
		if (strcmp(phases[i].name, option) == 0)
			return phases[i].phase;
	return COMMON;
}

/* The options of an object, and the words before them. */
struct options {
	struct lines *lines;
	const char *command;
	const struct node *node; /* the options */
	const struct node *words[3];
	enum phase phase;
};

static int put_option(const char *key, const struct json *value, void *data)
{
	const struct options *options = data;
	const struct node node = { options->node, key, -1, value };
	char room[JSON_WORD_SIZE];

	if (lines_check_option(options->lines, &node))
		return 1;
	if (phase_of(key) != options->phase)
		return 0;
	lines_begin(options->lines, &node, "brctl", options->command);
	for (size_t i = 0; i < 3 && options->words[i]; i++)
		lines_value(options->lines, NULL, *options->words[i]);
	lines_setting(options->lines, key, json_word(value, room));
	lines_end(options->lines);
	return 0;
}

static void put_options(const struct options *like, const struct node *object,
			enum phase from, enum phase to)
{
	const struct node node = node_field(object, "options");
	struct options options = *like;

	options.node = &node;
	for (int phase = from; node.json && phase <= (int)to; phase++) {
		options.phase = (enum phase)phase;
		if (json_foreach(node.json, put_option, &options))
			return;
	}
}

void member_options(const struct member *member, enum phase from, enum phase to)
{
	bool is_port = member->name.json;
	const struct options options = {
		.lines = member->lines,
		.command = is_port ? "setport" : "set",
		.words = { &member->bridge, is_port ? &member->name : NULL },
	};

	put_options(&options, member->node, from, to);
}

/* --- VLANs ---------------------------------------------------------------- */

static void put_vlan(const struct member *member, const struct node *node)
{
	struct lines *lines = member->lines;
	bool is_absent = lines_check_presence(lines, node, vlan_fields,
					      absent_vlan_fields);

	member_begin(member, node, is_absent ? "delvlan" : "addvlan");
	lines_value(lines, NULL, node_field(node, "vlan"));
	if (node_is_true(node, "pvid"))
		lines_word(lines, "pvid");
	if (node_is_true(node, "untagged"))
		lines_word(lines, "untagged");
	lines_value(lines, "tunnel", node_field(node, "tunnel_id"));
	lines_end(lines);
}

static void put_vlan_options(const struct member *member,
			     const struct node *node, enum phase from,
			     enum phase to)
{
	const struct node vlan = node_field(node, "vlan");
	const struct options options = {
		.lines = member->lines,
		.command = "setvlan",
		.words = { &member->bridge, &member->name, &vlan },
	};

	put_options(&options, node, from, to);
}

static void put_usual_vlan_options(const struct member *member,
				   const struct node *node)
{
	lines_check(member->lines, node, vlan_options_fields);
	put_vlan_options(member, node, EARLY, LATE);
}

static void put_vlan_limits(const struct member *member,
			    const struct node *node)
{
	put_vlan_options(member, node, LIMITS, LIMITS);
}

/* --- entries -------------------------------------------------------------- */

static void put_remote(struct lines *lines, const struct node *node)
{
	static const char *const fields[] = { "dst", "vni", "src_vni", "via",
					      "nhid" };

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		lines_value(lines, fields[i], node_field(node, fields[i]));
	lines_value(lines, "port", node_field(node, "dst_port"));
}

static void put_entry(const struct member *member, const struct node *node)
{
	static const char *const flags[] = { "sticky", "activity_notify",
					     "router" };
	struct lines *lines = member->lines;
	bool is_absent = lines_check_presence(lines, node, entry_fields,
					      absent_entry_fields);

	member_begin(member, node, is_absent ? "delmac" : "addmac");
	lines_value(lines, NULL, node_field(node, "mac"));
	lines_value(lines, "vlan", node_field(node, "vlan"));
	lines_value(lines, NULL, node_field(node, "state"));
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (node_is_true(node, flags[i]))
			lines_word(lines, flags[i]);
	put_remote(lines, node);
	lines_end(lines);
}

/*
 * An entry without a VLAN also adds one in each VLAN, and some of these are
 * then deleted; so such entries come first, for all members.
 */
static void put_first_entry(const struct member *member,
			    const struct node *node)
{
	if (!node_field(node, "vlan").json || node_is_true(node, "absent"))
		put_entry(member, node);
}

static void put_second_entry(const struct member *member,
			     const struct node *node)
{
	if (node_field(node, "vlan").json && !node_is_true(node, "absent"))
		put_entry(member, node);
}

static void put_group(const struct member *member, const struct node *node)
{
	static const char *const properties[] = { "filter", "sources",
						  "proto" };
	struct lines *lines = member->lines;

	lines_check(lines, node, group_fields);
	member_begin(member, node,
		     node_is_true(node, "absent") ? "delgroup" : "addgroup");
	lines_value(lines, NULL, node_field(node, "group"));
	lines_value(lines, "source", node_field(node, "source"));
	lines_value(lines, "vlan", node_field(node, "vlan"));
	for (size_t i = 0; i < sizeof(properties) / sizeof(*properties); i++)
		lines_value(lines, properties[i],
			    node_field(node, properties[i]));
	lines_end(lines);
}

/* --- lists ---------------------------------------------------------------- */

void member_vlans(const struct member *member)
{
	each(member, "vlans", put_vlan);
}

void member_vlan_options(const struct member *member)
{
	each(member, "vlan_options", put_usual_vlan_options);
}

void member_vlan_limits(const struct member *member)
{
	each(member, "vlan_options", put_vlan_limits);
}

void member_groups(const struct member *member)
{
	each(member, "groups", put_group);
}

void member_first_entries(const struct member *member)
{
	each(member, "fdb", put_first_entry);
}

void member_second_entries(const struct member *member)
{
	each(member, "fdb", put_second_entry);
}
