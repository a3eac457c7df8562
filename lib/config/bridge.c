/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Writes a bridge in the order in which the kernel takes it: what needs a
 * bridge without ports, or without VLANs, comes before them; ports get their
 * options and VLANs while the bridge is down and nothing is forwarded; groups
 * need a bridge that is up.
 */

#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "config/save.h"

/* What a bridge without ports has; otherwise it has the lowest of its
 * ports. */
#define MTU_INITIAL 1500

#define FORWARDING 3
#define STP_OFF 0

/* --- options of the bridge ------------------------------------------------ */

/* Refused later: while VLANs are filtered, or STP is on. */
static bool is_early(const char *option)
{
	return strcmp(option, "default_pvid") == 0 ||
	       strcmp(option, "stp_mode") == 0;
}

/* Refused earlier: needs vlan_filtering. */
static bool is_late(const char *option)
{
	return strcmp(option, "mcast_vlan_snooping") == 0;
}

static bool is_between(const char *option)
{
	return !is_early(option) && !is_late(option);
}

static int put_bridge_options(struct save *save,
			      const struct save_bridge *bridge)
{
	bool (*const phases[])(const char *) = { is_early, is_between,
						 is_late };
	struct save_options options = { VBR_SCOPE_BRIDGE, bridge->bridge,
					NULL };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < 3; i++) {
		options.is_wanted = phases[i];
		rc = save_put_options(save, &options, "set", bridge->name, NULL,
				      NULL);
	}
	return rc;
}

/* --- its address ---------------------------------------------------------- */

/* A bridge takes the lowest address of its ports, until one is set. */
static bool is_of_port(const struct save_bridge *bridge, const uint8_t *mac)
{
	const uint8_t *lowest = NULL, *other;

	for (size_t i = 0; i < bridge->count; i++) {
		other = vbr_link_mac(bridge->ports[i].link);
		if (other && (!lowest || memcmp(other, lowest, 6) < 0))
			lowest = other;
	}
	return lowest && memcmp(lowest, mac, 6) == 0;
}

static void put_address(struct save *save, const struct save_bridge *bridge)
{
	const uint8_t *mac = vbr_link_mac(bridge->link);
	char text[VBR_MAC_TEXT_SIZE];
	bool is_set;
	int rc;

	if (!mac)
		return;
	rc = vbr_link_is_mac_set(save->ctx, bridge->name, &is_set);
	if (rc < 0)
		is_set = !is_of_port(bridge, mac);
	if (!is_set)
		return;
	vbr_format_mac(mac, text);
	text_begin(&save->text, "brctl", "link", bridge->name, "address", text,
		   NULL);
	text_end(&save->text);
}

/* --- ports ---------------------------------------------------------------- */

/* Not known before the other port is there. */
static bool is_backup(const char *option)
{
	return strncmp(option, "backup_", strlen("backup_")) == 0;
}

static bool is_state(const char *option)
{
	return strcmp(option, "state") == 0;
}

static bool is_common(const char *option)
{
	return !is_backup(option) && !is_state(option);
}

static int put_port_options(struct save *save, const struct save_bridge *bridge,
			    const struct save_port *port,
			    bool (*is_wanted)(const char *))
{
	struct save_options options = { VBR_SCOPE_PORT, port->port, is_wanted };

	return save_put_options(save, &options, "setport", bridge->name,
				vbr_port_name(port->port), NULL);
}

static int put_port(struct save *save, const struct save_bridge *bridge,
		    const struct save_port *port)
{
	const char *name = vbr_port_name(port->port);
	int rc;

	text_begin(&save->text, "brctl", "addif", bridge->name, name, NULL);
	text_end(&save->text);
	rc = put_port_options(save, bridge, port, is_common);
	if (rc < 0)
		return rc;
	return save_member_vlans(save, bridge, name,
				 vbr_port_index(port->port));
}

static int put_ports(struct save *save, const struct save_bridge *bridge)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < bridge->count; i++)
		rc = put_port(save, bridge, &bridge->ports[i]);
	for (size_t i = 0; rc == 0 && i < bridge->count; i++)
		rc = put_port_options(save, bridge, &bridge->ports[i],
				      is_backup);
	return rc;
}

/* --- up and down ---------------------------------------------------------- */

static uint32_t usual_mtu(const struct save_bridge *bridge)
{
	uint32_t mtu = bridge->count ? UINT32_MAX : MTU_INITIAL;

	for (size_t i = 0; i < bridge->count; i++)
		if (vbr_link_mtu(bridge->ports[i].link) < mtu)
			mtu = vbr_link_mtu(bridge->ports[i].link);
	return mtu;
}

static void put_links(struct save *save, const struct save_bridge *bridge)
{
	uint32_t mtu = vbr_link_mtu(bridge->link);

	for (size_t i = 0; i < bridge->count; i++) {
		const struct save_port *port = &bridge->ports[i];

		text_begin(&save->text, "brctl", "link",
			   vbr_port_name(port->port),
			   vbr_link_is_up(port->link) ? "up" : "down", NULL);
		text_end(&save->text);
	}
	if (mtu != usual_mtu(bridge)) {
		text_begin(&save->text, "brctl", "link", bridge->name, NULL);
		text_format(&save->text, " mtu %" PRIu32 "\n", mtu);
	}
	if (!vbr_link_is_up(bridge->link))
		return;
	text_begin(&save->text, "brctl", "link", bridge->name, "up", NULL);
	text_end(&save->text);
}

/* Somebody has set another state than the kernel has. STP does so all the
 * time. */
static int put_states(struct save *save, const struct save_bridge *bridge)
{
	uint64_t state;
	int rc = 0;

	if (save_bridge_number(bridge->bridge, "stp_state") != STP_OFF ||
	    !vbr_link_is_up(bridge->link))
		return 0;
	for (size_t i = 0; rc == 0 && i < bridge->count; i++) {
		const struct save_port *port = &bridge->ports[i];

		if (!vbr_link_is_up(port->link) ||
		    !vbr_link_has_carrier(port->link) ||
		    vbr_port_value(port->port, "state", &state) < 0 ||
		    state == FORWARDING)
			continue;
		rc = put_port_options(save, bridge, port, is_state);
	}
	return rc;
}

/* --- the whole ------------------------------------------------------------ */

static void note_losses(struct save *save, const struct save_bridge *bridge)
{
	const struct vbr_mst *mst;

	if (save_bridge_number(bridge->bridge, "stp_state") > 1)
		save_loss(save,
			  _("bridge \"%s\": which program runs STP; the "
			    "kernel asks it when STP is turned on"),
			  bridge->name);
	for (size_t i = 0; (mst = vbr_msts_at(save->msts, i)); i++) {
		if (vbr_mst_bridge_index(mst) != bridge->index)
			continue;
		save_loss(save, _("bridge \"%s\": the MST states of its ports"),
			  bridge->name);
		return;
	}
}

static int put_bridge(struct save *save, const struct save_bridge *bridge)
{
	int rc;

	text_put(&save->text, "\n");
	text_begin(&save->text, "brctl", "addbr", bridge->name, NULL);
	text_end(&save->text);
	put_address(save, bridge);
	rc = put_bridge_options(save, bridge);
	if (rc == 0)
		rc = save_member_vlans(save, bridge, bridge->name,
				       bridge->index);
	if (rc == 0)
		rc = put_ports(save, bridge);
	if (rc == 0)
		rc = save_bridge_vlans(save, bridge);
	if (rc == 0)
		rc = save_fdb(save, bridge);
	if (rc < 0)
		return rc;
	put_links(save, bridge);
	rc = put_states(save, bridge);
	save_mdb(save, bridge);
	note_losses(save, bridge);
	return rc;
}

static void drop(struct save_bridge *bridge)
{
	for (size_t i = 0; i < bridge->count; i++)
		vbr_link_free(bridge->ports[i].link);
	free(bridge->ports);
	vbr_link_free(bridge->link);
}

/* Reads what the devices of the bridge say. */
static int take(struct save *save, struct save_bridge *bridge)
{
	size_t first, count = vbr_ports_of(save->ports, bridge->index, &first);
	int rc = vbr_link_get(save->ctx, bridge->name, &bridge->link);

	if (rc < 0 || count == 0)
		return rc;
	bridge->ports = calloc(count, sizeof(*bridge->ports));
	if (!bridge->ports)
		return -ENOMEM;
	for (; rc == 0 && bridge->count < count; bridge->count++) {
		struct save_port *port = &bridge->ports[bridge->count];

		port->port = vbr_ports_at(save->ports, first + bridge->count);
		rc = vbr_link_get(save->ctx, vbr_port_name(port->port),
				  &port->link);
	}
	return rc;
}

/* VLAN devices below the ports come before the bridge. */
static int put_ports_devices(struct save *save,
			     const struct save_bridge *bridge)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < bridge->count; i++)
		rc = save_device(save, vbr_port_index(bridge->ports[i].port),
				 vbr_port_name(bridge->ports[i].port));
	return rc;
}

static int put_devices_above(struct save *save, int index)
{
	const struct vbr_vlan *vlan;
	int rc = 0;

	for (size_t i = 0; rc == 0 && (vlan = vbr_vlans_at(save->vlans, i));
	     i++)
		if (vbr_vlan_parent_index(vlan) == index)
			rc = save_vlan_at(save, i);
	return rc;
}

int save_bridge_at(struct save *save, size_t i)
{
	struct save_bridge bridge = { .bridge = vbr_bridges_at(save->bridges,
							       i) };
	int rc;

	if (save->bridges_done[i])
		return 0;
	save->bridges_done[i] = true;
	bridge.name = vbr_bridge_name(bridge.bridge);
	bridge.index = vbr_bridge_index(bridge.bridge);
	rc = take(save, &bridge);
	if (rc == 0)
		rc = put_ports_devices(save, &bridge);
	if (rc == 0)
		rc = put_bridge(save, &bridge);
	drop(&bridge);
	return rc < 0 ? rc : put_devices_above(save, bridge.index);
}
