/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes lines of VLAN devices and other devices in a JSON file. */

#include "config.h"

#include "lines-device.h"

#include <string.h>

#include "cli/cli.h"

/* --- fields --------------------------------------------------------------- */

static const struct field device_fields[] = {
	{ "name", KIND_TEXT },	      { "parent", KIND_TEXT },
	{ "vlan", KIND_INTEGER },     { "protocol", KIND_TEXT },
	{ "up", KIND_BOOL },	      { "mtu", KIND_INTEGER },
	{ "address", KIND_TEXT },     { "options", KIND_OBJECT },
	{ "ingress_map", KIND_LIST }, { "egress_map", KIND_LIST },
	{ "absent", KIND_BOOL },      { 0 },
};

static const struct field map_fields[] = {
	{ "packet", KIND_INTEGER },
	{ "tag", KIND_INTEGER },
	{ 0 },
};

static const struct field link_fields[] = {
	{ "name", KIND_TEXT },
	{ "up", KIND_BOOL },
	{ "mtu", KIND_INTEGER },
	{ "address", KIND_TEXT },
	{ 0 },
};

/* An object that must not exist. */
static const struct field absent_fields[] = {
	{ "name", KIND_TEXT },
	{ "absent", KIND_BOOL },
	{ 0 },
};

/* --- links ---------------------------------------------------------------- */

void lines_put_link(struct lines *lines, const struct node *node,
		    bool has_address)
{
	const struct node up = node_field(node, "up");
	const struct node mtu = node_field(node, "mtu");
	const struct node address = node_field(node, "address");

	if (!up.json && !mtu.json && !(has_address && address.json))
		return;
	lines_begin(lines, node, "brctl", "link");
	lines_value(lines, NULL, node_field(node, "name"));
	if (has_address)
		lines_value(lines, "address", address);
	lines_value(lines, "mtu", mtu);
	if (up.json)
		lines_word(lines, node_is_true(node, "up") ? "up" : "down");
	lines_end(lines);
}

/* --- VLAN devices and others ---------------------------------------------- */

static void put_map(struct lines *lines, const struct node *device,
		    const char *field, const char *command)
{
	const struct node list = node_field(device, field);
	struct node item;

	for (size_t i = 0; (item = node_item(&list, i)).json; i++) {
		lines_check(lines, &item, map_fields);
		lines_begin(lines, &item, "vconfig", command);
		lines_value(lines, NULL, node_field(device, "name"));
		lines_value(lines, NULL, node_field(&item, "packet"));
		lines_value(lines, NULL, node_field(&item, "tag"));
		lines_end(lines);
	}
}

/* A VLAN device without a parent or a VLAN. */
static void require(struct lines *lines, const struct node *object,
		    const char *field)
{
	if (!node_field(object, field).json)
		lines_refuse(lines, object, _("the field \"%s\" is missing"),
			     field);
}

struct flags {
	struct lines *lines;
	struct node node, name;
};

static int put_flag(const char *key, const struct json *value, void *data)
{
	const struct flags *flags = data;
	const struct node node = { &flags->node, key, -1, value };
	char room[JSON_WORD_SIZE];

	if (lines_check_option(flags->lines, &node))
		return 1;
	lines_begin(flags->lines, &node, "vconfig", "set_flag");
	lines_value(flags->lines, NULL, flags->name);
	lines_word(flags->lines, key);
	lines_word(flags->lines, json_word(value, room));
	lines_end(flags->lines);
	return 0;
}

static void put_flags(struct lines *lines, const struct node *device)
{
	struct flags flags = { lines, node_field(device, "options"),
			       node_field(device, "name") };

	if (flags.node.json)
		json_foreach(flags.node.json, put_flag, &flags);
}

static void add_device(struct lines *lines, const struct node *device)
{
	lines_begin(lines, device, "vconfig", "add");
	lines_value(lines, NULL, node_field(device, "parent"));
	lines_value(lines, NULL, node_field(device, "vlan"));
	lines_value(lines, "protocol", node_field(device, "protocol"));
	lines_value(lines, "name", node_field(device, "name"));
	lines_end(lines);
	put_flags(lines, device);
	put_map(lines, device, "ingress_map", "set_ingress_map");
	put_map(lines, device, "egress_map", "set_egress_map");
	lines_put_link(lines, device, true);
}

void lines_vlan_device(struct lines *lines, const struct node *device)
{
	if (lines_check_presence(lines, device, device_fields, absent_fields)) {
		lines_begin(lines, device, "vconfig", "rem");
		lines_value(lines, NULL, node_field(device, "name"));
		lines_end(lines);
		return;
	}
	require(lines, device, "parent");
	require(lines, device, "vlan");
	if (!lines->has_failed)
		add_device(lines, device);
}

void lines_link(struct lines *lines, const struct node *link)
{
	lines_check(lines, link, link_fields);
	if (!lines->has_failed)
		lines_put_link(lines, link, true);
}
