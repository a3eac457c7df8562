/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Runs a section of a .steps file in two new namespaces, and whole files. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "conform.h"

static void report_step(struct text *report, const struct section *section,
			const struct step *step)
{
	struct text head = { 0 };

	text_printf(&head, "%s:%zu: %s\n", section->file, step->line,
		    step->source);
	text_add(&head, report->data, report->len);
	text_free(report);
	*report = head;
}

/* When the reference is compared with itself, intended differences are left
 * out. */
static bool left_out(const struct step *step)
{
	return calibrate &&
	       (step->kind == STEP_DIFFERS || step->kind == STEP_REFUSES);
}

static bool ends_here(const struct step *step)
{
	return calibrate && step->expect[SIDE_REF].changes;
}

static bool is_blind(const struct section *section)
{
	for (size_t i = 0; i < section->count; i++)
		if (section->step[i].mode & (MODE_BLIND | MODE_BLIND_OURS))
			return true;
	return false;
}

bool section_run(const struct section *section, bool blind, const char *fake,
		 struct text *ret_report, struct totals *totals)
{
	struct run run = { .blind = blind };
	bool ok = true;
	int err = run_start(&run, blind || is_blind(section), fake);

	if (err)
		die("no namespaces for the twins: %s (are you root, or in "
		    "unshare -rnm?)",
		    strerror(-err));
	text_add(&run.report, "", 0);
	for (size_t i = 0; i < section->count && ok; i++) {
		if (ends_here(&section->step[i]))
			break;
		if (left_out(&section->step[i]))
			continue;
		ok = !run_step(&run, &section->step[i]);
		if (!ok)
			report_step(&run.report, section, &section->step[i]);
	}
	totals->steps += run.steps;
	totals->retries += run.retries;
	*ret_report = run.report;
	run.report = (struct text){ 0 };
	run_stop(&run);
	return ok;
}

bool needy;

/* Returns what this kernel lacks for the section, tried in a separate twin. */
const char *section_lacks(const struct section *section)
{
	const char *lacks = NULL;
	struct answer answer = { 0 };
	struct twin twin = { .tool = ref_path };
	int err;

	if (!section->needs.count)
		return NULL;
	err = twin_start(&twin);
	if (err)
		die("no namespace: %s", strerror(-err));
	for (size_t i = 0; i < section->needs.count && !lacks; i++) {
		struct words need = { 0 };

		words_add(&need, section->needs.word[i]);
		twin_ask(&twin, REQ_NEED, MODE_QUIET, &need);
		twin_answer(&twin, &answer);
		if (answer.status)
			lacks = section->needs.word[i];
		words_free(&need);
	}
	answer_free(&answer);
	twin_stop(&twin);
	return lacks;
}

static void skip(const struct section *section, const char *name,
		 const char *lacks)
{
	struct text why = { 0 };

	for (size_t i = 0; i < section->count; i++)
		if (section->step[i].rule)
			rule_skipped(section->step[i].rule);
	text_printf(&why, "this kernel has no %s", lacks);
	tap_skip(name, why.data);
	text_free(&why);
}

static void section_test(const struct section *section, bool blind,
			 struct totals *totals)
{
	const char *base = strrchr(section->file, '/'), *lacks;
	struct text report = { 0 }, name = { 0 };
	bool ok;

	if (needy && !section->needs.count)
		return;
	lacks = section_lacks(section);
	text_printf(&name, "%s: %s%s", base ? base + 1 : section->file,
		    section->name, blind ? " (ours without sysfs)" : "");
	if (lacks) {
		skip(section, name.data, lacks);
	} else {
		ok = section_run(section, blind, NULL, &report, totals);
		tap_result(ok, name.data, &report);
	}
	text_free(&name);
	text_free(&report);
}

void file_run(const char *path, bool blind, struct totals *totals)
{
	struct script script;
	int err = script_read(path, &script);

	if (err)
		die("%s: %s", path, strerror(-err));
	for (size_t i = 0; i < script.count; i++)
		section_test(&script.section[i], blind, totals);
	script_free(&script);
}
