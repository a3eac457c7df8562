/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Describes an item of the drawing: its kind, state, VLANs and addresses. */

#include "config.h"

#include "tree-words.h"

#include <string.h>

#include "commands.h"

/* --- name, kind and state ------------------------------------------------- */

static const char *raw_name(const struct tree_item *item)
{
	const struct vbr_device *device = item->device->device;

	switch (item->what) {
	case TREE_NETNS:
		return vbr_device_netns(device);
	case TREE_GUEST:
		return item->guest->name;
	default:
		return vbr_device_name(device);
	}
}

void tree_name(const struct tree_item *item, char ret_name[TREE_NAME_SIZE])
{
	int netnsid = vbr_device_netnsid(item->device->device);
	const char *name = raw_name(item);

	if (name)
		vbr_format_name(name, ret_name, TREE_NAME_SIZE);
	else if (netnsid >= 0)
		snprintf(ret_name, TREE_NAME_SIZE, "netnsid %d", netnsid);
	else
		strcpy(ret_name, "?");
}

static void print_vlan(const struct vbr_device *device,
		       char ret_kind[TREE_KIND_SIZE])
{
	unsigned int protocol = vbr_device_vlan_protocol(device);

	snprintf(ret_kind, TREE_KIND_SIZE, "VLAN %u%s", vbr_device_vlan(device),
		 protocol == VBR_VLAN_8021AD ? " (802.1ad)" : "");
}

void tree_kind(const struct tree_item *item, char ret_kind[TREE_KIND_SIZE])
{
	const struct vbr_device *device = item->device->device;
	const char *kind = vbr_device_kind(device);

	if (item->what == TREE_NETNS)
		kind = "namespace";
	else if (item->what == TREE_GUEST)
		kind = item->guest->is_vm ? "VM" : "process";
	else if (!*kind)
		kind = "NIC";
	else if (strcmp(kind, "tun") == 0)
		kind = "tap";
	if (strcmp(kind, "vlan") == 0)
		print_vlan(device, ret_kind);
	else
		vbr_format_name(kind, ret_kind, TREE_KIND_SIZE);
}

const char *tree_port_state(const struct tree_device *device)
{
	static const char words[][12] = {
		[VBR_PORT_DISABLED] = "disabled",
		[VBR_PORT_LISTENING] = "listening",
		[VBR_PORT_LEARNING] = "learning",
		[VBR_PORT_FORWARDING] = "forwarding",
		[VBR_PORT_BLOCKING] = "blocking",
	};
	uint64_t state;

	if (!device->port ||
	    vbr_port_value(device->port, "state", &state) < 0 ||
	    state >= sizeof(words) / sizeof(words[0]))
		return NULL;
	return words[state];
}

const char *tree_state(const struct tree_item *item, enum tree_tone *ret_tone)
{
	const struct vbr_device *device = item->device->device;
	const char *state = tree_port_state(item->device);

	*ret_tone = TREE_PLAIN;
	if (item->what != TREE_DEVICE)
		return "";
	*ret_tone = TREE_BAD;
	if (!vbr_device_is_up(device))
		return "down";
	if (!vbr_device_has_carrier(device))
		return "no carrier";
	*ret_tone = TREE_GOOD;
	if (!state)
		return "up";
	if (strcmp(state, "forwarding") != 0)
		*ret_tone = TREE_ODD;
	return state;
}

/* --- VLANs ---------------------------------------------------------------- */

bool tree_filters_vlans(const struct tree *tree,
			const struct tree_device *device)
{
	const struct tree_device *bridge = device;
	uint64_t filters = 0;

	if (device->port)
		bridge = tree_find(tree, vbr_port_bridge_index(device->port));
	return bridge && bridge->bridge &&
	       vbr_bridge_value(bridge->bridge, "vlan_filtering", &filters) ==
		       0 &&
	       filters;
}

static const struct vbr_port_vlan *
row_at(const struct tree *tree, const struct tree_device *device, size_t i)
{
	return vbr_port_vlans_at(vbr_topology_port_vlans(tree->topology),
				 device->first_vlan + i);
}

/* A run of VLANs. */
struct run {
	unsigned int first, last; /* 0: none yet */
	const char *before;	  /* the word, and then the comma */
};

static void print_run(FILE *stream, struct run *run)
{
	if (!run->last)
		return;
	fprintf(stream, "%s%u", run->before, run->first);
	if (run->last != run->first)
		fprintf(stream, "-%u", run->last);
	run->before = ",";
}

static void print_set(FILE *stream, const struct tree *tree,
		      const struct tree_device *device, unsigned int flag,
		      const char *word)
{
	struct run run = { 0, 0, word };

	for (size_t i = 0; i < device->vlan_count; i++) {
		const struct vbr_port_vlan *row = row_at(tree, device, i);
		unsigned int flags = vbr_port_vlan_flags(row);

		if ((flags & VBR_PORT_VLAN_UNTAGGED) != flag)
			continue;
		if (run.last && vbr_port_vlan_first(row) == run.last + 1) {
			run.last = vbr_port_vlan_last(row);
			continue;
		}
		print_run(stream, &run);
		run.first = vbr_port_vlan_first(row);
		run.last = vbr_port_vlan_last(row);
	}
	print_run(stream, &run);
	if (run.last)
		putc('\n', stream);
}

/* The VLAN of untagged frames goes without saying if it is the only one that
 * leaves untagged. */
static void print_pvid(FILE *stream, const struct tree *tree,
		       const struct tree_device *device)
{
	unsigned int untagged = 0, pvid = 0;
	bool is_untagged = false;

	for (size_t i = 0; i < device->vlan_count; i++) {
		const struct vbr_port_vlan *row = row_at(tree, device, i);
		unsigned int flags = vbr_port_vlan_flags(row);

		if (flags & VBR_PORT_VLAN_UNTAGGED)
			untagged += vbr_port_vlan_last(row) -
				    vbr_port_vlan_first(row) + 1;
		if (!(flags & VBR_PORT_VLAN_PVID))
			continue;
		pvid = vbr_port_vlan_first(row);
		is_untagged = flags & VBR_PORT_VLAN_UNTAGGED;
	}
	if (pvid && !(is_untagged && untagged == 1))
		fprintf(stream, "PVID %u\n", pvid);
	if (!pvid && untagged)
		fputs("no PVID\n", stream);
}

/* --- facts ---------------------------------------------------------------- */

/* Addresses that the kernel makes itself are left out: each device has one. */
static void print_addresses(FILE *stream, const struct vbr_device *device)
{
	const char *address;

	for (size_t i = 0; (address = vbr_device_address_at(device, i)); i++)
		if (strncmp(address, "fe80:", 5) != 0)
			fprintf(stream, "%s\n", address);
}

static const struct tree_device *master_of(const struct tree *tree,
					   const struct tree_item *item)
{
	return tree_find(tree, vbr_device_master(item->device->device));
}

bool tree_is_home(const struct tree *tree, const struct tree_item *item)
{
	const struct tree_device *master = master_of(tree, item);

	return item->what == TREE_DEVICE &&
	       (!master || !item->from || item->from->device == master);
}

/* Where the device belongs to, unless the drawing shows that. */
static void print_master(FILE *stream, const struct tree *tree,
			 const struct tree_item *item)
{
	const struct tree_device *master = master_of(tree, item);
	char name[VBR_NAME_TEXT_SIZE];

	if (!master || (item->from && item->from->device == master))
		return;
	vbr_format_name(vbr_device_name(master->device), name, sizeof(name));
	fprintf(stream, "%s of %s\n", master->bridge ? "port" : "member", name);
}

static void print_peer(FILE *stream, const struct vbr_device *device)
{
	const char *peer = vbr_device_peer(device);
	char name[VBR_NAME_TEXT_SIZE];

	if (!peer)
		return;
	vbr_format_name(peer, name, sizeof(name));
	fprintf(stream, "%s\n", name);
}

void tree_print_facts(FILE *stream, const struct tree *tree,
		      const struct tree_item *item)
{
	const struct tree_device *device = item->device;

	if (item->what == TREE_NETNS) {
		print_peer(stream, device->device);
		return;
	}
	if (item->what == TREE_GUEST) {
		fprintf(stream, "pid %lu\n", item->guest->pid);
		return;
	}
	if (tree_is_home(tree, item) && tree_filters_vlans(tree, device)) {
		print_set(stream, tree, device, VBR_PORT_VLAN_UNTAGGED,
			  "untagged ");
		print_set(stream, tree, device, 0, "tagged ");
		print_pvid(stream, tree, device);
	}
	print_addresses(stream, device->device);
	print_master(stream, tree, item);
}

void tree_print_finding(FILE *stream, const struct vbr_finding *finding)
{
	fprintf(stream, "%s: %s", severity_name(vbr_finding_severity(finding)),
		vbr_rule_id(vbr_finding_rule(finding)));
}
