/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Abstract Unix sockets: a network namespace has one of each name, as long as a
 * process has it open. They need no file system. */

#ifndef VBR_SYS_ABSTRACT_H
#define VBR_SYS_ABSTRACT_H

#include <sys/socket.h>
#include <sys/un.h>

/* The address of a name, and its length. */
socklen_t abstract_address(const char *name, struct sockaddr_un *ret_address);

#endif
