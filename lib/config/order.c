/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds the order of devices: ports before their bridge, parents before their
 * VLAN devices. The kernel allows no circle. */

#include "config.h"

#include "config/order.h"

#include <string.h>

#include "config/bridge.h"
#include "config/vlan.h"

/* What has this index, if it is a bridge or a VLAN device; otherwise notes that
 * it must exist. */
static int put_device(struct save *save, int index, const char *name);

static bool is_outside(const struct save *save, int index)
{
	size_t at;

	return !save_find_bridge(save, index, &at) &&
	       !save_find_vlan(save, index, &at);
}

/* Names that are noted once each. */
static void note_outside(struct save *save, const char *name)
{
	size_t before = save->outside.len;
	char *at;

	text_put(&save->outside, "#   ");
	text_put(&save->outside, name);
	text_put(&save->outside, "\n");
	if (save->outside.is_short)
		return;
	at = strstr(save->outside.bytes, save->outside.bytes + before);
	if (at != save->outside.bytes + before)
		text_cut(&save->outside, before);
}

/* The commands refuse control characters in the names of new devices. */
static bool is_writable(const char *name)
{
	char text[VBR_NAME_TEXT_SIZE];

	return vbr_format_name(name, text, sizeof(text)) < sizeof(text) &&
	       strcmp(text, name) == 0;
}

static int lose_name(struct save *save, const char *name)
{
	char text[VBR_NAME_TEXT_SIZE];

	vbr_format_name(name, text, sizeof(text));
	save_loss(save,
		  _("\"%s\" and its ports: there are control characters in a "
		    "name"),
		  text);
	return 0;
}

int save_vlan_at(struct save *save, size_t i)
{
	const struct vbr_vlan *vlan = vbr_vlans_at(save->vlans, i);
	int parent = vbr_vlan_parent_index(vlan), rc;
	char name[VBR_NAME_SIZE];

	if (save->vlans_done[i])
		return 0;
	save->vlans_done[i] = true;
	if (vbr_link_name(save->ctx, parent, name) < 0) {
		save_loss(save,
			  _("\"%s\": its parent is in another network "
			    "namespace, so the device must exist"),
			  vbr_vlan_name(vlan));
		note_outside(save, vbr_vlan_name(vlan));
		return 0;
	}
	if (!is_writable(vbr_vlan_name(vlan)) || !is_writable(name))
		return lose_name(save, vbr_vlan_name(vlan));
	rc = put_device(save, parent, name);
	return rc < 0 ? rc
		      : save_vlan_put(save, vlan, name,
				      is_outside(save, parent));
}

static int put_device(struct save *save, int index, const char *name)
{
	size_t at;

	if (save_find_bridge(save, index, &at))
		return save_bridge_at(save, at);
	if (save_find_vlan(save, index, &at))
		return save_vlan_at(save, at);
	note_outside(save, name);
	return 0;
}

/* VLAN devices below the ports come before the bridge. */
static int put_ports_devices(struct save *save,
			     const struct save_bridge *bridge)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < bridge->count; i++)
		rc = put_device(save, vbr_port_index(bridge->ports[i].port),
				vbr_port_name(bridge->ports[i].port));
	return rc;
}

static int put_devices_above(struct save *save, int index)
{
	const struct vbr_vlan *vlan;
	int rc = 0;

	for (size_t i = 0; rc == 0 && (vlan = vbr_vlans_at(save->vlans, i));
	     i++)
		if (vbr_vlan_parent_index(vlan) == index) {
			rc = save_vlan_at(save, i);
			if (rc == 0)
				rc = put_devices_above(save,
						       vbr_vlan_index(vlan));
		}
	return rc;
}

int save_bridge_at(struct save *save, size_t i)
{
	struct save_bridge bridge;
	int rc;

	if (save->bridges_done[i])
		return 0;
	save->bridges_done[i] = true;
	bridge.name = vbr_bridge_name(vbr_bridges_at(save->bridges, i));
	if (!is_writable(bridge.name))
		return lose_name(save, bridge.name);
	rc = save_bridge_take(save, vbr_bridges_at(save->bridges, i), &bridge);
	if (rc == 0)
		rc = put_ports_devices(save, &bridge);
	if (rc == 0)
		rc = save_bridge_put(save, &bridge);
	if (rc == 0)
		rc = put_devices_above(save, bridge.index);
	save_bridge_drop(&bridge);
	return rc;
}
