/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Requests about the multicast database; no I/O. */

#ifndef VBR_WIRE_MDB_REQUEST_H
#define VBR_WIRE_MDB_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "wire/mdb.h"

struct request;

struct mdb_change {
	int bridge;
	int port;
	const struct address *group;
	const struct address *source; /* NULL: any */
	uint16_t vlan;
	bool is_permanent;
};

/* Whether the change is about this entry. */
bool mdb_is_entry(const struct vbr_mdb_entry *entry,
		  const struct mdb_change *change);

void mdb_request_list(struct request *req);
void mdb_request_add(struct request *req, const struct mdb_change *change);
void mdb_request_del(struct request *req, const struct mdb_change *change);

#endif
