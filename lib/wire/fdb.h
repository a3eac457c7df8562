/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Messages about FDB entries; no I/O. */

#ifndef VBR_WIRE_FDB_H
#define VBR_WIRE_FDB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mac.h"
#include "wire/remote.h"

struct nlmsghdr;
struct request;

/* Defines the entry of vbridge.h; times are in ticks. */
struct vbr_fdb_entry {
	int port;   /* or the bridge's own index */
	int bridge; /* 0: the entry is not a bridge's */
	uint32_t used;
	uint32_t updated;
	uint16_t vlan;	/* 0: none */
	uint16_t state; /* NUD_* */
	uint8_t flags;	/* NTF_* */
	uint8_t mac[MAC_LEN];
	uint8_t notify;	    /* FDB_NOTIFY* */
	uint8_t protocol;   /* RTPROT_* */
	uint8_t more_flags; /* NTF_EXT_* */
	/* NULL: not read, or the entry has none. */
	const struct remote *remote;
};

int fdb_parse(const struct nlmsghdr *msg, struct vbr_fdb_entry *ret_entry);
/* Of a message that fdb_parse() accepts. 1: it has such attributes; 0: it has
 * none; -EBADMSG. */
int fdb_parse_remote(const struct nlmsghdr *msg, struct remote *ret_remote);

/* Requests to add or to delete one entry. */
struct fdb_change {
	int bridge;
	int device;
	bool is_bridge; /* the device is the bridge itself */
	bool is_self;	/* the table is the device's own */
	uint8_t mac[MAC_LEN];
	uint16_t vlan;	/* 0: none */
	uint16_t state; /* NUD_*; delete: only of a NIC's own table */
	uint8_t flags;	/* NTF_*, without NTF_SELF and NTF_MASTER */
	uint16_t mode;	/* add: NLM_F_* */
	bool has_notify;
	uint8_t notify; /* FDB_NOTIFY* */
	bool keeps_times;
	struct remote remote;
};

void fdb_request_add(struct request *req, const struct fdb_change *change);
void fdb_request_del(struct request *req, const struct fdb_change *change);
/* Gets the entry for the address in a VLAN, on any port (Linux 5.0). */
void fdb_request_get(struct request *req, int bridge, const uint8_t mac[6],
		     uint16_t vlan);

/* Request to delete all entries that match (Linux 5.19). */
struct fdb_flush {
	int device;    /* a bridge, or a VXLAN device */
	int port;      /* of the bridge; 0: any */
	uint16_t vlan; /* 0: any */
	uint16_t state, state_mask;
	uint8_t flags, flags_mask;
	struct remote remote;
};

void fdb_request_flush(struct request *req, const struct fdb_flush *flush);
/* Whether an entry matches. */
bool fdb_is_flushed(const struct vbr_fdb_entry *entry,
		    const struct fdb_flush *flush);

#endif
