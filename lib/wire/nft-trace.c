/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Parses messages of nf_tables about traced frames: skips unknown attributes,
 * validates known ones.
 */

#include "config.h"

#include "wire/nft-trace.h"

#include <endian.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <string.h>

#include "wire/message.h"

#define TYPE (NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_TRACE)

static int read_number(const struct nlattr *attr, uint32_t *ret_number)
{
	if (mnl_attr_get_payload_len(attr) != sizeof(*ret_number))
		return -EBADMSG;
	*ret_number = be32toh(mnl_attr_get_u32(attr));
	return 0;
}

static int read_index(const struct nlattr *attr, int *ret_index)
{
	uint32_t index;
	int rc = read_number(attr, &index);

	if (rc == 0)
		*ret_index = (int)index;
	return rc;
}

/* Longer names are cut. */
static int read_name(const struct nlattr *attr,
		     char ret_name[NFT_TRACE_NAME_SIZE])
{
	size_t len = mnl_attr_get_payload_len(attr);

	if (len >= NFT_TRACE_NAME_SIZE)
		len = NFT_TRACE_NAME_SIZE - 1;
	memcpy(ret_name, mnl_attr_get_payload(attr), len);
	ret_name[len] = '\0';
	return 0;
}

static int read_bytes(const struct nlattr *attr, size_t size,
		      uint8_t *ret_bytes, size_t *ret_len)
{
	size_t len = mnl_attr_get_payload_len(attr);

	*ret_len = len < size ? len : size;
	memcpy(ret_bytes, mnl_attr_get_payload(attr), *ret_len);
	return 0;
}

static int read_verdict(const struct nlattr *attr, struct nft_trace *trace)
{
	struct attr_span span = attr_nested(attr);
	uint32_t code;

	attr = attr_take_of(&span, NFTA_VERDICT_CODE);
	if (!attr || read_number(attr, &code) < 0)
		return -EBADMSG;
	trace->drops |= code == NF_DROP;
	return 0;
}

static int read_policy(const struct nlattr *attr, struct nft_trace *trace)
{
	uint32_t policy;
	int rc = read_number(attr, &policy);

	trace->drops |= rc == 0 && policy == NF_DROP;
	return rc;
}

static int read_type(const struct nlattr *attr, struct nft_trace *trace)
{
	uint32_t type;
	int rc = read_number(attr, &type);

	trace->is_rule = rc == 0 && type == NFT_TRACETYPE_RULE;
	return rc;
}

static int read_attr(const struct nlattr *attr, struct nft_trace *trace)
{
	switch (mnl_attr_get_type(attr)) {
	case NFTA_TRACE_TABLE:
		return read_name(attr, trace->table);
	case NFTA_TRACE_CHAIN:
		return read_name(attr, trace->chain);
	case NFTA_TRACE_TYPE:
		return read_type(attr, trace);
	case NFTA_TRACE_VERDICT:
		return read_verdict(attr, trace);
	case NFTA_TRACE_POLICY:
		return read_policy(attr, trace);
	case NFTA_TRACE_ID:
		return read_number(attr, &trace->id);
	case NFTA_TRACE_IIF:
		return read_index(attr, &trace->in);
	case NFTA_TRACE_OIF:
		return read_index(attr, &trace->out);
	case NFTA_TRACE_LL_HEADER:
		return read_bytes(attr, sizeof(trace->link), trace->link,
				  &trace->link_len);
	case NFTA_TRACE_NETWORK_HEADER:
		return read_bytes(attr, sizeof(trace->network), trace->network,
				  &trace->network_len);
	default:
		return 0;
	}
}

int nft_parse_trace(const struct nlmsghdr *msg, struct nft_trace *ret_trace)
{
	struct attr_span span = message_attrs(msg, sizeof(struct nfgenmsg));
	const struct nfgenmsg *head = mnl_nlmsg_get_payload(msg);
	struct nft_trace trace = { 0 };
	const struct nlattr *attr;
	int rc = 0;

	if (msg->nlmsg_type != TYPE)
		return -ENOMSG;
	if (mnl_nlmsg_get_payload_len(msg) < sizeof(*head))
		return -EBADMSG;
	trace.family = head->nfgen_family;
	while (rc == 0 && (attr = attr_take(&span)))
		rc = read_attr(attr, &trace);
	if (rc == 0)
		*ret_trace = trace;
	return rc;
}

/* --- headers -------------------------------------------------------------- */

static unsigned int number_at(const uint8_t *bytes)
{
	return (unsigned int)bytes[0] << 8 | bytes[1];
}

static bool is_tag(unsigned int type)
{
	return type == ETH_P_8021Q || type == ETH_P_8021AD;
}

int nft_trace_vlan(const struct nft_trace *trace)
{
	if (trace->link_len < ETH_HLEN || !is_tag(number_at(trace->link + 12)))
		return -1;
	if (trace->link_len < NFT_TRACE_LINK_SIZE)
		return NFT_VLAN_UNKNOWN;
	return (int)(number_at(trace->link + 14) & 0xfff);
}

unsigned int nft_trace_ethertype(const struct nft_trace *trace)
{
	unsigned int type;

	if (trace->link_len < ETH_HLEN)
		return 0;
	type = number_at(trace->link + 12);
	if (!is_tag(type))
		return type;
	return trace->link_len < NFT_TRACE_LINK_SIZE
		       ? 0
		       : number_at(trace->link + 16);
}

bool nft_trace_has_two_tags(const struct nft_trace *trace)
{
	return nft_trace_vlan(trace) >= 0 && is_tag(nft_trace_ethertype(trace));
}
