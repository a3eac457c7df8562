/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The options of vconfig, which come first. The old vconfig had none, so getopt
 * is not used. */

#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "vconfig.h"

static const struct option_name switches[] = {
	{ 'j', "json" },    { 'm', "may-exist" },  { 'i', "if-exists" },
	{ 'd', "dry-run" }, { 'k', "keep-going" }, { 't', "test" },
	{ 'a', "atomic" },
};

#define SWITCHES (sizeof(switches) / sizeof(switches[0]))

const struct option_name *option_at(size_t i)
{
	return i < SWITCHES ? &switches[i] : NULL;
}

bool *option_of(struct cli *cli, char letter)
{
	switch (letter) {
	case 'j':
		return &cli->json;
	case 'm':
		return &cli->may_exist;
	case 'i':
		return &cli->if_exists;
	case 'k':
		return &cli->keep_going;
	case 't':
		return &cli->test;
	case 'a':
		return &cli->atomic;
	default:
		return &cli->dry_run;
	}
}

bool is_netns(const char *word)
{
	return strcmp(word, "-n") == 0 || strcmp(word, "--netns") == 0;
}

static bool take_switch(struct cli *cli, const char *word)
{
	for (size_t i = 0; i < SWITCHES; i++) {
		if (strncmp(word, "--", 2) != 0 ||
		    strcmp(word + 2, switches[i].name) != 0)
			continue;
		*option_of(cli, switches[i].letter) = true;
		return true;
	}
	if (strcmp(word, "-j") != 0)
		return false;
	cli->json = true;
	return true;
}

/* "-nNS" and "--netns=NS". */
static bool take_joined(struct cli *cli, const char *word)
{
	static const char netns[] = "--netns=";

	if (strncmp(word, netns, strlen(netns)) == 0)
		cli->netns = word + strlen(netns);
	else if (strncmp(word, "-n", 2) == 0 && word[2])
		cli->netns = word + 2;
	else
		return false;
	return true;
}

int take_options(struct cli *cli, int count, char **words)
{
	int at = 0;

	while (at < count) {
		if (take_switch(cli, words[at]) ||
		    take_joined(cli, words[at])) {
			at++;
		} else if (is_netns(words[at]) && at + 1 < count) {
			cli->netns = words[at + 1];
			at += 2;
		} else {
			break;
		}
	}
	return at;
}
