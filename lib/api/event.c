/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Events: what the kernel says unasked, as the snapshots that reads give. Its
 * messages about what has gone look like those about what is there, but for
 * their type.
 */

#include "config.h"

#include "api/event.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "core/link.h"
#include "wire/attr.h"
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
		struct vbr_port_vlan filter;
		struct vbr_mdb_entry member;
		struct vbr_mdb_router router;
	} about;
};

static int tell(struct telling *telling, struct vbr_event *event)
{
	int rc;

	if (telling->told++ < telling->skip)
		return 0;
	event->is_gone = telling->is_gone;
	rc = telling->function(event, telling->data);
	telling->is_over = rc;
	return rc;
}

/* --- links ---------------------------------------------------------------- */

static int tell_link(struct telling *telling, enum vbr_event_kind kind,
		     const struct link_info *info, struct attr_span options)
{
	struct vbr_event event = {
		.kind = kind,
		.about.link = link_view(info, options),
	};

	return tell(telling, &event);
}

/* The bridge says so when a port leaves; it has no options any more. */
static bool has_left(const struct telling *telling, const struct nlmsghdr *msg,
		     const struct link_info *info)
{
	const struct ifinfomsg *head = msg_header(msg, sizeof(*head));

	return telling->is_gone && head->ifi_family == AF_BRIDGE &&
	       info->master && info->master != info->index;
}

/* A link may be more than one of these. */
static int tell_links(struct telling *telling, const struct nlmsghdr *msg)
{
	struct link_info info;
	int rc = link_parse(msg, &info);

	if (rc == 0 && info.kind == LINK_BRIDGE)
		rc = tell_link(telling, VBR_EVENT_BRIDGE, &info, info.options);
	if (rc == 0 && info.kind == LINK_VLAN)
		rc = tell_link(telling, VBR_EVENT_VLAN, &info, info.options);
	if (rc == 0 && (info.is_port || has_left(telling, msg, &info)))
		rc = tell_link(telling, VBR_EVENT_PORT, &info,
			       info.port_options);
	return rc;
}

/* --- what bridges hold ---------------------------------------------------- */

static int tell_fdb(struct telling *telling, const struct nlmsghdr *msg)
{
	struct vbr_event event = { .kind = VBR_EVENT_FDB };
	int rc = fdb_parse(msg, &event.about.entry);

	if (rc < 0 || !event.about.entry.bridge)
		return rc;
	return tell(telling, &event);
}

static int tell_filters(struct telling *telling, const struct nlmsghdr *msg)
{
	struct vbr_event event = { .kind = VBR_EVENT_PORT_VLAN };
	struct vbr_port_vlan *filter = &event.about.filter;
	struct attr_span entries;
	int device, rc, more = 0;

	rc = filter_parse(msg, &device, &entries);
	while (rc == 0 && (more = filter_take_entry(&entries, SCOPE_PORT_VLAN,
						    filter)) > 0) {
		filter->device = device;
		rc = tell(telling, &event);
	}
	return rc ? rc : more;
}

static int tell_groups(struct telling *telling, const struct nlmsghdr *msg)
{
	struct vbr_event event = { .kind = VBR_EVENT_MDB };
	struct mdb_message message;
	int rc = mdb_parse(msg, &message);

	if (rc < 0)
		return rc;
	if (telling->is_bridge)
		rc = telling->is_bridge(telling, message.bridge);
	if (telling->is_bridge && rc <= 0)
		return rc;
	rc = 0;
	while (rc == 0 &&
	       (rc = mdb_take_entry(&message, &event.about.member)) > 0)
		rc = tell(telling, &event);
	event.kind = VBR_EVENT_ROUTER;
	while (rc == 0 &&
	       (rc = mdb_take_router(&message, &event.about.router)) > 0)
		rc = tell(telling, &event);
	return rc;
}

/* --- messages ------------------------------------------------------------- */

const struct watch_subject watch_subjects[WATCH_SUBJECTS] = {
	{ VBR_WATCH_LINKS, RTNLGRP_LINK, RTM_NEWLINK, tell_links },
	{ VBR_WATCH_FDB, RTNLGRP_NEIGH, RTM_NEWNEIGH, tell_fdb },
	{ VBR_WATCH_VLANS, RTNLGRP_BRVLAN, RTM_NEWVLAN, tell_filters },
	{ VBR_WATCH_GROUPS, RTNLGRP_MDB, RTM_NEWMDB, tell_groups },
};

bool is_watched(unsigned int what)
{
	unsigned int known = 0;

	for (size_t i = 0; i < WATCH_SUBJECTS; i++)
		known |= watch_subjects[i].what;
	return what && !(what & ~known);
}

/* What goes has the type behind that of what comes. What answers may have that
 * of the request, which is the next (RTM_GETMDB, seen on 6.18). */
static bool is_about(struct telling *telling, uint16_t type,
		     const struct watch_subject *subject)
{
	telling->is_gone = type == subject->type + 1;
	return telling->what & subject->what &&
	       (type == subject->type || telling->is_gone ||
		type == subject->type + 2);
}

int tell_message(struct telling *telling, struct nlmsghdr *msg)
{
	uint16_t type = msg->nlmsg_type;

	for (size_t i = 0; i < WATCH_SUBJECTS; i++) {
		int rc;

		if (!is_about(telling, type, &watch_subjects[i]))
			continue;
		msg->nlmsg_type = watch_subjects[i].type;
		rc = watch_subjects[i].tell(telling, msg);
		msg->nlmsg_type = type;
		return rc == -ENOMSG && !telling->is_over ? 0 : rc;
	}
	return 0;
}

/* What cannot be read is passed over, and said in the end. */
static int tell_messages(struct telling *telling, void *bytes, size_t left)
{
	struct nlmsghdr *msg = (struct nlmsghdr *)msg_first(bytes, left);
	bool is_broken = false;

	for (; msg; msg = (struct nlmsghdr *)msg_next(msg, &left)) {
		int rc = tell_message(telling, msg);

		if (telling->is_over)
			return rc;
		is_broken = is_broken || rc;
	}
	return is_broken || left ? -EBADMSG : 0;
}

/* A copy, for it is written to, and may stand at any address. */
int vbr_event_read(const void *bytes, size_t size, unsigned int what,
		   vbr_event_fn function, void *data)
{
	struct telling telling = {
		.what = what,
		.function = function,
		.data = data,
	};
	void *copy;
	int rc;

	if (!is_watched(what))
		return -EINVAL;
	if (size == 0)
		return -EBADMSG;
	copy = malloc(size);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, bytes, size);
	rc = tell_messages(&telling, copy, size);
	free(copy);
	return rc;
}

/* --- events --------------------------------------------------------------- */

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
