/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The names of links. */

#ifndef VBR_LINK_NAME_H
#define VBR_LINK_NAME_H

#include "base/name.h"

struct vbr_ctx;

/* The name of an index; same errors as vbr_link_name(). */
int link_name(struct vbr_ctx *ctx, int index, char ret_name[NAME_SIZE]);

#endif
