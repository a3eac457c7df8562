/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Handles the VLANs of a move: the host's VLAN device on the bridge, and the
 * membership of the NIC.
 */

#ifndef VBR_IP_VLAN_H
#define VBR_IP_VLAN_H

struct move;

/* Takes the VLAN of the options. -EINVAL: it is not valid. */
int vlan_begin(struct move *move);

/* Finds the device that gets the addresses, or chooses its name. -EOPNOTSUPP: the
 * bridge does not filter VLANs; -EEXIST: the name or the VLAN is used for something
 * else. */
int vlan_find_host(struct move *move);
/* -ENODEV: it is not there. */
int vlan_find_host_to_release(struct move *move);

/* Makes the bridge a member of the VLAN, and the device. */
int vlan_make_host(struct move *move);
/* Sets the membership of the NIC after it has become a port. */
int vlan_join(struct move *move);
/* Undoes vlan_make_host(). */
int vlan_undo_host(struct move *move);

/* Keeps the VLANs of a port that leaves, and gives them back when it has come
 * back. */
int vlan_keep(struct move *move);
int vlan_restore(struct move *move);

#endif
