/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Asks nf_tables for its rules. */

#include "config.h"

#include "ip/firewall.h"

#include <stdbool.h>
#include <string.h>

#include "core/netfilter.h"
#include "core/talk.h"
#include "wire/nft.h"
#include "wire/request.h"

struct counting {
	const char *device;
	size_t count;
};

static int on_rule(void *data, const struct nlmsghdr *msg)
{
	struct counting *counting = data;
	struct nft_rule rule;

	if (nft_parse_rule(msg, &rule) == 0)
		counting->count += nft_rule_has(&rule, counting->device);
	return 0;
}

static void forget(void *data)
{
	struct counting *counting = data;

	counting->count = 0;
}

size_t firewall_count(struct vbr_ctx *ctx, const char *device)
{
	struct counting counting = { .device = device };
	const struct talk_handler handler = { on_rule, forget, &counting };
	struct request req;

	if (!netfilter_may_ask(ctx, "nf_tables"))
		return 0;
	nft_request_rules(&req);
	return netfilter_talk(ctx, &req.head, &handler) < 0 ? 0
							    : counting.count;
}
