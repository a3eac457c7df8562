/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* addbr and delbr. */

#include "config.h"

#include <stdlib.h>

#include "brctl.h"
#include "vbridge.h"

int cmd_addbr(struct cli *cli, const struct call *call)
{
	int rc = vbr_bridge_add(cli->ctx, call->argv[0]);

	if (rc < 0)
		return report(cli, FAIL_ADDBR, -rc, call->argv[0], NULL);
	return EXIT_SUCCESS;
}

int cmd_delbr(struct cli *cli, const struct call *call)
{
	int rc = vbr_bridge_del(cli->ctx, call->argv[0]);

	if (rc < 0)
		return report(cli, FAIL_DELBR, -rc, call->argv[0], NULL);
	return EXIT_SUCCESS;
}
