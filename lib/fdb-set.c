/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Changes the FDB: entries made and deleted, one by one or all at once. */

#include "config.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/neighbour.h>
#include <stdlib.h>
#include <string.h>

#include "base/mac.h"
#include "base/vids.h"
#include "context.h"
#include "link.h"
#include "talk.h"
#include "wire/fdb.h"

static const uint16_t nud_of[] = {
	[VBR_FDB_LOCAL] = NUD_PERMANENT,
	[VBR_FDB_STATIC] = NUD_NOARP,
	[VBR_FDB_LEARNED] = NUD_REACHABLE,
};

#define STATES (sizeof(nud_of) / sizeof(nud_of[0]))

static int check_mac(struct vbr_ctx *ctx, const uint8_t mac[MAC_LEN])
{
	static const uint8_t none[MAC_LEN];

	if (mac[0] & 1)
		return context_fail(ctx, -EINVAL,
				    _("this is the address of a multicast "
				      "group, not of a station"));
	if (memcmp(mac, none, sizeof(none)) == 0)
		return context_fail(ctx, -EINVAL,
				    _("this is the address of no station"));
	return 0;
}

static int check_vlan(struct vbr_ctx *ctx, unsigned int vlan)
{
	return vlan > VID_MAX ?
		context_fail(ctx, -ERANGE, _("VLAN ids go from 1 to 4094")) :
		0;
}

/* A port of the bridge, or the bridge itself. */
static int find_device(struct vbr_ctx *ctx, const char *bridge,
		       const char *device, struct fdb_change *change)
{
	struct link_info link;
	int rc;

	change->is_bridge = strcmp(bridge, device) == 0;
	if (change->is_bridge)
		rc = link_find_bridge(ctx, device, &link);
	else
		rc = link_find_port(ctx, bridge, device, &link);
	if (rc == 0)
		change->device = link.index;
	return rc;
}

static int begin(struct vbr_ctx *ctx, const char *bridge, const char *device,
		 const uint8_t mac[MAC_LEN], unsigned int vlan,
		 struct fdb_change *ret_change)
{
	int rc = check_mac(ctx, mac);

	*ret_change = (struct fdb_change){ .vlan = (uint16_t)vlan };
	memcpy(ret_change->mac, mac, MAC_LEN);
	if (rc == 0)
		rc = check_vlan(ctx, vlan);
	return rc < 0 ? rc : find_device(ctx, bridge, device, ret_change);
}

/* The kernel has one word for this and for a missing capability. */
static void explain(struct vbr_ctx *ctx, const char *bridge, const char *name)
{
	struct failure refusal = ctx->failure;
	struct asked asked = ctx->asked;
	struct vbr_port *port;
	bool is_learning = true;
	uint64_t state;

	if (vbr_port_get(ctx, bridge, name, &port) == 0) {
		if (vbr_port_value(port, "state", &state) == 0)
			is_learning = state == BR_STATE_LEARNING ||
				state == BR_STATE_FORWARDING;
		vbr_port_free(port);
	}
	ctx->failure = refusal;
	ctx->asked = asked;
	if (!is_learning)
		context_append(ctx, "%s",
			       _(", or a port that is learning: this one takes "
				 "only static and local entries now"));
}

int vbr_fdb_add(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const uint8_t mac[6], unsigned int vlan,
		enum vbr_fdb_state state, unsigned int flags)
{
	char text[VBR_MAC_TEXT_SIZE];
	struct fdb_change change;
	struct request req;
	int rc;

	mac_format(mac, text);
	context_ask(ctx, N_("cannot add %s to \"%s\" of bridge \"%s\""), text,
		    device, bridge);
	rc = begin(ctx, bridge, device, mac, vlan, &change);
	if (rc < 0)
		return rc;
	if ((unsigned int)state >= STATES || flags & ~VBR_FDB_STICKY)
		return context_fail(ctx, -EINVAL, NULL);
	change.state = nud_of[state];
	change.flags = flags & VBR_FDB_STICKY ? NTF_STICKY : 0;
	fdb_request_add(&req, &change);
	rc = talk(ctx, &req.head, NULL);
	if (rc == -EPERM && state == VBR_FDB_LEARNED)
		explain(ctx, bridge, device);
	return rc;
}

int vbr_fdb_del(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const uint8_t mac[6], unsigned int vlan)
{
	char text[VBR_MAC_TEXT_SIZE];
	struct fdb_change change;
	struct request req;
	int rc;

	mac_format(mac, text);
	context_ask(ctx, N_("cannot delete %s of \"%s\" of bridge \"%s\""),
		    text, device, bridge);
	rc = begin(ctx, bridge, device, mac, vlan, &change);
	if (rc < 0)
		return rc;
	fdb_request_del(&req, &change);
	return talk(ctx, &req.head, NULL);
}

/* --- many at once --------------------------------------------------------- */

/* A kernel that cannot flush by what an entry is gets the entries one by one;
 * what has gone meanwhile is gone. */
struct victims {
	const struct fdb_flush *flush;
	size_t count, room;
	struct vbr_fdb_entry *entries;
};

static int collect(const struct vbr_fdb_entry *entry, void *data)
{
	struct victims *victims = data;
	struct vbr_fdb_entry *entries;

	if (!fdb_is_flushed(entry, victims->flush))
		return 0;
	entries = array_grow(victims->entries, sizeof(*entries),
			     victims->count, &victims->room);
	if (!entries)
		return -ENOMEM;
	victims->entries = entries;
	entries[victims->count++] = *entry;
	return 0;
}

static int delete_each(struct vbr_ctx *ctx, const struct victims *victims)
{
	for (size_t i = 0; i < victims->count; i++) {
		const struct vbr_fdb_entry *entry = &victims->entries[i];
		struct fdb_change change = {
			.device = entry->port,
			.is_bridge = entry->port == entry->bridge,
			.vlan = entry->vlan,
		};
		struct request req;
		int rc;

		memcpy(change.mac, entry->mac, MAC_LEN);
		fdb_request_del(&req, &change);
		rc = talk(ctx, &req.head, NULL);
		if (rc < 0 && rc != -ENOENT)
			return rc;
	}
	return 0;
}

static int flush_slowly(struct vbr_ctx *ctx, const char *bridge,
			const struct fdb_flush *flush)
{
	struct asked asked = ctx->asked;
	struct victims victims = { .flush = flush };
	int rc = vbr_fdb_walk(ctx, bridge, collect, &victims);

	ctx->asked = asked;
	if (rc == 0)
		rc = delete_each(ctx, &victims);
	free(victims.entries);
	return rc;
}

static int flush_state(struct vbr_ctx *ctx, const char *bridge,
		       const struct fdb_flush *flush)
{
	struct request req;
	int rc;

	fdb_request_flush(&req, flush);
	rc = talk(ctx, &req.head, NULL);
	/* So an older kernel answers, which takes it for one entry. */
	if (rc == -EINVAL || rc == -EOPNOTSUPP)
		rc = flush_slowly(ctx, bridge, flush);
	return rc;
}

/* The kernel's filter has one state, or any. */
static int flush_states(struct vbr_ctx *ctx, const char *bridge,
			unsigned int states, struct fdb_flush *flush)
{
	static const uint16_t nud[] = {
		[VBR_FDB_LOCAL] = NUD_PERMANENT,
		[VBR_FDB_STATIC] = NUD_NOARP,
		[VBR_FDB_LEARNED] = 0,
	};
	int rc = 0;

	if (states == VBR_FDB_ANY)
		return flush_state(ctx, bridge, flush);
	for (size_t i = 0; i < STATES && rc == 0; i++) {
		if (!(states >> i & 1))
			continue;
		flush->state = nud[i];
		flush->state_mask = NUD_PERMANENT | NUD_NOARP;
		/* What is local is also static to it, and either way. */
		if (i == VBR_FDB_LOCAL)
			flush->state_mask = NUD_PERMANENT;
		rc = flush_state(ctx, bridge, flush);
	}
	return rc;
}

static uint8_t kernel_flags(unsigned int flags)
{
	unsigned int bits = 0;

	if (flags & VBR_FDB_STICKY)
		bits |= NTF_STICKY;
	if (flags & VBR_FDB_EXTERN)
		bits |= NTF_EXT_LEARNED;
	if (flags & VBR_FDB_OFFLOADED)
		bits |= NTF_OFFLOADED;
	if (flags & VBR_FDB_USER)
		bits |= NTF_USE;
	return (uint8_t)bits;
}

int vbr_fdb_flush(struct vbr_ctx *ctx, const char *bridge,
		  const struct vbr_fdb_filter *filter)
{
	const struct vbr_fdb_filter learned = { 0 };
	struct fdb_flush flush = { 0 };
	struct fdb_change place = { 0 };
	unsigned int states;
	struct link_info link;
	int rc;

	context_ask(ctx, N_("cannot flush the FDB of bridge \"%s\""), bridge);
	if (!filter)
		filter = &learned;
	rc = check_vlan(ctx, filter->vlan);
	if (rc == 0)
		rc = link_find_bridge(ctx, bridge, &link);
	if (rc == 0)
		flush.bridge = link.index;
	if (rc == 0 && filter->port)
		rc = find_device(ctx, bridge, filter->port, &place);
	if (rc < 0)
		return rc;
	states = filter->states ? filter->states : 1u << VBR_FDB_LEARNED;
	flush.port = place.device;
	flush.vlan = (uint16_t)filter->vlan;
	flush.flags = kernel_flags(filter->flags & filter->flags_mask);
	flush.flags_mask = kernel_flags(filter->flags_mask);
	return flush_states(ctx, bridge, states, &flush);
}
