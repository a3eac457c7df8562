/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * What the bridge's and the VLANs' ioctls would say, for a context that changes
 * nothing: what can be seen is looked at. Each returns what the call would.
 */

#ifndef VBR_DRY_RUN_H
#define VBR_DRY_RUN_H

struct vbr_ctx;

int dry_run_bridge_add(struct vbr_ctx *ctx, const char *bridge);
int dry_run_bridge_del(struct vbr_ctx *ctx, const char *bridge);
int dry_run_port_add(struct vbr_ctx *ctx, const char *bridge, const char *port);
int dry_run_port_del(struct vbr_ctx *ctx, const char *bridge, const char *port);

/* Any change of a VLAN device. */
int dry_run_vlan(struct vbr_ctx *ctx, const char *vlan);

#endif
