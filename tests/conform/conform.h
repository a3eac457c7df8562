/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Shared by the files of the conformance driver. It does not know how the tools
 * work, only arguments, output and the kernel's state.
 */
#ifndef VB_CONFORM_H
#define VB_CONFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* text.c: growing bytes, and lists of words */
struct text {
	char *data;
	size_t len;
	size_t cap;
};

struct words {
	char **word;
	size_t count;
};

void die(const char *format, ...)
	__attribute__((format(printf, 1, 2), noreturn));
void *xalloc(void *old, size_t size);
void text_add(struct text *text, const void *data, size_t len);
void text_printf(struct text *text, const char *format, ...)
	__attribute__((format(printf, 2, 3), nonnull(2)));
void text_free(struct text *text);
bool text_equal(const struct text *a, const struct text *b);
bool text_is(const struct text *text, const char *string);
void text_quote(struct text *text, const char *word);
void words_add(struct words *words, const char *word);
void words_free(struct words *words);

/* lex.c: splits a line of a .steps file into words */
int lex(const char *line, struct words *ret_words, const char **ret_error);

/* A step, and its expected results */
enum step_kind {
	STEP_BOTH,    /* brctl in both twins, everything must be equal */
	STEP_DIFFERS, /* brctl in both twins, with an intended difference */
	STEP_OURS,    /* brctl in our twin only, must succeed */
	STEP_REF,     /* brctl in the reference's twin only, must succeed */
	STEP_REFUSES, /* ours only: exit 1, output on stderr, no change */
	STEP_ENV,     /* not brctl: run by the driver in both twins */
};

enum step_mode {
	MODE_BLIND = 1 << 0,	  /* both run without a sysfs mount of their
				   * namespace */
	MODE_BLIND_OURS = 1 << 1, /* only ours runs without one */
	MODE_POOR = 1 << 2,	  /* without CAP_NET_ADMIN */
	MODE_QUIET = 1 << 3,	  /* the state is not compared after this
				   * step */
	MODE_MEMBER = 1 << 4,	  /* ours refuses if it is a port of another
				   * bridge */
	MODE_TRY = 1 << 5,	  /* may fail, if it fails in both */
};

/* The results that a step states for one side. */
struct expect {
	bool has_status;
	bool has_out;
	bool has_err;
	bool changes;
	bool like_out; /* "out" is a pattern of fnmatch(3) */
	int status;
	struct words out; /* each word is a line; @usage and @same */
	struct words err;
};

enum { SIDE_REF, SIDE_OURS, SIDE_BOTH, SIDES };

struct step {
	enum step_kind kind;
	unsigned int mode;
	size_t line;
	char *rule;
	char *source;
	struct words argv;
	struct expect expect[SIDES];
};

struct section {
	char *name;
	char *file;
	size_t line;
	struct step *step;
	size_t count;
	struct words needs;
};

struct script {
	struct section *section;
	size_t count;
};

/* steps.c */
int script_read(const char *path, struct script *ret_script);
int script_parse(const char *file, char *text, struct script *ret_script);
void script_free(struct script *script);

/* rules.c: the intended differences */
bool rule_known(const char *id);
void rule_used(const char *id);
void rule_skipped(const char *id);
void rules_report(void);

/* twin.c: one of the two namespaces, and its process */
enum request {
	REQ_TOOL,
	REQ_ENV,
	REQ_STATE,
	REQ_NEED,
};

struct answer {
	int status;
	uint32_t start; /* on the monotonic clock, in ms */
	uint32_t end;
	struct text out;
	struct text err;
	struct text state;
};

struct twin {
	int pid;
	int fd;
	const char *tool;
	const char *fake; /* what fake.c alters, or NULL */
	bool decoy;	  /* without a mount, /sys shows another namespace */
};

int twin_start(struct twin *twin);
void twin_stop(struct twin *twin);
void twin_ask(struct twin *twin, enum request request, unsigned int mode,
	      const struct words *argv);
void twin_answer(struct twin *twin, struct answer *ret_answer);
void answer_free(struct answer *answer);

/* space.c: namespaces and mounts of a twin */
int space_enter(bool decoy, int *ret_blind);

/* tool.c: one run of a tool */
struct tool_run {
	const char *path;
	const char *fake; /* what fake.c alters, or NULL */
	int blind;	  /* a mount namespace without our sysfs, or -1 */
	bool poor;
	int out; /* files in memory for its output */
	int err;
};

int tool_open(struct tool_run *run);
int tool_run(struct tool_run *run, char *const argv[], struct text *ret_out,
	     struct text *ret_err);

/* state.c: the kernel's state as text */
void state_read(struct text *ret_state);
long entry_age(const char *device, const uint8_t mac[6]);
char *file_read(const char *path);

/* env.c and link.c: steps that are not brctl */
int env_run(const struct words *argv, struct text *ret_err);
bool need_met(const char *need);

int link_veth(const char *name, const char *peer, const char *mac,
	      const char *peer_mac);
int link_add(const char *kind, const char *name, const char *mac);
int link_tun(const char *name, bool tap);
int link_del(const char *name);
int link_master(const char *name, const char *master);
int link_up(const char *name, bool up);
int link_mac(const char *name, const char *mac);
int link_rename(const char *name, const char *new_name);
int link_attach(const char *bridge, const char *name);
int fdb_change(bool add, const char *name, const char *mac, int state,
	       int vlan);
int frame_send(const char *name, const char *from, const char *to);
int mac_parse(const char *string, uint8_t mac[6]);

/* normal.c: running timers */
void normal_pair(const char *verb, long skew_ms, struct text *a,
		 struct text *b);

/* compare.c: a step in both twins */
struct run {
	struct twin twin[2];
	struct text before[2]; /* the states before this step */
	bool blind;	    /* ours runs without a sysfs mount in every step */
	struct text report; /* why it failed */
	long skew_ms;	    /* the largest delay between the twins */
	size_t steps;
	size_t retries;
};

extern int agree_ms;   /* how long the kernel may take until both agree */
extern bool calibrate; /* compares the reference with itself */
extern bool needy;     /* of the fixed tests, only those with a "need" */

int run_start(struct run *run, bool decoy, const char *fake);
void run_stop(struct run *run);
int run_step(struct run *run, const struct step *step);

/* check.c: compares results with those that a step states */
int check_answer(struct run *run, const struct step *step, int side,
		 const struct answer *answer, const struct answer *other);

/* report.c: prints differences */
void report_text(struct text *report, const char *what, const struct text *a,
		 const struct text *b);
void report_state(struct text *report, const struct text *a,
		  const struct text *b);

/* random.c */
void sequence_write(struct text *ret_steps, uint64_t seed, unsigned int number,
		    unsigned int steps);

/* tap.c: test results and their count */
void tap_result(bool ok, const char *name, const struct text *report);
void tap_skip(const char *name, const char *why);
void tap_comment(const char *text);
int tap_end(void);

/* main.c: the programs to compare */
extern const char *ref_path;
extern const char *our_path;
extern struct text ref_usage; /* the output of the reference without
			       * arguments */

/* section.c, sequences.c, selftest.c, fake.c: what to run */
struct totals {
	size_t steps;
	size_t retries;
};

bool section_run(const struct section *section, bool blind, const char *fake,
		 struct text *ret_report, struct totals *totals);
const char *section_lacks(const struct section *section);
void file_run(const char *path, bool blind, struct totals *totals);
void sequences_run(uint64_t seed, unsigned int first, unsigned int count,
		   unsigned int steps, struct totals *totals);
void selftest_run(struct totals *totals);
int fake_main(const char *what, char *argv[]);

#endif
