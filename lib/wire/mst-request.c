/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds requests about multiple spanning trees (MST). */

#include "config.h"

#include "wire/mst-request.h"

#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "wire/kernel.h"
#include "wire/port-vlan.h"
#include "wire/request.h"

static struct nlattr *nest(struct request *req, uint16_t type)
{
	return mnl_attr_nest_start_check(&req->head, sizeof(req->bytes), type);
}

void mst_request_set(struct request *req, const struct vbr_mst *mst)
{
	struct ifinfomsg *link = request_begin(req, RTM_SETLINK, NLM_F_ACK,
					       sizeof(*link));
	struct nlattr *spec, *trees, *tree;

	link->ifi_family = AF_BRIDGE;
	link->ifi_index = mst->device;
	spec = nest(req, IFLA_AF_SPEC);
	trees = nest(req, VB_IFLA_BRIDGE_MST);
	tree = nest(req, VB_IFLA_BRIDGE_MST_ENTRY);
	mnl_attr_put_u16_check(&req->head, sizeof(req->bytes),
			       VB_IFLA_BRIDGE_MST_ENTRY_MSTI, mst->msti);
	mnl_attr_put_u8_check(&req->head, sizeof(req->bytes),
			      VB_IFLA_BRIDGE_MST_ENTRY_STATE, mst->state);
	mnl_attr_nest_end(&req->head, tree);
	mnl_attr_nest_end(&req->head, trees);
	mnl_attr_nest_end(&req->head, spec);
}
