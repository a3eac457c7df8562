/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Weighs this process. */

#include "config.h"

#include "unit.h"

#include "unit/memory-usage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* VmData counts a malloc() and an mmap() alike. */
static size_t data_bytes(void)
{
	FILE *file = fopen("/proc/self/status", "re");
	char line[256];
	size_t kib = 0;

	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "VmData: %zu kB", &kib) == 1)
			break;
	fclose(file);
	assert_true(kib > 0);
	return kib * 1024;
}

/* They have their own way with memory, within this process. */
static bool is_watched(void)
{
#ifdef WITH_SANITIZERS
	return true;
#else
	const char *preloaded = getenv("LD_PRELOAD");

	return preloaded && strstr(preloaded, "vgpreload");
#endif
}

void weigh_first(struct weight *weight)
{
	if (is_watched())
		skip();
	/* What stdio needs itself is there then. */
	data_bytes();
	*weight = (struct weight){ .before = data_bytes() };
}

void weigh(struct weight *weight)
{
	size_t now = data_bytes();

	if (now > weight->most)
		weight->most = now;
}

size_t weight_gained(const struct weight *weight)
{
	assert_true(weight->most >= weight->before);
	return weight->most - weight->before;
}

int weigh_entry(const struct vbr_fdb_entry *entry, void *data)
{
	struct weight *weight = data;

	(void)entry;
	if (weight->entries++ % 1000 == 0)
		weigh(weight);
	return 0;
}
