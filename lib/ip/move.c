/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The steps of which adopt and release consist. */

#include "config.h"

#include "ip/move.h"

#include <errno.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "core/context.h"
#include "core/link.h"
#include "core/talk.h"
#include "ip/change.h"
#include "ip/sysctl.h"
#include "wire/ip-message.h"
#include "wire/kernel.h"
#include "wire/request.h"

/* --- one at a time -------------------------------------------------------- */

int move_begin(struct move *move)
{
	struct vbr_ctx *ctx = move->ctx;
	int rc;

	move->lock = (struct lock){ .name = "vbridge-move", .fd = -1 };
	if (ctx->is_dry)
		return 0;
	rc = ctx->transport->lock(ctx->transport_data, &move->lock);
	if (rc == -EBUSY)
		return context_fail(ctx, rc,
				    _("another adopt or release is running; "
				      "try again when it has ended"));
	return rc < 0 ? context_fail(ctx, rc, NULL) : 0;
}

void move_finish(struct move *move)
{
	ip_state_free(move->before);
	ip_state_free(move->after);
	vbr_port_vlans_free(move->vlans);
	vbr_port_free(move->port);
	vbr_fdb_free(move->fdb);
	vbr_mdb_free(move->mdb);
	lock_release(&move->lock);
}

/* --- what is there -------------------------------------------------------- */

static void take_device(struct move *move, int which,
			const struct link_info *link)
{
	struct ip_device *device = &move->devices[which];
	int mode;

	device->index = link->index;
	memcpy(device->name, link->name, sizeof(device->name));
	move->gen_modes[which] = -1;
	if (sysctl_read_ipv6(move->ctx, device->name, "addr_gen_mode", &mode) ==
	    0)
		move->gen_modes[which] = mode;
}

void move_take_nic(struct move *move, const struct link_info *nic)
{
	int value;

	memcpy(move->mac, nic->mac, sizeof(move->mac));
	move->has_carrier = nic->flags & VB_IFF_LOWER_UP;
	take_device(move, MOVE_NIC, nic);
	move->accept_ra = -1;
	if (sysctl_read_ipv6(move->ctx, move->devices[MOVE_NIC].name,
			     "accept_ra", &value) == 0)
		move->accept_ra = value;
}

void move_take_bridge(struct move *move, const struct link_info *bridge)
{
	move->is_bridge_up = bridge->flags & IFF_UP;
	move->bridge.index = bridge->index;
	memcpy(move->bridge.name, bridge->name, sizeof(move->bridge.name));
	if (!move->vid)
		move_take_host(move, bridge);
}

void move_take_host(struct move *move, const struct link_info *host)
{
	move->is_host_up = host->flags & IFF_UP;
	memcpy(move->host_mac, host->mac, sizeof(move->host_mac));
	take_device(move, MOVE_HOST, host);
}

int move_read_state(struct move *move, int from)
{
	const struct ip_device *source = &move->devices[from];
	const struct ip_device *target = &move->devices[!from];
	/* A bridge that is not there yet gets its index later. */
	const struct ip_move names = { source->index, target->index,
				       source->name, target->name };
	struct ip_state *raw;
	int rc = ip_state_take(move->ctx, move->devices, 2, &raw);

	if (rc < 0)
		return rc;
	if (!move->before)
		rc = ip_state_requests(raw, NULL, &move->before);
	if (rc == 0) {
		ip_state_free(move->after);
		move->after = NULL;
		rc = ip_state_requests(raw, &names, &move->after);
	}
	ip_state_free(raw);
	if (rc == -EMSGSIZE)
		return context_fail(move->ctx, rc,
				    _("the label of an address would become "
				      "too long; choose a shorter name"));
	return rc < 0 ? context_fail(move->ctx, rc, NULL) : 0;
}

/* --- steps ---------------------------------------------------------------- */

/* What the kernel has refused needs no undo. */
static int note_change(struct move *move, int rc)
{
	if (rc == 0 || move->ctx->failure.lost_at)
		move->is_changed = true;
	return rc;
}

int move_request(struct move *move, struct request *req)
{
	return note_change(move, talk(move->ctx, &req->head, NULL));
}

int move_set_gen_mode(struct move *move, int which, int mode)
{
	const struct ip_device *device = &move->devices[which];
	struct request req;
	int now;

	if (mode < 0 || (sysctl_read_ipv6(move->ctx, device->name,
					  "addr_gen_mode", &now) == 0 &&
			 now == mode))
		return 0;
	request_gen_mode(&req, device->index, (uint8_t)mode);
	return move_request(move, &req);
}

int move_set_up(struct move *move, int index, bool up)
{
	const struct link_change change = { .has_up = true, .up = up };
	struct request req;

	request_link_set(&req, index, &change);
	return move_request(move, &req);
}

/* The kernel tells a bridge about the carrier of its port in less than a
 * millisecond, on a machine that is not busy. */
#define WAIT_STEP_NS 200000
#define WAIT_STEPS_PER_SECOND 5000
#define WAIT_SECONDS 2

int move_wait_for_carrier(struct move *move)
{
	const struct timespec step = { .tv_nsec = WAIT_STEP_NS };
	const unsigned int wanted = IFF_RUNNING | VB_IFF_LOWER_UP;

	unsigned int seconds = WAIT_SECONDS + move->delay;

	if (!move->has_carrier)
		return 0;
	for (unsigned int i = 0; i < seconds * WAIT_STEPS_PER_SECOND; i++) {
		struct link_info host;
		int rc = link_find(move->ctx, move->devices[MOVE_HOST].name,
				   &host);

		if (rc < 0)
			return rc;
		if ((host.flags & wanted) == wanted)
			return 0;
		nanosleep(&step, NULL);
	}
	return context_fail(move->ctx, -ETIMEDOUT,
			    _("the port did not start to forward"));
}

int move_join(struct move *move)
{
	const struct operation operation = move->ctx->operation;
	int rc;

	rc = note_change(move, vbr_port_add(move->ctx, move->bridge.name,
					    move->devices[MOVE_NIC].name));
	move->ctx->operation = operation;
	return rc;
}

static bool is_joined(const struct move *move)
{
	struct link_info nic;

	return link_find(move->ctx, move->devices[MOVE_NIC].name, &nic) == 0 &&
	       nic.master && nic.master == move->bridge.index;
}

int move_leave(struct move *move)
{
	const struct operation operation = move->ctx->operation;
	int rc;

	if (!is_joined(move))
		return 0;
	rc = note_change(move, vbr_port_del(move->ctx, move->bridge.name,
					    move->devices[MOVE_NIC].name));
	move->ctx->operation = operation;
	return rc;
}

int move_to_after(struct move *move)
{
	move->is_changed = true;
	return ip_change(move->ctx, move->devices, 2, move->after, 0);
}

int move_to_before(struct move *move)
{
	return ip_change(move->ctx, move->devices, 2, move->before,
			 IP_CHANGE_KEEP_GOING | IP_CHANGE_IN_ORDER);
}

/* Whether it is gone although the answer was lost. */
static bool is_deleted(struct move *move)
{
	const struct failure failure = move->ctx->failure;
	struct link_info bridge;
	int rc = link_find(move->ctx, move->bridge.name, &bridge);

	move->ctx->failure = failure;
	return rc == -ENODEV;
}

int move_delete_bridge(struct move *move)
{
	struct request req;
	int rc;

	request_link_del(&req, move->bridge.index);
	rc = move_request(move, &req);
	if (rc < 0 && !is_deleted(move))
		return rc;
	/* Devices on it were deleted with it. */
	move->bridge.index = move->devices[MOVE_HOST].index = 0;
	return 0;
}

int move_undo(struct move *move, int error, int (*undo)(struct move *move))
{
	struct vbr_ctx *ctx = move->ctx;
	struct failure failure = ctx->failure;
	char why[sizeof(failure.sentence) / 2];

	if (!move->is_changed)
		return error;
	if (undo(move) == 0) {
		context_restore(ctx, &failure);
		context_append(ctx, "%s", _("; everything is as before"));
		return error;
	}
	context_copy_error(ctx, why, sizeof(why));
	context_restore(ctx, &failure);
	context_append(ctx, _("; it could not be undone completely: %s"), why);
	return error;
}
