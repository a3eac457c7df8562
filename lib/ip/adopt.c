/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Moves a NIC into a bridge, which takes over its addresses and routes. */

#include "config.h"

#include <errno.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <string.h>

#include "core/context.h"
#include "core/link-name.h"
#include "core/link.h"
#include "core/talk.h"
#include "ip/announce.h"
#include "ip/look.h"
#include "ip/move.h"
#include "ip/show.h"
#include "ip/sysctl.h"
#include "ip/vlan.h"
#include "wire/request.h"

/* --- what is refused ------------------------------------------------------ */

static int refuse_master(struct vbr_ctx *ctx, const struct link_info *nic)
{
	char master[NAME_SIZE];
	bool is_port = nic->is_port;
	int rc = link_name(ctx, nic->master, master);

	if (rc < 0)
		return rc;
	return context_fail_word(
		ctx, -EBUSY,
		is_port ? _("it is a port of bridge \"%s\" already")
			: _("it belongs to \"%s\", which handles its traffic; adopt that device instead"),
		master);
}

static int find_nic(struct move *move, const char *name)
{
	struct vbr_ctx *ctx = move->ctx;
	struct link_info nic;
	int rc = link_find(ctx, name, &nic);

	if (rc < 0)
		return rc;
	if (nic.kind == LINK_BRIDGE)
		return context_fail(ctx, -ELOOP,
				    _("it is a bridge; a bridge cannot be a "
				      "port"));
	if (nic.flags & IFF_LOOPBACK)
		return context_fail(ctx, -EINVAL,
				    _("it is the loopback device, which "
				      "cannot be a port"));
	if (nic.type != ARPHRD_ETHER || !nic.has_mac)
		return context_fail(ctx, -EINVAL,
				    _("it is not an Ethernet device"));
	if (nic.master)
		return refuse_master(ctx, &nic);
	move_take_nic(move, &nic);
	return 0;
}

static int find_bridge(struct move *move, const char *name)
{
	struct vbr_ctx *ctx = move->ctx;
	struct link_info bridge;
	int rc;

	/* Only the name of a new device has rules. */
	rc = link_find(ctx, name, &bridge);
	if (rc == 0 && bridge.kind != LINK_BRIDGE)
		return context_fail_word(ctx, -EOPNOTSUPP,
					 _("\"%s\" is not a bridge"), name);
	if (rc == 0) {
		move_take_bridge(move, &bridge);
		return 0;
	}
	if (rc != -ENODEV)
		return rc;
	rc = link_check_new_name(ctx, name);
	if (rc < 0)
		return rc;
	move->is_new = true;
	move->is_host_new = true;
	move->gen_modes[MOVE_HOST] = -1;
	strcpy(move->bridge.name, name);
	if (!move->vid)
		strcpy(move->devices[MOVE_HOST].name, name);
	return 0;
}

/* --- the steps ------------------------------------------------------------ */

static int make_bridge(struct move *move)
{
	struct link_info bridge;
	struct request req;
	int rc;

	request_bridge_add(&req, move->bridge.name, move->mac, move->vid != 0);
	rc = move_request(move, &req);
	if (rc == 0)
		rc = link_find(move->ctx, move->bridge.name, &bridge);
	if (rc < 0)
		return rc;
	move->bridge.index = bridge.index;
	if (!move->vid)
		move->devices[MOVE_HOST].index = bridge.index;
	return 0;
}

/* Until it has the addresses, the device must not make or learn any. */
static int prepare_host(struct move *move)
{
	const struct ip_device *devices = move->devices;
	int rc = sysctl_copy(move->ctx, devices[MOVE_NIC].name,
			     devices[MOVE_HOST].name);

	if (rc == 0 && move->gen_modes[MOVE_NIC] >= 0)
		rc = move_set_gen_mode(move, MOVE_HOST, IN6_ADDR_GEN_MODE_NONE);
	if (rc == 0 && move->accept_ra >= 0)
		rc = sysctl_write_ipv6(move->ctx, devices[MOVE_HOST].name,
				       "accept_ra", 0);
	return rc;
}

static int finish_host(struct move *move)
{
	int rc = 0;

	if (!move->is_host_new)
		return 0;
	if (move->accept_ra >= 0)
		rc = sysctl_write_ipv6(move->ctx, move->devices[MOVE_HOST].name,
				       "accept_ra", move->accept_ra);
	return rc < 0 ? rc
		      : move_set_gen_mode(move, MOVE_HOST,
					  move->gen_modes[MOVE_NIC]);
}

static int make_devices(struct move *move)
{
	int rc = 0;

	if (move->is_new)
		rc = make_bridge(move);
	if (rc == 0 && move->vid)
		rc = vlan_make_host(move);
	if (rc == 0 && move->is_host_new)
		rc = prepare_host(move);
	if (rc == 0 && !move->is_bridge_up)
		rc = move_set_up(move, move->bridge.index, true);
	if (rc == 0 && move->vid && !move->is_host_up)
		rc = move_set_up(move, move->devices[MOVE_HOST].index, true);
	return rc;
}

static int adopt(struct move *move)
{
	int rc = make_devices(move);

	if (rc == 0)
		rc = move_join(move);
	if (rc == 0 && move->vid)
		rc = vlan_join(move);
	if (rc == 0)
		rc = move_wait_for_carrier(move);
	/* Again: now the bridge has an index and a MTU. */
	if (rc == 0)
		rc = move_read_state(move, MOVE_NIC);
	if (rc == 0)
		rc = move_to_after(move);
	/* Else the port gets a new link-local address when it comes up. */
	if (rc == 0 && move->gen_modes[MOVE_NIC] >= 0)
		rc = move_set_gen_mode(move, MOVE_NIC, IN6_ADDR_GEN_MODE_NONE);
	if (rc == 0)
		rc = finish_host(move);
	if (rc == 0)
		announce_host(move);
	return rc;
}

/* --- the way back --------------------------------------------------------- */

static bool exists(const struct move *move)
{
	struct link_info bridge;

	return link_find(move->ctx, move->bridge.name, &bridge) == 0;
}

/* The answer to the request that made it may have been lost. */
static int undo_bridge(struct move *move)
{
	struct link_info bridge;

	if (!move->is_new)
		return move->is_bridge_up
			       ? 0
			       : move_set_up(move, move->bridge.index, false);
	if (!exists(move))
		return 0;
	if (link_find(move->ctx, move->bridge.name, &bridge) == 0)
		move->bridge.index = bridge.index;
	return move_delete_bridge(move);
}

/*
 * Each step is tried, even if the one before failed: the last step corrects
 * earlier failures, or fails too.
 */
static int undo(struct move *move)
{
	int first, rc;

	move_to_before(move);
	first = move_leave(move);
	rc = move_set_gen_mode(move, MOVE_NIC, move->gen_modes[MOVE_NIC]);
	if (first == 0)
		first = rc;
	rc = move_to_before(move);
	if (first == 0)
		first = rc;
	if (first < 0)
		return first;
	rc = move->vid ? vlan_undo_host(move) : 0;
	if (rc == 0)
		rc = undo_bridge(move);
	return rc < 0 ? rc : move_to_before(move);
}

/* --- the call ------------------------------------------------------------- */

static int prepare(struct move *move, const char *bridge, const char *device)
{
	int rc = vlan_begin(move);

	if (rc == 0)
		rc = move_begin(move);
	if (rc == 0)
		rc = find_nic(move, device);
	if (rc == 0)
		rc = find_bridge(move, bridge);
	if (rc == 0 && move->vid)
		rc = vlan_find_host(move);
	if (rc == 0)
		rc = move_read_state(move, MOVE_NIC);
	if (rc == 0)
		rc = talk_reserve(move->ctx);
	return rc < 0 ? rc : look_adopt(move);
}

int vbr_adopt(struct vbr_ctx *ctx, const char *bridge, const char *device,
	      const struct vbr_move_options *options)
{
	struct move move = { .ctx = ctx,
			     .options = options,
			     .lock = { .fd = -1 } };
	int rc;

	context_begin(ctx, N_("cannot adopt \"%s\" into bridge \"%s\""), device,
		      bridge);
	rc = prepare(&move, bridge, device);
	if (rc == 0 && ctx->is_dry)
		rc = show_adopt(&move);
	else if (rc == 0) {
		rc = adopt(&move);
		if (rc < 0)
			rc = move_undo(&move, rc, undo);
	}
	move_finish(&move);
	return rc;
}
