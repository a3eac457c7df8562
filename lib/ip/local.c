/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Looks for the local routes of IPv6 addresses. */

#include "config.h"

#include "ip/local.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "core/context.h"
#include "core/talk.h"
#include "wire/ip-message.h"
#include "wire/request.h"

#define WAIT_STEP_NS 200000
#define WAIT_STEPS 2500

struct waiting {
	const struct ip_state *requests;
	bool *is_there; /* for each request */
	size_t count;
};

static bool is_awaited(const struct ip_row *row, struct ip_message *ret_address)
{
	return ip_message_parse(row->msg, ret_address) == 0 &&
	       ret_address->kind == IP_ADDRESS &&
	       ret_address->family == AF_INET6 && !row->is_tentative;
}

static int on_route(void *data, const struct nlmsghdr *msg)
{
	struct waiting *waiting = data;
	struct ip_message address;

	for (size_t i = 0; i < waiting->count; i++)
		if (!waiting->is_there[i] &&
		    is_awaited(&waiting->requests->rows[i], &address) &&
		    ip_message_is_local(msg, &address))
			waiting->is_there[i] = true;
	return 0;
}

static void forget(void *data)
{
	(void)data;
}

static bool is_complete(const struct waiting *waiting)
{
	struct ip_message address;

	for (size_t i = 0; i < waiting->count; i++)
		if (!waiting->is_there[i] &&
		    is_awaited(&waiting->requests->rows[i], &address))
			return false;
	return true;
}

static int wait_for(struct vbr_ctx *ctx, struct waiting *waiting)
{
	const struct talk_handler handler = { on_route, forget, waiting };
	const struct timespec step = { .tv_nsec = WAIT_STEP_NS };
	struct request req;

	for (unsigned int i = 0; i < WAIT_STEPS && !is_complete(waiting); i++) {
		int rc;

		if (i)
			nanosleep(&step, NULL);
		ip_message_request_local(&req);
		rc = talk(ctx, &req.head, &handler);
		if (rc < 0)
			return rc;
	}
	return 0;
}

int local_wait(struct vbr_ctx *ctx, const struct ip_state *requests,
	       size_t count)
{
	struct waiting waiting = { .requests = requests, .count = count };
	int rc;

	waiting.is_there = calloc(count + 1, sizeof(bool));
	if (!waiting.is_there)
		return context_fail(ctx, -ENOMEM, NULL);
	rc = wait_for(ctx, &waiting);
	free(waiting.is_there);
	return rc;
}
