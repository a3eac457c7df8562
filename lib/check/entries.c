/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A rule about static entries of the FDB. The kernel walks the whole FDB once for
 * each port of a bridge, so it is read only where such an entry can be wrong.
 */

#include "config.h"

#include "check/entries.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "check/findings.h"
#include "check/view.h"
#include "core/context.h"
#include "core/talk.h"
#include "wire/fdb.h"
#include "wire/request.h"

struct entries {
	struct vbr_fdb_entry *rows; /* by port, address and VLAN */
	size_t count, room;
};

/* --- the entries ---------------------------------------------------------- */

/*
 * Entries that another program maintains, for EVPN for example, are not
 * checked.
 */
static bool is_wanted(const struct vbr_fdb_entry *entry)
{
	return entry->bridge && entry->bridge != entry->port &&
	       vbr_fdb_entry_state(entry) == VBR_FDB_STATIC &&
	       !(vbr_fdb_entry_flags(entry) & VBR_FDB_EXTERN);
}

static int on_entry(void *data, const struct nlmsghdr *msg)
{
	struct entries *entries = data;
	struct vbr_fdb_entry *rows, row;
	int rc = fdb_parse(msg, &row);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	if (!is_wanted(&row))
		return 0;
	rows = array_grow(entries->rows, sizeof(*rows), entries->count,
			  &entries->room);
	if (!rows)
		return -ENOMEM;
	entries->rows = rows;
	rows[entries->count++] = row;
	return 0;
}

static void forget(void *data)
{
	struct entries *entries = data;

	entries->count = 0;
}

static int by_port(const void *a, const void *b)
{
	const struct vbr_fdb_entry *left = a, *right = b;
	int order;

	if (left->port != right->port)
		return left->port < right->port ? -1 : 1;
	order = memcmp(left->mac, right->mac, MAC_LEN);
	return order ? order : (int)left->vlan - (int)right->vlan;
}

static int take_entries(struct vbr_ctx *ctx, const struct bridge_view *bridge,
			struct entries *entries)
{
	const struct talk_handler handler = { on_entry, forget, entries };
	struct request req;
	int rc;

	context_begin(ctx, N_("cannot read the FDB of bridge \"%s\""),
		      bridge->link->name);
	request_fdb(&req, bridge->link->index);
	rc = talk(ctx, &req.head, &handler);
	if (rc == 0 && entries->count)
		qsort(entries->rows, entries->count, sizeof(*entries->rows),
		      by_port);
	return rc;
}

/* --- static entries ------------------------------------------------------- */

/* The words that name the entry. Without a VLAN, the command deletes it in all
 * VLANs of the port. */
static void fix_entry(struct check *check, const struct bridge_view *bridge,
		      const struct port_view *port,
		      const struct vbr_fdb_entry *entry, const char *mac)
{
	char room[NUMBER_SIZE];

	if (entry->vlan)
		finding_fix(check, "brctl", "delmac", bridge->link->name,
			    port->link->name, mac, "vlan",
			    number_word(room, entry->vlan), NULL);
	else
		finding_fix(check, "brctl", "delmac", bridge->link->name,
			    port->link->name, mac, NULL);
}

static void report_idle(struct check *check, const struct bridge_view *bridge,
			const struct port_view *port,
			const struct vbr_fdb_entry *entry)
{
	char mac[VBR_MAC_TEXT_SIZE];

	mac_format(entry->mac, mac);
	finding_begin(check, VBR_SEVERITY_REMARK, bridge, port);
	finding_vlan(check, entry->vlan);
	finding_what(check,
		     _("bridge \"%s\": the static entry of %s is for port "
		       "\"%s\", which does not forward"),
		     bridge->name, mac, port->name);
	finding_why(check, _("frames to this address are dropped, wherever it "
			     "is now"));
	fix_entry(check, bridge, port, entry, mac);
}

/* The kernel deletes no entry in a VLAN that the port has left, but it flushes
 * it. */
static void report_foreign(struct check *check,
			   const struct bridge_view *bridge,
			   const struct port_view *port,
			   const struct vbr_fdb_entry *entry)
{
	char mac[VBR_MAC_TEXT_SIZE], room[NUMBER_SIZE];

	mac_format(entry->mac, mac);
	finding_begin(check, VBR_SEVERITY_WARNING, bridge, port);
	finding_vlan(check, entry->vlan);
	finding_what(
		check,
		_("bridge \"%s\": the static entry of %s in VLAN %u is for "
		  "port \"%s\", which is not in this VLAN"),
		bridge->name, mac, (unsigned int)entry->vlan, port->name);
	finding_why(check,
		    _("frames to this address in this VLAN are dropped"));
	finding_fix(check, "brctl", "flush", bridge->link->name, "port",
		    port->link->name, "vlan", number_word(room, entry->vlan),
		    "static", NULL);
}

static bool is_in_vlan(const struct check *check,
		       const struct bridge_view *bridge,
		       const struct port_view *port, unsigned int vlan)
{
	size_t first,
		count = topology_vlans(check->topology, bridge->link->index,
				       port->link->index, &first);

	for (size_t i = first; i < first + count; i++) {
		const struct vbr_port_vlan *row =
			vbr_port_vlans_at(check->topology->port_vlans, i);

		if (vlan >= vbr_port_vlan_first(row) &&
		    vlan <= vbr_port_vlan_last(row))
			return true;
	}
	return false;
}

static bool is_idle(const struct bridge_view *bridge,
		    const struct port_view *port)
{
	return bridge->link->is_up &&
	       port_number(port, "state", VBR_PORT_FORWARDING) ==
		       VBR_PORT_DISABLED;
}

/* If an address has an entry without a VLAN, only this entry is checked. */
static void look_at_port(struct check *check, const struct bridge_view *bridge,
			 const struct port_view *port,
			 const struct vbr_fdb_entry *rows, size_t count)
{
	bool filters = bridge_number(bridge, "vlan_filtering", 0);
	const struct vbr_fdb_entry *all = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct vbr_fdb_entry *row = &rows[i];
		bool is_named = all && memcmp(all->mac, row->mac, MAC_LEN) == 0;

		if (filters && row->vlan &&
		    !is_in_vlan(check, bridge, port, row->vlan)) {
			report_foreign(check, bridge, port, row);
			continue;
		}
		if (!is_idle(bridge, port) || is_named)
			continue;
		if (!row->vlan)
			all = row;
		report_idle(check, bridge, port, row);
	}
}

/* The first row of the port, or of one after it. */
static size_t find_first(const struct entries *entries, int port)
{
	const struct vbr_fdb_entry key = { .port = port };

	return array_find(&key, entries->rows, entries->count,
			  sizeof(*entries->rows), by_port);
}

static void look_at_ports(struct check *check, const struct bridge_view *bridge,
			  const struct entries *entries)
{
	for (size_t i = 0; i < bridge->count; i++) {
		const struct port_view *port = &bridge->ports[i];
		size_t first = find_first(entries, port->link->index);
		size_t end = first;

		while (end < entries->count &&
		       entries->rows[end].port == port->link->index)
			end++;
		if (end > first)
			look_at_port(check, bridge, port, &entries->rows[first],
				     end - first);
	}
}

static bool has_idle(const struct bridge_view *bridge)
{
	for (size_t i = 0; i < bridge->count; i++)
		if (is_idle(bridge, &bridge->ports[i]))
			return true;
	return false;
}

void rule_stale_entry(struct check *check, const struct bridge_view *bridge)
{
	struct entries entries = { NULL, 0, 0 };

	if (!has_idle(bridge) && !bridge_number(bridge, "vlan_filtering", 0))
		return;
	check->error = take_entries(check->ctx, bridge, &entries);
	if (check->error == 0)
		look_at_ports(check, bridge, &entries);
	free(entries.rows);
}
