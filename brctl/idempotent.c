/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Compares requested entries with those of the kernel, VLAN by VLAN. */

#include "config.h"

#include "idempotent.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "entry-json.h"

enum presence {
	ABSENT,
	THERE,
	OTHER, /* exists, but is different */
};

/* The requested VLANs; 0: without a VLAN. */
struct vlans {
	size_t count;
	uint16_t ids[4096];
};

struct search {
	struct cli *cli;
	int member; /* its index */
	const void *wanted;
	const void *table; /* the existing entries */
	enum presence (*look)(const struct search *search, unsigned int vlan);
	int (*add)(const struct search *search, unsigned int vlan);
};

static void put_vlan(struct vlans *vlans, unsigned int vlan)
{
	if (vlans->count < sizeof(vlans->ids) / sizeof(vlans->ids[0]))
		vlans->ids[vlans->count++] = (uint16_t)vlan;
}

/* Adds the VLANs of a member to the set. */
static int put_all_vlans(struct cli *cli, const char *bridge, int member,
			 struct vlans *vlans)
{
	const struct vbr_port_vlan *row;
	struct vbr_port_vlans *rows;
	int rc = vbr_port_vlan_list(cli->ctx, bridge, 0, &rows);

	if (rc < 0)
		return rc;
	for (size_t i = 0; (row = vbr_port_vlans_at(rows, i)); i++)
		for (unsigned int vlan = vbr_port_vlan_first(row);
		     vbr_port_vlan_index(row) == member &&
		     vlan <= vbr_port_vlan_last(row);
		     vlan++)
			put_vlan(vlans, vlan);
	vbr_port_vlans_free(rows);
	return 0;
}

static int settle(const struct search *search, const struct vlans *vlans,
		  const char *refusal)
{
	int added = 0;

	for (size_t i = 0; i < vlans->count; i++) {
		if (search->look(search, vlans->ids[i]) != OTHER)
			continue;
		cli_message(search->cli, "%s", refusal);
		return EXIT_FAILURE;
	}
	for (size_t i = 0; i < vlans->count; i++) {
		if (search->look(search, vlans->ids[i]) == THERE)
			continue;
		if (search->add(search, vlans->ids[i]) < 0)
			return cli_fail(search->cli);
		added++;
	}
	return added ? EXIT_SUCCESS : cli_unchanged(search->cli);
}

/* Saves the library's error before later calls replace it. */
static void keep_refusal(const struct cli *cli, char *ret_text, size_t size)
{
	snprintf(ret_text, size, "%s", vbr_ctx_error(cli->ctx));
}

#define REFUSAL_SIZE 1024

/* --- the FDB -------------------------------------------------------------- */

int entry_add(struct cli *cli, const struct entry *entry, unsigned int vlan)
{
	struct vbr_new_fdb_entry what = entry->what;

	what.vlan = vlan;
	return vbr_fdb_add_with(cli->ctx, entry->bridge, entry->member,
				entry->mac, &what);
}

static bool is_same(const struct vbr_fdb_entry *found, int member,
		    const struct entry *entry)
{
	enum vbr_fdb_state state = vbr_fdb_entry_state(found);

	/* An expired entry was learned. */
	if (state == VBR_FDB_EXPIRED)
		state = VBR_FDB_LEARNED;
	return vbr_fdb_entry_port_index(found) == member &&
	       state == entry->what.state &&
	       ((vbr_fdb_entry_flags(found) ^ entry->what.flags) &
		(VBR_FDB_STICKY | VBR_FDB_EXTERN)) == 0;
}

static enum presence look_for_entry(const struct search *search,
				    unsigned int vlan)
{
	const struct entry *entry = search->wanted;
	const struct vbr_fdb_entry *found;

	for (size_t i = 0; (found = vbr_fdb_at(search->table, i)); i++)
		if (vbr_fdb_entry_vlan(found) == vlan &&
		    memcmp(vbr_fdb_entry_mac(found), entry->mac,
			   sizeof(entry->mac)) == 0)
			return is_same(found, search->member, entry) ? THERE
								     : OTHER;
	return ABSENT;
}

static int add_entry(const struct search *search, unsigned int vlan)
{
	return entry_add(search->cli, search->wanted, vlan);
}

static bool has_address(const struct vbr_fdb_entry *found,
			const struct entry *entry)
{
	return memcmp(vbr_fdb_entry_mac(found), entry->mac,
		      sizeof(entry->mac)) == 0 &&
	       (!entry->what.vlan ||
		vbr_fdb_entry_vlan(found) == entry->what.vlan);
}

static void say_place(const struct cli *cli, const struct vbr_fdb_entry *found)
{
	const char *state = fdb_state_name(vbr_fdb_entry_state(found));
	unsigned int vlan = vbr_fdb_entry_vlan(found);
	char name[VBR_NAME_SIZE], shown[VBR_NAME_TEXT_SIZE];

	if (vbr_link_name(cli->ctx, vbr_fdb_entry_port_index(found), name) < 0)
		return;
	vbr_format_name(name, shown, sizeof(shown));
	if (vlan)
		/* Translators: a name, a number, and the word "static",
		 * "local" or "learned". */
		cli_message(
			cli,
			_("\"%s\" has this address in VLAN %u already (%s)"),
			shown, vlan, state);
	else
		cli_message(cli, _("\"%s\" has this address already (%s)"),
			    shown, state);
}

void entry_say_where(const struct cli *cli, const struct entry *entry)
{
	const struct vbr_fdb_entry *found, *place = NULL;
	struct vbr_fdb *fdb;
	int member;

	if (entry->what.flags & VBR_FDB_SELF ||
	    find_member_index(cli, entry->bridge, entry->member, &member) < 0 ||
	    vbr_fdb_list(cli->ctx, entry->bridge, &fdb) < 0)
		return;
	for (size_t i = 0; (found = vbr_fdb_at(fdb, i)); i++)
		if (has_address(found, entry) &&
		    (!place || !is_same(found, member, entry)))
			place = found;
	if (place)
		say_place(cli, place);
	vbr_fdb_free(fdb);
}

static bool has_destination(const struct vbr_fdb_entry *found,
			    const struct vbr_remote *wanted)
{
	struct vbr_remote remote = { 0 };

	vbr_fdb_entry_remote(found, &remote);
	return remote.nhid == wanted->nhid &&
	       (!wanted->dst[0] ||
		(remote.dst[0] && is_same_address(remote.dst, wanted->dst)));
}

/* Of the table of a port itself. */
static int complete_self(struct cli *cli, const struct entry *entry)
{
	const struct vbr_fdb_entry *found;
	char refusal[REFUSAL_SIZE];
	struct vbr_fdb *fdb;
	bool is_there = false;
	int member;

	keep_refusal(cli, refusal, sizeof(refusal));
	if (find_member_index(cli, entry->bridge, entry->member, &member) < 0 ||
	    vbr_fdb_list_all(cli->ctx, entry->bridge, &fdb) < 0)
		return cli_fail(cli);
	for (size_t i = 0; !is_there && (found = vbr_fdb_at(fdb, i)); i++)
		is_there = vbr_fdb_entry_flags(found) & VBR_FDB_SELF &&
			   has_address(found, entry) &&
			   is_same(found, member, entry) &&
			   has_destination(found, &entry->what.remote);
	vbr_fdb_free(fdb);
	if (is_there)
		return cli_unchanged(cli);
	cli_message(cli, "%s", refusal);
	return EXIT_FAILURE;
}

int entry_complete(struct cli *cli, const struct entry *entry)
{
	struct search search = {
		.cli = cli,
		.wanted = entry,
		.look = look_for_entry,
		.add = add_entry,
	};
	char refusal[REFUSAL_SIZE];
	struct vlans vlans = { 0 };
	struct vbr_fdb *fdb;
	int rc, status;

	if (entry->what.flags & VBR_FDB_SELF)
		return complete_self(cli, entry);
	keep_refusal(cli, refusal, sizeof(refusal));
	rc = find_member_index(cli, entry->bridge, entry->member,
			       &search.member);
	put_vlan(&vlans, entry->what.vlan);
	/* Also the entry without a VLAN, whether the bridge filters or not. */
	if (rc == 0 && !entry->what.vlan)
		rc = put_all_vlans(cli, entry->bridge, search.member, &vlans);
	if (rc == 0)
		rc = vbr_fdb_list(cli->ctx, entry->bridge, &fdb);
	if (rc)
		return cli_fail(cli);
	search.table = fdb;
	status = settle(&search, &vlans, refusal);
	vbr_fdb_free(fdb);
	return status;
}

/* --- groups --------------------------------------------------------------- */

int membership_add(struct cli *cli, const struct membership *membership,
		   unsigned int vlan)
{
	struct vbr_new_group with = membership->with;

	with.vlan = vlan;
	return vbr_mdb_add_with(cli->ctx, membership->bridge,
				membership->member, membership->group, &with);
}

static bool is_about(const struct vbr_mdb_entry *found,
		     const struct membership *membership)
{
	char text[VBR_ADDRESS_TEXT_SIZE];

	vbr_mdb_entry_group(found, text);
	if (!is_same_address(text, membership->group))
		return false;
	if (!vbr_mdb_entry_source(found, text))
		return !membership->with.source;
	return membership->with.source &&
	       is_same_address(text, membership->with.source);
}

static bool has_source(const struct vbr_mdb_entry *found, const char *source)
{
	char text[VBR_ADDRESS_TEXT_SIZE];
	uint32_t timer;

	for (size_t i = 0; vbr_mdb_entry_source_at(found, i, text, &timer); i++)
		if (is_same_address(text, source))
			return true;
	return false;
}

/* Properties that are not given are not compared. */
static bool has_properties(const struct vbr_mdb_entry *found,
			   const struct vbr_new_group *with)
{
	char text[VBR_ADDRESS_TEXT_SIZE];
	uint32_t timer;

	if (with->protocol && vbr_mdb_entry_protocol(found) != with->protocol)
		return false;
	if (!with->mode)
		return true;
	for (size_t i = 0; i < with->source_count; i++)
		if (!has_source(found, with->sources[i]))
			return false;
	return vbr_mdb_entry_mode(found) == with->mode &&
	       !vbr_mdb_entry_source_at(found, with->source_count, text,
					&timer);
}

static enum presence look_for_member(const struct search *search,
				     unsigned int vlan)
{
	const struct membership *membership = search->wanted;
	const struct vbr_mdb_entry *found;

	for (size_t i = 0; (found = vbr_mdb_at(search->table, i)); i++) {
		bool is_permanent = vbr_mdb_entry_flags(found) &
				    VBR_MDB_PERMANENT;
		/* The kernel keeps no permanent IP group of the host. */
		bool is_host = vbr_mdb_entry_bridge_index(found) ==
			       search->member;

		if (vbr_mdb_entry_index(found) != search->member ||
		    vbr_mdb_entry_vlan(found) != vlan ||
		    !is_about(found, membership))
			continue;
		if (!has_properties(found, &membership->with))
			return OTHER;
		return is_host || is_permanent != membership->with.temporary
			       ? THERE
			       : OTHER;
	}
	return ABSENT;
}

static int add_member(const struct search *search, unsigned int vlan)
{
	return membership_add(search->cli, search->wanted, vlan);
}

int membership_complete(struct cli *cli, const struct membership *membership)
{
	struct search search = {
		.cli = cli,
		.wanted = membership,
		.look = look_for_member,
		.add = add_member,
	};
	const char *bridge = membership->bridge;
	char refusal[REFUSAL_SIZE];
	struct vlans vlans = { 0 };
	struct vbr_mdb *mdb;
	int rc, status;

	keep_refusal(cli, refusal, sizeof(refusal));
	rc = find_member_index(cli, bridge, membership->member, &search.member);
	/* On a bridge that filters, the kernel uses all VLANs, and no entry
	 * without one. */
	if (rc == 0 && !membership->with.vlan &&
	    is_filtering(cli, bridge, false))
		rc = put_all_vlans(cli, bridge, search.member, &vlans);
	else
		put_vlan(&vlans, membership->with.vlan);
	if (rc == 0)
		rc = vbr_mdb_list(cli->ctx, bridge, &mdb);
	if (rc)
		return cli_fail(cli);
	search.table = mdb;
	status = settle(&search, &vlans, refusal);
	vbr_mdb_free(mdb);
	return status;
}
