/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses messages about links, valid and invalid ones. */

#include "unit.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/answers.h"
#include "wire/link.h"
#include "wire/option.h"

static int parse_link(const struct a_link *link, struct link_info *ret_info)
{
	struct datagram d = { 0 };

	return link_parse(add_link(&d, link), ret_info);
}

static uint64_t value_of(struct attr_span span, enum vbr_scope scope,
			 const char *name)
{
	uint64_t value = 0;

	assert_int_equal(option_get(span, option_find(scope, name), &value), 0);
	return value;
}

static void a_bridge(void **state)
{
	struct datagram d = { 0 };
	struct link_info info;

	(void)state;
	add_link(&d, &(struct a_link){ .index = 7,
				       .name = "br0",
				       .kind = "bridge",
				       .flags = IFF_UP | IFF_BROADCAST });
	assert_int_equal(link_parse(&d.first, &info), 0);
	assert_int_equal(info.index, 7);
	assert_int_equal(info.master, 0);
	assert_int_equal(info.flags, IFF_UP | IFF_BROADCAST);
	assert_string_equal(info.name, "br0");
	assert_int_equal(info.kind, LINK_BRIDGE);
	assert_false(info.is_port);
	assert_int_equal(info.port_options.len, 0);
	assert_int_equal(value_of(info.options, VBR_SCOPE_BRIDGE,
				  "ageing_time"),
			 30000);
	assert_true(value_of(info.options, VBR_SCOPE_BRIDGE, "bridge_id") ==
		    UINT64_C(0x8000020000000007));
}

/* In a dump by master, the options of a port are in the slave's data. */
static void a_port_of_a_master(void **state)
{
	struct datagram d = { 0 };
	struct link_info info;

	(void)state;
	add_link(&d, &(struct a_link){ .index = 8,
				       .name = "123456789012345",
				       .kind = "veth",
				       .master = 7,
				       .port_no = 3,
				       .cost = 100 });
	assert_int_equal(link_parse(&d.first, &info), 0);
	assert_string_equal(info.name, "123456789012345");
	assert_int_equal(info.master, 7);
	assert_true(info.is_port);
	assert_int_not_equal(info.kind, LINK_BRIDGE);
	assert_int_equal(value_of(info.port_options, VBR_SCOPE_PORT, "port_no"),
			 3);
	assert_int_equal(value_of(info.port_options, VBR_SCOPE_PORT,
				  "path_cost"),
			 100);
}

/* In a dump of AF_BRIDGE, they are in IFLA_PROTINFO. */
static void a_port_of_af_bridge(void **state)
{
	struct datagram d = { 0 };
	struct link_info info;

	(void)state;
	add_link(&d, &(struct a_link){ .index = 8,
				       .name = "eth0",
				       .master = 7,
				       .port_no = 1023,
				       .family = AF_BRIDGE });
	assert_int_equal(link_parse(&d.first, &info), 0);
	assert_true(info.is_port);
	assert_int_equal(value_of(info.port_options, VBR_SCOPE_PORT, "port_no"),
			 1023);
}

static void neither(void **state)
{
	static const struct a_link links[] = {
		{ .index = 1, .name = "lo", .flags = IFF_UP },
		{ .index = 2, .name = "vlan", .kind = "vlan" },
		{ .index = 3, .name = "b", .kind = "bridge_slave" },
		{ .index = 4, .name = "b", .kind = "bridg" },
		{ .index = 5, .name = "slave", .kind = "veth", .master = 2 },
		/* A bridge in a dump of AF_BRIDGE is its own master. */
		{ .index = 6, .name = "br0", .master = 6, .family = AF_BRIDGE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(links); i++) {
		struct link_info info;

		check(parse_link(&links[i], &info) == 0, "row %zu", i);
		check(info.kind != LINK_BRIDGE && !info.is_port, "row %zu", i);
		check(!info.options.len && !info.port_options.len, "row %zu",
		      i);
	}
}

/* A device with port options is not a port if it has no master, or no port
 * number, as the messages of some drivers. */
static void half_a_port(void **state)
{
	struct datagram d = { 0 };
	struct nlmsghdr *msg = add_message(&d, RTM_NEWLINK, 0);
	struct ifinfomsg *head = put_extra_header(msg, sizeof(*head));
	struct nlattr *nest;
	struct link_info info;

	(void)state;
	assert_int_equal(parse_link(&(struct a_link){ .index = 8,
						      .name = "eth0",
						      .port_no = 1,
						      .family = AF_BRIDGE },
				    &info),
			 0);
	assert_false(info.is_port);

	head->ifi_family = AF_BRIDGE;
	head->ifi_index = 8;
	put_string(msg, IFLA_IFNAME, "eth0");
	put_u32(msg, IFLA_MASTER, 7);
	nest = nest_start(msg, IFLA_PROTINFO);
	put_u8(msg, IFLA_BRPORT_LEARNING, 1);
	nest_end(msg, nest);
	assert_int_equal(link_parse(msg, &info), 0);
	assert_false(info.is_port);
}

/* The kind of the slave is enough for a port, but it needs a master. */
static void a_slave_of_a_bridge(void **state)
{
	(void)state;
	for (uint32_t master = 0; master <= 7; master += 7) {
		struct datagram d = { 0 };
		struct nlmsghdr *msg = add_message(&d, RTM_NEWLINK, 0);
		struct ifinfomsg *head = put_extra_header(msg, sizeof(*head));
		struct nlattr *info;
		struct link_info link;

		head->ifi_index = 8;
		put_string(msg, IFLA_IFNAME, "eth0");
		put_u32(msg, IFLA_MASTER, master);
		info = nest_start(msg, IFLA_LINKINFO);
		put_string(msg, IFLA_INFO_SLAVE_KIND, "bridge");
		nest_end(msg, info);
		assert_int_equal(link_parse(msg, &link), 0);
		assert_true(link.is_port == (master == 7));
		assert_int_equal(link.port_options.len, 0);
	}
}

/* The data of a bond's slave are in the same place, but are not port
 * options. */
static void a_slave_of_a_bond(void **state)
{
	struct datagram d = { 0 };
	struct nlmsghdr *msg = add_message(&d, RTM_NEWLINK, 0);
	struct ifinfomsg *head = put_extra_header(msg, sizeof(*head));
	struct nlattr *info, *data;
	struct link_info link;

	(void)state;
	head->ifi_index = 8;
	put_string(msg, IFLA_IFNAME, "eth0");
	put_u32(msg, IFLA_MASTER, 7);
	info = nest_start(msg, IFLA_LINKINFO);
	put_string(msg, IFLA_INFO_SLAVE_KIND, "bond");
	data = nest_start(msg, IFLA_INFO_SLAVE_DATA);
	put_u16(msg, IFLA_BRPORT_NO, 1);
	nest_end(msg, data);
	nest_end(msg, info);
	assert_int_equal(link_parse(msg, &link), 0);
	assert_false(link.is_port);
	assert_int_equal(link.port_options.len, 0);
}

/* Parses a message with one unusual attribute. */
static int parse_with(uint16_t type, const void *bytes, size_t len)
{
	struct datagram d = { 0 };
	struct nlmsghdr *msg = add_message(&d, RTM_NEWLINK, 0);
	struct ifinfomsg *head = put_extra_header(msg, sizeof(*head));
	struct link_info info;

	head->ifi_index = 1;
	if (type != IFLA_IFNAME)
		put_string(msg, IFLA_IFNAME, "eth0");
	put_attr(msg, type, len, bytes);
	return link_parse(msg, &info);
}

static void broken_attributes(void **state)
{
	static const struct {
		uint16_t type;
		size_t len;
		const char *bytes;
		int rc;
	} rows[] = {
		{ IFLA_IFNAME, 0, "", -EBADMSG },
		{ IFLA_IFNAME, 1, "", -EBADMSG },
		{ IFLA_IFNAME, 2, "a", 0 },
		{ IFLA_IFNAME, 1, "a", -EBADMSG },
		{ IFLA_IFNAME, 2, "ab", -EBADMSG },
		{ IFLA_IFNAME, 3, "a\0", -EBADMSG },
		{ IFLA_IFNAME, 3, "\0a", -EBADMSG },
		{ IFLA_IFNAME, 16, "123456789012345", 0 },
		{ IFLA_IFNAME, 16, "1234567890123456", -EBADMSG },
		{ IFLA_IFNAME, 17, "1234567890123456", -EBADMSG },
		{ IFLA_MASTER, 4, "\0\0\0\0", 0 },
		{ IFLA_MASTER, 0, "", -EBADMSG },
		{ IFLA_MASTER, 2, "\1\0", -EBADMSG },
		{ IFLA_MASTER, 3, "\1\0\0", -EBADMSG },
		{ IFLA_MASTER, 8, "\1\0\0\0\0\0\0\0", -EBADMSG },
		{ IFLA_MASTER, 4, "\xff\xff\xff\xff", -EBADMSG },
		{ IFLA_LINKINFO, 0, "", 0 },
		{ IFLA_LINKINFO, 3, "\1\2\3", 0 },
		{ IFLA_LINKINFO, 4, "\xff\xff\1\0", 0 },
		{ IFLA_LINKINFO, 4, "\4\0\1\0", 0 },
		{ IFLA_PROTINFO, 0, "", 0 },
		/* The addresses of a tunnel and of InfiniBand. */
		{ IFLA_ADDRESS, 4, "\1\2\3\4", 0 },
		{ IFLA_ADDRESS, 20, "12345678901234567890", 0 },
		{ IFLA_ADDRESS, 0, "", 0 },
		{ 0x3fff, 3, "abc", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		int rc = parse_with(rows[i].type, rows[i].bytes, rows[i].len);

		check(rc == rows[i].rc, "row %zu gives %d, not %d", i, rc,
		      rows[i].rc);
	}
}

static void wrong_messages(void **state)
{
	struct link_info info, before;
	struct datagram d = { 0 };

	(void)state;
	memset(&info, 0xee, sizeof(info));
	before = info;
	assert_int_equal(parse_link(&(struct a_link){ .name = "eth0" }, &info),
			 -EBADMSG);
	assert_int_equal(parse_link(&(struct a_link){ .index = -1,
						      .name = "eth0" },
				    &info),
			 -EBADMSG);
	assert_int_equal(parse_link(&(struct a_link){ .index = 1 }, &info),
			 -EBADMSG);
	assert_int_equal(parse_link(&(struct a_link){ .index = 1,
						      .name = "eth0",
						      .family = AF_INET6 },
				    &info),
			 -ENOMSG);
	add_link(&d, &(struct a_link){ .index = 1, .name = "eth0" });
	d.first.nlmsg_type = RTM_DELLINK;
	assert_int_equal(link_parse(&d.first, &info), -ENOMSG);
	d.first.nlmsg_type = RTM_NEWLINK;
	for (uint32_t len = 16; len < 32; len++) {
		d.first.nlmsg_len = len;
		assert_int_equal(link_parse(&d.first, &info), -EBADMSG);
	}
	assert_memory_equal(&info, &before, sizeof(info));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("a bridge has its kind and its options", a_bridge),
		TEST("a port has a master and the data of a slave",
		     a_port_of_a_master),
		TEST("a port in AF_BRIDGE has IFLA_PROTINFO",
		     a_port_of_af_bridge),
		TEST("other links are neither bridges nor ports", neither),
		TEST("a link without master or port number is not a port",
		     half_a_port),
		TEST("a slave of a bridge is a port, whatever else it has",
		     a_slave_of_a_bridge),
		TEST("a slave of a bond is not a port", a_slave_of_a_bond),
		TEST("known attributes are validated, unknown ones skipped",
		     broken_attributes),
		TEST("invalid links are refused, and nothing is written",
		     wrong_messages),
	};

	return run_all(tests);
}
