/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* batch: runs the commands of a file. */

#include "config.h"

#include "cli/batch.h"

#include "vconfig.h"

int vconfig_batch(struct cli *cli, const struct call *call)
{
	return batch_run(cli, call->argc ? call->argv[0] : "-");
}
