/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Takes a message about an FDB entry apart; opens nothing. */

#ifndef VBR_WIRE_FDB_H
#define VBR_WIRE_FDB_H

#include <stdint.h>

#include "base/mac.h"

struct nlmsghdr;

/* What vbridge.h calls an entry; times are in ticks. */
struct vbr_fdb_entry {
	int port;		/* the bridge itself: its own index */
	int bridge;		/* 0: an entry that no bridge holds */
	uint32_t used;
	uint32_t updated;
	uint16_t vlan;		/* 0: none */
	uint16_t state;		/* NUD_* */
	uint8_t mac[MAC_LEN];
};

int fdb_parse(const struct nlmsghdr *msg, struct vbr_fdb_entry *ret_entry);

#endif
