/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Guards, and undoing a change, for fail-alloc.c. */

#include "oracle/fail-alloc.h"

#include <errno.h>
#include <sys/wait.h>

#include "oracle/guards.h"
#include "unit/fail-alloc.h"

static int make(struct stage *s)
{
	struct vbr_guard *guard;
	int rc = vbr_guard_new(s->ctx, 60, "a change", &guard);

	if (rc == 0)
		vbr_guard_free(guard);
	return rc;
}

static void prepare(struct stage *s)
{
	int rc = vbr_guard_new(s->ctx, 60, "a change", &s->guard);

	check(rc == 0, "%s", vbr_ctx_error(s->ctx));
}

/* It allocates in another process. */
static int serve(struct stage *s)
{
	start_guard(s->guard);
	return 0;
}

static void begin(struct stage *s)
{
	prepare(s);
	start_guard(s->guard);
}

static void begin_made(struct stage *s)
{
	begin(s);
	assert_int_equal(vbr_guard_made(s->guard), 0);
}

static void end(struct stage *s)
{
	end_guard(s->guard);
}

/* The call may have confirmed the change already. */
static void end_made(struct stage *s)
{
	vbr_guard_confirm(s->ctx);
	assert_true(wait(NULL) > 0);
	vbr_guard_free(s->guard);
}

static int made(struct stage *s)
{
	return vbr_guard_made(s->guard);
}

static int undo_guard(struct stage *s)
{
	struct vbr_config *left;
	int rc = vbr_guard_undo(s->guard, &left);

	if (rc == 0)
		vbr_config_free(left);
	return rc;
}

static int confirm(struct stage *s)
{
	return vbr_guard_confirm(s->ctx);
}

static void begin_confirmed(struct stage *s)
{
	begin_made(s);
	assert_int_equal(vbr_guard_confirm(s->ctx), 0);
}

static int take_result(struct stage *s)
{
	return vbr_guard_result(s->guard);
}

static void capture(struct stage *s)
{
	assert_int_equal(vbr_config_capture_whole(s->ctx, &s->config), 0);
}

static void drop(struct stage *s)
{
	vbr_config_free(s->config);
}

static int record(struct stage *s)
{
	return vbr_guard_record(s->ctx, "a change", s->config);
}

static void begin_rollback(struct stage *s)
{
	capture(s);
	assert_int_equal(vbr_guard_record(s->ctx, "a change", s->config), 0);
}

static int roll_back(struct stage *s)
{
	struct vbr_config *left;
	int rc = vbr_guard_rollback(s->ctx, &left);

	if (rc == 0)
		vbr_config_free(left);
	return rc;
}

static int undo(struct stage *s)
{
	struct vbr_config *left;
	int rc = vbr_config_undo(s->ctx, s->config, NULL, &left);

	if (rc == 0)
		vbr_config_free(left);
	return rc;
}

static const char *const devices[] = { "br0", "a" };

static int begin_transaction(struct stage *s)
{
	struct vbr_transaction *transaction;
	int rc = vbr_transaction_begin(s->ctx, devices, 2, &transaction);

	if (rc == 0)
		vbr_transaction_commit(transaction);
	return rc;
}

static int undo_transaction(struct stage *s)
{
	struct vbr_transaction *transaction;
	int rc = vbr_transaction_begin(s->ctx, devices, 2, &transaction);

	return rc < 0 ? rc : vbr_transaction_undo(transaction, NULL);
}

const struct row guarding_rows[] = {
	{ "vbr_guard_new", make, .does_without = true },
	{ "vbr_guard_serve", serve, .ready = prepare, .end = end,
	  .takes_none = true },
	{ "vbr_guard_made", made, .ready = begin, .end = end_made,
	  .takes_none = true },
	{ "vbr_guard_undo", undo_guard, .ready = begin_made, .end = end_made },
	{ "vbr_guard_confirm", confirm, .ready = begin_made, .end = end_made },
	{ "vbr_guard_result", take_result, .ready = begin_confirmed,
	  .end = end_made },
	{ "vbr_guard_record", record, .ready = capture, .end = drop },
	{ "vbr_guard_rollback", roll_back, .ready = begin_rollback,
	  .end = drop },
	{ "vbr_config_undo", undo, .ready = capture, .end = drop,
	  .is_change = true },
	{ "vbr_transaction_begin", begin_transaction },
	{ "vbr_transaction_undo", undo_transaction, .is_change = true },
	{ 0 },
};

void quiet_guards(struct stage *s)
{
	begin(s);
	QUIET(vbr_guard_journal_error, s->guard);
	QUIET(vbr_guard_fd, s->guard);
	end(s);
	QUIET(vbr_guard_free, NULL);
	QUIET(vbr_transaction_commit, NULL);
}
