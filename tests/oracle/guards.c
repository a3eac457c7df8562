/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Starts and ends processes of guards. */

#include "oracle/oracle.h"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "oracle/guards.h"

void start_guard(struct vbr_guard *guard)
{
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		vbr_guard_serve(guard);
		_exit(0);
	}
}

void end_guard(struct vbr_guard *guard)
{
	shutdown(vbr_guard_fd(guard), SHUT_WR);
	assert_true(wait(NULL) > 0);
	vbr_guard_free(guard);
}
