/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds the order of devices: ports before their bridge, parents before their
 * VLAN devices. The kernel allows no circle. */

#include "config.h"

#include "config/order.h"

#include <string.h>

#include "config/bridge.h"
#include "config/vlan.h"

/*
 * Writes the device with this index if it is a bridge or a VLAN device;
 * otherwise notes that the device must exist.
 */
static int put_device(struct save *save, int index, const char *name);

static bool is_outside(const struct save *save, int index)
{
	const struct save_device *device = save_find_device(save, index);

	return !device || (!device->bridge && !device->vlan);
}

static void note_outside(struct save *save, const char *name)
{
	text_put(&save->outside, "#   ");
	text_put(&save->outside, name);
	text_put(&save->outside, "\n");
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

/* NULL: the parent is in another network namespace. */
static const char *parent_name(const struct save *save,
			       const struct vbr_vlan *vlan)
{
	const struct vbr_link *parent;

	parent = links_find(&save->links, vbr_vlan_parent_index(vlan));
	return parent ? link_own_name(parent) : NULL;
}

/* Whether it is not in the text yet; marks it as being in the text. */
static bool is_next(const struct save *save, int index)
{
	struct save_device *device = save_find_device(save, index);
	bool was_done = device->is_done;

	device->is_done = true;
	return !was_done;
}

int save_vlan(struct save *save, const struct vbr_vlan *vlan)
{
	const char *name = parent_name(save, vlan);
	int parent = vbr_vlan_parent_index(vlan), rc;

	if (!is_next(save, vbr_vlan_index(vlan)))
		return 0;
	if (!name) {
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
	if (rc == 0)
		save_vlan_put(save, vlan, is_outside(save, parent));
	return rc;
}

static int put_device(struct save *save, int index, const char *name)
{
	const struct save_device *device = save_find_device(save, index);

	if (device->bridge)
		return save_bridge(save, device->bridge);
	if (device->vlan)
		return save_vlan(save, device->vlan);
	if (is_next(save, index))
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

/* The position of the first of its VLAN devices. */
static size_t find_above(const struct save *save, int parent)
{
	size_t low = 0, high = vbr_vlans_count(save->vlans);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (vbr_vlan_parent_index(save->by_parent[middle]) < parent)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int put_devices_above(struct save *save, int index)
{
	size_t count = vbr_vlans_count(save->vlans);
	int rc = 0;

	for (size_t i = find_above(save, index);
	     rc == 0 && i < count &&
	     vbr_vlan_parent_index(save->by_parent[i]) == index;
	     i++) {
		rc = save_vlan(save, save->by_parent[i]);
		if (rc == 0)
			rc = put_devices_above(save,
					       vbr_vlan_index(
						       save->by_parent[i]));
	}
	return rc;
}

int save_bridge(struct save *save, const struct vbr_bridge *bridge)
{
	struct save_bridge taken;
	int rc;

	if (!is_next(save, vbr_bridge_index(bridge)))
		return 0;
	if (!is_writable(vbr_bridge_name(bridge)))
		return lose_name(save, vbr_bridge_name(bridge));
	rc = save_bridge_take(save, bridge, &taken);
	if (rc == 0)
		rc = put_ports_devices(save, &taken);
	if (rc == 0)
		rc = save_bridge_put(save, &taken);
	if (rc == 0)
		rc = put_devices_above(save, taken.index);
	save_bridge_drop(&taken);
	return rc;
}
