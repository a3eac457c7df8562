/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The multicast database on the wire: groups, their members, and the ports
 * that lead to multicast routers; opens nothing. */

#ifndef VBR_WIRE_MDB_H
#define VBR_WIRE_MDB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/address.h"
#include "wire/message.h"

struct request;

/* What vbridge.h calls an entry; times are in ticks. */
struct vbr_mdb_entry {
	int bridge;
	int port; /* the bridge itself: its own index */
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
	struct attr_span sources;
};

/* What vbridge.h calls a router. */
struct vbr_mdb_router {
	int bridge;
	int port;
	uint8_t type;  /* MDB_RTR_TYPE_* */
	uint16_t vlan; /* 0: none */
	uint32_t timer;
};

/* What is left of an RTM_NEWMDB, which may be of a device of another kind. */
struct mdb_message {
	int bridge;
	struct attr_span groups;
	struct attr_span ports; /* of the group that was begun */
	struct attr_span routers;
};

/* -ENOMSG: about something else; -EBADMSG. */
int mdb_parse(const struct nlmsghdr *msg, struct mdb_message *ret_message);

/* Take the first off. 1: taken, 0: none is left; -EBADMSG. */
int mdb_take_entry(struct mdb_message *message,
		   struct vbr_mdb_entry *ret_entry);
int mdb_take_router(struct mdb_message *message,
		    struct vbr_mdb_router *ret_router);

/* One of an entry's sources, and its timer. */
bool mdb_take_source(struct attr_span *sources, uint8_t family,
		     struct address *ret_source, uint32_t *ret_timer);

struct mdb_change {
	int bridge;
	int port;
	const struct address *group;
	const struct address *source; /* NULL: any */
	uint16_t vlan;
	bool is_permanent;
};

/* Whether an entry is what the change is about. */
bool mdb_is_entry(const struct vbr_mdb_entry *entry,
		  const struct mdb_change *change);

void mdb_request_list(struct request *req);
void mdb_request_add(struct request *req, const struct mdb_change *change);
void mdb_request_del(struct request *req, const struct mdb_change *change);

#endif
