/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Moves a NIC out of a bridge, and gives it the bridge's addresses and
 * routes. */

#include "config.h"

#include <errno.h>
#include <linux/if_link.h>

#include "core/context.h"
#include "core/link.h"
#include "core/port.h"
#include "core/talk.h"
#include "ip/announce.h"
#include "ip/entries.h"
#include "ip/look.h"
#include "ip/move.h"
#include "ip/port.h"
#include "ip/show.h"
#include "ip/vlan.h"
#include "wire/link.h"

static int find_both(struct move *move, const char *bridge, const char *device)
{
	struct link_info link;
	int rc = port_find(move->ctx, bridge, device, &link);

	if (rc < 0)
		return rc;
	move_take_nic(move, &link);
	rc = link_find_bridge(move->ctx, bridge, &link);
	if (rc < 0)
		return rc;
	move_take_bridge(move, &link);
	return move->vid ? vlan_find_host_to_release(move) : 0;
}

/*
 * While the NIC is a port, it loses nothing; after that, the kernel has made
 * changes of its own.
 */
static int release(struct move *move)
{
	int rc = move_to_after(move);

	if (rc == 0)
		rc = move_leave(move);
	if (rc == 0)
		rc = move_to_after(move);
	if (rc == 0 && move->gen_modes[MOVE_NIC] == IN6_ADDR_GEN_MODE_NONE)
		rc = move_set_gen_mode(move, MOVE_NIC,
				       move->gen_modes[MOVE_HOST]);
	if (rc == 0 && move->deletes_bridge)
		rc = move_delete_bridge(move);
	if (rc == 0)
		announce_nic(move);
	return rc;
}

static bool is_port(const struct move *move)
{
	struct link_info nic;

	return link_find(move->ctx, move->devices[MOVE_NIC].name, &nic) == 0 &&
	       nic.master;
}

static int rejoin(struct move *move)
{
	int rc = move_join(move);

	if (rc == 0)
		rc = port_restore(move);
	if (rc == 0)
		rc = vlan_restore(move);
	if (rc == 0)
		rc = entries_restore(move);
	return rc < 0 ? rc : move_wait_for_carrier(move);
}

static int undo(struct move *move)
{
	int rc = is_port(move) ? 0 : rejoin(move);
	int other = move_set_gen_mode(move, MOVE_NIC,
				      move->gen_modes[MOVE_NIC]);

	if (rc == 0)
		rc = other;
	other = move_to_before(move);
	if (rc == 0)
		rc = other;
	/* Last: a bridge without a port that forwards loses its routes. */
	other = port_restore_state(move);
	return rc < 0 ? rc : other;
}

static int prepare(struct move *move, const char *bridge, const char *device)
{
	int rc = vlan_begin(move);

	if (rc == 0)
		rc = move_begin(move);

	if (rc == 0)
		rc = find_both(move, bridge, device);
	if (rc == 0)
		rc = port_keep(move);
	if (rc == 0)
		rc = vlan_keep(move);
	if (rc == 0)
		rc = entries_keep(move);
	if (rc == 0)
		rc = move_read_state(move, MOVE_HOST);
	if (rc == 0)
		rc = talk_reserve(move->ctx);
	return rc < 0 ? rc : look_release(move);
}

int vbr_release(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const struct vbr_move_options *options)
{
	struct move move = { .ctx = ctx,
			     .options = options,
			     .lock = { .fd = -1 } };
	int rc;

	context_begin(ctx, N_("cannot release \"%s\" from bridge \"%s\""),
		      device, bridge);
	rc = prepare(&move, bridge, device);
	if (rc == 0 && ctx->is_dry)
		rc = show_release(&move);
	else if (rc == 0) {
		rc = release(&move);
		if (rc < 0)
			rc = move_undo(&move, rc, undo);
	}
	move_finish(&move);
	return rc;
}
