/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Expected requests, and the replies to them. */

#include "unit.h"

#include "unit/expected.h"

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "vbridge.h"

struct nlmsghdr *expect(struct datagram *d, uint16_t type, uint16_t flags,
			const void *head, size_t size)
{
	struct nlmsghdr *msg;

	memset(d, 0, sizeof(*d));
	msg = add_message(d, type, NLM_F_REQUEST | flags);
	memcpy(put_extra_header(msg, size), head, size);
	return msg;
}

/* rtnl_fdb_add() and rtnl_fdb_del() */
struct nlmsghdr *expect_entry(struct datagram *d, uint16_t type,
			      const struct an_entry *entry)
{
	const struct ndmsg head = { .ndm_family = AF_BRIDGE,
				    .ndm_ifindex = entry->port,
				    .ndm_flags = entry->flags,
				    .ndm_state = entry->state };
	bool is_new = type == RTM_NEWNEIGH;
	struct nlmsghdr *msg = expect(
		d, type, NLM_F_ACK | (is_new ? NLM_F_CREATE | NLM_F_EXCL : 0),
		&head, sizeof(head));

	put_attr(msg, NDA_LLADDR, sizeof(entry->mac), entry->mac);
	if (entry->vlan)
		put_u16(msg, NDA_VLAN, entry->vlan);
	return msg;
}

void fake_verdict(struct fake_kernel *fake_kernel, const struct nlmsghdr *msg,
		  int error)
{
	struct datagram d = { 0 };

	if (error)
		add_error(&d, error);
	else
		add_ack(&d);
	fake_reply(fake_kernel, msg, &d);
}

void fake_reply(struct fake_kernel *fake_kernel, const struct nlmsghdr *msg,
		const struct datagram *answer)
{
	fake_expect_this(fake_kernel, msg);
	fake_answer(fake_kernel, answer);
}

void fake_br0(struct fake_kernel *fake_kernel)
{
	fake_link(fake_kernel, &(struct a_link){ .index = 7,
						 .name = "br0",
						 .kind = "bridge" });
}

void fake_eth0(struct fake_kernel *fake_kernel)
{
	fake_link(fake_kernel, &(struct a_link){ .index = 8,
						 .name = "eth0",
						 .kind = "veth",
						 .master = 7,
						 .port_no = 1 });
	fake_index(fake_kernel, "br0", 7);
}

void says(const struct vbr_ctx *ctx, const char *why)
{
	const char *said = strstr(vbr_ctx_error(ctx), ": ");

	assert_non_null(said);
	assert_string_equal(said + 2, why);
}
