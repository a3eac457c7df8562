/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Messages of nf_tables: skips unknown attributes, validates known ones. */

#include "config.h"

#include "wire/nft.h"

#include <endian.h>
#include <errno.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <string.h>

#include "wire/request.h"

#define TYPE(message) (NFNL_SUBSYS_NFTABLES << 8 | (message))

static void request(struct request *req, int message)
{
	request_begin(req, (uint16_t)TYPE(message), NLM_F_DUMP,
		      sizeof(struct nfgenmsg));
}

void nft_request_chains(struct request *req)
{
	request(req, NFT_MSG_GETCHAIN);
}

void nft_request_rules(struct request *req)
{
	request(req, NFT_MSG_GETRULE);
}

void nft_request_rules_of(struct request *req, uint8_t family,
			  const char *table)
{
	struct nfgenmsg *head = request_begin(req,
					      (uint16_t)TYPE(NFT_MSG_GETRULE),
					      NLM_F_DUMP, sizeof(*head));

	head->nfgen_family = family;
	mnl_attr_put_strz_check(&req->head, sizeof(req->bytes), NFTA_RULE_TABLE,
				table);
}

static enum nft_family family_of(const struct nlmsghdr *msg)
{
	const struct nfgenmsg *head = mnl_nlmsg_get_payload(msg);

	switch (head->nfgen_family) {
	case NFPROTO_BRIDGE:
		return NFT_BRIDGE;
	case NFPROTO_INET:
		return NFT_INET;
	case NFPROTO_IPV4:
		return NFT_IPV4;
	case NFPROTO_IPV6:
		return NFT_IPV6;
	case NFPROTO_ARP:
		return NFT_ARP;
	default:
		return NFT_OTHER;
	}
}

static int read_number(const struct nlattr *attr, uint32_t *ret_number)
{
	if (mnl_attr_get_payload_len(attr) != sizeof(*ret_number))
		return -EBADMSG;
	*ret_number = be32toh(mnl_attr_get_u32(attr));
	return 0;
}

static int read_name(const struct nlattr *attr, char ret_name[NFT_NAME_SIZE])
{
	size_t len = mnl_attr_get_payload_len(attr);

	if (len >= NFT_NAME_SIZE)
		len = NFT_NAME_SIZE - 1;
	memcpy(ret_name, mnl_attr_get_payload(attr), len);
	ret_name[len] = '\0';
	return 0;
}

static int read_hook(const struct nlattr *attr, struct nft_chain *chain)
{
	struct attr_span span = attr_nested(attr);
	uint32_t number;

	attr = attr_take_of(&span, NFTA_HOOK_HOOKNUM);
	if (!attr || read_number(attr, &number) < 0)
		return -EBADMSG;
	chain->hook = number < NF_INET_NUMHOOKS ? (int)number : -1;
	return 0;
}

static int read_chain(const struct nlattr *attr, struct nft_chain *chain)
{
	uint32_t policy;
	int rc;

	switch (mnl_attr_get_type(attr)) {
	case NFTA_CHAIN_TABLE:
		return read_name(attr, chain->table);
	case NFTA_CHAIN_NAME:
		return read_name(attr, chain->name);
	case NFTA_CHAIN_HOOK:
		return read_hook(attr, chain);
	case NFTA_CHAIN_USE:
		return read_number(attr, &chain->rules);
	case NFTA_CHAIN_POLICY:
		rc = read_number(attr, &policy);
		chain->drops = rc == 0 && policy == NF_DROP;
		return rc;
	default:
		return 0;
	}
}

/* Whether a message of this type has its header. */
static int check(const struct nlmsghdr *msg, int message)
{
	if (msg->nlmsg_type != TYPE(message))
		return -ENOMSG;
	return mnl_nlmsg_get_payload_len(msg) < sizeof(struct nfgenmsg)
		       ? -EBADMSG
		       : 0;
}

int nft_parse_chain(const struct nlmsghdr *msg, struct nft_chain *ret_chain)
{
	struct attr_span span = message_attrs(msg, sizeof(struct nfgenmsg));
	struct nft_chain chain = { .hook = -1 };
	const struct nlattr *attr;
	int rc = check(msg, NFT_MSG_NEWCHAIN);

	if (rc < 0)
		return rc;
	chain.family = family_of(msg);
	while (rc == 0 && (attr = attr_take(&span)))
		rc = read_chain(attr, &chain);
	if (rc == 0)
		*ret_chain = chain;
	return rc;
}

int nft_parse_rule(const struct nlmsghdr *msg, struct nft_rule *ret_rule)
{
	struct attr_span span = message_attrs(msg, sizeof(struct nfgenmsg));
	const struct nlattr *attr;
	int rc = check(msg, NFT_MSG_NEWRULE);

	if (rc < 0)
		return rc;
	attr = attr_take_of(&span, NFTA_RULE_EXPRESSIONS);
	*ret_rule = (struct nft_rule){ .family = family_of(msg) };
	if (attr)
		ret_rule->expressions = attr_nested(attr);
	return 0;
}

bool nft_rule_has(const struct nft_rule *rule, const char *word)
{
	return rule->expressions.len &&
	       memmem(rule->expressions.bytes, rule->expressions.len, word,
		      strlen(word) + 1);
}

static bool is_counter(struct attr_span span)
{
	const struct nlattr *name = attr_take_of(&span, NFTA_EXPR_NAME);
	const char counter[] = "counter";

	return name && mnl_attr_get_payload_len(name) == sizeof(counter) &&
	       memcmp(mnl_attr_get_payload(name), counter, sizeof(counter)) ==
		       0;
}

static int read_packets(struct attr_span span, uint64_t *ret_count)
{
	const struct nlattr *data = attr_take_of(&span, NFTA_EXPR_DATA);

	if (!data)
		return -EBADMSG;
	span = attr_nested(data);
	data = attr_take_of(&span, NFTA_COUNTER_PACKETS);
	if (!data || mnl_attr_get_payload_len(data) != sizeof(*ret_count))
		return -EBADMSG;
	*ret_count = be64toh(mnl_attr_get_u64(data));
	return 0;
}

int nft_rule_packets(const struct nft_rule *rule, uint64_t *ret_count)
{
	struct attr_span span = rule->expressions;
	const struct nlattr *element;

	while ((element = attr_take_of(&span, NFTA_LIST_ELEM)))
		if (is_counter(attr_nested(element)))
			return read_packets(attr_nested(element), ret_count);
	return -ENOENT;
}
