/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Messages of nf_tables about chains and rules; no I/O. */

#ifndef VBR_WIRE_NFT_H
#define VBR_WIRE_NFT_H

#include <stdbool.h>
#include <stdint.h>

#include "wire/message.h"

struct request;

enum nft_family {
	NFT_OTHER,
	NFT_BRIDGE,
	NFT_INET,
	NFT_IPV4,
	NFT_IPV6,
	NFT_ARP
};

/* Longer names are cut. */
#define NFT_NAME_SIZE 64

struct nft_chain {
	enum nft_family family;
	int hook;   /* NF_INET_* or NF_BR_*; -1: other chains jump to it */
	bool drops; /* its policy is to drop */
	uint32_t rules;
	char table[NFT_NAME_SIZE], name[NFT_NAME_SIZE];
};

struct nft_rule {
	enum nft_family family;
	struct attr_span expressions;
};

void nft_request_chains(struct request *req);
void nft_request_rules(struct request *req);
/* Of one table. */
void nft_request_rules_of(struct request *req, uint8_t family,
			  const char *table);

/* -ENOMSG: it is about something else; -EBADMSG: malformed. */
int nft_parse_chain(const struct nlmsghdr *msg, struct nft_chain *ret_chain);
int nft_parse_rule(const struct nlmsghdr *msg, struct nft_rule *ret_rule);
/* What its counter has counted; -ENOENT: it has none. */
int nft_rule_packets(const struct nft_rule *rule, uint64_t *ret_count);

/* Whether an expression has this word, such as the name of a device. */
bool nft_rule_has(const struct nft_rule *rule, const char *word);

#endif
