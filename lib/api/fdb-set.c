/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Adds and deletes FDB entries. */

#include "config.h"

#include "api/fdb-set.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/neighbour.h>
#include <stdbool.h>
#include <string.h>

#include "base/mac.h"
#include "base/vids.h"
#include "core/batch.h"
#include "core/context.h"
#include "api/fdb-find.h"
#include "api/port-vlan.h"
#include "core/link.h"
#include "core/port.h"
#include "core/talk.h"
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

static int begin(struct vbr_ctx *ctx, const char *bridge, const char *device,
		 const uint8_t mac[MAC_LEN], unsigned int vlan,
		 struct fdb_change *ret_change)
{
	int rc = check_mac(ctx, mac);

	*ret_change = (struct fdb_change){ .vlan = (uint16_t)vlan };
	memcpy(ret_change->mac, mac, MAC_LEN);
	if (rc == 0)
		rc = fdb_check_vlan(ctx, vlan);
	return rc < 0 ? rc : fdb_find_device(ctx, bridge, device, ret_change);
}

/* --- lookups -------------------------------------------------------------- */

static int on_fdb_entry(void *data, const struct nlmsghdr *msg)
{
	return fdb_parse(msg, data);
}

static void forget_known(void *data)
{
	*(struct vbr_fdb_entry *)data = (struct vbr_fdb_entry){ 0 };
}

/* Looks up the address in a VLAN, on any port. Returns 1 and stores the entry,
 * 0 if there is none, or a negative errno. */
static int find_known(struct vbr_ctx *ctx, const char *bridge,
		      const struct fdb_change *change, uint16_t vlan,
		      struct vbr_fdb_entry *ret_entry)
{
	const struct fdb_query query = { change->mac, 0, vlan };
	struct vbr_fdb_entry entry = { 0 };
	const struct talk_handler handler = { on_fdb_entry, forget_known,
					      &entry };
	struct request req;
	int rc;

	fdb_request_get(&req, change, vlan);
	rc = talk(ctx, &req.head, &handler);
	if (rc == -EOPNOTSUPP)
		return fdb_find(ctx, bridge, &query, ret_entry);
	if (rc < 0)
		return rc == -ENOENT ? 0 : rc;
	*ret_entry = entry;
	return 1;
}

/* The kernel has no entries in a VLAN that the device is not a member of. It
 * returns EINVAL without an explanation. */
static bool lacks_vlan(struct vbr_ctx *ctx, const struct fdb_change *change)
{
	struct failure failure = ctx->failure;
	struct port_vlan_list vlans;
	bool lacks = false;
	int rc;

	if (!change->vlan)
		return false;
	rc = port_vlan_read_device(ctx, change->device, VBR_SCOPE_PORT_VLAN,
				   &vlans);
	if (rc == 0) {
		lacks = !port_vlan_list_find(&vlans, change->vlan);
		port_vlan_list_clear(&vlans);
	}
	ctx->failure = failure;
	return lacks || rc == -EOPNOTSUPP;
}

static int refuse_vlan(struct vbr_ctx *ctx)
{
	const char *why = _("it is no member of that VLAN");

	return ctx->is_dry ? context_fail(ctx, -EINVAL, why)
			   : context_fail_as(ctx, -EINVAL, why);
}

/* Without CAP_NET_ADMIN the kernel returns EPERM for any request, even for a
 * meaningless one. */
static bool may_change(struct vbr_ctx *ctx)
{
	const struct fdb_change nothing = { 0 };
	struct request req;

	fdb_request_del(&req, &nothing);
	return talk(ctx, &req.head, NULL) != -EPERM;
}

/* Whether adding would have resulted in this entry. It may have aged since. */
static bool is_alike(const struct vbr_fdb_entry *entry,
		     const struct fdb_change *change)
{
	unsigned int state = entry->state & NUD_STALE ? NUD_REACHABLE
						      : entry->state;

	return entry->port == change->device && state == change->state &&
	       (entry->flags & NTF_STICKY) == change->flags;
}

static int is_known(struct vbr_ctx *ctx)
{
	return ctx->is_dry || may_change(ctx) ? context_fail(ctx, -EEXIST, NULL)
					      : -EPERM;
}

/* Reads the VLANs of the device. The list is empty if reading them is
 * expensive. */
static int read_vlans(struct vbr_ctx *ctx, const struct fdb_change *change,
		      struct port_vlan_list *ret_vlans)
{
	struct failure failure = ctx->failure;
	int rc = port_vlan_read_cheaply(ctx, change->device, ret_vlans);

	if (rc != -EOPNOTSUPP)
		return rc;
	ctx->failure = failure;
	*ret_vlans = (struct port_vlan_list){ 0 };
	return 0;
}

enum known {
	KNOWN_NOWHERE,
	KNOWN_ALIKE, /* each VLAN that has the address has the wanted entry */
	KNOWN_OTHERWISE,
};

/* Looks up the address in all VLANs of the device. */
static int look_in_vlans(struct vbr_ctx *ctx, const char *bridge,
			 const struct fdb_change *change, enum known *ret_known)
{
	struct vbr_fdb_entry entry = { 0 };
	struct port_vlan_list vlans;
	int rc = read_vlans(ctx, change, &vlans), vid = -1;

	*ret_known = KNOWN_NOWHERE;
	if (rc < 0)
		return rc;
	while (rc >= 0 && *ret_known != KNOWN_OTHERWISE &&
	       (vid = port_vlan_list_next(&vlans, vid)) >= 0) {
		rc = find_known(ctx, bridge, change, (uint16_t)vid, &entry);
		if (rc > 0)
			*ret_known = is_alike(&entry, change) ? KNOWN_ALIKE
							      : KNOWN_OTHERWISE;
	}
	port_vlan_list_clear(&vlans);
	return rc < 0 ? rc : 0;
}

/*
 * Without a VLAN the kernel adds the entry without a VLAN, then in each VLAN of
 * the port. It stops at the first VLAN that has the address, and keeps what it
 * has added. So no VLAN may have a different entry for the address. If some
 * have the wanted entry, "may_exist" makes the kernel add the others; the entry
 * without a VLAN must not exist.
 */
static int check_vlans(struct vbr_ctx *ctx, const char *bridge,
		       struct fdb_change *change)
{
	struct vbr_fdb_entry entry = { 0 };
	enum known known;
	int rc = look_in_vlans(ctx, bridge, change, &known);

	if (rc < 0 || known == KNOWN_NOWHERE)
		return rc;
	if (known == KNOWN_OTHERWISE)
		return is_known(ctx);
	change->may_exist = true;
	rc = find_known(ctx, bridge, change, 0, &entry);
	return rc > 0 ? is_known(ctx) : rc;
}

/* A bridge has at most one entry for an address and a VLAN, whatever the port.
 * An entry for the bridge itself must be local. */
static int dry_run_add(struct vbr_ctx *ctx, const char *bridge,
		       const struct fdb_change *change)
{
	struct vbr_fdb_entry entry = { 0 };
	int rc;

	if (change->is_bridge && change->state != NUD_PERMANENT)
		return context_fail(ctx, -EINVAL, NULL);
	if (lacks_vlan(ctx, change))
		return refuse_vlan(ctx);
	rc = find_known(ctx, bridge, change, change->vlan, &entry);
	return rc > 0 ? is_known(ctx) : rc;
}

static int find_own(struct vbr_ctx *ctx, const char *bridge,
		    const struct fdb_change *change, uint16_t vlan)
{
	struct vbr_fdb_entry entry = { 0 };
	int rc = find_known(ctx, bridge, change, vlan, &entry);

	return rc > 0 ? entry.port == change->device : rc;
}

/* Without a VLAN the kernel deletes the entry without a VLAN, and those in the
 * VLANs of the device. */
static int dry_run_del(struct vbr_ctx *ctx, const char *bridge,
		       const struct fdb_change *change)
{
	struct port_vlan_list vlans;
	int rc = read_vlans(ctx, change, &vlans), vid = -1;

	if (rc < 0)
		return rc;
	if (change->vlan && vlans.count &&
	    !port_vlan_list_find(&vlans, change->vlan)) {
		port_vlan_list_clear(&vlans);
		return refuse_vlan(ctx);
	}
	rc = find_own(ctx, bridge, change, change->vlan);
	while (!change->vlan && rc == 0 &&
	       (vid = port_vlan_list_next(&vlans, vid)) >= 0)
		rc = find_own(ctx, bridge, change, (uint16_t)vid);
	port_vlan_list_clear(&vlans);
	return rc == 0 ? context_fail(ctx, -ENOENT, _("there is no such entry"))
	       : rc < 0 ? rc
			: 0;
}

/* --- one entry ------------------------------------------------------------ */

static bool can_learn(struct vbr_ctx *ctx, const char *bridge, const char *port)
{
	uint64_t state;

	/* If the state cannot be read, the kernel's error stays. */
	if (port_get_value(ctx, bridge, port, "state", &state) < 0)
		return true;
	return state == BR_STATE_LEARNING || state == BR_STATE_FORWARDING;
}

/* EPERM may also mean an entry that ages, on a port that cannot learn. */
static int explain(struct vbr_ctx *ctx, const char *bridge, const char *port)
{
	struct failure refusal = ctx->failure;
	bool is_state = may_change(ctx) && !can_learn(ctx, bridge, port);

	ctx->failure = refusal;
	return is_state
		       ? context_fail_as(
				 ctx, -EBUSY,
				 _("the port neither learns nor forwards (its "
				   "option state), and takes only entries that "
				   "do not age"))
		       : -EPERM;
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
	context_begin(ctx, N_("cannot add %s to \"%s\" of bridge \"%s\""), text,
		      device, bridge);
	rc = begin(ctx, bridge, device, mac, vlan, &change);
	if (rc < 0)
		return rc;
	if ((unsigned int)state >= STATES || flags & ~VBR_FDB_STICKY)
		return context_fail(ctx, -EINVAL, NULL);
	change.state = nud_of[state];
	change.flags = flags & VBR_FDB_STICKY ? NTF_STICKY : 0;
	if (vlan == 0)
		rc = check_vlans(ctx, bridge, &change);
	if (rc < 0)
		return rc;
	if (ctx->is_dry)
		return dry_run_add(ctx, bridge, &change);
	fdb_request_add(&req, &change);
	rc = talk(ctx, &req.head, NULL);
	if (rc == -EPERM && state == VBR_FDB_LEARNED && !change.is_bridge)
		return explain(ctx, bridge, device);
	if (rc == -EINVAL && lacks_vlan(ctx, &change))
		return refuse_vlan(ctx);
	return rc;
}

/* --- many entries --------------------------------------------------------- */

static void fill(const struct fdb_change *device, const struct fdb_new *entry,
		 struct request *ret_req)
{
	struct fdb_change change = *device;

	memcpy(change.mac, entry->mac, MAC_LEN);
	change.vlan = (uint16_t)entry->vlan;
	change.state = nud_of[entry->state];
	change.flags = entry->flags & VBR_FDB_STICKY ? NTF_STICKY : 0;
	fdb_request_add(ret_req, &change);
}

void fdb_add_many(struct vbr_ctx *ctx, const char *bridge, const char *device,
		  const struct fdb_new *entries, size_t count,
		  int *ret_verdicts)
{
	struct request reqs[FDB_NEW_MAX];
	struct fdb_change change = { 0 };
	int rc;

	context_begin(ctx,
		      N_("cannot add addresses to \"%s\" of bridge \"%s\""),
		      device, bridge);
	rc = fdb_find_device(ctx, bridge, device, &change);
	for (size_t i = 0; rc == 0 && i < count; i++) {
		rc = check_mac(ctx, entries[i].mac);
		fill(&change, &entries[i], &reqs[i]);
	}
	for (size_t i = 0; i < count; i++)
		ret_verdicts[i] = rc;
	if (rc == 0)
		talk_batch(ctx, reqs, count, ret_verdicts);
}

/* --- deletion ------------------------------------------------------------- */

int vbr_fdb_del(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const uint8_t mac[6], unsigned int vlan)
{
	char text[VBR_MAC_TEXT_SIZE];
	struct fdb_change change;
	struct request req;
	int rc;

	mac_format(mac, text);
	context_begin(ctx, N_("cannot delete %s of \"%s\" of bridge \"%s\""),
		      text, device, bridge);
	rc = begin(ctx, bridge, device, mac, vlan, &change);
	if (rc < 0)
		return rc;
	if (ctx->is_dry)
		return dry_run_del(ctx, bridge, &change);
	fdb_request_del(&req, &change);
	rc = talk(ctx, &req.head, NULL);
	if (rc == -ENOENT)
		return context_fail_as(ctx, rc, _("there is no such entry"));
	return rc == -EINVAL && lacks_vlan(ctx, &change) ? refuse_vlan(ctx)
							 : rc;
}
