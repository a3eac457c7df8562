/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds messages in buffers of the tests. libnl-3 makes each attribute, which
 * is then copied. */

#include "unit.h"

#include "unit/attrs.h"

#include <string.h>

struct nlmsghdr *put_header(void *buffer)
{
	struct nl_msg *made = nlmsg_alloc_simple(0, 0);

	assert_non_null(made);
	memcpy(buffer, nlmsg_hdr(made), sizeof(struct nlmsghdr));
	nlmsg_free(made);
	return buffer;
}

void *put_extra_header(struct nlmsghdr *msg, size_t size)
{
	void *header = nlmsg_tail(msg);

	memset(header, 0, NLMSG_ALIGN(size));
	msg->nlmsg_len = NLMSG_ALIGN(msg->nlmsg_len) + NLMSG_ALIGN(size);
	return header;
}

void put_attr(struct nlmsghdr *msg, int type, size_t len, const void *data)
{
	struct nl_msg *made = nlmsg_alloc_size(len + 64);

	assert_non_null(made);
	assert_int_equal(nla_put(made, type, (int)len, data), 0);
	memcpy(put_extra_header(msg, (size_t)nla_total_size((int)len)),
	       nlmsg_data(nlmsg_hdr(made)), (size_t)nla_total_size((int)len));
	nlmsg_free(made);
}

void put_u8(struct nlmsghdr *msg, int type, uint8_t value)
{
	put_attr(msg, type, sizeof(value), &value);
}

void put_u16(struct nlmsghdr *msg, int type, uint16_t value)
{
	put_attr(msg, type, sizeof(value), &value);
}

void put_u32(struct nlmsghdr *msg, int type, uint32_t value)
{
	put_attr(msg, type, sizeof(value), &value);
}

void put_u64(struct nlmsghdr *msg, int type, uint64_t value)
{
	put_attr(msg, type, sizeof(value), &value);
}

void put_string(struct nlmsghdr *msg, int type, const char *text)
{
	put_attr(msg, type, strlen(text) + 1, text);
}

struct nlattr *nest_start(struct nlmsghdr *msg, int type)
{
	struct nlattr *nest = nlmsg_tail(msg);

	put_attr(msg, type | NLA_F_NESTED, 0, "");
	return nest;
}

void nest_end(const struct nlmsghdr *msg, struct nlattr *nest)
{
	nest->nla_len = (uint16_t)((char *)nlmsg_tail(msg) - (char *)nest);
}
