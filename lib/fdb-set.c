/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Changes the FDB: entries made and deleted, one by one or all at once. */

#include "config.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/neighbour.h>
#include <stdbool.h>
#include <string.h>

#include "base/mac.h"
#include "base/vids.h"
#include "context.h"
#include "link.h"
#include "talk.h"
#include "wire/fdb.h"
#include "wire/request.h"

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

/* Who lacks the capability is refused whatever it is about. */
static bool may_change(struct vbr_ctx *ctx)
{
	const struct fdb_change nothing = { 0 };
	struct request req;

	fdb_request_del(&req, &nothing);
	return talk(ctx, &req.head, NULL) != -EPERM;
}

static bool can_learn(struct vbr_ctx *ctx, const char *bridge,
		      const char *port)
{
	uint64_t state;

	/* Where that cannot be seen, the kernel's answer stays. */
	if (link_port_value(ctx, bridge, port, "state", &state) < 0)
		return true;
	return state == BR_STATE_LEARNING || state == BR_STATE_FORWARDING;
}

/* With EPERM the kernel also refuses what ages on a port that cannot learn. */
static int explain(struct vbr_ctx *ctx, const char *bridge, const char *port)
{
	struct failure refusal = ctx->failure;
	bool is_state = may_change(ctx) && !can_learn(ctx, bridge, port);

	ctx->failure = refusal;
	return is_state ?
		context_fail_as(ctx, -EBUSY,
				_("the port neither learns nor forwards (its "
				  "option state), and takes only entries that "
				  "do not age")) : -EPERM;
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
	if (rc == -EPERM && state == VBR_FDB_LEARNED && !change.is_bridge)
		return explain(ctx, bridge, device);
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

struct flush {
	struct vbr_ctx *ctx;
	const char *bridge;
	struct fdb_flush by;
	/* Some entries may be gone already. */
	bool has_begun;
};

static bool is_one_place(const struct vbr_fdb_entry *a,
			 const struct vbr_fdb_entry *b)
{
	return a->port == b->port && memcmp(a->mac, b->mac, MAC_LEN) == 0;
}

/*
 * A kernel that cannot flush by what an entry is gets the entries one by one.
 * Told of no VLAN, it deletes an address in all VLANs of the port: what shall
 * stay there is not risked. In the list they follow each other.
 */
static int check_others(const struct flush *flush, const struct vbr_fdb *fdb)
{
	const struct vbr_fdb_entry *entry, *goes = NULL;
	char text[VBR_MAC_TEXT_SIZE];

	for (size_t i = 0; (entry = vbr_fdb_at(fdb, i)); i++) {
		if (fdb_is_flushed(entry, &flush->by)) {
			if (!entry->vlan)
				goes = entry;
			continue;
		}
		if (!goes || !is_one_place(goes, entry))
			continue;
		mac_format(entry->mac, text);
		return context_fail_why(flush->ctx, -EOPNOTSUPP,
					_("%s shall stay in VLAN %u, where "
					  "this kernel would delete it, too"),
					text, entry->vlan);
	}
	return 0;
}

/* The kernel's answer stays where that cannot be seen. */
static bool is_there(const struct flush *flush,
		     const struct vbr_fdb_entry *wanted)
{
	struct vbr_ctx *ctx = flush->ctx;
	struct failure refusal = ctx->failure;
	struct asked asked = ctx->asked;
	const struct vbr_fdb_entry *entry;
	struct vbr_fdb *fdb;
	bool found = vbr_fdb_list(ctx, flush->bridge, &fdb) < 0;

	if (!found) {
		for (size_t i = 0; (entry = vbr_fdb_at(fdb, i)); i++)
			found |= is_one_place(entry, wanted) &&
				 entry->vlan == wanted->vlan;
		vbr_fdb_free(fdb);
	}
	ctx->failure = refusal;
	ctx->asked = asked;
	return found;
}

/* What has gone meanwhile is gone; of a port that has, or a VLAN, the kernel
 * says something else. */
static int delete_one(struct flush *flush, const struct vbr_fdb_entry *entry)
{
	struct fdb_change change = {
		.device = entry->port,
		.is_bridge = entry->port == entry->bridge,
		.vlan = entry->vlan,
	};
	struct request req;
	int rc;

	memcpy(change.mac, entry->mac, MAC_LEN);
	fdb_request_del(&req, &change);
	rc = talk(flush->ctx, &req.head, NULL);
	if (rc == 0)
		flush->has_begun = true;
	if (rc == -ENOENT || (rc < 0 && !is_there(flush, entry)))
		return 0;
	return rc;
}

static int delete_each(struct flush *flush)
{
	struct asked asked = flush->ctx->asked;
	const struct vbr_fdb_entry *entry;
	struct vbr_fdb *fdb;
	int rc = vbr_fdb_list(flush->ctx, flush->bridge, &fdb);

	if (rc < 0)
		return rc;
	flush->ctx->asked = asked;
	rc = check_others(flush, fdb);
	for (size_t i = 0; rc == 0 && (entry = vbr_fdb_at(fdb, i)); i++)
		if (fdb_is_flushed(entry, &flush->by))
			rc = delete_one(flush, entry);
	vbr_fdb_free(fdb);
	return rc;
}

/* All that was learned, of the bridge or a port, it can flush, but for what a
 * port has from elsewhere. */
static int flush_learned(struct flush *flush)
{
	struct option_value flushed = { .value = 1 };
	int rc, port = flush->by.port;
	struct request req;
	size_t bad;

	flushed.option = option_find(port ? SCOPE_PORT : SCOPE_BRIDGE,
				     "flush");
	rc = port ? request_port_set(&req, port, &flushed, 1, &bad) :
		request_bridge_set(&req, flush->bridge, &flushed, 1, &bad);
	if (rc < 0)
		return context_fail(flush->ctx, rc, NULL);
	rc = talk(flush->ctx, &req.head, NULL);
	if (rc == 0)
		flush->has_begun = true;
	return rc;
}

static int flush_slowly(struct flush *flush)
{
	const struct fdb_flush *by = &flush->by;
	int rc = 0;

	if (by->flags_mask & NTF_USE)
		return context_fail(flush->ctx, -EOPNOTSUPP,
				    _("which entries were made by hand this "
				      "kernel cannot tell; Linux 5.19 can"));
	if (by->state_mask && !by->state && !by->flags_mask && !by->vlan &&
	    by->port != by->bridge)
		rc = flush_learned(flush);
	return rc < 0 ? rc : delete_each(flush);
}

static int flush_state(struct flush *flush)
{
	struct request req;
	int rc;

	fdb_request_flush(&req, &flush->by);
	rc = talk(flush->ctx, &req.head, NULL);
	/* So an older kernel answers, which takes it for one entry. */
	if (rc == -EINVAL || rc == -EOPNOTSUPP)
		return flush_slowly(flush);
	if (rc == 0)
		flush->has_begun = true;
	return rc;
}

/* The kernel's filter has one state, or any. */
static int flush_states(struct flush *flush, unsigned int states)
{
	static const uint16_t nud[] = {
		[VBR_FDB_LOCAL] = NUD_PERMANENT,
		[VBR_FDB_STATIC] = NUD_NOARP,
		[VBR_FDB_LEARNED] = 0,
	};
	int rc = 0;

	if (states == VBR_FDB_ANY)
		return flush_state(flush);
	for (size_t i = 0; i < STATES && rc == 0; i++) {
		if (!(states >> i & 1))
			continue;
		flush->by.state = nud[i];
		flush->by.state_mask = NUD_PERMANENT | NUD_NOARP;
		/* What is local is also static to it, and either way. */
		if (i == VBR_FDB_LOCAL)
			flush->by.state_mask = NUD_PERMANENT;
		rc = flush_state(flush);
	}
	return rc;
}

#define FLAGS (VBR_FDB_STICKY | VBR_FDB_EXTERN | VBR_FDB_OFFLOADED | \
	       VBR_FDB_USER)

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

/* What the kernel is not told of would be no limit at all. */
static int check_filter(struct vbr_ctx *ctx,
			const struct vbr_fdb_filter *filter)
{
	if (filter->states & ~VBR_FDB_ANY)
		return context_fail(ctx, -EINVAL,
				    _("its states can be local, static and "
				      "learned"));
	if ((filter->flags | filter->flags_mask) & ~(unsigned int)FLAGS)
		return context_fail(ctx, -EINVAL,
				    _("its flags can be sticky, extern, "
				      "offloaded and user"));
	return check_vlan(ctx, filter->vlan);
}

int vbr_fdb_flush(struct vbr_ctx *ctx, const char *bridge,
		  const struct vbr_fdb_filter *filter)
{
	const struct vbr_fdb_filter learned = { 0 };
	struct flush flush = { .ctx = ctx, .bridge = bridge };
	struct fdb_change place = { 0 };
	struct link_info link;
	int rc;

	context_ask(ctx, N_("cannot flush the FDB of bridge \"%s\""), bridge);
	if (!filter)
		filter = &learned;
	rc = check_filter(ctx, filter);
	if (rc == 0)
		rc = link_find_bridge(ctx, bridge, &link);
	if (rc == 0)
		flush.by.bridge = link.index;
	if (rc == 0 && filter->port)
		rc = find_device(ctx, bridge, filter->port, &place);
	if (rc < 0)
		return rc;
	flush.by.port = place.device;
	flush.by.vlan = (uint16_t)filter->vlan;
	flush.by.flags = kernel_flags(filter->flags & filter->flags_mask);
	flush.by.flags_mask = kernel_flags(filter->flags_mask);
	rc = flush_states(&flush, filter->states ? filter->states :
			  1u << VBR_FDB_LEARNED);
	if (rc < 0 && flush.has_begun)
		context_append(ctx, "; %s", _("some entries may have been "
			       "deleted"));
	return rc;
}
