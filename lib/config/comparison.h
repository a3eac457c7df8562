/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Two configurations that are compared. */

#ifndef VBR_CONFIG_COMPARISON_H
#define VBR_CONFIG_COMPARISON_H

#include "config/item.h"
#include "config/plan.h"

enum diff_what {
	DIFF_STATED, /* what "to" does not contain stays as it is */
	DIFF_EXACT,  /* it goes, if it belongs to the bridges of "to" */
	DIFF_UNDO,   /* all that "named" names is changed to what "to" has */
};

struct diff {
	struct vbr_ctx *ctx;
	struct items *from, *to;
	const struct items *named; /* of DIFF_UNDO */
	enum diff_what what;
	bool *is_due; /* by position: an item of "to" that is to be applied */
	struct plan plan;
	struct text *losses; /* lines: what is lost during the change */
};

#endif
