/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Asks which namespaces of /run/netns have the ids that devices refer to, and
 * what the devices there are called. */

#include "config.h"

#include "topology/netns.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "core/talk.h"
#include "sys/netns.h"
#include "topology/device.h"
#include "topology/topology.h"
#include "wire/link.h"
#include "wire/netnsid.h"
#include "wire/request.h"

#define FOLDER "/run/netns/"

/* The devices whose parent is elsewhere, by namespace and index there. */
struct foreign {
	struct arena *arena;
	struct vbr_device **devices;
	size_t count;
	int netnsid; /* of the dump that is read */
};

static int by_peer(const void *a, const void *b)
{
	const struct topology_link
		*left = (*(struct vbr_device *const *)a)->link,
		*right = (*(struct vbr_device *const *)b)->link;

	if (left->netnsid != right->netnsid)
		return left->netnsid < right->netnsid ? -1 : 1;
	return (left->foreign_parent > right->foreign_parent) -
	       (left->foreign_parent < right->foreign_parent);
}

/* The first device that is not before this one. */
static size_t find(const struct foreign *foreign, int netnsid, int index)
{
	const struct topology_link link = { .netnsid = netnsid,
					    .foreign_parent = index };
	struct vbr_device device = { .link = &link }, *key = &device;

	return array_find(&key, foreign->devices, foreign->count,
			  sizeof(*foreign->devices), by_peer);
}

static bool is_in(const struct foreign *foreign, size_t i, int netnsid)
{
	return i < foreign->count &&
	       foreign->devices[i]->link->netnsid == netnsid;
}

/* --- names of namespaces -------------------------------------------------- */

static int on_id(void *data, const struct nlmsghdr *msg)
{
	int rc = netnsid_parse(msg, data);

	return rc == -ENOMSG ? 0 : rc;
}

/* -1: it has none, or is gone. */
static int id_of(struct vbr_ctx *ctx, const char *name)
{
	char path[sizeof(FOLDER) + NAME_MAX];
	struct request req;
	int netnsid = -1, fd;
	const struct talk_handler handler = { on_id, NULL, &netnsid };

	snprintf(path, sizeof(path), FOLDER "%s", name);
	if (netns_open(path, &fd) < 0)
		return -1;
	netnsid_request(&req, fd);
	if (talk(ctx, &req.head, &handler) < 0)
		netnsid = -1;
	close(fd);
	return netnsid;
}

struct names {
	struct vbr_ctx *ctx;
	const struct foreign *foreign;
};

/* Of two names, the devices get the one that is first in the alphabet. */
static int on_name(void *data, const char *name)
{
	const struct names *names = data;
	const struct foreign *foreign = names->foreign;
	int netnsid = id_of(names->ctx, name);
	size_t i = find(foreign, netnsid, 0);
	const char *copy;

	if (netnsid < 0 || !is_in(foreign, i, netnsid))
		return 0;
	copy = foreign->devices[i]->netns;
	if (copy && strcmp(copy, name) <= 0)
		return 0;
	copy = arena_text(foreign->arena, name);
	if (!copy)
		return -ENOMEM;
	for (; is_in(foreign, i, netnsid); i++)
		foreign->devices[i]->netns = copy;
	return 0;
}

/* --- names of devices there ----------------------------------------------- */

static int on_link(void *data, const struct nlmsghdr *msg)
{
	const struct foreign *foreign = data;
	const char *copy = NULL;
	struct link_info info;
	int rc = link_parse(msg, &info);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	for (size_t i = find(foreign, foreign->netnsid, info.index);
	     is_in(foreign, i, foreign->netnsid) &&
	     foreign->devices[i]->link->foreign_parent == info.index;
	     i++) {
		if (!copy)
			copy = arena_text(foreign->arena, info.name);
		if (!copy)
			return -ENOMEM;
		foreign->devices[i]->peer = copy;
	}
	return 0;
}

static void forget_links(void *data)
{
	const struct foreign *foreign = data;

	for (size_t i = find(foreign, foreign->netnsid, 0);
	     is_in(foreign, i, foreign->netnsid); i++)
		foreign->devices[i]->peer = NULL;
}

/* One dump for each namespace. The kernel refuses it without CAP_NET_ADMIN there,
 * and before Linux 4.20. */
static int name_peers(struct vbr_ctx *ctx, struct foreign *foreign)
{
	const struct talk_handler handler = { on_link, forget_links, foreign };
	struct request req;
	size_t i = find(foreign, 0, 0);

	while (i < foreign->count) {
		foreign->netnsid = foreign->devices[i]->link->netnsid;
		request_links_in(&req, foreign->netnsid);
		if (talk(ctx, &req.head, &handler) == -ENOMEM)
			return -ENOMEM;
		i = find(foreign, foreign->netnsid + 1, 0);
	}
	return 0;
}

/* --- the whole ------------------------------------------------------------ */

static void select_foreign(struct foreign *foreign, struct vbr_device *devices,
			   size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (devices[i].link->has_foreign_parent)
			foreign->devices[foreign->count++] = &devices[i];
	if (foreign->count)
		qsort(foreign->devices, foreign->count,
		      sizeof(*foreign->devices), by_peer);
}

int netns_name_all(struct vbr_ctx *ctx, struct arena *arena,
		   struct vbr_device *devices, size_t count)
{
	struct foreign foreign = {
		.arena = arena,
		.devices = calloc(count + 1, sizeof(*foreign.devices)),
	};
	struct names names = { ctx, &foreign };
	int rc = 0;

	if (!foreign.devices)
		return -ENOMEM;
	select_foreign(&foreign, devices, count);
	if (foreign.count)
		rc = netns_foreach_name(on_name, &names);
	if (rc == 0)
		rc = name_peers(ctx, &foreign);
	free(foreign.devices);
	return rc;
}
