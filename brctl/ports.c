/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* addif and delif: take several interfaces and stop at the first that is
 * refused; what was done to the earlier ones remains. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>

#include "args.h"
#include "commands.h"
#include "vbridge.h"

typedef int port_fn(struct vbr_ctx *ctx, const char *bridge, const char *port);

/* Refused, but the state is already as requested. */
static bool is_well(struct cli *cli, int error, const char *bridge,
		    const char *port)
{
	int index;

	if (cli->may_exist)
		return error == -EBUSY &&
		       find_port_index(cli, bridge, port, &index) == 0;
	if (!cli->if_exists)
		return false;
	/* EINVAL: not a port, or a port of another bridge. */
	if (error == -EINVAL)
		error = find_port_index(cli, bridge, port, &index);
	return is_missing(error);
}

static int for_each_port(struct cli *cli, const struct call *call,
			 port_fn *function, enum failure failure)
{
	const char *bridge = call->argv[0];
	int done = 0;

	if (check_device_names(cli, (size_t)call->argc, call->argv))
		return EXIT_FAILURE;
	for (int i = 1; i < call->argc; i++) {
		const char *port = call->argv[i];
		int rc = function(cli->ctx, bridge, port);

		if (rc == 0)
			done++;
		else if (!is_well(cli, rc, bridge, port))
			return report(cli, failure, -rc, bridge, port);
	}
	return done ? EXIT_SUCCESS : cli_unchanged(cli);
}

int cmd_addif(struct cli *cli, const struct call *call)
{
	return for_each_port(cli, call, vbr_port_add, FAIL_ADDIF);
}

int cmd_delif(struct cli *cli, const struct call *call)
{
	return for_each_port(cli, call, vbr_port_del, FAIL_DELIF);
}
