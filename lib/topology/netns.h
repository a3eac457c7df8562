/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The namespaces at the other end of devices: their names, and those of the
 * devices there. */

#ifndef VBR_TOPOLOGY_NETNS_H
#define VBR_TOPOLOGY_NETNS_H

#include <stddef.h>

struct arena;
struct vbr_ctx;
struct vbr_device;

/*
 * Sets "netns" and "peer" of the devices whose parent is in another namespace.
 * Both stay NULL where nobody says them: a namespace without a name, and one
 * that this process may not look into. Returns -ENOMEM, or 0.
 */
int netns_name_all(struct vbr_ctx *ctx, struct arena *arena,
		   struct vbr_device *devices, size_t count);

#endif
