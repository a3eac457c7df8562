/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The commands that set one option of a bridge or of a port. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/out.h"
#include "commands.h"
#include "vbridge.h"

static int refuse_value(const struct cli *cli, const struct setting *setting)
{
	if (!setting->refusal)
		return cli_fail(cli);
	fprintf(out_stderr(), "%s\n", setting->refusal);
	return EXIT_FAILURE;
}

int cmd_set_bridge(struct cli *cli, const struct call *call)
{
	const struct setting *setting = call->setting;
	const char *bridge = call->argv[0];
	uint64_t value;
	int rc;

	rc = vbr_option_parse_truncated(cli->ctx,
					vbr_option_find(VBR_SCOPE_BRIDGE,
							setting->option),
					call->argv[1], &value);
	if (rc == -EINVAL)
		return refuse_value(cli, setting);
	if (rc == 0 && !cli_is_test(cli))
		rc = vbr_bridge_set(cli->ctx, bridge, setting->option, value);
	if (rc < 0)
		return report(cli, setting->failure, -rc, bridge, NULL);
	return EXIT_SUCCESS;
}

int cmd_set_port(struct cli *cli, const struct call *call)
{
	const struct setting *setting = call->setting;
	const char *bridge = call->argv[0], *port = call->argv[1];
	uint64_t value;
	int rc;

	rc = vbr_option_parse(cli->ctx,
			      vbr_option_find(VBR_SCOPE_PORT, setting->option),
			      call->argv[2], &value);
	if (rc == -EINVAL)
		return refuse_value(cli, setting);
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	/* A value out of range is refused last, after all other checks. */
	if (rc == -ERANGE)
		value = UINT64_MAX;
	rc = vbr_port_set(cli->ctx, bridge, port, setting->option, value);
	if (rc < 0)
		return report(cli, setting->failure, -rc, bridge, port);
	return EXIT_SUCCESS;
}

/* The kernel has not had it since 2.6, but scripts still use it. */
int cmd_setgcint(struct cli *cli, const struct call *call)
{
	(void)call;
	cli_message(cli, "%s",
		    _("setgcint does nothing: the kernel cleans up by "
		      "itself"));
	return cli_unchanged(cli);
}

/* The option has three values; the command accepts two. */
int cmd_stp(struct cli *cli, const struct call *call)
{
	const struct setting *setting = call->setting;
	bool on;
	int rc;

	if (vbr_parse_switch(call->argv[1], &on) < 0)
		return refuse_value(cli, setting);
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	rc = vbr_bridge_set(cli->ctx, call->argv[0], setting->option, on);
	if (rc < 0)
		return report(cli, setting->failure, -rc, call->argv[0], NULL);
	return EXIT_SUCCESS;
}
