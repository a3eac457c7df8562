/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Writes a bridge in the order in which the kernel accepts it: options that
 * need a bridge without ports or without VLANs come first; ports get their
 * options and VLANs while the bridge is down and nothing is forwarded; groups
 * need a bridge that is up; limits that the groups exceed come last.
 */

#include "config.h"

#include "config/bridge.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "config/fdb.h"
#include "config/mdb.h"
#include "config/options.h"
#include "config/vlans.h"

/*
 * The address of a bridge without ports; a bridge with ports has the lowest of
 * theirs.
 */
#define MTU_INITIAL 1500

#define STP_OFF 0

/* --- options of the bridge ------------------------------------------------ */

/* stp_mode is refused once STP is on. default_pvid decides about the VLANs of
 * ports, which must be right before vlan_filtering is on. */
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

/* Of all groups. */
static bool is_hash_max(const char *option)
{
	return strcmp(option, "hash_max") == 0;
}

static bool is_between(const char *option)
{
	return !is_early(option) && !is_late(option) && !is_hash_max(option);
}

/*
 * There may be more groups than a new bridge accepts, or than a limit allows
 * that was set after the groups were added.
 */
static int put_hash_max(struct save *save, const struct save_bridge *bridge,
			bool is_after_groups)
{
	const struct save_options options = { VBR_SCOPE_BRIDGE, bridge->bridge,
					      is_hash_max };
	uint64_t initial = 0;

	vbr_option_initial(vbr_option_find(VBR_SCOPE_BRIDGE, "hash_max"),
			   &initial);
	if ((save_bridge_number(bridge->bridge, "hash_max") < initial) !=
	    is_after_groups)
		return 0;
	return save_put_options(save, &options, "set", bridge->name, NULL,
				NULL);
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
	return rc < 0 ? rc : put_hash_max(save, bridge, false);
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

/* A bridge that lost its last port has the address zero. */
static void put_address(struct save *save, const struct save_bridge *bridge)
{
	static const uint8_t zero[6];
	const uint8_t *mac = vbr_link_mac(bridge->link);
	char text[VBR_MAC_TEXT_SIZE];
	bool is_set;
	int rc;

	if (!mac || memcmp(mac, zero, sizeof(zero)) == 0)
		return;
	rc = links_is_mac_set(save->ctx, &save->links, bridge->link, &is_set);
	if (rc < 0)
		is_set = !is_of_port(bridge, mac);
	if (!is_set)
		return;
	vbr_format_mac(mac, text);
	text_line(&save->text, "brctl", "link", bridge->name, "address", text,
		  NULL);
}

/* --- ports ---------------------------------------------------------------- */

/* Not known until the other port exists. */
static bool is_backup(const char *option)
{
	return strncmp(option, "backup_", strlen("backup_")) == 0;
}

static bool is_common(const char *option)
{
	return !is_backup(option) && !save_is_limit(option) &&
	       strcmp(option, "state") != 0;
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

	text_line(&save->text, "brctl", "addif", bridge->name, name, NULL);
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

		text_line(&save->text, "brctl", "link",
			  vbr_port_name(port->port),
			  vbr_link_is_up(port->link) ? "up" : "down", NULL);
	}
	if (mtu != usual_mtu(bridge)) {
		text_begin(&save->text, "brctl", "link", bridge->name, NULL);
		text_format(&save->text, " mtu %" PRIu32 "\n", mtu);
	}
	if (!vbr_link_is_up(bridge->link))
		return;
	text_line(&save->text, "brctl", "link", bridge->name, "up", NULL);
}

/*
 * The state differs from the one that the kernel would choose. It cannot be set
 * before the port has a carrier, which may take seconds.
 */
static void note_states(struct save *save, const struct save_bridge *bridge)
{
	uint64_t state;

	if (save_bridge_number(bridge->bridge, "stp_state") != STP_OFF ||
	    !vbr_link_is_up(bridge->link))
		return;
	for (size_t i = 0; i < bridge->count; i++) {
		const struct save_port *port = &bridge->ports[i];

		if (vbr_link_is_up(port->link) &&
		    vbr_link_has_carrier(port->link) &&
		    vbr_port_value(port->port, "state", &state) == 0 &&
		    state != VBR_PORT_FORWARDING)
			save_loss(save,
				  _("bridge \"%s\": the state of port \"%s\", "
				    "which does not forward"),
				  bridge->name, vbr_port_name(port->port));
	}
}

/* --- the whole ------------------------------------------------------------ */

static void note_losses(struct save *save, const struct save_bridge *bridge)
{
	const struct vbr_mst *mst;

	if (save_bridge_number(bridge->bridge, "stp_state") > 1)
		save_loss(save,
			  _("bridge \"%s\": whether a program runs STP: "
			    "/sbin/bridge-stp decides when STP is turned on"),
			  bridge->name);
	if (!save->msts)
		return;
	for (size_t i = 0; (mst = vbr_msts_at(save->msts, i)); i++) {
		if (vbr_mst_bridge_index(mst) != bridge->index)
			continue;
		save_loss(save, _("bridge \"%s\": the MST states of its ports"),
			  bridge->name);
		return;
	}
}

/* Limits that would make the kernel refuse some of the groups. */
static int put_limits(struct save *save, const struct save_bridge *bridge)
{
	int rc = save_bridge_snooping(save, bridge);

	for (size_t i = 0; rc == 0 && i < bridge->count; i++) {
		const struct save_port *port = &bridge->ports[i];

		rc = put_port_options(save, bridge, port, save_is_limit);
		if (rc == 0)
			rc = save_member_limits(save, bridge,
						vbr_port_name(port->port),
						vbr_port_index(port->port));
	}
	return rc < 0 ? rc : put_hash_max(save, bridge, true);
}

int save_bridge_put(struct save *save, const struct save_bridge *bridge)
{
	int rc;

	text_put(&save->text, "\n");
	text_line(&save->text, "brctl", "addbr", bridge->name, NULL);
	put_address(save, bridge);
	rc = put_bridge_options(save, bridge);
	if (rc == 0)
		rc = save_member_vlans(save, bridge, bridge->name,
				       bridge->index);
	if (rc == 0)
		rc = put_ports(save, bridge);
	if (rc == 0)
		rc = save_bridge_vlans(save, bridge);
	if (rc < 0)
		return rc;
	save_fdb(save, bridge);
	put_links(save, bridge);
	save_mdb(save, bridge);
	rc = put_limits(save, bridge);
	note_states(save, bridge);
	note_losses(save, bridge);
	return rc;
}

void save_bridge_drop(struct save_bridge *bridge)
{
	free(bridge->ports);
}

int save_bridge_take(struct save *save, const struct vbr_bridge *bridge,
		     struct save_bridge *ret_bridge)
{
	struct save_bridge *taken = ret_bridge;
	size_t first, count;

	*taken = (struct save_bridge){
		.bridge = bridge,
		.name = vbr_bridge_name(bridge),
		.index = vbr_bridge_index(bridge),
	};
	taken->link = links_find(&save->links, taken->index);
	count = vbr_ports_of(save->ports, taken->index, &first);
	if (count == 0)
		return 0;
	taken->ports = calloc(count, sizeof(*taken->ports));
	if (!taken->ports)
		return -ENOMEM;
	for (; taken->count < count; taken->count++) {
		struct save_port *port = &taken->ports[taken->count];

		port->port = vbr_ports_at(save->ports, first + taken->count);
		port->link = links_find(&save->links,
					vbr_port_index(port->port));
	}
	return 0;
}
