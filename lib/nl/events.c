/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Turns changes in libnl's caches into events. */

#include "config.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <netlink/cache.h>
#include <netlink/object.h>
#include <string.h>
#include <sys/socket.h>

#include "nl/message.h"
#include "nl/vbridge-nl.h"

struct receiver {
	vbr_event_fn function;
	void *data;
};

/* --- objects -------------------------------------------------------------- */

static int emit_link(struct nl_object *object, bool is_gone,
		     const struct receiver *to)
{
	struct rtnl_link *link = (struct rtnl_link *)object;

	if (!link_is_bridge(link) && !link_is_port(link) && !link_is_vlan(link))
		return 0;
	return message_emit_link(link, is_gone, to->function, to->data);
}

/* Only entries of bridges: entries in a device's own table have no master. */
static int emit_neigh(struct nl_object *object, bool is_gone,
		      const struct receiver *to)
{
	struct rtnl_neigh *neigh = (struct rtnl_neigh *)object;

	if (rtnl_neigh_get_family(neigh) != AF_BRIDGE ||
	    rtnl_neigh_get_master(neigh) <= 0)
		return 0;
	return message_emit_neigh(neigh, is_gone, to->function, to->data);
}

/* libnl's foreach cannot be stopped: entries after an error are skipped. */
struct member_walk {
	int bridge;
	bool is_gone;
	const struct receiver *to;
	int rc;
};

static void emit_member(struct rtnl_mdb_entry *entry, void *data)
{
	struct member_walk *walk = data;

	if (walk->rc)
		return;
	walk->rc = message_emit_member(walk->bridge, entry, walk->is_gone,
				       walk->to->function, walk->to->data);
}

static int emit_groups(struct nl_object *object, bool is_gone,
		       const struct receiver *to)
{
	struct rtnl_mdb *mdb = (struct rtnl_mdb *)object;
	struct member_walk walk = {
		.bridge = (int)rtnl_mdb_get_ifindex(mdb),
		.is_gone = is_gone,
		.to = to,
	};

	rtnl_mdb_foreach_entry(mdb, emit_member, &walk);
	return walk.rc;
}

/* --- changes -------------------------------------------------------------- */

static int keep_ports(const struct vbr_event *event, void *data)
{
	const struct receiver *to = data;

	return vbr_event_port(event) ? to->function(event, to->data) : 0;
}

/* Only the port is gone: the device may still be a bridge or a VLAN device. */
static int emit_left(struct nl_object *before, struct nl_object *after,
		     const struct receiver *to)
{
	struct rtnl_link *was = (struct rtnl_link *)before;
	struct rtnl_link *is = (struct rtnl_link *)after;
	struct receiver ports = *to;

	if (!link_is_port(was) ||
	    (link_is_port(is) &&
	     rtnl_link_get_master(was) == rtnl_link_get_master(is)))
		return 0;
	return message_emit_link(was, true, keep_ports, &ports);
}

static int change_link(struct nl_object *before, struct nl_object *after,
		       const struct receiver *to)
{
	int rc = emit_left(before, after, to);

	return rc ? rc : emit_link(after, false, to);
}

static int change_neigh(struct nl_object *before, struct nl_object *after,
			const struct receiver *to)
{
	(void)before;
	return emit_neigh(after, false, to);
}

/* libnl merges each message into the cached object, even an RTM_DELMDB. */
static int change_groups(struct nl_object *before, struct nl_object *after,
			 const struct receiver *to)
{
	(void)before;
	return emit_groups(after, nl_object_get_msgtype(after) == RTM_DELMDB,
			   to);
}

/* --- kinds of objects ----------------------------------------------------- */

static const struct subject {
	const char *type;
	int (*emit)(struct nl_object *object, bool is_gone,
		    const struct receiver *to);
	int (*change)(struct nl_object *before, struct nl_object *after,
		      const struct receiver *to);
} subjects[] = {
	{ "route/link", emit_link, change_link },
	{ "route/neigh", emit_neigh, change_neigh },
	{ "route/mdb", emit_groups, change_groups },
};

static const struct subject *subject_of(const struct nl_object *object)
{
	const char *type = nl_object_get_type(object);

	for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++)
		if (type && strcmp(type, subjects[i].type) == 0)
			return &subjects[i];
	return NULL;
}

int vbr_nl_emit(struct nl_object *object, int action, vbr_event_fn function,
		void *data)
{
	const struct receiver to = { function, data };
	const struct subject *subject;

	if (!object || (action != NL_ACT_NEW && action != NL_ACT_CHANGE &&
			action != NL_ACT_DEL))
		return -EINVAL;
	subject = subject_of(object);
	return subject ? subject->emit(object, action == NL_ACT_DEL, &to) : 0;
}

int vbr_nl_emit_change(struct nl_object *before, struct nl_object *after,
		       int action, vbr_event_fn function, void *data)
{
	const struct receiver to = { function, data };
	const struct subject *subject;

	if (action == NL_ACT_DEL)
		return vbr_nl_emit(before, action, function, data);
	if (action != NL_ACT_CHANGE || !before || !after)
		return vbr_nl_emit(after, action, function, data);
	subject = subject_of(after);
	if (subject_of(before) != subject)
		return -EINVAL;
	return subject ? subject->change(before, after, &to) : 0;
}
