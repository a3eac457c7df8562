/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What addmac and addgroup want, and --may-exist: whether that is there. */

#ifndef VBR_BRCTL_IDEMPOTENT_H
#define VBR_BRCTL_IDEMPOTENT_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/cli.h"
#include "vbridge.h"

/* An entry of the FDB. */
struct entry {
	const char *bridge, *member;
	uint8_t mac[6];
	unsigned int vlan; /* 0: all of the member's */
	enum vbr_fdb_state state;
	unsigned int flags;
};

/* A membership in a multicast group. */
struct membership {
	const char *bridge, *member;
	const char *group, *source; /* no source: NULL */
	unsigned int vlan;	    /* 0: all of the member's */
	bool is_temporary;
};

int entry_add(struct cli *cli, const struct entry *entry, unsigned int vlan);
int membership_add(struct cli *cli, const struct membership *membership,
		   unsigned int vlan);

/*
 * After the kernel's -EEXIST, which ends at the first VLAN that has one: is it
 * the same that is there? Adds what is missing in other VLANs; the status.
 * What is there in another way is refused, as the kernel has refused it.
 */
int entry_complete(struct cli *cli, const struct entry *entry);
int membership_complete(struct cli *cli, const struct membership *membership);

#endif
