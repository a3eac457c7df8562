/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Opens and enters network namespaces. */

#ifndef VBR_SYS_NETNS_H
#define VBR_SYS_NETNS_H

#include <stdint.h>

int netns_open(const char *name, int *ret_fd);

/* Calls a function for each name in /run/netns, until it returns other than 0;
 * returns that. */
int netns_foreach_name(int (*function)(void *data, const char *name),
		       void *data);

int netns_call(int netns, int (*function)(void *), void *data);

/* Opens a socket in a namespace, close-on-exec; -1: in the thread's. */
int netns_socket(int netns, int family, int type, int protocol, int *ret_fd);

/* Whether a socket is in the thread's namespace: 1 or 0; -1: not known. */
int netns_has(int fd);

/* A number that no other namespace has until the next boot. */
int netns_cookie(int fd, uint64_t *ret_cookie);

#endif
