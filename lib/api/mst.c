/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the states of ports in the multiple spanning trees (MST) of bridges. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>

#include "base/arena.h"
#include "core/context.h"
#include "core/ioctl.h"
#include "core/link.h"
#include "core/talk.h"
#include "wire/port-vlan.h"

struct vbr_msts {
	size_t count, room;
	struct vbr_mst *rows;
};

struct reading {
	struct vbr_msts *msts;
	int bridge; /* 0: any */
};

static int append(struct vbr_msts *msts, const struct vbr_mst *mst)
{
	struct vbr_mst *rows = array_grow(msts->rows, sizeof(*rows),
					  msts->count, &msts->room);

	if (!rows)
		return -ENOMEM;
	msts->rows = rows;
	rows[msts->count++] = *mst;
	return 0;
}

static int on_link(void *data, const struct nlmsghdr *msg)
{
	struct reading *reading = data;
	struct attr_span trees;
	struct link_info link;
	struct vbr_mst mst;
	int rc = link_parse(msg, &link);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	if (!link.is_port ||
	    (reading->bridge && reading->bridge != link.master))
		return 0;
	trees = port_vlan_msts(link.vlans);
	while ((rc = port_vlan_take_mst(&trees, &mst)) > 0) {
		mst.device = link.index;
		mst.bridge = link.master;
		rc = append(reading->msts, &mst);
		if (rc < 0)
			return rc;
	}
	return rc;
}

static void restart(void *data)
{
	const struct reading *reading = data;

	reading->msts->count = 0;
}

static int by_place(const void *a, const void *b)
{
	const struct vbr_mst *left = a, *right = b;

	if (left->bridge != right->bridge)
		return left->bridge < right->bridge ? -1 : 1;
	if (left->device != right->device)
		return left->device < right->device ? -1 : 1;
	return (int)left->msti - (int)right->msti;
}

int vbr_mst_list(struct vbr_ctx *ctx, const char *bridge,
		 struct vbr_msts **ret_msts)
{
	struct vbr_msts *msts = calloc(1, sizeof(*msts));
	struct reading reading = { .msts = msts };
	const struct talk_handler handler = { on_link, restart, &reading };
	struct request req;
	int rc = 0;

	context_begin(ctx, N_("cannot list the spanning trees"));
	if (!msts)
		return context_fail(ctx, -ENOMEM, NULL);
	if (bridge)
		rc = ioctl_index(ctx, bridge, &reading.bridge);
	if (rc == 0) {
		port_vlan_request(&req.head, sizeof(req.bytes), PORT_VLAN_MSTS,
				  0);
		rc = talk(ctx, &req.head, &handler);
	}
	if (rc < 0) {
		vbr_msts_free(msts);
		return rc;
	}
	if (msts->count)
		qsort(msts->rows, msts->count, sizeof(*msts->rows), by_place);
	*ret_msts = msts;
	return 0;
}

size_t vbr_msts_count(const struct vbr_msts *msts)
{
	return msts->count;
}

const struct vbr_mst *vbr_msts_at(const struct vbr_msts *msts, size_t i)
{
	return i < msts->count ? &msts->rows[i] : NULL;
}

void vbr_msts_free(struct vbr_msts *msts)
{
	if (msts)
		free(msts->rows);
	free(msts);
}

int vbr_mst_index(const struct vbr_mst *mst)
{
	return mst->device;
}

int vbr_mst_bridge_index(const struct vbr_mst *mst)
{
	return mst->bridge;
}

unsigned int vbr_mst_instance(const struct vbr_mst *mst)
{
	return mst->msti;
}

unsigned int vbr_mst_state(const struct vbr_mst *mst)
{
	return mst->state;
}
