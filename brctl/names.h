/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The names of devices by their index, kept after the devices are gone. */

#ifndef VBR_BRCTL_NAMES_H
#define VBR_BRCTL_NAMES_H

#include <stddef.h>

#include "vbridge.h"

/* Must be zeroed before use. */
struct names {
	char (*at)[VBR_NAME_SIZE];
	size_t room;
};

void names_keep(struct names *names, int index, const char *name);

/* The current name, or the last one known, or "". Valid until the next call. */
const char *names_find(struct names *names, struct vbr_ctx *ctx, int index);

void names_clear(struct names *names);

#endif
