/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Counts the rules at the hooks of netfilter. */

#ifndef VBR_CORE_HOOKS_H
#define VBR_CORE_HOOKS_H

#include <stdbool.h>
#include <stdint.h>

struct vbr_ctx;

/* The kernel has the same numbers for bridges and for IP; ARP has only forward
 * of those that bridged frames pass. */
enum hook {
	HOOK_PREROUTING,
	HOOK_INPUT,
	HOOK_FORWARD,
	HOOK_OUTPUT,
	HOOK_POSTROUTING,
	HOOKS
};

/* Whose rules: those for bridges, and those that br_netfilter calls. */
enum hook_owner { HOOK_BRIDGE, HOOK_IPV4, HOOK_IPV6, HOOK_ARP, HOOK_OWNERS };

struct hook_rules {
	uint32_t count;
	bool drops; /* the policy of a chain */
};

struct hooks {
	/* Of nf_tables; -EPERM: they may not be read. */
	int error;
	struct hook_rules rules[HOOK_OWNERS][HOOKS];
	/* Whether there are tables of ebtables, or of iptables-legacy and so on:
	 * the kernel does not count their rules. */
	bool has_broute, has_ebtables[HOOKS];
	bool has_legacy[HOOK_OWNERS];
};

/* What cannot be read is noted in it. No module is loaded for that. -ENOMEM. */
int hooks_read(struct vbr_ctx *ctx, struct hooks *ret_hooks);

/* Whether iptables-legacy and the like have made a table of this name; NULL:
 * any. Not for HOOK_BRIDGE. */
bool hooks_have_legacy(const struct vbr_ctx *ctx, enum hook_owner owner,
		       const char *table);

#endif
