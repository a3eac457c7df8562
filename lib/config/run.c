/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Runs the lines of a plan. Each is one call; but FDB entries of one device are
 * added together, and devices are deleted together. */

#include "config.h"

#include "config/run.h"

#include <errno.h>
#include <string.h>

#include "config/configuration.h"
#include "config/deletions.h"
#include "config/line.h"
#include "config/macs.h"
#include "config/parse.h"

static const struct source plan_source = { "plan", false };

/* A plan that is run. */
struct run {
	struct vbr_ctx *ctx;
	bool goes_on;
	int first; /* error */
	struct macs macs;
	struct deletions deletions;
};

static void run_line(struct run *run, const char *text)
{
	struct items items = { 0 };
	struct line line = { .ctx = run->ctx };
	int rc = parse_items(run->ctx, &plan_source, text, strcspn(text, "\n"),
			     &items);

	if (rc == 0) {
		line.items = items.list;
		line.count = items.count;
		rc = line_run(&line);
	}
	items_drop(&items);
	if (run->first == 0)
		run->first = rc;
}

static bool has_ended(const struct run *run)
{
	return run->first < 0 && !run->goes_on;
}

/*
 * Entries that are refused are added again, one by one: an entry may be refused
 * because of another, and each has an error of its own.
 */
static void run_macs(struct run *run)
{
	struct macs *macs = &run->macs;
	size_t count = macs->count;
	int verdicts[FDB_NEW_MAX] = { -ECANCELED };

	macs->count = 0;
	if (count > 1)
		fdb_add_many(run->ctx, macs->bridge, macs->member,
			     macs->entries, count, verdicts);
	for (size_t i = 0; i < count && !has_ended(run); i++)
		if (verdicts[i] < 0)
			run_line(run, macs->lines[i]);
}

/* Whether the line waits with others for run_macs(). */
static bool waits(struct run *run, const char *text)
{
	static const char command[] = "brctl addmac ";
	struct items items = { 0 };
	bool is_taken = false;

	if (strncmp(text, command, strlen(command)) != 0)
		return false;
	if (parse_items(run->ctx, &plan_source, text, strcspn(text, "\n"),
			&items) == 0)
		is_taken = macs_take(&run->macs, &items, text);
	items_drop(&items);
	return is_taken;
}

static void take_line(struct run *run, const char *text)
{
	if (waits(run, text))
		return;
	run_macs(run);
	if (!has_ended(run) && !waits(run, text))
		run_line(run, text);
}

/* --- deletions ------------------------------------------------------------ */

/* One by one if that fails, so that each has an error of its own. */
static void run_deletions(struct run *run)
{
	struct deletions *deletions = &run->deletions;
	const char *line = deletions->first, *end = deletions->end;
	bool is_done = deletions_run(run->ctx, deletions) == 0;

	deletions->first = deletions->end = NULL;
	while (line < end && !is_done && !has_ended(run)) {
		run_line(run, line);
		line += strcspn(line, "\n") + 1;
	}
}

/* How much of the text waits for run_deletions(). */
static size_t take_deletion(struct run *run, const char *text)
{
	size_t len = deletions_take(run->ctx, &run->deletions, text);

	if (len && run->macs.count)
		run_macs(run);
	return len;
}

int run_plan(struct vbr_ctx *ctx, const struct vbr_config *plan, bool goes_on)
{
	struct run run = { .ctx = ctx, .goes_on = goes_on };
	const char *text = plan->text.bytes;

	while (*text && !has_ended(&run)) {
		size_t len = take_deletion(&run, text);

		if (!len) {
			len = strcspn(text, "\n");
			len += text[len] == '\n';
			run_deletions(&run);
			if (!has_ended(&run))
				take_line(&run, text);
		}
		text += len;
	}
	if (!has_ended(&run))
		run_macs(&run);
	if (!has_ended(&run))
		run_deletions(&run);
	deletions_drop(&run.deletions);
	return run.first;
}
