/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A rule about the firewall of the host: whether bridged frames pass it, and
 * whether it may drop them there. It reads only chains of nf_tables; the older
 * iptables tables can only be read as a whole.
 */

#include "config.h"

#include "check/forward.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/findings.h"
#include "check/view.h"
#include "core/context.h"
#include "core/hooks.h"
#include "core/netfilter.h"
#include "core/talk.h"
#include "wire/nft.h"
#include "wire/request.h"

/* --- which tables frames pass --------------------------------------------- */

static const struct {
	char setting[16], option[20];
} switches[] = {
	{ "call-iptables", "nf_call_iptables" },
	{ "call-ip6tables", "nf_call_ip6tables" },
	{ "call-arptables", "nf_call_arptables" },
};

#define SWITCHES (sizeof(switches) / sizeof(switches[0]))

struct passage {
	bool all[SWITCHES], own[SWITCHES]; /* settings, options that are on */
	bool is_any;
};

/* The settings of all bridges exist only while br_netfilter is loaded. */
static int read_passage(const struct check *check,
			const struct bridge_view *bridge,
			struct passage *ret_passage)
{
	*ret_passage = (struct passage){ .is_any = false };
	for (size_t i = 0; i < SWITCHES; i++) {
		int rc = vbr_nf_get(check->ctx, switches[i].setting,
				    &ret_passage->all[i]);

		if (rc < 0)
			return rc;
		ret_passage->own[i] = bridge_number(bridge, switches[i].option,
						    0);
		ret_passage->is_any |= ret_passage->all[i] ||
				       ret_passage->own[i];
	}
	return 0;
}

static void name_tables(const struct passage *passage, char *ret_text,
			size_t size)
{
	size_t len = 0;

	*ret_text = '\0';
	for (size_t i = 0; i < SWITCHES; i++)
		if (passage->all[i] || passage->own[i])
			len += (size_t)snprintf(ret_text + len, size - len,
						"%s%s", len ? ", " : "",
						switches[i].setting +
							strlen("call-"));
}

static void fix_passage(struct check *check, const struct bridge_view *bridge,
			const struct passage *passage)
{
	char word[32];

	for (size_t i = 0; i < SWITCHES; i++)
		if (passage->all[i])
			finding_fix(check, "brctl", "setnf",
				    switches[i].setting, "off", NULL);
	for (size_t i = 0; i < SWITCHES; i++) {
		if (!passage->own[i])
			continue;
		snprintf(word, sizeof(word), "%s=off", switches[i].option);
		finding_fix(check, "brctl", "set", bridge->link->name, word,
			    NULL);
	}
}

/* --- what they do --------------------------------------------------------- */

/* Chains for forwarded packets, read once for all bridges. */
struct forward {
	struct nft_chain *chains;
	size_t count, room;
	bool is_known;
};

void forward_free(struct forward *forward)
{
	if (forward)
		free(forward->chains);
	free(forward);
}

static int on_chain(void *data, const struct nlmsghdr *msg)
{
	struct forward *forward = data;
	struct nft_chain *chains, chain;
	int rc = nft_parse_chain(msg, &chain);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	if (chain.hook != HOOK_FORWARD || (!chain.drops && !chain.rules))
		return 0;
	chains = array_grow(forward->chains, sizeof(*chains), forward->count,
			    &forward->room);
	if (!chains)
		return -ENOMEM;
	forward->chains = chains;
	chains[forward->count++] = chain;
	return 0;
}

static void forget_chains(void *data)
{
	struct forward *forward = data;

	forward->count = 0;
}

static bool has_legacy(const struct vbr_ctx *ctx)
{
	return hooks_have_legacy(ctx, HOOK_IPV4, "filter") ||
	       hooks_have_legacy(ctx, HOOK_IPV6, "filter") ||
	       hooks_have_legacy(ctx, HOOK_ARP, "filter");
}

static int take_chains(struct vbr_ctx *ctx, struct forward *forward)
{
	const struct talk_handler handler = { on_chain, forget_chains,
					      forward };
	struct request req;
	int rc = 0;

	nft_request_chains(&req);
	if (netfilter_may_ask(ctx, "nf_tables"))
		rc = netfilter_talk(ctx, &req.head, &handler);
	/* Without nf_tables, nothing is there to drop frames. */
	if (rc == -EPROTONOSUPPORT || rc == -EINVAL || rc == -EOPNOTSUPP)
		rc = 0;
	forward->is_known = rc == 0 && !has_legacy(ctx);
	return rc == -ENOMEM ? rc : 0;
}

static const struct forward *find_forward(struct check *check)
{
	if (!check->forward) {
		check->forward = calloc(1, sizeof(*check->forward));
		check->error = check->forward
				       ? take_chains(check->ctx, check->forward)
				       : -ENOMEM;
	}
	return check->error ? NULL : check->forward;
}

/* The order of "switches" is IPv4, IPv6, ARP. */
static bool is_passed(const struct passage *passage, enum nft_family family)
{
	bool is_on[SWITCHES];

	for (size_t i = 0; i < SWITCHES; i++)
		is_on[i] = passage->all[i] || passage->own[i];
	switch (family) {
	case NFT_INET:
		return is_on[0] || is_on[1];
	case NFT_IPV4:
		return is_on[0];
	case NFT_IPV6:
		return is_on[1];
	case NFT_ARP:
		return is_on[2];
	default:
		return false;
	}
}

/* The chain that frames pass; a chain that drops is preferred; NULL: none. */
static const struct nft_chain *find_chain(const struct forward *forward,
					  const struct passage *passage)
{
	const struct nft_chain *found = NULL;

	for (size_t i = 0; i < forward->count; i++) {
		const struct nft_chain *chain = &forward->chains[i];

		if (!is_passed(passage, chain->family))
			continue;
		if (chain->drops)
			return chain;
		if (!found)
			found = chain;
	}
	return found;
}

/* --- whether a rule may accept them --------------------------------------- */

struct search {
	const char *name;
	bool is_found;
};

/* A rule that names the bridge, or looks into a set, which may name it. */
static int on_rule(void *data, const struct nlmsghdr *msg)
{
	struct search *search = data;
	struct nft_rule rule;

	if (nft_parse_rule(msg, &rule) == 0)
		search->is_found |= nft_rule_has(&rule, search->name) ||
				    nft_rule_has(&rule, "lookup");
	return 0;
}

static void forget_rules(void *data)
{
	struct search *search = data;

	search->is_found = false;
}

/* True also if the rules cannot be read. */
static bool may_be_accepted(const struct check *check,
			    const struct bridge_view *bridge)
{
	struct search search = { .name = bridge->link->name };
	const struct talk_handler handler = { on_rule, forget_rules, &search };
	struct request req;

	nft_request_rules(&req);
	return netfilter_talk(check->ctx, &req.head, &handler) < 0 ||
	       search.is_found;
}

/* --- the rule ------------------------------------------------------------- */

static void report_passage(struct check *check,
			   const struct bridge_view *bridge,
			   const struct passage *passage,
			   const struct nft_chain *chain)
{
	char tables[64];

	name_tables(passage, tables, sizeof(tables));
	finding_begin(check, VBR_SEVERITY_REMARK, bridge, NULL);
	/* Translators: of the firewall: iptables, ip6tables, arptables. */
	finding_what(check,
		     _("bridge \"%s\": bridged frames pass the tables of the "
		       "host: %s"),
		     bridge->name, tables);
	finding_why(check,
		    chain ? _("its rules for forwarded packets are for these "
			      "frames, too")
			  : _("a rule or a policy that drops forwarded packets "
			      "drops these, too; it was not read"));
	fix_passage(check, bridge, passage);
}

static void report_drop(struct check *check, const struct bridge_view *bridge,
			const struct passage *passage,
			const struct nft_chain *chain)
{
	finding_begin(check, VBR_SEVERITY_WARNING, bridge, NULL);
	finding_what(check,
		     _("bridge \"%s\": bridged frames pass the chain %s of "
		       "table %s of nftables, whose policy is to drop"),
		     bridge->name, check_text(check, chain->name),
		     check_text(check, chain->table));
	finding_why(check, _("no rule names this bridge, so its ports may "
			     "reach each other by ARP only"));
	fix_passage(check, bridge, passage);
}

void rule_bridge_nf(struct check *check, const struct bridge_view *bridge)
{
	const struct forward *forward;
	const struct nft_chain *chain;
	struct passage passage;
	int rc;

	if (bridge->count < 2)
		return;
	rc = read_passage(check, bridge, &passage);
	if (rc < 0 && rc != -ENOENT)
		check_skip(check, _("/proc/sys is not mounted"));
	if (rc < 0 || !passage.is_any)
		return;
	forward = find_forward(check);
	if (!forward)
		return;
	chain = find_chain(forward, &passage);
	if (chain && chain->drops && !may_be_accepted(check, bridge))
		report_drop(check, bridge, &passage, chain);
	else if (chain || !forward->is_known)
		report_passage(check, bridge, &passage, chain);
}
