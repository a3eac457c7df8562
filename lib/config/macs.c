/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Collects FDB entries that are added together. */

#include "config.h"

#include "config/macs.h"

#include <string.h>

struct fdb_new macs_entry(const struct item *item)
{
	struct fdb_new entry = {
		.vlan = item->vid,
		.state = strncmp(item->value, "local", 5) == 0 ? VBR_FDB_LOCAL
							       : VBR_FDB_STATIC,
		.flags = strstr(item->value, "sticky") ? VBR_FDB_STICKY : 0,
	};

	vbr_parse_mac(item->name, entry.mac);
	return entry;
}

static bool fits(const struct macs *macs, const struct item *item)
{
	if (macs->count == 0)
		return !name_is_long(item->device) &&
		       !name_is_long(item->member);
	return macs->count < FDB_NEW_MAX &&
	       strcmp(macs->bridge, item->device) == 0 &&
	       strcmp(macs->member, item->member) == 0;
}

bool macs_take(struct macs *macs, const struct items *items, const char *line)
{
	const struct item *item = items->list;

	if (items->count != 1 || item->kind != ITEM_MAC || !item->value ||
	    !fits(macs, item))
		return false;
	strcpy(macs->bridge, item->device);
	strcpy(macs->member, item->member);
	macs->lines[macs->count] = line;
	macs->entries[macs->count++] = macs_entry(item);
	return true;
}
