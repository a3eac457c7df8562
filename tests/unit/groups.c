/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds multicast groups and routers as br_mdb_dump() and
 * br_rports_fill_info() do. */

#include "unit.h"

#include "unit/groups.h"

#include <arpa/inet.h>
#include <linux/if_bridge.h>
#include <linux/if_ether.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "vbridge.h"

/* MDBA_ROUTER_PATTR_VID (Linux 5.15). */
#define ROUTER_VID 5

/* Returns the length of the address, and stores its protocol. */
static size_t read_address(const char *text, void *ret_bytes,
			   uint16_t *ret_protocol)
{
	if (inet_pton(AF_INET, text, ret_bytes) == 1) {
		*ret_protocol = htons(ETH_P_IP);
		return 4;
	}
	if (inet_pton(AF_INET6, text, ret_bytes) == 1) {
		*ret_protocol = htons(ETH_P_IPV6);
		return 16;
	}
	assert_int_equal(vbr_parse_mac(text, ret_bytes), 0);
	*ret_protocol = 0;
	return 6;
}

static void put_address(struct nlmsghdr *msg, uint16_t type, const char *text)
{
	uint8_t bytes[16];
	uint16_t protocol;
	size_t len = read_address(text, bytes, &protocol);

	put_attr(msg, type, len, bytes);
}

/* __mdb_fill_srcs() */
static void put_sources(struct nlmsghdr *msg, const char *const *sources)
{
	struct nlattr *list = nest_start(msg, MDBA_MDB_EATTR_SRC_LIST);

	for (uint32_t i = 0; i < 3 && sources[i]; i++) {
		struct nlattr *entry = nest_start(msg, MDBA_MDB_SRCLIST_ENTRY);

		put_address(msg, MDBA_MDB_SRCATTR_ADDRESS, sources[i]);
		put_u32(msg, MDBA_MDB_SRCATTR_TIMER, 100 * (i + 1));
		nest_end(msg, entry);
	}
	nest_end(msg, list);
}

/* __mdb_fill_info(): a structure and attributes, in one attribute. */
static void put_member(struct nlmsghdr *msg, const struct a_member *member)
{
	struct br_mdb_entry entry = {
		.ifindex = (uint32_t)member->port,
		.state = member->state,
		.flags = member->flags,
		.vid = member->vlan,
	};
	struct nlattr *info = nest_start(msg, MDBA_MDB_ENTRY_INFO);

	read_address(member->group, &entry.addr.u, &entry.addr.proto);
	memcpy(put_extra_header(msg, sizeof(entry)), &entry, sizeof(entry));
	put_u32(msg, MDBA_MDB_EATTR_TIMER, member->timer);
	if (member->source)
		put_address(msg, MDBA_MDB_EATTR_SOURCE, member->source);
	if (member->mode)
		put_u8(msg, MDBA_MDB_EATTR_GROUP_MODE, member->mode - 1);
	if (member->sources[0])
		put_sources(msg, member->sources);
	nest_end(msg, info);
}

/* __br_mdb_rport_fill(): the index of the port and attributes, in one
 * attribute. */
static void put_router(struct nlmsghdr *msg, const struct a_router *router)
{
	struct nlattr *port = nest_start(msg, MDBA_ROUTER_PORT);
	uint32_t index = (uint32_t)router->port;

	memcpy(put_extra_header(msg, sizeof(index)), &index, sizeof(index));
	put_u32(msg, MDBA_ROUTER_PATTR_TIMER, router->timer);
	put_u8(msg, MDBA_ROUTER_PATTR_TYPE, router->type);
	if (router->vlan)
		put_u16(msg, ROUTER_VID, router->vlan);
	nest_end(msg, port);
}

struct nlmsghdr *add_groups(struct datagram *d, int bridge,
			    const struct a_member *members,
			    const struct a_router *routers)
{
	struct nlmsghdr *msg = add_message(d, RTM_NEWMDB, 0);
	struct br_port_msg *head = put_extra_header(msg, sizeof(*head));
	struct nlattr *nest, *group;

	head->family = AF_BRIDGE;
	head->ifindex = (uint32_t)bridge;
	if (members) {
		nest = nest_start(msg, MDBA_MDB);
		for (; members->port; members++) {
			group = nest_start(msg, MDBA_MDB_ENTRY);
			put_member(msg, members);
			nest_end(msg, group);
		}
		nest_end(msg, nest);
	}
	if (routers) {
		nest = nest_start(msg, MDBA_ROUTER);
		for (; routers->port; routers++)
			put_router(msg, routers);
		nest_end(msg, nest);
	}
	done_message(d, msg);
	return msg;
}

void fake_groups(struct fake_kernel *fake_kernel, const struct datagram *answer)
{
	static const struct br_port_msg head = { .family = AF_BRIDGE };
	struct datagram request;

	fake_reply(fake_kernel,
		   expect(&request, RTM_GETMDB, NLM_F_DUMP, &head,
			  sizeof(head)),
		   answer);
}
