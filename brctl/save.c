/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* save: prints the commands that make the bridges again. */

#include "config.h"

#include <stdlib.h>

#include "cli/json.h"
#include "commands.h"
#include "config-json.h"
#include "config-text.h"
#include "vbridge.h"

int cmd_save(struct cli *cli, const struct call *call)
{
	struct vbr_config *config;
	int status;

	if (cli->json && json_load(cli) < 0)
		return EXIT_FAILURE;
	if (vbr_config_capture(cli->ctx, (const char *const *)call->argv,
			       (size_t)call->argc, &config) < 0)
		return cli_fail(cli);
	if (cli->json)
		status = print_config_json(cli, vbr_config_text(config));
	else
		status = config_print(cli, config);
	config_print_losses(cli, config, N_("not saved: %.*s"));
	vbr_config_free(config);
	return status;
}
