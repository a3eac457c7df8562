/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses NLMSG_ERROR and NLMSG_DONE, with their extended acks. */

#include "config.h"

#include "wire/reply.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "wire/message.h"

/* MAX_ERRNO of the kernel. */
#define ERRNO_MAX 4095

static void read_extended(const struct nlattr *attr, struct reply_error *error)
{
	switch (mnl_attr_get_type(attr)) {
	case NLMSGERR_ATTR_MSG:
		error->text = mnl_attr_get_payload(attr);
		error->text_len = strnlen(error->text,
					  mnl_attr_get_payload_len(attr));
		break;
	case NLMSGERR_ATTR_OFFS:
		if (mnl_attr_get_payload_len(attr) == sizeof(uint32_t))
			error->offset = mnl_attr_get_u32(attr);
		break;
	}
}

/* After the error code: the header of the request, its body if the kernel did
 * not cap it, and the extended ack. */
static size_t header_size(const struct nlmsghdr *msg)
{
	const struct nlmsgerr *error = mnl_nlmsg_get_payload(msg);

	if (msg->nlmsg_type == NLMSG_DONE)
		return sizeof(int);
	if (msg->nlmsg_flags & NLM_F_CAPPED)
		return sizeof(*error);
	return sizeof(int) + error->msg.nlmsg_len;
}

/* For NLMSG_ERROR (an ack has error 0) and NLMSG_DONE. */
int reply_parse_error(const struct nlmsghdr *msg, struct reply_error *ret_error)
{
	size_t least = msg->nlmsg_type == NLMSG_DONE ? sizeof(int)
						     : sizeof(struct nlmsgerr);
	const int *code = mnl_nlmsg_get_payload(msg);
	struct reply_error error = { 0 };
	const struct nlattr *attr;
	struct attr_span span;

	if (mnl_nlmsg_get_payload_len(msg) < least || *code > 0)
		return -EBADMSG;
	error.error = *code < -ERRNO_MAX ? -ERRNO_MAX : *code;

	span = message_attrs(msg, header_size(msg));
	if (!(msg->nlmsg_flags & NLM_F_ACK_TLVS))
		span.len = 0;
	while ((attr = attr_take(&span)))
		read_extended(attr, &error);
	*ret_error = error;
	return 0;
}
