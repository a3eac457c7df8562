/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Turns rtnetlink messages into events, which carry the same snapshots as
 * reads. A deletion message differs from a message about an existing object
 * only in its type.
 */

#include "config.h"

#include "api/event.h"

#include <errno.h>
#include <limits.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "core/link.h"
#include "wire/message.h"
#include "wire/fdb.h"
#include "wire/port-vlan.h"
#include "wire/kernel.h"
#include "wire/mdb.h"

struct vbr_event {
	enum vbr_event_kind kind;
	bool is_gone;
	union {
		struct link_copy link;
		struct vbr_fdb_entry entry;
		struct vbr_port_vlan vlan;
		struct vbr_mdb_entry member;
		struct vbr_mdb_router router;
	} about;
};

static int emit(struct emitter *emitter, struct vbr_event *event)
{
	int rc;

	if (emitter->emitted++ < emitter->skip)
		return 0;
	event->is_gone = emitter->is_gone;
	rc = emitter->function(event, emitter->data);
	emitter->is_over = rc;
	return rc;
}

/* --- links ---------------------------------------------------------------- */

static int emit_link(struct emitter *emitter, enum vbr_event_kind kind,
		     const struct link_info *info, struct attr_span options)
{
	struct vbr_event event = {
		.kind = kind,
		.about.link = link_view(info, options),
	};

	return emit(emitter, &event);
}

/* The bridge sends RTM_DELLINK of AF_BRIDGE when a port leaves; it contains no
 * port options. */
static bool has_left(const struct emitter *emitter, const struct nlmsghdr *msg,
		     const struct link_info *info)
{
	const struct ifinfomsg *head = mnl_nlmsg_get_payload(msg);

	return emitter->is_gone && head->ifi_family == AF_BRIDGE &&
	       info->master && info->master != info->index;
}

/* One message may cause two events: a VLAN device can also be a port. */
static int emit_links(struct emitter *emitter, const struct nlmsghdr *msg)
{
	struct link_info info;
	int rc = link_parse(msg, &info);

	if (rc == 0 && info.kind == LINK_BRIDGE)
		rc = emit_link(emitter, VBR_EVENT_BRIDGE, &info, info.options);
	if (rc == 0 && info.kind == LINK_VLAN)
		rc = emit_link(emitter, VBR_EVENT_VLAN, &info, info.options);
	if (rc == 0 && (info.is_port || has_left(emitter, msg, &info)))
		rc = emit_link(emitter, VBR_EVENT_PORT, &info,
			       info.port_options);
	return rc;
}

/* --- FDB, VLANs, groups --------------------------------------------------- */

static int emit_fdb(struct emitter *emitter, const struct nlmsghdr *msg)
{
	struct vbr_event event = { .kind = VBR_EVENT_FDB };
	int rc = fdb_parse(msg, &event.about.entry);

	if (rc < 0 || !event.about.entry.bridge)
		return rc;
	return emit(emitter, &event);
}

static int emit_port_vlans(struct emitter *emitter, const struct nlmsghdr *msg)
{
	struct vbr_event event = { .kind = VBR_EVENT_PORT_VLAN };
	struct vbr_port_vlan *vlan = &event.about.vlan;
	struct attr_span entries;
	int device, rc, more = 0;

	rc = port_vlan_parse(msg, &device, &entries);
	while (rc == 0 &&
	       (more = port_vlan_take_entry(&entries, VBR_SCOPE_PORT_VLAN,
					    vlan)) > 0) {
		vlan->device = device;
		rc = emit(emitter, &event);
	}
	return rc ? rc : more;
}

static int emit_groups(struct emitter *emitter, const struct nlmsghdr *msg)
{
	struct vbr_event event = { .kind = VBR_EVENT_MDB };
	struct mdb_message message;
	int rc = mdb_parse(msg, &message);

	if (rc < 0)
		return rc;
	if (emitter->is_bridge)
		rc = emitter->is_bridge(emitter, message.bridge);
	if (emitter->is_bridge && rc <= 0)
		return rc;
	rc = 0;
	while (rc == 0 &&
	       (rc = mdb_take_entry(&message, &event.about.member)) > 0)
		rc = emit(emitter, &event);
	event.kind = VBR_EVENT_ROUTER;
	while (rc == 0 &&
	       (rc = mdb_take_router(&message, &event.about.router)) > 0)
		rc = emit(emitter, &event);
	return rc;
}

/* --- messages ------------------------------------------------------------- */

const struct watch_topic watch_topics[WATCH_TOPICS] = {
	{ VBR_WATCH_LINKS, RTNLGRP_LINK, RTM_NEWLINK, emit_links },
	{ VBR_WATCH_FDB, RTNLGRP_NEIGH, RTM_NEWNEIGH, emit_fdb },
	{ VBR_WATCH_VLANS, RTNLGRP_BRVLAN, RTM_NEWVLAN, emit_port_vlans },
	{ VBR_WATCH_GROUPS, RTNLGRP_MDB, RTM_NEWMDB, emit_groups },
};

bool is_watched(unsigned int what)
{
	unsigned int known = 0;

	for (size_t i = 0; i < WATCH_TOPICS; i++)
		known |= watch_topics[i].what;
	return what && !(what & ~known);
}

/* RTM_DEL* is RTM_NEW* + 1, RTM_GET* is RTM_NEW* + 2. The messages of a dump
 * may have the type of its request (RTM_GETMDB, seen on 6.18). */
static bool is_about(struct emitter *emitter, uint16_t type,
		     const struct watch_topic *topic)
{
	emitter->is_gone = type == topic->type + 1;
	return emitter->what & topic->what &&
	       (type == topic->type || emitter->is_gone ||
		type == topic->type + 2);
}

int emit_message(struct emitter *emitter, struct nlmsghdr *msg)
{
	uint16_t type = msg->nlmsg_type;

	for (size_t i = 0; i < WATCH_TOPICS; i++) {
		int rc;

		if (!is_about(emitter, type, &watch_topics[i]))
			continue;
		msg->nlmsg_type = watch_topics[i].type;
		rc = watch_topics[i].emit(emitter, msg);
		msg->nlmsg_type = type;
		return rc == -ENOMSG && !emitter->is_over ? 0 : rc;
	}
	return 0;
}

/* Skips messages that cannot be parsed, and returns -EBADMSG at the end. */
static int emit_messages(struct emitter *emitter, void *bytes, int left)
{
	struct nlmsghdr *msg = bytes;
	bool is_broken = false;

	for (; message_ok(msg, left); msg = mnl_nlmsg_next(msg, &left)) {
		int rc = emit_message(emitter, msg);

		if (emitter->is_over)
			return rc;
		is_broken = is_broken || rc;
	}
	return is_broken || left > 0 ? -EBADMSG : 0;
}

/* Works on a copy: emit_message() changes the message type for a while, and the
 * bytes may be unaligned. */
int vbr_event_read(const void *bytes, size_t size, unsigned int what,
		   vbr_event_fn function, void *data)
{
	struct emitter emitter = {
		.what = what,
		.function = function,
		.data = data,
	};
	void *copy;
	int rc;

	if (!is_watched(what))
		return -EINVAL;
	/* libmnl counts in int. */
	if (size == 0 || size > INT_MAX)
		return -EBADMSG;
	copy = malloc(size);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, bytes, size);
	rc = emit_messages(&emitter, copy, (int)size);
	free(copy);
	return rc;
}

/* --- accessors ------------------------------------------------------------ */

enum vbr_event_kind vbr_event_kind(const struct vbr_event *event)
{
	return event->kind;
}

bool vbr_event_is_gone(const struct vbr_event *event)
{
	return event->is_gone;
}

static const void *about(const struct vbr_event *event,
			 enum vbr_event_kind kind)
{
	return event->kind == kind ? &event->about : NULL;
}

const struct vbr_bridge *vbr_event_bridge(const struct vbr_event *event)
{
	return about(event, VBR_EVENT_BRIDGE);
}

const struct vbr_port *vbr_event_port(const struct vbr_event *event)
{
	return about(event, VBR_EVENT_PORT);
}

const struct vbr_vlan *vbr_event_vlan(const struct vbr_event *event)
{
	return about(event, VBR_EVENT_VLAN);
}

const struct vbr_fdb_entry *vbr_event_fdb_entry(const struct vbr_event *event)
{
	return about(event, VBR_EVENT_FDB);
}

const struct vbr_port_vlan *vbr_event_port_vlan(const struct vbr_event *event)
{
	return about(event, VBR_EVENT_PORT_VLAN);
}

const struct vbr_mdb_entry *vbr_event_mdb_entry(const struct vbr_event *event)
{
	return about(event, VBR_EVENT_MDB);
}

const struct vbr_mdb_router *vbr_event_mdb_router(const struct vbr_event *event)
{
	return about(event, VBR_EVENT_ROUTER);
}
