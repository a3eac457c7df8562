/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * start FUNCTION PROGRAM ARGUMENT: clears the environment variables and starts
 * PROGRAM with this function of libc, with an empty environment.
 */

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *const nothing[] = { NULL };

static int by_execl(char **argv)
{
	return execl(argv[0], argv[0], argv[1], (char *)NULL);
}

static int by_execle(char **argv)
{
	return execle(argv[0], argv[0], argv[1], (char *)NULL, nothing);
}

static int by_execlp(char **argv)
{
	return execlp(argv[0], argv[0], argv[1], (char *)NULL);
}

static int by_execv(char **argv)
{
	return execv(argv[0], argv);
}

static int by_execve(char **argv)
{
	return execve(argv[0], argv, nothing);
}

static int by_execvp(char **argv)
{
	return execvp(argv[0], argv);
}

static int by_execvpe(char **argv)
{
	return execvpe(argv[0], argv, nothing);
}

static int by_fexecve(char **argv)
{
	return fexecve(open(argv[0], O_RDONLY | O_CLOEXEC), argv, nothing);
}

static int by_posix_spawn(char **argv)
{
	int status = -1;
	pid_t pid;

	if (posix_spawn(&pid, argv[0], NULL, NULL, argv, nothing))
		return -1;
	return waitpid(pid, &status, 0) == pid ? status : -1;
}

static int by_posix_spawnp(char **argv)
{
	int status = -1;
	pid_t pid;

	if (posix_spawnp(&pid, argv[0], NULL, NULL, argv, nothing))
		return -1;
	return waitpid(pid, &status, 0) == pid ? status : -1;
}

static void make_command(char **argv, char *ret_command, size_t size)
{
	snprintf(ret_command, size, "%s %s", argv[0], argv[1]);
}

static int by_system(char **argv)
{
	char command[256];

	make_command(argv, command, sizeof(command));
	return system(command);
}

static int by_popen(char **argv)
{
	char command[256], line[256];
	FILE *pipe;

	make_command(argv, command, sizeof(command));
	pipe = popen(command, "re");
	if (!pipe)
		return -1;
	while (fgets(line, sizeof(line), pipe))
		fputs(line, stdout);
	return pclose(pipe);
}

static const struct {
	const char *name;
	int (*start)(char **argv);
} functions[] = {
	{ "execl", by_execl },
	{ "execle", by_execle },
	{ "execlp", by_execlp },
	{ "execv", by_execv },
	{ "execve", by_execve },
	{ "execvp", by_execvp },
	{ "execvpe", by_execvpe },
	{ "fexecve", by_fexecve },
	{ "popen", by_popen },
	{ "posix_spawn", by_posix_spawn },
	{ "posix_spawnp", by_posix_spawnp },
	{ "system", by_system },
};

#define FUNCTIONS (sizeof(functions) / sizeof(functions[0]))

int main(int argc, char **argv)
{
	size_t i;

	/* The test runs each of these. */
	if (argc == 1) {
		for (i = 0; i < FUNCTIONS; i++)
			puts(functions[i].name);
		return 0;
	}
	for (i = 0; argc == 4 && i < FUNCTIONS; i++) {
		if (strcmp(argv[1], functions[i].name) != 0)
			continue;
		clearenv();
		return functions[i].start(argv + 2) != 0;
	}
	fprintf(stderr, "usage: start [FUNCTION PROGRAM ARGUMENT]\n");
	return 2;
}
