/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The options of a port that leaves its bridge. */

#ifndef VBR_IP_PORT_H
#define VBR_IP_PORT_H

struct move;

/* Reads the options of the NIC while it is a port. */
int port_keep(struct move *move);
/* Sets them again after it has become a port again. */
int port_restore(struct move *move);
/* Without STP, the kernel makes a new port forward; one that was disabled is
 * disabled again. */
int port_restore_state(struct move *move);

#endif
