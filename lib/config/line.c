/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes the library call that applies the items of a line. */

#include "config.h"

#include "config/line.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/vids.h"
#include "config/group.h"
#include "config/item.h"
#include "config/macs.h"
#include "config/remote.h"

/* More than the table of any scope has. */
#define SETTINGS_MAX 128

static bool is_of_bridge(const struct item *item)
{
	return strcmp(item->device, item->member) == 0;
}

/* --- options -------------------------------------------------------------- */

static int take_settings(const struct line *line, size_t *ret_count,
			 struct vbr_setting settings[SETTINGS_MAX])
{
	size_t count = line->count;

	if (count > SETTINGS_MAX)
		return -E2BIG;
	for (size_t i = 0; i < count; i++) {
		const struct item *item = &line->items[i];
		uint64_t value = item->number;

		/* The device exists only now. */
		if (vbr_option_type(item->option) == VBR_OPTION_DEVICE) {
			int rc = vbr_option_parse(line->ctx, item->option,
						  item->value, &value);
			if (rc < 0)
				return rc;
		}
		settings[i] = (struct vbr_setting){ item->name, value };
	}
	*ret_count = count;
	return 0;
}

static int set_options(const struct line *line)
{
	const struct item *item = line->items;
	struct vbr_setting settings[SETTINGS_MAX];
	size_t count;
	int rc = take_settings(line, &count, settings);

	if (rc < 0)
		return rc;
	if (item->kind == ITEM_OPTION)
		return vbr_bridge_set_all(line->ctx, item->device, settings,
					  count);
	return vbr_port_set_all(line->ctx, item->device, item->member, settings,
				count);
}

static int set_link(const struct line *line)
{
	struct vbr_link_settings settings = { 0 };
	uint64_t mtu;

	for (size_t i = 0; i < line->count; i++) {
		const struct item *item = &line->items[i];

		if (strcmp(item->name, "state") == 0) {
			settings.what |= VBR_LINK_UP;
			settings.up = strcmp(item->value, "up") == 0;
		} else if (strcmp(item->name, "mtu") == 0) {
			settings.what |= VBR_LINK_MTU;
			num_parse(item->value, UINT32_MAX, &mtu);
			settings.mtu = (uint32_t)mtu;
		} else {
			settings.what |= VBR_LINK_MAC;
			vbr_parse_mac(item->value, settings.mac);
		}
	}
	return vbr_link_set(line->ctx, line->items->device, &settings);
}

/* --- VLANs ---------------------------------------------------------------- */

/* The items of a range differ in their VLANs, and maybe in tunnel ids. */
static void take_vids(const struct line *line, struct vbr_vids *ret_vids)
{
	*ret_vids = (struct vbr_vids){ 0 };
	for (size_t i = 0; i < line->count; i++)
		vids_add(ret_vids, line->items[i].vid);
}

static int set_vlans(const struct line *line)
{
	const struct item *item = line->items;
	const struct vbr_setting setting = { item->name, item->number };
	struct vbr_vids vids;

	take_vids(line, &vids);
	if (is_of_bridge(item) &&
	    vbr_option_find(VBR_SCOPE_BRIDGE_VLAN, item->name))
		return vbr_bridge_vlan_set_all(line->ctx, item->device, &vids,
					       &setting, 1);
	return vbr_port_vlan_set_all(line->ctx, item->device, item->member,
				     &vids, &setting, 1);
}

/* A change of default_pvid may have deleted one of them. */
static int delete_vlans(const struct line *line, const struct vbr_vids *vids)
{
	const struct item *item = line->items;
	int rc = vbr_port_vlan_del(line->ctx, item->device, item->member, vids);

	if (rc != -ENOENT)
		return rc;
	rc = 0;
	for (size_t i = 0; rc == 0 && i < line->count; i++) {
		struct vbr_vids one = { 0 };

		vids_add(&one, item[i].vid);
		rc = vbr_port_vlan_del(line->ctx, item->device, item->member,
				       &one);
		if (rc == -ENOENT)
			rc = 0;
	}
	return rc;
}

static int change_vlans(const struct line *line)
{
	const struct item *item = line->items;
	const char *tunnel;
	unsigned int flags;
	struct vbr_vids vids;

	take_vids(line, &vids);
	if (!item->value)
		return delete_vlans(line, &vids);
	flags = item_vlan_flags(item);
	tunnel = item_tunnel(item);
	if (!tunnel)
		return vbr_port_vlan_add(line->ctx, item->device, item->member,
					 &vids, flags);
	return vbr_port_vlan_add_tunnels(line->ctx, item->device, item->member,
					 &vids, flags,
					 (uint32_t)strtoul(tunnel, NULL, 10));
}

/* --- entries -------------------------------------------------------------- */

/* Deletes an entry that would conflict with a new one. */
static int delete_entry(const struct line *line,
			const struct vbr_fdb_entry *entry)
{
	char port[VBR_NAME_SIZE];
	int rc = vbr_link_name(line->ctx, vbr_fdb_entry_port_index(entry),
			       port);

	if (rc == 0)
		rc = vbr_fdb_del(line->ctx, line->items->device, port,
				 vbr_fdb_entry_mac(entry),
				 vbr_fdb_entry_vlan(entry));
	/* It has aged. */
	return rc == -ENOENT || rc == -ENODEV ? 0 : rc;
}

/* Whether it is the address of the bridge or of a port. Somebody may have added
 * other local entries. */
static bool is_own_address(const struct line *line,
			   const struct vbr_fdb_entry *entry)
{
	char port[VBR_NAME_SIZE];
	struct vbr_link *link;
	const uint8_t *mac;
	bool is_own;

	if (vbr_fdb_entry_state(entry) != VBR_FDB_LOCAL)
		return false;
	if (vbr_link_name(line->ctx, vbr_fdb_entry_port_index(entry), port) <
		    0 ||
	    vbr_link_get(line->ctx, port, &link) < 0)
		return true;
	mac = vbr_link_mac(link);
	is_own = mac && memcmp(mac, vbr_fdb_entry_mac(entry), 6) == 0;
	vbr_link_free(link);
	return is_own;
}

/*
 * Whether the kernel refuses the new entry because of this one. Without a VLAN
 * it adds the entries one by one, so some entries of the port may be new.
 */
static bool is_in_the_way(const struct item *item, int port,
			  const struct vbr_fdb_entry *entry)
{
	enum vbr_fdb_state state = vbr_fdb_entry_state(entry);

	if (vbr_fdb_entry_vlan(entry) == item->vid)
		return true;
	if (item->vid)
		return false;
	return (state != VBR_FDB_STATIC && state != VBR_FDB_LOCAL) ||
	       vbr_fdb_entry_port_index(entry) == port;
}

/* The bridge may have learned the address, or another port has it. */
static int make_way(const struct line *line, const uint8_t mac[6])
{
	const struct item *item = line->items;
	const struct vbr_fdb_entry *entry;
	char name[VBR_NAME_SIZE];
	struct vbr_fdb *fdb;
	int port, rc = vbr_link_resolve(line->ctx, item->member, &port, name);

	if (rc == 0)
		rc = vbr_fdb_list(line->ctx, item->device, &fdb);
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && (entry = vbr_fdb_at(fdb, i)); i++)
		if (memcmp(vbr_fdb_entry_mac(entry), mac, 6) == 0 &&
		    !is_own_address(line, entry) &&
		    is_in_the_way(item, port, entry))
			rc = delete_entry(line, entry);
	vbr_fdb_free(fdb);
	return rc;
}

static int add_mac(const struct line *line, const uint8_t mac[6])
{
	const struct item *item = line->items;
	const struct vbr_new_fdb_entry entry = macs_entry(item);

	return vbr_fdb_add_with(line->ctx, item->device, item->member, mac,
				&entry);
}

/* The destination of a VXLAN device. */
static int change_remote(const struct line *line, const uint8_t mac[6])
{
	const struct item *item = line->items;
	struct vbr_new_fdb_entry entry = { 0 };
	int rc = remote_parse(line->ctx, item->name, &entry.remote);

	if (rc < 0)
		return rc;
	if (!item->value)
		return vbr_fdb_del_self(line->ctx, item->device, item->member,
					mac, &entry.remote);
	entry.state = item_entry_state(item);
	entry.flags = item_entry_flags(item) | VBR_FDB_SELF;
	/* The device may have learned where the station is. */
	entry.mode = remote_is_several(mac) ? VBR_FDB_APPEND : VBR_FDB_SET;
	return vbr_fdb_add_with(line->ctx, item->device, item->member, mac,
				&entry);
}

static int change_mac(const struct line *line)
{
	const struct item *item = line->items;
	uint8_t mac[6];
	int rc;

	item_mac(item, mac);
	if (remote_is_in(item->name))
		return change_remote(line, mac);
	if (!item->value)
		return vbr_fdb_del(line->ctx, item->device, item->member, mac,
				   item->vid);
	rc = add_mac(line, mac);
	if (rc != -EEXIST)
		return rc;
	rc = make_way(line, mac);
	return rc < 0 ? rc : add_mac(line, mac);
}

static int add_group(const struct line *line, const char *group,
		     const char *source, bool replace)
{
	const struct item *item = line->items;
	const char *sources[GROUP_SOURCES_MAX];
	struct vbr_new_group with = {
		.source = source,
		.vlan = item->vid,
		.replace = replace,
		.sources = sources,
	};
	struct group words;

	group_parse(item->value, &words);
	with.mode = words.mode;
	with.protocol = words.protocol;
	with.source_count = words.count;
	for (size_t i = 0; i < words.count; i++)
		sources[i] = words.sources[i];
	return vbr_mdb_add_with(line->ctx, item->device, item->member, group,
				&with);
}

/* With the last port in the group of a MAC address, the kernel deletes the bridge's
 * own membership (6.1 to 6.18). */
static int delete_group(const struct line *line, const char *group,
			const char *source)
{
	const struct item *item = line->items;
	int rc = vbr_mdb_del(line->ctx, item->device, item->member, group,
			     source, item->vid);

	return rc == -ENOENT && is_of_bridge(item) ? 0 : rc;
}

static int change_group(const struct line *line)
{
	const struct item *item = line->items;
	char group[VBR_ADDRESS_TEXT_SIZE] = "";
	const char *source = strstr(item->name, " source ");
	size_t len = source ? (size_t)(source - item->name)
			    : strlen(item->name);
	int rc;

	if (len >= sizeof(group))
		return -EINVAL;
	memcpy(group, item->name, len);
	source = source ? source + strlen(" source ") : NULL;
	if (!item->value)
		return delete_group(line, group, source);
	rc = add_group(line, group, source, false);
	if (rc != -EEXIST)
		return rc;
	/* A member has asked for the group, or it was kept while the bridge was
	 * down, or it has other properties. If it cannot be replaced by these,
	 * it stays as it was. */
	rc = add_group(line, group, source, true);
	if (rc != -EOPNOTSUPP && rc != -ENOENT)
		return rc;
	/* Before Linux 6.2, members have no properties that could be lost. */
	rc = vbr_mdb_del(line->ctx, item->device, item->member, group, source,
			 item->vid);
	if (rc < 0 && rc != -ENOENT)
		return rc;
	return add_group(line, group, source, false);
}

/* --- devices -------------------------------------------------------------- */

static int change_bridge(const struct line *line)
{
	const struct item *item = line->items;

	return item->value ? vbr_bridge_add(line->ctx, item->device)
			   : vbr_bridge_del(line->ctx, item->device);
}

static int change_port(const struct line *line)
{
	const struct item *item = line->items;

	return item->value
		       ? vbr_port_add(line->ctx, item->device, item->member)
		       : vbr_port_del(line->ctx, item->device, item->member);
}

/* The value is "PARENT VLAN", and the protocol if it is not 802.1Q. */
static int change_vlan_device(const struct line *line)
{
	const struct item *item = line->items;
	unsigned int protocol = VBR_VLAN_8021Q;
	struct vbr_vids vids = { 0 };
	char parent[VBR_NAME_SIZE];
	const char *rest;

	if (!item->value)
		return vbr_vlan_del(line->ctx, item->device);
	rest = item_parent(item->value, parent);
	if (!rest)
		return -ENAMETOOLONG;
	vids_add(&vids, (unsigned int)strtoul(rest, NULL, 10));
	if (strstr(rest, "802.1ad"))
		protocol = VBR_VLAN_8021AD;
	return vbr_vlan_add(line->ctx, parent, &vids, protocol, item->device);
}

static int set_map(const struct line *line)
{
	const struct item *item = line->items;
	uint32_t name = (uint32_t)strtoul(item->name, NULL, 10);
	uint32_t value = (uint32_t)strtoul(item->value, NULL, 10);

	return item->kind == ITEM_INGRESS
		       ? vbr_vlan_map_ingress(line->ctx, item->device, name,
					      value)
		       : vbr_vlan_map_egress(line->ctx, item->device, name,
					     value);
}

static int set_flag(const struct line *line)
{
	const struct item *item = line->items;

	return vbr_vlan_set(line->ctx, item->device, item->name, item->number);
}

/* --- lines ---------------------------------------------------------------- */

int line_run(const struct line *line)
{
	static int (*const runs[])(const struct line *line) = {
		[ITEM_BRIDGE] = change_bridge,
		[ITEM_OPTION] = set_options,
		[ITEM_LINK] = set_link,
		[ITEM_PORT] = change_port,
		[ITEM_PORT_OPTION] = set_options,
		[ITEM_VLAN] = change_vlans,
		[ITEM_VLAN_OPTION] = set_vlans,
		[ITEM_MAC] = change_mac,
		[ITEM_GROUP] = change_group,
		[ITEM_VLAN_DEVICE] = change_vlan_device,
		[ITEM_FLAG] = set_flag,
		[ITEM_INGRESS] = set_map,
		[ITEM_EGRESS] = set_map,
	};

	return line->count ? runs[line->items->kind](line) : 0;
}
