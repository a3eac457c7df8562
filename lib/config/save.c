/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the files that write a configuration share. */

#include "config.h"

#include "config/save.h"

#include <stdarg.h>
#include <stdio.h>

void save_loss(struct save *save, const char *format, ...)
{
	char line[512];
	va_list list;

	va_start(list, format);
	vsnprintf(line, sizeof(line), format, list);
	va_end(list);
	text_put(&save->losses, line);
	text_put(&save->losses, "\n");
}

struct save_device *save_find_device(const struct save *save, int index)
{
	const struct vbr_link *link = links_find(&save->links, index);

	return link ? &save->devices[links_position(&save->links, link)] : NULL;
}

uint64_t save_bridge_number(const struct vbr_bridge *bridge, const char *option)
{
	uint64_t value;

	return vbr_bridge_value(bridge, option, &value) == 0 ? value : 0;
}
