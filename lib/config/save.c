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

bool save_find_bridge(const struct save *save, int index, size_t *ret_at)
{
	const struct vbr_bridge *bridge;

	for (size_t i = 0; (bridge = vbr_bridges_at(save->bridges, i)); i++) {
		if (vbr_bridge_index(bridge) != index)
			continue;
		*ret_at = i;
		return true;
	}
	return false;
}

bool save_find_vlan(const struct save *save, int index, size_t *ret_at)
{
	const struct vbr_vlan *vlan;

	for (size_t i = 0; (vlan = vbr_vlans_at(save->vlans, i)); i++) {
		if (vbr_vlan_index(vlan) != index)
			continue;
		*ret_at = i;
		return true;
	}
	return false;
}

uint64_t save_bridge_number(const struct vbr_bridge *bridge, const char *option)
{
	uint64_t value;

	return vbr_bridge_value(bridge, option, &value) == 0 ? value : 0;
}
