/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Deletes many devices at once, in a link group of their own. */

#include "config.h"

#include "core/link-group.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/batch.h"
#include "core/context.h"
#include "core/talk.h"
#include "wire/link.h"
#include "wire/request.h"

/* Those that are used. */
#define FIRST_GROUP UINT32_C(0x76620000)
#define GROUPS UINT32_C(16384)

/* How many requests are built at once. */
#define PART 64

struct group {
	struct vbr_ctx *ctx;
	uint32_t id;
	struct link_member *members; /* by name */
	size_t count;
	size_t found, inside; /* members that a dump had, and in the group */
	size_t others;	      /* devices in the group that are not members */
	int error;	      /* about a member */
	bool is_used[GROUPS]; /* in any dump */
};

static int by_name(const void *a, const void *b)
{
	const struct link_member *left = a, *right = b;

	return strcmp(left->name, right->name);
}

/* --- what is there -------------------------------------------------------- */

static struct link_member *find(const struct group *group,
				const struct link_info *link)
{
	struct link_member key;

	memcpy(key.name, link->name, sizeof(key.name));
	return bsearch(&key, group->members, group->count, sizeof(key),
		       by_name);
}

/*
 * The first dump identifies the device; if its name has another index later,
 * that is another device.
 */
static void note_member(struct group *group, struct link_member *member,
			const struct link_info *link)
{
	if (!member->index) {
		member->index = link->index;
		member->own_group = link->group;
	}
	if (link->kind != (member->is_bridge ? LINK_BRIDGE : LINK_VLAN) ||
	    link->index != member->index)
		group->error = -EINVAL;
	group->found++;
	group->inside += link->group == group->id;
}

static int on_link(void *data, const struct nlmsghdr *msg)
{
	struct group *group = data;
	struct link_member *member;
	struct link_info link;
	int rc = link_parse(msg, &link);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	if (link.group - FIRST_GROUP < GROUPS)
		group->is_used[link.group - FIRST_GROUP] = true;
	member = find(group, &link);
	if (member)
		note_member(group, member, &link);
	else
		group->others += link.group == group->id;
	return 0;
}

static void forget(void *data)
{
	struct group *group = data;

	group->found = group->inside = group->others = 0;
	group->error = 0;
}

static int look(struct group *group)
{
	const struct talk_handler handler = { on_link, forget, group };
	struct request req;
	int rc;

	forget(group);
	request_links(&req);
	rc = talk(group->ctx, &req.head, &handler);
	if (rc == 0)
		rc = group->error;
	return rc == 0 && group->found < group->count ? -ENODEV : rc;
}

/*
 * The search for a free group starts at this index, so that parallel deletions
 * start with different groups.
 */
static int choose(struct group *group)
{
	uint32_t first = (uint32_t)group->members[0].index;

	for (uint32_t i = 0; i < GROUPS; i++) {
		uint32_t at = (first + i) % GROUPS;

		if (group->is_used[at])
			continue;
		group->id = FIRST_GROUP + at;
		return 0;
	}
	return -EBUSY;
}

/* --- changes -------------------------------------------------------------- */

/* Moves devices into the group, or back into their own groups. */
static int move_part(const struct group *group, size_t first, size_t count,
		     bool is_back)
{
	struct request reqs[PART];
	int verdicts[PART];

	for (size_t i = 0; i < count; i++) {
		const struct link_member *member = &group->members[first + i];

		request_group_set(&reqs[i], member->index,
				  is_back ? member->own_group : group->id);
	}
	return talk_batch(group->ctx, reqs, count, verdicts);
}

/*
 * When devices are moved back, continues after a refusal: the device may be
 * gone.
 */
static int move(const struct group *group, bool is_back)
{
	int first_error = 0;

	for (size_t i = 0; i < group->count && (!first_error || is_back);
	     i += PART) {
		size_t left = group->count - i;
		int rc = move_part(group, i, left < PART ? left : PART,
				   is_back);

		if (!first_error)
			first_error = rc;
	}
	return first_error;
}

static int check(struct group *group)
{
	int rc = look(group);

	if (rc < 0)
		return rc;
	return group->inside < group->count || group->others ? -EBUSY : 0;
}

static int delete (const struct group *group)
{
	struct request req;

	request_group_del(&req, group->id);
	return talk(group->ctx, &req.head, NULL);
}

int link_group_delete(struct vbr_ctx *ctx, struct link_member *members,
		      size_t count)
{
	struct group group = { .ctx = ctx, .members = members, .count = count };
	struct failure failure;
	int rc;

	qsort(members, count, sizeof(*members), by_name);
	for (size_t i = 0; i < count; i++)
		members[i].index = 0;
	rc = look(&group);
	if (rc == 0)
		rc = choose(&group);
	if (rc < 0)
		return rc;
	rc = move(&group, false);
	if (rc == 0)
		rc = check(&group);
	if (rc == 0)
		rc = delete (&group);
	if (rc == 0)
		return 0;
	failure = ctx->failure;
	move(&group, true);
	ctx->failure = failure;
	return rc;
}
