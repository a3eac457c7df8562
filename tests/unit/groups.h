/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds multicast groups and routers as the kernel sends them. */

#ifndef UNIT_GROUPS_H
#define UNIT_GROUPS_H

#include "unit/expected.h"

/* A member of a group. Addresses are text; port 0 ends a list. */
struct a_member {
	int port;
	const char *group;
	const char *source;
	uint16_t vlan;
	uint8_t state; /* MDB_PERMANENT */
	uint8_t flags; /* MDB_FLAGS_* */
	uint32_t timer;
	uint8_t mode;		/* 1: MCAST_EXCLUDE, 2: MCAST_INCLUDE */
	const char *sources[3]; /* with the timers 100, 200, 300 */
};

struct a_router {
	int port;
	uint8_t type;
	uint32_t timer;
	uint16_t vlan;
};

/* RTM_NEWMDB with these lists, which may be NULL. */
struct nlmsghdr *add_groups(struct datagram *d, int bridge,
			    const struct a_member *members,
			    const struct a_router *routers);

/* The library lists the groups, and gets this reply. */
void fake_groups(struct fake_kernel *fake_kernel,
		 const struct datagram *answer);

#endif
