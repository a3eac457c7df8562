/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Lists changes, with the commands that make them. */

#include "config.h"

#include "reach/change.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "trace/run.h"

/* --- the options of ports ------------------------------------------------- */

static const struct {
	char name[20];
	size_t offset;
	bool lets_pass; /* this value */
	unsigned int rank;
} flags[] = {
#define ROW(name, lets_pass, rank) \
	{ \
#name, offsetof(struct trace_port, name), lets_pass, rank \
	}
	ROW(learning, true, 2),	     ROW(broadcast_flood, true, 3),
	ROW(unicast_flood, true, 3), ROW(proxyarp, false, 3),
	ROW(isolated, false, 4),     ROW(locked, false, 6),
#undef ROW
};

#define FLAGS (sizeof(flags) / sizeof(flags[0]))

static bool is_flag_on(const struct trace_port *port, size_t flag)
{
	return *(const bool *)((const char *)port + flags[flag].offset);
}

void change_set_flag(const struct change *change, struct trace_port *port)
{
	*(bool *)((char *)port +
		  flags[change->flag].offset) = flags[change->flag].lets_pass;
}

/* --- the list ------------------------------------------------------------- */

struct listing {
	const struct trace_snapshot *snapshot;
	const struct stations *stations;
	struct changes *changes;
	/*
	 * The VLANs in which they may meet: the requested one, and the PVIDs.
	 * 0: the bridge does not filter.
	 */
	unsigned int vids[3];
	size_t vid_count;
};

/* Keeps the order of kinds. */
static void add(const struct listing *listing, const struct change *change)
{
	struct changes *changes = listing->changes;
	size_t i = changes->count;

	if (i == CHANGES_MAX)
		return;
	for (; i > 0 && changes->list[i - 1].kind > change->kind; i--)
		changes->list[i] = changes->list[i - 1];
	changes->list[i] = *change;
	changes->count++;
}

static const struct trace_port *member_of(const struct trace_snapshot *s,
					  int index)
{
	return index == s->bridge.index ? &s->bridge : trace_port_of(s, index);
}

static void add_vid(struct listing *listing, unsigned int vid)
{
	for (size_t i = 0; i < listing->vid_count; i++)
		if (listing->vids[i] == vid)
			return;
	listing->vids[listing->vid_count++] = vid;
}

static void choose_vids(struct listing *listing)
{
	const struct stations *stations = listing->stations;

	if (!listing->snapshot->vlan_filtering) {
		add_vid(listing, 0);
		return;
	}
	add_vid(listing, stations->vlan);
	for (size_t i = 0; i < 2 && !stations->is_strict; i++) {
		const struct trace_port *port =
			member_of(listing->snapshot, stations->ends[i].member);
		unsigned int pvid = trace_pvid_of(port);

		if (pvid)
			add_vid(listing, pvid);
	}
}

static void list_ups(const struct listing *listing,
		     const struct trace_port *port)
{
	if (!port->is_up)
		add(listing, &(struct change){ .kind = CHANGE_UP,
					       .member = port->index });
}

/* VLAN devices that are down, or that receive a port's frames. */
static void list_devices(const struct listing *listing,
			 const struct station *end)
{
	const struct trace_snapshot *s = listing->snapshot;
	struct change change = { .member = end->member };

	for (size_t i = 0; end->sends > 0 && i < s->device_count; i++) {
		const struct trace_device *device = &s->devices[i];

		if (device->parent != end->member ||
		    device->id != (unsigned int)end->sends)
			continue;
		change.device = device->name;
		change.kind = CHANGE_DEVICE_REM;
		if (device->parent == s->bridge.index)
			change.kind = CHANGE_DEVICE_UP;
		if (change.kind == CHANGE_DEVICE_REM || !device->is_up)
			add(listing, &change);
	}
}

static void list_flags(const struct listing *listing,
		       const struct trace_port *port)
{
	for (size_t i = 0; i < FLAGS; i++)
		if (is_flag_on(port, i) != flags[i].lets_pass)
			add(listing, &(struct change){ .kind = CHANGE_FLAG,
						       .member = port->index,
						       .flag = i });
}

/* The kernel's spanning tree, and MST, have states of their own. */
static bool has_own_states(const struct trace_snapshot *s)
{
	return s->stp_state || s->mst_enabled;
}

static void list_state(const struct listing *listing,
		       const struct trace_port *port)
{
	if (!has_own_states(listing->snapshot) &&
	    port->state != VBR_PORT_FORWARDING)
		add(listing, &(struct change){ .kind = CHANGE_STATE,
					       .member = port->index });
}

static void list_vlan(const struct listing *listing,
		      const struct trace_port *port, const struct station *end,
		      unsigned int vid)
{
	static const unsigned int untagged[] = {
		VBR_PORT_VLAN_PVID | VBR_PORT_VLAN_UNTAGGED,
		VBR_PORT_VLAN_UNTAGGED,
		VBR_PORT_VLAN_PVID,
	};
	const struct trace_vlan *vlan = trace_vlan_of(port, vid);
	struct change change = { CHANGE_VLAN_STATE, .member = port->index,
				 .vlan = vid };
	size_t kinds = end->sends > 0 ? 1 : 3;

	if (!has_own_states(listing->snapshot) && vlan &&
	    vlan->state != VBR_PORT_FORWARDING)
		add(listing, &change);
	change.kind = CHANGE_JOIN;
	for (size_t i = 0; i < kinds; i++) {
		change.flags = end->sends > 0 ? 0 : untagged[i];
		if (!vlan || vlan->flags != change.flags)
			add(listing, &change);
	}
}

/* An FDB entry with the address on another port, or locked. */
static bool is_wrong(const struct trace_fdb *entry, const struct station *end)
{
	return entry->state != VBR_FDB_LOCAL &&
	       (entry->port != end->member || entry->flags & VBR_FDB_LOCKED);
}

static void list_mac(const struct listing *listing, const struct station *end,
		     unsigned int vid)
{
	const struct trace_fdb *entry = trace_fdb_of(listing->snapshot,
						     end->mac, vid);
	struct change change = { CHANGE_MAC_ADD, .member = end->member,
				 .vlan = vid };

	memcpy(change.mac, end->mac, 6);
	if (!end->has_mac || (entry && !is_wrong(entry, end)))
		return;
	add(listing, &change);
	change.kind = CHANGE_MAC_DEL;
	if (entry) {
		change.member = entry->port;
		add(listing, &change);
	}
}

static void list_end(const struct listing *listing, const struct station *end)
{
	const struct trace_port *port = member_of(listing->snapshot,
						  end->member);
	bool is_host = port == &listing->snapshot->bridge;

	if (!is_host) {
		list_ups(listing, port);
		list_flags(listing, port);
		list_state(listing, port);
	}
	list_devices(listing, end);
	for (size_t i = 0; i < listing->vid_count; i++) {
		if (listing->vids[i])
			list_vlan(listing, port, end, listing->vids[i]);
		if (!is_host)
			list_mac(listing, end, listing->vids[i]);
	}
}

void changes_list(const struct trace_snapshot *snapshot,
		  const struct stations *stations, struct changes *ret_changes)
{
	struct listing listing = { snapshot, stations, ret_changes, { 0 }, 0 };

	*ret_changes = (struct changes){ 0 };
	choose_vids(&listing);
	for (size_t i = 0; i < 2; i++) {
		list_end(&listing, &stations->ends[i]);
		if (!stations->ends[i].is_bridge_mac)
			continue;
		ret_changes->has_host = true;
		memcpy(ret_changes->host_mac, stations->ends[i].mac, 6);
	}
	/* Comes after its ports, so that those that are up then forward. */
	list_ups(&listing, &snapshot->bridge);
}

/* --- ranks ---------------------------------------------------------------- */

unsigned int change_rank(const struct change *change)
{
	static const unsigned int ranks[] = {
		[CHANGE_UP] = 4,      [CHANGE_DEVICE_UP] = 2,
		[CHANGE_STATE] = 5,   [CHANGE_VLAN_STATE] = 3,
		[CHANGE_JOIN] = 2,    [CHANGE_DEVICE_REM] = 8,
		[CHANGE_MAC_DEL] = 1, [CHANGE_MAC_ADD] = 1,
	};

	if (change->kind == CHANGE_FLAG)
		return flags[change->flag].rank;
	/* What comes in without a tag moves to another VLAN. */
	if (change->kind == CHANGE_JOIN && change->flags & VBR_PORT_VLAN_PVID)
		return 3;
	return ranks[change->kind];
}

/* --- commands ------------------------------------------------------------- */

/* Room for an option and its value. */
#define WORD_SIZE 40

static void put_flag(const struct change *change, const char *bridge,
		     const struct trace_port *port, struct text *text)
{
	bool lets_pass = flags[change->flag].lets_pass;
	char word[WORD_SIZE];

	snprintf(word, sizeof(word), "%s=%s", flags[change->flag].name,
		 lets_pass ? "on" : "off");
	text_begin(text, "brctl", "setport", bridge, port->name, word, NULL);
	/* The kernel refuses mab without it. */
	if (port->mab && strcmp(flags[change->flag].name, "locked") == 0)
		text_word(text, "mab=off");
}

static void put_join(const struct change *change, const char *bridge,
		     const char *member, struct text *text)
{
	char vid[WORD_SIZE];

	snprintf(vid, sizeof(vid), "%u", change->vlan);
	text_begin(text, "brctl", "addvlan", bridge, member, vid, NULL);
	if (change->flags & VBR_PORT_VLAN_PVID)
		text_word(text, "pvid");
	if (change->flags & VBR_PORT_VLAN_UNTAGGED)
		text_word(text, "untagged");
}

static void put_mac(const struct change *change, const char *bridge,
		    const char *port, struct text *text)
{
	bool adds = change->kind == CHANGE_MAC_ADD;
	char mac[VBR_MAC_TEXT_SIZE], vid[WORD_SIZE];

	vbr_format_mac(change->mac, mac);
	snprintf(vid, sizeof(vid), "%u", change->vlan);
	text_begin(text, "brctl", adds ? "addmac" : "delmac", bridge, port, mac,
		   NULL);
	if (change->vlan)
		text_words(text, "vlan", vid, NULL);
	if (adds)
		text_word(text, "static");
}

void change_put_command(const struct change *change,
			const struct trace_snapshot *snapshot,
			struct text *text)
{
	const struct trace_port *member = member_of(snapshot, change->member);
	const char *bridge = snapshot->bridge.name, *name = member->name;
	char vid[WORD_SIZE];

	snprintf(vid, sizeof(vid), "%u", change->vlan);
	switch (change->kind) {
	case CHANGE_UP:
		text_begin(text, "brctl", "link", name, "up", NULL);
		break;
	case CHANGE_DEVICE_UP:
		text_begin(text, "brctl", "link", change->device, "up", NULL);
		break;
	case CHANGE_DEVICE_REM:
		text_begin(text, "vconfig", "rem", change->device, NULL);
		break;
	case CHANGE_JOIN:
		put_join(change, bridge, name, text);
		break;
	case CHANGE_STATE:
		text_begin(text, "brctl", "setport", bridge, name,
			   "state=forwarding", NULL);
		break;
	case CHANGE_VLAN_STATE:
		text_begin(text, "brctl", "setvlan", bridge, name, vid,
			   "state=forwarding", NULL);
		break;
	case CHANGE_FLAG:
		put_flag(change, bridge, member, text);
		break;
	case CHANGE_MAC_DEL:
	case CHANGE_MAC_ADD:
		put_mac(change, bridge, name, text);
	}
}
