/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* brctl's command line: the table of commands, options, usage. */

#include "config.h"

#include "brctl.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/out.h"

struct command {
	char name[16];
	int least;		/* arguments; more are passed over */
	int (*run)(struct cli *cli, const struct call *call);
	char arguments[28];
	char help[32];
	struct setting setting;
};

static const struct command commands[] = {
	{ "addbr", 1, cmd_addbr, "<bridge>", "add bridge" },
	{ "delbr", 1, cmd_delbr, "<bridge>", "delete bridge" },
	{ "addif", 2, cmd_addif, "<bridge> <device>",
	  "add interface to bridge" },
	{ "delif", 2, cmd_delif, "<bridge> <device>",
	  "delete interface from bridge" },
	{ "hairpin", 3, cmd_set_port, "<bridge> <port> {on|off}",
	  "turn hairpin on/off",
	  { "hairpin_mode", "expect on/off for argument", FAIL_HAIRPIN } },
	{ "setageing", 2, cmd_set_bridge, "<bridge> <time>",
	  "set ageing time",
	  { "ageing_time", "bad ageing time value", FAIL_AGEING } },
	{ "setbridgeprio", 2, cmd_set_bridge, "<bridge> <prio>",
	  "set bridge priority",
	  { "priority", "bad priority", FAIL_BRIDGEPRIO } },
	{ "setfd", 2, cmd_set_bridge, "<bridge> <time>",
	  "set bridge forward delay",
	  { "forward_delay", "bad forward delay value",
	    FAIL_FORWARD_DELAY } },
	{ "sethello", 2, cmd_set_bridge, "<bridge> <time>", "set hello time",
	  { "hello_time", "bad hello timer value", FAIL_HELLO } },
	{ "setmaxage", 2, cmd_set_bridge, "<bridge> <time>",
	  "set max message age",
	  { "max_age", "bad max age value", FAIL_MAX_AGE } },
	{ "setpathcost", 3, cmd_set_port, "<bridge> <port> <cost>",
	  "set path cost",
	  { "path_cost", "bad path cost value", FAIL_PATHCOST } },
	{ "setportprio", 3, cmd_set_port, "<bridge> <port> <prio>",
	  "set port priority",
	  { "priority", "bad path priority value", FAIL_PORTPRIO } },
	{ "show", 0, cmd_show, "[ <bridge> ]", "show a list of bridges" },
	{ "showmacs", 1, cmd_showmacs, "<bridge>",
	  "show a list of mac addrs" },
	{ "showstp", 1, cmd_showstp, "<bridge>", "show bridge stp info" },
	{ "stp", 2, cmd_stp, "<bridge> {on|off}", "turn stp on/off",
	  { "stp_state", "expect on/off for argument", FAIL_STP } },
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static const char *command_name(size_t i)
{
	return i < COMMANDS ? commands[i].name : NULL;
}

/* The help stands in a column of its own, behind one tab or two. */
static void print_arguments(const struct command *command)
{
	printf("%s%s%s\n", command->arguments,
	       strlen(command->arguments) < 16 ? "\t\t" : "\t",
	       command->help);
}

static void print_usage(void)
{
	puts("Usage: brctl [commands]");
	puts("commands:");
	for (size_t i = 0; i < COMMANDS; i++) {
		printf("\t%-10s\t", commands[i].name);
		print_arguments(&commands[i]);
	}
}

static int usage_error(void)
{
	print_usage();
	return EXIT_FAILURE;
}

/* Where the words of the command line end up. */
struct words {
	const char *program;
	int count;
	char **list;
	bool finished;		/* an option has said all */
	int status;
};

static void finish(struct words *words, int status)
{
	words->finished = true;
	words->status = status;
}

static void take_word(struct words *words, char *word)
{
	words->list[words->count++] = word;
}

/* In getopt's own words, but in nobody's language, and with nothing in them
 * that steers a terminal. */
static void refuse_option(struct words *words, const char *word)
{
	FILE *stream = out_stderr();
	char letter[2] = { (char)optopt };

	out_name(stream, words->program);
	if (strncmp(word, "--", 2) != 0) {
		fputs(": invalid option -- '", stream);
		out_name(stream, letter);
		fputs("'\n", stream);
	} else if (optopt) {
		fprintf(stream, ": option '--%s' doesn't allow an argument\n",
			optopt == 'h' ? "help" : "version");
	} else {
		fputs(": unrecognized option '", stream);
		out_name(stream, word);
		fputs("'\n", stream);
	}
	/* This is what brctl says of any. */
	fputs("Unknown option '?'\n", stream);
	finish(words, usage_error());
}

/* -5 is a number that is out of range, not five options. */
static bool is_number(const char *word)
{
	return word[0] == '-' && word[1] && strchr("0123456789.", word[1]);
}

static void take_option(struct words *words, int option, char *word)
{
	switch (option) {
	case 1:
		take_word(words, word);
		break;
	case 'h':
		print_usage();
		finish(words, EXIT_SUCCESS);
		break;
	case 'V':
		printf("vbridge brctl %s\n", PACKAGE_VERSION);
		finish(words, EXIT_SUCCESS);
		break;
	case '?':
		refuse_option(words, word);
		break;
	default:
		optopt = option;
		if (is_number(word))
			take_word(words, word);
		else
			refuse_option(words, word);
		break;
	}
}

/* Mostly there are none, and getopt need not be loaded. */
static bool has_options(int count, char **words)
{
	for (int i = 0; i < count; i++)
		if (words[i][0] == '-')
			return true;
	return false;
}

/*
 * Options may stand anywhere before "--": getopt hands out all words in order.
 * The digits and the dot are there for is_number().
 */
static void read_words(struct words *words, int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ 0 },
	};
	static const char letters[] =
		"-hV0::1::2::3::4::5::6::7::8::9::.::";
	int option;

	if (!has_options(argc - 1, argv + 1)) {
		words->count = argc - 1;
		return;
	}
	opterr = 0;
	while (!words->finished) {
		/* The word at hand: within a row of letters, it stays. */
		int at = optind;

		option = getopt_long(argc, argv, letters, options, NULL);
		if (option == -1)
			break;
		take_option(words, option, argv[at]);
	}
	while (!words->finished && optind < argc)
		take_word(words, argv[optind++]);
}

static int unknown_command(struct cli *cli, const struct words *words)
{
	const char *next = words->count > 1 ? words->list[1] : NULL;
	const char *guess = cli_guess(words->list[0], next, command_name);

	FILE *stream = out_stderr();

	fputs("never heard of command [", stream);
	out_name(stream, words->list[0]);
	fputs("]\n", stream);
	if (guess)
		cli_say(cli, _("did you mean %s?"), guess);
	return usage_error();
}

static int run(struct cli *cli, const struct words *words)
{
	const struct command *command;
	struct call call;
	int rc;

	if (words->count == 0)
		return usage_error();
	command = find_command(words->list[0]);
	if (!command)
		return unknown_command(cli, words);
	if (words->count - 1 < command->least) {
		puts("Incorrect number of arguments for command");
		printf("Usage: brctl %s ", command->name);
		print_arguments(command);
		return EXIT_FAILURE;
	}

	rc = cli_connect(cli);
	if (rc < 0) {
		fprintf(stderr, "can't setup bridge control: %s\n",
			cli_strerror(-rc));
		return EXIT_FAILURE;
	}
	call = (struct call){
		.setting = &command->setting,
		.argc = words->count - 1,
		.argv = words->list + 1,
	};
	return command->run(cli, &call);
}

int main(int argc, char **argv)
{
	struct cli cli = { .tool = "brctl" };
	/* There are never more words than have been read of the command line:
	 * they are kept in its own place. */
	struct words words = { .program = argv[0], .list = argv + 1 };
	int status;

	if (argc < 1)
		return EXIT_FAILURE;
	cli_start();
	read_words(&words, argc, argv);
	status = words.finished ? words.status : run(&cli, &words);
	return cli_finish(&cli, status);
}
