/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Handles the VLANs of a move: the host's VLAN device on the bridge, and the
 * membership of the NIC.
 */

#include "config.h"

#include "ip/vlan.h"

#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "base/vids.h"
#include "core/context.h"
#include "core/link-name.h"
#include "core/link.h"
#include "core/option-value.h"
#include "ip/move.h"
#include "ip/note.h"
#include "ip/sysctl.h"
#include "ip/vlan-options.h"
#include "wire/request.h"

static bool is_tagged(const struct move *move)
{
	return move->options->flags & VBR_MOVE_TAGGED;
}

/* --- before --------------------------------------------------------------- */

int vlan_begin(struct move *move)
{
	unsigned int vid = move->options ? move->options->vlan : 0;

	if (vid > 4094)
		return context_fail(move->ctx, -EINVAL,
				    _("VLANs range from 1 to 4094"));
	move->vid = vid;
	return 0;
}

static int take_name(struct move *move, bool is_new)
{
	char name[NAME_SIZE + 8];

	snprintf(name, sizeof(name), "%s.%u", move->bridge.name, move->vid);
	if (is_new) {
		int rc = link_check_new_name(move->ctx, name);

		if (rc < 0)
			return rc;
	}
	snprintf(move->devices[MOVE_HOST].name, NAME_SIZE, "%.15s", name);
	return 0;
}

static bool is_host(const struct move *move, const struct link_info *link)
{
	uint64_t vid = 0;

	option_value(link->options, VBR_SCOPE_VLAN, "id", &vid);
	return link->kind == LINK_VLAN && vid == move->vid &&
	       link->parent == move->bridge.index;
}

/* Whether it is a member, and with which flags. */
static int read_member(struct move *move, bool *ret_is_member,
		       unsigned int *ret_flags)
{
	const struct operation operation = move->ctx->operation;
	const struct vbr_port_vlan *row;
	struct vbr_port_vlans *vlans;
	int rc = vbr_port_vlan_list(move->ctx, move->bridge.name, 0, &vlans);

	move->ctx->operation = operation;
	*ret_is_member = false;
	if (rc < 0)
		return rc;
	for (size_t i = 0; (row = vbr_port_vlans_at(vlans, i)); i++) {
		if (vbr_port_vlan_index(row) != move->bridge.index ||
		    move->vid < vbr_port_vlan_first(row) ||
		    move->vid > vbr_port_vlan_last(row))
			continue;
		*ret_is_member = true;
		*ret_flags = vbr_port_vlan_flags(row);
	}
	vbr_port_vlans_free(vlans);
	return 0;
}

static int check_bridge(struct move *move)
{
	struct vbr_ctx *ctx = move->ctx;
	unsigned int flags = 0;
	struct link_info bridge;
	uint64_t filters = 0;
	bool is_member;
	int rc = link_find(ctx, move->bridge.name, &bridge);

	if (rc < 0)
		return rc;
	option_value(bridge.options, VBR_SCOPE_BRIDGE, "vlan_filtering",
		     &filters);
	if (!filters)
		return context_fail(ctx, -EOPNOTSUPP,
				    _("the bridge does not filter VLANs; to "
				      "turn it on: brctl set BRIDGE "
				      "vlan_filtering=on"));
	rc = read_member(move, &is_member, &flags);
	if (rc < 0)
		return rc;
	move->is_member_new = !is_member;
	/* A VLAN device on the bridge only receives frames that are tagged. */
	return flags & VBR_PORT_VLAN_UNTAGGED
		       ? context_fail(ctx, -EEXIST,
				      _("the bridge itself has the VLAN "
					"without a tag; adopt without a VLAN"))
		       : 0;
}

/* Returns whether there is one. */
static int find_host(struct move *move, bool is_new)
{
	struct link_info link;
	int rc = take_name(move, is_new);

	if (rc == 0)
		rc = link_find(move->ctx, move->devices[MOVE_HOST].name, &link);
	if (rc < 0)
		return rc == -ENODEV ? 0 : rc;
	if (!is_host(move, &link))
		return context_fail_word(move->ctx, -EEXIST,
					 _("\"%s\" exists, and is not the "
					   "device of this VLAN"),
					 move->devices[MOVE_HOST].name);
	move_take_host(move, &link);
	return 1;
}

int vlan_find_host(struct move *move)
{
	int rc = 0;

	move->is_member_new = true;
	if (!move->is_new)
		rc = check_bridge(move);
	if (rc == 0)
		rc = find_host(move, true);
	if (rc < 0)
		return rc;
	move->is_host_new = rc == 0;
	if (move->is_host_new)
		move->gen_modes[MOVE_HOST] = -1;
	if (is_tagged(move))
		note_words(
			move, VBR_MOVE_STAYS,
			_("frames of this host will leave \"%s\" with a tag: connections continue only if the other end is in VLAN %s"),
			move->devices[MOVE_NIC].name,
			strrchr(move->devices[MOVE_HOST].name, '.') + 1);
	return 0;
}

int vlan_find_host_to_release(struct move *move)
{
	int rc = find_host(move, false);

	if (rc == 0)
		return context_fail_word(move->ctx, -ENODEV,
					 _("there is no \"%s\""),
					 move->devices[MOVE_HOST].name);
	return rc < 0 ? rc : 0;
}

/* --- membership ----------------------------------------------------------- */

static int set_member(struct move *move, const char *device, unsigned int vid,
		      unsigned int flags)
{
	const struct operation operation = move->ctx->operation;
	struct vbr_vids vids = { 0 };
	int rc;

	vids_add(&vids, vid);
	move->is_changed = true;
	rc = vbr_port_vlan_add(move->ctx, move->bridge.name, device, &vids,
			       flags);
	move->ctx->operation = operation;
	return rc;
}

static int unset_members(struct move *move, const char *device,
			 unsigned int first, unsigned int last)
{
	const struct operation operation = move->ctx->operation;
	struct vbr_vids vids = { 0 };
	int rc;

	for (unsigned int vid = first; vid <= last; vid++)
		vids_add(&vids, vid);
	move->is_changed = true;
	rc = vbr_port_vlan_del_many(move->ctx, move->bridge.name, &device, 1,
				    &vids, true);
	move->ctx->operation = operation;
	return rc;
}

/* A port for untagged frames is in no other VLAN. */
int vlan_join(struct move *move)
{
	const unsigned int untagged = VBR_PORT_VLAN_PVID |
				      VBR_PORT_VLAN_UNTAGGED;
	const char *nic = move->devices[MOVE_NIC].name;
	struct link_info bridge;
	uint64_t pvid = 0;
	int rc = set_member(move, nic, move->vid,
			    is_tagged(move) ? 0 : untagged);

	if (rc == 0)
		rc = link_find(move->ctx, move->bridge.name, &bridge);
	if (rc < 0 || is_tagged(move))
		return rc;
	option_value(bridge.options, VBR_SCOPE_BRIDGE, "default_pvid", &pvid);
	if (!pvid || pvid == move->vid)
		return 0;
	return unset_members(move, nic, (unsigned int)pvid, (unsigned int)pvid);
}

int vlan_keep(struct move *move)
{
	const struct operation operation = move->ctx->operation;
	struct link_info bridge;
	uint64_t filters = 0;
	int rc = link_find(move->ctx, move->bridge.name, &bridge);

	if (rc < 0)
		return rc;
	option_value(bridge.options, VBR_SCOPE_BRIDGE, "vlan_filtering",
		     &filters);
	if (!filters)
		return 0;
	rc = vbr_port_vlan_list(move->ctx, move->bridge.name,
				VBR_PORT_VLAN_OPTIONS, &move->vlans);
	move->ctx->operation = operation;
	return rc;
}

static int restore_row(struct move *move, const struct vbr_port_vlan *row)
{
	int rc = 0;

	for (unsigned int vid = vbr_port_vlan_first(row);
	     rc == 0 && vid <= vbr_port_vlan_last(row); vid++)
		rc = set_member(move, move->devices[MOVE_NIC].name, vid,
				vbr_port_vlan_flags(row));
	return rc;
}

int vlan_restore(struct move *move)
{
	const struct vbr_port_vlan *row;
	int rc;

	if (!move->vlans)
		return 0;
	rc = unset_members(move, move->devices[MOVE_NIC].name, 1, 4094);
	for (size_t i = 0; rc == 0 && (row = vbr_port_vlans_at(move->vlans, i));
	     i++)
		if (vbr_port_vlan_index(row) == move->devices[MOVE_NIC].index)
			rc = restore_row(move, row);
	return rc < 0 ? rc : vlan_options_restore(move);
}

/* --- the host's device ---------------------------------------------------- */

/* The host uses the VLAN device; the bridge itself must have no address. */
static int silence_bridge(struct move *move)
{
	struct request req;
	int rc = 0;

	if (move->gen_modes[MOVE_NIC] >= 0) {
		request_gen_mode(&req, move->bridge.index,
				 IN6_ADDR_GEN_MODE_NONE);
		rc = move_request(move, &req);
	}
	if (rc == 0 && move->accept_ra >= 0)
		rc = sysctl_write_ipv6(move->ctx, move->bridge.name,
				       "accept_ra", 0);
	return rc;
}

static int add_device(struct move *move)
{
	struct ip_device *host = &move->devices[MOVE_HOST];
	const struct vlan_request vlan = {
		.parent = move->bridge.index,
		.name = host->name,
		.vid = move->vid,
		.protocol = ETH_P_8021Q,
	};
	struct link_info link;
	struct request req;
	int rc;

	request_vlan_add(&req, &vlan);
	rc = move_request(move, &req);
	if (rc == 0)
		rc = link_find(move->ctx, host->name, &link);
	if (rc == 0)
		host->index = link.index;
	return rc;
}

int vlan_make_host(struct move *move)
{
	int rc = move->is_new ? silence_bridge(move) : 0;

	if (rc == 0 && move->is_member_new)
		rc = set_member(move, move->bridge.name, move->vid, 0);
	if (rc == 0 && move->is_host_new)
		rc = add_device(move);
	return rc;
}

static int delete_device(struct move *move)
{
	struct link_info link;
	struct request req;

	if (link_find(move->ctx, move->devices[MOVE_HOST].name, &link) < 0 ||
	    !is_host(move, &link))
		return 0;
	request_link_del(&req, link.index);
	return move_request(move, &req);
}

/* Deleting the new bridge deletes everything. */
int vlan_undo_host(struct move *move)
{
	int rc = 0;

	if (move->is_new)
		return 0;
	if (move->is_host_new)
		rc = delete_device(move);
	else if (!move->is_host_up)
		rc = move_set_up(move, move->devices[MOVE_HOST].index, false);
	if (rc == 0 && move->is_member_new)
		rc = unset_members(move, move->bridge.name, move->vid,
				   move->vid);
	return rc;
}
