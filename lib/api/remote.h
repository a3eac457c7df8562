/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Destinations of VXLAN devices: from and to those of vbridge.h. */

#ifndef VBR_API_REMOTE_H
#define VBR_API_REMOTE_H

#include <stdbool.h>

#include "vbridge.h"

struct remote;

/* Whether any member is set. */
bool remote_is_given(const struct vbr_remote *remote);
/* -ERANGE, -EINVAL: with a message. */
int remote_import(struct vbr_ctx *ctx, const struct vbr_remote *remote,
		  struct remote *ret_remote);
void remote_export(const struct remote *remote, struct vbr_remote *ret_remote);

#endif
