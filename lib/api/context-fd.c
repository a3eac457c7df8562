/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Contexts on sockets that the caller opened; the tools do not use them. */

#include "config.h"

#include "core/context.h"
#include "sys/external-socket.h"

/* Far from the sequence numbers that others start with: 1, or the time. */
#define SEQUENCE_EXTERNAL 0x80000000u

int vbr_ctx_new_fd(int fd, struct vbr_ctx **ret_ctx)
{
	struct kernel_socket socket;
	struct vbr_ctx *ctx;
	int rc = kernel_open_external(fd, &socket);

	if (rc < 0)
		return rc;
	rc = context_new(&kernel_transport, NULL, &ctx);
	if (rc < 0)
		return rc;
	ctx->socket = socket;
	ctx->sequence = SEQUENCE_EXTERNAL;
	*ret_ctx = ctx;
	return 0;
}
