/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VLAN devices: deletes, changes and reads them. */

#include "config.h"

#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_vlan.h>
#include <net/if.h>
#include <stdlib.h>

#include "base/name.h"
#include "core/context.h"
#include "core/ioctl.h"
#include "core/link.h"
#include "core/option-value.h"
#include "core/dry-run.h"
#include "core/set-options.h"
#include "wire/vlan.h"

static int change(struct vbr_ctx *ctx, int command, const char *vlan,
		  unsigned int value, unsigned int qos)
{
	return ctx->is_dry ? dry_run_vlan(ctx, vlan)
			   : ioctl_vlan(ctx, command, vlan, value, qos);
}

int vbr_vlan_del(struct vbr_ctx *ctx, const char *vlan)
{
	context_begin(ctx, N_("cannot delete VLAN device \"%s\""), vlan);
	return change(ctx, DEL_VLAN_CMD, vlan, 0, 0);
}

int vbr_vlan_set_flags(struct vbr_ctx *ctx, const char *vlan, uint32_t flags,
		       bool on)
{
	context_begin(ctx, N_("cannot set flags of VLAN device \"%s\""), vlan);
	return change(ctx, SET_VLAN_FLAG_CMD, vlan, flags, on);
}

int vbr_vlan_set(struct vbr_ctx *ctx, const char *vlan, const char *option,
		 uint64_t value)
{
	const struct vbr_setting setting = { option, value };
	struct target target = { VBR_SCOPE_VLAN, vlan, NULL };
	char room[NAME_SIZE];
	int rc;

	context_begin(ctx, N_("cannot set %s of VLAN device \"%s\""), option,
		      vlan);
	rc = link_shorten(ctx, &target.name, room);
	return rc < 0 ? rc : set_options(ctx, &target, &setting, 1);
}

static int refuse_tag_priority(struct vbr_ctx *ctx)
{
	return context_fail(ctx, -ERANGE,
			    _("the priority in a tag ranges from 0 to 7"));
}

int vbr_vlan_map_ingress(struct vbr_ctx *ctx, const char *vlan,
			 unsigned int tag_priority, uint32_t priority)
{
	context_begin(ctx,
		      N_("cannot set the ingress map of VLAN device "
			 "\"%s\""),
		      vlan);
	if (tag_priority > 7)
		return refuse_tag_priority(ctx);
	return change(ctx, SET_VLAN_INGRESS_PRIORITY_CMD, vlan, priority,
		      tag_priority);
}

int vbr_vlan_map_egress(struct vbr_ctx *ctx, const char *vlan,
			uint32_t priority, unsigned int tag_priority)
{
	context_begin(ctx,
		      N_("cannot set the egress map of VLAN device "
			 "\"%s\""),
		      vlan);
	if (tag_priority > 7)
		return refuse_tag_priority(ctx);
	return change(ctx, SET_VLAN_EGRESS_PRIORITY_CMD, vlan, priority,
		      tag_priority);
}

int vbr_vlan_get(struct vbr_ctx *ctx, const char *vlan,
		 struct vbr_vlan **ret_vlan)
{
	struct link_copy *copy;
	struct link_info link;
	int rc;

	context_begin(ctx, N_("cannot read VLAN device \"%s\""), vlan);
	rc = link_find(ctx, vlan, &link);
	if (rc < 0)
		return rc;
	if (link.kind != LINK_VLAN)
		return context_fail(ctx, -EINVAL, _("it is not a VLAN device"));
	rc = link_keep(ctx, &link, VBR_SCOPE_VLAN, &copy);
	if (rc == 0)
		*ret_vlan = (struct vbr_vlan *)copy;
	return rc;
}

int vbr_vlan_list(struct vbr_ctx *ctx, const char *parent,
		  struct vbr_vlans **ret_vlans)
{
	struct link_list *list;
	struct request req;
	int index = 0, rc = 0;

	context_begin(ctx, N_("cannot list the VLAN devices"));
	if (parent)
		rc = ioctl_index(ctx, parent, &index);
	if (rc < 0)
		return rc;
	request_links_of_kind(&req, "vlan");
	rc = link_list_new(ctx, &req, VBR_SCOPE_VLAN, index, &list);
	if (rc == 0)
		*ret_vlans = (struct vbr_vlans *)list;
	return rc;
}

size_t vbr_vlans_count(const struct vbr_vlans *vlans)
{
	return ((const struct link_list *)vlans)->count;
}

const struct vbr_vlan *vbr_vlans_at(const struct vbr_vlans *vlans, size_t i)
{
	return (const struct vbr_vlan *)
		link_list_at((const struct link_list *)vlans, i);
}

void vbr_vlans_free(struct vbr_vlans *vlans)
{
	link_list_free((struct link_list *)vlans);
}

int vbr_vlan_dup(const struct vbr_vlan *vlan, struct vbr_vlan **ret_vlan)
{
	struct link_copy *copy;
	int rc = link_dup(&vlan->link, &copy);

	if (rc == 0)
		*ret_vlan = (struct vbr_vlan *)copy;
	return rc;
}

void vbr_vlan_free(struct vbr_vlan *vlan)
{
	free(vlan);
}

const char *vbr_vlan_name(const struct vbr_vlan *vlan)
{
	return vlan->link.name;
}

int vbr_vlan_index(const struct vbr_vlan *vlan)
{
	return vlan->link.index;
}

int vbr_vlan_parent_index(const struct vbr_vlan *vlan)
{
	return vlan->link.parent;
}

bool vbr_vlan_is_up(const struct vbr_vlan *vlan)
{
	return vlan->link.flags & IFF_UP;
}

int vbr_vlan_value(const struct vbr_vlan *vlan, const char *option,
		   uint64_t *ret_value)
{
	return option_value(vlan->link.options, VBR_SCOPE_VLAN, option,
			    ret_value);
}

int vbr_vlan_text(struct vbr_ctx *ctx, const struct vbr_vlan *vlan,
		  const char *option, char *ret_text, size_t size)
{
	return option_value_text(ctx, vlan->link.options, VBR_SCOPE_VLAN,
				 option, ret_text, size);
}

int vbr_vlan_flags(const struct vbr_vlan *vlan, uint32_t *ret_flags)
{
	return vlan_get_flags(vlan->link.options, ret_flags);
}

static bool pair_at(const struct vbr_vlan *vlan, unsigned int direction,
		    size_t i, uint32_t *ret_from, uint32_t *ret_to)
{
	struct attr_span map = vlan_map(vlan->link.options, direction);
	uint32_t from, to;

	while (vlan_map_take(&map, &from, &to)) {
		if (i-- > 0)
			continue;
		*ret_from = from;
		*ret_to = to;
		return true;
	}
	return false;
}

bool vbr_vlan_ingress_at(const struct vbr_vlan *vlan, size_t i,
			 uint32_t *ret_tag_priority, uint32_t *ret_priority)
{
	return pair_at(vlan, IFLA_VLAN_INGRESS_QOS, i, ret_tag_priority,
		       ret_priority);
}

bool vbr_vlan_egress_at(const struct vbr_vlan *vlan, size_t i,
			uint32_t *ret_priority, uint32_t *ret_tag_priority)
{
	return pair_at(vlan, IFLA_VLAN_EGRESS_QOS, i, ret_priority,
		       ret_tag_priority);
}
