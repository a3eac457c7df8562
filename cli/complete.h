/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Completion of command lines: the words that may stand next, one a line. What
 * a tool's usage says of a command's arguments is the grammar. Nothing is
 * changed, and nothing is said of what cannot be read.
 */

#ifndef VBR_CLI_COMPLETE_H
#define VBR_CLI_COMPLETE_H

#include <stdbool.h>
#include <stddef.h>

struct cli;

struct complete {
	struct cli *cli;
	const char *word;   /* to be completed */
	char *const *words; /* the command's arguments before it */
	int count;
	bool is_endless; /* what stands last may be repeated */
	int repeated;	 /* from here on, what was said is not offered */
	/* Offers what the usage has a name for: "<bridge>", "DEVICE". */
	void (*offer)(const struct complete *complete, const char *kind);
	const void *data;
};

/* Walks a usage's arguments to the word at hand, and offers what fits. */
void complete_arguments(struct complete *complete, const char *usage);

/* A word of ours, where the one at hand begins it. */
void complete_word(const struct complete *complete, const char *text);

/* A device's name, or that of a namespace, with something in front of it: not
 * one that a shell or a terminal would take for something else. */
void complete_name(const struct complete *complete, const char *before,
		   const char *name);

/* The network namespaces that have a name. */
void complete_netns(const struct complete *complete, const char *before);

/* The devices of the namespace; or those that could become ports. */
void complete_devices(const struct complete *complete, bool free_ones);

/* The namespace that is asked; false: there is no way to. */
bool complete_connect(const struct complete *complete);

/* Nobody reads what would be said on stderr. */
void complete_silently(void);

#endif
