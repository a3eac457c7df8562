/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes ports members of multicast groups, and ends that. */

#include "config.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>

#include "base/vids.h"
#include "context.h"
#include "link.h"
#include "option.h"
#include "talk.h"
#include "wire/mdb.h"

static int parse_group(struct vbr_ctx *ctx, const char *text,
		       struct address *ret_group)
{
	struct address group;

	if (address_parse(text, &group) < 0)
		return context_fail_word(ctx, -EINVAL, _("\"%s\" is no address "
					 "of IPv4, IPv6 or Ethernet"), text);
	if (!address_is_multicast(&group))
		return context_fail_word(ctx, -EINVAL, _("%s is not the "
					 "address of a group"), text);
	*ret_group = group;
	return 0;
}

static int parse_source(struct vbr_ctx *ctx, const char *text,
			const struct address *group,
			struct address *ret_source)
{
	struct address source;

	if (address_parse(text, &source) < 0 ||
	    source.family != group->family || source.family == ADDRESS_MAC)
		return context_fail_word(ctx, -EINVAL, _("\"%s\" is no source "
					 "of such a group"), text);
	if (address_is_multicast(&source))
		return context_fail_word(ctx, -EINVAL, _("%s is the address of "
					 "a group itself"), text);
	*ret_source = source;
	return 0;
}

/* The members of a group are ports, and the host, by the bridge's own name. */
static int find_member(struct vbr_ctx *ctx, const char *bridge,
		       const char *device, struct mdb_change *change)
{
	struct link_info link;
	int rc = link_find_member(ctx, bridge, device, &link);

	if (rc < 0)
		return rc;
	change->port = link.index;
	change->bridge = link.kind == LINK_BRIDGE ? link.index : link.master;
	return 0;
}

struct spec {
	struct address group, source;
	struct mdb_change change;
};

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
	return rc < 0 ? rc : find_member(ctx, bridge, device, &spec->change);
}

/* 1: it is a member, 0: not. */
static int is_there(struct vbr_ctx *ctx, const char *bridge,
		    const struct mdb_change *change)
{
	struct asked asked = ctx->asked;
	const struct vbr_mdb_entry *entry;
	struct vbr_mdb *mdb;
	int rc = vbr_mdb_list(ctx, bridge, &mdb);

	ctx->asked = asked;
	if (rc < 0)
		return rc;
	for (size_t i = 0; (entry = vbr_mdb_at(mdb, i)); i++)
		rc |= mdb_is_entry(entry, change);
	vbr_mdb_free(mdb);
	return rc;
}

/* The kernel adds to no group of such a bridge. */
static int check_bridge(struct vbr_ctx *ctx, const char *bridge)
{
	uint64_t snooping = 1;
	struct link_info link;
	int rc = link_find_bridge(ctx, bridge, &link);

	if (rc < 0)
		return rc;
	if (!(link.flags & IFF_UP))
		return context_fail(ctx, -EINVAL, _("the bridge is down"));
	option_value(link_options(&link, SCOPE_BRIDGE), SCOPE_BRIDGE,
		     "multicast_snooping", &snooping);
	return snooping ? 0 : context_fail(ctx, -EINVAL,
					   _("its multicast_snooping is off"));
}

/* In a dry run; else the kernel tells. */
static int rehearse(struct vbr_ctx *ctx, const char *bridge,
		    const struct mdb_change *change, int wanted)
{
	int rc = is_there(ctx, bridge, change);

	if (rc < 0 || rc == wanted)
		return rc < 0 ? rc : 0;
	return wanted ? context_fail(ctx, -ENOENT, _("it is no member")) :
		context_fail(ctx, -EEXIST, NULL);
}

int vbr_mdb_add(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const char *group, const char *source, unsigned int vlan,
		bool permanent)
{
	struct request req;
	struct spec spec = { 0 };
	int rc;

	context_ask(ctx, N_("cannot add \"%s\" of bridge \"%s\" to group "
			    "\"%s\""), device, bridge, group);
	rc = begin(ctx, bridge, device, group, source, vlan, &spec);
	if (rc < 0)
		return rc;
	/* Of the host the kernel keeps nothing permanent in a group of IP. */
	spec.change.is_permanent = permanent &&
		(spec.change.port != spec.change.bridge ||
		 spec.group.family == ADDRESS_MAC);
	if (ctx->is_dry) {
		rc = check_bridge(ctx, bridge);
		return rc < 0 ? rc : rehearse(ctx, bridge, &spec.change, 0);
	}
	mdb_request_add(&req, &spec.change);
	return talk(ctx, &req.head, NULL);
}

/* The kernel's answer may be about the group, or about its not being there; it
 * stays where that cannot be seen. */
static int explain(struct vbr_ctx *ctx, const char *bridge,
		   const struct mdb_change *change)
{
	struct failure refusal = ctx->failure;

	if (is_there(ctx, bridge, change) == 0)
		return context_fail(ctx, -ENOENT, _("it is no member"));
	ctx->failure = refusal;
	return -EINVAL;
}

int vbr_mdb_del(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const char *group, const char *source, unsigned int vlan)
{
	struct request req;
	struct spec spec = { 0 };
	int rc;

	context_ask(ctx, N_("cannot delete \"%s\" of bridge \"%s\" from group "
			    "\"%s\""), device, bridge, group);
	rc = begin(ctx, bridge, device, group, source, vlan, &spec);
	if (rc < 0)
		return rc;
	if (ctx->is_dry)
		return rehearse(ctx, bridge, &spec.change, 1);
	mdb_request_del(&req, &spec.change);
	rc = talk(ctx, &req.head, NULL);
	return rc == -EINVAL ? explain(ctx, bridge, &spec.change) : rc;
}
