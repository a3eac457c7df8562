/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Measures the memory of this process. */

#include "config.h"

#include "unit.h"

#include "unit/memory-usage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* VmData includes malloc() and mmap(). */
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

/* Sanitizers and valgrind use memory of their own. */
static bool is_watched(void)
{
#ifdef WITH_SANITIZERS
	return true;
#else
	const char *preloaded = getenv("LD_PRELOAD");

	return preloaded && strstr(preloaded, "vgpreload");
#endif
}

void memory_usage_begin(struct memory_usage *memory_usage)
{
	if (is_watched())
		skip();
	/* Makes stdio allocate its buffers first. */
	data_bytes();
	*memory_usage = (struct memory_usage){ .before = data_bytes() };
}

void memory_usage_update(struct memory_usage *memory_usage)
{
	size_t now = data_bytes();

	if (now > memory_usage->most)
		memory_usage->most = now;
}

size_t memory_usage_growth(const struct memory_usage *memory_usage)
{
	assert_true(memory_usage->most >= memory_usage->before);
	return memory_usage->most - memory_usage->before;
}

int memory_usage_entry(const struct vbr_fdb_entry *entry, void *data)
{
	struct memory_usage *memory_usage = data;

	(void)entry;
	if (memory_usage->entries++ % 1000 == 0)
		memory_usage_update(memory_usage);
	return 0;
}
