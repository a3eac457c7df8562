/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What check reads besides bridges: chains of nf_tables, lifetimes of
 * addresses, LRO; and the hash in the MAC addresses that systemd makes. */

#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/ethtool.h>
#include <linux/if_addr.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "base/siphash.h"
#include "core/context.h"
#include "core/ioctl.h"
#include "core/netfilter.h"
#include "unit/attrs.h"
#include "wire/ip.h"
#include "wire/nft-trace.h"
#include "wire/nft.h"

/* The first and the last test vector of the paper, and one that ends at a
 * word. */
static void hash(void **state)
{
	static const struct {
		size_t len;
		uint64_t hash;
	} rows[] = {
		{ 0, 0x726fdb47dd0e0e31 },
		{ 8, 0x93f5f5799a932462 },
		{ 15, 0xa129ca6149be45e5 },
	};
	uint8_t bytes[SIPHASH_KEY_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)i;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(siphash24(bytes, bytes, rows[i].len),
				 rows[i].hash);
}

/* --- chains ----------------------------------------------------------------- */

static char buffer[1024];

static struct nlmsghdr *begin(int message, uint8_t family)
{
	struct nlmsghdr *msg;
	struct nfgenmsg *head;

	memset(buffer, 0, sizeof(buffer));
	msg = put_header(buffer);
	msg->nlmsg_type = (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | message);
	head = put_extra_header(msg, sizeof(*head));
	head->nfgen_family = family;
	return msg;
}

static void put_hook(struct nlmsghdr *msg, uint32_t number)
{
	struct nlattr *nest = nest_start(msg, NFTA_CHAIN_HOOK);

	put_u32(msg, NFTA_HOOK_HOOKNUM, htonl(number));
	put_u32(msg, NFTA_HOOK_PRIORITY, 0);
	nest_end(msg, nest);
}

static void chain(void **state)
{
	struct nlmsghdr *msg = begin(NFT_MSG_NEWCHAIN, NFPROTO_IPV4);
	struct nft_chain row;
	char longest[200];

	(void)state;
	memset(longest, 'x', sizeof(longest));
	put_string(msg, NFTA_CHAIN_TABLE, "filter");
	put_attr(msg, NFTA_CHAIN_NAME, sizeof(longest), longest);
	put_hook(msg, NF_INET_FORWARD);
	put_u32(msg, NFTA_CHAIN_POLICY, htonl(NF_DROP));
	put_u32(msg, NFTA_CHAIN_USE, htonl(3));
	assert_int_equal(nft_parse_chain(msg, &row), 0);
	assert_int_equal(row.family, NFT_IPV4);
	assert_int_equal(row.hook, NF_INET_FORWARD);
	assert_true(row.drops);
	assert_int_equal(row.rules, 3);
	assert_string_equal(row.table, "filter");
	assert_int_equal(strlen(row.name), NFT_NAME_SIZE - 1);
}

static void other_chains(void **state)
{
	struct nlmsghdr *msg = begin(NFT_MSG_NEWCHAIN, NFPROTO_BRIDGE);
	struct nft_chain row;
	struct nft_rule rule;

	(void)state;
	put_hook(msg, NF_INET_LOCAL_IN);
	put_u32(msg, NFTA_CHAIN_POLICY, htonl(NF_ACCEPT));
	assert_int_equal(nft_parse_chain(msg, &row), 0);
	assert_int_equal(row.family, NFT_BRIDGE);
	assert_int_equal(row.hook, NF_INET_LOCAL_IN);
	assert_false(row.drops);
	assert_int_equal(nft_parse_rule(msg, &rule), -ENOMSG);
	msg->nlmsg_len = NLMSG_HDRLEN;
	assert_int_equal(nft_parse_chain(msg, &row), -EBADMSG);

	msg = begin(NFT_MSG_NEWRULE, NFPROTO_INET);
	assert_int_equal(nft_parse_chain(msg, &row), -ENOMSG);
	assert_int_equal(nft_parse_rule(msg, &rule), 0);
	assert_int_equal(rule.family, NFT_INET);
	assert_int_equal(rule.expressions.len, 0);
	put_attr(msg, NFTA_RULE_EXPRESSIONS, 6, "lookup");
	assert_int_equal(nft_parse_rule(msg, &rule), 0);
	assert_int_equal(rule.expressions.len, 6);
}

static void bad_chains(void **state)
{
	struct nlmsghdr *msg = begin(NFT_MSG_NEWCHAIN, NFPROTO_ARP);
	struct nft_chain row;

	(void)state;
	put_u16(msg, NFTA_CHAIN_POLICY, 0);
	assert_int_equal(nft_parse_chain(msg, &row), -EBADMSG);
	msg = begin(NFT_MSG_NEWCHAIN, NFPROTO_IPV6);
	put_attr(msg, NFTA_CHAIN_HOOK, 0, "");
	assert_int_equal(nft_parse_chain(msg, &row), -EBADMSG);
	msg = begin(NFT_MSG_NEWCHAIN, NFPROTO_IPV6);
	put_u64(msg, NFTA_CHAIN_USE, 0);
	assert_int_equal(nft_parse_chain(msg, &row), -EBADMSG);
}

/* --- traces of frames ----------------------------------------------------- */

static void frame_traces(void **state)
{
	static const uint8_t tagged[18] = { [12] = 0x81, [15] = 10, [16] = 8 };
	struct nlmsghdr *msg = begin(NFT_MSG_TRACE, NFPROTO_BRIDGE);
	struct nft_trace row;
	char longest[200];

	(void)state;
	memset(longest, 'x', sizeof(longest));
	put_attr(msg, NFTA_TRACE_TABLE, sizeof(longest), longest);
	put_u32(msg, NFTA_TRACE_ID, htonl(7));
	put_u32(msg, NFTA_TRACE_TYPE, htonl(NFT_TRACETYPE_RULE));
	put_u32(msg, NFTA_TRACE_POLICY, htonl(NF_DROP));
	put_u32(msg, NFTA_TRACE_OIF, htonl(3));
	put_attr(msg, NFTA_TRACE_LL_HEADER, sizeof(tagged), tagged);
	put_attr(msg, NFTA_TRACE_NETWORK_HEADER, sizeof(longest), longest);
	assert_int_equal(nft_parse_trace(msg, &row), 0);
	assert_int_equal(strlen(row.table), NFT_TRACE_NAME_SIZE - 1);
	assert_true(row.is_rule && row.drops);
	assert_int_equal(row.id, 7);
	assert_int_equal(row.out, 3);
	assert_int_equal(row.network_len, NFT_TRACE_NETWORK_SIZE);
	assert_int_equal(nft_trace_vlan(&row), 10);
	assert_int_equal(nft_trace_ethertype(&row), 0x0800);
	assert_false(nft_trace_has_two_tags(&row));
	row.link[16] = 0x88;
	row.link[17] = 0xa8;
	assert_true(nft_trace_has_two_tags(&row));
	row.link_len = 14;
	assert_int_equal(nft_trace_vlan(&row), NFT_VLAN_UNKNOWN);
	row.link_len = 13;
	assert_int_equal(nft_trace_vlan(&row), -1);
	assert_int_equal(nft_trace_ethertype(&row), 0);
}

static void bad_frame_traces(void **state)
{
	struct nlmsghdr *msg = begin(NFT_MSG_NEWRULE, NFPROTO_BRIDGE);
	struct nft_trace row;

	(void)state;
	assert_int_equal(nft_parse_trace(msg, &row), -ENOMSG);
	msg = begin(NFT_MSG_TRACE, NFPROTO_BRIDGE);
	put_u16(msg, NFTA_TRACE_IIF, 1);
	assert_int_equal(nft_parse_trace(msg, &row), -EBADMSG);
	msg = begin(NFT_MSG_TRACE, NFPROTO_BRIDGE);
	put_attr(msg, NFTA_TRACE_VERDICT, 0, "");
	assert_int_equal(nft_parse_trace(msg, &row), -EBADMSG);
	msg = begin(NFT_MSG_TRACE, NFPROTO_BRIDGE);
	msg->nlmsg_len = NLMSG_HDRLEN;
	assert_int_equal(nft_parse_trace(msg, &row), -EBADMSG);
}

/* --- addresses -------------------------------------------------------------- */

static void lifetimes(void **state)
{
	struct ifa_cacheinfo info = { .ifa_valid = UINT32_MAX };
	struct ip_address row;
	struct ifaddrmsg *head;
	struct nlmsghdr *msg;

	(void)state;
	for (int i = 0; i < 3; i++) {
		memset(buffer, 0, sizeof(buffer));
		msg = put_header(buffer);
		msg->nlmsg_type = RTM_NEWADDR;
		head = put_extra_header(msg, sizeof(*head));
		head->ifa_family = AF_INET;
		put_u32(msg, IFA_LOCAL, 0);
		if (i == 1)
			info.ifa_valid = 60;
		put_attr(msg, IFA_CACHEINFO, i == 2 ? 4 : sizeof(info), &info);
		assert_int_equal(ip_parse_address(msg, &row),
				 i == 2 ? -EBADMSG : 0);
		if (i < 2)
			assert_int_equal(row.expires, i == 1);
	}
}

/* --- LRO -------------------------------------------------------------------- */

struct device {
	uint32_t flags; /* 0: no features */
	const char *driver;
};

static int answer_ioctl(void *data, unsigned long request, void *argument)
{
	const struct device *device = data;
	struct ifreq *ifreq = argument;
	struct ethtool_value *value = (void *)ifreq->ifr_data;
	struct ethtool_drvinfo *info = (void *)ifreq->ifr_data;

	assert_int_equal(request, SIOCETHTOOL);
	assert_string_equal(ifreq->ifr_name, "eth0");
	if (value->cmd == ETHTOOL_GDRVINFO) {
		strcpy(info->driver, device->driver);
		return 0;
	}
	assert_int_equal(value->cmd, ETHTOOL_GFLAGS);
	value->data = device->flags;
	return device->flags ? 0 : -EOPNOTSUPP;
}

static void offloads(void **state)
{
	static const struct transport transport = { .ioctl = answer_ioctl };
	static const struct {
		struct device device;
		int rc;
		bool is_on;
	} rows[] = {
		{ { ETH_FLAG_LRO, "ixgbe" }, 0, true },
		{ { ETH_FLAG_LRO, "virtio_net" }, 0, false },
		{ { ETH_FLAG_RXHASH, "ixgbe" }, 0, false },
		{ { 0, "ixgbe" }, -EOPNOTSUPP, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct device device = rows[i].device;
		struct vbr_ctx *ctx;
		bool is_on = false;

		assert_int_equal(context_new(&transport, &device, &ctx), 0);
		assert_int_equal(ioctl_lro(ctx, "eth0", &is_on), rows[i].rc);
		assert_int_equal(is_on, rows[i].is_on);
		/* This kernel has no nfnetlink either. */
		assert_int_equal(netfilter_talk(ctx, NULL, NULL),
				 -EPROTONOSUPPORT);
		context_free(ctx);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("SipHash gives the results in the paper", hash),
		TEST("a chain is read, and a long name is truncated", chain),
		TEST("other chains, and rules", other_chains),
		TEST("malformed chains are refused", bad_chains),
		TEST("traces of frames are parsed", frame_traces),
		TEST("malformed traces of frames are refused",
		     bad_frame_traces),
		TEST("an address with a lifetime", lifetimes),
		TEST("devices with LRO and without", offloads),
	};

	return run_all(tests);
}
