/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads configurations from text, compares them, and applies them. */

#include "config.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/compare.h"
#include "config/configuration.h"
#include "config/parse.h"
#include "config/run.h"
#include "config/target.h"
#include "config/undo.h"
#include "core/context.h"
#include "core/lock.h"
#include "ip/kept.h"

int vbr_config_parse(struct vbr_ctx *ctx, const char *name, const char *text,
		     size_t len, struct vbr_config **ret_config)
{
	struct vbr_config *config = calloc(1, sizeof(*config));
	const struct source source = { name ? name : "commands", true, !name };
	struct items items = { 0 };
	int rc;

	context_begin(ctx, N_("cannot read \"%s\""), source.name);
	if (!config)
		return context_fail(ctx, -ENOMEM, NULL);
	if (len > INT_MAX)
		rc = context_fail(ctx, -EFBIG, NULL);
	else
		rc = parse_items(ctx, &source, text, len, &items);
	items_drop(&items);
	if (rc == 0) {
		text_put(&config->text, "");
		text_format(&config->text, "%.*s", (int)len, text);
	}
	if (config->text.is_short) {
		/* The names of the last operation are no longer valid. */
		context_begin(ctx, N_("cannot read \"%s\""), source.name);
		rc = context_fail(ctx, -ENOMEM, NULL);
	}
	if (rc < 0)
		vbr_config_free(config);
	else
		*ret_config = config;
	return rc;
}

int vbr_config_diff(struct vbr_ctx *ctx, const struct vbr_config *from,
		    const struct vbr_config *to, unsigned int flags,
		    struct vbr_config **ret_plan)
{
	struct diff diff = { .ctx = ctx };

	if (flags & ~(unsigned int)VBR_CONFIG_EXACT) {
		context_begin(ctx, N_("cannot compare the configurations"));
		return context_fail(ctx, -EINVAL, NULL);
	}
	diff.what = flags & VBR_CONFIG_EXACT ? DIFF_EXACT : DIFF_STATED;
	return compare_configs(&diff, from, to, ret_plan);
}

/* --- restore -------------------------------------------------------------- */

/* "now" is replaced by the current state. */
static int take_plan(struct vbr_ctx *ctx, const struct vbr_config *to,
		     unsigned int flags, struct vbr_config **now,
		     struct vbr_config **ret_plan)
{
	int rc;

	vbr_config_free(*now);
	*now = NULL;
	rc = vbr_config_capture_all(ctx, now);
	return rc < 0 ? rc : vbr_config_diff(ctx, *now, to, flags, ret_plan);
}

/*
 * Runs plans until nothing is different. If there is always a difference, the
 * last plan contains it.
 */
static int run_plans(struct vbr_ctx *ctx, const struct vbr_config *to,
		     unsigned int flags, struct vbr_config **plan,
		     struct vbr_config **now)
{
	int rc = 0;

	for (int pass = 0; rc == 0 && (*plan)->text.len; pass++) {
		if (pass == PASSES_MAX)
			return 0;
		rc = run_plan(ctx, *plan, false);
		if (rc < 0)
			break;
		vbr_config_free(*plan);
		*plan = NULL;
		rc = take_plan(ctx, to, flags, now, plan);
	}
	return rc;
}

/* The first error counts. */
static void undo(struct vbr_ctx *ctx, const struct vbr_config *to,
		 const struct vbr_config *before)
{
	struct failure failure = ctx->failure;
	struct vbr_config *plan = NULL;
	struct items named = { 0 };
	int rc = compare_items(ctx, to, &named);

	if (rc == 0)
		rc = undo_run_whole(ctx, before, &named, &plan);
	items_drop(&named);
	context_restore(ctx, &failure);
	if (rc == 0)
		context_append(ctx, "%s", _("; everything is as before"));
	else if (plan && plan->text.len)
		undo_append_line(ctx, _("; not undone: %s"), plan);
	else
		context_append(ctx, "%s", _("; a part of it was not undone"));
	vbr_config_free(plan);
}

/* A device that is down keeps its addresses, but has no routes. */
static int put_back_addresses(struct vbr_ctx *ctx,
			      const struct vbr_config *before)
{
	int rc = ip_kept_put_back_replaced(ctx, before->addresses);

	return rc == -ENETDOWN || rc == -ENETUNREACH ? 0 : rc;
}

/*
 * So vbr_guard_record() need not read it again. If the addresses cannot be
 * read, the error reports it.
 */
static void complete_after(struct vbr_ctx *ctx, struct vbr_config *before)
{
	if (!before->after || ip_kept_take(ctx, &before->after->addresses) == 0)
		return;
	vbr_config_free(before->after);
	before->after = NULL;
}

/* "ret_is_same": nothing was different. */
static int restore(struct vbr_ctx *ctx, const struct vbr_config *to,
		   struct vbr_config *before, unsigned int flags,
		   bool *ret_is_same)
{
	struct vbr_config *plan = NULL, *now = NULL;
	int rc = vbr_config_diff(ctx, before, to, flags, &plan);

	*ret_is_same = rc < 0 || ctx->is_dry || plan->text.len == 0;
	if (rc < 0 || ctx->is_dry) {
		vbr_config_free(plan);
		return rc;
	}
	if (!*ret_is_same)
		rc = ip_kept_take(ctx, &before->addresses);
	if (rc < 0) {
		vbr_config_free(plan);
		return rc;
	}
	rc = run_plans(ctx, to, flags, &plan, &now);
	if (rc == 0 && plan->text.len) {
		context_begin(ctx, N_("cannot restore the bridges"));
		rc = context_fail(ctx, -EBADMSG,
				  _("the kernel keeps another value"));
		undo_append_line(ctx, ": %s", plan);
	}
	if (rc == 0 && before->addresses)
		rc = put_back_addresses(ctx, before);
	if (rc < 0)
		undo(ctx, to, before);
	before->after = now;
	vbr_config_free(plan);
	return rc;
}

int vbr_config_restore(struct vbr_ctx *ctx, const struct vbr_config *config,
		       unsigned int flags, struct vbr_config **ret_before)
{
	struct vbr_config *before;
	struct lock lock = { .fd = -1 };
	bool is_same = true;
	int rc = ctx->is_dry ? 0 : restore_lock(ctx, &lock);

	if (rc == 0)
		rc = vbr_config_capture_all(ctx, &before);
	if (rc < 0)
		goto unlock;
	rc = restore(ctx, config, before, flags, &is_same);
	if (is_same || rc < 0 || !ret_before) {
		vbr_config_free(before);
		before = NULL;
	}
	if (before)
		complete_after(ctx, before);
	if (rc == 0 && ret_before)
		*ret_before = before;
unlock:
	restore_unlock(&lock);
	return rc;
}

/* --- undo ----------------------------------------------------------------- */

/*
 * "ret_target" is a configuration; "ret_left" lists what others have changed.
 */
static int take_target(struct vbr_ctx *ctx, struct target *target,
		       struct vbr_config *ret_target,
		       struct vbr_config *ret_left)
{
	int rc;

	target->plan.text = &ret_target->text;
	target->left.text = &ret_left->text;
	target->losses = &ret_left->losses;
	text_put(&ret_target->text, "");
	text_put(&ret_left->text, "");
	rc = target_make(target);
	if (rc == 0 && (ret_target->text.is_short || ret_left->text.is_short ||
			ret_left->losses.is_short))
		rc = -ENOMEM;
	if (rc == -ENOMEM) {
		context_begin(ctx, N_("cannot undo the change"));
		context_fail(ctx, rc, NULL);
	}
	return rc;
}

static int run_undo(struct vbr_ctx *ctx, const struct vbr_config *target,
		    const struct items *changed, struct text *losses)
{
	struct vbr_config *plan;
	int rc = undo_run(ctx, target, changed, &plan);

	undo_explain(ctx, rc, plan);
	if (rc == 0 && plan->losses.len)
		text_put(losses, plan->losses.bytes);
	vbr_config_free(plan);
	return rc;
}

static int undo_config(struct vbr_ctx *ctx, struct target *target,
		       struct vbr_config *left)
{
	struct vbr_config becomes = { 0 };
	int rc = take_target(ctx, target, &becomes, left);

	if (rc == 0 && !ctx->is_dry)
		rc = run_undo(ctx, &becomes, &target->changed, &left->losses);
	text_drop(&becomes.text);
	text_drop(&becomes.losses);
	return rc;
}

static int read_three(struct vbr_ctx *ctx, const struct vbr_config *before,
		      const struct vbr_config *after, struct target *target)
{
	struct vbr_config *now;
	int rc = vbr_config_capture_all(ctx, &now);

	if (rc < 0)
		return rc;
	rc = compare_items(ctx, before, &target->before);
	if (rc == 0)
		rc = compare_items(ctx, after ? after : now, &target->after);
	if (rc == 0)
		rc = compare_items(ctx, now, &target->now);
	vbr_config_free(now);
	return rc;
}

static int undo_since(struct vbr_ctx *ctx, const struct vbr_config *before,
		      const struct vbr_config *after, struct vbr_config *left)
{
	struct target target = { 0 };
	int rc = read_three(ctx, before, after, &target);

	if (rc == 0)
		rc = undo_config(ctx, &target, left);
	target_drop(&target);
	return rc;
}

/*
 * Without "after", the current state is used. The addresses come back even if a
 * part of the rest does not; the first error counts.
 */
static int undo_all(struct vbr_ctx *ctx, const struct vbr_config *before,
		    const struct vbr_config *after, struct vbr_config *left)
{
	const struct ip_kept *since = after ? after->addresses : NULL;
	struct failure failure;
	struct ip_kept *last;
	int rc, error;

	if (ctx->is_dry || !before->addresses)
		return undo_since(ctx, before, after, left);
	rc = ip_kept_take(ctx, &last);
	if (rc < 0)
		return rc;
	rc = undo_since(ctx, before, after, left);
	failure = ctx->failure;
	error = ip_kept_put_back(ctx, before->addresses, since ? since : last,
				 last);
	if (rc < 0)
		context_restore(ctx, &failure);
	ip_kept_free(last);
	return rc < 0 ? rc : error;
}

int vbr_config_undo(struct vbr_ctx *ctx, const struct vbr_config *before,
		    const struct vbr_config *after,
		    struct vbr_config **ret_left)
{
	struct vbr_config *left = calloc(1, sizeof(*left));
	struct lock lock = { .fd = -1 };
	int rc;

	context_begin(ctx, N_("cannot undo the change"));
	if (!left)
		return context_fail(ctx, -ENOMEM, NULL);
	rc = ctx->is_dry ? 0 : restore_lock(ctx, &lock);
	if (rc == 0)
		rc = undo_all(ctx, before, after, left);
	restore_unlock(&lock);
	if (rc < 0)
		vbr_config_free(left);
	else
		*ret_left = left;
	return rc;
}
