/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Sets the state, the MTU and the MAC address of a device, several in one
 * request. The kernel sets them one by one and stops at the first that it
 * refuses; the earlier ones are then restored.
 */

#include "config.h"

#include "api/link-set.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "core/context.h"
#include "core/link.h"
#include "core/talk.h"

static void begin(struct vbr_ctx *ctx, const char *device,
		  const struct vbr_link_settings *settings)
{
	switch (settings->what) {
	case VBR_LINK_UP:
		if (settings->up)
			context_begin(ctx, N_("cannot set \"%s\" up"), device);
		else
			context_begin(ctx, N_("cannot set \"%s\" down"),
				      device);
		break;
	case VBR_LINK_MTU:
		context_begin(ctx, N_("cannot set the MTU of \"%s\""), device);
		break;
	case VBR_LINK_MAC:
		context_begin(ctx, N_("cannot set the MAC address of \"%s\""),
			      device);
		break;
	default:
		context_begin(ctx, N_("cannot change device \"%s\""), device);
		break;
	}
}

struct link_change link_change_of(const struct vbr_link_settings *settings)
{
	struct link_change change = {
		.has_up = settings->what & VBR_LINK_UP,
		.has_mtu = settings->what & VBR_LINK_MTU,
		.has_mac = settings->what & VBR_LINK_MAC,
	};

	/* The caller need not have set the others. */
	if (change.has_up)
		change.up = settings->up;
	if (change.has_mtu)
		change.mtu = settings->mtu;
	if (change.has_mac)
		memcpy(change.mac, settings->mac, sizeof(change.mac));
	return change;
}

static int check_mtu(struct vbr_ctx *ctx, const struct link_info *link,
		     uint32_t mtu)
{
	/* The kernel reads it as an int. */
	uint32_t max = link->max_mtu ? link->max_mtu : INT32_MAX;

	if (mtu >= link->min_mtu && mtu <= max)
		return 0;
	return context_fail_why(ctx, -EINVAL, _("its MTU ranges from %u to %u"),
				link->min_mtu, max);
}

int link_check_mac(struct vbr_ctx *ctx, const uint8_t mac[6])
{
	static const uint8_t zero[6];

	if (!(mac[0] & 1) && memcmp(mac, zero, sizeof(zero)) != 0)
		return 0;
	return context_fail(
		ctx, -EADDRNOTAVAIL,
		_("the address of a device is neither a multicast address nor zero"));
}

/*
 * Values that the kernel would refuse are refused before anything is sent: once
 * the address of a bridge has been set, even if it is then restored, the bridge
 * no longer takes the address of a port.
 */
static int check(struct vbr_ctx *ctx, const struct link_info *link,
		 const struct link_change *change)
{
	if (change->has_mac && !link->has_mac)
		return context_fail(ctx, -EOPNOTSUPP,
				    _("it has no MAC address"));
	return change->has_mtu ? check_mtu(ctx, link, change->mtu) : 0;
}

static int send_change(struct vbr_ctx *ctx, int index,
		       const struct link_change *change)
{
	struct request req;

	request_link_set(&req, index, change);
	return talk(ctx, &req.head, NULL);
}

/* The old values of what was requested; only of what has changed, if that can
 * be read. */
static struct link_change find_changed(struct vbr_ctx *ctx,
				       const struct link_info *old,
				       const struct link_change *change)
{
	struct link_change back = *change;
	struct link_info now;

	back.up = old->flags & IFF_UP;
	back.mtu = old->mtu;
	memcpy(back.mac, old->mac, sizeof(back.mac));
	if (link_find(ctx, old->name, &now) < 0)
		return back;
	back.has_up &= !(now.flags & IFF_UP) == back.up;
	back.has_mtu &= now.mtu != back.mtu;
	back.has_mac &= memcmp(now.mac, back.mac, sizeof(back.mac)) != 0;
	return back;
}

static bool is_empty(const struct link_change *change)
{
	return !change->has_up && !change->has_mtu && !change->has_mac;
}

static void undo(struct vbr_ctx *ctx, const struct link_info *old,
		 const struct link_change *change)
{
	struct failure refusal = ctx->failure;
	struct link_change back = find_changed(ctx, old, change);
	bool is_done = is_empty(&back) ||
		       send_change(ctx, old->index, &back) == 0;

	context_restore(ctx, &refusal);
	if (is_done)
		return;
	if (back.has_up)
		context_append(ctx, _("; %s may have been changed"), "up");
	if (back.has_mtu)
		context_append(ctx, _("; %s may have been changed"), "mtu");
	if (back.has_mac)
		context_append(ctx, _("; %s may have been changed"), "address");
}

#define EVERYTHING (VBR_LINK_UP | VBR_LINK_MTU | VBR_LINK_MAC)

int vbr_link_set(struct vbr_ctx *ctx, const char *device,
		 const struct vbr_link_settings *settings)
{
	struct link_change change = link_change_of(settings);
	struct link_info link;
	int rc = 0;

	/* Then nothing has to be restored. */
	if (settings->what == VBR_LINK_UP)
		return vbr_link_set_up(ctx, device, settings->up);
	begin(ctx, device, settings);
	if (!settings->what || settings->what & ~(unsigned int)EVERYTHING)
		return context_fail(ctx, -EINVAL, NULL);
	if (change.has_mac)
		rc = link_check_mac(ctx, change.mac);
	if (rc == 0)
		rc = link_find(ctx, device, &link);
	if (rc == 0)
		rc = check(ctx, &link, &change);
	if (rc < 0 || ctx->is_dry)
		return rc;
	rc = send_change(ctx, link.index, &change);
	if (rc == -EBUSY && change.has_mac)
		context_append(ctx, "%s",
			       _("; many devices take another address only "
				 "while they are down"));
	/* Without CAP_NET_ADMIN, nothing was changed. */
	if (rc < 0 && rc != -EPERM && context_may_be_done(ctx))
		undo(ctx, &link, &change);
	return rc;
}
