/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The commands addbr and delbr. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "commands.h"
#include "vbridge.h"

/* An existing device is what was requested only if it is a bridge. */
static bool is_bridge(struct cli *cli, const char *name)
{
	struct vbr_bridge *bridge;

	if (vbr_bridge_get(cli->ctx, name, &bridge) < 0)
		return false;
	vbr_bridge_free(bridge);
	return true;
}

int cmd_addbr(struct cli *cli, const struct call *call)
{
	const char *bridge = call->argv[0];
	int rc;

	/* A new bridge cannot have such a name, but one that exists can. */
	if (cli->may_exist && strlen(bridge) >= VBR_NAME_SIZE &&
	    (cli_is_test(cli) || is_bridge(cli, bridge)))
		return cli_unchanged(cli);
	rc = vbr_bridge_add(cli->ctx, bridge);
	/* A line before it may delete the device. */
	if (rc == -EEXIST && cli_is_test(cli))
		return EXIT_SUCCESS;
	if (rc == -EEXIST && cli->may_exist && is_bridge(cli, bridge))
		return cli_unchanged(cli);
	if (rc == 0)
		return EXIT_SUCCESS;
	return report(cli, FAIL_ADDBR, -rc, bridge, NULL);
}

int cmd_delbr(struct cli *cli, const struct call *call)
{
	int rc;

	if (check_device_names(cli, 1, call->argv))
		return EXIT_FAILURE;
	rc = vbr_bridge_del(cli->ctx, call->argv[0]);
	if (rc == -ENODEV && cli->if_exists)
		return cli_unchanged(cli);
	if (rc == 0)
		return EXIT_SUCCESS;
	return report(cli, FAIL_DELBR, -rc, call->argv[0], NULL);
}
