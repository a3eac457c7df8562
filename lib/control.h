/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * The bridge's own ioctls. They are the only calls that refuse, under the
 * kernel's lock, to move a port from another bridge, to release it from a
 * bridge that it is not on, or to delete what is up or no bridge: rtnetlink
 * does all that without a word, and a check before it would be a race.
 */

#ifndef VBR_CONTROL_H
#define VBR_CONTROL_H

struct vbr_ctx;

/* -ENODEV: no such device. */
int control_index(struct vbr_ctx *ctx, const char *name, int *ret_index);

int control_bridge_add(struct vbr_ctx *ctx, const char *bridge);
int control_bridge_del(struct vbr_ctx *ctx, const char *bridge);
int control_port_add(struct vbr_ctx *ctx, const char *bridge, int port);
int control_port_del(struct vbr_ctx *ctx, const char *bridge, int port);

#endif
