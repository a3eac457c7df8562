/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* vconfig --complete: prints the words that may come next on vconfig's command
 * line. */

#include "config.h"

#include "cli/complete.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "vbridge.h"
#include "vconfig.h"

static void offer_vlans(const struct complete *complete)
{
	const struct vbr_vlan *vlan;
	struct vbr_vlans *vlans;

	if (!complete_connect(complete) ||
	    vbr_vlan_list(complete->cli->ctx, NULL, &vlans) < 0)
		return;
	for (size_t i = 0; (vlan = vbr_vlans_at(vlans, i)); i++)
		complete_name(complete, "", vbr_vlan_name(vlan));
	vbr_vlans_free(vlans);
}

/* Names may be joined by commas. */
static void offer_flags(const struct complete *complete)
{
	const char *last = strrchr(complete->word, ','), *name;
	int len = last ? (int)(last + 1 - complete->word) : 0;
	char text[128];
	uint32_t flag;

	for (size_t i = 0; (name = vconfig_flag_at(i, &flag)); i++) {
		snprintf(text, sizeof(text), "%" PRIu32, flag);
		if (!len)
			complete_word(complete, text);
		snprintf(text, sizeof(text), "%.*s%s", len, complete->word,
			 name);
		complete_word(complete, text);
	}
}

static void offer_commands(const struct complete *complete)
{
	const struct command *command;

	for (size_t i = 0; (command = vconfig_command_at(i)); i++)
		complete_word(complete, command->name);
}

static void offer(const struct complete *complete, const char *kind)
{
	const char *name;

	if (strcmp(kind, "PARENT") == 0)
		complete_devices(complete, false);
	else if (strcmp(kind, "DEVICE") == 0)
		offer_vlans(complete);
	else if (strcmp(kind, "FLAG[,...]") == 0)
		offer_flags(complete);
	else if (strcmp(kind, "COMMAND") == 0)
		offer_commands(complete);
	else if (strcmp(kind, "TYPE") == 0)
		for (size_t i = 0; (name = name_type_at(i)); i++)
			complete_word(complete, name);
}

static void offer_options(const struct complete *complete, bool is_first)
{
	const struct option_name *option;

	if (strncmp(complete->word, "--netns=", 8) == 0) {
		complete_netns(complete, "--netns=");
		return;
	}
	complete_word(complete, "-n");
	complete_word(complete, "--netns=");
	complete_word(complete, "-j");
	for (size_t i = 0; (option = option_at(i)); i++) {
		char text[16];

		snprintf(text, sizeof(text), "--%s", option->name);
		complete_word(complete, text);
	}
	/* These are only valid alone. */
	if (is_first) {
		complete_word(complete, "--help");
		complete_word(complete, "--version");
	}
}

void vconfig_complete(struct cli *cli, int count, char **words)
{
	struct complete complete = { .cli = cli, .word = "", .offer = offer };
	const struct command *command;
	int at;

	complete_silently();
	if (count > 0)
		complete.word = words[--count];
	/* Options come first, and are parsed as in a normal call. */
	at = take_options(cli, count, words);
	if (at == count - 1 && is_netns(words[at])) {
		complete_netns(&complete, "");
	} else if (at == count && complete.word[0] == '-') {
		offer_options(&complete, count == 0);
	} else if (at == count) {
		offer_commands(&complete);
	} else if ((command = vconfig_command_find(words[at]))) {
		at += command->is_classic ? 0
					  : take_options(cli, count - at - 1,
							 words + at + 1);
		complete.words = words + at + 1;
		complete.count = count - at - 1;
		complete_arguments(&complete, command->arguments);
	}
}
