/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Compares two IP states, and sends the changes from one to the other. */

#include "config.h"

#include "ip/change.h"

#include <errno.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "core/batch.h"
#include "core/context.h"
#include "ip/local.h"
#include "ip/view.h"
#include "wire/ip-message.h"
#include "wire/message.h"

/* How often the state is read and corrected. Each round mends what the kernel
 * did in answer to the one before: after the first, it is mostly the mark of
 * addresses that were not checked for duplicates. */
#define ROUNDS 6

struct plan {
	struct view now, wanted;
	unsigned int flags;
	bool is_first;
	bool *is_renewed;      /* rows of "now" that are deleted and added */
	struct ip_state *list; /* its rows do not point into other states */
};

/* --- routes --------------------------------------------------------------- */

static bool is_same_net(const void *a, const void *b, unsigned int bits)
{
	const uint8_t *left = a, *right = b;
	unsigned int bytes = bits / 8, rest = bits % 8;

	if (memcmp(left, right, bytes) != 0)
		return false;
	return !rest || ((left[bytes] ^ right[bytes]) >> (8 - rest)) == 0;
}

/* Whether the kernel makes the route for an address, and deletes it with it.
 * NetworkManager adds such routes itself, in the kernel's name. */
static bool is_automatic(const struct view *view,
			 const struct ip_message *route)
{
	if (route->protocol != RTPROT_KERNEL || route->gateway ||
	    !route->address)
		return false;
	for (size_t i = 0; i < view->state->count; i++) {
		const struct ip_message *row = &view->rows[i];

		if (row->kind == IP_ADDRESS && row->family == route->family &&
		    row->index == route->index &&
		    row->prefix == route->prefix &&
		    !(row->flags & IFA_F_NOPREFIXROUTE) &&
		    is_same_net(row->address, route->address, row->prefix))
			return true;
	}
	return false;
}

/* Whether a route may replace the only one in its place: not if that stays, and
 * not if there are several. */
static bool may_replace(const struct plan *plan, const struct ip_message *route)
{
	const struct view *now = &plan->now, *wanted = &plan->wanted;
	size_t i = view_next_in_place(wanted, route, VIEW_NONE);

	if (plan->flags & IP_CHANGE_ADD_ONLY ||
	    view_next_in_place(wanted, route, i) != VIEW_NONE)
		return false;
	i = view_next_in_place(now, route, VIEW_NONE);
	return i == VIEW_NONE ||
	       (view_next_in_place(now, route, i) == VIEW_NONE &&
		view_find(wanted, now, i) == VIEW_NONE);
}

/* --- the list ------------------------------------------------------------- */

static struct nlmsghdr *append(struct plan *plan, const struct nlmsghdr *msg)
{
	struct ip_state *list = plan->list;
	struct ip_row *rows = array_grow(list->rows, sizeof(*rows), list->count,
					 &list->room);
	struct nlmsghdr *copy;

	if (!rows)
		return NULL;
	list->rows = rows;
	copy = arena_take(&list->arena, MNL_ALIGN(msg->nlmsg_len));
	if (!copy)
		return NULL;
	memset(copy, 0, MNL_ALIGN(msg->nlmsg_len));
	memcpy(copy, msg, msg->nlmsg_len);
	rows[list->count++] = (struct ip_row){ .msg = copy };
	return copy;
}

static int add(struct plan *plan, size_t i, bool is_new)
{
	const struct ip_message *row = &plan->wanted.rows[i];
	const struct ip_row *wanted = &plan->wanted.state->rows[i];
	struct nlmsghdr *msg = append(plan, wanted->msg);

	if (!msg)
		return -ENOMEM;
	plan->list->rows[plan->list->count - 1].is_tentative =
		wanted->is_tentative;
	if (row->kind == IP_ADDRESS && row->family == AF_INET6 && is_new &&
	    !wanted->is_tentative)
		ip_message_use_now(msg);
	if (row->kind == IP_ROUTE && !may_replace(plan, row)) {
		msg->nlmsg_flags &= (uint16_t)~NLM_F_REPLACE;
		msg->nlmsg_flags |= NLM_F_APPEND;
	}
	return 0;
}

/* A row that is missing or different. */
static int add_if_missing(struct plan *plan, size_t i)
{
	const struct nlmsghdr *msg = plan->wanted.state->rows[i].msg;
	const struct ip_message *row = &plan->wanted.rows[i];
	size_t now = view_find(&plan->now, &plan->wanted, i);
	bool is_new = now == VIEW_NONE || plan->is_renewed[now];

	if (!is_new && ip_message_is_equal(plan->now.state->rows[now].msg, msg))
		return 0;
	if (row->kind == IP_ROUTE && plan->is_first &&
	    is_automatic(&plan->wanted, row))
		return 0;
	return add(plan, i, is_new);
}

/* The kernel sorts IPv4 addresses by age, and puts a new IPv6 address before the
 * older ones. Routes through a gateway need those that lead to it. */
static bool is_in_turn(const struct ip_message *row, enum ip_kind kind,
		       unsigned int turn)
{
	if (row->kind != kind)
		return false;
	if (kind == IP_ADDRESS)
		return (row->family == AF_INET6) == (turn == 1);
	if (kind == IP_ROUTE)
		return (row->gateway || row->hops.len || row->nexthop) ==
		       (turn == 1);
	return turn == 0;
}

static int add_missing(struct plan *plan)
{
	size_t count = plan->wanted.state->count;
	int rc = 0;

	for (enum ip_kind kind = 0; kind < IP_KINDS; kind++) {
		for (unsigned int turn = 0; turn < 2; turn++) {
			bool is_reverse = kind == IP_ADDRESS && turn == 1;

			for (size_t k = 0; k < count && rc == 0; k++) {
				size_t i = is_reverse ? count - 1 - k : k;

				if (is_in_turn(&plan->wanted.rows[i], kind,
					       turn))
					rc = add_if_missing(plan, i);
			}
		}
	}
	return rc;
}

/* What was learned stays, unless it was moved. */
static bool is_moved(const struct plan *plan, const struct ip_message *entry)
{
	const struct view *wanted = &plan->wanted;

	for (size_t i = 0; i < wanted->state->count; i++) {
		const struct ip_message *row = &wanted->rows[i];

		if (row->kind == IP_NEIGHBOUR && row->family == entry->family &&
		    row->index != entry->index &&
		    is_same_net(row->address, entry->address,
				row->family == AF_INET6 ? 128 : 32))
			return true;
	}
	return false;
}

static bool shall_go(const struct plan *plan, size_t i)
{
	const struct ip_message *row = &plan->now.rows[i];

	if (view_find(&plan->wanted, &plan->now, i) != VIEW_NONE)
		return false;
	switch (row->kind) {
	case IP_ROUTE:
		/* Most were replaced, or go with the addresses. */
		return !plan->is_first;
	case IP_NEIGHBOUR:
		/* A packet that still takes the old route would make it anew,
		 * and wait there: TCP does not send it again before the entry
		 * fails, after 3 seconds. */
		if (plan->is_first)
			return false;
		return row->flags & NTF_PROXY || row->state != NUD_REACHABLE ||
		       is_moved(plan, row);
	default:
		return true;
	}
}

static int append_deletion(struct plan *plan, size_t i)
{
	struct nlmsghdr *msg = append(plan, plan->now.state->rows[i].msg);

	if (!msg)
		return -ENOMEM;
	ip_message_delete(msg);
	return 0;
}

/* The addresses that the other device still has or gets back. */
static int delete_disorder(struct plan *plan)
{
	int rc = 0;

	if (!(plan->flags & IP_CHANGE_IN_ORDER))
		return 0;
	view_mark_disorder(&plan->now, &plan->wanted, plan->is_renewed);
	for (size_t i = plan->now.state->count; i-- > 0 && rc == 0;)
		if (plan->is_renewed[i])
			rc = append_deletion(plan, i);
	return rc;
}

static int delete_extra(struct plan *plan)
{
	size_t count = plan->now.state->count;

	for (enum ip_kind kind = IP_KINDS; kind-- > 0;) {
		for (size_t i = count; i-- > 0;) {
			int rc;

			if (plan->now.rows[i].kind != kind ||
			    !shall_go(plan, i))
				continue;
			rc = append_deletion(plan, i);
			if (rc < 0)
				return rc;
		}
	}
	return 0;
}

static int make_plan(const struct ip_state *now, const struct ip_state *wanted,
		     unsigned int flags, bool is_first,
		     struct ip_state **ret_plan, size_t *ret_made)
{
	struct plan plan = { .flags = flags, .is_first = is_first };
	int rc = view_new(now, &plan.now);

	if (rc == 0)
		rc = view_new(wanted, &plan.wanted);
	if (rc == 0) {
		plan.list = calloc(1, sizeof(*plan.list));
		plan.is_renewed = calloc(now->count + 1, sizeof(bool));
		rc = plan.list && plan.is_renewed ? delete_disorder(&plan)
						  : -ENOMEM;
	}
	if (rc == 0)
		rc = add_missing(&plan);
	if (rc == 0)
		*ret_made = plan.list->count;
	if (rc == 0 && !(flags & IP_CHANGE_ADD_ONLY))
		rc = delete_extra(&plan);
	free(plan.is_renewed);
	view_free(&plan.now);
	view_free(&plan.wanted);
	if (rc < 0)
		ip_state_free(plan.list);
	else
		*ret_plan = plan.list;
	return rc;
}

int ip_change_plan(const struct ip_state *now, const struct ip_state *wanted,
		   unsigned int flags, struct ip_state **ret_plan)
{
	size_t made;

	return make_plan(now, wanted, flags, true, ret_plan, &made);
}

/* --- the change ----------------------------------------------------------- */

/* With IP_CHANGE_KEEP_GOING, sends the rest after an error, too. */
static int send_list(struct vbr_ctx *ctx, struct nlmsghdr **msgs, size_t count,
		     unsigned int flags)
{
	int *verdicts = calloc(count, sizeof(*verdicts));
	int rc = verdicts ? 0 : context_fail(ctx, -ENOMEM, NULL);
	size_t done = 0;

	while (rc == 0 && done < count) {
		rc = talk_messages(ctx, msgs + done, count - done, verdicts);
		if (rc == 0 || !(flags & IP_CHANGE_KEEP_GOING))
			break;
		for (size_t i = count - done; i-- > 0;) {
			if (verdicts[i] != -ECANCELED) {
				done += i + 1;
				rc = 0;
				break;
			}
		}
	}
	free(verdicts);
	return rc;
}

/* The first "made" messages add, and the rest deletes. */
static int send_plan(struct vbr_ctx *ctx, const struct ip_state *plan,
		     size_t made, unsigned int flags)
{
	struct nlmsghdr **msgs = calloc(plan->count, sizeof(*msgs));
	int rc = 0;

	if (!msgs)
		return context_fail(ctx, -ENOMEM, NULL);
	for (size_t i = 0; i < plan->count; i++)
		msgs[i] = plan->rows[i].msg;
	if (made)
		rc = send_list(ctx, msgs, made, flags);
	if (rc == 0 && made && made < plan->count)
		rc = local_wait(ctx, plan, made);
	if (rc == 0 && made < plan->count)
		rc = send_list(ctx, msgs + made, plan->count - made, flags);
	free(msgs);
	return rc;
}

static int read_now(struct vbr_ctx *ctx, const struct ip_device *devices,
		    size_t count, struct ip_state **ret_now)
{
	struct ip_state *raw;
	int rc = ip_state_take(ctx, devices, count, &raw);

	if (rc < 0)
		return rc;
	rc = ip_state_requests(raw, NULL, ret_now);
	ip_state_free(raw);
	return rc < 0 ? context_fail(ctx, rc, NULL) : 0;
}

/* Returns 1 if nothing was left to do. */
static int change_round(struct vbr_ctx *ctx, const struct ip_device *devices,
			size_t count, const struct ip_state *wanted,
			unsigned int flags, bool is_first)
{
	struct ip_state *now, *plan;
	size_t made;
	int rc = read_now(ctx, devices, count, &now);

	if (rc < 0)
		return rc;
	rc = make_plan(now, wanted, flags, is_first, &plan, &made);
	ip_state_free(now);
	if (rc < 0)
		return context_fail(ctx, rc, NULL);
	if (plan->count)
		rc = send_plan(ctx, plan, made, flags);
	else
		rc = !is_first;
	ip_state_free(plan);
	return rc;
}

int ip_change(struct vbr_ctx *ctx, const struct ip_device *devices,
	      size_t count, const struct ip_state *wanted, unsigned int flags)
{
	for (unsigned int round = 0; round < ROUNDS; round++) {
		int rc = change_round(ctx, devices, count, wanted, flags,
				      round == 0);

		if (rc)
			return rc < 0 ? rc : 0;
	}
	if (flags & IP_CHANGE_KEEP_GOING && ctx->failure.kernel_errno)
		return ctx->failure.kernel_errno;
	return context_fail(ctx, -EAGAIN,
			    _("addresses or routes change all the time"));
}
