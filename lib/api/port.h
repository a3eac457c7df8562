/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Devices that become ports. */

#ifndef VBR_API_PORT_H
#define VBR_API_PORT_H

struct vbr_ctx;

/* Makes the device of this index a port, unless it has a master. Returns what
 * vbr_port_add() does. */
int port_join(struct vbr_ctx *ctx, const char *bridge, int index);

#endif
