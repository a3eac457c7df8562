/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* One run of a tool: its output, and how it ended. */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "conform.h"

enum { TOOL_SECONDS = 120, STATUS_SIGNAL = 1000, STATUS_EXEC = 127 };

int tool_open(struct tool_run *run)
{
	run->out = memfd_create("out", MFD_CLOEXEC);
	run->err = memfd_create("err", MFD_CLOEXEC);
	return run->out < 0 || run->err < 0 ? -errno : 0;
}

/* Runs in the child. The alarm survives exec, and ends a tool that hangs. */
static void tool_child(const struct tool_run *run, char *const argv[])
{
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (null < 0 || dup2(null, 0) < 0 || dup2(run->out, 1) < 0 ||
	    dup2(run->err, 2) < 0)
		_exit(STATUS_EXEC);
	if (run->blind >= 0 && setns(run->blind, CLONE_NEWNS))
		_exit(STATUS_EXEC);
	if (run->poor && prctl(PR_CAPBSET_DROP, CAP_NET_ADMIN, 0, 0, 0))
		_exit(STATUS_EXEC);
	if (run->fake && setenv("VB_CONFORM_FAKE", run->fake, 1))
		_exit(STATUS_EXEC);
	alarm(TOOL_SECONDS);
	execv(run->path, argv);
	_exit(STATUS_EXEC);
}

static void take(int fd, struct text *ret_text)
{
	struct stat stat;
	ssize_t len;

	if (fstat(fd, &stat))
		die("fstat: %s", strerror(errno));
	ret_text->len = 0;
	ret_text->cap = (size_t)stat.st_size + 1;
	ret_text->data = xalloc(ret_text->data, ret_text->cap);
	len = pread(fd, ret_text->data, (size_t)stat.st_size, 0);
	if (len != stat.st_size)
		die("cannot read back what a tool wrote");
	ret_text->len = (size_t)len;
	ret_text->data[len] = '\0';
	if (ftruncate(fd, 0) || lseek(fd, 0, SEEK_SET))
		die("cannot empty a file in memory");
}

int tool_run(struct tool_run *run, char *const argv[], struct text *ret_out,
	     struct text *ret_err)
{
	pid_t pid = fork();
	int status;

	if (pid < 0)
		die("fork: %s", strerror(errno));
	if (!pid)
		tool_child(run, argv);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			die("waitpid: %s", strerror(errno));
	take(run->out, ret_out);
	take(run->err, ret_err);
	if (WIFSIGNALED(status))
		return STATUS_SIGNAL + WTERMSIG(status);
	return WEXITSTATUS(status);
}
