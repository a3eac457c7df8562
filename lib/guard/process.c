/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The process that undoes a change if nobody confirms it. */

#include "config.h"

#include "guard/process.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "guard/answer.h"
#include "guard/journal.h"
#include "sys/door.h"

/* --- time ----------------------------------------------------------------- */

/* Does not jump when the clock is set. */
static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* -1: for ever. */
static int time_left(const struct guard_process *process)
{
	int64_t left;

	if (process->deadline < 0)
		return -1;
	left = process->deadline - now();
	if (left < 0)
		return 0;
	return left > INT_MAX ? INT_MAX : (int)left;
}

/* --- the journal ---------------------------------------------------------- */

static void keep(struct guard_process *process, enum journal_state state)
{
	const struct journal journal = {
		.state = state,
		.what = process->what,
		.before = process->before,
		.after = process->after,
	};

	if (process->has_journal && journal_write(process->ctx, &journal) < 0 &&
	    state == JOURNAL_UNDONE)
		journal_remove(process->ctx);
}

/* --- the ends ------------------------------------------------------------- */

/* A process that sees the end of the connection can start another guard. */
static void close_door(struct guard_process *process)
{
	if (process->door >= 0)
		close(process->door);
	process->door = -1;
}

/* Other devices may come and go while everything is read. */
#define ATTEMPTS 20
#define PAUSE_MS 100

/* On failure the journal stays as it is. */
static int undo(struct guard_process *process, struct vbr_config **ret_left)
{
	int rc = -EAGAIN;

	for (int i = 0; (rc == -EAGAIN || rc == -ENODEV) && i < ATTEMPTS; i++) {
		if (i)
			poll(NULL, 0, PAUSE_MS);
		rc = vbr_config_undo(process->ctx, process->before,
				     process->after, ret_left);
	}
	return rc;
}

/* The process that made the change may be waiting for the end. */
static void tell_maker(const struct guard_process *process, int rc)
{
	const char letter = GUARD_ENDED;

	if (process->maker < 0 ||
	    send(process->maker, &letter, 1, MSG_NOSIGNAL) != 1)
		return;
	if (rc == -ECANCELED)
		answer_refuse(process->maker, rc);
	else
		answer_send(process->maker, process->ctx, rc, NULL);
}

static void undo_unheard(struct guard_process *process)
{
	struct vbr_config *left;
	int rc = undo(process, &left);

	keep(process, rc < 0 ? JOURNAL_FAILED : JOURNAL_UNDONE);
	close_door(process);
	tell_maker(process, rc < 0 ? rc : -ECANCELED);
	if (rc == 0)
		vbr_config_free(left);
}

static void undo_for(struct guard_process *process, int connection)
{
	struct vbr_config *left;
	int rc = undo(process, &left);

	if (rc == 0 && process->has_journal)
		journal_remove(process->ctx);
	close_door(process);
	answer_send(connection, process->ctx, rc, rc == 0 ? left : NULL);
	if (connection != process->maker)
		tell_maker(process, rc < 0 ? rc : -ECANCELED);
	if (rc == 0)
		vbr_config_free(left);
}

/* --- who comes ------------------------------------------------------------ */

static void tell(const struct guard_process *process, int connection)
{
	int left = time_left(process);

	answer_tell(connection, left < 0 ? -1 : (left + 999) / 1000,
		    process->what);
}

static bool may_decide(int connection)
{
	uid_t user;

	return door_user(connection, &user) == 0 &&
	       (user == 0 || user == getuid());
}

/* Returns whether the change is confirmed or undone. */
static bool serve(struct guard_process *process, int connection, char letter)
{
	if (letter != GUARD_ASK && process->deadline < 0) {
		answer_refuse(connection, -EAGAIN);
		return false;
	}
	switch (letter) {
	case GUARD_CONFIRM:
		keep(process, JOURNAL_MADE);
		close_door(process);
		answer_send(connection, process->ctx, 0, NULL);
		tell_maker(process, 0);
		return true;
	case GUARD_UNDO:
		undo_for(process, connection);
		return true;
	case GUARD_ASK:
		tell(process, connection);
		return false;
	default:
		return false;
	}
}

static void set_patience(int connection, long milliseconds)
{
	const struct timeval patience = {
		.tv_sec = milliseconds / 1000,
		.tv_usec = milliseconds % 1000 * 1000,
	};

	setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience,
		   sizeof(patience));
	setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience,
		   sizeof(patience));
}

/*
 * A process that may not decide must not block this one for long. The letter is
 * always read: otherwise the answer would be lost.
 */
static bool let_in(struct guard_process *process)
{
	int connection = accept(process->door, NULL, NULL);
	bool is_over = false, is_allowed;
	char letter = 0;

	if (connection < 0)
		return false;
	is_allowed = may_decide(connection);
	set_patience(connection, is_allowed ? 1000 : 20);
	recv(connection, &letter, 1, 0);
	if (is_allowed)
		is_over = serve(process, connection, letter);
	else
		answer_refuse(connection, -EPERM);
	close(connection);
	return is_over;
}

/* --- the process that makes the change ------------------------------------ */

static void begin_time(struct guard_process *process)
{
	struct vbr_config *after;

	/* Without it, everything that is different then is undone. */
	for (int i = 0; !process->after && i < ATTEMPTS; i++)
		if (vbr_config_capture_whole(process->ctx, &after) == 0)
			process->after = after;
	keep(process, JOURNAL_PENDING);
	process->deadline = now() + (int64_t)process->seconds * 1000;
}

static bool lose_maker(struct guard_process *process)
{
	if (process->deadline < 0) {
		/* The change was never finished. */
		undo_unheard(process);
		return true;
	}
	close(process->maker);
	process->maker = -1;
	return false;
}

/* Returns whether the change is confirmed or undone. */
static bool hear_maker(struct guard_process *process)
{
	char letter;

	if (recv(process->maker, &letter, 1, 0) != 1)
		return lose_maker(process);
	if (letter == GUARD_UNDO) {
		undo_for(process, process->maker);
		return true;
	}
	begin_time(process);
	send(process->maker, &letter, 1, MSG_NOSIGNAL);
	return false;
}

void guard_process_run(struct guard_process *process)
{
	bool is_over = false;

	while (!is_over) {
		struct pollfd ready[] = {
			{ .fd = process->door, .events = POLLIN },
			{ .fd = process->maker, .events = POLLIN },
		};
		int count = poll(ready, 2, time_left(process));

		if (time_left(process) == 0) {
			undo_unheard(process);
			is_over = true;
		} else if (count > 0 && ready[1].revents) {
			is_over = hear_maker(process);
		} else if (count > 0 && ready[0].revents) {
			is_over = let_in(process);
		}
	}
	close_door(process);
}
