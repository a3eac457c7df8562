/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* addif and delif: many interfaces in one call, and the first that is refused
 * ends it; those before it keep what was done to them. */

#include "config.h"

#include <stdlib.h>

#include "brctl.h"
#include "vbridge.h"

typedef int port_fn(struct vbr_ctx *ctx, const char *bridge,
		    const char *port);

static int for_each_port(struct cli *cli, const struct call *call,
			 port_fn *function, enum failure failure)
{
	const char *bridge = call->argv[0];

	for (int i = 1; i < call->argc; i++) {
		int rc = function(cli->ctx, bridge, call->argv[i]);

		if (rc < 0)
			return report(cli, failure, -rc, bridge,
				      call->argv[i]);
	}
	return EXIT_SUCCESS;
}

int cmd_addif(struct cli *cli, const struct call *call)
{
	return for_each_port(cli, call, vbr_port_add, FAIL_ADDIF);
}

int cmd_delif(struct cli *cli, const struct call *call)
{
	return for_each_port(cli, call, vbr_port_del, FAIL_DELIF);
}
