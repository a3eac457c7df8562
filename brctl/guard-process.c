/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The process of a guard, which outlives the tool. */

#include "config.h"

#include "guard-process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vbridge.h"

/* The status of a child: the guard runs, but ends with the session. */
#define IN_SESSION 3

static void silence(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (null >= 0)
			dup2(null, fd);
		else
			close(fd);
}

static void ignore_signals(void)
{
	static const int ignored[] = { SIGHUP,	SIGINT,	 SIGQUIT,
				       SIGTERM, SIGPIPE, SIGTSTP };
	sigset_t none;

	for (size_t i = 0; i < sizeof(ignored) / sizeof(ignored[0]); i++)
		signal(ignored[i], SIG_IGN);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static void serve(struct vbr_guard *guard)
{
	ignore_signals();
	prctl(PR_SET_NAME, "vbridge-guard");
	silence();
	/* Nobody waits for a file system. */
	if (chdir("/") == 0)
		vbr_guard_serve(guard);
}

/* --- a unit of its own ---------------------------------------------------- */

static int wait_for(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return EXIT_FAILURE;
	return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}

static void run_busctl(pid_t guard)
{
	char pid[16], scope[48];

	snprintf(pid, sizeof(pid), "%d", (int)guard);
	snprintf(scope, sizeof(scope), "vbridge-guard-%s.scope", pid);
	silence();
	execlp("busctl", "busctl", "--timeout=5", "call",
	       "org.freedesktop.systemd1", "/org/freedesktop/systemd1",
	       "org.freedesktop.systemd1.Manager", "StartTransientUnit",
	       "ssa(sv)a(sa(sv))", scope, "fail", "1", "PIDs", "au", "1", pid,
	       "0", (char *)NULL);
	_exit(EXIT_FAILURE);
}

/* systemd may end all processes of a session, but not those of a scope. */
static int leave_session(pid_t guard)
{
	pid_t child;

	if (geteuid() != 0 || access("/run/systemd/system", F_OK) < 0)
		return EXIT_SUCCESS;
	child = fork();
	if (child == 0)
		run_busctl(guard);
	return child > 0 && wait_for(child) == EXIT_SUCCESS ? EXIT_SUCCESS
							    : IN_SESSION;
}

/* --- start ---------------------------------------------------------------- */

static int start(struct vbr_guard *guard)
{
	pid_t child;

	setsid();
	child = fork();
	if (child == 0) {
		serve(guard);
		return EXIT_SUCCESS;
	}
	return child < 0 ? EXIT_FAILURE : leave_session(child);
}

/* Its parent ends soon, so nobody has to wait for it. */
int guard_process_start(struct vbr_guard *guard, bool *ret_in_session)
{
	pid_t child = fork();
	int status;

	if (child < 0)
		return -errno;
	if (child == 0)
		_exit(start(guard));
	status = wait_for(child);
	*ret_in_session = status == IN_SESSION;
	return status == EXIT_FAILURE ? -EAGAIN : 0;
}
