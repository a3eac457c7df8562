/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Checks destinations of VXLAN devices, and converts them. */

#include "config.h"

#include "api/remote.h"

#include <errno.h>

#include "core/context.h"
#include "wire/remote.h"

#define PORT_MAX 0xffffu

bool remote_is_given(const struct vbr_remote *remote)
{
	return remote->dst[0] || remote->port || remote->has_vni ||
	       remote->has_src_vni || remote->via || remote->nhid;
}

static int check_numbers(struct vbr_ctx *ctx, const struct vbr_remote *remote)
{
	if ((remote->has_vni && remote->vni > VBR_VNI_MAX) ||
	    (remote->has_src_vni && remote->src_vni > VBR_VNI_MAX))
		return context_fail(ctx, -ERANGE,
				    _("VNIs range from 0 to 16777215"));
	if (remote->port > PORT_MAX)
		return context_fail(ctx, -ERANGE,
				    _("UDP ports range from 1 to 65535"));
	if (remote->nhid &&
	    (remote->dst[0] || remote->port || remote->has_vni || remote->via))
		return context_fail(ctx, -EINVAL,
				    _("a nexthop group (nhid) has the "
				      "destinations itself"));
	return 0;
}

int remote_import(struct vbr_ctx *ctx, const struct vbr_remote *remote,
		  struct remote *ret_remote)
{
	struct address *dst = &ret_remote->dst;
	int rc = check_numbers(ctx, remote);

	if (rc < 0)
		return rc;
	*ret_remote = (struct remote){
		.has_dst = remote->dst[0],
		.has_vni = remote->has_vni,
		.has_src_vni = remote->has_src_vni,
		.port = (uint16_t)remote->port,
		.vni = remote->vni,
		.src_vni = remote->src_vni,
		.via = remote->via,
		.nhid = remote->nhid,
	};
	if (remote->dst[0] &&
	    (address_parse(remote->dst, dst) < 0 || dst->family == ADDRESS_MAC))
		return context_fail_word(ctx, -EINVAL,
					 _("\"%s\" is not an IP address"),
					 remote->dst);
	return 0;
}

void remote_export(const struct remote *remote, struct vbr_remote *ret_remote)
{
	*ret_remote = (struct vbr_remote){
		.port = remote->port,
		.vni = remote->vni,
		.src_vni = remote->src_vni,
		.has_vni = remote->has_vni,
		.has_src_vni = remote->has_src_vni,
		.via = remote->via,
		.nhid = remote->nhid,
	};
	if (remote->has_dst)
		address_format(&remote->dst, ret_remote->dst);
}
