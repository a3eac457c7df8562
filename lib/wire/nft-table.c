/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds the messages that make a table of nf_tables in which frames are
 * traced. */

#include "config.h"

#include "wire/nft-table.h"

#include <endian.h>
#include <linux/if_ether.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <string.h>

#include "wire/kernel.h"
#include "wire/message.h"

/* --- messages ------------------------------------------------------------- */

static struct nlmsghdr *begin(struct nft_batch *batch, uint16_t type,
			      uint16_t flags, uint8_t family)
{
	struct nlmsghdr *msg = (void *)(batch->bytes + batch->len);
	struct nfgenmsg *head = message_begin(msg, type, NLM_F_REQUEST | flags,
					      sizeof(*head));

	head->nfgen_family = family;
	return msg;
}

static void end(struct nft_batch *batch, const struct nlmsghdr *msg)
{
	batch->len += MNL_ALIGN(msg->nlmsg_len);
}

/* The messages that begin and end a batch. */
static void put_limit(struct nft_batch *batch, uint16_t type)
{
	struct nlmsghdr *msg = begin(batch, type, 0, 0);
	struct nfgenmsg *head = mnl_nlmsg_get_payload(msg);

	head->res_id = htobe16(NFNL_SUBSYS_NFTABLES);
	end(batch, msg);
}

void nft_batch_begin(struct nft_batch *batch)
{
	memset(batch, 0, sizeof(*batch));
	put_limit(batch, NFNL_MSG_BATCH_BEGIN);
}

void nft_batch_end(struct nft_batch *batch)
{
	put_limit(batch, NFNL_MSG_BATCH_END);
}

static struct nlmsghdr *begin_new(struct nft_batch *batch, int message,
				  const struct nft_table *table)
{
	uint16_t type = (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | message);

	batch->count++;
	return begin(batch, type, NLM_F_CREATE | NLM_F_ACK, table->family);
}

/* Numbers of nf_tables are big-endian. */
static void put_number(struct nlmsghdr *msg, uint16_t type, uint32_t value)
{
	mnl_attr_put_u32(msg, type, htobe32(value));
}

void nft_put_table(struct nft_batch *batch, const struct nft_table *table)
{
	struct nlmsghdr *msg = begin_new(batch, NFT_MSG_NEWTABLE, table);

	mnl_attr_put_strz(msg, NFTA_TABLE_NAME, table->name);
	put_number(msg, NFTA_TABLE_FLAGS, VB_NFT_TABLE_F_OWNER);
	end(batch, msg);
}

void nft_put_chain(struct nft_batch *batch, const struct nft_table *table,
		   const struct nft_base_chain *chain)
{
	struct nlmsghdr *msg = begin_new(batch, NFT_MSG_NEWCHAIN, table);
	struct nlattr *hook;

	mnl_attr_put_strz(msg, NFTA_CHAIN_TABLE, table->name);
	mnl_attr_put_strz(msg, NFTA_CHAIN_NAME, chain->name);
	hook = mnl_attr_nest_start(msg, NFTA_CHAIN_HOOK);
	put_number(msg, NFTA_HOOK_HOOKNUM, chain->hook);
	put_number(msg, NFTA_HOOK_PRIORITY, (uint32_t)chain->priority);
	if (chain->device)
		mnl_attr_put_strz(msg, NFTA_HOOK_DEV, chain->device);
	mnl_attr_nest_end(msg, hook);
	put_number(msg, NFTA_CHAIN_POLICY, NF_ACCEPT);
	mnl_attr_put_strz(msg, NFTA_CHAIN_TYPE, "filter");
	end(batch, msg);
}

/* --- expressions ---------------------------------------------------------- */

struct expression {
	struct nlmsghdr *msg;
	struct nlattr *element, *data;
};

static struct expression begin_expression(struct nlmsghdr *msg,
					  const char *name)
{
	struct expression it = { .msg = msg };

	it.element = mnl_attr_nest_start(msg, NFTA_LIST_ELEM);
	mnl_attr_put_strz(msg, NFTA_EXPR_NAME, name);
	it.data = mnl_attr_nest_start(msg, NFTA_EXPR_DATA);
	return it;
}

static void end_expression(const struct expression *it)
{
	mnl_attr_nest_end(it->msg, it->data);
	mnl_attr_nest_end(it->msg, it->element);
}

static void put_value(struct nlmsghdr *msg, uint16_t type, const void *value,
		      size_t len)
{
	struct nlattr *nest = mnl_attr_nest_start(msg, type);

	mnl_attr_put(msg, NFTA_DATA_VALUE, len, value);
	mnl_attr_nest_end(msg, nest);
}

static void put_cmp(struct nlmsghdr *msg, const void *value, size_t len)
{
	struct expression it = begin_expression(msg, "cmp");

	put_number(msg, NFTA_CMP_SREG, NFT_REG32_00);
	put_number(msg, NFTA_CMP_OP, NFT_CMP_EQ);
	put_value(msg, NFTA_CMP_DATA, value, len);
	end_expression(&it);
}

static void load_payload(struct nlmsghdr *msg, uint32_t base, uint32_t offset,
			 size_t len)
{
	struct expression it = begin_expression(msg, "payload");

	put_number(msg, NFTA_PAYLOAD_DREG, NFT_REG32_00);
	put_number(msg, NFTA_PAYLOAD_BASE, base);
	put_number(msg, NFTA_PAYLOAD_OFFSET, offset);
	put_number(msg, NFTA_PAYLOAD_LEN, (uint32_t)len);
	end_expression(&it);
}

static void load_meta(struct nlmsghdr *msg, uint32_t key)
{
	struct expression it = begin_expression(msg, "meta");

	put_number(msg, NFTA_META_DREG, NFT_REG32_00);
	put_number(msg, NFTA_META_KEY, key);
	end_expression(&it);
}

static void put_mask(struct nlmsghdr *msg, const void *mask, size_t len)
{
	static const uint8_t zero[4];
	struct expression it = begin_expression(msg, "bitwise");

	put_number(msg, NFTA_BITWISE_SREG, NFT_REG32_00);
	put_number(msg, NFTA_BITWISE_DREG, NFT_REG32_00);
	put_number(msg, NFTA_BITWISE_LEN, (uint32_t)len);
	put_value(msg, NFTA_BITWISE_MASK, mask, len);
	put_value(msg, NFTA_BITWISE_XOR, zero, len);
	end_expression(&it);
}

/* --- the rule ------------------------------------------------------------- */

static void match_mac(struct nlmsghdr *msg, const uint8_t mac[6],
		      uint32_t offset)
{
	static const uint8_t any[6];

	if (memcmp(mac, any, sizeof(any)) == 0)
		return;
	load_payload(msg, NFT_PAYLOAD_LL_HEADER, offset, 6);
	put_cmp(msg, mac, 6);
}

static void match_type(struct nlmsghdr *msg, unsigned int ethertype)
{
	uint16_t type = htobe16((uint16_t)ethertype);

	if (!ethertype)
		return;
	load_meta(msg, NFT_META_PROTOCOL);
	put_cmp(msg, &type, sizeof(type));
}

/* The kernel shows the tag where it is on the wire, behind the addresses. */
static void match_tag(struct nlmsghdr *msg, unsigned int protocol)
{
	uint16_t type = htobe16((uint16_t)protocol);

	load_payload(msg, NFT_PAYLOAD_LL_HEADER, 12, sizeof(type));
	put_cmp(msg, &type, sizeof(type));
}

static void match_vlan(struct nlmsghdr *msg, int vlan)
{
	static const uint8_t mask[2] = { 0x0f, 0xff };
	uint16_t vid = htobe16((uint16_t)vlan);

	if (vlan < 0)
		return;
	match_tag(msg, ETH_P_8021Q);
	load_payload(msg, NFT_PAYLOAD_LL_HEADER, 14, sizeof(vid));
	put_mask(msg, mask, sizeof(mask));
	put_cmp(msg, &vid, sizeof(vid));
}

static void match_group(struct nlmsghdr *msg, const struct address *group)
{
	size_t len = address_len(group->family);
	bool is_ipv4 = group->family == ADDRESS_IPV4;

	match_type(msg, is_ipv4 ? ETH_P_IP : ETH_P_IPV6);
	load_payload(msg, NFT_PAYLOAD_NETWORK_HEADER, is_ipv4 ? 16 : 24, len);
	put_cmp(msg, group->bytes, len);
}

static void match_device(struct nlmsghdr *msg, int index)
{
	if (!index)
		return;
	load_meta(msg, NFT_META_IIF);
	put_cmp(msg, &index, sizeof(index));
}

static void put_counter(struct nlmsghdr *msg)
{
	struct expression it = begin_expression(msg, "counter");

	end_expression(&it);
}

static void put_rate(struct nlmsghdr *msg, unsigned int rate)
{
	struct expression it = begin_expression(msg, "limit");

	mnl_attr_put_u64(msg, NFTA_LIMIT_RATE, htobe64(rate));
	mnl_attr_put_u64(msg, NFTA_LIMIT_UNIT, htobe64(1));
	put_number(msg, NFTA_LIMIT_BURST, rate);
	put_number(msg, NFTA_LIMIT_TYPE, NFT_LIMIT_PKTS);
	end_expression(&it);
}

static void put_trace(struct nlmsghdr *msg)
{
	static const uint8_t on = 1;
	struct expression it = begin_expression(msg, "immediate");

	put_number(msg, NFTA_IMMEDIATE_DREG, NFT_REG32_00);
	put_value(msg, NFTA_IMMEDIATE_DATA, &on, sizeof(on));
	end_expression(&it);
	it = begin_expression(msg, "meta");
	put_number(msg, NFTA_META_KEY, NFT_META_NFTRACE);
	put_number(msg, NFTA_META_SREG, NFT_REG32_00);
	end_expression(&it);
}

static struct nlattr *begin_rule(struct nlmsghdr *msg,
				 const struct nft_table *table,
				 const char *chain)
{
	mnl_attr_put_strz(msg, NFTA_RULE_TABLE, table->name);
	mnl_attr_put_strz(msg, NFTA_RULE_CHAIN, chain);
	return mnl_attr_nest_start(msg, NFTA_RULE_EXPRESSIONS);
}

void nft_put_rule(struct nft_batch *batch, const struct nft_table *table,
		  const char *chain, const struct nft_match *match)
{
	struct nlmsghdr *msg = begin_new(batch, NFT_MSG_NEWRULE, table);
	struct nlattr *list = begin_rule(msg, table, chain);

	match_device(msg, match->index);
	match_mac(msg, match->dst, 0);
	match_mac(msg, match->src, 6);
	match_type(msg, match->has_group ? 0 : match->ethertype);
	match_vlan(msg, match->vlan);
	if (match->has_group)
		match_group(msg, &match->group);
	put_counter(msg);
	if (match->rate)
		put_rate(msg, match->rate);
	put_trace(msg);
	mnl_attr_nest_end(msg, list);
	end(batch, msg);
}

static void put_tag_rule(struct nft_batch *batch, const struct nft_table *table,
			 const char *chain, unsigned int protocol)
{
	struct nlmsghdr *msg = begin_new(batch, NFT_MSG_NEWRULE, table);
	struct nlattr *list = begin_rule(msg, table, chain);

	match_tag(msg, protocol);
	mnl_attr_nest_end(msg, list);
	end(batch, msg);
}

void nft_put_tag_rules(struct nft_batch *batch, const struct nft_table *table,
		       const char *chain)
{
	put_tag_rule(batch, table, chain, ETH_P_8021Q);
	put_tag_rule(batch, table, chain, ETH_P_8021AD);
}
