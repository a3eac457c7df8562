/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Abstract Unix sockets: a network namespace has one of each name, as long as a
 * process has it open. */

#include "config.h"

#include "sys/abstract.h"

#include <stddef.h>
#include <string.h>

/* The name begins with a NUL, and ends with the address. */
socklen_t abstract_address(const char *name, struct sockaddr_un *ret_address)
{
	size_t len = strlen(name);

	*ret_address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	memcpy(ret_address->sun_path + 1, name, len);
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + len);
}
