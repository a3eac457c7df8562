/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Compares bridges and ports that exist with those that were requested. */

#include "config.h"

#include "created.h"

#include <stdlib.h>
#include <string.h>

#include "cli/values.h"
#include "targets.h"
#include "vbridge.h"

static int refuse(const struct cli *cli, const char *name, const char *what)
{
	char shown[VBR_NAME_TEXT_SIZE];

	vbr_format_name(name, shown, sizeof(shown));
	/* Translators: a name, and the name of an option or a word of the
	 * command line. */
	cli_message(cli, _("\"%s\" exists, and its %s is not as requested"),
		    shown, what);
	return EXIT_FAILURE;
}

/* The kernel rounds times to its own timer; a program may run STP, which is 2. */
static bool is_as_wanted(const struct vbr_option *option, uint64_t value,
			 uint64_t wanted)
{
	if (vbr_option_type(option) == VBR_OPTION_TICKS && value + 1 == wanted)
		return true;
	if (vbr_option_type(option) == VBR_OPTION_BOOL)
		return !value == !wanted;
	return value == wanted;
}

/* Options that cannot be read are not compared. */
static int compare_options(const struct cli *cli, const struct values *values,
			   const struct vbr_setting *settings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct vbr_option *option =
			vbr_option_find(values->scope, settings[i].option);
		uint64_t value = 0;

		if (!option || !vbr_option_is_readable(option))
			continue;
		values_get(values, option, &value);
		if (!is_as_wanted(option, value, settings[i].value))
			return refuse(cli, values->name, settings[i].option);
	}
	return EXIT_SUCCESS;
}

static int compare_link(const struct cli *cli, const char *name,
			const struct vbr_link_settings *wanted)
{
	const char *other = NULL;
	struct vbr_link *link;
	const uint8_t *mac;

	if (vbr_link_get(cli->ctx, name, &link) < 0)
		return cli_fail(cli);
	mac = vbr_link_mac(link);
	if (wanted->what & VBR_LINK_MAC &&
	    (!mac || memcmp(mac, wanted->mac, sizeof(wanted->mac)) != 0))
		other = "address";
	else if (wanted->what & VBR_LINK_MTU &&
		 vbr_link_mtu(link) != wanted->mtu)
		other = "mtu";
	else if (wanted->what & VBR_LINK_UP &&
		 vbr_link_is_up(link) != wanted->up)
		other = "up";
	vbr_link_free(link);
	return other ? refuse(cli, name, other) : EXIT_SUCCESS;
}

int created_bridge(struct cli *cli, const char *name,
		   const struct vbr_new_bridge *with)
{
	struct vbr_bridge *bridge;
	struct values values = { VBR_SCOPE_BRIDGE, NULL, false, name };
	int status;

	/* A device that is not a bridge. */
	if (vbr_bridge_get(cli->ctx, name, &bridge) < 0)
		return cli_fail(cli);
	values.of = bridge;
	status = compare_options(cli, &values, with->settings, with->count);
	vbr_bridge_free(bridge);
	if (status == EXIT_SUCCESS)
		status = compare_link(cli, name, &with->link);
	return status ? status : cli_unchanged(cli);
}

/* --- ports ---------------------------------------------------------------- */

/* The flags that a VLAN is to have; -1: the port is not to be in it. */
static int wanted_flags(const struct vbr_new_port *with, unsigned int vlan)
{
	for (size_t i = 0; i < with->vlans_count; i++)
		if (vbr_vids_next(with->vlans[i].vids, (int)vlan - 1) ==
		    (int)vlan)
			return (int)with->vlans[i].flags;
	return -1;
}

static size_t count_wanted(const struct vbr_new_port *with)
{
	size_t count = 0;

	for (unsigned int vlan = 1; vlan <= 4094; vlan++)
		count += wanted_flags(with, vlan) >= 0;
	return count;
}

static bool has_same_vlans(const struct vbr_port_vlans *rows, int index,
			   const struct vbr_new_port *with)
{
	const int flags = VBR_PORT_VLAN_PVID | VBR_PORT_VLAN_UNTAGGED;
	const struct vbr_port_vlan *row;
	size_t count = 0;

	for (size_t i = 0; (row = vbr_port_vlans_at(rows, i)); i++) {
		unsigned int vlan = vbr_port_vlan_first(row);

		if (vbr_port_vlan_index(row) != index)
			continue;
		for (; vlan <= vbr_port_vlan_last(row); vlan++, count++)
			if (wanted_flags(with, vlan) !=
			    ((int)vbr_port_vlan_flags(row) & flags))
				return false;
	}
	return count == count_wanted(with);
}

static int compare_vlans(const struct cli *cli, const char *bridge,
			 const char *name, int index,
			 const struct vbr_new_port *with)
{
	struct vbr_port_vlans *rows;
	bool is_same;

	if (with->vlans_count == 0)
		return EXIT_SUCCESS;
	if (vbr_port_vlan_list(cli->ctx, bridge, 0, &rows) < 0)
		return cli_fail(cli);
	is_same = has_same_vlans(rows, index, with);
	vbr_port_vlans_free(rows);
	return is_same ? EXIT_SUCCESS : refuse(cli, name, "vlan");
}

static int compare_port(const struct cli *cli, const char *bridge,
			const struct vbr_port *port,
			const struct vbr_new_port *with)
{
	const char *name = vbr_port_name(port);
	const struct values values = { VBR_SCOPE_PORT, port, false, name };
	const struct vbr_link_settings link = {
		.what = with->up ? VBR_LINK_UP : 0,
		.up = true,
	};

	if (compare_options(cli, &values, with->settings, with->count) ||
	    compare_vlans(cli, bridge, name, vbr_port_index(port), with))
		return EXIT_FAILURE;
	return compare_link(cli, name, &link);
}

int created_ports(const struct cli *cli, const char *bridge,
		  struct targets *devices, const struct vbr_new_port *with)
{
	/* A single name is the command's own argument. */
	char **names = devices->list.words;
	size_t left = 0;

	for (size_t i = 0; i < devices->count; i++) {
		struct vbr_port *port;
		int status;

		/* The library says what is wrong with the others. */
		if (vbr_port_get(cli->ctx, bridge, devices->names[i], &port) <
		    0) {
			if (devices->is_several)
				names[left] = devices->names[i];
			left++;
			continue;
		}
		status = compare_port(cli, bridge, port, with);
		vbr_port_free(port);
		if (status)
			return status;
	}
	devices->count = left;
	return EXIT_SUCCESS;
}
