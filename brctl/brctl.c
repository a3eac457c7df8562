/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The command line of brctl: words and options. */

#include "config.h"

#include "program.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/out.h"
#include "cli/table.h"
#include "confirm.h"
#include "flags.h"
#include "help.h"
#include "session.h"
#include "vbridge.h"

/* In a batch, stdout is for what commands show. */
static int usage_error(const struct cli *cli)
{
	if (!cli->batch)
		print_usage();
	return EXIT_FAILURE;
}

/* Collects the words of the command line. */
struct words {
	const char *program;
	int count;
	char **list;
	struct cli *cli;
	bool resolves; /* --resolve: there is no command */
	bool finished; /* an option did everything */
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

/* The exit status of a failure; NULL: the command is not known. */
static int failure_of(const struct command *command, int status)
{
	return command && command->traits & ANSWERS ? EXIT_NO_LOOK : status;
}

/* The message of getopt, but never translated, and safe for terminals. */
static void refuse_option(struct words *words, const char *word,
			  bool lacks_value)
{
	const struct command *command = words->count
						? command_find(words->list[0])
						: NULL;
	FILE *stream = out_stderr();
	char letter[2] = { (char)optopt };

	out_name(stream, words->program);
	if (lacks_value && strncmp(word, "--", 2) != 0) {
		fprintf(stream, ": option requires an argument -- '%c'\n",
			optopt);
	} else if (lacks_value) {
		fprintf(stream, ": option '--%s' requires an argument\n",
			flag_long_name(optopt));
	} else if (strncmp(word, "--", 2) != 0) {
		fputs(": invalid option -- '", stream);
		out_name(stream, letter);
		fputs("'\n", stream);
	} else if (optopt) {
		fprintf(stream, ": option '--%s' doesn't allow an argument\n",
			flag_long_name(optopt));
	} else {
		fputs(": unrecognized option '", stream);
		out_name(stream, word);
		fputs("'\n", stream);
	}
	/* The classic brctl prints this for every unknown option. */
	fputs("Unknown option '?'\n", stream);
	finish(words, failure_of(command, usage_error(words->cli)));
}

/* -5 is a number out of range, not an option. */
static bool is_number(const char *word)
{
	return word[0] == '-' && word[1] && strchr("0123456789.", word[1]);
}

/* The help and the version are not for a batch. */
static void take_question(struct words *words, int option, const char *word)
{
	if (words->cli->batch) {
		finish(words, batch_refuse_word(words->cli, word));
		return;
	}
	if (option == 'h')
		print_help();
	else
		printf("vbridge brctl %s, compatible with bridge-utils 1.7.1\n",
		       PACKAGE_VERSION);
	finish(words, EXIT_SUCCESS);
}

/* What an option without a value turns on; NULL: nothing. */
static bool *switch_of(struct cli *cli, int option)
{
	switch (option) {
	case 'j':
		return &cli->json;
	case 'l':
		return &cli->long_format;
	case 's':
		return &cli->statistics;
	case 'o':
		return &cli->only_settable;
	case 'L':
		return &cli->lists_rules;
	case 'D':
		return &cli->dot;
	case 'C':
		return &cli->checks;
	case 'F':
		return &cli->follow;
	case 'm':
		return &cli->may_exist;
	case 'i':
		return &cli->if_exists;
	case 'd':
		return &cli->dry_run;
	case 'k':
		return &cli->keep_going;
	case 't':
		return &cli->test;
	case 'e':
		return &cli->exact;
	case 'a':
		return &cli->atomic;
	case 'v':
		return &cli->live;
	case 'X':
		return &cli->send;
	case 'f':
		return &cli->force;
	case 'O':
		return &cli->openmetrics;
	default:
		return NULL;
	}
}

/* Where the value of an option goes; NULL: it has none. */
static const char **value_of(struct cli *cli, int option)
{
	switch (option) {
	case 'n':
		return &cli->netns;
	case 'x':
		return &cli->rule;
	case 'S':
		return &cli->svg;
	case 'T':
		return &cli->trace;
	case 'c':
		return &cli->confirm;
	case 'A':
		return &cli->after;
	case 'P':
		return &cli->difference;
	case 'N':
		return &cli->count;
	case 'w':
		return &cli->wait;
	case 'I':
		return &cli->period;
	default:
		return NULL;
	}
}

static void take_option(struct words *words, int option, char *word)
{
	bool *is_on = switch_of(words->cli, option);
	const char **value = value_of(words->cli, option);

	if (is_on) {
		*is_on = true;
		return;
	}
	if (value) {
		*value = optarg;
		/* A line of a batch has to end. */
		if ((option == 'c' || option == 'I') && words->cli->batch)
			finish(words, batch_refuse_word(words->cli, word));
		return;
	}
	switch (option) {
	case 1:
		take_word(words, word);
		break;
	case 'r':
		words->resolves = true;
		break;
	case 'h':
	case 'V':
		take_question(words, option, word);
		break;
	case ':':
	case '?':
		refuse_option(words, word, option == ':');
		break;
	default:
		optopt = option;
		if (is_number(word))
			take_word(words, word);
		else
			refuse_option(words, word, false);
		break;
	}
}

/* Usually there are none, and getopt need not be loaded. */
static bool has_options(int count, char **words)
{
	for (int i = 0; i < count; i++)
		if (words[i][0] == '-')
			return true;
	return false;
}

/* Options may be anywhere before "--": getopt returns all words in order. The
 * digits and the dot are there for is_number(). */
static void read_words(struct words *words, int argc, char **argv)
{
	static const char letters[] =
		"-:hVn:js0::1::2::3::4::5::6::7::8::9::.::";
	int option;

	if (!has_options(argc - 1, argv + 1)) {
		words->count = argc - 1;
		return;
	}
	if (!words->cli->batch && strcmp(argv[1], "--complete") == 0) {
		brctl_complete(words->cli, argc - 2, argv + 2);
		finish(words, EXIT_SUCCESS);
		return;
	}
	opterr = 0;
	/* getopt begins anew: in a batch, it has read other lines. */
	optind = 0;
	while (!words->finished) {
		/* getopt stays at this word until all its letters are read. */
		int at = optind ? optind : 1;

		option = getopt_long(argc, argv, letters, flags, NULL);
		if (option == -1)
			break;
		take_option(words, option, argv[at]);
	}
	while (!words->finished && optind < argc)
		take_word(words, argv[optind++]);
	/* The words were moved to the front, so the rest of the list is
	 * stale. */
	words->list[words->count] = NULL;
}

static int unknown_command(struct cli *cli, const struct words *words)
{
	FILE *stream = out_stderr();

	fputs("never heard of command [", stream);
	out_name(stream, words->list[0]);
	fputs("]\n", stream);
	suggest(cli, words->count, words->list);
	return usage_error(cli);
}

static void refuse_count(const struct cli *cli, const struct command *command)
{
	if (cli->batch) {
		cli_message(cli, _("usage: brctl %s %s"), command->name,
			    command->arguments);
		return;
	}
	puts("Incorrect number of arguments for command");
	print_usage_of(command);
}

static bool is_given(struct cli *cli, int option)
{
	bool *is_on = switch_of(cli, option);
	const char **value = value_of(cli, option);

	return (is_on && *is_on) || (value && *value);
}

/* Rejects an option that has no meaning for the command: maybe another one was
 * meant. */
static int check_traits(struct cli *cli, const struct command *command)
{
	for (const struct option *flag = flags; flag->name; flag++) {
		unsigned int trait = flag_trait(flag->val);
		char name[24];

		if (!is_given(cli, flag->val) || !trait ||
		    command->traits & trait)
			continue;
		snprintf(name, sizeof(name), "--%s", flag->name);
		cli_message(cli, _("%s: option %s is not supported"),
			    command->name, name);
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

static int connect_to_kernel(struct cli *cli)
{
	int rc = cli_connect(cli);

	if (rc == 0)
		return EXIT_SUCCESS;
	if (cli->netns)
		return cli_refuse_connection(cli, -rc);
	fprintf(out_stderr(), "can't setup bridge control: %s\n",
		cli_strerror(-rc));
	return EXIT_FAILURE;
}

/* How many arguments at the end a classic command ignores. */
static int count_ignored(const struct cli *cli, const struct command *command,
			 int argc)
{
	if (command->traits & FILTERS && (cli->long_format || cli->json))
		return 0;
	return argc > command->most ? argc - command->most : 0;
}

/* The classic brctl read sysfs and never gave up. */
static int run_classic_show(struct cli *cli, const struct command *command,
			    const struct call *call)
{
	int status;

	vbr_ctx_accept_interrupted(cli->ctx, true);
	status = command->run(cli, call);
	if (vbr_ctx_was_interrupted(cli->ctx))
		cli_message(cli, "%s",
			    _("devices came and went while they were listed; "
			      "some may be missing, or shown twice"));
	vbr_ctx_accept_interrupted(cli->ctx, false);
	return status;
}

/* Whether the command may write to stdout; link does so without words. */
static bool prints(const struct cli *cli, const struct command *command,
		   const struct call *call)
{
	return cli->dry_run || !(command->traits & CHANGES) ||
	       (command->traits & PRINTS_JSON && call->argc == command->least);
}

/* The rows of a classic command stay as they are. */
static bool prints_table(const struct cli *cli, const struct command *command)
{
	return command->traits & PRINTS_TABLE &&
	       (!(command->traits & CLASSIC) || cli->long_format) &&
	       !cli->json && !cli->openmetrics && !cli->period && !cli->live;
}

static int run_function(struct cli *cli, const struct command *command,
			const struct call *call)
{
	if (command->traits & CLASSIC && !(command->traits & CHANGES))
		return run_classic_show(cli, command, call);
	return command->run(cli, call);
}

static int run_command(struct cli *cli, const struct command *command,
		       const struct call *call)
{
	int terminal, status;

	if (cli_is_test(cli) && !(command->traits & CHECKS))
		return EXIT_SUCCESS;
	if (cli->batch && prints(cli, command, call))
		out_stdout();
	if (!command->run)
		return help(cli, call);
	if (!prints_table(cli, command))
		return run_function(cli, command, call);
	terminal = table_begin();
	status = run_function(cli, command, call);
	table_end(terminal);
	return status;
}

static int run_changing(struct cli *cli, const struct command *command,
			const struct call *call, const struct words *words)
{
	const struct confirmed line = {
		.command = command,
		.call = call,
		.run = run_command,
		.words = words->list,
		.count = words->count,
	};

	if (cli->confirm && !cli->dry_run && !cli->test)
		return confirm_run(cli, &line);
	if (session_check_line(cli, words->count, words->list))
		return EXIT_FAILURE;
	if (!(command->traits & UNDOABLE))
		batch_note_unsaved(cli, words->count, words->list);
	else if (batch_begin_change(cli))
		return EXIT_FAILURE;
	return run_command(cli, command, call);
}

static int resolve(struct cli *cli, const struct words *words)
{
	static const struct command command = { .name = "--resolve" };
	const struct call call = { NULL, words->count, words->list };

	if (words->count != 1) {
		cli_message(cli, _("usage: brctl %s"), "--resolve <device>");
		return EXIT_FAILURE;
	}
	if (check_traits(cli, &command) || batch_refuses_netns(cli))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	if (connect_to_kernel(cli))
		return EXIT_FAILURE;
	return cmd_resolve(cli, &call);
}

static int run(struct cli *cli, const struct words *words)
{
	const struct command *command;
	int ignored, failure, status;
	struct call call;

	if (words->resolves)
		return resolve(cli, words);
	if (words->count == 0)
		return cli->batch ? batch_refuse_empty(cli) : usage_error(cli);
	command = command_find(words->list[0]);
	if (!command)
		return unknown_command(cli, words);
	if (cli->batch && command->traits & OUTSIDE)
		return batch_refuse_word(cli, command->name);
	call = (struct call){
		.setting = &command->setting,
		.argc = words->count - 1,
		.argv = words->list + 1,
	};
	failure = failure_of(command, EXIT_FAILURE);
	if (call.argc < command->least ||
	    (call.argc > command->most && !(command->traits & CLASSIC))) {
		refuse_count(cli, command);
		return failure;
	}
	if (check_traits(cli, command) || batch_refuses_netns(cli))
		return failure;
	if (command->run && connect_to_kernel(cli))
		return failure;
	status = command->traits & (CHANGES | RUNS_LINES)
			 ? run_changing(cli, command, &call, words)
			 : run_command(cli, command, &call);
	cli_report_dry_run(cli, status, words->count, words->list);
	ignored = count_ignored(cli, command, call.argc);
	cli_warn_ignored(cli, ignored, call.argv + call.argc - ignored);
	return status;
}

/* The words are stored in argv itself: there are never more of them than were
 * read from it. */
static int run_line(struct cli *cli, int argc, char **argv)
{
	struct words words = {
		.program = argv[0],
		.list = argv + 1,
		.cli = cli,
	};

	read_words(&words, argc, argv);
	return words.finished ? words.status : run(cli, &words);
}

const struct program brctl_program = { "brctl", run_line };

int brctl_main(int argc, char **argv, const struct program *const *programs)
{
	struct cli cli = { .tool = "brctl", .programs = programs };

	if (argc < 1)
		return EXIT_FAILURE;
	cli_choose_language();
	return cli_finish(&cli, run_line(&cli, argc, argv));
}
