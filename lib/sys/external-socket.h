/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sockets that the caller opened. */

#ifndef VBR_SYS_EXTERNAL_SOCKET_H
#define VBR_SYS_EXTERNAL_SOCKET_H

struct kernel_socket;

/* Uses an open socket, and leaves it open. -EPROTOTYPE: not rtnetlink,
 * -EISCONN: connected to another process, -EBUSY: a member of groups. */
int kernel_open_external(int fd, struct kernel_socket *ret_socket);

#endif
