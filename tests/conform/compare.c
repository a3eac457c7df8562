/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Runs one step in both twins, and compares all visible results: stdout,
 * stderr, exit status, and the kernel's state.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "conform.h"

enum { STATUS_EXEC = 127 };

int agree_ms = 3000;
bool calibrate;

struct pair {
	struct answer side[2];
};

static void pair_free(struct pair *pair)
{
	answer_free(&pair->side[SIDE_REF]);
	answer_free(&pair->side[SIDE_OURS]);
}

void run_stop(struct run *run)
{
	twin_stop(&run->twin[SIDE_REF]);
	twin_stop(&run->twin[SIDE_OURS]);
	text_free(&run->before[SIDE_REF]);
	text_free(&run->before[SIDE_OURS]);
	text_free(&run->report);
}

static unsigned int mode_for(const struct run *run, unsigned int mode, int side)
{
	if (side == SIDE_OURS && !calibrate &&
	    (run->blind || mode & MODE_BLIND_OURS))
		mode |= MODE_BLIND;
	return mode;
}

static void ask_side(struct run *run, int side, enum request request,
		     unsigned int mode, const struct words *argv)
{
	twin_ask(&run->twin[side], request, mode_for(run, mode, side), argv);
}

static void skew_note(struct run *run, uint32_t a, uint32_t b)
{
	long skew = labs((long)(int32_t)(a - b));

	if (skew > run->skew_ms)
		run->skew_ms = skew;
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* The rule that allows a line of ours after those of the reference, or NULL.
 * Steps show the other rules that add lines. */
static const char *rule_of(const char *line, bool is_first)
{
	if (begins(line, "brctl: ignored: \""))
		return "ignored";
	if (is_first || !begins(line, "brctl: ") ||
	    begins(line, "brctl: did you mean ") ||
	    begins(line, "brctl: this needs the capability "))
		return NULL;
	return "explained";
}

/* Removes our additional lines at the end. */
static void drop_ours(struct text *err)
{
	while (err->len > 1) {
		char *line = memrchr(err->data, '\n', err->len - 1);
		const char *rule;

		line = line ? line + 1 : err->data;
		rule = rule_of(line, line == err->data);
		if (!rule)
			return;
		rule_used(rule);
		err->len = (size_t)(line - err->data);
		*line = '\0';
	}
}

/* Sends the request to both before it waits for one, so that they run at the
 * same time. */
static void ask_both(struct run *run, enum request request, unsigned int mode,
		     const struct words *argv, struct pair *pair)
{
	ask_side(run, SIDE_REF, request, mode, argv);
	ask_side(run, SIDE_OURS, request, mode, argv);
	twin_answer(&run->twin[SIDE_REF], &pair->side[SIDE_REF]);
	twin_answer(&run->twin[SIDE_OURS], &pair->side[SIDE_OURS]);
	drop_ours(&pair->side[SIDE_OURS].err);
	skew_note(run, pair->side[SIDE_REF].start, pair->side[SIDE_OURS].start);
	skew_note(run, pair->side[SIDE_REF].end, pair->side[SIDE_OURS].end);
}

/* Reads the states again, and keeps the output of the tools. */
static void states_again(struct run *run, struct pair *pair)
{
	struct pair fresh = { 0 };

	ask_both(run, REQ_STATE, 0, NULL, &fresh);
	for (int i = 0; i < 2; i++) {
		text_free(&pair->side[i].state);
		pair->side[i].state = fresh.side[i].state;
		fresh.side[i].state = (struct text){ 0 };
	}
	pair_free(&fresh);
}

int run_start(struct run *run, bool decoy, const char *fake)
{
	struct pair pair = { 0 };
	int err;

	run->twin[SIDE_REF] = (struct twin){ .tool = ref_path, .decoy = decoy };
	run->twin[SIDE_OURS] = (struct twin){ .tool = our_path,
					      .decoy = decoy,
					      .fake = fake };
	err = twin_start(&run->twin[SIDE_REF]);
	if (!err)
		err = twin_start(&run->twin[SIDE_OURS]);
	if (err)
		return err;
	ask_both(run, REQ_STATE, 0, NULL, &pair);
	run->before[SIDE_REF] = pair.side[SIDE_REF].state;
	run->before[SIDE_OURS] = pair.side[SIDE_OURS].state;
	pair.side[SIDE_REF].state = pair.side[SIDE_OURS].state = (struct text){
		0
	};
	pair_free(&pair);
	return 0;
}

static const char *verb_of(const struct step *step)
{
	return step->argv.count > 1 ? step->argv.word[1] : NULL;
}

static bool only_reads(const struct step *step)
{
	const char *verb = verb_of(step);

	return step->kind == STEP_BOTH && verb && !strncmp(verb, "show", 4);
}

static bool says_equal(const struct run *run, const struct step *step,
		       struct pair *pair)
{
	struct answer *a = &pair->side[SIDE_REF], *b = &pair->side[SIDE_OURS];

	if (step->kind == STEP_BOTH)
		normal_pair(verb_of(step), run->skew_ms, &a->out, &b->out);
	return a->status == b->status && text_equal(&a->out, &b->out) &&
	       text_equal(&a->err, &b->err);
}

static bool states_equal(const struct pair *pair)
{
	return text_equal(&pair->side[SIDE_REF].state,
			  &pair->side[SIDE_OURS].state);
}

static long ms_since(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - start->tv_sec) * 1000 +
	       (now.tv_nsec - start->tv_nsec) / 1000000;
}

/*
 * The kernel changes state by itself: the state of a port, the age of an entry.
 * A step that only reads is repeated until both agree. A step that changes
 * something is never repeated, but the state after it is read again.
 */
static void agree(struct run *run, const struct step *step, struct pair *pair)
{
	struct timespec start, pause = { .tv_nsec = 2000000 };

	clock_gettime(CLOCK_MONOTONIC, &start);
	for (;;) {
		bool says = says_equal(run, step, pair);

		if (says && states_equal(pair))
			return;
		if ((!says && !only_reads(step)) || step->mode & MODE_QUIET ||
		    ms_since(&start) > agree_ms)
			return;
		run->retries++;
		nanosleep(&pause, NULL);
		if (only_reads(step))
			ask_both(run, REQ_TOOL, step->mode, &step->argv, pair);
		else
			states_again(run, pair);
	}
}

static int differ(struct run *run, const struct pair *pair)
{
	const struct answer *a = &pair->side[SIDE_REF];
	const struct answer *b = &pair->side[SIDE_OURS];
	int err = 0;

	if (a->status != b->status) {
		text_printf(&run->report,
			    "  exit status: reference %d, "
			    "ours %d\n",
			    a->status, b->status);
		err = -1;
	}
	if (!text_equal(&a->out, &b->out)) {
		report_text(&run->report, "stdout", &a->out, &b->out);
		err = -1;
	}
	if (!text_equal(&a->err, &b->err)) {
		report_text(&run->report, "stderr", &a->err, &b->err);
		err = -1;
	}
	if (!states_equal(pair)) {
		report_state(&run->report, &a->state, &b->state);
		err = -1;
	}
	return err;
}

/* A step fails if both tools end by the same signal. */
static int died(struct run *run, const struct answer *answer, int side)
{
	static const char *const name[] = { "the reference", "ours" };

	if (answer->status < STATUS_EXEC)
		return 0;
	text_printf(&run->report,
		    "  %s could not be run or was ended by a "
		    "signal: status %d\n",
		    name[side], answer->status);
	return -1;
}

static int step_both(struct run *run, const struct step *step,
		     struct pair *pair)
{
	int err;

	ask_both(run, step->kind == STEP_ENV ? REQ_ENV : REQ_TOOL, step->mode,
		 &step->argv, pair);
	agree(run, step, pair);
	err = differ(run, pair);
	for (int i = 0; i < 2; i++)
		err |= died(run, &pair->side[i], i);
	if (step->kind == STEP_ENV && pair->side[SIDE_REF].status &&
	    !(step->mode & MODE_TRY)) {
		report_text(&run->report, "failure", &pair->side[SIDE_REF].err,
			    &pair->side[SIDE_OURS].err);
		return -1;
	}
	if (!err)
		err = check_answer(run, step, SIDE_BOTH, &pair->side[SIDE_OURS],
				   &pair->side[SIDE_REF]);
	return err;
}

static int check_change(struct run *run, const struct step *step, int side,
			const struct answer *answer)
{
	bool changed = !text_equal(&run->before[side], &answer->state);

	if (changed == step->expect[side].changes)
		return 0;
	text_printf(&run->report,
		    "  the state of %s %s, and the step states "
		    "that it does%s\n",
		    side == SIDE_REF ? "the reference" : "ours",
		    changed ? "changed" : "did not change",
		    changed ? " not" : "");
	if (changed)
		report_state(&run->report, &run->before[side], &answer->state);
	return -1;
}

/* An intended difference: each side does what the step states, and they
 * differ. */
static int step_differs(struct run *run, const struct step *step,
			struct pair *pair)
{
	int err = 0;

	ask_both(run, REQ_TOOL, step->mode, &step->argv, pair);
	if (says_equal(run, step, pair) && states_equal(pair)) {
		text_printf(&run->report,
			    "  this intended difference (%s) does "
			    "not exist: both do the same\n",
			    step->rule);
		report_text(&run->report, "stderr", &pair->side[SIDE_REF].err,
			    &pair->side[SIDE_OURS].err);
		return -1;
	}
	for (int i = 0; i < 2; i++) {
		err |= died(run, &pair->side[i], i);
		err |= check_answer(run, step, i, &pair->side[i],
				    &pair->side[!i]);
		err |= check_change(run, step, i, &pair->side[i]);
	}
	if (!err)
		rule_used(step->rule);
	return err;
}

/* Runs only one twin, to make both equal again; this must succeed. */
static int step_one(struct run *run, const struct step *step, int side,
		    struct pair *pair)
{
	struct answer *answer = &pair->side[side];

	ask_side(run, side, REQ_TOOL, step->mode, &step->argv);
	twin_answer(&run->twin[side], answer);
	if (!answer->status && !answer->err.len)
		return 0;
	text_printf(&run->report,
		    "  this step for one side failed: exit "
		    "status %d, %s\n",
		    answer->status, answer->err.data);
	return -1;
}

/*
 * Ours must refuse what the reference would do. The reference does not run, so
 * its state shows what ours must be.
 */
static int step_refuses(struct run *run, const struct step *step,
			struct pair *pair)
{
	struct answer *ours = &pair->side[SIDE_OURS];
	struct timespec start;
	int err;

	ask_side(run, SIDE_OURS, REQ_TOOL, step->mode, &step->argv);
	twin_answer(&run->twin[SIDE_OURS], ours);
	err = died(run, ours, SIDE_OURS);
	if (ours->status != 1 || ours->out.len || !ours->err.len) {
		text_printf(&run->report,
			    "  ours must refuse this with exit "
			    "status 1 and print only to stderr: status %d\n",
			    ours->status);
		report_text(&run->report, "stdout, then stderr", &ours->out,
			    &ours->err);
		err = -1;
	}
	err |= check_answer(run, step, SIDE_OURS, ours, ours);
	clock_gettime(CLOCK_MONOTONIC, &start);
	do {
		states_again(run, pair);
	} while (!states_equal(pair) && ms_since(&start) < agree_ms);
	if (!states_equal(pair)) {
		report_state(&run->report, &pair->side[SIDE_REF].state,
			     &ours->state);
		err = -1;
	}
	return err;
}

/* Returns whether a device is a port (of this bridge) in the last known
 * state. */
static bool is_port(const struct run *run, const char *device,
		    const char *bridge)
{
	const char *state = run->before[SIDE_REF].data;
	struct text line = { 0 };
	bool found;

	text_printf(&line, "\n%s/brport/bridge -> ", device);
	if (bridge)
		text_printf(&line, "%s\n", bridge);
	found = state && strstr(state, line.data);
	text_free(&line);
	return found;
}

/* For hairpin, setpathcost and setportprio BRIDGE PORT: returns whether the
 * port belongs to another bridge. */
static bool is_foreign(const struct run *run, const struct step *step)
{
	char **word = step->argv.word;

	return step->mode & MODE_MEMBER && !calibrate &&
	       step->argv.count >= 5 && is_port(run, word[3], NULL) &&
	       !is_port(run, word[3], word[2]);
}

static int dispatch(struct run *run, const struct step *step, struct pair *pair)
{
	switch (step->kind) {
	case STEP_DIFFERS:
		return step_differs(run, step, pair);
	case STEP_OURS:
		return step_one(run, step, SIDE_OURS, pair);
	case STEP_REF:
		return step_one(run, step, SIDE_REF, pair);
	case STEP_REFUSES:
		return step_refuses(run, step, pair);
	case STEP_BOTH:
		if (is_foreign(run, step))
			return step_refuses(run, step, pair);
		return step_both(run, step, pair);
	case STEP_ENV:
		return step_both(run, step, pair);
	}
	return -1;
}

int run_step(struct run *run, const struct step *step)
{
	struct pair pair = { 0 };
	int err = dispatch(run, step, &pair);

	run->steps++;
	for (int i = 0; i < 2; i++) {
		if (!pair.side[i].state.data || step->mode & MODE_QUIET)
			continue;
		text_free(&run->before[i]);
		run->before[i] = pair.side[i].state;
		pair.side[i].state = (struct text){ 0 };
	}
	pair_free(&pair);
	return err;
}
