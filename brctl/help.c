/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The usage of brctl, its help, and where to find it. */

#include "config.h"

#include "help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/out.h"
#include "cli/suggest.h"
#include "flags.h"

/* The classic usage has the help in a column, after one or two tabs. */
static void print_arguments(const struct command *command)
{
	printf("%s%s", command->arguments,
	       strlen(command->arguments) < 16 ? "\t\t" : "\t");
	if (command->help[0])
		puts(command->help);
	else
		printf("set %s\n", command->setting.option);
}

void print_usage(void)
{
	const struct command *command;

	puts("Usage: brctl [commands]");
	puts("commands:");
	for (size_t i = 0;
	     (command = command_at(i)) && command->traits & CLASSIC; i++) {
		printf("\t%-10s\t", command->name);
		print_arguments(command);
	}
}

void print_usage_of(const struct command *command)
{
	printf("Usage: brctl %s ", command->name);
	print_arguments(command);
}

static const struct {
	char option[24], help[44];
} option_helps[] = {
	{ "-n, --netns=<netns>", N_("work in another network namespace") },
	{ "-j, --json", N_("print JSON") },
	{ "    --long", N_("print more columns and rows") },
	{ "-s, --statistics", N_("print counters") },
	{ "    --settable", N_("print only what can be set") },
	{ "    --list", N_("check: print the rules") },
	{ "    --explain=<rule>", N_("check: explain a rule") },
	{ "    --dot", N_("tree: print a graph for Graphviz") },
	{ "    --svg=<file>", N_("tree: let Graphviz draw a picture") },
	{ "    --check", N_("tree: mark what check finds") },
	{ "    --trace=<words>", N_("tree: mark where a frame goes") },
	{ "    --follow", N_("trace: go on at the next bridge") },
	{ "    --may-exist", N_("no error if it exists already") },
	{ "    --if-exists", N_("no error if it does not exist") },
	{ "    --dry-run", N_("check, but change nothing") },
	{ "    --keep-going", N_("batch: go on after an error") },
	{ "    --test", N_("batch: check the lines only") },
	{ "    --atomic", N_("batch: undo all after an error") },
	{ "    --confirm=<s>", N_("undo in s seconds, unless confirmed") },
	{ "    --exact", N_("remove what is not in the file") },
	{ "    --interval=<s>", N_("stats: print rates every s seconds") },
	{ "    --openmetrics", N_("stats: print for Prometheus") },
	{ "    --wait=<seconds>",
	  N_("wait for missing devices, or for frames") },
	{ "    --after=<line>", N_("reach: show what it would change") },
	{ "    --diff=<file>", N_("reach: show what restore would change") },
	{ "    --live", N_("trace: show real frames, too") },
	{ "    --send", N_("trace --live: send such a frame") },
	{ "    --count=<number>", N_("trace --live: show so many frames") },
	{ "    --force", N_("do it even if something breaks") },
	{ "    --resolve", N_("without a command: print a device's name") },
	{ "-h, --help", N_("print this help") },
	{ "-V, --version", N_("print the version") },
};

#define OPTION_HELPS (sizeof(option_helps) / sizeof(option_helps[0]))

/* Commands that set one option have no help of their own. */
static void print_description(const struct command *command)
{
	if (command->help[0])
		fputs(_(command->help), stdout);
	else
		/* Translators: the name of an option. */
		printf(_("set the option %s"), command->setting.option);
	putchar('\n');
}

void print_help(void)
{
	const struct command *command;

	print_usage();
	printf("\n%s\n", _("new commands:"));
	for (size_t i = 0; (command = command_at(i)); i++) {
		if (command->traits & CLASSIC)
			continue;
		printf("\t%-*s%s\n\t\t\t", command->arguments[0] ? 16 : 0,
		       command->name, command->arguments);
		print_description(command);
	}
	printf("\n%s\n", _("options, anywhere before \"--\":"));
	for (size_t i = 0; i < OPTION_HELPS; i++)
		printf("\t%-20s  %s\n", option_helps[i].option,
		       _(option_helps[i].help));
}

/* The options that only some commands accept. */
static void print_options(const struct command *command)
{
	bool is_first = true;

	for (const struct option *option = flags; option->name; option++) {
		if (!(command->traits & flag_trait(option->val)))
			continue;
		printf("%s --%s", is_first ? "Options:" : "", option->name);
		is_first = false;
	}
	if (!is_first)
		putchar('\n');
}

/* Other forms of a command. The first is in the classic usage, which scripts
 * may compare, or is the grammar for completion. */
static const struct {
	char command[12], arguments[256];
} other_forms[] = {
	{ "addif", "<bridge> <device> <device> ..." },
	{ "delif", "<bridge> <device> <device> ..." },
	{ "show", "<bridge> <bridge> ..." },
	{ "showmacs", "{--long|--json} <bridge> [port <member>] [vlan <vid>] "
		      "[[no]local|static|learned|expired] [[no]sticky] "
		      "[[no]extern] [[no]offloaded] [[no]locked] [[no]router] "
		      "[[no]activity_notify] [[no]inactive] [[no]self] "
		      "[dst <ip>] [vni <vni>] [src_vni <vni>] [nhid <id>]" },
	{ "setnf", "<setting>={on|off} ..." },
};

static void print_other_form(const char *command)
{
	for (size_t i = 0; i < sizeof(other_forms) / sizeof(other_forms[0]);
	     i++)
		if (strcmp(other_forms[i].command, command) == 0)
			printf("       brctl %s %s\n", command,
			       other_forms[i].arguments);
}

int help(struct cli *cli, const struct call *call)
{
	const struct command *command;

	if (call->argc == 0) {
		print_help();
		return EXIT_SUCCESS;
	}
	command = command_find(call->argv[0]);
	if (!command) {
		cli_bad_word(cli, _("there is no command \"%s\""),
			     call->argv[0]);
		suggest(cli, call->argc, call->argv);
		return EXIT_FAILURE;
	}
	printf("Usage: brctl %s%s%s\n", command->name,
	       command->arguments[0] ? " " : "", command->arguments);
	print_other_form(command->name);
	print_description(command);
	print_options(command);
	return EXIT_SUCCESS;
}

/* --- unknown commands ----------------------------------------------------- */

#define GROUPS "showgroups, getgroup, addgroup, delgroup, flushgroups"

/* The words of iproute2, Open vSwitch and others, and the commands that do what
 * they stand for. */
static const struct {
	char word[12], commands[64];
} others[] = {
	{ "fdb", "showmacs, getmac, addmac, delmac, flush" },
	{ "mac", "showmacs, getmac, addmac, delmac, flush" },
	{ "macs", "showmacs, getmac, addmac, delmac, flush" },
	{ "vlan", "showvlans, addvlan, delvlan, setvlan" },
	{ "vlans", "showvlans, addvlan, delvlan, setvlan" },
	{ "vni", "showvnis, addvni, delvni" },
	{ "mst", "showmst, setmst" },
	{ "mrp", "showmrp" },
	{ "cfm", "showcfm" },
	{ "port", "addif, delif, setport, getport" },
	{ "ports", "show, getport" },
	{ "mdb", GROUPS },
	{ "group", GROUPS },
	{ "groups", GROUPS },
	{ "monitor", "watch" },
	{ "statistics", "stats, showvlans -s" },
	{ "xstats", "stats --long" },
	{ "list", "show" },
	{ "ls", "show" },
	{ "list-br", "show" },
	{ "list-ports", "show" },
	{ "status", "show, showstp" },
	{ "info", "get, getport, showstp" },
	{ "create", "addbr" },
	{ "add-br", "addbr" },
	{ "add-port", "addif" },
	{ "delete", "delbr" },
	{ "del-br", "delbr" },
	{ "del-port", "delif" },
};

static const char *commands_for(const char *word)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(others[i].word, word) == 0)
			return others[i].commands;
	return NULL;
}

void suggest(const struct cli *cli, int count, char *const *words)
{
	const char *next = count > 1 ? words[1] : NULL;
	const char *commands = commands_for(words[0]), *guess;

	if (commands) {
		/* Translators: an unknown command, and those that do it. */
		cli_message(cli, _("%s: see %s"), words[0], commands);
		return;
	}
	guess = suggest_command(words[0], next, command_name);
	if (guess)
		cli_message(cli, _("did you mean %s?"), guess);
	else
		cli_message(cli, "%s", _("for help: brctl help"));
}
