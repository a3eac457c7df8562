/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Puts the devices of the drawing into JSON: each with the names of those that it
 * belongs to, and that it is on. */

#include "config.h"

#include "tree-json.h"

#include <string.h>

#include "cli/json.h"
#include "commands.h"
#include "tree-trace.h"
#include "tree-words.h"

/* The name of a device; null: there is none. */
static void put_device_name(const struct tree *tree, struct json *object,
			    const char *key, int index)
{
	const struct tree_device *device = tree_find(tree, index);

	json_put_text_or_null(object, key,
			      device ? vbr_device_name(device->device) : NULL);
}

static void put_mac(struct json *object, const struct vbr_device *device)
{
	const uint8_t *mac = vbr_device_mac(device);
	char text[VBR_MAC_TEXT_SIZE];

	if (mac)
		vbr_format_mac(mac, text);
	json_put_text_or_null(object, "mac", mac ? text : NULL);
}

static void put_tag(struct json *object, const struct vbr_device *device)
{
	char text[8];

	if (strcmp(vbr_device_kind(device), "vlan") != 0) {
		json_put_null(object, "vlan");
		json_put_null(object, "protocol");
		return;
	}
	json_put_number(object, "vlan", vbr_device_vlan(device));
	snprintf(text, sizeof(text), "%s",
		 vbr_device_vlan_protocol(device) == VBR_VLAN_8021AD
			 ? "802.1ad"
			 : "802.1Q");
	json_put_text(object, "protocol", text);
}

static void put_netns(struct json *object, const struct vbr_device *device)
{
	struct json *netns;

	if (!vbr_device_has_foreign_parent(device)) {
		json_put_null(object, "netns");
		return;
	}
	netns = json_object_in(object, "netns");
	json_put_text_or_null(netns, "name", vbr_device_netns(device));
	if (vbr_device_netnsid(device) >= 0)
		json_put_number(netns, "netnsid",
				(uint64_t)vbr_device_netnsid(device));
	else
		json_put_null(netns, "netnsid");
	json_put_text_or_null(netns, "device", vbr_device_peer(device));
}

static void put_addresses(struct json *object, const struct vbr_device *device)
{
	struct json *array = json_array_in(object, "addresses");
	const char *address;

	for (size_t i = 0; (address = vbr_device_address_at(device, i)); i++)
		json_add_text(array, address);
}

static void put_guests(const struct tree *tree, struct json *object,
		       const struct vbr_device *device)
{
	struct json *array = json_array_in(object, "guests");

	if (strcmp(vbr_device_kind(device), "tun") != 0)
		return;
	for (size_t i = 0; i < tree->guests.count; i++) {
		const struct tree_guest *guest = &tree->guests.list[i];
		struct json *one;

		if (strcmp(guest->tap, vbr_device_name(device)) != 0)
			continue;
		one = json_object_of(array);
		json_put_text(one, "name", guest->name);
		json_put_bool(one, "vm", guest->is_vm);
		json_put_number(one, "pid", guest->pid);
	}
}

static void put_vlans(const struct tree *tree, struct json *object,
		      const struct tree_device *device)
{
	const struct vbr_port_vlans *vlans = vbr_topology_port_vlans(
		tree->topology);
	struct json *array = json_array_in(object, "vlans");

	for (size_t i = 0; i < device->vlan_count; i++) {
		const struct vbr_port_vlan *row =
			vbr_port_vlans_at(vlans, device->first_vlan + i);
		unsigned int flags = vbr_port_vlan_flags(row);
		struct json *one = json_object_of(array);

		json_put_number(one, "first", vbr_port_vlan_first(row));
		json_put_number(one, "last", vbr_port_vlan_last(row));
		json_put_bool(one, "pvid", flags & VBR_PORT_VLAN_PVID);
		json_put_bool(one, "untagged", flags & VBR_PORT_VLAN_UNTAGGED);
	}
}

static void put_findings(const struct tree *tree, struct json *object,
			 const struct tree_device *device)
{
	const struct vbr_finding *finding;
	struct json *array;
	size_t at = 0;

	if (!tree->findings)
		return;
	array = json_array_in(object, "findings");
	while ((finding = tree_next_finding(tree, device, &at))) {
		struct json *one = json_object_of(array);

		json_put_text(one, "rule",
			      vbr_rule_id(vbr_finding_rule(finding)));
		json_put_text(one, "severity",
			      severity_name(vbr_finding_severity(finding)));
	}
}

static void put_trace(const struct tree *tree, struct json *object,
		      const struct tree_device *device)
{
	struct tree_mark mark;
	struct json *array;
	size_t at = 0;

	if (!tree->trace)
		return;
	array = json_array_in(object, "trace");
	while (tree_next_mark(tree, device, &at, &mark)) {
		struct json *one = json_object_of(array);

		json_put_text(one, "verdict", mark.verdict);
		json_put_text_or_null(one, "step", mark.step);
		if (mark.vlan < 0)
			json_put_null(one, "vlan");
		else
			json_put_number(one, "vlan", (uint64_t)mark.vlan);
	}
}

static void put_device(const struct tree *tree, struct json *object,
		       const struct tree_device *entry)
{
	const struct vbr_device *device = entry->device;

	json_put_text(object, "device", vbr_device_name(device));
	json_put_number(object, "index", (uint64_t)vbr_device_index(device));
	json_put_text(object, "kind", vbr_device_kind(device));
	json_put_bool(object, "up", vbr_device_is_up(device));
	json_put_bool(object, "carrier", vbr_device_has_carrier(device));
	put_mac(object, device);
	json_put_number(object, "mtu", vbr_device_mtu(device));
	put_device_name(tree, object, "master", vbr_device_master(device));
	put_device_name(tree, object, "parent", vbr_device_parent(device));
	put_netns(object, device);
	put_tag(object, device);
	json_put_text_or_null(object, "state", tree_port_state(entry));
	put_vlans(tree, object, entry);
	put_addresses(object, device);
	put_guests(tree, object, device);
	put_findings(tree, object, entry);
	put_trace(tree, object, entry);
}

void tree_print_json(const struct tree *tree)
{
	struct json_list list;

	json_list_begin(&list);
	for (size_t i = 0; i < tree->count; i++)
		if (tree->devices[i].is_drawn)
			put_device(tree, json_list_item(&list),
				   &tree->devices[i]);
	json_list_end(&list);
}
