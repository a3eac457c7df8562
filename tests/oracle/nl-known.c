/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The list of options that libnl supports. */

#include "unit/unit.h"

#include "oracle/nl-known.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct {
	enum vbr_scope scope;
	const char *option;
} known[] = {
	{ VBR_SCOPE_PORT, "state" },
	{ VBR_SCOPE_PORT, "priority" },
	{ VBR_SCOPE_PORT, "path_cost" },
	{ VBR_SCOPE_PORT, "hairpin_mode" },
	{ VBR_SCOPE_PORT, "bpdu_guard" },
	{ VBR_SCOPE_PORT, "root_block" },
	{ VBR_SCOPE_PORT, "multicast_fast_leave" },
	{ VBR_SCOPE_PORT, "unicast_flood" },
	{ VBR_SCOPE_PORT, "learning" },
	{ VBR_SCOPE_VLAN, "id" },
	{ VBR_SCOPE_VLAN, "protocol" },
	{ VBR_SCOPE_VLAN, "reorder_hdr" },
	{ VBR_SCOPE_VLAN, "gvrp" },
	{ VBR_SCOPE_VLAN, "loose_binding" },
	{ VBR_SCOPE_VLAN, "mvrp" },
	{ VBR_SCOPE_VLAN, "bridge_binding" },
	{ VBR_SCOPE_VLAN, "ingress_qos_map" },
	{ VBR_SCOPE_VLAN, "egress_qos_map" },
};

bool libnl_knows(enum vbr_scope scope, const char *option)
{
	for (size_t i = 0; i < COUNT(known); i++)
		if (known[i].scope == scope &&
		    strcmp(known[i].option, option) == 0)
			return true;
	return false;
}

/* The results of reading an option with both libraries. */
struct readings {
	int their_rc, our_rc;
	uint64_t theirs, ours;
};

static bool is_same(enum vbr_scope scope, const char *option,
		    const struct readings *r, bool is_loud)
{
	bool same;

	if (libnl_knows(scope, option))
		same = r->their_rc == r->our_rc &&
		       (r->our_rc < 0 || r->theirs == r->ours);
	else
		same = r->their_rc == -ENODATA;
	if (!same && is_loud)
		printf("# %s: %d %llu by libnl, ours %d %llu\n", option,
		       r->their_rc, (unsigned long long)r->theirs, r->our_rc,
		       (unsigned long long)r->ours);
	return same;
}

static const char *option_at(enum vbr_scope scope, size_t i)
{
	const struct vbr_option *option = vbr_option_at(scope, i);

	return option ? vbr_option_name(option) : NULL;
}

bool same_bridge(const struct vbr_bridge *theirs, const struct vbr_bridge *ours,
		 bool is_loud)
{
	bool same = vbr_bridge_index(theirs) == vbr_bridge_index(ours) &&
		    vbr_bridge_is_up(theirs) == vbr_bridge_is_up(ours) &&
		    strcmp(vbr_bridge_name(theirs), vbr_bridge_name(ours)) == 0;
	const char *option;

	for (size_t i = 0; (option = option_at(VBR_SCOPE_BRIDGE, i)); i++) {
		struct readings r = { 0 };

		r.their_rc = vbr_bridge_value(theirs, option, &r.theirs);
		r.our_rc = vbr_bridge_value(ours, option, &r.ours);
		same &= is_same(VBR_SCOPE_BRIDGE, option, &r, is_loud);
	}
	return same;
}

bool same_port(const struct vbr_port *theirs, const struct vbr_port *ours,
	       bool is_loud)
{
	bool same = vbr_port_index(theirs) == vbr_port_index(ours) &&
		    vbr_port_bridge_index(theirs) ==
			    vbr_port_bridge_index(ours) &&
		    strcmp(vbr_port_name(theirs), vbr_port_name(ours)) == 0;
	const char *option;

	for (size_t i = 0; (option = option_at(VBR_SCOPE_PORT, i)); i++) {
		struct readings r = { 0 };

		r.their_rc = vbr_port_value(theirs, option, &r.theirs);
		r.our_rc = vbr_port_value(ours, option, &r.ours);
		same &= is_same(VBR_SCOPE_PORT, option, &r, is_loud);
	}
	return same;
}

/* A map has only a text. */
static bool same_map(struct vbr_ctx *ctx, const struct vbr_vlan *theirs,
		     const struct vbr_vlan *ours, const char *option,
		     bool is_loud)
{
	char their_text[512] = "", our_text[512] = "";
	bool same = vbr_vlan_text(ctx, theirs, option, their_text,
				  sizeof(their_text)) ==
		    vbr_vlan_text(ctx, ours, option, our_text,
				  sizeof(our_text));

	same &= strcmp(their_text, our_text) == 0;
	if (!same && is_loud)
		printf("# %s: \"%s\" by libnl, ours \"%s\"\n", option,
		       their_text, our_text);
	return same;
}

bool same_vlan(struct vbr_ctx *ctx, const struct vbr_vlan *theirs,
	       const struct vbr_vlan *ours, bool is_loud)
{
	bool same = vbr_vlan_index(theirs) == vbr_vlan_index(ours) &&
		    vbr_vlan_parent_index(theirs) ==
			    vbr_vlan_parent_index(ours) &&
		    vbr_vlan_is_up(theirs) == vbr_vlan_is_up(ours) &&
		    strcmp(vbr_vlan_name(theirs), vbr_vlan_name(ours)) == 0;
	const char *option;

	for (size_t i = 0; (option = option_at(VBR_SCOPE_VLAN, i)); i++) {
		struct readings r = { 0 };

		r.their_rc = vbr_vlan_value(theirs, option, &r.theirs);
		r.our_rc = vbr_vlan_value(ours, option, &r.ours);
		same &= is_same(VBR_SCOPE_VLAN, option, &r, is_loud);
		if (r.our_rc == -EOVERFLOW)
			same &= same_map(ctx, theirs, ours, option, is_loud);
	}
	return same;
}
