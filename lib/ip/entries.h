/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The FDB entries and multicast groups of a port that leaves its bridge. */

#ifndef VBR_IP_ENTRIES_H
#define VBR_IP_ENTRIES_H

struct move;

/* Reads them while the NIC is a port. */
int entries_keep(struct move *move);
/* Adds those that somebody had added, after the port has its VLANs again. */
int entries_restore(struct move *move);

#endif
