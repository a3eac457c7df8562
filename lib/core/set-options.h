/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sets options of a device by name: all of them, or none. */

#ifndef VBR_SET_OPTIONS_H
#define VBR_SET_OPTIONS_H

#include <stddef.h>

#include "vbridge.h"

/* The device: a bridge, a port or a VLAN device. */
struct target {
	enum vbr_scope scope;
	const char *name;
	const char *bridge; /* of the port */
};

int set_options(struct vbr_ctx *ctx, const struct target *target,
		const struct vbr_setting *settings, size_t count);

#endif
