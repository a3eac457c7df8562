/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Times two commands as whole processes in turn, A B A B ..., and prints the
 * median of each and of their ratios, and the peak memory of each in KiB. The
 * command that undoes them between two runs is not timed.
 */

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

#define WORDS 80
#define COUNT_MAX 1000000

struct command {
	char *words[WORDS + 1];
	long memory; /* the peak, in KiB */
};

static void die(const char *what)
{
	fprintf(stderr, "paired: %s: %s\n", what, strerror(errno));
	exit(EXIT_FAILURE);
}

static void die_failed(const struct command *command, int status)
{
	fputs("paired: failed:", stderr);
	for (size_t i = 0; command->words[i]; i++)
		fprintf(stderr, " %s", command->words[i]);
	fprintf(stderr, " (wait status 0x%x)\n", (unsigned int)status);
	exit(EXIT_FAILURE);
}

static struct command split(char *text)
{
	struct command command = { 0 };
	size_t n = 0;

	for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) {
		if (n == WORDS) {
			errno = E2BIG;
			die(text);
		}
		command.words[n++] = word;
	}
	return command;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

/*
 * Returns the microseconds from before the start of the process to its end.
 * Stops if the command fails, because its time would have no meaning.
 */
static double run(struct command *command, int silence)
{
	posix_spawn_file_actions_t actions;
	struct rusage usage;
	double start;
	int status;
	pid_t pid;

	if (!command->words[0])
		return 0;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, silence, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, silence, STDERR_FILENO);
	start = now();
	errno = posix_spawn(&pid, command->words[0], &actions, NULL,
			    command->words, environ);
	if (errno)
		die(command->words[0]);
	if (wait4(pid, &status, 0, &usage) < 0)
		die("wait4");
	start = now() - start;
	posix_spawn_file_actions_destroy(&actions);
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		die_failed(command, status);
	if (command->memory < usage.ru_maxrss)
		command->memory = usage.ru_maxrss;
	return start;
}

static int by_value(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static double median(double *values, size_t count)
{
	qsort(values, count, sizeof(*values), by_value);
	return values[count / 2];
}

int main(int argc, char **argv)
{
	struct command a, b, undo = { 0 };
	double *times_a, *times_b, *ratios;
	size_t count;
	int silence;

	count = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
	if (argc < 4 || argc > 5 || count == 0 || count > COUNT_MAX) {
		fputs("usage: paired COUNT 'COMMAND A' 'COMMAND B' [UNDO]\n",
		      stderr);
		return EXIT_FAILURE;
	}
	a = split(argv[2]);
	b = split(argv[3]);
	if (argc == 5)
		undo = split(argv[4]);
	silence = open("/dev/null", O_WRONLY | O_CLOEXEC);
	times_a = calloc(count * 3, sizeof(double));
	if (silence < 0 || !times_a)
		die("start");
	times_b = times_a + count;
	ratios = times_b + count;

	/* The first two runs fill the caches, and are not counted. */
	for (size_t i = 0; i < count + 2; i++) {
		size_t at = i < 2 ? 0 : i - 2;

		times_a[at] = run(&a, silence);
		run(&undo, silence);
		times_b[at] = run(&b, silence);
		run(&undo, silence);
		ratios[at] = times_a[at] / times_b[at];
	}
	printf("%.1f %.1f %.3f %ld %ld\n", median(times_a, count),
	       median(times_b, count), median(ratios, count), a.memory,
	       b.memory);
	free(times_a);
	return EXIT_SUCCESS;
}
