/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Compares two configurations. */

#include "config.h"

#include "config/compare.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "config/configuration.h"
#include "config/diff.h"
#include "config/parse.h"
#include "core/context.h"

/* Each comparison adds items to a copy of its own. */
int compare_items(struct vbr_ctx *ctx, const struct vbr_config *config,
		  struct items *items)
{
	static const struct source source = { "configuration", true };
	const char *text = vbr_config_text(config);

	return parse_items(ctx, &source, text, strlen(text), items);
}

int compare_configs(struct diff *diff, const struct vbr_config *from,
		    const struct vbr_config *to, struct vbr_config **ret_plan)
{
	struct vbr_config *plan = calloc(1, sizeof(*plan));
	struct items was = { 0 }, becomes = { 0 };
	int rc = plan ? 0 : -ENOMEM;

	if (rc == 0)
		rc = compare_items(diff->ctx, from, &was);
	if (rc == 0)
		rc = compare_items(diff->ctx, to, &becomes);
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
