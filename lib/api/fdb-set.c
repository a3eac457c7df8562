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
#include "api/fdb-entry.h"
#include "api/fdb-find.h"
#include "api/fdb-self.h"
#include "api/remote.h"
#include "api/port-vlan.h"
#include "core/link.h"
#include "core/port.h"
#include "core/talk.h"
#include "wire/fdb.h"
#include "wire/kernel.h"
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
				    _("this is not the address of a station"));
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
	const char *why = _("it is not a member of that VLAN");

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
	       (entry->flags & NTF_STICKY) == (change->flags & NTF_STICKY);
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
		rc = fdb_find_known(ctx, bridge, change, (uint16_t)vid, &entry);
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
 * have the wanted entry, the kernel adds the others if the mode allows entries to
 * exist; the entry without a VLAN must not exist.
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
	change->mode = NLM_F_CREATE;
	rc = fdb_find_known(ctx, bridge, change, 0, &entry);
	return rc > 0 ? is_known(ctx) : rc;
}

/* Without a VLAN the kernel changes the entry without a VLAN, then that of each
 * VLAN of the port, and stops at the first that does not exist. */
static int check_replaced(struct vbr_ctx *ctx, const char *bridge,
			  const struct fdb_change *change)
{
	struct vbr_fdb_entry entry = { 0 };
	struct port_vlan_list vlans;
	int rc = read_vlans(ctx, change, &vlans), vid = 0;

	if (rc < 0)
		return rc;
	do
		rc = fdb_find_known(ctx, bridge, change, (uint16_t)vid, &entry);
	while (rc > 0 && (vid = port_vlan_list_next(&vlans, vid)) >= 0);
	port_vlan_list_clear(&vlans);
	return rc == 0 ? fdb_refuse_missing(ctx) : rc < 0 ? rc : 0;
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
	rc = fdb_find_known(ctx, bridge, change, change->vlan, &entry);
	if (rc > 0 && change->mode & NLM_F_EXCL)
		return is_known(ctx);
	if (rc == 0 && !(change->mode & NLM_F_CREATE))
		return fdb_refuse_missing(ctx);
	return rc < 0 ? rc : 0;
}

static int find_own(struct vbr_ctx *ctx, const char *bridge,
		    const struct fdb_change *change, uint16_t vlan)
{
	struct vbr_fdb_entry entry = { 0 };
	int rc = fdb_find_known(ctx, bridge, change, vlan, &entry);

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
	return rc == 0 ? fdb_refuse_missing(ctx) : rc < 0 ? rc : 0;
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

#define TABLE_FLAGS \
	(VBR_FDB_STICKY | VBR_FDB_EXTERN | VBR_FDB_NOTIFY | VBR_FDB_INACTIVE | \
	 VBR_FDB_USE | VBR_FDB_NOREFRESH)

/* The kernel ignores the state, and whether there is an entry. */
#define UNCHECKED (VBR_FDB_EXTERN | VBR_FDB_USE)

static int check_entry(struct vbr_ctx *ctx, const struct fdb_change *change,
		       const struct vbr_new_fdb_entry *entry)
{
	const enum vbr_fdb_state ages = change->is_bridge ? VBR_FDB_LOCAL
							  : VBR_FDB_LEARNED;

	if ((unsigned int)entry->state >= STATES ||
	    (unsigned int)entry->mode > VBR_FDB_APPEND)
		return context_fail(ctx, -EINVAL, NULL);
	if (entry->flags & VBR_FDB_ROUTER)
		return context_fail(ctx, -EINVAL,
				    _("only VXLAN devices have entries of "
				      "routers, in their own table (self)"));
	if (entry->flags & ~(unsigned int)TABLE_FLAGS)
		return context_fail(ctx, -EINVAL, NULL);
	if (entry->mode == VBR_FDB_APPEND)
		return fdb_refuse_append(ctx);
	if (entry->flags & UNCHECKED && entry->state != ages)
		return context_fail(ctx, -EINVAL,
				    _("an entry that is used or that a program "
				      "learned is not static"));
	return 0;
}

static void fill_change(struct fdb_change *change,
			const struct vbr_new_fdb_entry *entry)
{
	const unsigned int notify = VBR_FDB_NOTIFY | VBR_FDB_INACTIVE;

	change->state = nud_of[entry->state];
	change->flags = fdb_kernel_flags(entry->flags);
	change->mode = fdb_mode(entry->mode);
	change->has_notify = entry->flags & notify;
	change->notify = VB_FDB_NOTIFY;
	if (entry->flags & VBR_FDB_INACTIVE)
		change->notify |= VB_FDB_NOTIFY_INACTIVE;
	change->keeps_times = entry->flags & VBR_FDB_NOREFRESH;
}

/* Checks what the kernel does not. */
static int check_exists(struct vbr_ctx *ctx, const char *bridge,
			const struct vbr_new_fdb_entry *entry,
			struct fdb_change *change)
{
	struct vbr_fdb_entry known = { 0 };
	int rc;

	if (entry->mode == VBR_FDB_REPLACE && !entry->vlan)
		return check_replaced(ctx, bridge, change);
	rc = entry->mode == VBR_FDB_NEW && !entry->vlan
		     ? check_vlans(ctx, bridge, change)
		     : 0;
	if (rc < 0 || entry->mode == VBR_FDB_SET || !(entry->flags & UNCHECKED))
		return rc;
	rc = fdb_find_known(ctx, bridge, change, change->vlan, &known);
	if (rc < 0)
		return rc;
	if (entry->mode == VBR_FDB_NEW)
		return rc ? is_known(ctx) : 0;
	return rc ? 0 : fdb_refuse_missing(ctx);
}

static int explain_refusal(struct vbr_ctx *ctx, const char *bridge,
			   const char *device, const struct fdb_change *change,
			   int error)
{
	if (error == -EPERM && change->state == NUD_REACHABLE &&
	    !change->is_bridge)
		return explain(ctx, bridge, device);
	if (error == -EINVAL && lacks_vlan(ctx, change))
		return refuse_vlan(ctx);
	if (error == -ENOENT)
		return fdb_refuse_missing(ctx);
	return error;
}

static int add(struct vbr_ctx *ctx, const char *bridge, const char *device,
	       const uint8_t mac[MAC_LEN],
	       const struct vbr_new_fdb_entry *entry)
{
	struct fdb_change change;
	struct request req;
	int rc = begin(ctx, bridge, device, mac, entry->vlan, &change);

	if (rc == 0)
		rc = check_entry(ctx, &change, entry);
	if (rc < 0)
		return rc;
	fill_change(&change, entry);
	rc = check_exists(ctx, bridge, entry, &change);
	if (rc < 0)
		return rc;
	if (ctx->is_dry)
		return dry_run_add(ctx, bridge, &change);
	fdb_request_add(&req, &change);
	rc = talk(ctx, &req.head, NULL);
	return rc < 0 ? explain_refusal(ctx, bridge, device, &change, rc) : 0;
}

int vbr_fdb_add_with(struct vbr_ctx *ctx, const char *bridge,
		     const char *device, const uint8_t mac[6],
		     const struct vbr_new_fdb_entry *entry)
{
	char text[VBR_MAC_TEXT_SIZE];

	mac_format(mac, text);
	context_begin(
		ctx,
		entry->mode == VBR_FDB_REPLACE
			? N_("cannot change %s of \"%s\" of bridge \"%s\"")
			: N_("cannot add %s to \"%s\" of bridge \"%s\""),
		text, device, bridge);
	if (entry->flags & VBR_FDB_SELF)
		return fdb_add_self(ctx, bridge, device, mac, entry);
	if (remote_is_given(&entry->remote))
		return context_fail(ctx, -EINVAL,
				    _("only entries of the table of a VXLAN "
				      "device (self) have a destination"));
	return add(ctx, bridge, device, mac, entry);
}

int vbr_fdb_add(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const uint8_t mac[6], unsigned int vlan,
		enum vbr_fdb_state state, unsigned int flags)
{
	const struct vbr_new_fdb_entry entry = {
		.vlan = vlan,
		.state = state,
		.flags = flags,
	};
	char text[VBR_MAC_TEXT_SIZE];

	mac_format(mac, text);
	context_begin(ctx, N_("cannot add %s to \"%s\" of bridge \"%s\""), text,
		      device, bridge);
	if (flags & ~(unsigned int)VBR_FDB_STICKY)
		return context_fail(ctx, -EINVAL, NULL);
	return add(ctx, bridge, device, mac, &entry);
}

/* --- many entries --------------------------------------------------------- */

static void fill(const struct fdb_change *device, const struct fdb_new *entry,
		 struct request *ret_req)
{
	struct fdb_change change = *device;

	memcpy(change.mac, entry->mac, MAC_LEN);
	change.vlan = (uint16_t)entry->with.vlan;
	fill_change(&change, &entry->with);
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
		return fdb_refuse_missing(ctx);
	return rc == -EINVAL && lacks_vlan(ctx, &change) ? refuse_vlan(ctx)
							 : rc;
}
