/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the group, source, VLAN and member of a change. */

#include "config.h"

#include "api/mdb-spec.h"

#include <errno.h>

#include "base/vids.h"
#include "core/context.h"
#include "core/option-value.h"
#include "core/port.h"

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

/* On a bridge that filters, no VLAN means all VLANs of the member. */
static int look_at_bridge(struct vbr_ctx *ctx, const char *bridge,
			  struct mdb_spec *spec)
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

int mdb_spec_begin(struct vbr_ctx *ctx, const char *bridge, const char *device,
		   const char *group, const char *source, unsigned int vlan,
		   struct mdb_spec *spec)
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
