/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* For dry runs: each function returns what the ioctl would return, as far as
 * the state can be read. */

#ifndef VBR_DRY_RUN_H
#define VBR_DRY_RUN_H

struct vbr_ctx;

int dry_run_bridge_add(struct vbr_ctx *ctx, const char *bridge);
int dry_run_bridge_del(struct vbr_ctx *ctx, const char *bridge);
int dry_run_port_add(struct vbr_ctx *ctx, const char *bridge, const char *port);
int dry_run_port_del(struct vbr_ctx *ctx, const char *bridge, const char *port);

/* For any change of a VLAN device. */
int dry_run_vlan(struct vbr_ctx *ctx, const char *vlan);

#endif
