/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Checks a tool's results against those that a step states. */
#include <fnmatch.h>
#include <string.h>

#include "conform.h"

static const char *const side_name[] = { "the reference", "ours", "both" };

/* Each word is a line. @usage and @same are whole texts. */
static struct text wanted(const struct words *words, const struct text *same)
{
	struct text text = { 0 };

	text_add(&text, "", 0);
	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->word[i];

		if (!strcmp(word, "@usage"))
			text_add(&text, ref_usage.data, ref_usage.len);
		else if (!strcmp(word, "@same"))
			text_add(&text, same->data, same->len);
		else
			text_printf(&text, "%s\n", word);
	}
	return text;
}

static int check_text(struct run *run, const char *what, int side,
		      const struct text *got, struct text *want, bool like)
{
	bool same = like ? !fnmatch(want->data, got->data, 0)
			 : text_equal(got, want);

	if (!same) {
		text_printf(&run->report,
			    "  %s of %s is not what the step "
			    "states (first what it is, then what is stated)\n",
			    what, side_name[side]);
		report_text(&run->report, what, got, want);
	}
	text_free(want);
	return same ? 0 : -1;
}

static int check_status(struct run *run, int side, int got, int want)
{
	if (got == want)
		return 0;
	text_printf(&run->report,
		    "  exit status of %s is %d, and the step "
		    "states %d\n",
		    side_name[side], got, want);
	return -1;
}

/* A normal step can leave out results; a step with an intended difference must
 * state all of them. */
int check_answer(struct run *run, const struct step *step, int side,
		 const struct answer *answer, const struct answer *other)
{
	const struct expect *expect = &step->expect[side];
	bool all = step->kind == STEP_DIFFERS;
	struct text want;
	int err = 0;

	if (expect->has_status)
		err |= check_status(run, side, answer->status, expect->status);
	if (expect->has_out || all) {
		want = wanted(&expect->out, &other->out);
		err |= check_text(run, "stdout", side, &answer->out, &want,
				  expect->like_out);
	}
	if (expect->has_err || all) {
		want = wanted(&expect->err, &other->err);
		err |= check_text(run, "stderr", side, &answer->err, &want,
				  false);
	}
	return err;
}
