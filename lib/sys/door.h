/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Abstract Unix sockets: a network namespace has one of each name, as long as a
 * process has it open. They need no file system. */

#ifndef VBR_SYS_DOOR_H
#define VBR_SYS_DOOR_H

#include <sys/types.h>

#include "sys/transport.h"

/* In the namespace of a socket to the kernel. -EADDRINUSE: somebody has it. */
int door_open(const struct kernel_socket *socket, const char *name,
	      int *ret_fd);
/* From now on others can connect. */
int door_listen(int door);
/*
 * -ECONNREFUSED: nobody listens; -EAGAIN: the listener does not accept
 * connections.
 */
int door_connect(const struct kernel_socket *socket, const char *name,
		 int *ret_fd);
/* The process and the user at the other end. */
int door_user(int connection, uid_t *ret_user);

#endif
