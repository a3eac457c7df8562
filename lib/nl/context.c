/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Contexts on libnl's sockets. */

#include "config.h"

#include <errno.h>
#include <netlink/socket.h>

#include "nl/vbridge-nl.h"

int vbr_nl_ctx_new(struct nl_sock *sock, struct vbr_ctx **ret_ctx)
{
	if (!sock)
		return -EINVAL;
	/* nl_socket_get_fd() returns -1 if the socket is not connected. */
	return vbr_ctx_new_fd(nl_socket_get_fd(sock), ret_ctx);
}
