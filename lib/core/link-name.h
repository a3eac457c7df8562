/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The names of links. */

#ifndef VBR_LINK_NAME_H
#define VBR_LINK_NAME_H

#include "base/name.h"

struct vbr_ctx;

/* Refuses a name that a new device cannot have: -EINVAL, -EILSEQ or
 * -ENAMETOOLONG. */
int link_check_new_name(struct vbr_ctx *ctx, const char *name);

/* The kernel does not say what is wrong with a name. */
const char *link_name_rule(void);

/* The name of an index; same errors as vbr_link_name(). */
int link_name(struct vbr_ctx *ctx, int index, char ret_name[NAME_SIZE]);

#endif
