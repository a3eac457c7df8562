/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* save: prints the commands that make the bridges again. */

#include "config.h"

#include "commands.h"
#include "config-text.h"
#include "vbridge.h"

int cmd_save(struct cli *cli, const struct call *call)
{
	struct vbr_config *config;
	int status;

	if (vbr_config_capture(cli->ctx, (const char *const *)call->argv,
			       (size_t)call->argc, &config) < 0)
		return cli_fail(cli);
	status = config_print(cli, config, N_("not saved: %.*s"));
	vbr_config_free(config);
	return status;
}
