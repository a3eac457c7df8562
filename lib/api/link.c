/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Network devices of any kind: their names, up and down, a list of all. */

#include "config.h"

#include <errno.h>
#include <string.h>

#include "core/context.h"
#include "core/link-name.h"
#include "core/link.h"
#include "core/talk.h"

int vbr_link_name(struct vbr_ctx *ctx, int index, char *ret_name)
{
	return link_name(ctx, index, ret_name);
}

int vbr_link_resolve(struct vbr_ctx *ctx, const char *device, int *ret_index,
		     char *ret_name)
{
	struct link_info link;
	int rc;

	context_begin(ctx, N_("cannot find device \"%s\""), device);
	rc = link_find(ctx, device, &link);
	if (rc < 0)
		return rc;
	if (ret_index)
		*ret_index = link.index;
	if (ret_name)
		memcpy(ret_name, link.name, sizeof(link.name));
	return 0;
}

int vbr_link_set_up(struct vbr_ctx *ctx, const char *device, bool up)
{
	const char *name = device;
	char room[NAME_SIZE];
	struct link_info link;
	struct request req;
	int rc;

	if (up)
		context_begin(ctx, N_("cannot set \"%s\" up"), device);
	else
		context_begin(ctx, N_("cannot set \"%s\" down"), device);
	if (ctx->is_dry)
		return link_find(ctx, device, &link);
	rc = link_shorten(ctx, &name, room);
	if (rc < 0)
		return rc;
	request_link_up(&req, name, up);
	rc = talk(ctx, &req.head, NULL);
	if (rc == -EADDRNOTAVAIL)
		context_append(ctx, "%s",
			       _("; its address is zero, as that of a bridge "
				 "that lost its last port: set an address of "
				 "the bridge first"));
	return rc;
}

int vbr_link_foreach(struct vbr_ctx *ctx, vbr_link_fn function, void *data)
{
	return link_foreach(ctx, function, NULL, data);
}
