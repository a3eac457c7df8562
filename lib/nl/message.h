/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Turns libnl's objects back into the kernel's messages, so that libvbridge can
 * parse them. */

#ifndef VBR_NL_MESSAGE_H
#define VBR_NL_MESSAGE_H

#include <netlink/route/link.h>
#include <netlink/route/mdb.h>
#include <netlink/route/neighbour.h>
#include <stdbool.h>

#include "vbridge.h"

bool link_is_bridge(struct rtnl_link *link);
bool link_is_port(struct rtnl_link *link);
bool link_is_vlan(struct rtnl_link *link);

/* Emits the events of a link or an entry that exists or is gone. Returns what
 * the function returned, -EBADMSG, -E2BIG or -ENOMEM. */
int message_emit_link(struct rtnl_link *link, bool is_gone,
		      vbr_event_fn function, void *data);
int message_emit_neigh(struct rtnl_neigh *neigh, bool is_gone,
		       vbr_event_fn function, void *data);
int message_emit_member(int bridge, struct rtnl_mdb_entry *entry, bool is_gone,
			vbr_event_fn function, void *data);

#endif
