/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Ports, found by their bridge and name. */

#ifndef VBR_CORE_PORT_H
#define VBR_CORE_PORT_H

#include "core/link.h"

/* What an error of a call that names both means for the caller: -ENXIO for the
 * bridge's -ENODEV. */
int port_explain_bridge(struct vbr_ctx *ctx, const char *bridge, int error);

/* A port of a bridge, and of no other; the errors of vbr_port_set(). */
int port_find(struct vbr_ctx *ctx, const char *bridge, const char *port,
	      struct link_info *ret_info);

/* The same, or the bridge itself, by whatever of its names: then its kind is
 * LINK_BRIDGE. */
int port_find_member(struct vbr_ctx *ctx, const char *bridge,
		     const char *device, struct link_info *ret_info);

/* The value of such a port's option; also the errors of vbr_port_value(). */
int port_get_value(struct vbr_ctx *ctx, const char *bridge, const char *port,
		   const char *option, uint64_t *ret_value);

#endif
