/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The end of a snapshot. */

#include "config.h"

#include "trace/snapshot.h"

#include <stdlib.h>

void trace_snapshot_drop(struct trace_snapshot *snapshot)
{
	free(snapshot->ports);
	free(snapshot->fdb);
	free(snapshot->members);
	free(snapshot->routers);
	free(snapshot->devices);
	arena_free(&snapshot->arena);
}
