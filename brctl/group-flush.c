/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* flushgroups: deletes the members of multicast groups that match. */

#include "config.h"

#include <stdlib.h>

#include "args.h"
#include "commands.h"
#include "group-words.h"
#include "targets.h"

static int flush_one(struct cli *cli, const char *bridge, const char *port,
		     const struct group_words *words)
{
	const struct vbr_new_group *with = &words->membership->with;
	const struct vbr_mdb_filter filter = {
		.port = port,
		.vlan = with->vlan,
		.source = with->source,
		.protocol = with->protocol,
		.flags = words->flags,
		.flags_mask = words->flags_mask,
		.remote = with->remote,
	};

	return vbr_mdb_flush(cli->ctx, bridge, &filter);
}

static int flush_ports(struct cli *cli, const char *bridge,
		       const struct group_words *words,
		       const struct targets *ports)
{
	for (size_t i = 0; i < ports->count; i++) {
		if (flush_one(cli, bridge, ports->names[i], words) == 0)
			continue;
		cli_fail(cli);
		if (i > 0 && !cli->dry_run)
			cli_message(cli, "%s",
				    _("the members before it are deleted"));
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

static int flush_listed(struct cli *cli, const char *bridge,
			const struct group_words *words)
{
	struct targets ports;
	int status;

	if (targets_take_members(cli, bridge, words->port, &ports))
		return EXIT_FAILURE;
	status = targets_check_members(cli, bridge, &ports);
	if (status == EXIT_SUCCESS)
		status = flush_ports(cli, bridge, words, &ports);
	targets_drop(&ports);
	return status;
}

int cmd_flushgroups(struct cli *cli, const struct call *call)
{
	struct membership membership = { 0 };
	struct args args = args_after(cli, call, 1);
	struct group_words words = { cli, GROUP_FLUSH, &membership };

	if (group_words_take(&args, &words))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	if (words.port)
		return flush_listed(cli, call->argv[0], &words);
	return flush_one(cli, call->argv[0], NULL, &words) < 0 ? cli_fail(cli)
							       : EXIT_SUCCESS;
}
