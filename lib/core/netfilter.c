/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Asks nfnetlink, over a socket that is opened for one question. */

#include "config.h"

#include "core/netfilter.h"

#include <errno.h>
#include <stdio.h>

#include "core/context.h"
#include "core/talk.h"
#include "sys/transport.h"

int netfilter_talk(struct vbr_ctx *ctx, struct nlmsghdr *msg,
		   const struct talk_handler *handler)
{
	const struct transport *transport = ctx->transport;
	struct kernel_socket socket;
	struct vbr_ctx *beside;
	void *data;
	int rc;

	if (!transport->open_netfilter)
		return -EPROTONOSUPPORT;
	rc = transport->open_netfilter(ctx->transport_data, &socket, &data);
	if (rc < 0)
		return rc;
	rc = context_new(transport, data, &beside);
	if (rc == 0) {
		rc = talk(beside, msg, handler);
		context_free(beside);
	}
	transport->close(data);
	return rc;
}

static bool has_text(const struct vbr_ctx *ctx, const char *path)
{
	char text[16];

	return ctx->transport->read_file(ctx->transport_data, path, text,
					 sizeof(text)) == 0 &&
	       *text;
}

bool netfilter_may_ask(const struct vbr_ctx *ctx, const char *module)
{
	char path[64];

	/* A module that is built in has no state. */
	snprintf(path, sizeof(path), "/sys/module/%s/initstate", module);
	return has_text(ctx, path) || !has_text(ctx, "/proc/modules");
}
