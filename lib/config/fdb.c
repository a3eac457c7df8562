/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes the FDB entries that somebody added. One without a VLAN is added
 * together with one in each VLAN of the port. */

#include "config.h"

#include "config/fdb.h"

#include <string.h>

#include "api/fdb.h"
#include "api/port-vlan.h"
#include "config/remote.h"

/* The entries of one member of a bridge, sorted by MAC and VLAN. */
struct entries {
	struct save *save;
	const struct save_bridge *bridge;
	/* Their positions in the FDB, and that of their VLANs. */
	size_t first, first_own;
	size_t first_vlan;
	const char *member;
	int index;
	const uint8_t *own; /* its MAC, or NULL: the kernel adds the entry */
	bool has_vlans;	    /* the entries that are written in this pass */
	size_t foreign;	    /* learned by hardware or by another program */
	size_t refused;	    /* that no command makes */
};

/* The entry "i" of a member from "first" on; "bridge" is 0 for the device's own
 * table. NULL: there are no more. */
static const struct vbr_fdb_entry *entry_of(const struct entries *entries,
					    size_t first, int bridge, size_t i)
{
	const struct vbr_fdb_entry *entry;

	entry = vbr_fdb_at(entries->save->fdb, first + i);
	if (!entry || vbr_fdb_entry_port_index(entry) != entries->index ||
	    vbr_fdb_entry_bridge_index(entry) != bridge)
		return NULL;
	return entry;
}

static const struct vbr_fdb_entry *entry_at(const struct entries *entries,
					    size_t i)
{
	return entry_of(entries, entries->first, entries->bridge->index, i);
}

static const struct vbr_fdb_entry *own_at(const struct entries *entries,
					  size_t i)
{
	return entry_of(entries, entries->first_own, 0, i);
}

/* NULL: it is in no more VLANs. */
static const struct vbr_port_vlan *vlan_at(const struct entries *entries,
					   size_t i)
{
	const struct vbr_port_vlan *row;

	if (!entries->save->port_vlans)
		return NULL;
	row = vbr_port_vlans_at(entries->save->port_vlans,
				entries->first_vlan + i);
	return row && vbr_port_vlan_index(row) == entries->index ? row : NULL;
}

/* Where a VXLAN device sends frames. */
static bool is_remote(const struct vbr_fdb_entry *entry)
{
	struct vbr_remote remote;

	return vbr_fdb_entry_remote(entry, &remote);
}

static bool is_foreign(const struct vbr_fdb_entry *entry)
{
	return vbr_fdb_entry_flags(entry) & VBR_FDB_EXTERN;
}

/* Added by somebody, and kept until it is deleted. */
static bool is_saved(const struct entries *entries,
		     const struct vbr_fdb_entry *entry)
{
	enum vbr_fdb_state state = vbr_fdb_entry_state(entry);

	if (is_foreign(entry))
		return false;
	if (state == VBR_FDB_LOCAL && entries->own &&
	    memcmp(vbr_fdb_entry_mac(entry), entries->own, 6) == 0)
		return false;
	return state == VBR_FDB_LOCAL || state == VBR_FDB_STATIC;
}

/* Deleting a port's VLAN does not delete the entries in it. */
static bool is_in_vlan(const struct entries *entries, unsigned int vlan)
{
	const struct vbr_port_vlan *row;

	for (size_t i = 0; (row = vlan_at(entries, i)); i++)
		if (vbr_port_vlan_first(row) <= vlan &&
		    vlan <= vbr_port_vlan_last(row))
			return true;
	return false;
}

static bool is_refused(const struct entries *entries,
		       const struct vbr_fdb_entry *entry)
{
	unsigned int vlan = vbr_fdb_entry_vlan(entry);

	return vbr_fdb_entry_mac(entry)[0] & 1 ||
	       (vlan && !is_in_vlan(entries, vlan));
}

static void put_line(struct entries *entries, const char *command,
		     const struct vbr_fdb_entry *entry, unsigned int vlan)
{
	struct text *text = &entries->save->text;
	char mac[VBR_MAC_TEXT_SIZE];

	vbr_format_mac(vbr_fdb_entry_mac(entry), mac);
	text_begin(text, "brctl", command, entries->bridge->name,
		   entries->member, mac, NULL);
	if (vlan)
		text_format(text, " vlan %u", vlan);
}

static void put_entry(struct entries *entries,
		      const struct vbr_fdb_entry *entry)
{
	struct text *text = &entries->save->text;

	put_line(entries, "addmac", entry, vbr_fdb_entry_vlan(entry));
	text_word(text, vbr_fdb_entry_state(entry) == VBR_FDB_LOCAL ? "local"
								    : "static");
	if (vbr_fdb_entry_flags(entry) & VBR_FDB_STICKY)
		text_word(text, "sticky");
	if (vbr_fdb_entry_flags(entry) & VBR_FDB_NOTIFY)
		text_word(text, "activity_notify");
	text_end(text);
}

static void put_remote(struct entries *entries,
		       const struct vbr_fdb_entry *entry)
{
	struct text *text = &entries->save->text;
	struct vbr_remote remote;

	vbr_fdb_entry_remote(entry, &remote);
	put_line(entries, "addmac", entry, 0);
	remote_put(entries->save->ctx, text, &remote);
	text_word(text, vbr_fdb_entry_state(entry) == VBR_FDB_LOCAL ? "local"
								    : "static");
	if (vbr_fdb_entry_flags(entry) & VBR_FDB_ROUTER)
		text_word(text, "router");
	if (remote_is_several(vbr_fdb_entry_mac(entry)))
		text_word(text, "append");
	text_end(text);
}

/* Here, too, only entries that somebody added and that do not age. */
static void put_remotes(struct entries *entries)
{
	const struct vbr_fdb_entry *entry;

	for (size_t i = 0; (entry = own_at(entries, i)); i++)
		if (is_remote(entry) && !is_foreign(entry) &&
		    1u << vbr_fdb_entry_state(entry) &
			    (1u << VBR_FDB_LOCAL | 1u << VBR_FDB_STATIC))
			put_remote(entries, entry);
}

static bool is_same_mac(const struct vbr_fdb_entry *a,
			const struct vbr_fdb_entry *b)
{
	return memcmp(vbr_fdb_entry_mac(a), vbr_fdb_entry_mac(b), 6) == 0;
}

static bool is_alike(const struct vbr_fdb_entry *a,
		     const struct vbr_fdb_entry *b)
{
	return vbr_fdb_entry_state(a) == vbr_fdb_entry_state(b) &&
	       ((vbr_fdb_entry_flags(a) ^ vbr_fdb_entry_flags(b)) &
		(VBR_FDB_STICKY | VBR_FDB_NOTIFY)) == 0;
}

/* The entry of the same MAC and port in a VLAN, at or after "at". */
static const struct vbr_fdb_entry *find(const struct entries *entries,
					size_t at,
					const struct vbr_fdb_entry *like,
					unsigned int vlan)
{
	const struct vbr_fdb_entry *entry;

	while ((entry = entry_at(entries, at++)) && is_same_mac(entry, like))
		if (vbr_fdb_entry_vlan(entry) == vlan &&
		    is_saved(entries, entry))
			return entry;
	return NULL;
}

/*
 * Adding the entry without a VLAN also adds one in each VLAN of the port;
 * deletes those that no longer exist or differ.
 */
static void put_deleted(struct entries *entries, size_t at,
			const struct vbr_fdb_entry *first)
{
	const struct vbr_port_vlan *row;
	const struct vbr_fdb_entry *entry;

	for (size_t i = 0; (row = vlan_at(entries, i)); i++) {
		for (unsigned int vlan = vbr_port_vlan_first(row);
		     vlan <= vbr_port_vlan_last(row); vlan++) {
			entry = find(entries, at, first, vlan);
			if (entry && is_alike(entry, first))
				continue;
			put_line(entries, "delmac", first, vlan);
			text_end(&entries->save->text);
		}
	}
}

static void put_entries(struct entries *entries)
{
	const struct vbr_fdb_entry *entry, *first = NULL;

	for (size_t i = 0; (entry = entry_at(entries, i)); i++) {
		bool has_vlan = vbr_fdb_entry_vlan(entry);

		if (!is_saved(entries, entry) || is_refused(entries, entry))
			continue;
		if (!has_vlan)
			first = entry;
		else if (first && is_same_mac(first, entry) &&
			 is_alike(first, entry))
			continue;
		if (has_vlan != entries->has_vlans)
			continue;
		put_entry(entries, entry);
		if (!has_vlan)
			put_deleted(entries, i + 1, entry);
	}
}

static void count_losses(struct entries *entries)
{
	const struct vbr_fdb_entry *entry;

	for (size_t i = 0; (entry = entry_at(entries, i)); i++) {
		entries->foreign += is_foreign(entry);
		entries->refused += is_saved(entries, entry) &&
				    is_refused(entries, entry);
	}
	for (size_t i = 0; (entry = own_at(entries, i)); i++)
		entries->foreign += is_remote(entry) && is_foreign(entry);
}

static void put_member(struct entries *entries, const char *member,
		       const struct vbr_link *link)
{
	entries->member = member;
	entries->index = vbr_link_index(link);
	entries->own = vbr_link_mac(link);
	entries->first = fdb_of_port(entries->save->fdb, entries->bridge->index,
				     entries->index);
	entries->first_own = fdb_of_port(entries->save->fdb, 0, entries->index);
	if (entries->save->port_vlans)
		entries->first_vlan = port_vlans_of(entries->save->port_vlans,
						    entries->bridge->index,
						    entries->index);
	put_entries(entries);
	if (!entries->has_vlans)
		return;
	put_remotes(entries);
	count_losses(entries);
}

static void put_members(struct entries *entries)
{
	const struct save_bridge *bridge = entries->bridge;

	put_member(entries, bridge->name, bridge->link);
	for (size_t i = 0; i < bridge->count; i++)
		put_member(entries, vbr_port_name(bridge->ports[i].port),
			   bridge->ports[i].link);
}

void save_fdb(struct save *save, const struct save_bridge *bridge)
{
	struct entries entries = { .save = save, .bridge = bridge };

	/*
	 * The entries that are added along with one without a VLAN must not
	 * exist.
	 */
	put_members(&entries);
	entries.has_vlans = true;
	put_members(&entries);
	if (entries.foreign)
		save_loss(save,
			  _("bridge \"%s\": FDB entries that a program or "
			    "hardware learned: %zu"),
			  bridge->name, entries.foreign);
	if (entries.refused)
		save_loss(save,
			  _("bridge \"%s\": FDB entries for multicast "
			    "addresses, or in VLANs that the port has left: "
			    "%zu"),
			  bridge->name, entries.refused);
}
