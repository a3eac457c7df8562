/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Requests about the multicast database; no I/O. */

#ifndef VBR_WIRE_MDB_REQUEST_H
#define VBR_WIRE_MDB_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vbridge.h"
#include "wire/mdb.h"

struct request;

/* The kernel takes fewer; so many fit into a request. */
#define MDB_SOURCES_MAX 32

/* How a member selects senders: a list of sources, and whether it wants only
 * these, or all but these. */
struct mdb_senders {
	enum vbr_mdb_mode mode;
	size_t count;
	struct address sources[MDB_SOURCES_MAX];
};

struct mdb_change {
	int bridge; /* or a VXLAN device */
	int port;
	const struct address *group;
	const struct address *source; /* NULL: any */
	uint16_t vlan;
	bool is_permanent;
	bool replaces;
	uint8_t protocol;		   /* 0: the kernel's choice */
	const struct mdb_senders *senders; /* NULL: the kernel's choice */
	struct remote remote;
};

/* Whether the change is about this entry. */
bool mdb_is_entry(const struct vbr_mdb_entry *entry,
		  const struct mdb_change *change);

/*
 * Whether it matches in everything that "wanted" has. A VXLAN device may have
 * several members of a group, one for each remote.
 */
bool mdb_is_remote(const struct remote *remote, const struct remote *wanted);

/* The change that makes such an entry; it points into "entry" and
 * "ret_senders". */
void mdb_change_of(const struct vbr_mdb_entry *entry,
		   struct mdb_senders *ret_senders,
		   struct mdb_change *ret_change);

void mdb_request_list(struct request *req);
/* All members of the change's group. */
void mdb_request_get(struct request *req, const struct mdb_change *change);
void mdb_request_add(struct request *req, const struct mdb_change *change);
void mdb_request_del(struct request *req, const struct mdb_change *change);

/* Which entries a flush deletes; 0: any. */
struct mdb_flush {
	int bridge;
	int port;
	uint16_t vlan;
	uint8_t protocol;
	bool has_state, is_permanent;
	struct remote remote;
};

void mdb_request_flush(struct request *req, const struct mdb_flush *flush);

#endif
