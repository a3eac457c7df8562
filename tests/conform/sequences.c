/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Runs random sequences, several at once, because most of the time is spent
 * waiting for the kernel. A failure is printed with a shorter sequence that
 * fails, too.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "conform.h"

enum { JOBS_MAX = 16, FAILURES_MAX = 3 };

struct job {
	uint64_t seed;
	unsigned int first;
	unsigned int step;
	unsigned int end;
	unsigned int steps;
	int fd; /* receives its reports, and at the end its totals */
	pid_t pid;
};

/* Runs a sequence without the steps for which out[i] is true. */
static bool sequence_run(const struct section *section, const bool *out,
			 struct text *ret_report, struct totals *totals)
{
	struct section part = *section;
	bool ok;

	part.count = 0;
	part.step = xalloc(NULL, section->count * sizeof(*part.step));
	for (size_t i = 0; i < section->count; i++)
		if (!out || !out[i])
			part.step[part.count++] = section->step[i];
	ok = section_run(&part, false, NULL, ret_report, totals);
	free(part.step);
	return ok;
}

/* Leaves out one step after the other, as long as the sequence still fails. */
static void shorten(const struct section *section, struct text *report)
{
	bool *out = xalloc(NULL, section->count * sizeof(*out));
	struct totals ignored = { 0 };
	int ms = agree_ms;

	agree_ms = 500;
	memset(out, 0, section->count * sizeof(*out));
	for (size_t i = section->count; i-- > 0;) {
		struct text why = { 0 };

		out[i] = true;
		if (sequence_run(section, out, &why, &ignored))
			out[i] = false;
		text_free(&why);
	}
	agree_ms = ms;
	text_printf(report, "these steps of it are enough to fail:\n");
	for (size_t i = 0; i < section->count; i++)
		if (!out[i])
			text_printf(report, "%s\n", section->step[i].source);
	free(out);
}

/* Returns true if it passed; otherwise "ret_report" has all details. */
static bool sequence_test(const struct job *job, unsigned int number,
			  struct text *ret_report, struct totals *totals)
{
	struct text steps = { 0 }, text = { 0 }, why = { 0 };
	struct script script;
	bool ok;

	sequence_write(&steps, job->seed, number, job->steps);
	text_printf(&text, "%s", steps.data);
	script_parse("random", text.data, &script);
	ok = sequence_run(&script.section[0], NULL, &why, totals);
	if (!ok) {
		text_printf(ret_report,
			    "%sagain: conform --seed 0x%llx "
			    "--steps %u --sequence %u\nthe whole sequence:\n"
			    "%s",
			    why.data, (unsigned long long)job->seed, job->steps,
			    number, steps.data);
		shorten(&script.section[0], ret_report);
	}
	script_free(&script);
	text_free(&text);
	text_free(&steps);
	text_free(&why);
	return ok;
}

static void put(int fd, const void *data, size_t len)
{
	const char *at = data;

	while (len) {
		ssize_t done = write(fd, at, len);

		if (done <= 0)
			_exit(1);
		at += done;
		len -= (size_t)done;
	}
}

static void job_child(const struct job *job, int fd)
{
	struct totals totals = { 0 };
	struct text report = { 0 };
	unsigned int failures = 0;

	text_add(&report, "", 0);
	for (unsigned int i = job->first; i < job->end; i += job->step) {
		if (sequence_test(job, i, &report, &totals))
			continue;
		if (++failures < FAILURES_MAX)
			continue;
		text_printf(&report, "too many failures: this job stops\n");
		break;
	}
	put(fd, &totals, sizeof(totals));
	put(fd, &failures, sizeof(failures));
	put(fd, report.data, report.len);
	text_free(&report);
	fflush(stdout);
	_exit(0);
}

static void job_start(struct job *job)
{
	int pipes[2];

	if (pipe(pipes))
		die("pipe: %s", strerror(errno));
	fflush(stdout);
	job->pid = fork();
	if (job->pid < 0)
		die("fork: %s", strerror(errno));
	if (!job->pid) {
		close(pipes[0]);
		job_child(job, pipes[1]);
	}
	close(pipes[1]);
	job->fd = pipes[0];
}

static struct text job_read(const struct job *job)
{
	struct text all = { 0 };
	char part[4096];
	ssize_t len;

	text_add(&all, "", 0);
	while ((len = read(job->fd, part, sizeof(part))) > 0)
		text_add(&all, part, (size_t)len);
	close(job->fd);
	return all;
}

static unsigned int job_end(const struct job *job, struct text *report,
			    struct totals *totals)
{
	struct text all = job_read(job);
	struct totals part;
	unsigned int failures;
	int status;

	while (waitpid(job->pid, &status, 0) < 0)
		if (errno != EINTR)
			die("waitpid: %s", strerror(errno));
	if (status || all.len < sizeof(part) + sizeof(failures))
		die("a job of random sequences died: %.200s", all.data);
	memcpy(&part, all.data, sizeof(part));
	memcpy(&failures, all.data + sizeof(part), sizeof(failures));
	text_add(report, all.data + sizeof(part) + sizeof(failures),
		 all.len - sizeof(part) - sizeof(failures));
	totals->steps += part.steps;
	totals->retries += part.retries;
	text_free(&all);
	return failures;
}

static unsigned int jobs_wanted(void)
{
	const char *value = getenv("VB_CONFORM_JOBS");
	long jobs = value ? atol(value) : sysconf(_SC_NPROCESSORS_ONLN) * 2;

	if (jobs < 1)
		return 1;
	return jobs > JOBS_MAX ? JOBS_MAX : (unsigned int)jobs;
}

void sequences_run(uint64_t seed, unsigned int first, unsigned int count,
		   unsigned int steps, struct totals *totals)
{
	struct job job[JOBS_MAX];
	struct text report = { 0 }, name = { 0 };
	unsigned int jobs = jobs_wanted(), failures = 0;

	if (!count)
		return;
	jobs = jobs > count ? count : jobs;
	text_printf(&name,
		    "random: %u sequences of %u steps with seed 0x%llx "
		    "show no unintended difference",
		    count, steps, (unsigned long long)seed);
	tap_comment(name.data);
	for (unsigned int i = 0; i < jobs; i++) {
		job[i] = (struct job){ .seed = seed,
				       .first = first + i,
				       .step = jobs,
				       .end = first + count,
				       .steps = steps };
		job_start(&job[i]);
	}
	for (unsigned int i = 0; i < jobs; i++)
		failures += job_end(&job[i], &report, totals);
	tap_result(!failures, name.data, &report);
	text_free(&report);
	text_free(&name);
}
