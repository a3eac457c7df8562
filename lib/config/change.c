/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads configurations from text, and compares them. */

#include "config.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/configuration.h"
#include "config/diff.h"
#include "config/parse.h"
#include "config/run.h"
#include "core/context.h"
#include "core/lock.h"

int vbr_config_parse(struct vbr_ctx *ctx, const char *name, const char *text,
		     size_t len, struct vbr_config **ret_config)
{
	struct vbr_config *config = calloc(1, sizeof(*config));
	const struct source source = { name, true };
	struct items items = { 0 };
	int rc;

	context_begin(ctx, N_("cannot read \"%s\""), name);
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
		/* The words of what was begun last are gone. */
		context_begin(ctx, N_("cannot read \"%s\""), name);
		rc = context_fail(ctx, -ENOMEM, NULL);
	}
	if (rc < 0)
		vbr_config_free(config);
	else
		*ret_config = config;
	return rc;
}

/* What a configuration says; each comparison adds to its own. */
static int take_items(struct vbr_ctx *ctx, const struct vbr_config *config,
		      struct items *items)
{
	static const struct source source = { "configuration", true };
	const char *text = vbr_config_text(config);

	return parse_items(ctx, &source, text, strlen(text), items);
}

static int compare(struct diff *diff, const struct vbr_config *from,
		   const struct vbr_config *to, struct vbr_config **ret_plan)
{
	struct vbr_config *plan = calloc(1, sizeof(*plan));
	struct items was = { 0 }, becomes = { 0 };
	int rc = plan ? 0 : -ENOMEM;

	if (rc == 0)
		rc = take_items(diff->ctx, from, &was);
	if (rc == 0)
		rc = take_items(diff->ctx, to, &becomes);
	if (rc == 0) {
		diff->from = &was;
		diff->to = &becomes;
		diff->plan.text = &plan->text;
		diff->losses = &plan->losses;
		text_put(&plan->text, "");
		rc = diff_items(diff);
	}
	if (rc == 0 && (plan->text.is_short || plan->losses.is_short))
		rc = -ENOMEM;
	items_drop(&was);
	items_drop(&becomes);
	if (rc == -ENOMEM) {
		context_begin(diff->ctx,
			      N_("cannot compare the configurations"));
		context_fail(diff->ctx, rc, NULL);
	}
	if (rc < 0)
		vbr_config_free(plan);
	else
		*ret_plan = plan;
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
	return compare(&diff, from, to, ret_plan);
}

/* --- restore -------------------------------------------------------------- */

/* What one pass has changed may have changed more, for example a new
 * default_pvid the VLANs of ports. */
#define PASSES_MAX 4

static int take_plan(struct vbr_ctx *ctx, const struct vbr_config *to,
		     unsigned int flags, struct vbr_config **ret_plan)
{
	struct vbr_config *now;
	int rc = vbr_config_capture_all(ctx, &now);

	if (rc < 0)
		return rc;
	rc = vbr_config_diff(ctx, now, to, flags, ret_plan);
	vbr_config_free(now);
	return rc;
}

static int take_undo(struct vbr_ctx *ctx, const struct vbr_config *before,
		     const struct vbr_config *changed,
		     struct vbr_config **ret_plan)
{
	struct items named = { 0 };
	struct diff diff = { .ctx = ctx, .named = &named, .what = DIFF_UNDO };
	struct vbr_config *now;
	int rc = vbr_config_capture_all(ctx, &now);

	if (rc < 0)
		return rc;
	rc = take_items(ctx, changed, &named);
	if (rc == 0)
		rc = compare(&diff, now, before, ret_plan);
	items_drop(&named);
	vbr_config_free(now);
	return rc;
}

static bool is_empty(const struct vbr_config *plan)
{
	return plan->text.len == 0;
}

/* The first line of a plan. */
static void append_line(struct vbr_ctx *ctx, const char *format,
			const struct vbr_config *plan)
{
	char line[256], shown[512];

	snprintf(line, sizeof(line), "%.*s",
		 (int)strcspn(plan->text.bytes, "\n"), plan->text.bytes);
	vbr_format_name(line, shown, sizeof(shown));
	context_append(ctx, format, shown);
}

/* Runs plans until nothing is different; the last one says what still is. */
static int run_plans(struct vbr_ctx *ctx, const struct vbr_config *to,
		     unsigned int flags, struct vbr_config **plan)
{
	int rc = 0;

	for (int pass = 0; rc == 0 && !is_empty(*plan); pass++) {
		if (pass == PASSES_MAX)
			return -EBADMSG;
		rc = run_plan(ctx, *plan, false);
		if (rc < 0)
			break;
		vbr_config_free(*plan);
		*plan = NULL;
		rc = take_plan(ctx, to, flags, plan);
	}
	return rc;
}

/* The same, back to what was before; a line that fails does not keep the others
 * from being run. */
static int run_undo(struct vbr_ctx *ctx, const struct vbr_config *to,
		    const struct vbr_config *before, struct vbr_config **plan)
{
	int rc = take_undo(ctx, before, to, plan);

	for (int pass = 0; rc == 0 && !is_empty(*plan); pass++) {
		if (pass == PASSES_MAX)
			return -EBADMSG;
		run_plan(ctx, *plan, true);
		vbr_config_free(*plan);
		*plan = NULL;
		rc = take_undo(ctx, before, to, plan);
	}
	return rc;
}

/* The first error counts. */
static void undo(struct vbr_ctx *ctx, const struct vbr_config *to,
		 const struct vbr_config *before)
{
	struct failure failure = ctx->failure;
	struct vbr_config *plan = NULL;
	int rc = run_undo(ctx, to, before, &plan);

	context_restore(ctx, &failure);
	if (rc == 0)
		context_append(ctx, "%s", _("; all is as it was before"));
	else if (plan && !is_empty(plan))
		append_line(ctx, _("; not undone: %s"), plan);
	else
		context_append(ctx, "%s", _("; a part of it was not undone"));
	vbr_config_free(plan);
}

static int restore(struct vbr_ctx *ctx, const struct vbr_config *to,
		   const struct vbr_config *before, unsigned int flags)
{
	struct vbr_config *plan = NULL;
	int rc = vbr_config_diff(ctx, before, to, flags, &plan);

	if (rc < 0 || ctx->is_dry) {
		vbr_config_free(plan);
		return rc;
	}
	rc = run_plans(ctx, to, flags, &plan);
	if (rc == -EBADMSG) {
		context_begin(ctx, N_("cannot restore the bridges"));
		context_fail(ctx, rc, _("the kernel keeps another value"));
		append_line(ctx, ": %s", plan);
	}
	if (rc < 0)
		undo(ctx, to, before);
	vbr_config_free(plan);
	return rc;
}

int vbr_config_restore(struct vbr_ctx *ctx, const struct vbr_config *config,
		       unsigned int flags)
{
	struct vbr_config *before;
	struct lock lock = { .fd = -1 };
	int rc = ctx->is_dry ? 0 : restore_lock(ctx, &lock);

	if (rc == 0)
		rc = vbr_config_capture_all(ctx, &before);
	if (rc == 0) {
		rc = restore(ctx, config, before, flags);
		vbr_config_free(before);
	}
	restore_unlock(&lock);
	return rc;
}
