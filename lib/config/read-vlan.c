/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads lines about the VLANs of ports. */

#include "config.h"

#include "config/read-vlan.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/num.h"
#include "base/vids.h"

static int take_vids(struct reader *reader, struct vbr_vids *ret_vids)
{
	struct vids_fault fault;
	const char *word;
	int rc = read_value(reader, "vids", &word);

	if (rc < 0)
		return rc;
	if (vids_parse(word, ret_vids, &fault) < 0 || vids_has(ret_vids, 0))
		return read_fail(reader,
				 _("\"%s\" is not a VLAN id, and no set of ids "
				   "like 10,20-29"),
				 word);
	return 0;
}

/* --- addvlan, delvlan ----------------------------------------------------- */

/* The words of addvlan after the VLANs. */
struct membership {
	bool is_pvid, is_untagged, has_tunnel;
	uint64_t tunnel; /* of the first VLAN */
};

static int take_tunnel(struct reader *reader, struct membership *membership)
{
	const char *word;
	int rc = read_value(reader, "tunnel", &word);

	if (rc < 0)
		return rc;
	membership->has_tunnel = true;
	if (num_parse(word, UINT32_MAX, &membership->tunnel) < 0)
		return read_fail(reader, _("\"%s\" is not a tunnel id"), word);
	return 0;
}

static int take_membership(struct reader *reader, struct membership *membership)
{
	const char *word;
	int rc = 0;

	while (rc == 0 && (word = read_word(reader))) {
		if (strcmp(word, "pvid") == 0)
			membership->is_pvid = true;
		else if (strcmp(word, "untagged") == 0)
			membership->is_untagged = true;
		else if (strcmp(word, "tunnel") == 0)
			rc = take_tunnel(reader, membership);
		else
			rc = read_fail(reader,
				       _("\"%s\" is not one of pvid, untagged "
					 "and tunnel"),
				       word);
	}
	return rc;
}

/* The words of addvlan, in this order. */
static const char *membership_text(struct reader *reader,
				   const struct membership *membership,
				   unsigned int later)
{
	static const char *const flags[] = { "", " untagged", " pvid",
					     " pvid untagged" };
	const char *text =
		flags[2 * membership->is_pvid + membership->is_untagged];

	if (!membership->has_tunnel)
		return text;
	return items_format(reader->items, "%s tunnel %" PRIu64, text,
			    membership->tunnel + later);
}

static int add_vlans(struct reader *reader, struct item *item)
{
	const char *const *words = reader->words;
	struct membership membership = { 0 };
	struct vbr_vids vids = { 0 };
	int first, rc = take_vids(reader, &vids);

	if (rc == 0)
		rc = take_membership(reader, &membership);
	first = vids_next(&vids, -1);
	for (int vid = first; rc == 0 && vid >= 0;
	     vid = vids_next(&vids, vid)) {
		item->vid = (unsigned int)vid;
		item->value = membership_text(reader, &membership,
					      item->vid - (unsigned int)first);
		rc = item->value ? items_add(reader->items, item) : -ENOMEM;
	}
	/* The next member has the same. */
	reader->words = words;
	return rc;
}

int read_addvlan(struct reader *reader)
{
	struct item item = { .kind = ITEM_VLAN };
	int rc = read_value(reader, "bridge", &item.device);

	if (rc < 0)
		return rc;
	return read_list(reader, read_word(reader), &item, add_vlans);
}

static int delete_vlans(struct reader *reader, struct item *item)
{
	const char *const *words = reader->words;
	struct vbr_vids vids;
	int vid = -1, rc = take_vids(reader, &vids);

	if (rc == 0 && *reader->words)
		rc = read_fail(reader, _("\"%s\" is not expected"),
			       *reader->words);
	while (rc == 0 && (vid = vids_next(&vids, vid)) >= 0) {
		item->vid = (unsigned int)vid;
		rc = items_add(reader->items, item);
	}
	reader->words = words;
	return rc;
}

int read_delvlan(struct reader *reader)
{
	struct item item = { .kind = ITEM_VLAN };
	int rc = read_value(reader, "bridge", &item.device);

	if (rc < 0)
		return rc;
	return read_list(reader, read_word(reader), &item, delete_vlans);
}

/* --- setvlan -------------------------------------------------------------- */

/* Options that apply to all ports of a bridge have names of their own. */
static int take_option(struct reader *reader, const char *word,
		       struct item *item)
{
	enum vbr_scope scope = VBR_SCOPE_PORT_VLAN;
	char name[64] = "";
	size_t len = strcspn(word, "=");

	if (strcmp(item->device, item->member) == 0 && len < sizeof(name)) {
		memcpy(name, word, len);
		if (vbr_option_find(VBR_SCOPE_BRIDGE_VLAN, name))
			scope = VBR_SCOPE_BRIDGE_VLAN;
	}
	return read_option(reader, word, scope, item);
}

static int set_vlans(struct reader *reader, struct item *item)
{
	const char *const *words = reader->words;
	struct vbr_vids vids;
	const char *word;
	int rc = take_vids(reader, &vids);

	if (rc == 0 && !*reader->words)
		rc = read_fail(reader, "%s", _("an option is missing"));
	while (rc == 0 && (word = read_word(reader))) {
		int vid = -1;

		rc = take_option(reader, word, item);
		while (rc == 0 && (vid = vids_next(&vids, vid)) >= 0) {
			item->vid = (unsigned int)vid;
			rc = items_add(reader->items, item);
		}
	}
	reader->words = words;
	return rc;
}

int read_setvlan(struct reader *reader)
{
	struct item item = { .kind = ITEM_VLAN_OPTION };
	int rc = read_value(reader, "bridge", &item.device);

	if (rc < 0)
		return rc;
	return read_list(reader, read_word(reader), &item, set_vlans);
}
