/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds the devices and sockets that a move leaves behind, or breaks. */

#include "config.h"

#include "ip/look.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "core/context.h"
#include "core/link.h"
#include "core/option-value.h"
#include "core/talk.h"
#include "ip/firewall.h"
#include "ip/move.h"
#include "ip/multicast.h"
#include "ip/note.h"
#include "ip/sockets.h"
#include "wire/request.h"

struct look {
	struct move *move;
	int from; /* the device from which everything is moved */
	bool breaks;
	struct found *found;
	size_t count, room;
	size_t port_count, upper_count;
};

/* A device that is related to the one from which everything is moved. */
struct found {
	enum {
		FOUND_OBSTACLE, /* a NIC with such a device cannot be a port */
		FOUND_VLAN,	/* on the NIC */
		FOUND_OTHER,	/* on the NIC */
		FOUND_UPPER,	/* on the bridge */
		FOUND_PORT	/* of the bridge */
	} what;
	char name[NAME_SIZE];
};

static const char *name_of(const struct look *look, int which)
{
	return look->move->devices[which].name;
}

static void tell_break(struct look *look, const char *format, const char *word,
		       const char *other) __attribute__((format(printf, 2, 0)));
static void tell_break(struct look *look, const char *format, const char *word,
		       const char *other)
{
	note_words(look->move, VBR_MOVE_BREAKS, format, word, other);
	look->breaks = true;
}

/* --- devices -------------------------------------------------------------- */

/* These take the frames of a device before a bridge can. */
static bool is_obstacle(const char *kind)
{
	static const char kinds[][8] = { "macvlan", "macvtap", "ipvlan",
					 "ipvtap" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kind && strcmp(kinds[i], kind) == 0)
			return true;
	return false;
}

/* Of a pair, each device has the other as its parent. */
static bool is_other_end(const char *kind)
{
	return kind &&
	       (strcmp(kind, "veth") == 0 || strcmp(kind, "netkit") == 0);
}

static int add_found(struct look *look, int what, const char *name)
{
	struct found *found = array_grow(look->found, sizeof(*found),
					 look->count, &look->room);

	if (!found)
		return -ENOMEM;
	look->found = found;
	found += look->count++;
	found->what = what;
	memcpy(found->name, name, sizeof(found->name));
	return 0;
}

static int find_on_nic(struct look *look, const struct link_info *link)
{
	if (link->parent != look->move->devices[MOVE_NIC].index ||
	    is_other_end(link->kind_name))
		return 0;
	if (is_obstacle(link->kind_name))
		return add_found(look, FOUND_OBSTACLE, link->name);
	return add_found(look,
			 link->kind == LINK_VLAN ? FOUND_VLAN : FOUND_OTHER,
			 link->name);
}

static int find_at_bridge(struct look *look, const struct link_info *link)
{
	const struct move *move = look->move;
	int rc = 0;

	/* The VLAN device of the host goes with the bridge. */
	if (link->parent == move->bridge.index &&
	    link->index != move->devices[MOVE_HOST].index)
		rc = add_found(look, FOUND_UPPER, link->name);
	if (rc == 0 && link->master == move->bridge.index &&
	    link->index != move->devices[MOVE_NIC].index)
		rc = add_found(look, FOUND_PORT, link->name);
	return rc;
}

/* Notes are reported later, because the list may start again. */
static int on_link(void *data, const struct nlmsghdr *msg)
{
	struct look *look = data;
	struct link_info link;
	int rc = link_parse(msg, &link);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	return look->from == MOVE_NIC ? find_on_nic(look, &link)
				      : find_at_bridge(look, &link);
}

static void start_again(void *data)
{
	struct look *look = data;

	look->count = 0;
}

static int tell_found(struct look *look, const struct found *found)
{
	const char *nic = name_of(look, MOVE_NIC);
	const char *bridge = look->move->bridge.name;

	switch (found->what) {
	case FOUND_OBSTACLE:
		return context_fail_word(
			look->move->ctx, -EBUSY,
			_("it cannot be a port while \"%s\" is on it; delete that device first"),
			found->name);
	case FOUND_VLAN:
		note_words(look->move, VBR_MOVE_STAYS,
			   _("VLAN device \"%s\" stays on \"%s\" and takes the "
			     "frames of its VLAN, which the bridge does not "
			     "get"),
			   found->name, nic);
		break;
	case FOUND_OTHER:
		note_words(look->move, VBR_MOVE_STAYS,
			   _("\"%s\" stays on \"%s\"; a tunnel must be given "
			     "the bridge as its device"),
			   found->name, nic);
		break;
	case FOUND_UPPER:
		look->upper_count++;
		tell_break(look,
			   _("\"%s\" stays on \"%s\", which has no way to the "
			     "network then"),
			   found->name, bridge);
		break;
	case FOUND_PORT:
		look->port_count++;
		tell_break(look,
			   _("port \"%s\" of bridge \"%s\" is cut off from the "
			     "network and from this host"),
			   found->name, bridge);
		break;
	}
	return 0;
}

static int look_at_devices(struct look *look)
{
	const struct talk_handler handler = { on_link, start_again, look };
	struct request req;
	int rc;

	request_links(&req);
	rc = talk(look->move->ctx, &req.head, &handler);
	for (size_t i = 0; i < look->count && rc == 0; i++)
		rc = tell_found(look, &look->found[i]);
	free(look->found);
	return rc;
}

/* A port of a bridge with STP waits twice the forward delay. */
static int look_at_stp(struct look *look)
{
	struct vbr_ctx *ctx = look->move->ctx;
	uint64_t stp = 0, delay = 0;
	struct link_info bridge;
	char seconds[24];
	int rc;

	if (look->move->is_new)
		return 0;
	rc = link_find(ctx, look->move->bridge.name, &bridge);
	if (rc < 0)
		return rc;
	option_value(bridge.options, VBR_SCOPE_BRIDGE, "stp_state", &stp);
	option_value(bridge.options, VBR_SCOPE_BRIDGE, "forward_delay", &delay);
	if (!stp || !delay)
		return 0;
	look->move->delay = (unsigned int)(delay * 2 / 100);
	snprintf(seconds, sizeof(seconds), "%u", look->move->delay);
	tell_break(look,
		   _("bridge \"%s\" uses STP: the port forwards nothing for %s "
		     "seconds; to turn STP off: brctl stp BRIDGE off"),
		   look->move->bridge.name, seconds);
	return 0;
}

/* --- sockets -------------------------------------------------------------- */

static void look_at_sockets(struct look *look)
{
	const struct ip_device *device = &look->move->devices[look->from];
	const char *target = name_of(look, !look->from);
	struct sockets sockets;
	char count[24];

	sockets_count(look->move->ctx, device->index, &sockets);
	if (sockets.packet)
		note_words(
			look->move, VBR_MOVE_STAYS,
			_("a program, often a DHCP client, listens on "
			  "\"%s\" and will receive nothing; start it again on "
			  "\"%s\""),
			device->name, target);
	if (sockets.bound) {
		snprintf(count, sizeof(count), "%zu", sockets.bound);
		note_words(look->move, VBR_MOVE_STAYS,
			   _("sockets that are bound to \"%s\" stay there: %s; "
			     "start their programs again"),
			   device->name, count);
	}
	if (sockets.connected) {
		snprintf(count, sizeof(count), "%zu", sockets.connected);
		tell_break(look,
			   _("TCP connections that are bound to \"%s\" will be "
			     "lost: %s"),
			   device->name, count);
	}
}

/* --- groups and rules ----------------------------------------------------- */

static void look_at_groups(const struct look *look)
{
	const char *device = name_of(look, look->from);
	char groups[MULTICAST_LIST_SIZE];

	if (multicast_list(look->move->ctx, device, groups))
		note_words(look->move, VBR_MOVE_STAYS,
			   _("programs have joined multicast groups on \"%s\" "
			     "and will receive nothing from them; start them "
			     "again: %s"),
			   device, groups);
}

static void look_at_firewall(const struct look *look)
{
	const char *device = name_of(look, look->from);
	size_t count = firewall_count(look->move->ctx, device);
	char text[24];

	if (!count)
		return;
	snprintf(text, sizeof(text), "%zu", count);
	note_words(
		look->move, VBR_MOVE_STAYS,
		_("firewall rules (nft) name \"%s\", but packets to and from this host will no longer pass through it: %s"),
		device, text);
}

/* --- all ------------------------------------------------------------------ */

static int judge(const struct look *look)
{
	const struct vbr_move_options *options = look->move->options;

	if (!look->breaks || (options && options->flags & VBR_MOVE_FORCE))
		return 0;
	return context_fail(look->move->ctx, -EPERM,
			    _("it would break something, and was not forced"));
}

int look_adopt(struct move *move)
{
	struct look look = { .move = move, .from = MOVE_NIC };
	int rc = look_at_devices(&look);

	if (rc == 0)
		rc = look_at_stp(&look);
	if (rc < 0)
		return rc;
	look_at_sockets(&look);
	look_at_groups(&look);
	look_at_firewall(&look);
	return judge(&look);
}

int look_release(struct move *move)
{
	struct look look = { .move = move, .from = MOVE_HOST };
	int rc = look_at_devices(&look);

	if (rc < 0)
		return rc;
	move->deletes_bridge = !look.port_count && !look.upper_count;
	look_at_sockets(&look);
	look_at_groups(&look);
	look_at_firewall(&look);
	return judge(&look);
}
