/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The MAC address of a station. */

#include "config.h"

#include <errno.h>
#include <string.h>

#include "core/context.h"
#include "reach/find.h"
#include "topology/topology.h"

static int fail(const struct find *find, const char *station, int error,
		const char *why)
{
	context_begin(find->ctx,
		      N_("cannot find the MAC address of \"%s\" on bridge "
			 "\"%s\""),
		      station, find->bridge);
	return context_fail(find->ctx, error, why);
}

/* The addresses behind a port. */
struct behind {
	int port;
	uint8_t mac[6];
	bool is_one, is_more;
};

static int on_entry(const struct vbr_fdb_entry *entry, void *data)
{
	struct behind *behind = data;
	const uint8_t *mac = vbr_fdb_entry_mac(entry);

	if (vbr_fdb_entry_port_index(entry) != behind->port ||
	    vbr_fdb_entry_state(entry) == VBR_FDB_LOCAL)
		return 0;
	behind->is_more |= behind->is_one && memcmp(mac, behind->mac, 6) != 0;
	behind->is_one = true;
	memcpy(behind->mac, mac, 6);
	return 0;
}

static int ask_port(const struct find *find, const char *station, int port,
		    uint8_t ret_mac[6])
{
	struct behind behind = { .port = port };
	int rc = vbr_fdb_foreach(find->ctx, find->bridge, on_entry, &behind);

	if (rc < 0)
		return rc;
	if (!behind.is_one)
		return fail(
			find, station, -ENOENT,
			_("the FDB has no address on the port: nobody there "
			  "has sent a frame lately"));
	if (behind.is_more)
		return fail(find, station, -ENOTUNIQ,
			    _("the FDB has several addresses on the port: name "
			      "one of them"));
	memcpy(ret_mac, behind.mac, 6);
	return 0;
}

static int ask(const struct find *find, const char *station, uint8_t ret_mac[6])
{
	struct found found;
	int rc = find_station(find, station, 0, &found);

	if (rc < 0)
		return rc;
	if (*found.elsewhere)
		return fail(find, station, -EXDEV,
			    _("it is on another bridge"));
	if (!found.station.has_mac)
		return ask_port(find, station, found.station.member, ret_mac);
	memcpy(ret_mac, found.station.mac, 6);
	return 0;
}

int vbr_station_mac(struct vbr_ctx *ctx, const char *bridge,
		    const char *station, uint8_t ret_mac[6])
{
	struct vbr_bridge *found;
	struct topology topology;
	struct find find = { .vlan = 0 };
	int rc = vbr_bridge_get(ctx, bridge, &found);

	if (rc < 0)
		return rc;
	vbr_bridge_free(found);
	rc = find_begin(ctx, bridge, &topology, &find);
	if (rc == 0)
		rc = ask(&find, station, ret_mac);
	topology_drop(&topology);
	return rc;
}
