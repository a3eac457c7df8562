/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Changes that are undone if nobody confirms them, and the last one that can
 * still be undone. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "config/configuration.h"
#include "core/context.h"
#include "guard/answer.h"
#include "guard/journal.h"
#include "guard/process.h"
#include "sys/descriptor.h"
#include "sys/door.h"

struct vbr_guard {
	struct vbr_ctx *ctx;
	struct guard_process process;
	int connection; /* to the process */
	int journal_error;
};

/* --- begin ---------------------------------------------------------------- */

/* Anybody can take the name first. -EPERM: it is neither root nor the caller. */
static int connect_guard(const struct vbr_ctx *ctx, int *ret_fd)
{
	int fd, rc = door_connect(&ctx->socket, GUARD_DOOR, &fd);
	uid_t user;

	if (rc < 0)
		return rc == -EAGAIN ? -EPERM : rc;
	rc = door_user(fd, &user);
	if (rc == 0 && user != 0 && user != getuid())
		rc = -EPERM;
	if (rc < 0)
		close(fd);
	else
		*ret_fd = fd;
	return rc;
}

static int ask_first(struct vbr_ctx *ctx, char **ret_text)
{
	const struct timeval patience = { .tv_sec = 5 };
	const char letter = GUARD_ASK;
	size_t len;
	int fd, rc = connect_guard(ctx, &fd);

	if (rc < 0)
		return rc;
	/*
	 * Its process may be dead while the program still has its socket open.
	 */
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	send(fd, &letter, 1, MSG_NOSIGNAL);
	rc = answer_read(fd, ret_text, &len);
	close(fd);
	return rc;
}

/* Says which change waits. */
static int refuse_second(struct vbr_ctx *ctx)
{
	char *text = NULL, *command;
	int rc = ask_first(ctx, &text);

	if (rc == -ENOMEM)
		return context_fail(ctx, rc, NULL);
	command = rc == 0 ? strchr(text, '\n') : NULL;
	if (command && !command[1]) {
		rc = -EPERM;
		command = NULL;
	}
	if (command)
		context_fail_word(ctx, -EBUSY,
				  _("another change has not been confirmed "
				    "yet: %s"),
				  command + 1);
	else if (rc == -EPERM)
		context_fail(ctx, -EBUSY,
			     _("another user has a change that is not "
			       "confirmed"));
	else
		context_fail(ctx, -EBUSY,
			     _("another change is just being undone"));
	free(text);
	return -EBUSY;
}

static int open_door(struct vbr_ctx *ctx, int *ret_door)
{
	int rc = door_open(&ctx->socket, GUARD_DOOR, ret_door);

	if (rc == -EADDRINUSE)
		return refuse_second(ctx);
	return rc < 0 ? context_fail(ctx, rc, NULL) : 0;
}

static int connect_both(struct vbr_guard *guard)
{
	int pair[2], rc = door_listen(guard->process.door);

	if (rc < 0)
		return rc;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return -errno;
	guard->connection = avoid_standard_streams(pair[0]);
	guard->process.maker = avoid_standard_streams(pair[1]);
	return guard->connection < 0 || guard->process.maker < 0 ? -errno : 0;
}

static void begin_journal(struct vbr_guard *guard)
{
	const struct guard_process *process = &guard->process;
	const struct journal journal = {
		.state = JOURNAL_PENDING,
		.what = process->what,
		.before = process->before,
	};

	guard->journal_error = journal_write(process->ctx, &journal);
	guard->process.has_journal = guard->journal_error == 0;
	/* The journal no longer has the last change. */
	if (guard->journal_error < 0)
		journal_remove(process->ctx);
}

static int begin(struct vbr_guard *guard, const char *what)
{
	int rc = vbr_config_capture_whole(guard->ctx, &guard->process.before);

	if (rc < 0)
		return rc;
	context_begin(guard->ctx, N_("cannot wait for a confirmation"));
	guard->process.what = malloc(strlen(what) + 1);
	rc = guard->process.what ? connect_both(guard) : -ENOMEM;
	if (rc < 0)
		return context_fail(guard->ctx, rc, NULL);
	strcpy(guard->process.what, what);
	begin_journal(guard);
	return 0;
}

static int check_start(struct vbr_ctx *ctx, unsigned int seconds)
{
	context_begin(ctx, N_("cannot wait for a confirmation"));
	if (seconds < 1 || seconds > VBR_GUARD_SECONDS_MAX)
		return context_fail(ctx, -EINVAL,
				    _("the time is 1 to 86400 seconds"));
	if (ctx->is_dry)
		return context_fail(ctx, -EINVAL,
				    _("a dry run changes nothing"));
	return 0;
}

int vbr_guard_new(struct vbr_ctx *ctx, unsigned int seconds, const char *what,
		  struct vbr_guard **ret_guard)
{
	struct vbr_guard *guard;
	int rc = check_start(ctx, seconds);

	if (rc < 0)
		return rc;
	guard = calloc(1, sizeof(*guard));
	if (!guard)
		return context_fail(ctx, -ENOMEM, NULL);
	guard->ctx = vbr_ctx_ref(ctx);
	guard->connection = -1;
	guard->process = (struct guard_process){
		.ctx = ctx,
		.door = -1,
		.maker = -1,
		.seconds = seconds,
		.deadline = -1,
	};
	rc = open_door(ctx, &guard->process.door);
	if (rc == 0)
		rc = begin(guard, what);
	if (rc < 0)
		vbr_guard_free(guard);
	else
		*ret_guard = guard;
	return rc;
}

/* --- the process ---------------------------------------------------------- */

static bool is_needed(const struct guard_process *process, int fd)
{
	return fd <= STDERR_FILENO || fd == process->door ||
	       fd == process->maker || fd == process->ctx->socket.fd;
}

/* A process that waits for the end of a pipe must not wait for this one. */
static void close_others(const struct guard_process *process)
{
	long most = sysconf(_SC_OPEN_MAX);

	for (int fd = STDERR_FILENO + 1; fd < most && fd < 65536; fd++)
		if (!is_needed(process, fd))
			close(fd);
}

int vbr_guard_serve(struct vbr_guard *guard)
{
	int rc = context_detach(guard->ctx);

	if (rc < 0)
		return rc;
	close_others(&guard->process);
	guard->connection = -1;
	guard_process_run(&guard->process);
	return 0;
}

/* Data that only the process needs. */
static void drop_process(struct vbr_guard *guard)
{
	struct guard_process *process = &guard->process;

	if (process->door >= 0)
		close(process->door);
	if (process->maker >= 0)
		close(process->maker);
	process->door = process->maker = -1;
	vbr_config_free(process->before);
	process->before = NULL;
	free(process->what);
	process->what = NULL;
}

/* --- while it waits ------------------------------------------------------- */

int vbr_guard_journal_error(const struct vbr_guard *guard)
{
	return guard->journal_error;
}

/*
 * Waits for an answer: another process may have decided before, or killed the
 * guard.
 */
static bool has_ended(const struct vbr_guard *guard)
{
	char letter;

	return recv(guard->connection, &letter, 1, MSG_PEEK) != 1 ||
	       letter == GUARD_ENDED;
}

int vbr_guard_made(struct vbr_guard *guard)
{
	char letter = GUARD_MADE;

	drop_process(guard);
	context_begin(guard->ctx, N_("cannot wait for a confirmation"));
	if (send(guard->connection, &letter, 1, MSG_NOSIGNAL) == 1 &&
	    !has_ended(guard) && recv(guard->connection, &letter, 1, 0) == 1)
		return 0;
	return context_fail(guard->ctx, -ECONNRESET,
			    _("the process that would undo the change has "
			      "ended"));
}

int vbr_guard_undo(struct vbr_guard *guard, struct vbr_config **ret_left)
{
	const char letter = GUARD_UNDO;

	drop_process(guard);
	context_begin(guard->ctx, N_("cannot undo the change"));
	send(guard->connection, &letter, 1, MSG_NOSIGNAL);
	if (has_ended(guard))
		return context_fail(guard->ctx, -ECONNRESET,
				    _("the process that would undo the change "
				      "has ended"));
	return answer_take(guard->connection, guard->ctx, ret_left);
}

int vbr_guard_result(struct vbr_guard *guard)
{
	char letter;

	context_begin(guard->ctx, N_("the change was not kept"));
	if (recv(guard->connection, &letter, 1, 0) != 1)
		return context_fail(guard->ctx, -ECONNRESET, NULL);
	return answer_take(guard->connection, guard->ctx, NULL);
}

int vbr_guard_fd(const struct vbr_guard *guard)
{
	return guard->connection;
}

void vbr_guard_free(struct vbr_guard *guard)
{
	if (!guard)
		return;
	drop_process(guard);
	if (guard->connection >= 0)
		close(guard->connection);
	vbr_ctx_unref(guard->ctx);
	free(guard);
}

/* --- without one ---------------------------------------------------------- */

static int ask(struct vbr_ctx *ctx, char letter, struct vbr_config **ret_left)
{
	int fd, rc = connect_guard(ctx, &fd);

	if (rc == -ECONNREFUSED)
		return -ENOENT;
	if (rc == -EPERM)
		return context_fail(ctx, rc,
				    _("another user has made the change"));
	if (rc < 0)
		return context_fail(ctx, rc, NULL);
	send(fd, &letter, 1, MSG_NOSIGNAL);
	rc = answer_take(fd, ctx, ret_left);
	close(fd);
	/* It has just ended. */
	return rc == -ECONNRESET ? -ENOENT : rc;
}

static const char *why_nothing_waits(struct vbr_ctx *ctx)
{
	const char *why = _("no change waits for confirmation");
	struct journal journal;

	if (journal_read(ctx, &journal) < 0)
		return why;
	if (journal.state == JOURNAL_UNDONE)
		why = _("nobody confirmed the change in time, and it was "
			"undone");
	else if (journal.state == JOURNAL_FAILED)
		why = _("nobody confirmed the change in time, and it could not "
			"be undone; \"brctl rollback\" tries again");
	else if (journal.state == JOURNAL_PENDING)
		why = _("the process that waited for the confirmation was killed; the change stays, unless \"brctl rollback\" undoes it");
	journal_drop(&journal);
	return why;
}

int vbr_guard_confirm(struct vbr_ctx *ctx)
{
	const char *why;
	int rc;

	context_begin(ctx, N_("cannot confirm a change"));
	rc = ask(ctx, GUARD_CONFIRM, NULL);
	if (rc != -ENOENT)
		return rc;
	why = why_nothing_waits(ctx);
	context_begin(ctx, N_("cannot confirm a change"));
	return context_fail(ctx, rc, why);
}

static int undo_last(struct vbr_ctx *ctx, struct vbr_config **ret_left)
{
	struct journal journal = { 0 };
	int rc = journal_read(ctx, &journal);

	context_begin(ctx, N_("cannot undo the last change"));
	if (rc == 0 && journal.state == JOURNAL_UNDONE)
		rc = -ENOENT;
	if (rc == -ENOENT)
		context_fail(ctx, rc, _("there is none"));
	else if (rc < 0)
		context_fail(ctx, rc, NULL);
	else
		rc = vbr_config_undo(ctx, journal.before, journal.after,
				     ret_left);
	if (rc == 0 && !ctx->is_dry)
		journal_remove(ctx);
	journal_drop(&journal);
	return rc;
}

/* The socket stays open, so that nobody undoes the change twice. */
static int undo_alone(struct vbr_ctx *ctx, struct vbr_config **ret_left)
{
	int door, rc = open_door(ctx, &door);

	if (rc < 0)
		return rc;
	rc = undo_last(ctx, ret_left);
	close(door);
	return rc;
}

int vbr_guard_rollback(struct vbr_ctx *ctx, struct vbr_config **ret_left)
{
	int rc;

	context_begin(ctx, N_("cannot undo the last change"));
	if (ctx->is_dry)
		return undo_last(ctx, ret_left);
	rc = ask(ctx, GUARD_UNDO, ret_left);
	return rc == -ENOENT ? undo_alone(ctx, ret_left) : rc;
}

/* A change that changed nothing does not replace one that did. */
static int is_recorded(struct vbr_ctx *ctx, const struct journal *journal)
{
	struct journal kept;
	int rc;

	if (strcmp(vbr_config_text(journal->before),
		   vbr_config_text(journal->after)) != 0)
		return 0;
	rc = journal_read(ctx, &kept);
	if (rc < 0)
		return rc == -ENOMEM ? rc : 0;
	journal_drop(&kept);
	return 1;
}

static int record(struct vbr_ctx *ctx, struct journal *journal)
{
	struct vbr_config *read = NULL;
	int rc = 0;

	journal->after = journal->before->after;
	if (!journal->after) {
		rc = vbr_config_capture_whole(ctx, &read);
		journal->after = read;
	}
	if (rc < 0)
		return rc;
	rc = is_recorded(ctx, journal);
	if (rc == 0)
		rc = journal_write(ctx, journal);
	vbr_config_free(read);
	context_begin(ctx, N_("cannot save how to undo the change"));
	return rc < 0 ? context_fail(ctx, rc, NULL) : 0;
}

int vbr_guard_record(struct vbr_ctx *ctx, const char *what,
		     const struct vbr_config *before)
{
	struct journal journal = {
		.state = JOURNAL_MADE,
		.what = what,
		.before = (struct vbr_config *)before,
	};
	int door, rc;

	context_begin(ctx, N_("cannot save how to undo the change"));
	rc = open_door(ctx, &door);
	if (rc < 0)
		return rc;
	rc = before ? record(ctx, &journal) : -ENODATA;
	/* The journal no longer has the last change. */
	if (rc < 0)
		journal_remove(ctx);
	close(door);
	return before ? rc : 0;
}
