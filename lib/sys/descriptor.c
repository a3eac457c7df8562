/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Keeps descriptors away from the standard streams. */

#include "config.h"

#include "sys/descriptor.h"

#include <fcntl.h>
#include <unistd.h>

int avoid_standard_streams(int fd)
{
	int other;

	if (fd > STDERR_FILENO)
		return fd;
	other = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	close(fd);
	return other;
}
