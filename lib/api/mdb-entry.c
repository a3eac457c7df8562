/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The properties of members of multicast groups and of router ports. */

#include "config.h"

#include <linux/if_bridge.h>

#include "api/remote.h"
#include "vbridge.h"
#include "wire/kernel.h"
#include "wire/mdb.h"

int vbr_mdb_entry_index(const struct vbr_mdb_entry *entry)
{
	return entry->port;
}

int vbr_mdb_entry_bridge_index(const struct vbr_mdb_entry *entry)
{
	return entry->bridge;
}

void vbr_mdb_entry_group(const struct vbr_mdb_entry *entry, char *ret_text)
{
	address_format(&entry->group, ret_text);
}

bool vbr_mdb_entry_source(const struct vbr_mdb_entry *entry, char *ret_text)
{
	if (entry->has_source)
		address_format(&entry->source, ret_text);
	return entry->has_source;
}

unsigned int vbr_mdb_entry_vlan(const struct vbr_mdb_entry *entry)
{
	return entry->vlan;
}

uint32_t vbr_mdb_entry_timer(const struct vbr_mdb_entry *entry)
{
	return entry->timer;
}

unsigned int vbr_mdb_entry_flags(const struct vbr_mdb_entry *entry)
{
	unsigned int flags = 0;

	if (entry->state & MDB_PERMANENT)
		flags |= VBR_MDB_PERMANENT;
	if (entry->has_mode && entry->mode)
		flags |= VBR_MDB_INCLUDE;
	if (entry->flags & MDB_FLAGS_FAST_LEAVE)
		flags |= VBR_MDB_FAST_LEAVE;
	if (entry->flags & MDB_FLAGS_STAR_EXCL)
		flags |= VBR_MDB_STAR_EXCL;
	if (entry->flags & MDB_FLAGS_BLOCKED)
		flags |= VBR_MDB_BLOCKED;
	if (entry->flags & MDB_FLAGS_OFFLOAD)
		flags |= VBR_MDB_OFFLOADED;
	if (entry->flags & VB_MDB_FLAGS_OFFLOAD_FAILED)
		flags |= VBR_MDB_OFFLOAD_FAILED;
	return flags;
}

enum vbr_mdb_mode vbr_mdb_entry_mode(const struct vbr_mdb_entry *entry)
{
	if (!entry->has_mode)
		return VBR_MDB_MODE_NONE;
	return entry->mode ? VBR_MDB_MODE_INCLUDE : VBR_MDB_MODE_EXCLUDE;
}

unsigned int vbr_mdb_entry_protocol(const struct vbr_mdb_entry *entry)
{
	return entry->protocol;
}

bool vbr_mdb_entry_remote(const struct vbr_mdb_entry *entry,
			  struct vbr_remote *ret_remote)
{
	const struct remote *remote = &entry->remote;

	if (!remote->has_dst)
		return false;
	remote_export(remote, ret_remote);
	return true;
}

bool vbr_mdb_entry_source_at(const struct vbr_mdb_entry *entry, size_t i,
			     char *ret_text, uint32_t *ret_timer)
{
	struct attr_span sources = entry->sources;
	struct address source;
	uint32_t timer;

	while (mdb_take_source(&sources, entry->group.family, &source,
			       &timer)) {
		if (i-- > 0)
			continue;
		address_format(&source, ret_text);
		*ret_timer = timer;
		return true;
	}
	return false;
}

int vbr_mdb_router_index(const struct vbr_mdb_router *router)
{
	return router->port;
}

int vbr_mdb_router_bridge_index(const struct vbr_mdb_router *router)
{
	return router->bridge;
}

unsigned int vbr_mdb_router_type(const struct vbr_mdb_router *router)
{
	return router->type;
}

unsigned int vbr_mdb_router_vlan(const struct vbr_mdb_router *router)
{
	return router->vlan;
}

uint32_t vbr_mdb_router_timer(const struct vbr_mdb_router *router)
{
	return router->timer;
}
