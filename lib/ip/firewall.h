/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The rules of nf_tables that name a device. */

#ifndef VBR_IP_FIREWALL_H
#define VBR_IP_FIREWALL_H

#include <stddef.h>

struct vbr_ctx;

/*
 * Counts them, as far as the kernel lists them. nf_tables is not loaded for
 * this.
 */
size_t firewall_count(struct vbr_ctx *ctx, const char *device);

#endif
