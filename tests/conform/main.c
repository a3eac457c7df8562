/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * The conformance test: runs the reference brctl and ours in two network
 * namespaces, and compares all visible results after each step.
 */
#include <errno.h>
#include <getopt.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "conform.h"

#ifndef CONFORM_DIR
#define CONFORM_DIR "."
#endif

const char *ref_path = "/usr/sbin/brctl";
const char *our_path;
struct text ref_usage;

struct options {
	bool fixed;
	bool blind;
	bool random;
	bool selftest;
	uint64_t seed;
	unsigned int first;
	unsigned int count;
	unsigned int steps;
	const char *dir;
};

static const char help[] =
	"Usage: conform [OPTION]... [FILE.steps]...\n"
	"  --fixed        the fixed set, and no more\n"
	"  --blind        the fixed set with ours having no sysfs mount\n"
	"  --needy        of the fixed set only tests with a \"need\"\n"
	"  --random       random sequences, and no more\n"
	"  --selftest     the proof that the driver can fail, and no more\n"
	"  --calibrate    the reference against itself, which has to agree\n"
	"  --seed S       the seed of the random sequences\n"
	"  --sequence N   only this one of them\n"
	"  --count N      how many of them (or VB_CONFORM_RANDOM)\n"
	"  --steps N      how many steps each (or VB_CONFORM_STEPS)\n"
	"  --dir DIR      where the fixed set is\n"
	"BRCTL names our brctl, REF_BRCTL the reference.\n";

static const struct option option[] = {
	{ "fixed", no_argument, NULL, 'f' },
	{ "blind", no_argument, NULL, 'b' },
	{ "needy", no_argument, NULL, 'N' },
	{ "random", no_argument, NULL, 'r' },
	{ "selftest", no_argument, NULL, 't' },
	{ "calibrate", no_argument, NULL, 'C' },
	{ "seed", required_argument, NULL, 's' },
	{ "sequence", required_argument, NULL, 'n' },
	{ "count", required_argument, NULL, 'c' },
	{ "steps", required_argument, NULL, 'l' },
	{ "dir", required_argument, NULL, 'd' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static uint64_t number(const char *what, const char *string)
{
	char *end;
	uint64_t value;

	errno = 0;
	value = strtoull(string, &end, 0);
	if (errno || end == string || *end)
		die("%s: \"%s\" is not a number", what, string);
	return value;
}

static unsigned int from_env(const char *name, unsigned int otherwise)
{
	const char *value = getenv(name);

	return value && *value ? (unsigned int)number(name, value) : otherwise;
}

static void seed_default(struct options *options)
{
	const char *value = getenv("VB_CONFORM_SEED");

	if (value && *value)
		options->seed = number("VB_CONFORM_SEED", value);
	else if (getrandom(&options->seed, sizeof(options->seed), 0) < 0)
		options->seed = (uint64_t)time(NULL);
}

static void one_option(struct options *options, int c)
{
	switch (c) {
	case 'f':
		options->fixed = true;
		break;
	case 'b':
		options->blind = true;
		break;
	case 'N':
		needy = true;
		break;
	case 'r':
		options->random = true;
		break;
	case 't':
		options->selftest = true;
		break;
	case 'C':
		calibrate = true;
		break;
	case 's':
		options->seed = number("--seed", optarg);
		break;
	case 'n':
		options->random = true;
		options->first = (unsigned int)number("--sequence", optarg);
		options->count = 1;
		break;
	case 'c':
		options->count = (unsigned int)number("--count", optarg);
		break;
	case 'l':
		options->steps = (unsigned int)number("--steps", optarg);
		break;
	case 'd':
		options->dir = optarg;
		break;
	default:
		fputs(help, c == 'h' ? stdout : stderr);
		exit(c == 'h' ? 0 : 2);
	}
}

static struct options options_read(int argc, char *argv[])
{
	struct options options = {
		.count = from_env("VB_CONFORM_RANDOM", 100),
		.steps = from_env("VB_CONFORM_STEPS", 20),
		.dir = CONFORM_DIR,
	};
	int c;

	seed_default(&options);
	while ((c = getopt_long(argc, argv, "h", option, NULL)) >= 0)
		one_option(&options, c);
	if (!options.fixed && !options.blind && !options.random &&
	    !options.selftest && optind == argc)
		options.fixed = options.blind = options.random =
			options.selftest = true;
	return options;
}

/* Checks that the reference is bridge-utils, and reads its usage. */
static void reference_check(void)
{
	struct tool_run run = { .path = ref_path, .blind = -1 };
	char *version[] = { "brctl", "--version", NULL };
	char *usage[] = { "brctl", NULL };
	struct text out = { 0 }, err = { 0 };

	if (tool_open(&run))
		die("no files in memory: %s", strerror(errno));
	tool_run(&run, version, &out, &err);
	if (strncmp(out.data, "bridge-utils", 12))
		die("%s is not bridge-utils' brctl: install bridge-utils, or "
		    "name it in REF_BRCTL",
		    ref_path);
	tap_comment(out.data);
	tool_run(&run, usage, &ref_usage, &err);
	text_free(&out);
	text_free(&err);
}

/*
 * Messages contain the name of the program. A wrapper script would change that
 * name, so the real program is needed.
 */
static void paths_find(void)
{
	const char *ref = getenv("REF_BRCTL"), *ours = getenv("BRCTL");
	char *head;

	if (ref && *ref)
		ref_path = ref;
	if (calibrate)
		ours = ref_path;
	if (!ours || !*ours)
		die("BRCTL has to name our brctl");
	our_path = realpath(ours, NULL);
	if (!our_path || access(our_path, X_OK))
		die("BRCTL: %s: %s", ours, strerror(errno));
	head = file_read(our_path);
	if (head && !strncmp(head, "#!", 2))
		die("BRCTL: %s is a script; name the program itself", ours);
	free(head);
}

static void fixed_run(const char *dir, bool blind, struct totals *totals)
{
	struct text pattern = { 0 };
	glob_t files;

	text_printf(&pattern, "%s/*.steps", dir);
	if (glob(pattern.data, 0, NULL, &files))
		die("no %s", pattern.data);
	for (size_t i = 0; i < files.gl_pathc; i++)
		file_run(files.gl_pathv[i], blind, totals);
	globfree(&files);
	text_free(&pattern);
}

static void comment_totals(const struct totals *totals,
			   const struct timespec *start)
{
	struct text line = { 0 };
	struct timespec now;
	double seconds;

	clock_gettime(CLOCK_MONOTONIC, &now);
	seconds = (double)(now.tv_sec - start->tv_sec) +
		  (double)(now.tv_nsec - start->tv_nsec) / 1e9;
	text_printf(&line,
		    "%zu steps compared in %.1f s, %.0f a second; "
		    "%zu looks were repeated\n",
		    totals->steps, seconds, (double)totals->steps / seconds,
		    totals->retries);
	tap_comment(line.data);
	text_free(&line);
}

static void run_all(const struct options *options, char *files[])
{
	struct totals totals = { 0 };
	struct timespec start;

	clock_gettime(CLOCK_MONOTONIC, &start);
	if (options->selftest)
		selftest_run(&totals);
	if (options->fixed) {
		fixed_run(options->dir, false, &totals);
		if (!calibrate)
			rules_report();
	}
	if (options->blind)
		fixed_run(options->dir, true, &totals);
	for (; *files; files++)
		file_run(*files, false, &totals);
	if (options->random)
		sequences_run(options->seed, options->first, options->count,
			      options->steps, &totals);
	comment_totals(&totals, &start);
}

int main(int argc, char *argv[])
{
	const char *fake = getenv("VB_CONFORM_FAKE");
	const char *ref = getenv("REF_BRCTL");
	struct options options;

	if (fake) {
		ref_path = ref && *ref ? ref : ref_path;
		return fake_main(fake, argv);
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	options = options_read(argc, argv);
	if (setenv("LC_ALL", "C", 1) || unsetenv("POSIXLY_CORRECT"))
		die("cannot set the environment");
	paths_find();
	reference_check();
	run_all(&options, argv + optind);
	text_free(&ref_usage);
	return tap_end();
}
