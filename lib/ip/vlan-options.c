/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Restores the options and tunnel ids of the VLANs of a port that left its
 * bridge. */

#include "config.h"

#include "ip/vlan-options.h"

#include "base/vids.h"
#include "core/context.h"
#include "core/setting.h"
#include "ip/move.h"

/* The row of the NIC that has a VLAN. */
static const struct vbr_port_vlan *find_row(const struct move *move,
					    const struct vbr_port_vlans *list,
					    unsigned int vid)
{
	const struct vbr_port_vlan *row;

	for (size_t i = 0; (row = vbr_port_vlans_at(list, i)); i++)
		if (vbr_port_vlan_index(row) == move->devices[MOVE_NIC].index &&
		    vbr_port_vlan_first(row) <= vid &&
		    vid <= vbr_port_vlan_last(row))
			return row;
	return NULL;
}

/* The new VLANs of the port have the same options, so the first one counts. */
static size_t find_changed(const struct vbr_port_vlan *before,
			   const struct vbr_port_vlan *now,
			   struct vbr_setting *ret_settings)
{
	const struct vbr_option *option;
	uint64_t old, current;
	size_t count = 0;

	for (size_t i = 0; (option = vbr_option_at(VBR_SCOPE_PORT_VLAN, i)) &&
			   count < SET_MAX;
	     i++) {
		const char *name = vbr_option_name(option);

		if (!vbr_option_is_settable(option) ||
		    vbr_port_vlan_value(before, name, &old) < 0 ||
		    vbr_port_vlan_value(now, name, &current) < 0 ||
		    old == current)
			continue;
		ret_settings[count].option = name;
		ret_settings[count++].value = old;
	}
	return count;
}

static int restore_row(struct move *move, const struct vbr_port_vlan *row,
		       const struct vbr_port_vlan *now)
{
	const char *bridge = move->bridge.name;
	const char *nic = move->devices[MOVE_NIC].name;
	struct vbr_setting settings[SET_MAX];
	struct vbr_vids vids = { 0 };
	size_t count = find_changed(row, now, settings);
	uint64_t id;
	int rc = 0;

	for (unsigned int vid = vbr_port_vlan_first(row);
	     vid <= vbr_port_vlan_last(row); vid++)
		vids_add(&vids, vid);
	if (count)
		rc = vbr_port_vlan_set_all(move->ctx, bridge, nic, &vids,
					   settings, count);
	if (rc == 0 && vbr_port_vlan_value(row, "tunnel_id", &id) == 0)
		rc = vbr_port_vlan_map_tunnels(move->ctx, bridge, nic, &vids,
					       (uint32_t)id);
	return rc;
}

int vlan_options_restore(struct move *move)
{
	const struct operation operation = move->ctx->operation;
	const struct vbr_port_vlan *row, *now;
	struct vbr_port_vlans *list;
	int rc = vbr_port_vlan_list(move->ctx, move->bridge.name,
				    VBR_PORT_VLAN_OPTIONS, &list);

	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && (row = vbr_port_vlans_at(move->vlans, i));
	     i++) {
		if (vbr_port_vlan_index(row) != move->devices[MOVE_NIC].index)
			continue;
		now = find_row(move, list, vbr_port_vlan_first(row));
		if (now)
			rc = restore_row(move, row, now);
	}
	vbr_port_vlans_free(list);
	move->ctx->operation = operation;
	return rc;
}
