/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Collects FDB entries that are added together. */

#include "config.h"

#include "config/macs.h"

#include <string.h>

#include "config/remote.h"

struct vbr_new_fdb_entry macs_entry(const struct item *item)
{
	return (struct vbr_new_fdb_entry){
		.vlan = item->vid,
		.state = item_entry_state(item),
		.flags = item_entry_flags(item),
	};
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

	struct fdb_new *entry = &macs->entries[macs->count];

	if (items->count != 1 || item->kind != ITEM_MAC || !item->value ||
	    remote_is_in(item->name) || !fits(macs, item))
		return false;
	strcpy(macs->bridge, item->device);
	strcpy(macs->member, item->member);
	entry->with = macs_entry(item);
	item_mac(item, entry->mac);
	macs->lines[macs->count++] = line;
	return true;
}
