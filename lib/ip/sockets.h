/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Counts the sockets that are bound to a device. */

#ifndef VBR_IP_SOCKETS_H
#define VBR_IP_SOCKETS_H

#include <stddef.h>

struct vbr_ctx;

struct sockets {
	size_t packet;	  /* of AF_PACKET, for one protocol of the device */
	size_t bound;	  /* TCP and UDP, not connected by TCP */
	size_t connected; /* TCP */
};

/* What the kernel does not tell is not counted. */
void sockets_count(struct vbr_ctx *ctx, int index, struct sockets *ret_sockets);

#endif
