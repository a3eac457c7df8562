/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The multicast groups that programs have joined on a device. */

#ifndef VBR_IP_MULTICAST_H
#define VBR_IP_MULTICAST_H

#include <stdbool.h>

struct vbr_ctx;

#define MULTICAST_LIST_SIZE 128

/*
 * Lists them, separated by blanks; if there is no room, "..." replaces the
 * rest. False: there are none. Those that the kernel joins by itself are left
 * out.
 */
bool multicast_list(struct vbr_ctx *ctx, const char *device,
		    char ret_list[MULTICAST_LIST_SIZE]);

#endif
