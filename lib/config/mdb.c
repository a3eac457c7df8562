/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes the permanent multicast groups of ports. */

#include "config.h"

#include "config/mdb.h"

#include <string.h>

#include "api/mdb.h"
#include "config/group.h"

/* Why no command can create this entry; NULL: one can. */
static const char *why_not(const struct save_bridge *bridge,
			   const struct vbr_mdb_entry *entry)
{
	if (!vbr_link_is_up(bridge->link))
		return _("the bridge is down");
	if (!vbr_mdb_entry_vlan(entry) &&
	    save_bridge_number(bridge->bridge, "vlan_filtering"))
		return _("it is in no VLAN");
	return NULL;
}

/* Whether a member that lists sources has this one in its list. */
static bool is_listed(const struct vbr_mdb_entry *list, const char *source)
{
	char text[VBR_ADDRESS_TEXT_SIZE];
	uint32_t timer;

	for (size_t i = 0; vbr_mdb_entry_source_at(list, i, text, &timer); i++)
		if (strcmp(text, source) == 0)
			return true;
	return false;
}

static bool is_same_group(const struct vbr_mdb_entry *a,
			  const struct vbr_mdb_entry *b)
{
	char left[VBR_ADDRESS_TEXT_SIZE], right[VBR_ADDRESS_TEXT_SIZE];

	vbr_mdb_entry_group(a, left);
	vbr_mdb_entry_group(b, right);
	return vbr_mdb_entry_bridge_index(a) == vbr_mdb_entry_bridge_index(b) &&
	       vbr_mdb_entry_index(a) == vbr_mdb_entry_index(b) &&
	       vbr_mdb_entry_vlan(a) == vbr_mdb_entry_vlan(b) &&
	       strcmp(left, right) == 0;
}

/* The kernel creates the entry again from the others. */
static bool is_derived(const struct save *save,
		       const struct vbr_mdb_entry *entry)
{
	const struct vbr_mdb_entry *other;
	char source[VBR_ADDRESS_TEXT_SIZE];

	if (vbr_mdb_entry_flags(entry) & (VBR_MDB_STAR_EXCL | VBR_MDB_BLOCKED))
		return true;
	if (!vbr_mdb_entry_source(entry, source))
		return false;
	for (size_t i = 0; (other = vbr_mdb_at(save->mdb, i)); i++)
		if (is_same_group(other, entry) && is_listed(other, source))
			return true;
	return false;
}

static void put_group(struct save *save, const struct save_bridge *bridge,
		      const char *member, const struct vbr_mdb_entry *entry)
{
	char group[VBR_ADDRESS_TEXT_SIZE], source[VBR_ADDRESS_TEXT_SIZE];
	const char *why = why_not(bridge, entry);
	struct group words;

	vbr_mdb_entry_group(entry, group);
	if (why) {
		save_loss(save, _("bridge \"%s\": group %s of \"%s\": %s"),
			  bridge->name, group, member, why);
		return;
	}
	text_begin(&save->text, "brctl", "addgroup", bridge->name, member,
		   group, NULL);
	if (vbr_mdb_entry_source(entry, source))
		text_words(&save->text, "source", source, NULL);
	if (vbr_mdb_entry_vlan(entry))
		text_format(&save->text, " vlan %u", vbr_mdb_entry_vlan(entry));
	group_of(entry, &words);
	group_put(&save->text, &words);
	text_end(&save->text);
}

static void put_member(struct save *save, const struct save_bridge *bridge,
		       const char *member, int index)
{
	const struct vbr_mdb_entry *entry;

	for (size_t i = mdb_of_bridge(save->mdb, bridge->index);
	     (entry = vbr_mdb_at(save->mdb, i)) &&
	     vbr_mdb_entry_bridge_index(entry) == bridge->index;
	     i++)
		if (vbr_mdb_entry_index(entry) == index &&
		    vbr_mdb_entry_flags(entry) & VBR_MDB_PERMANENT &&
		    !is_derived(save, entry))
			put_group(save, bridge, member, entry);
}

void save_mdb(struct save *save, const struct save_bridge *bridge)
{
	if (!save->mdb)
		return;
	put_member(save, bridge, bridge->name, bridge->index);
	for (size_t i = 0; i < bridge->count; i++)
		put_member(save, bridge, vbr_port_name(bridge->ports[i].port),
			   vbr_port_index(bridge->ports[i].port));
}
