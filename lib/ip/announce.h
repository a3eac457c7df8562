/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Tells neighbours about a new MAC address. */

#ifndef VBR_IP_ANNOUNCE_H
#define VBR_IP_ANNOUNCE_H

struct move;

/* After a release: if the neighbours know the addresses with another MAC address
 * than that of the NIC, they are told. Otherwise they would send to the old one
 * until they ask again. */
void announce_nic(const struct move *move);
/* The same after an adopt, for the bridge or the VLAN device on it. The bridge
 * accepts frames for the NIC's address only while the NIC is a port. */
void announce_host(const struct move *move);

#endif
