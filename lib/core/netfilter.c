/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Asks nfnetlink, over a socket that is opened for one question. */

#include "config.h"

#include "core/netfilter.h"

#include <errno.h>

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
