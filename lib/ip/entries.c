/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Keeps the FDB entries and multicast groups of a port that leaves its bridge,
 * and adds them if it comes back. What the kernel learns is not kept. */

#include "config.h"

#include "ip/entries.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <string.h>

#include "core/context.h"
#include "ip/move.h"

int entries_keep(struct move *move)
{
	const struct operation operation = move->ctx->operation;
	const char *bridge = move->bridge.name;
	int rc = vbr_fdb_list(move->ctx, bridge, &move->fdb);

	if (rc == 0)
		rc = vbr_mdb_list(move->ctx, bridge, &move->mdb);
	/* A kernel without multicast snooping. */
	if (rc == -EOPNOTSUPP)
		rc = 0;
	move->ctx->operation = operation;
	return rc;
}

/* --- the FDB -------------------------------------------------------------- */

/* The kernel adds the entry of the NIC's own address. */
static bool is_kept(const struct move *move, const struct vbr_fdb_entry *entry)
{
	enum vbr_fdb_state state = vbr_fdb_entry_state(entry);

	if (vbr_fdb_entry_port_index(entry) != move->devices[MOVE_NIC].index ||
	    vbr_fdb_entry_flags(entry) & VBR_FDB_EXTERN)
		return false;
	return state == VBR_FDB_STATIC ||
	       (state == VBR_FDB_LOCAL &&
		memcmp(vbr_fdb_entry_mac(entry), move->mac, 6) != 0);
}

static int add_entry(struct move *move, const struct vbr_fdb_entry *entry)
{
	const struct vbr_new_fdb_entry with = {
		.vlan = vbr_fdb_entry_vlan(entry),
		.state = vbr_fdb_entry_state(entry),
		.flags = vbr_fdb_entry_flags(entry) &
			 (VBR_FDB_STICKY | VBR_FDB_NOTIFY),
		.mode = VBR_FDB_SET,
	};

	move->is_changed = true;
	return vbr_fdb_add_with(move->ctx, move->bridge.name,
				move->devices[MOVE_NIC].name,
				vbr_fdb_entry_mac(entry), &with);
}

static bool was_there(const struct move *move,
		      const struct vbr_fdb_entry *entry)
{
	const struct vbr_fdb_entry *old;

	for (size_t i = 0; (old = vbr_fdb_at(move->fdb, i)); i++)
		if (is_kept(move, old) &&
		    vbr_fdb_entry_vlan(old) == vbr_fdb_entry_vlan(entry) &&
		    memcmp(vbr_fdb_entry_mac(old), vbr_fdb_entry_mac(entry),
			   6) == 0)
			return true;
	return false;
}

/* An entry without a VLAN came with one in each VLAN of the port. */
static int delete_others(struct move *move)
{
	const struct vbr_fdb_entry *entry;
	struct vbr_fdb *now;
	int rc = vbr_fdb_list(move->ctx, move->bridge.name, &now);

	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && (entry = vbr_fdb_at(now, i)); i++)
		if (is_kept(move, entry) && !was_there(move, entry))
			rc = vbr_fdb_del(move->ctx, move->bridge.name,
					 move->devices[MOVE_NIC].name,
					 vbr_fdb_entry_mac(entry),
					 vbr_fdb_entry_vlan(entry));
	vbr_fdb_free(now);
	return rc;
}

/* Those without a VLAN come first in the list. */
static int restore_fdb(struct move *move)
{
	const struct vbr_fdb_entry *entry;
	bool is_any = false;
	int rc = 0;

	for (size_t i = 0; rc == 0 && (entry = vbr_fdb_at(move->fdb, i)); i++) {
		if (!is_kept(move, entry))
			continue;
		is_any = true;
		rc = add_entry(move, entry);
	}
	return rc == 0 && is_any ? delete_others(move) : rc;
}

/* --- multicast groups ----------------------------------------------------- */

#define SOURCES_MAX 32

static int add_group(struct move *move, const struct vbr_mdb_entry *entry)
{
	char group[VBR_ADDRESS_TEXT_SIZE], source[VBR_ADDRESS_TEXT_SIZE];
	char texts[SOURCES_MAX][VBR_ADDRESS_TEXT_SIZE];
	const char *sources[SOURCES_MAX];
	struct vbr_new_group with = {
		.vlan = vbr_mdb_entry_vlan(entry),
		.mode = vbr_mdb_entry_mode(entry),
		.protocol = vbr_mdb_entry_protocol(entry),
		.sources = sources,
	};
	size_t i = 0;
	uint32_t timer;
	int rc;

	/* The kernel sets RTPROT_STATIC by itself, before Linux 6.2 always. */
	if (with.protocol <= RTPROT_STATIC)
		with.protocol = 0;
	vbr_mdb_entry_group(entry, group);
	if (vbr_mdb_entry_source(entry, source))
		with.source = source;
	for (; i < SOURCES_MAX &&
	       vbr_mdb_entry_source_at(entry, i, texts[i], &timer);
	     i++)
		sources[i] = texts[i];
	with.source_count = i;
	if (with.source || (with.mode == VBR_MDB_MODE_EXCLUDE && i == 0))
		with.mode = VBR_MDB_MODE_NONE;
	move->is_changed = true;
	rc = vbr_mdb_add_with(move->ctx, move->bridge.name,
			      move->devices[MOVE_NIC].name, group, &with);
	/* The kernel adds some entries from others. */
	return rc == -EEXIST ? 0 : rc;
}

static int restore_mdb(struct move *move)
{
	const struct vbr_mdb_entry *entry;
	int rc = 0;

	for (size_t i = 0;
	     rc == 0 && move->mdb && (entry = vbr_mdb_at(move->mdb, i)); i++)
		if (vbr_mdb_entry_index(entry) ==
			    move->devices[MOVE_NIC].index &&
		    vbr_mdb_entry_flags(entry) & VBR_MDB_PERMANENT &&
		    !(vbr_mdb_entry_flags(entry) &
		      (VBR_MDB_STAR_EXCL | VBR_MDB_BLOCKED)))
			rc = add_group(move, entry);
	return rc;
}

int entries_restore(struct move *move)
{
	const struct operation operation = move->ctx->operation;
	int rc = restore_fdb(move);

	if (rc == 0)
		rc = restore_mdb(move);
	move->ctx->operation = operation;
	return rc;
}
