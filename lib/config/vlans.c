/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes the VLANs of ports and bridges, with their options and tunnel ids. */

#include "config.h"

#include "config/vlans.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "config/options.h"

/* "4094-4094" and a NUL. */
#define VIDS_SIZE 16
#define BOTH (VBR_PORT_VLAN_PVID | VBR_PORT_VLAN_UNTAGGED)

static const char *vids_text(const struct vbr_port_vlan *row,
			     char text[VIDS_SIZE])
{
	unsigned int first = vbr_port_vlan_first(row) & 0xfff;
	unsigned int last = vbr_port_vlan_last(row) & 0xfff;

	if (first == last)
		snprintf(text, VIDS_SIZE, "%u", first);
	else
		snprintf(text, VIDS_SIZE, "%u-%u", first, last);
	return text;
}

/* The next row of a device at or after "at". */
static const struct vbr_port_vlan *next_row(const struct vbr_port_vlans *rows,
					    int index, size_t *at)
{
	const struct vbr_port_vlan *row;

	while ((row = vbr_port_vlans_at(rows, (*at)++)))
		if (vbr_port_vlan_index(row) == index)
			return row;
	return NULL;
}

/* Whether the row is the VLAN that the kernel gives each new port. */
static bool is_default(const struct vbr_port_vlan *row, unsigned int vid)
{
	return vbr_port_vlan_first(row) == vid &&
	       vbr_port_vlan_last(row) == vid &&
	       vbr_port_vlan_flags(row) == BOTH;
}

static unsigned int default_vid(const struct save_bridge *bridge)
{
	return (unsigned int)save_bridge_number(bridge->bridge, "default_pvid");
}

/* The kernel gave the port a VLAN that it no longer has, or has without its
 * flags. */
static void put_default(struct save *save, const struct save_bridge *bridge,
			const char *member, int index)
{
	unsigned int vid = default_vid(bridge);
	const struct vbr_port_vlan *row;
	char text[VIDS_SIZE];
	size_t at = 0;

	if (vid == 0)
		return;
	while ((row = next_row(save->port_vlans, index, &at)))
		if (is_default(row, vid))
			return;
	snprintf(text, sizeof(text), "%u", vid & 0xfff);
	text_begin(&save->text, "brctl", "delvlan", bridge->name, member, text,
		   NULL);
	text_end(&save->text);
}

static void put_row(struct save *save, const struct save_bridge *bridge,
		    const char *member, const struct vbr_port_vlan *row)
{
	unsigned int flags = vbr_port_vlan_flags(row);
	char text[VIDS_SIZE];
	uint64_t tunnel;
	bool has_tunnel = vbr_port_vlan_value(row, "tunnel_id", &tunnel) == 0;

	if (!has_tunnel && is_default(row, default_vid(bridge)))
		return;
	text_begin(&save->text, "brctl", "addvlan", bridge->name, member,
		   vids_text(row, text), NULL);
	if (flags & VBR_PORT_VLAN_PVID)
		text_word(&save->text, "pvid");
	if (flags & VBR_PORT_VLAN_UNTAGGED)
		text_word(&save->text, "untagged");
	if (has_tunnel)
		text_format(&save->text, " tunnel %" PRIu64, tunnel);
	text_end(&save->text);
}

static bool is_no_state(const char *option)
{
	return strcmp(option, "state") != 0;
}

#define FORWARDING 3

/* The state is what STP has made of the VLAN, unless nobody runs it. */
static int put_vlan_options(struct save *save, const struct save_bridge *bridge,
			    const char *member, const struct vbr_port_vlan *row)
{
	bool by_stp = save_bridge_number(bridge->bridge, "stp_state") ||
		      save_bridge_number(bridge->bridge, "mst_enabled");
	struct save_options options = { VBR_SCOPE_PORT_VLAN, row, NULL };
	char text[VIDS_SIZE];
	uint64_t state;

	if (by_stp || vbr_port_vlan_value(row, "state", &state) < 0 ||
	    state == FORWARDING)
		options.is_wanted = is_no_state;
	return save_put_options(save, &options, "setvlan", bridge->name, member,
				vids_text(row, text));
}

int save_member_vlans(struct save *save, const struct save_bridge *bridge,
		      const char *member, int index)
{
	const struct vbr_port_vlan *row;
	size_t at = 0;
	int rc = 0;

	if (!save->port_vlans)
		return 0;
	put_default(save, bridge, member, index);
	while ((row = next_row(save->port_vlans, index, &at)))
		put_row(save, bridge, member, row);
	at = 0;
	while (rc == 0 && (row = next_row(save->port_vlans, index, &at)))
		rc = put_vlan_options(save, bridge, member, row);
	return rc;
}

int save_bridge_vlans(struct save *save, const struct save_bridge *bridge)
{
	struct save_options options = { VBR_SCOPE_BRIDGE_VLAN, NULL, NULL };
	char text[VIDS_SIZE];
	size_t at = 0;
	int rc = 0;

	if (!save->bridge_vlans)
		return 0;
	while (rc == 0 && (options.object = next_row(save->bridge_vlans,
						     bridge->index, &at)))
		rc = save_put_options(save, &options, "setvlan", bridge->name,
				      bridge->name,
				      vids_text(options.object, text));
	return rc;
}
