/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Says where rules of netfilter decide about a frame, and how many there are.
 * The rules themselves are not examined. */

#include "config.h"

#include "trace/netfilter.h"

#include <errno.h>
#include <stdio.h>

#include "trace/run.h"

static const char hook_names[HOOKS][12] = {
	[HOOK_PREROUTING] = "prerouting",   [HOOK_INPUT] = "input",
	[HOOK_FORWARD] = "forward",	    [HOOK_OUTPUT] = "output",
	[HOOK_POSTROUTING] = "postrouting",
};

static void note(struct trace_run *run, const char *option, const char *who,
		 enum hook hook, const struct hook_rules *rules)
{
	run_step(run, "netfilter", run->snapshot->bridge.name, "unknown",
		 option, "netfilter decides here: %s%u rule%s at the hook %s%s",
		 who, rules->count, rules->count == 1 ? "" : "s",
		 hook_names[hook],
		 rules->drops ? ", and a policy to drop" : "");
}

/* --- rules for bridges ---------------------------------------------------- */

/* The table broute is before all others. */
static void note_ebtables(struct trace_run *run, enum hook hook)
{
	const struct hooks *hooks = &run->snapshot->hooks;
	const char *bridge = run->snapshot->bridge.name;

	if (hooks->has_broute && hook == HOOK_PREROUTING)
		run_step(run, "netfilter", bridge, "unknown", NULL,
			 "netfilter decides here: the table broute of "
			 "ebtables-legacy may take the frame from the bridge; "
			 "its rules cannot be counted");
	if (hooks->has_ebtables[hook])
		run_step(run, "netfilter", bridge, "unknown", NULL,
			 "netfilter decides here: the rules of ebtables-legacy "
			 "at the hook %s cannot be counted",
			 hook_names[hook]);
}

static void note_bridge_rules(struct trace_run *run, enum hook hook)
{
	const struct hooks *hooks = &run->snapshot->hooks;
	const struct hook_rules *rules = &hooks->rules[HOOK_BRIDGE][hook];

	if (hooks->error)
		run_step(run, "netfilter", run->snapshot->bridge.name,
			 "unknown", NULL,
			 "netfilter decides here: the rules at the hook %s "
			 "cannot be read%s",
			 hook_names[hook],
			 hooks->error == -EPERM ? ", which needs CAP_NET_ADMIN"
						: "");
	else if (rules->count || rules->drops)
		note(run, NULL, "", hook, rules);
	note_ebtables(run, hook);
}

/* --- what br_netfilter calls ---------------------------------------------- */

static const struct {
	char name[12];
	unsigned int type;
} tables[HOOK_OWNERS] = {
	[HOOK_IPV4] = { "iptables", ETHERTYPE_IPV4 },
	[HOOK_IPV6] = { "ip6tables", ETHERTYPE_IPV6 },
	[HOOK_ARP] = { "arptables", ETHERTYPE_ARP },
};

/* It calls those for IP when the frame comes in, and when it goes out of another
 * port, and those for ARP only in between; and none for frames of the host. */
static bool is_called(const struct trace_run *run, enum hook_owner owner,
		      enum hook hook, int tag)
{
	const struct trace_snapshot *snapshot = run->snapshot;

	if (!snapshot->called_by[owner] || !run->in ||
	    (run->type && run->type != tables[owner].type) ||
	    (tag >= 0 && !snapshot->calls_with_tags))
		return false;
	if (owner == HOOK_ARP)
		return hook == HOOK_FORWARD;
	return hook == HOOK_PREROUTING || hook == HOOK_FORWARD ||
	       hook == HOOK_POSTROUTING;
}

static void note_call(struct trace_run *run, enum hook_owner owner,
		      enum hook hook)
{
	const struct hooks *hooks = &run->snapshot->hooks;
	const struct hook_rules *rules = &hooks->rules[owner][hook];
	const char *option = run->snapshot->called_by[owner];
	char who[48];

	snprintf(who, sizeof(who),
		 "br_netfilter calls %s: ", tables[owner].name);
	if (hooks->error || hooks->has_legacy[owner])
		run_step(run, "netfilter", run->snapshot->bridge.name,
			 "unknown", option,
			 "netfilter decides here: %sthe rules at the hook %s "
			 "cannot be counted",
			 who, hook_names[hook]);
	else if (rules->count || rules->drops)
		note(run, option, who, hook, rules);
}

void trace_netfilter(struct trace_run *run, enum hook hook, int tag)
{
	note_bridge_rules(run, hook);
	for (int owner = HOOK_IPV4; owner < HOOK_OWNERS; owner++)
		if (is_called(run, (enum hook_owner)owner, hook, tag))
			note_call(run, (enum hook_owner)owner, hook);
}

bool trace_passes_ip_tables(const struct trace_run *run)
{
	return is_called(run, HOOK_IPV4, HOOK_FORWARD, run->tag) ||
	       is_called(run, HOOK_IPV6, HOOK_FORWARD, run->tag);
}
