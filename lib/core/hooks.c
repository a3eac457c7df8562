/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Counts the rules of nf_tables at the hooks that bridged frames pass, and finds
 * out whether there are older tables. */

#include "config.h"

#include "core/hooks.h"

#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/context.h"
#include "core/netfilter.h"
#include "core/talk.h"
#include "sys/transport.h"
#include "wire/nft-table.h"
#include "wire/nft.h"
#include "wire/request.h"

/* --- nf_tables ------------------------------------------------------------ */

static void add_rules(struct hooks *hooks, enum hook_owner owner,
		      const struct nft_chain *chain)
{
	struct hook_rules *rules = &hooks->rules[owner][chain->hook];

	rules->count += chain->rules;
	rules->drops |= chain->drops;
}

/* A live trace has a table of its own, which decides nothing. */
static bool is_ours(const struct nft_chain *chain)
{
	return strncmp(chain->table, NFT_TABLE_PREFIX,
		       strlen(NFT_TABLE_PREFIX)) == 0;
}

static void add_chain(struct hooks *hooks, const struct nft_chain *chain)
{
	static const uint8_t owners[] = {
		[NFT_BRIDGE] = 1 << HOOK_BRIDGE,
		[NFT_INET] = 1 << HOOK_IPV4 | 1 << HOOK_IPV6,
		[NFT_IPV4] = 1 << HOOK_IPV4,
		[NFT_IPV6] = 1 << HOOK_IPV6,
		[NFT_ARP] = 1 << HOOK_ARP,
		[NFT_OTHER] = 0,
	};

	if (chain->hook < 0 || chain->hook >= HOOKS || is_ours(chain))
		return;
	for (int owner = 0; owner < HOOK_OWNERS; owner++)
		if (owners[chain->family] & 1 << owner)
			add_rules(hooks, (enum hook_owner)owner, chain);
}

static int on_chain(void *data, const struct nlmsghdr *msg)
{
	struct nft_chain chain;
	int rc = nft_parse_chain(msg, &chain);

	if (rc == 0)
		add_chain(data, &chain);
	return rc == -ENOMSG ? 0 : rc;
}

static void forget_chains(void *data)
{
	struct hooks *hooks = data;

	memset(hooks->rules, 0, sizeof(hooks->rules));
}

static int read_chains(struct vbr_ctx *ctx, struct hooks *hooks)
{
	const struct talk_handler handler = { on_chain, forget_chains, hooks };
	struct request req;
	int rc;

	if (!netfilter_may_ask(ctx, "nf_tables"))
		return 0;
	nft_request_chains(&req);
	rc = netfilter_talk(ctx, &req.head, &handler);
	/* A kernel without nf_tables has none of its rules. */
	if (rc == -EPROTONOSUPPORT || rc == -EINVAL || rc == -EOPNOTSUPP)
		return 0;
	return rc;
}

/* --- older tables --------------------------------------------------------- */

bool hooks_have_legacy(const struct vbr_ctx *ctx, enum hook_owner owner,
		       const char *table)
{
	static const char files[][28] = {
		[HOOK_IPV4] = "/proc/net/ip_tables_names",
		[HOOK_IPV6] = "/proc/net/ip6_tables_names",
		[HOOK_ARP] = "/proc/net/arp_tables_names",
	};
	char text[256];

	return ctx->transport->read_file(ctx->transport_data, files[owner],
					 text, sizeof(text)) == 0 &&
	       (table ? strstr(text, table) != NULL : *text != '\0');
}

/* EBT_SO_GET_INFO of <linux/netfilter_bridge/ebtables.h>, which does not compile
 * after <linux/if.h> of some versions. */
#define EBT_GET_INFO 128

/* A question about a table would make it. This one has no room for an answer:
 * only a kernel without ebtables does not know the option. */
static bool knows_ebtables(const struct vbr_ctx *ctx)
{
	socklen_t len = 0;
	bool is_known;
	int fd;

	if (!ctx->transport->open_socket)
		return false;
	fd = ctx->transport->open_socket(ctx->transport_data, AF_INET,
					 SOCK_DGRAM, 0);
	if (fd < 0)
		return false;
	is_known = getsockopt(fd, IPPROTO_IP, EBT_GET_INFO, NULL, &len) == 0 ||
		   errno != ENOPROTOOPT;
	close(fd);
	return is_known;
}

/* The modules of its tables have their names. */
static void find_ebtables(const struct vbr_ctx *ctx, struct hooks *hooks)
{
	bool *has = hooks->has_ebtables;

	hooks->has_broute = netfilter_may_ask(ctx, "ebtable_broute");
	if (netfilter_may_ask(ctx, "ebtable_nat"))
		has[HOOK_PREROUTING] = has[HOOK_OUTPUT] =
			has[HOOK_POSTROUTING] = true;
	if (netfilter_may_ask(ctx, "ebtable_filter"))
		has[HOOK_INPUT] = has[HOOK_FORWARD] = has[HOOK_OUTPUT] = true;
}

static void find_legacy(const struct vbr_ctx *ctx, struct hooks *hooks)
{
	for (int owner = HOOK_IPV4; owner < HOOK_OWNERS; owner++)
		hooks->has_legacy[owner] =
			hooks_have_legacy(ctx, (enum hook_owner)owner, NULL);
	if (knows_ebtables(ctx))
		find_ebtables(ctx, hooks);
}

int hooks_read(struct vbr_ctx *ctx, struct hooks *ret_hooks)
{
	struct hooks hooks = { 0 };

	hooks.error = read_chains(ctx, &hooks);
	if (hooks.error == -ENOMEM)
		return hooks.error;
	find_legacy(ctx, &hooks);
	*ret_hooks = hooks;
	return 0;
}
