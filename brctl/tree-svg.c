/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Runs dot, the program of Graphviz: the graph goes in through a file that has no
 * name, and the picture comes back through a pipe. */

#include "config.h"

#include "tree-svg.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli.h"

static int fail(const struct cli *cli, int error)
{
	return cli_bad_word_why(cli, _("cannot run \"%s\": %s"), "dot -Tsvg",
				error);
}

/* Starts dot between two files. Returns 0, or an errno. */
static int start_dot(int input, int output, pid_t *ret_child)
{
	char program[] = "dot", format[] = "-Tsvg";
	char *const words[] = { program, format, NULL };
	posix_spawn_file_actions_t actions;
	int rc = posix_spawn_file_actions_init(&actions);

	if (rc)
		return rc;
	rc = posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	if (!rc)
		rc = posix_spawn_file_actions_adddup2(&actions, output,
						      STDOUT_FILENO);
	if (!rc)
		rc = posix_spawnp(ret_child, program, &actions, NULL, words,
				  environ);
	posix_spawn_file_actions_destroy(&actions);
	return rc;
}

/* Returns 0, or an errno. */
static int read_all(int fd, FILE *stream)
{
	char room[16384];
	ssize_t len;

	while ((len = read(fd, room, sizeof(room))) != 0) {
		if (len > 0)
			fwrite(room, 1, (size_t)len, stream);
		else if (errno != EINTR)
			return errno;
	}
	return fflush(stream) == 0 ? 0 : errno;
}

static int wait_for(const struct cli *cli, pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return fail(cli, errno);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return EXIT_SUCCESS;
	cli_message(cli, "%s", _("dot -Tsvg failed; there is no drawing"));
	return EXIT_FAILURE;
}

static int run_dot(const struct cli *cli, int input, FILE *picture)
{
	pid_t child;
	int ends[2], rc, status;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return fail(cli, errno);
	rc = start_dot(input, ends[1], &child);
	close(ends[1]);
	if (rc) {
		close(ends[0]);
		if (rc != ENOENT)
			return fail(cli, rc);
		cli_message(cli, "%s",
			    _("--svg needs the program dot: install Graphviz "
			      "(package graphviz), or use --dot"));
		return EXIT_FAILURE;
	}
	rc = read_all(ends[0], picture);
	close(ends[0]);
	status = wait_for(cli, child);
	return rc ? fail(cli, rc) : status;
}

/* --- files ---------------------------------------------------------------- */

static int refuse_file(const struct cli *cli, const char *file, int error)
{
	return cli_bad_word_why(cli, _("cannot write \"%s\": %s"), file, error);
}

static int write_file(const struct cli *cli, const char *file,
		      const char *picture, size_t size)
{
	FILE *stream;
	bool is_whole;

	if (strcmp(file, "-") == 0) {
		fwrite(picture, 1, size, stdout);
		return EXIT_SUCCESS;
	}
	stream = fopen(file, "we");
	if (!stream)
		return refuse_file(cli, file, errno);
	is_whole = fwrite(picture, 1, size, stream) == size;
	if (fclose(stream) != 0 || !is_whole)
		return refuse_file(cli, file, errno);
	return EXIT_SUCCESS;
}

int tree_draw_svg(const struct cli *cli, const char *graph, size_t len,
		  const char *file)
{
	FILE *input = tmpfile(), *room;
	char *picture = NULL;
	size_t size;
	int status;

	if (!input)
		return fail(cli, errno);
	room = open_memstream(&picture, &size);
	if (!room || fwrite(graph, 1, len, input) != len ||
	    fflush(input) != 0) {
		status = fail(cli, errno);
	} else {
		rewind(input);
		status = run_dot(cli, fileno(input), room);
	}
	fclose(input);
	if (room)
		fclose(room);
	if (status == EXIT_SUCCESS)
		status = write_file(cli, file, picture, size);
	free(picture);
	return status;
}
