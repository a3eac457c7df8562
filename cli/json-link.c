/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* For builds that link jansson: nothing to load. */

#include "config.h"

#include "cli/json.h"

int json_load(const struct cli *cli)
{
	(void)cli;
	return 0;
}
