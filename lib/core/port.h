/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds ports by bridge and name. */

#ifndef VBR_CORE_PORT_H
#define VBR_CORE_PORT_H

#include "core/link.h"

/* Translates an error about the bridge of a call that also names a port:
 * -ENODEV becomes -ENXIO. */
int port_explain_bridge(struct vbr_ctx *ctx, const char *bridge, int error);

/* Finds a port of this bridge; same errors as vbr_port_set(). */
int port_find(struct vbr_ctx *ctx, const char *bridge, const char *port,
	      struct link_info *ret_info);

/* The same, or the bridge itself by any of its names: then the kind is
 * LINK_BRIDGE. */
int port_find_member(struct vbr_ctx *ctx, const char *bridge,
		     const char *device, struct link_info *ret_info);

/* The value of an option of such a port; also the errors of
 * vbr_port_value(). */
int port_get_value(struct vbr_ctx *ctx, const char *bridge, const char *port,
		   const char *option, uint64_t *ret_value);

#endif
