/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The command line of vconfig: its usage, and its classic behaviour. */

#include "config.h"

#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "cli/out.h"
#include "vbridge.h"
#include "vconfig.h"

struct row {
	char term[20], help[52];
};

static const struct row flags[] = {
	{ "1   REORDER_HDR", N_("the tag is taken out of the frame") },
	{ "2   GVRP", N_("the VLAN is announced by GVRP") },
	{ "4   LOOSE_BINDING",
	  N_("the device is up even if its parent is down") },
	{ "8   MVRP", N_("the VLAN is announced by MVRP") },
	{ "16  BRIDGE_BINDING",
	  N_("the device is up while a port in its VLAN is up") },
};

static const struct row options[] = {
	{ "-n, --netns=NETNS", N_("work in another network namespace") },
	{ "-j, --json", N_("print JSON") },
	{ "    --may-exist", N_("no error if it exists already") },
	{ "    --if-exists", N_("no error if it does not exist") },
	{ "    --dry-run", N_("check, but change nothing") },
	{ "    --keep-going", N_("batch: go on after an error") },
	{ "    --test", N_("batch: check the lines only") },
	{ "    --atomic", N_("batch: undo all after an error") },
	{ "-h, --help", N_("print this help") },
	{ "-V, --version", N_("print the version") },
};

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

typedef const char *language_fn(const char *text);

static const char *in_english(const char *text)
{
	return text;
}

static const char *in_users_language(const char *text)
{
	return _(text);
}

static void print_rows(language_fn *said, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		printf("\t%-18s  %s\n", rows[i].term, said(rows[i].help));
}

static void print_in(language_fn *said)
{
	const struct command *command;

	puts("Usage: vconfig [OPTION...] COMMAND ARGUMENT...");
	for (size_t i = 0; (command = vconfig_command_at(i)); i++)
		printf("\t%-15s %s\n", command->name, command->arguments);
	printf("\n%s\n",
	       said(N_("PRIORITY is that of packets within the host, QOS the "
		       "one in the tag, 0-7.")));
	puts(said(N_("TYPE is one of, for VLAN 5 on eth0:")));
	puts("\tVLAN_PLUS_VID           vlan0005\n"
	     "\tVLAN_PLUS_VID_NO_PAD    vlan5\n"
	     "\tDEV_PLUS_VID            eth0.0005\n"
	     "\tDEV_PLUS_VID_NO_PAD     eth0.5");
	puts(said(N_("FLAG is one of:")));
	print_rows(said, flags, COUNT(flags));
	puts(said(N_("OPTION is one of:")));
	print_rows(said, options, COUNT(options));
}

/* The command "help". */
static int help(struct cli *cli, const struct call *call)
{
	const struct command *command;

	if (call->argc == 0) {
		print_in(in_users_language);
		return EXIT_SUCCESS;
	}
	command = vconfig_command_find(call->argv[0]);
	if (!command)
		return cli_bad_word(cli,
				    _("there is no command \"%s\": see vconfig "
				      "help"),
				    call->argv[0]);
	printf("Usage: vconfig %s %s\n%s\n", command->name, command->arguments,
	       _(command->help));
	return EXIT_SUCCESS;
}

/* After an error, the usage is always in English. */
static void print_usage(void)
{
	print_in(in_english);
}

/* The error comes first: the stdout of vconfig was buffered. In a batch, stdout
 * is for what commands show. */
static void print_usage_apart(const struct cli *cli)
{
	if (cli->batch)
		return;
	putchar('\n');
	print_usage();
}

static int refuse_name_type(const struct cli *cli)
{
	fputs("Invalid name type.\n", out_stderr());
	print_usage_apart(cli);
	return STATUS_REFUSED;
}

static int refuse_command(const struct cli *cli, const char *name)
{
	FILE *stream = out_stderr();

	fputs("Unknown command -:", stream);
	out_name(stream, name);
	fputs(":-\n", stream);
	print_usage_apart(cli);
	return STATUS_UNKNOWN;
}

static int refuse_arguments(const struct cli *cli,
			    const struct command *command)
{
	cli_message(cli, _("usage: vconfig %s %s"), command->name,
		    command->arguments);
	return STATUS_REFUSED;
}

/* vconfig counted the name of the program as well. */
static int refuse_count(const struct cli *cli, const struct command *command,
			int count)
{
	if (cli->batch)
		return refuse_arguments(cli, command);
	printf("Expecting argc to be 3-5, inclusive.  Was: %d\n\n", count + 1);
	print_usage();
	return STATUS_REFUSED;
}

#define CONFIG_FILE "/proc/net/vlan/config"

/* In the current namespace, the file exists if the module is loaded. The
 * library would first check which namespace the socket is in. */
static bool has_module(struct cli *cli)
{
	enum vbr_vlan_name_type naming;

	return cli->netns ? vbr_vlan_get_name_type(cli->ctx, &naming) == 0
			  : faccessat(AT_FDCWD, CONFIG_FILE, R_OK,
				      AT_EACCESS) == 0;
}

static void warn_of_missing_module(struct cli *cli)
{
	if (has_module(cli))
		return;
	fputs("WARNING:  Could not open " CONFIG_FILE ".  "
	      "Maybe you need to load the 8021q module, "
	      "or maybe you are not using PROCFS??\n",
	      out_stderr());
}

static int refuse_netns(const struct cli *cli, const char *word)
{
	cli_message(cli, _("%s needs a network namespace"), word);
	return STATUS_REFUSED;
}

/* Rejects an option that has no meaning for the command: maybe another one was
 * meant. */
static int check_options(struct cli *cli, const struct command *command)
{
	const struct option_name *option;

	for (size_t i = 0; (option = option_at(i)); i++) {
		char name[16];

		if (!*option_of(cli, option->letter) ||
		    strchr(command->options, option->letter))
			continue;
		snprintf(name, sizeof(name), "--%s", option->name);
		cli_message(cli, _("%s: option %s is not supported"),
			    command->name, name);
		return STATUS_REFUSED;
	}
	return EXIT_SUCCESS;
}

/* The kernel's ALTIFNAMSIZ, with the NUL. */
#define ALTNAME_SIZE 128

static int refuse_length(void)
{
	fputs("ERROR:  if_name must be 15 characters or less.\n", out_stderr());
	return STATUS_REFUSED;
}

/*
 * vconfig refused names that are too long, which only altnames may be. Without
 * a device of that name, there is nothing to remove; but a name that no device
 * can have is always an error.
 */
static int check_device(struct cli *cli, const char *device)
{
	size_t len = strlen(device);
	int rc;

	if (len >= ALTNAME_SIZE)
		return refuse_length();
	if (len < VBR_NAME_SIZE || cli_is_test(cli))
		return EXIT_SUCCESS;
	rc = cli_connect(cli);
	if (rc < 0)
		return cli_refuse_connection(cli, -rc);
	rc = vbr_link_resolve(cli->ctx, device, NULL, NULL);
	if (rc == 0 || (rc == -ENODEV && cli->if_exists))
		return EXIT_SUCCESS;
	return rc == -ENODEV ? refuse_length() : cli_fail(cli);
}

/* The number of arguments that are ignored. */
static int excess_of(const struct command *command, const struct call *call)
{
	return call->argc > command->most ? call->argc - command->most : 0;
}

/* In the order of the classic vconfig. */
static int check(struct cli *cli, const struct command *command, int count,
		 const struct call *call)
{
	int excess = excess_of(command, call);

	if (excess && count > 4)
		return refuse_count(cli, command, count);
	if (excess && !command->is_classic)
		return refuse_arguments(cli, command);
	if (command->begins_with_device && check_device(cli, call->argv[0]))
		return STATUS_REFUSED;
	if (call->argc < command->least)
		return refuse_arguments(cli, command);
	if (check_options(cli, command) || batch_refuses_netns(cli))
		return STATUS_REFUSED;
	if (cli->batch && command->run == vconfig_batch)
		return batch_refuse_word(cli, command->name);
	return EXIT_SUCCESS;
}

/* All commands that are not classic only show something. */
static int begin_change(const struct cli *cli, const struct command *command,
			const struct call *call)
{
	if (!command->is_classic)
		return EXIT_SUCCESS;
	if (command->run != vconfig_set_name_type)
		return batch_begin_change(cli);
	batch_note_unsaved(cli, call->argc + 1, call->argv - 1);
	return EXIT_SUCCESS;
}

static int run_command(struct cli *cli, const struct command *command,
		       const struct call *call)
{
	int rc = command->run ? cli_connect(cli) : 0;

	if (rc < 0)
		return cli_refuse_connection(cli, -rc);
	if (cli_is_test(cli) && !command->has_values)
		return EXIT_SUCCESS;
	if (cli->batch)
		out_stdout();
	if (!command->run)
		return help(cli, call);
	if (command->is_classic && !cli_is_test(cli))
		warn_of_missing_module(cli);
	if (begin_change(cli, command, call))
		return STATUS_REFUSED;
	return command->run(cli, call);
}

static int run(struct cli *cli, int count, char **words)
{
	const struct command *command = count ? vconfig_command_find(words[0])
					      : NULL;
	struct call call = { .argc = count - 1, .argv = words + 1 };
	int status, taken;

	/*
	 * vconfig's rule for the number of arguments does not apply to new
	 * commands, nor to a line of a batch without a command.
	 */
	if ((!command || call.argc < command->least) &&
	    (count < 2 || count > 4) && (command || !cli->batch))
		return refuse_count(cli, command, count);
	if (count == 0)
		return batch_refuse_empty(cli);
	if (!command)
		return refuse_command(cli, words[0]);
	/* Options come first. But after new commands, they cannot be names of
	 * devices. */
	if (!command->is_classic) {
		taken = take_options(cli, call.argc, call.argv);
		call.argc -= taken;
		call.argv += taken;
	}
	status = check(cli, command, count, &call);
	if (status)
		return status;
	status = run_command(cli, command, &call);
	if (status == WRONG_COUNT)
		return refuse_count(cli, command, count);
	if (status == WRONG_NAME_TYPE)
		return refuse_name_type(cli);
	cli_report_dry_run(cli, status, count, words);
	cli_warn_ignored(cli, excess_of(command, &call),
			 call.argv + command->most);
	return status;
}

static bool is_one_of(const char *word, const char *letter, const char *name)
{
	return strcmp(word, letter) == 0 || strcmp(word, name) == 0;
}

static int answer_question(const struct cli *cli, const char *word,
			   bool is_version)
{
	if (cli->batch)
		return batch_refuse_word(cli, word);
	if (is_version)
		printf("vbridge vconfig %s\n", PACKAGE_VERSION);
	else
		print_in(in_users_language);
	return EXIT_SUCCESS;
}

static int run_line(struct cli *cli, int argc, char **argv)
{
	int at = 1 + take_options(cli, argc - 1, argv + 1);
	const char *last = argc == at + 1 ? argv[at] : "";

	if (is_one_of(last, "-V", "--version"))
		return answer_question(cli, last, true);
	if (is_one_of(last, "-h", "--help"))
		return answer_question(cli, last, false);
	if (is_netns(last))
		return refuse_netns(cli, last);
	if (!cli->batch && argc > 1 && strcmp(argv[1], "--complete") == 0) {
		vconfig_complete(cli, argc - 2, argv + 2);
		return EXIT_SUCCESS;
	}
	return run(cli, argc - at, argv + at);
}

const struct program vconfig_program = { "vconfig", run_line };

int vconfig_main(int argc, char **argv, const struct program *const *programs)
{
	struct cli cli = { .tool = "vconfig", .programs = programs };

	if (argc < 1)
		return EXIT_FAILURE;
	cli_choose_language();
	return cli_finish(&cli, run_line(&cli, argc, argv));
}
