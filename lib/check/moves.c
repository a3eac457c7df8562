/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A rule about addresses that move from port to port. The kernel reports each
 * move, so those that happen while check reads the devices are known. Check
 * takes milliseconds: an address that moves more than once in this time is in a
 * loop.
 */

#include "config.h"

#include "check/moves.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mac.h"
#include "check/findings.h"
#include "check/view.h"

/* In a loop, events come faster than they are read. */
#define EVENTS_MAX 4096
#define ADDRESSES_MAX 64

/* A single move may be a machine that was moved to another port. */
#define MOVES_FEW 2

struct address_moves {
	uint8_t mac[MAC_LEN];
	unsigned int vlan, count;
	int bridge, port, before; /* "before": the port that it left */
};

struct moves {
	struct vbr_watch *watch;
	struct address_moves rows[ADDRESSES_MAX];
	size_t count, events;
	bool is_read;
};

int moves_watch(struct vbr_ctx *ctx, struct moves **ret_moves)
{
	struct moves *moves = calloc(1, sizeof(*moves));
	int rc;

	if (!moves)
		return -ENOMEM;
	rc = vbr_watch_new(ctx, VBR_WATCH_FDB, &moves->watch);
	if (rc < 0) {
		free(moves);
		return rc == -ENOMEM ? rc : 0;
	}
	*ret_moves = moves;
	return 0;
}

void moves_free(struct moves *moves)
{
	if (moves)
		vbr_watch_free(moves->watch);
	free(moves);
}

/* --- events --------------------------------------------------------------- */

/* The row of the address; NULL: there is no room for more. */
static struct address_moves *find_row(struct moves *moves,
				      const struct vbr_fdb_entry *entry)
{
	const uint8_t *mac = vbr_fdb_entry_mac(entry);
	struct address_moves *row = moves->rows;

	for (; row < moves->rows + moves->count; row++)
		if (memcmp(row->mac, mac, MAC_LEN) == 0 &&
		    row->vlan == vbr_fdb_entry_vlan(entry) &&
		    row->bridge == vbr_fdb_entry_bridge_index(entry))
			return row;
	if (moves->count == ADDRESSES_MAX)
		return NULL;
	moves->count++;
	*row = (struct address_moves){
		.vlan = vbr_fdb_entry_vlan(entry),
		.bridge = vbr_fdb_entry_bridge_index(entry),
		.port = vbr_fdb_entry_port_index(entry),
	};
	memcpy(row->mac, mac, MAC_LEN);
	return row;
}

static int on_event(const struct vbr_event *event, void *data)
{
	const struct vbr_fdb_entry *entry = vbr_event_fdb_entry(event);
	struct moves *moves = data;
	struct address_moves *row;

	if (++moves->events > EVENTS_MAX)
		return 1;
	if (!entry || vbr_event_is_gone(event) ||
	    vbr_fdb_entry_state(entry) == VBR_FDB_LOCAL)
		return 0;
	row = find_row(moves, entry);
	if (!row || row->port == vbr_fdb_entry_port_index(entry))
		return 0;
	row->count++;
	row->before = row->port;
	row->port = vbr_fdb_entry_port_index(entry);
	return 0;
}

/* It does not matter if events are lost in a full queue or cannot be read. */
static void read_moves(struct moves *moves)
{
	if (!moves->is_read)
		vbr_watch_read(moves->watch, on_event, moves);
	moves->is_read = true;
}

/* --- the rule ------------------------------------------------------------- */

static const struct port_view *find_port(const struct bridge_view *bridge,
					 int index)
{
	for (size_t i = 0; i < bridge->count; i++)
		if (bridge->ports[i].link->index == index)
			return &bridge->ports[i];
	return NULL;
}

static void report_moves(struct check *check, const struct bridge_view *bridge,
			 const struct address_moves *row)
{
	const struct port_view *port = find_port(bridge, row->port);
	const struct port_view *before = find_port(bridge, row->before);
	char mac[VBR_MAC_TEXT_SIZE];

	if (!port || !before)
		return;
	mac_format(row->mac, mac);
	finding_begin(check, VBR_SEVERITY_ERROR, bridge, port);
	finding_vlan(check, row->vlan);
	finding_what(check,
		     _("bridge \"%s\": the address %s moves between the ports "
		       "\"%s\" and \"%s\" all the time"),
		     bridge->name, mac, before->name, port->name);
	finding_why(check, _("frames go round in a loop, or two machines have "
			     "one address; what is sent there gets lost"));
}

void rule_mac_moves(struct check *check, const struct bridge_view *bridge)
{
	struct moves *moves = check->moves;

	if (!moves)
		return;
	read_moves(moves);
	for (size_t i = 0; i < moves->count; i++)
		if (moves->rows[i].bridge == bridge->link->index &&
		    moves->rows[i].count >= MOVES_FEW)
			report_moves(check, bridge, &moves->rows[i]);
}
