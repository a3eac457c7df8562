/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the words of a change of multicast groups. */

#include "config.h"

#include "api/mdb-spec.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

#include "base/vids.h"
#include "api/remote.h"
#include "core/context.h"
#include "core/option-value.h"
#include "core/port.h"

/* --- addresses ------------------------------------------------------------ */

static bool is_zero(const struct address *address)
{
	static const uint8_t zero[sizeof(address->bytes)];

	return address->family != ADDRESS_MAC &&
	       memcmp(address->bytes, zero, sizeof(zero)) == 0;
}

int mdb_parse_group(struct vbr_ctx *ctx, const char *text, bool may_be_zero,
		    struct address *ret_group)
{
	struct address group;

	if (address_parse(text, &group) < 0)
		return context_fail_word(ctx, -EINVAL,
					 _("\"%s\" is not an address "
					   "of IPv4, IPv6 or Ethernet"),
					 text);
	if (!address_is_multicast(&group) && !(may_be_zero && is_zero(&group)))
		return context_fail_word(ctx, -EINVAL,
					 _("%s is not the "
					   "address of a group"),
					 text);
	*ret_group = group;
	return 0;
}

int mdb_parse_source(struct vbr_ctx *ctx, const char *text,
		     const struct address *group, struct address *ret_source)
{
	struct address source;

	if (address_parse(text, &source) < 0 ||
	    source.family != group->family || source.family == ADDRESS_MAC)
		return context_fail_word(ctx, -EINVAL,
					 _("\"%s\" is not a source "
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

int mdb_import_remote(struct vbr_ctx *ctx, const struct vbr_remote *remote,
		      struct remote *ret_remote)
{
	if (remote->nhid)
		return context_fail(
			ctx, -EINVAL,
			_("a multicast group cannot have a nexthop group (nhid)"));
	return remote_import(ctx, remote, ret_remote);
}

int mdb_check_vlan(struct vbr_ctx *ctx, unsigned int vlan)
{
	return vlan > VID_MAX ? context_fail(ctx, -ERANGE,
					     _("VLAN ids range from 1 to 4094"))
			      : 0;
}

/* --- members -------------------------------------------------------------- */

static bool is_vxlan(const struct link_info *link)
{
	return link->kind_name && strcmp(link->kind_name, "vxlan") == 0;
}

static int find_vxlan(struct vbr_ctx *ctx, const char *name,
		      struct link_info *ret_link)
{
	struct link_info link;
	int rc = link_find(ctx, name, &link);

	if (rc < 0)
		return rc;
	if (!is_vxlan(&link))
		return context_fail(ctx, -EOPNOTSUPP,
				    _("it is not a VXLAN device"));
	*ret_link = link;
	return 0;
}

int mdb_find_place(struct vbr_ctx *ctx, const char *name,
		   struct link_info *ret_link)
{
	struct link_info link;
	int rc = link_find(ctx, name, &link);

	if (rc < 0)
		return rc;
	if (link.kind != LINK_BRIDGE && !is_vxlan(&link))
		return context_fail(ctx, -EOPNOTSUPP, _("it is not a bridge"));
	*ret_link = link;
	return 0;
}

/* A VXLAN device is the only member of its groups. */
static int find_vxlan_member(struct vbr_ctx *ctx, const char *vxlan,
			     const char *device, struct mdb_change *change)
{
	struct link_info link = { 0 };
	int rc = find_vxlan(ctx, vxlan, &link);

	if (rc < 0)
		return rc;
	change->bridge = change->port = link.index;
	if (strcmp(vxlan, device) != 0)
		return context_fail(ctx, -EINVAL,
				    _("the only member of the groups of a "
				      "VXLAN device is the device itself"));
	return change->vlan ? context_fail(ctx, -EINVAL,
					   _("a VXLAN device has VNIs, and no "
					     "VLANs"))
			    : 0;
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
		   const char *group, const struct vbr_new_group *with,
		   struct mdb_spec *spec)
{
	struct mdb_change *change = &spec->change;
	int rc = mdb_parse_group(ctx, group, with->remote, &spec->group);

	*change = (struct mdb_change){
		.group = &spec->group,
		.source = with->source ? &spec->source : NULL,
		.vlan = (uint16_t)with->vlan,
	};
	if (rc == 0 && with->source)
		rc = mdb_parse_source(ctx, with->source, &spec->group,
				      &spec->source);
	if (rc == 0 && with->remote)
		rc = mdb_import_remote(ctx, with->remote, &change->remote);
	if (rc == 0)
		rc = mdb_check_vlan(ctx, with->vlan);
	if (rc < 0)
		return rc;
	if (with->remote)
		return find_vxlan_member(ctx, bridge, device, change);
	rc = find_member(ctx, bridge, device, change);
	return rc < 0 ? rc : look_at_bridge(ctx, bridge, spec);
}

/* --- properties ----------------------------------------------------------- */

static int check_mode(struct vbr_ctx *ctx, const struct vbr_new_group *with,
		      const struct mdb_spec *spec)
{
	if (with->mode > VBR_MDB_MODE_INCLUDE)
		return context_fail(ctx, -EINVAL, NULL);
	if (with->source_count && !with->mode)
		return context_fail(ctx, -EINVAL,
				    _("a list of sources needs a filter mode, "
				      "include or exclude"));
	if (with->mode == VBR_MDB_MODE_INCLUDE && !with->source_count)
		return context_fail(ctx, -EINVAL,
				    _("the filter mode include needs a list of "
				      "sources"));
	if (with->mode && with->source)
		return context_fail(ctx, -EINVAL,
				    _("a member that wants one source has no "
				      "filter mode"));
	if (with->mode && spec->group.family == ADDRESS_MAC)
		return context_fail(ctx, -EINVAL,
				    _("a group of Ethernet has no filter "
				      "mode"));
	if (with->source_count > MDB_SOURCES_MAX)
		return context_fail(ctx, -EINVAL,
				    _("there are more than 32 sources"));
	return 0;
}

/* The kernel refuses it, too, with a message of its own. */
static int check_host(struct vbr_ctx *ctx, const struct vbr_new_group *with,
		      const struct mdb_change *change)
{
	if (with->remote || change->port != change->bridge)
		return 0;
	if (with->mode)
		return context_fail(ctx, -EINVAL,
				    _("the host has no filter mode"));
	if (with->protocol)
		return context_fail(ctx, -EINVAL,
				    _("for the host, no protocol can be set"));
	return 0;
}

static int put_senders(struct vbr_ctx *ctx, const struct vbr_new_group *with,
		       struct mdb_spec *spec)
{
	struct mdb_senders *senders = &spec->senders;
	int rc = 0;

	if (!with->mode)
		return 0;
	senders->mode = with->mode;
	senders->count = with->source_count;
	for (size_t i = 0; rc == 0 && i < senders->count; i++)
		rc = mdb_parse_source(ctx, with->sources[i], &spec->group,
				      &senders->sources[i]);
	spec->change.senders = senders;
	return rc;
}

int mdb_spec_put_properties(struct vbr_ctx *ctx,
			    const struct vbr_new_group *with,
			    struct mdb_spec *spec)
{
	struct mdb_change *change = &spec->change;
	bool is_host = !with->remote && change->port == change->bridge;
	int rc = check_mode(ctx, with, spec);

	if (rc == 0)
		rc = check_host(ctx, with, change);
	if (rc == 0)
		rc = put_senders(ctx, with, spec);
	if (rc == 0 && with->protocol &&
	    (with->protocol < RTPROT_STATIC || with->protocol > UINT8_MAX))
		rc = context_fail(ctx, -ERANGE,
				  _("protocols range from 4 to 255"));
	change->protocol = (uint8_t)with->protocol;
	change->replaces = with->replace;
	/* The kernel keeps no permanent entry of the host in an IP group. */
	change->is_permanent = !with->temporary &&
			       (!is_host || spec->group.family == ADDRESS_MAC);
	return rc;
}

/* --- the bridge ----------------------------------------------------------- */

/* The kernel refuses all changes while the bridge is down or does not snoop. A
 * bridge that does not snoop lists no members either. */
int mdb_check_up(struct vbr_ctx *ctx, const struct link_info *bridge)
{
	return bridge->flags & IFF_UP
		       ? 0
		       : context_fail(ctx, -EINVAL, _("the bridge is down"));
}

int mdb_check_snooping(struct vbr_ctx *ctx, const struct link_info *bridge)
{
	uint64_t snooping = 1;

	option_value(link_options(bridge, VBR_SCOPE_BRIDGE), VBR_SCOPE_BRIDGE,
		     "multicast_snooping", &snooping);
	return snooping ? 0
			: context_fail(ctx, -EINVAL,
				       _("its multicast_snooping is off"));
}
