/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Reads and sets the state, the MTU and the MAC address of a device, several in
 * one request. The kernel sets them one by one and stops at the first that it
 * refuses; the earlier ones are then set back.
 */

#include "config.h"

#include "api/link-set.h"

#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mac.h"
#include "core/context.h"
#include "core/link.h"
#include "core/talk.h"
#include "wire/kernel.h"

struct vbr_link {
	int index;
	bool is_up, has_carrier, is_promiscuous, has_mac;
	uint32_t mtu;
	uint8_t mac[6];
};

/* --- read ----------------------------------------------------------------- */

int vbr_link_get(struct vbr_ctx *ctx, const char *device,
		 struct vbr_link **ret_link)
{
	struct vbr_link *link;
	struct link_info info;
	int rc;

	context_begin(ctx, N_("cannot read device \"%s\""), device);
	rc = link_find(ctx, device, &info);
	if (rc < 0)
		return rc;
	link = malloc(sizeof(*link));
	if (!link)
		return context_fail(ctx, -ENOMEM, NULL);
	link->index = info.index;
	link->is_up = info.flags & IFF_UP;
	link->has_carrier = info.flags & VB_IFF_LOWER_UP;
	link->is_promiscuous = info.promiscuity || info.flags & IFF_PROMISC;
	link->mtu = info.mtu;
	link->has_mac = info.has_mac;
	memcpy(link->mac, info.mac, sizeof(link->mac));
	*ret_link = link;
	return 0;
}

void vbr_link_free(struct vbr_link *link)
{
	free(link);
}

int vbr_link_index(const struct vbr_link *link)
{
	return link->index;
}

bool vbr_link_is_up(const struct vbr_link *link)
{
	return link->is_up;
}

bool vbr_link_has_carrier(const struct vbr_link *link)
{
	return link->has_carrier;
}

bool vbr_link_is_promiscuous(const struct vbr_link *link)
{
	return link->is_promiscuous;
}

uint32_t vbr_link_mtu(const struct vbr_link *link)
{
	return link->mtu;
}

const uint8_t *vbr_link_mac(const struct vbr_link *link)
{
	return link->has_mac ? link->mac : NULL;
}

/* The size of a line in /sys/class/net, with a NUL. */
#define LINE_SIZE 32

/* Reads a line of /sys/class/net/DEVICE, without its end. */
static int read_line(struct vbr_ctx *ctx, const char *device, const char *leaf,
		     char ret_line[LINE_SIZE])
{
	char path[64];
	int rc;

	snprintf(path, sizeof(path), "/sys/class/net/%s/%s", device, leaf);
	rc = ctx->transport->read_file(ctx->transport_data, path, ret_line,
				       LINE_SIZE);
	if (rc < 0)
		return rc;
	ret_line[strcspn(ret_line, "\n")] = '\0';
	return 0;
}

/* Whether /sys shows this device, and not one of another namespace. */
static bool is_in_sysfs(struct vbr_ctx *ctx, const struct link_info *link)
{
	char line[LINE_SIZE], text[LINE_SIZE];

	snprintf(text, sizeof(text), "%d", link->index);
	if (read_line(ctx, link->name, "ifindex", line) < 0 ||
	    strcmp(line, text) != 0)
		return false;
	mac_format(link->mac, text);
	return read_line(ctx, link->name, "address", line) == 0 &&
	       strcmp(line, text) == 0;
}

/* rtnetlink does not say. */
int vbr_link_is_mac_set(struct vbr_ctx *ctx, const char *device,
			bool *ret_is_set)
{
	char line[LINE_SIZE];
	struct link_info link;
	int rc;

	context_begin(ctx, N_("cannot read the address of \"%s\""), device);
	rc = link_find(ctx, device, &link);
	if (rc < 0)
		return rc;
	if (!is_in_sysfs(ctx, &link) ||
	    read_line(ctx, link.name, "addr_assign_type", line) < 0)
		return context_fail(ctx, -ENODATA,
				    _("/sys does not show this device"));
	/* NET_ADDR_SET of the kernel's <linux/netdevice.h>. */
	*ret_is_set = strcmp(line, "3") == 0;
	return 0;
}

/* --- set ------------------------------------------------------------------ */

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
	return context_fail_why(ctx, -EINVAL, _("its MTU goes from %u to %u"),
				link->min_mtu, max);
}

int link_check_mac(struct vbr_ctx *ctx, const uint8_t mac[6])
{
	static const uint8_t zero[6];

	if (!(mac[0] & 1) && memcmp(mac, zero, sizeof(zero)) != 0)
		return 0;
	return context_fail(ctx, -EADDRNOTAVAIL,
			    _("a device cannot have a multicast address, "
			      "nor zero"));
}

/*
 * What the kernel would refuse is refused before anything is sent: a bridge
 * whose address was set, even if it is set back, no longer takes the one of a
 * port.
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
