/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes the VLANs of ports and bridges, with their options and tunnel ids. */

#include "config.h"

#include "config/vlans.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "api/port-vlan.h"
#include "config/options.h"

/* "4094-4094" and a NUL. */
#define VIDS_SIZE 16
#define BOTH (VBR_PORT_VLAN_PVID | VBR_PORT_VLAN_UNTAGGED)

/* Consecutive VLANs that one command can name. */
struct run {
	const struct vbr_port_vlan *row; /* of the first */
	unsigned int first, last;
};

typedef bool (*alike_fn)(const struct vbr_port_vlan *a,
			 const struct vbr_port_vlan *b);

static const char *vids_text(const struct run *run, char text[VIDS_SIZE])
{
	if (run->first == run->last)
		snprintf(text, VIDS_SIZE, "%u", run->first & 0xfff);
	else
		snprintf(text, VIDS_SIZE, "%u-%u", run->first & 0xfff,
			 run->last & 0xfff);
	return text;
}

/* The next row of a device; "at" is a row of it, or the one after its last. */
static const struct vbr_port_vlan *next_row(const struct vbr_port_vlans *rows,
					    int index, size_t *at)
{
	const struct vbr_port_vlan *row = vbr_port_vlans_at(rows, (*at)++);

	return row && vbr_port_vlan_index(row) == index ? row : NULL;
}

static bool next_run(const struct vbr_port_vlans *rows, int index,
		     alike_fn is_alike, size_t *at, struct run *ret_run)
{
	const struct vbr_port_vlan *row = next_row(rows, index, at);
	size_t next = *at;

	if (!row)
		return false;
	ret_run->row = row;
	ret_run->first = vbr_port_vlan_first(row);
	ret_run->last = vbr_port_vlan_last(row);
	while ((row = next_row(rows, index, &next)) &&
	       vbr_port_vlan_first(row) == ret_run->last + 1 &&
	       is_alike(ret_run->row, row)) {
		ret_run->last = vbr_port_vlan_last(row);
		*at = next;
	}
	return true;
}

/* --- members -------------------------------------------------------------- */

static bool has_tunnel(const struct vbr_port_vlan *row, uint64_t *ret_id)
{
	return vbr_port_vlan_value(row, "tunnel_id", ret_id) == 0;
}

/* "b" is a later VLAN; its tunnel id has the same distance. */
static bool is_same_tunnel(const struct vbr_port_vlan *a,
			   const struct vbr_port_vlan *b)
{
	unsigned int later = vbr_port_vlan_first(b) - vbr_port_vlan_first(a);
	uint64_t one, other;

	if (!has_tunnel(a, &one))
		return !has_tunnel(b, &other);
	return has_tunnel(b, &other) && other == one + later;
}

static bool is_same_member(const struct vbr_port_vlan *a,
			   const struct vbr_port_vlan *b)
{
	return vbr_port_vlan_flags(a) == vbr_port_vlan_flags(b) &&
	       !(vbr_port_vlan_flags(a) & VBR_PORT_VLAN_PVID) &&
	       is_same_tunnel(a, b);
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
	size_t at = port_vlans_of(save->port_vlans, bridge->index, index);

	if (vid == 0)
		return;
	while ((row = next_row(save->port_vlans, index, &at)))
		if (is_default(row, vid))
			return;
	snprintf(text, sizeof(text), "%u", vid & 0xfff);
	text_line(&save->text, "brctl", "delvlan", bridge->name, member, text,
		  NULL);
}

static void put_run(struct save *save, const struct save_bridge *bridge,
		    const char *member, const struct run *run)
{
	unsigned int flags = vbr_port_vlan_flags(run->row);
	char text[VIDS_SIZE];
	uint64_t tunnel;
	bool is_tunnel = has_tunnel(run->row, &tunnel);

	if (!is_tunnel && is_default(run->row, default_vid(bridge)))
		return;
	text_begin(&save->text, "brctl", "addvlan", bridge->name, member,
		   vids_text(run, text), NULL);
	if (flags & VBR_PORT_VLAN_PVID)
		text_word(&save->text, "pvid");
	if (flags & VBR_PORT_VLAN_UNTAGGED)
		text_word(&save->text, "untagged");
	if (is_tunnel)
		text_format(&save->text, " tunnel %" PRIu64, tunnel);
	text_end(&save->text);
}

/* --- options -------------------------------------------------------------- */

static bool is_same_option(const struct vbr_port_vlan *a,
			   const struct vbr_port_vlan *b, const char *name)
{
	uint64_t one = 0, other = 0;

	return vbr_port_vlan_value(a, name, &one) ==
		       vbr_port_vlan_value(b, name, &other) &&
	       one == other;
}

static bool is_same_options(const struct vbr_port_vlan *a,
			    const struct vbr_port_vlan *b)
{
	const struct vbr_option *option;

	for (size_t i = 0; (option = vbr_option_at(VBR_SCOPE_PORT_VLAN, i));
	     i++)
		if (vbr_option_is_settable(option) &&
		    !is_same_option(a, b, vbr_option_name(option)))
			return false;
	return true;
}

/* A row from the kernel. */
static bool is_never_same(const struct vbr_port_vlan *a,
			  const struct vbr_port_vlan *b)
{
	(void)a;
	(void)b;
	return false;
}

/* Groups stay in a VLAN in which snooping was turned off. */
static bool is_snooping(const char *option)
{
	return strcmp(option, "mcast_snooping") == 0;
}

static bool is_not_snooping(const char *option)
{
	return !is_snooping(option);
}

static bool is_common(const char *option)
{
	return !save_is_limit(option);
}

/* The state of the VLAN comes from STP, unless nobody runs STP. */
static bool is_no_state(const char *option)
{
	return is_common(option) && strcmp(option, "state") != 0;
}

static bool has_own_state(const struct save_bridge *bridge,
			  const struct vbr_port_vlan *row)
{
	uint64_t state;

	return !save_bridge_number(bridge->bridge, "stp_state") &&
	       !save_bridge_number(bridge->bridge, "mst_enabled") &&
	       vbr_port_vlan_value(row, "state", &state) == 0 &&
	       state != VBR_PORT_FORWARDING;
}

static int put_member_options(struct save *save,
			      const struct save_bridge *bridge,
			      const char *member, int index, bool are_limits)
{
	struct save_options options = { VBR_SCOPE_PORT_VLAN, NULL, NULL };
	size_t at = port_vlans_of(save->port_vlans, bridge->index, index);
	char text[VIDS_SIZE];
	struct run run;
	int rc = 0;

	while (rc == 0 &&
	       next_run(save->port_vlans, index, is_same_options, &at, &run)) {
		options.object = run.row;
		if (are_limits)
			options.is_wanted = save_is_limit;
		else if (has_own_state(bridge, run.row))
			options.is_wanted = is_common;
		else
			options.is_wanted = is_no_state;
		rc = save_put_options(save, &options, "setvlan", bridge->name,
				      member, vids_text(&run, text));
	}
	return rc;
}

int save_member_vlans(struct save *save, const struct save_bridge *bridge,
		      const char *member, int index)
{
	struct run run;
	size_t at;

	if (!save->port_vlans)
		return 0;
	at = port_vlans_of(save->port_vlans, bridge->index, index);
	put_default(save, bridge, member, index);
	while (next_run(save->port_vlans, index, is_same_member, &at, &run))
		put_run(save, bridge, member, &run);
	return put_member_options(save, bridge, member, index, false);
}

int save_member_limits(struct save *save, const struct save_bridge *bridge,
		       const char *member, int index)
{
	if (!save->port_vlans)
		return 0;
	return put_member_options(save, bridge, member, index, true);
}

static int put_bridge_vlans(struct save *save, const struct save_bridge *bridge,
			    bool (*is_wanted)(const char *))
{
	struct save_options options = { VBR_SCOPE_BRIDGE_VLAN, NULL,
					is_wanted };
	char text[VIDS_SIZE];
	struct run run;
	size_t at;
	int rc = 0;

	if (!save->bridge_vlans)
		return 0;
	at = port_vlans_of(save->bridge_vlans, bridge->index, bridge->index);
	while (rc == 0 && next_run(save->bridge_vlans, bridge->index,
				   is_never_same, &at, &run)) {
		options.object = run.row;
		rc = save_put_options(save, &options, "setvlan", bridge->name,
				      bridge->name, vids_text(&run, text));
	}
	return rc;
}

int save_bridge_vlans(struct save *save, const struct save_bridge *bridge)
{
	return put_bridge_vlans(save, bridge, is_not_snooping);
}

int save_bridge_snooping(struct save *save, const struct save_bridge *bridge)
{
	return put_bridge_vlans(save, bridge, is_snooping);
}
