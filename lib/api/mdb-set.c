/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Adds members to multicast groups, and deletes them. */

#include "config.h"

#include <errno.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/vids.h"
#include "core/batch.h"
#include "core/context.h"
#include "api/port-vlan.h"
#include "core/link.h"
#include "core/port.h"
#include "core/option-value.h"
#include "core/talk.h"
#include "wire/mdb.h"

static int parse_group(struct vbr_ctx *ctx, const char *text,
		       struct address *ret_group)
{
	struct address group;

	if (address_parse(text, &group) < 0)
		return context_fail_word(ctx, -EINVAL,
					 _("\"%s\" is no address "
					   "of IPv4, IPv6 or Ethernet"),
					 text);
	if (!address_is_multicast(&group))
		return context_fail_word(ctx, -EINVAL,
					 _("%s is not the "
					   "address of a group"),
					 text);
	*ret_group = group;
	return 0;
}

static int parse_source(struct vbr_ctx *ctx, const char *text,
			const struct address *group, struct address *ret_source)
{
	struct address source;

	if (address_parse(text, &source) < 0 ||
	    source.family != group->family || source.family == ADDRESS_MAC)
		return context_fail_word(ctx, -EINVAL,
					 _("\"%s\" is no source "
					   "of such a group"),
					 text);
	if (address_is_multicast(&source))
		return context_fail_word(ctx, -EINVAL,
					 _("%s is the address of "
					   "a group itself"),
					 text);
	*ret_source = source;
	return 0;
}

/* Members are ports and the host; the bridge's own name means the host. */
static int find_member(struct vbr_ctx *ctx, const char *bridge,
		       const char *device, struct mdb_change *change)
{
	struct link_info link;
	int rc = port_find_member(ctx, bridge, device, &link);

	if (rc < 0)
		return rc;
	change->port = link.index;
	change->bridge = link.kind == LINK_BRIDGE ? link.index : link.master;
	return 0;
}

struct spec {
	struct address group, source;
	struct mdb_change change;
	struct link_info bridge; /* only set without a VLAN or in a dry run */
	bool in_all;		 /* for all VLANs of the member */
};

/* On a bridge that filters, no VLAN means all VLANs of the member. */
static int look_at_bridge(struct vbr_ctx *ctx, const char *bridge,
			  struct spec *spec)
{
	uint64_t filtering = 0;
	int rc;

	if (spec->change.vlan && !ctx->is_dry)
		return 0;
	rc = link_find_bridge(ctx, bridge, &spec->bridge);
	if (rc < 0)
		return rc;
	option_value(link_options(&spec->bridge, VBR_SCOPE_BRIDGE),
		     VBR_SCOPE_BRIDGE, "vlan_filtering", &filtering);
	spec->in_all = filtering && !spec->change.vlan;
	return 0;
}

static int begin(struct vbr_ctx *ctx, const char *bridge, const char *device,
		 const char *group, const char *source, unsigned int vlan,
		 struct spec *spec)
{
	int rc = parse_group(ctx, group, &spec->group);

	spec->change = (struct mdb_change){
		.group = &spec->group,
		.source = source ? &spec->source : NULL,
		.vlan = (uint16_t)vlan,
	};
	if (rc == 0 && source)
		rc = parse_source(ctx, source, &spec->group, &spec->source);
	if (rc == 0 && vlan > VID_MAX)
		rc = context_fail(ctx, -ERANGE,
				  _("VLAN ids go from 1 to 4094"));
	if (rc == 0)
		rc = find_member(ctx, bridge, device, &spec->change);
	return rc < 0 ? rc : look_at_bridge(ctx, bridge, spec);
}

/*
 * Calls "take" for each entry of the change, in all VLANs if "in_all". If
 * "take" returns other than 0, that ends the search. A bridge that filters
 * neither uses nor deletes entries without a VLAN that are left from before.
 */
static int find(struct vbr_ctx *ctx, const char *bridge,
		const struct mdb_change *change, bool in_all,
		int (*take)(void *data, const struct vbr_mdb_entry *entry),
		void *data)
{
	struct operation operation = ctx->operation;
	struct mdb_change query = *change;
	const struct vbr_mdb_entry *entry;
	struct vbr_mdb *mdb;
	int rc = vbr_mdb_list(ctx, bridge, &mdb);

	ctx->operation = operation;
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && (entry = vbr_mdb_at(mdb, i)); i++) {
		if (in_all && !entry->vlan)
			continue;
		if (in_all)
			query.vlan = entry->vlan;
		if (mdb_is_entry(entry, &query))
			rc = take(data, entry);
	}
	vbr_mdb_free(mdb);
	return rc;
}

static int stop(void *data, const struct vbr_mdb_entry *entry)
{
	(void)data;
	(void)entry;
	return 1;
}

/* Returns 1 if it is a member, 0 if not, or a negative errno. */
static int is_there(struct vbr_ctx *ctx, const char *bridge,
		    const struct mdb_change *change, bool in_all)
{
	return find(ctx, bridge, change, in_all, stop, NULL);
}

/* The kernel refuses all changes while the bridge is down or does not snoop. A
 * bridge that does not snoop lists no members either. */
static int check_up(struct vbr_ctx *ctx, const struct link_info *bridge)
{
	return bridge->flags & IFF_UP
		       ? 0
		       : context_fail(ctx, -EINVAL, _("the bridge is down"));
}

static int check_snooping(struct vbr_ctx *ctx, const struct link_info *bridge)
{
	uint64_t snooping = 1;

	option_value(link_options(bridge, VBR_SCOPE_BRIDGE), VBR_SCOPE_BRIDGE,
		     "multicast_snooping", &snooping);
	return snooping ? 0
			: context_fail(ctx, -EINVAL,
				       _("its multicast_snooping is off"));
}

/* For dry runs: otherwise the kernel decides. */
static int dry_run(struct vbr_ctx *ctx, const char *bridge,
		   const struct mdb_change *change, bool in_all, int wanted)
{
	int rc = is_there(ctx, bridge, change, in_all);

	if (rc < 0 || rc == wanted)
		return rc < 0 ? rc : 0;
	return wanted ? context_fail(ctx, -ENOENT, _("it is no member"))
		      : context_fail(ctx, -EEXIST, NULL);
}

/* --- in all VLANs --------------------------------------------------------- */

/*
 * The kernel can change all VLANs in one request, but does not undo anything:
 * an addition stops at the first VLAN that is refused, and a deletion returns
 * only the result of the last VLAN.
 */

struct vlan_batch {
	struct vbr_ctx *ctx;
	struct mdb_change change;
	size_t count;
	uint16_t vlans[VID_MAX];
	int verdicts[VID_MAX];
	struct request reqs[VID_MAX];
};

static struct vlan_batch *vlan_batch_new(struct vbr_ctx *ctx,
					 const struct mdb_change *change)
{
	struct vlan_batch *vlan_batch = malloc(sizeof(*vlan_batch));

	if (!vlan_batch) {
		context_fail(ctx, -ENOMEM, NULL);
		return NULL;
	}
	vlan_batch->ctx = ctx;
	vlan_batch->change = *change;
	vlan_batch->count = 0;
	return vlan_batch;
}

static int vlan_batch_send(struct vlan_batch *vlan_batch,
			   void (*build)(struct request *req,
					 const struct mdb_change *change))
{
	for (size_t i = 0; i < vlan_batch->count; i++) {
		vlan_batch->change.vlan = vlan_batch->vlans[i];
		build(&vlan_batch->reqs[i], &vlan_batch->change);
	}
	return talk_batch(vlan_batch->ctx, vlan_batch->reqs, vlan_batch->count,
			  vlan_batch->verdicts);
}

/* Keeps only the VLANs with this verdict. */
static void keep(struct vlan_batch *vlan_batch, int verdict)
{
	size_t kept = 0;

	for (size_t i = 0; i < vlan_batch->count; i++)
		if (vlan_batch->verdicts[i] == verdict)
			vlan_batch->vlans[kept++] = vlan_batch->vlans[i];
	vlan_batch->count = kept;
}

/* The VLANs of the member; it is an error if there are none. */
static int read_vlans(struct vbr_ctx *ctx, const struct mdb_change *change,
		      struct port_vlan_list *ret_list)
{
	int rc = port_vlan_read_device(ctx, change->port, VBR_SCOPE_PORT_VLAN,
				       ret_list);

	if (rc < 0 || ret_list->count)
		return rc;
	port_vlan_list_clear(ret_list);
	return context_fail(ctx, -EINVAL, _("it is a member of no VLAN"));
}

static int check_has_vlan(struct vbr_ctx *ctx, const struct mdb_change *change)
{
	struct port_vlan_list list;
	int rc = read_vlans(ctx, change, &list);

	if (rc == 0)
		port_vlan_list_clear(&list);
	return rc;
}

static int fill_with_vlans(struct vlan_batch *vlan_batch)
{
	struct port_vlan_list list;
	int rc = read_vlans(vlan_batch->ctx, &vlan_batch->change, &list),
	    vid = -1;

	if (rc < 0)
		return rc;
	while ((vid = port_vlan_list_next(&list, vid)) >= 0)
		vlan_batch->vlans[vlan_batch->count++] = (uint16_t)vid;
	port_vlan_list_clear(&list);
	return 0;
}

static int add_in_all(struct vbr_ctx *ctx, const struct mdb_change *change)
{
	struct vlan_batch *vlan_batch = vlan_batch_new(ctx, change);
	struct failure refusal;
	int rc, undo;

	if (!vlan_batch)
		return -ENOMEM;
	rc = fill_with_vlans(vlan_batch);
	if (rc == 0)
		rc = vlan_batch_send(vlan_batch, mdb_request_add);
	if (rc < 0 && vlan_batch->count) {
		refusal = ctx->failure;
		keep(vlan_batch, 0);
		undo = vlan_batch_send(vlan_batch, mdb_request_del);
		context_restore(ctx, &refusal);
		if (undo < 0 || refusal.lost_at)
			context_append(ctx, "%s",
				       _("; some of the VLANs may "
					 "have been changed"));
	}
	free(vlan_batch);
	return rc;
}

static int take_vlan(void *data, const struct vbr_mdb_entry *entry)
{
	struct vlan_batch *vlan_batch = data;

	if (vlan_batch->count < VID_MAX)
		vlan_batch->vlans[vlan_batch->count++] = entry->vlan;
	return 0;
}

/* A membership may expire meanwhile; its deletion then fails with EINVAL. The
 * others are still deleted. "ret_some": at least one was deleted. */
static int delete_listed(struct vlan_batch *vlan_batch, bool *ret_some)
{
	struct failure refusal;
	bool is_refused = false;
	int rc;

	do {
		rc = vlan_batch_send(vlan_batch, mdb_request_del);
		for (size_t i = 0; i < vlan_batch->count; i++)
			*ret_some |= vlan_batch->verdicts[i] == 0;
		if (rc < 0)
			refusal = vlan_batch->ctx->failure;
		if (rc < 0 && (rc != -EINVAL || !refusal.kernel_errno))
			return rc;
		is_refused |= rc < 0;
		keep(vlan_batch, -ECANCELED);
	} while (vlan_batch->count);
	if (!is_refused)
		return 0;
	vlan_batch->ctx->failure = refusal;
	return -EINVAL;
}

static int del_in_all(struct vbr_ctx *ctx, const struct link_info *link,
		      const char *bridge, const struct mdb_change *change)
{
	struct vlan_batch *vlan_batch = vlan_batch_new(ctx, change);
	struct failure refusal;
	bool some = false;
	int rc;

	if (!vlan_batch)
		return -ENOMEM;
	rc = find(ctx, bridge, change, true, take_vlan, vlan_batch);
	if (rc == 0 && !vlan_batch->count)
		rc = context_fail(ctx, -ENOENT, _("it is no member"));
	else if (rc == 0)
		rc = check_up(ctx, link);
	if (rc < 0) {
		free(vlan_batch);
		return rc;
	}
	rc = delete_listed(vlan_batch, &some);
	free(vlan_batch);
	if (rc == 0)
		return 0;
	refusal = ctx->failure;
	if (rc == -EINVAL && is_there(ctx, bridge, change, true) == 0)
		return 0;
	context_restore(ctx, &refusal);
	if (some || refusal.lost_at)
		context_append(ctx, "%s",
			       _("; some of the VLANs may have "
				 "been changed"));
	return rc;
}

/* --- public functions ----------------------------------------------------- */

/* The kernel refuses a group above hash_max without a reason, and does not snoop
 * any more then. It gives the reason if a port has as many as it may. */
static int explain_full(struct vbr_ctx *ctx, int error)
{
	if (error == -E2BIG && !*ctx->failure.kernel_text)
		context_append(ctx, "%s",
			       _("; the bridge has as many groups as hash_max "
				 "allows, and the kernel has turned "
				 "multicast_snooping off"));
	return error;
}

int vbr_mdb_add(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const char *group, const char *source, unsigned int vlan,
		bool permanent)
{
	struct request req;
	struct spec spec = { 0 };
	int rc;

	context_begin(ctx,
		      N_("cannot add \"%s\" of bridge \"%s\" to group "
			 "\"%s\""),
		      device, bridge, group);
	rc = begin(ctx, bridge, device, group, source, vlan, &spec);
	if (rc < 0)
		return rc;
	/* The kernel keeps no permanent entry of the host in an IP group. */
	spec.change.is_permanent = permanent &&
				   (spec.change.port != spec.change.bridge ||
				    spec.group.family == ADDRESS_MAC);
	if (ctx->is_dry) {
		rc = check_up(ctx, &spec.bridge);
		if (rc == 0)
			rc = check_snooping(ctx, &spec.bridge);
		if (rc == 0 && spec.in_all)
			rc = check_has_vlan(ctx, &spec.change);
		return rc < 0 ? rc
			      : dry_run(ctx, bridge, &spec.change, spec.in_all,
					0);
	}
	if (spec.in_all)
		return explain_full(ctx, add_in_all(ctx, &spec.change));
	mdb_request_add(&req, &spec.change);
	return explain_full(ctx, talk(ctx, &req.head, NULL));
}

/* EINVAL may be about the bridge, the group, or a missing member. If the bridge
 * cannot be read, the kernel's error stays. */
static int explain(struct vbr_ctx *ctx, const char *bridge,
		   const struct mdb_change *change)
{
	struct failure refusal = ctx->failure;
	struct link_info link;

	if (link_find_bridge(ctx, bridge, &link) == 0) {
		if (check_snooping(ctx, &link) < 0)
			return -EINVAL;
		if (is_there(ctx, bridge, change, false) == 0)
			return context_fail(ctx, -ENOENT, _("it is no member"));
		if (check_up(ctx, &link) < 0)
			return -EINVAL;
	}
	ctx->failure = refusal;
	return -EINVAL;
}

int vbr_mdb_del(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const char *group, const char *source, unsigned int vlan)
{
	struct request req;
	struct spec spec = { 0 };
	int rc;

	context_begin(ctx,
		      N_("cannot delete \"%s\" of bridge \"%s\" from group "
			 "\"%s\""),
		      device, bridge, group);
	rc = begin(ctx, bridge, device, group, source, vlan, &spec);
	if (rc < 0)
		return rc;
	if (spec.in_all || ctx->is_dry)
		rc = check_snooping(ctx, &spec.bridge);
	if (rc < 0)
		return rc;
	if (ctx->is_dry) {
		rc = dry_run(ctx, bridge, &spec.change, spec.in_all, 1);
		return rc < 0 ? rc : check_up(ctx, &spec.bridge);
	}
	if (spec.in_all)
		return del_in_all(ctx, &spec.bridge, bridge, &spec.change);
	mdb_request_del(&req, &spec.change);
	rc = talk(ctx, &req.head, NULL);
	return rc == -EINVAL ? explain(ctx, bridge, &spec.change) : rc;
}
