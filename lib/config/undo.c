/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes a part of the running state what it was. */

#include "config.h"

#include "config/undo.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "config/compare.h"
#include "config/configuration.h"
#include "config/run.h"
#include "core/context.h"

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

/* Runs the plan, and replaces it by what is different then; keeps what the first
 * one loses. Returns the first error of the kernel. */
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

void undo_append_line(struct vbr_ctx *ctx, const char *format,
		      const struct vbr_config *plan)
{
	char line[256], shown[512];

	snprintf(line, sizeof(line), "%.*s",
		 (int)strcspn(plan->text.bytes, "\n"), plan->text.bytes);
	vbr_format_name(line, shown, sizeof(shown));
	context_append(ctx, format, shown);
}
