/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * The ioctls of bridges and VLANs. Only they refuse, under the kernel's lock,
 * to move a port from another bridge, to release it from a bridge that it is
 * not on, to delete a bridge that is up or a device that is not a bridge, or to
 * change a device that is not a VLAN device. rtnetlink does all that silently,
 * and a check before it would be a race.
 */

#ifndef VBR_IOCTL_H
#define VBR_IOCTL_H

#include <stdbool.h>

struct vbr_ctx;

/* -ENODEV: no such device. */
int ioctl_name(struct vbr_ctx *ctx, int index, char ret_name[16]);
int ioctl_index(struct vbr_ctx *ctx, const char *name, int *ret_index);

/* VLAN_*_CMD of linux/if_vlan.h, for a device; the command defines "value" and
 * "qos". */
int ioctl_vlan(struct vbr_ctx *ctx, int command, const char *device,
	       unsigned int value, unsigned int qos);

/*
 * Whether hardware merges packets that come in (LRO). An error does not set the
 * error of the context.
 */
int ioctl_lro(struct vbr_ctx *ctx, const char *device, bool *ret_is_on);

int ioctl_bridge_add(struct vbr_ctx *ctx, const char *bridge);
int ioctl_bridge_del(struct vbr_ctx *ctx, const char *bridge);
int ioctl_port_add(struct vbr_ctx *ctx, const char *bridge, int port);
int ioctl_port_del(struct vbr_ctx *ctx, const char *bridge, int port);

#endif
