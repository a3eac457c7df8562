/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes lines of a port, or of a bridge as a member of VLANs and groups, in a JSON
 * file. */

#ifndef VBR_BRCTL_LINES_MEMBER_H
#define VBR_BRCTL_LINES_MEMBER_H

#include "lines.h"

struct member {
	struct lines *lines;
	const struct node *node;
	struct node bridge; /* the names */
	struct node name;
};

/* When an option is set. */
enum phase {
	EARLY, /* before VLANs are filtered, or STP is on */
	COMMON,
	LATE,	/* when all ports are there, and VLANs are filtered */
	LIMITS, /* when all groups are there */
};

/* A line of brctl with the names of the bridge and the member. */
void member_begin(const struct member *member, const struct node *node,
		  const char *command);

/* The options of the port; without a name, those of the bridge. */
void member_options(const struct member *member, enum phase from,
		    enum phase to);

/* Each checks the objects, too. */
void member_vlans(const struct member *member);
void member_vlan_options(const struct member *member);
/* Options that are set when all groups exist. */
void member_vlan_limits(const struct member *member);
void member_groups(const struct member *member);
/*
 * FDB entries: those that are added along with one without a VLAN must not
 * exist yet, so these come first, for all members.
 */
void member_first_entries(const struct member *member);
void member_second_entries(const struct member *member);

#endif
