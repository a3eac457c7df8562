/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A live trace, as the files of this layer share it. */

#ifndef VBR_LIVE_LIVE_H
#define VBR_LIVE_LIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/name.h"
#include "vbridge.h"
#include "wire/nft-table.h"

/* So many frames are followed at a time; the kernel marks at most RATE_MAX in a
 * second. */
#define LIVE_OPEN_MAX 64
#define LIVE_RATE_MAX 1000

#define LIVE_NAME_SIZE 32

struct vbr_live_path;

struct vbr_live {
	struct vbr_ctx *ctx;
	char bridge[NAME_SIZE];
	int bridge_index;
	char port[NAME_SIZE]; /* "": the host sends */
	int port_index;
	struct nft_match match;
	unsigned int priority, vlan_protocol; /* of a frame that is sent */
	size_t len;
	int fd; /* of nfnetlink; closing it deletes the tables */
	char table[LIVE_NAME_SIZE];
	struct nft_table start; /* which marks the frames */
	bool is_filtering;	/* the bridge, VLANs */
	bool has_old_tags; /* the kernel shows tags that it has taken off */
	struct vbr_live_path *open[LIVE_OPEN_MAX];
	size_t open_count;
	struct vbr_trace *sent; /* the prediction for a frame that was sent */
};

/* The chain that marks frames. */
#define LIVE_START "start"

#endif
