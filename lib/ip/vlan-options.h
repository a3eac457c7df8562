/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The options of the VLANs of a port that leaves its bridge. */

#ifndef VBR_IP_VLAN_OPTIONS_H
#define VBR_IP_VLAN_OPTIONS_H

struct move;

/* After the port is a member of its VLANs again. */
int vlan_options_restore(struct move *move);

#endif
