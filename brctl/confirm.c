/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* --confirm, confirm and rollback: changes that are undone if nobody confirms
 * them. */

#include "config.h"

#include "confirm.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/out.h"
#include "guard-process.h"
#include "vbridge.h"

/* --- what is left --------------------------------------------------------- */

static void print_left(const struct cli *cli, struct vbr_config *left)
{
	cli_message_lines(cli,
			  N_("others have set this since, and it stays: %.*s"),
			  vbr_config_text(left));
	cli_message_lines(cli, N_("lost: %.*s"), vbr_config_losses(left));
	vbr_config_free(left);
}

/* --- confirm and rollback ------------------------------------------------- */

int cmd_confirm(struct cli *cli, const struct call *call)
{
	(void)call;
	return vbr_guard_confirm(cli->ctx) < 0 ? cli_fail(cli) : EXIT_SUCCESS;
}

int cmd_rollback(struct cli *cli, const struct call *call)
{
	struct vbr_config *left;

	(void)call;
	if (vbr_guard_rollback(cli->ctx, &left) < 0)
		return cli_fail(cli);
	print_left(cli, left);
	return EXIT_SUCCESS;
}

/* --- on a terminal -------------------------------------------------------- */

static volatile sig_atomic_t is_interrupted;

static void note_interrupt(int number)
{
	(void)number;
	is_interrupted = 1;
}

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

enum outcome { CONFIRMED, ENDED, INTERRUPTED, UNATTENDED };

static enum outcome read_answer(void)
{
	char bytes[256];
	ssize_t count = read(STDIN_FILENO, bytes, sizeof(bytes));

	return count > 0 && memchr(bytes, '\n', (size_t)count) ? CONFIRMED
							       : UNATTENDED;
}

static void count_down(const struct cli *cli, int64_t left)
{
	FILE *stream = out_stderr();

	fprintf(stream, "\r%s: ", cli->tool);
	fprintf(stream,
		_("undone in %u s; Enter keeps the change, Ctrl-C undoes it "
		  "now "),
		(unsigned int)((left + 999) / 1000));
	fflush(stream);
}

/* The guard counts by itself, so that it does not depend on us. */
static enum outcome wait_for_answer(const struct cli *cli, int guard_fd,
				    unsigned int seconds)
{
	struct pollfd ready[] = {
		{ .fd = guard_fd, .events = POLLIN },
		{ .fd = STDIN_FILENO, .events = POLLIN },
	};
	int64_t end = now() + (int64_t)seconds * 1000;

	for (;;) {
		int64_t left = end > now() ? end - now() : 0;
		sigset_t none;
		struct timespec tick = { 0 };

		count_down(cli, left);
		left = left ? (left - 1) % 1000 + 1 : 1000;
		tick.tv_sec = left / 1000;
		tick.tv_nsec = left % 1000 * 1000000;
		sigemptyset(&none);
		if (ppoll(ready, 2, &tick, &none) < 0 && !is_interrupted)
			continue;
		if (is_interrupted)
			return INTERRUPTED;
		if (ready[0].revents)
			return ENDED;
		if (ready[1].revents)
			return read_answer();
	}
}

static enum outcome wait_on_terminal(const struct cli *cli, int guard_fd,
				     unsigned int seconds)
{
	struct sigaction action = { .sa_handler = note_interrupt };
	struct sigaction was;
	enum outcome outcome;
	sigset_t interrupt, mask;

	sigemptyset(&interrupt);
	sigaddset(&interrupt, SIGINT);
	sigprocmask(SIG_BLOCK, &interrupt, &mask);
	sigaction(SIGINT, &action, &was);
	outcome = wait_for_answer(cli, guard_fd, seconds);
	sigaction(SIGINT, &was, NULL);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	fputc('\n', out_stderr());
	return outcome;
}

/* --- the change ----------------------------------------------------------- */

static int say_time(const struct cli *cli, unsigned int seconds)
{
	if (cli->netns)
		cli_message(cli,
			    _("undone in %u s, unless \"brctl -n %s confirm\" "
			      "is run"),
			    seconds, cli->netns);
	else
		cli_message(cli,
			    _("undone in %u s, unless \"brctl confirm\" is "
			      "run"),
			    seconds);
	return EXIT_SUCCESS;
}

static int undo(const struct cli *cli, struct vbr_guard *guard)
{
	struct vbr_config *left;

	if (vbr_guard_undo(guard, &left) < 0)
		return cli_fail(cli);
	cli_message(cli, "%s", _("the change was undone"));
	print_left(cli, left);
	return EXIT_FAILURE;
}

/* Somebody has killed the process. */
static int undo_unguarded(struct cli *cli)
{
	const struct call none = { 0 };

	cli_fail(cli);
	if (cmd_rollback(cli, &none) == EXIT_SUCCESS)
		cli_message(cli, "%s", _("the change was undone"));
	return EXIT_FAILURE;
}

static int wait_for_end(const struct cli *cli, struct vbr_guard *guard,
			unsigned int seconds)
{
	if (!isatty(STDIN_FILENO))
		return say_time(cli, seconds);
	switch (wait_on_terminal(cli, vbr_guard_fd(guard), seconds)) {
	case CONFIRMED:
		return vbr_guard_confirm(cli->ctx) < 0 ? cli_fail(cli)
						       : EXIT_SUCCESS;
	case INTERRUPTED:
		return undo(cli, guard);
	case ENDED:
		return vbr_guard_result(guard) < 0 ? cli_fail(cli)
						   : EXIT_SUCCESS;
	default:
		return say_time(cli, seconds);
	}
}

static int run(struct cli *cli, const struct confirmed *line,
	       struct vbr_guard *guard, unsigned int seconds)
{
	int status = line->run(cli, line->command, line->call);

	if (cli_flush(cli) < 0 && status == EXIT_SUCCESS)
		status = EXIT_FAILURE;
	if (status != EXIT_SUCCESS) {
		undo(cli, guard);
		return status;
	}
	if (vbr_guard_made(guard) < 0)
		return undo_unguarded(cli);
	return wait_for_end(cli, guard, seconds);
}

static char *join(char *const *words, int count)
{
	size_t size = 1;
	char *text, *at;

	for (int i = 0; i < count; i++)
		size += strlen(words[i]) + 1;
	at = text = malloc(size);
	if (!text)
		return NULL;
	for (int i = 0; i < count; i++) {
		if (i)
			*at++ = ' ';
		at = stpcpy(at, words[i]);
	}
	*at = '\0';
	return text;
}

static int take_seconds(const struct cli *cli, unsigned int *ret_seconds)
{
	uint64_t seconds;

	if (vbr_parse_number(cli->confirm, VBR_GUARD_SECONDS_MAX, &seconds) <
		    0 ||
	    seconds == 0)
		return cli_bad_word(cli,
				    _("--confirm takes 1 to 86400 seconds, not "
				      "\"%s\""),
				    cli->confirm);
	*ret_seconds = (unsigned int)seconds;
	return EXIT_SUCCESS;
}

int confirm_run(struct cli *cli, const struct confirmed *line)
{
	struct vbr_guard *guard;
	unsigned int seconds = 0;
	bool is_in_session = false;
	char *what;
	int rc;

	if (take_seconds(cli, &seconds))
		return EXIT_FAILURE;
	what = join(line->words, line->count);
	rc = vbr_guard_new(cli->ctx, seconds, what ? what : "", &guard);
	free(what);
	if (rc < 0)
		return cli_fail(cli);
	rc = guard_process_start(guard, &is_in_session);
	if (rc < 0) {
		vbr_guard_free(guard);
		cli_message(cli, _("cannot start a process: %s"),
			    cli_strerror(-rc));
		return EXIT_FAILURE;
	}
	if (is_in_session)
		cli_message(cli, "%s",
			    _("the process that waits for the confirmation may "
			      "end with this session: systemd gives it no "
			      "scope of its own"));
	rc = vbr_guard_journal_error(guard);
	if (rc == -ENOTUNIQ)
		cli_message(cli, "%s",
			    _("if the process is killed that waits for the "
			      "confirmation, the change stays: before Linux "
			      "5.14, no file can be kept for a namespace"));
	else if (rc < 0)
		cli_message(cli,
			    _("if the process is killed that waits for the "
			      "confirmation, the change stays: cannot write to "
			      "/run/vbridge: %s"),
			    cli_strerror(-rc));
	rc = run(cli, line, guard, seconds);
	vbr_guard_free(guard);
	return rc;
}
