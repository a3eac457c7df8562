/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Restores a part of the running state. */

#include "config.h"

#include "config/undo.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "config/compare.h"
#include "config/configuration.h"
#include "config/run.h"
#include "config/scope.h"
#include "core/context.h"
#include "ip/kept.h"

static int take_plan(struct vbr_ctx *ctx, const struct vbr_config *before,
		     const struct items *named, struct vbr_config **ret_plan)
{
	struct diff diff = { .ctx = ctx, .named = named, .what = DIFF_UNDO };
	struct vbr_config *now;
	int rc = vbr_config_capture_all(ctx, &now);

	if (rc < 0)
		return rc;
	rc = compare_configs(&diff, now, before, ret_plan);
	vbr_config_free(now);
	return rc;
}

/*
 * Runs the plan, and replaces it by the remaining difference; keeps the list of
 * losses of the first plan. Returns the first error of the kernel.
 */
static int run_pass(struct vbr_ctx *ctx, const struct vbr_config *before,
		    const struct items *named, struct vbr_config **plan,
		    int *ret_refusal, struct failure *ret_failure)
{
	struct vbr_config *next;
	int rc;

	*ret_refusal = run_plan(ctx, *plan, true);
	*ret_failure = ctx->failure;
	rc = take_plan(ctx, before, named, &next);
	if (rc == 0) {
		text_drop(&next->losses);
		next->losses = (*plan)->losses;
		(*plan)->losses = (struct text){ 0 };
	}
	vbr_config_free(*plan);
	*plan = rc == 0 ? next : NULL;
	return rc;
}

int undo_run(struct vbr_ctx *ctx, const struct vbr_config *before,
	     const struct items *named, struct vbr_config **ret_plan)
{
	struct failure failure = { 0 };
	int rc, refusal = 0;

	*ret_plan = NULL;
	rc = take_plan(ctx, before, named, ret_plan);
	for (int pass = 0; rc == 0 && (*ret_plan)->text.len; pass++) {
		if (pass == PASSES_MAX && refusal < 0)
			context_restore(ctx, &failure);
		if (pass == PASSES_MAX)
			return refusal < 0 ? refusal : -EBADMSG;
		rc = run_pass(ctx, before, named, ret_plan, &refusal, &failure);
	}
	return rc;
}

/* --- addresses and routes ------------------------------------------------- */

/* "was" is the previous state. */
static struct diff scope_of(struct vbr_ctx *ctx, const struct items *named,
			    struct items *was)
{
	return (struct diff){
		.ctx = ctx,
		.named = named,
		.to = was,
		.what = DIFF_UNDO,
	};
}

static bool is_named(const char *name, void *data)
{
	return scope_is_named(data, name);
}

int undo_capture(struct vbr_ctx *ctx, const struct items *named,
		 struct vbr_config **ret_before)
{
	struct items was = { 0 };
	struct diff scope = scope_of(ctx, named, &was);
	struct vbr_config *before;
	int rc = vbr_config_capture_all(ctx, &before);

	if (rc < 0)
		return rc;
	rc = compare_items(ctx, before, &was);
	if (rc == 0)
		rc = ip_kept_take_of(ctx, is_named, &scope, &before->addresses);
	items_drop(&was);
	if (rc < 0)
		vbr_config_free(before);
	else
		*ret_before = before;
	return rc;
}

/* The first error counts. */
static int run_with_addresses(struct vbr_ctx *ctx,
			      const struct vbr_config *before,
			      struct diff *scope, struct vbr_config **ret_plan)
{
	struct ip_kept *last;
	struct failure failure;
	int error, rc = ip_kept_take_of(ctx, is_named, scope, &last);

	if (rc < 0)
		return rc;
	rc = undo_run(ctx, before, scope->named, ret_plan);
	failure = ctx->failure;
	error = ip_kept_put_back(ctx, before->addresses, last, last);
	if (rc < 0)
		context_restore(ctx, &failure);
	ip_kept_free(last);
	return rc < 0 ? rc : error;
}

int undo_run_whole(struct vbr_ctx *ctx, const struct vbr_config *before,
		   const struct items *named, struct vbr_config **ret_plan)
{
	struct items was = { 0 };
	struct diff scope = scope_of(ctx, named, &was);
	int rc;

	*ret_plan = NULL;
	if (!before->addresses)
		return undo_run(ctx, before, named, ret_plan);
	rc = compare_items(ctx, before, &was);
	if (rc == 0)
		rc = run_with_addresses(ctx, before, &scope, ret_plan);
	items_drop(&was);
	return rc;
}

/* --- errors --------------------------------------------------------------- */

void undo_explain(struct vbr_ctx *ctx, int rc, const struct vbr_config *plan)
{
	if (rc == -EBADMSG) {
		context_begin(ctx, N_("cannot undo the change"));
		context_fail(ctx, rc, _("the kernel keeps another value"));
	}
	if (rc < 0 && plan && plan->text.len)
		undo_append_line(ctx, _("; not undone: %s"), plan);
}

void undo_append_line(struct vbr_ctx *ctx, const char *format,
		      const struct vbr_config *plan)
{
	char line[256], shown[512];

	snprintf(line, sizeof(line), "%.*s",
		 (int)strcspn(plan->text.bytes, "\n"), plan->text.bytes);
	vbr_format_name(line, shown, sizeof(shown));
	context_append(ctx, format, shown);
}
