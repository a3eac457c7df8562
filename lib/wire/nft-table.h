/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds the messages that make a table of nf_tables in which frames are
 * traced; no I/O. */

#ifndef VBR_WIRE_NFT_TABLE_H
#define VBR_WIRE_NFT_TABLE_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/address.h"

/* The names of these tables begin with it. */
#define NFT_TABLE_PREFIX "vbridge-"

/* The longest batch has a table, six chains and eleven rules. */
#define NFT_BATCH_SIZE 8192

/* The kernel executes all of these messages, or none. */
struct nft_batch {
	union {
		struct nlmsghdr head;
		char bytes[NFT_BATCH_SIZE];
	};
	size_t len;
	uint32_t count; /* of the messages that are acknowledged */
};

/* The table is deleted when its socket is closed. */
struct nft_table {
	uint8_t family; /* NFPROTO_BRIDGE or NFPROTO_NETDEV */
	const char *name;
};

/* A base chain without rules, which accepts. */
struct nft_base_chain {
	const char *name;
	uint32_t hook;
	int32_t priority;
	const char *device; /* of NFPROTO_NETDEV; or NULL */
};

/* Which frames are traced; zero: any. */
struct nft_match {
	int index; /* of the device where they come in */
	uint8_t src[6], dst[6];
	unsigned int ethertype;
	int vlan; /* -1: any */
	bool has_group;
	struct address group;
	unsigned int rate; /* at most so many in a second; 0: all */
};

void nft_batch_begin(struct nft_batch *batch);
void nft_put_table(struct nft_batch *batch, const struct nft_table *table);
void nft_put_chain(struct nft_batch *batch, const struct nft_table *table,
		   const struct nft_base_chain *chain);
/* Counts the frames that match, and turns on their trace. */
void nft_put_rule(struct nft_batch *batch, const struct nft_table *table,
		  const char *chain, const struct nft_match *match);
/* They do not affect tagged frames, but each appears as a step in the trace. */
void nft_put_tag_rules(struct nft_batch *batch, const struct nft_table *table,
		       const char *chain);
void nft_batch_end(struct nft_batch *batch);

#endif
