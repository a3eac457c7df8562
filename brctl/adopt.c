/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* adopt and release: move a NIC into a bridge and out of it, with its
 * addresses. */

#include "config.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli/out.h"
#include "commands.h"
#include "managers.h"
#include "signals.h"
#include "vbridge.h"

struct told {
	const struct cli *cli;
	bool breaks;
};

/* The plan goes to stdout: it can be run. */
static void tell(void *data, enum vbr_move_note kind, const char *text)
{
	struct told *told = data;

	switch (kind) {
	case VBR_MOVE_STEP:
		puts(text);
		break;
	case VBR_MOVE_BREAKS:
		told->breaks = true;
		cli_message(told->cli, "%s", text);
		break;
	default:
		cli_message(told->cli, "%s", text);
		break;
	}
}

/* "vlan VID", and for adopt how the NIC sends it. */
static int take_vlan(const struct cli *cli, const struct call *call,
		     bool to_bridge, struct vbr_move_options *options)
{
	struct args args = args_after(cli, call, 2);
	const char *word;

	while ((word = args_next(&args))) {
		int rc = EXIT_SUCCESS;

		if (strcmp(word, "vlan") == 0)
			rc = args_next_vlan(&args, &options->vlan);
		else if (!to_bridge || !options->vlan)
			rc = cli_bad_word(cli, _("\"%s\" is not \"vlan\""),
					  word);
		else if (strcmp(word, "tagged") == 0)
			options->flags |= VBR_MOVE_TAGGED;
		else if (strcmp(word, "untagged") != 0)
			rc = cli_bad_word(
				cli, _("\"%s\" is neither untagged nor tagged"),
				word);
		if (rc)
			return rc;
	}
	return EXIT_SUCCESS;
}

typedef int move_fn(struct vbr_ctx *ctx, const char *bridge, const char *device,
		    const struct vbr_move_options *options);

static int move(const struct cli *cli, const struct call *call,
		move_fn *function, bool to_bridge)
{
	struct told told = { .cli = cli };
	struct vbr_move_options options = {
		.flags = cli->force ? VBR_MOVE_FORCE : 0,
		.note = tell,
		.note_data = &told,
	};
	const char *bridge = call->argv[0], *device = call->argv[1];
	sigset_t before;
	int rc;

	if (take_vlan(cli, call, to_bridge, &options))
		return EXIT_FAILURE;
	managers_warn(cli, to_bridge ? device : bridge,
		      to_bridge ? bridge : device);
	signals_block(&before);
	rc = function(cli->ctx, bridge, device, &options);
	signals_restore(&before);
	if (rc < 0) {
		cli_fail(cli);
		if (told.breaks && !cli->force)
			cli_message(cli, "%s",
				    _("to do it nevertheless: --force"));
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

int cmd_adopt(struct cli *cli, const struct call *call)
{
	return move(cli, call, vbr_adopt, true);
}

int cmd_release(struct cli *cli, const struct call *call)
{
	return move(cli, call, vbr_release, false);
}
