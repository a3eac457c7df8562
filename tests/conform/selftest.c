/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Checks that the driver detects each kind of difference: a fake tool shows it,
 * and the report must contain a sentence. A fake tool that alters nothing must
 * pass.
 */
#include <string.h>

#include "conform.h"

static const char *const change = "test t\nveth v0 w0\nbrctl addbr br0\n"
				  "brctl addif br0 v0\n";
static const char *const show = "test t\nours brctl addbr br0\n"
				"ref brctl addbr br0\nbrctl show\n";
static const char *const error = "test t\nbrctl delbr nope\n";
static const char *const timers = "test t\nours brctl addbr br0\n"
				  "ref brctl addbr br0\nup br0\n"
				  "ours brctl stp br0 on\n"
				  "ref brctl stp br0 on\nbrctl showstp br0\n";
static const char *const refused = "test t\nrefuses(number-garbage) "
				   "brctl delbr nope\n";
static const char *const differs = "test t\ndiffers(number-garbage) "
				   "brctl delbr nope\n\tref exit 1\n"
				   "\tref stderr \"bridge nope doesn't exist; "
				   "can't delete it\"\n\tours exit 1\n";
static const char *const stated = "test t\nbrctl delbr nope\n"
				  "\tboth exit 0\n";
static const char *const failing = "test t\nup nope\n";

static const struct {
	const char *name;
	const char *fake; /* NULL: runs the reference twice */
	const char *const *steps;
	const char *says; /* NULL: it must pass */
} proof[] = {
	{ "a tool that alters nothing passes", "nothing", &change, NULL },
	{ "a tool that alters nothing passes in show", "nothing", &show, NULL },
	{ "a tool that alters nothing passes with timers", "nothing", &timers,
	  NULL },
	{ "an altered byte on stdout is found", "stdout", &show,
	  "stdout of ours" },
	{ "a missing newline at the end is found", "newline", &show,
	  "(no newline at its end)" },
	{ "an additional byte on stderr is found", "stderr", &error,
	  "stderr of ours" },
	{ "another exit status is found", "status", &error,
	  "exit status: reference 1, ours 0" },
	{ "another state is found", "state", &change, "+ surplus/flags: " },
	{ "a very different timer is found", "timer", &timers, "9.87" },
	{ "a tool that dies is found", "signal", &change,
	  "was ended by a signal" },
	{ "a refusal that changes the state is found", "state", &refused,
	  "+ surplus/flags: " },
	{ "a refusal that prints on stdout is found", "stdout", &show,
	  "stdout of ours" },
	{ "an intended difference without effect is found", "nothing", &differs,
	  "does not exist: both do the same" },
	{ "a difference other than the intended one is found", "status",
	  &differs, "exit status of ours is 0, and the step states 1" },
	{ "a stated exit status that is wrong is found", "nothing", &stated,
	  "exit status of both is 1, and the step states 0" },
	{ "an environment step that fails is found", "nothing", &failing,
	  "failure of the reference" },
};

static void prove(size_t i, struct totals *totals)
{
	struct text report = { 0 }, name = { 0 }, steps = { 0 };
	struct script script;
	bool ok;

	text_printf(&steps, "%s", *proof[i].steps);
	script_parse("selftest", steps.data, &script);
	ok = section_run(&script.section[0], false, proof[i].fake, &report,
			 totals);
	if (proof[i].says)
		ok = !ok && strstr(report.data, proof[i].says);
	text_printf(&name, "selftest: %s", proof[i].name);
	tap_result(ok, name.data, &report);
	script_free(&script);
	text_free(&report);
	text_free(&steps);
	text_free(&name);
}

void selftest_run(struct totals *totals)
{
	const char *path = our_path;
	bool calibrating = calibrate;
	int ms = agree_ms;

	calibrate = false;
	our_path = "/proc/self/exe";
	agree_ms = 100;
	for (size_t i = 0; i < sizeof(proof) / sizeof(*proof); i++)
		prove(i, totals);
	our_path = path;
	agree_ms = ms;
	calibrate = calibrating;
}
