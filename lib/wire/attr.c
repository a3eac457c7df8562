/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Puts netlink messages together and walks through them. */

#include "config.h"

#include "wire/attr.h"

#include <string.h>

static size_t align(size_t len)
{
	return NLMSG_ALIGN(len);
}

const struct nlmsghdr *msg_first(const void *bytes, size_t len)
{
	const struct nlmsghdr *msg = bytes;

	if (len < sizeof(*msg) || msg->nlmsg_len < sizeof(*msg) ||
	    msg->nlmsg_len > len)
		return NULL;
	return msg;
}

/* "len" is what was left from "msg" on, and becomes what is left then. */
const struct nlmsghdr *msg_next(const struct nlmsghdr *msg, size_t *len)
{
	size_t step = align(msg->nlmsg_len);

	if (step > *len)
		step = *len;
	*len -= step;
	return msg_first((const char *)msg + step, *len);
}

const void *msg_header(const struct nlmsghdr *msg, size_t size)
{
	if (msg->nlmsg_len < NLMSG_HDRLEN + size)
		return NULL;
	return (const char *)msg + NLMSG_HDRLEN;
}

struct attr_span msg_attrs(const struct nlmsghdr *msg, size_t header_size)
{
	size_t offset = NLMSG_HDRLEN + align(header_size);

	if (msg->nlmsg_len < offset)
		return (struct attr_span){ 0 };
	return (struct attr_span){
		.bytes = (const char *)msg + offset,
		.len = msg->nlmsg_len - offset,
	};
}

uint16_t attr_u16(const struct nlattr *attr)
{
	uint16_t value;

	memcpy(&value, attr_data(attr), sizeof(value));
	return value;
}

uint32_t attr_u32(const struct nlattr *attr)
{
	uint32_t value;

	memcpy(&value, attr_data(attr), sizeof(value));
	return value;
}

void *msg_start(struct nlmsghdr *msg, uint16_t type, uint16_t flags,
		size_t header_size)
{
	size_t len = NLMSG_HDRLEN + align(header_size);

	memset(msg, 0, len);
	msg->nlmsg_len = (uint32_t)len;
	msg->nlmsg_type = type;
	msg->nlmsg_flags = flags;
	return (char *)msg + NLMSG_HDRLEN;
}

bool attr_put(struct nlmsghdr *msg, size_t size, unsigned int type,
	      const void *data, size_t len)
{
	char *end = (char *)msg + msg->nlmsg_len;
	struct nlattr *attr = (struct nlattr *)end;
	size_t room = align(NLA_HDRLEN + len);

	if (len > UINT16_MAX - NLA_HDRLEN || room > size - msg->nlmsg_len)
		return false;
	memset(end, 0, room);
	attr->nla_type = (uint16_t)type;
	attr->nla_len = (uint16_t)(NLA_HDRLEN + len);
	if (len)
		memcpy(end + NLA_HDRLEN, data, len);
	msg->nlmsg_len += (uint32_t)room;
	return true;
}

struct nlattr *attr_nest(struct nlmsghdr *msg, size_t size, unsigned int type)
{
	struct nlattr *nest = (void *)((char *)msg + msg->nlmsg_len);

	return attr_put(msg, size, type | NLA_F_NESTED, NULL, 0) ? nest : NULL;
}

void attr_nest_end(struct nlmsghdr *msg, struct nlattr *nest)
{
	if (nest)
		nest->nla_len = (uint16_t)((char *)msg + msg->nlmsg_len -
					   (char *)nest);
}
