/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The table of brctl's own options. */

#include "config.h"

#include "flags.h"

#include "commands.h"

const struct option flags[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ "netns", required_argument, NULL, 'n' },
	{ "json", no_argument, NULL, 'j' },
	{ "long", no_argument, NULL, 'l' },
	{ "statistics", no_argument, NULL, 's' },
	{ "settable", no_argument, NULL, 'o' },
	{ "list", no_argument, NULL, 'L' },
	{ "explain", required_argument, NULL, 'x' },
	{ "dot", no_argument, NULL, 'D' },
	{ "svg", required_argument, NULL, 'S' },
	{ "check", no_argument, NULL, 'C' },
	{ "trace", required_argument, NULL, 'T' },
	{ "may-exist", no_argument, NULL, 'm' },
	{ "if-exists", no_argument, NULL, 'i' },
	{ "dry-run", no_argument, NULL, 'd' },
	{ "keep-going", no_argument, NULL, 'k' },
	{ "test", no_argument, NULL, 't' },
	{ "atomic", no_argument, NULL, 'a' },
	{ "confirm", required_argument, NULL, 'c' },
	{ "exact", no_argument, NULL, 'e' },
	{ "wait", required_argument, NULL, 'w' },
	{ "interval", required_argument, NULL, 'I' },
	{ "openmetrics", no_argument, NULL, 'O' },
	{ "after", required_argument, NULL, 'A' },
	{ "diff", required_argument, NULL, 'P' },
	{ "live", no_argument, NULL, 'v' },
	{ "send", no_argument, NULL, 'X' },
	{ "count", required_argument, NULL, 'N' },
	{ "force", no_argument, NULL, 'f' },
	{ "resolve", no_argument, NULL, 'r' },
	{ "follow", no_argument, NULL, 'F' },
	{ 0 },
};

const char *flag_long_name(int letter)
{
	const struct option *option = flags;

	while (option->name && option->val != letter)
		option++;
	return option->name ? option->name : "?";
}

unsigned int flag_trait(int letter)
{
	switch (letter) {
	case 'j':
		return PRINTS_JSON;
	case 'l':
		return PRINTS_LONG;
	case 's':
		return PRINTS_STATISTICS;
	case 'o':
		return PRINTS_SETTABLE;
	case 'L':
	case 'x':
		return FINDS;
	case 'D':
	case 'S':
	case 'C':
	case 'T':
		return DRAWS;
	case 'm':
		return MAKES;
	case 'i':
		return REMOVES;
	case 'd':
		return CHANGES;
	case 'a':
	case 'k':
	case 't':
		return RUNS_LINES;
	case 'c':
		return UNDOABLE;
	case 'e':
		return COMPARES;
	case 'w':
		return WAITS;
	case 'I':
	case 'O':
		return COUNTS;
	case 'A':
	case 'P':
		return PREDICTS;
	case 'f':
		return MOVES;
	case 'r':
		return RESOLVES;
	case 'F':
	case 'N':
	case 'X':
	case 'v':
		return FOLLOWS;
	default:
		return 0;
	}
}
