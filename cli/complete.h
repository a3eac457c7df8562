/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Completes command lines: prints the words that may come next, one per line.
 * The grammar is the usage of a command's arguments. Changes nothing, and
 * prints no errors.
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
	bool is_endless; /* the last element may be repeated */
	int repeated;	 /* words from here on are not offered again */
	/* Offers the words for a placeholder: "<bridge>", "DEVICE". */
	void (*offer)(const struct complete *complete, const char *kind);
	const void *data;
};

/* Walks the usage up to the current word, and offers the words that fit. */
void complete_arguments(struct complete *complete, const char *usage);

/* Offers a literal word, if the current one is its beginning. */
void complete_word(const struct complete *complete, const char *text);

/* Offers the name of a device or namespace, after the text "before", unless a
 * shell or a terminal would interpret it. */
void complete_name(const struct complete *complete, const char *before,
		   const char *name);

/* Offers the network namespaces that have a name. */
void complete_netns(const struct complete *complete, const char *before);

/* Offers the devices of the namespace, or those that could become ports. */
void complete_devices(const struct complete *complete, bool free_ones);

/* Connects to the namespace; false: not possible. */
bool complete_connect(const struct complete *complete);

/* Discards stderr: nobody reads it during completion. */
void complete_silently(void);

#endif
