/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The sysctls of IPv4 and IPv6 that each device has. */

#ifndef VBR_IP_SYSCTL_H
#define VBR_IP_SYSCTL_H

struct vbr_ctx;

/* Gives a device the values of another, except for accept_ra and
 * addr_gen_mode. */
int sysctl_copy(struct vbr_ctx *ctx, const char *from, const char *to);

/*
 * Reads a number in a file below net/ipv6/conf; a negative errno: there is
 * none.
 */
int sysctl_read_ipv6(struct vbr_ctx *ctx, const char *device, const char *name,
		     int *ret_value);
int sysctl_write_ipv6(struct vbr_ctx *ctx, const char *device, const char *name,
		      int value);

#endif
