/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the IP state of devices, and keeps it as the kernel's messages. */

#include "config.h"

#include "ip/state.h"

#include <errno.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "core/context.h"
#include "core/talk.h"
#include "wire/ip-message.h"
#include "wire/message.h"
#include "wire/request.h"

/* --- rows ----------------------------------------------------------------- */

/* Room for a message of "size" bytes, zeroed, at the end; NULL: no memory. */
static struct ip_row *add_row(struct ip_state *state, size_t size)
{
	struct ip_row *rows = array_grow(state->rows, sizeof(*rows),
					 state->count, &state->room);
	struct nlmsghdr *msg;

	if (!rows)
		return NULL;
	state->rows = rows;
	msg = arena_take(&state->arena, MNL_ALIGN(size));
	if (!msg)
		return NULL;
	memset(msg, 0, MNL_ALIGN(size));
	rows[state->count] = (struct ip_row){ .msg = msg };
	return &rows[state->count++];
}

static int keep(struct ip_state *state, const struct nlmsghdr *msg)
{
	struct ip_row *row = add_row(state, msg->nlmsg_len);

	if (!row)
		return -ENOMEM;
	memcpy(row->msg, msg, msg->nlmsg_len);
	return 0;
}

void ip_state_free(struct ip_state *state)
{
	if (!state)
		return;
	arena_free(&state->arena);
	free(state->rows);
	free(state);
}

/* --- which messages ------------------------------------------------------- */

struct taking {
	struct ip_state *state;
	const struct ip_device *devices;
	size_t device_count;
	size_t first; /* row of this dump */
	size_t known; /* rows of addresses and nexthops, which come first */
	uint8_t family;
};

static bool is_of_devices(const struct taking *taking,
			  const struct ip_message *message)
{
	for (size_t i = 0; i < taking->device_count; i++)
		if (ip_message_uses(message, taking->devices[i].index,
				    taking->devices[i].name))
			return true;
	return taking->device_count == 0;
}

/* The kernel keeps an entry for each group and broadcast address. */
static bool is_mapping(const struct ip_message *message)
{
	static const uint8_t none[6];
	const uint8_t *mac = message->mac;

	return message->state & NUD_NOARP &&
	       (!mac || mac[0] & 1 || memcmp(mac, none, sizeof(none)) == 0);
}

static bool is_known_neighbour(const struct ip_message *message)
{
	if (message->flags & NTF_PROXY)
		return true;
	if (is_mapping(message))
		return false;
	return message->state & (NUD_PERMANENT | NUD_NOARP | NUD_REACHABLE |
				 NUD_STALE | NUD_DELAY | NUD_PROBE);
}

static bool has_nexthop(const struct taking *taking, uint32_t id)
{
	const struct ip_state *state = taking->state;
	struct ip_message row;

	for (size_t i = 0; i < taking->known; i++)
		if (ip_message_parse(state->rows[i].msg, &row) == 0 &&
		    (row.kind == IP_NEXTHOP || row.kind == IP_NEXTHOP_GROUP) &&
		    row.nexthop == id)
			return true;
	return false;
}

static bool has_own_address(const struct taking *taking, uint8_t family,
			    const void *address)
{
	const struct ip_state *state = taking->state;
	size_t len = family == AF_INET6 ? 16 : 4;
	struct ip_message row;

	for (size_t i = 0; i < taking->known; i++)
		if (ip_message_parse(state->rows[i].msg, &row) == 0 &&
		    row.kind == IP_ADDRESS && row.family == family &&
		    memcmp(row.local ? row.local : row.address, address, len) ==
			    0)
			return true;
	return false;
}

static bool is_wanted(const struct taking *taking,
		      const struct ip_message *message)
{
	switch (message->kind) {
	case IP_NEIGHBOUR:
		return is_known_neighbour(message) &&
		       is_of_devices(taking, message);
	case IP_NEXTHOP:
	case IP_NEXTHOP_GROUP:
		/* A group may precede its members: chosen later. */
		return true;
	case IP_ROUTE:
		if (message->nexthop && has_nexthop(taking, message->nexthop))
			return true;
		if (message->local &&
		    has_own_address(taking, message->family, message->local))
			return true;
		return is_of_devices(taking, message);
	default:
		return is_of_devices(taking, message);
	}
}

static int on_message(void *data, const struct nlmsghdr *msg)
{
	struct taking *taking = data;
	struct ip_message message;
	int rc = ip_message_parse(msg, &message);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	/* A kernel without a family answers with those it has. */
	if (taking->family && message.family != taking->family)
		return 0;
	if (!is_wanted(taking, &message))
		return 0;
	rc = keep(taking->state, msg);
	if (rc == 0 && message.kind == IP_ADDRESS)
		taking->state->rows[taking->state->count - 1].is_tentative =
			message.flags & (IFA_F_TENTATIVE | IFA_F_DADFAILED);
	return rc;
}

static void forget(void *data)
{
	const struct taking *taking = data;

	taking->state->count = taking->first;
}

/* --- nexthops ------------------------------------------------------------- */

static bool group_has(const struct ip_message *group, uint32_t id)
{
	const struct nexthop_grp *member = group->group;

	for (size_t i = 0; i < group->group_len / sizeof(*member); i++)
		if (member[i].id == id)
			return true;
	return false;
}

/* Whether a member of a group is on one of the devices. */
static bool is_group_of_devices(const struct taking *taking,
				const struct ip_message *group)
{
	const struct ip_state *state = taking->state;
	struct ip_message row;

	for (size_t i = taking->first; i < state->count; i++)
		if (ip_message_parse(state->rows[i].msg, &row) == 0 &&
		    row.kind == IP_NEXTHOP && is_of_devices(taking, &row) &&
		    group_has(group, row.nexthop))
			return true;
	return false;
}

/* Leaves only the nexthops of the devices, and the groups that have them. */
static int choose_nexthops(struct taking *taking)
{
	struct ip_state *state = taking->state;
	size_t end = state->count, kept = taking->first;
	bool *is_chosen;

	if (end == taking->first)
		return 0;
	is_chosen = calloc(end - taking->first, sizeof(*is_chosen));
	if (!is_chosen)
		return -ENOMEM;
	for (size_t i = taking->first; i < end; i++) {
		struct ip_message row;

		if (ip_message_parse(state->rows[i].msg, &row) < 0)
			continue;
		is_chosen[i - taking->first] =
			row.kind == IP_NEXTHOP
				? is_of_devices(taking, &row)
				: is_group_of_devices(taking, &row);
	}
	for (size_t i = taking->first; i < end; i++)
		if (is_chosen[i - taking->first])
			state->rows[kept++] = state->rows[i];
	state->count = kept;
	free(is_chosen);
	return 0;
}

/* --- take ----------------------------------------------------------------- */

/* Kernels may lack IPv6, rules and nexthops (5.3). */
static bool is_lacking(int error)
{
	return error == -EOPNOTSUPP || error == -EAFNOSUPPORT;
}

static int take_part(struct vbr_ctx *ctx, struct taking *taking, size_t part)
{
	const struct talk_handler handler = { on_message, forget, taking };
	struct request req;
	int rc;

	ip_message_request(&req, part);
	taking->family = *(const uint8_t *)mnl_nlmsg_get_payload(&req.head);
	taking->first = taking->state->count;
	rc = talk(ctx, &req.head, &handler);
	if (rc < 0)
		return is_lacking(rc) ? 0 : rc;
	if (req.head.nlmsg_type == RTM_GETNEXTHOP)
		rc = choose_nexthops(taking);
	if (req.head.nlmsg_type == RTM_GETNEXTHOP ||
	    req.head.nlmsg_type == RTM_GETADDR)
		taking->known = taking->state->count;
	return rc < 0 ? context_fail(ctx, rc, NULL) : 0;
}

int ip_state_take(struct vbr_ctx *ctx, const struct ip_device *devices,
		  size_t count, struct ip_state **ret_state)
{
	struct taking taking = { .devices = devices, .device_count = count };
	int rc = 0;

	taking.state = calloc(1, sizeof(*taking.state));
	if (!taking.state)
		return context_fail(ctx, -ENOMEM, NULL);
	for (size_t part = 0; part < IP_DUMPS && rc == 0; part++)
		rc = take_part(ctx, &taking, part);
	if (rc < 0)
		ip_state_free(taking.state);
	else
		*ret_state = taking.state;
	return rc;
}

/* --- requests ------------------------------------------------------------- */

static bool has_same(const struct ip_state *state, const struct ip_row *row)
{
	for (size_t i = 0; i < state->count; i++)
		if (state->rows[i].hash == row->hash &&
		    ip_message_is_same(state->rows[i].msg, row->msg))
			return true;
	return false;
}

/* Equal rows of the two devices become one row of the device that gets both. */
int ip_state_add(struct ip_state *requests, const struct ip_row *from,
		 const struct ip_move *move)
{
	struct ip_row *row = add_row(requests, ip_message_size(from->msg));
	int rc;

	if (!row)
		return -ENOMEM;
	rc = ip_message_copy(from->msg, move, row->msg);
	if (rc < 0)
		return rc;
	row->is_tentative = from->is_tentative;
	row->hash = ip_message_hash(row->msg);
	requests->count--;
	if (!move || !has_same(requests, row))
		requests->count++;
	return 0;
}

int ip_state_requests(const struct ip_state *state, const struct ip_move *move,
		      struct ip_state **ret_requests)
{
	struct ip_state *requests = calloc(1, sizeof(*requests));
	int rc = requests ? 0 : -ENOMEM;

	for (size_t i = 0; i < state->count && rc == 0; i++)
		rc = ip_state_add(requests, &state->rows[i], move);
	if (rc < 0)
		ip_state_free(requests);
	else
		*ret_requests = requests;
	return rc;
}

/* --- files ---------------------------------------------------------------- */

int ip_state_save(const struct ip_state *state, void **ret_bytes,
		  size_t *ret_len)
{
	size_t len = 0;
	char *bytes;

	for (size_t i = 0; i < state->count; i++)
		len += MNL_ALIGN(state->rows[i].msg->nlmsg_len);
	bytes = calloc(1, len + 1);
	if (!bytes)
		return -ENOMEM;
	*ret_len = len;
	len = 0;
	for (size_t i = 0; i < state->count; i++) {
		const struct nlmsghdr *msg = state->rows[i].msg;

		memcpy(bytes + len, msg, msg->nlmsg_len);
		len += MNL_ALIGN(msg->nlmsg_len);
	}
	*ret_bytes = bytes;
	return 0;
}

int ip_state_load(const void *bytes, size_t len, struct ip_state **ret_state)
{
	struct taking taking = { .state = calloc(1, sizeof(struct ip_state)) };
	const struct nlmsghdr *msg = bytes;
	int left = (int)len, rc = taking.state ? 0 : -ENOMEM;

	while (rc == 0 && message_ok(msg, left)) {
		struct ip_message message;

		rc = ip_message_parse(msg, &message);
		if (rc == 0)
			rc = on_message(&taking, msg);
		msg = mnl_nlmsg_next(msg, &left);
	}
	if (rc == 0 && left > 0)
		rc = -EBADMSG;
	if (rc < 0)
		ip_state_free(taking.state);
	else
		*ret_state = taking.state;
	return rc == -ENOMSG ? -EBADMSG : rc;
}
