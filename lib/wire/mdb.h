/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The multicast database in messages: groups, their members, and the ports to
 * multicast routers; no I/O. */

#ifndef VBR_WIRE_MDB_H
#define VBR_WIRE_MDB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/address.h"
#include "wire/message.h"
#include "wire/remote.h"

/* Defines the entry of vbridge.h; times are in ticks. */
struct vbr_mdb_entry {
	int bridge;
	int port; /* or the bridge's own index */
	struct address group;
	struct address source;
	bool has_source;
	bool has_mode;
	uint8_t mode;	  /* MCAST_EXCLUDE 0, MCAST_INCLUDE 1 */
	uint8_t state;	  /* MDB_TEMPORARY, MDB_PERMANENT */
	uint8_t flags;	  /* MDB_FLAGS_* */
	uint8_t protocol; /* RTPROT_* */
	uint16_t vlan;	  /* 0: none */
	uint32_t timer;
	struct remote remote;
	struct attr_span sources;
};

/* Defines the router port of vbridge.h. */
struct vbr_mdb_router {
	int bridge;
	int port;
	uint8_t type;  /* MDB_RTR_TYPE_* */
	uint16_t vlan; /* 0: none */
	uint32_t timer;
};

/* The unread part of an RTM_NEWMDB, which may be about another kind of
 * device. */
struct mdb_message {
	int bridge;
	struct attr_span groups;
	struct attr_span ports; /* of the current group */
	struct attr_span routers;
};

/* -ENOMSG: not an RTM_NEWMDB; -EBADMSG: malformed. */
int mdb_parse(const struct nlmsghdr *msg, struct mdb_message *ret_message);

/* Take the first item off. 1: taken, 0: none is left; -EBADMSG. */
int mdb_take_entry(struct mdb_message *message,
		   struct vbr_mdb_entry *ret_entry);
int mdb_take_router(struct mdb_message *message,
		    struct vbr_mdb_router *ret_router);

/* Takes a source of an entry, and its timer. False: none is left. */
bool mdb_take_source(struct attr_span *sources, uint8_t family,
		     struct address *ret_source, uint32_t *ret_timer);

#endif
