/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Messages about FDB entries; opens nothing. */

#ifndef VBR_WIRE_FDB_H
#define VBR_WIRE_FDB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mac.h"

struct nlmsghdr;
struct request;

/* What vbridge.h calls an entry; times are in ticks. */
struct vbr_fdb_entry {
	int port;   /* the bridge itself: its own index */
	int bridge; /* 0: an entry that no bridge holds */
	uint32_t used;
	uint32_t updated;
	uint16_t vlan;	/* 0: none */
	uint16_t state; /* NUD_* */
	uint8_t flags;	/* NTF_* */
	uint8_t mac[MAC_LEN];
	uint32_t more_flags; /* NTF_EXT_* */
};

int fdb_parse(const struct nlmsghdr *msg, struct vbr_fdb_entry *ret_entry);

/* Requests: an entry that comes or goes, RTM_NEWNEIGH or RTM_DELNEIGH ... */
struct fdb_change {
	int bridge;
	int device;
	bool is_bridge; /* the bridge itself, no port */
	uint8_t mac[MAC_LEN];
	uint16_t vlan;	/* 0: none */
	uint16_t state; /* NUD_* */
	uint8_t flags;	/* NTF_STICKY */
	bool may_exist; /* for "add" */
};

void fdb_request_add(struct request *req, const struct fdb_change *change);
void fdb_request_del(struct request *req, const struct fdb_change *change);
/* What the bridge knows of the address in a VLAN, on whatever port (Linux
 * 5.0). */
void fdb_request_get(struct request *req, const struct fdb_change *change,
		     uint16_t vlan);

/* ... and all at once that are so, of a kernel that can (Linux 5.19). */
struct fdb_flush {
	int bridge;
	int port;      /* 0: any */
	uint16_t vlan; /* 0: any */
	uint16_t state, state_mask;
	uint8_t flags, flags_mask;
};

void fdb_request_flush(struct request *req, const struct fdb_flush *flush);
/* Whether an entry is one of those. */
bool fdb_is_flushed(const struct vbr_fdb_entry *entry,
		    const struct fdb_flush *flush);

#endif
