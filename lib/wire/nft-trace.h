/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Messages of nf_tables about frames that are traced; no I/O. */

#ifndef VBR_WIRE_NFT_TRACE_H
#define VBR_WIRE_NFT_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct nlmsghdr;

#define NFT_TRACE_NAME_SIZE 64
/* As much as the kernel sends. */
#define NFT_TRACE_LINK_SIZE 18
#define NFT_TRACE_NETWORK_SIZE 40

/* One step of a frame through a chain. */
struct nft_trace {
	uint8_t family;
	char table[NFT_TRACE_NAME_SIZE], chain[NFT_TRACE_NAME_SIZE];
	uint32_t id; /* of the copy of the frame */
	bool is_rule, drops;
	int in, out; /* indices of devices; 0: none */
	/* Only the first message of a chain has the headers. */
	size_t link_len, network_len;
	uint8_t link[NFT_TRACE_LINK_SIZE], network[NFT_TRACE_NETWORK_SIZE];
};

/* -ENOMSG: it is about something else; -EBADMSG: malformed. */
int nft_parse_trace(const struct nlmsghdr *msg, struct nft_trace *ret_trace);

/* A tag that the kernel does not show: a packet socket of the host wrote it. */
#define NFT_VLAN_UNKNOWN (-2)

/* The outermost tag of the frame: its VLAN, or -1. */
int nft_trace_vlan(const struct nft_trace *trace);
/* The tag that is shown is followed by another one. */
bool nft_trace_has_two_tags(const struct nft_trace *trace);
/* The protocol after the first tag of the frame; 0: unknown. */
unsigned int nft_trace_ethertype(const struct nft_trace *trace);

#endif
