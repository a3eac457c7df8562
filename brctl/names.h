/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Names of devices by their index, kept for when the devices are gone. */

#ifndef VBR_BRCTL_NAMES_H
#define VBR_BRCTL_NAMES_H

#include <stddef.h>

#include "vbridge.h"

/* Begins zeroed. */
struct names {
	char (*at)[VBR_NAME_SIZE];
	size_t room;
};

void names_keep(struct names *names, int index, const char *name);

/* As the kernel has it, or had it last; "" where it is not known. Good until
 * the next call. */
const char *names_find(struct names *names, struct vbr_ctx *ctx, int index);

void names_clear(struct names *names);

#endif
