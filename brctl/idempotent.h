/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* addmac and addgroup with --may-exist: whether the entry exists already. */

#ifndef VBR_BRCTL_IDEMPOTENT_H
#define VBR_BRCTL_IDEMPOTENT_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/cli.h"
#include "group-words.h"
#include "vbridge.h"

/* An FDB entry. */
struct entry {
	const char *bridge, *member;
	uint8_t mac[6];
	struct vbr_new_fdb_entry what; /* VLAN 0: all of the member's */
};

int entry_add(struct cli *cli, const struct entry *entry, unsigned int vlan);
int membership_add(struct cli *cli, const struct membership *membership,
		   unsigned int vlan);

/*
 * To be called after -EEXIST: the kernel stops at the first VLAN that has an
 * entry. Checks whether the existing entries are as requested, and adds those
 * that are missing in other VLANs. If an entry is different, reports the
 * kernel's refusal. Returns the status.
 */
int entry_complete(struct cli *cli, const struct entry *entry);
int membership_complete(struct cli *cli, const struct membership *membership);

/* Says which port has the address of an entry that could not be added. */
void entry_say_where(const struct cli *cli, const struct entry *entry);

#endif
