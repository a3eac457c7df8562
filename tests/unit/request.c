/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Requests, parsed by libnl-3. */

#include "unit.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/attrs.h"
#include "unit/messages.h"
#include "unit/options.h"
#include "wire/request.h"

#define LONGEST "123456789012345"

static void is_request(const struct request *req, int type, int flags)
{
	assert_true(nlmsg_ok(&req->head, (int)req->head.nlmsg_len));
	assert_in_range(req->head.nlmsg_len, 0, sizeof(*req));
	assert_int_equal(req->head.nlmsg_type, type);
	assert_int_equal(req->head.nlmsg_flags, NLM_F_REQUEST | flags);
}

static void has_text(const struct nlattr *attr, const char *text)
{
	assert_non_null(attr);
	assert_int_equal(nla_len(attr), strlen(text) + 1);
	assert_string_equal(nla_get_string(attr), text);
}

static void has_u32(const struct nlattr *attr, uint32_t value)
{
	assert_non_null(attr);
	assert_int_equal(nla_len(attr), 4);
	assert_int_equal(nla_get_u32(attr), value);
}

static void link_by_name(void **state)
{
	static char longest[128];
	const char *const names[] = { "a",     "br0",	    "\x1b",
				      LONGEST, LONGEST "6", longest };

	(void)state;
	memset(longest, 'x', sizeof(longest) - 1);
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct ifinfomsg *link;
		struct request req;

		memset(&req, 0xee, sizeof(req));
		request_link(&req, names[i]);
		is_request(&req, RTM_GETLINK, 0);
		link = nlmsg_data(&req.head);
		assert_int_equal(link->ifi_family, AF_UNSPEC);
		assert_int_equal(link->ifi_index, 0);
		has_text(of_message(&req.head, strlen(names[i]) < 16
						       ? IFLA_IFNAME
						       : IFLA_ALT_IFNAME),
			 names[i]);
		has_u32(of_message(&req.head, IFLA_EXT_MASK),
			RTEXT_FILTER_SKIP_STATS);
		assert_int_equal(count_attrs(&req.head), 2);
	}
}

static void links_of_kind(void **state)
{
	struct request req;
	const struct nlattr *info;

	(void)state;
	memset(&req, 0xee, sizeof(req));
	request_links_of_kind(&req, "bridge");
	is_request(&req, RTM_GETLINK, NLM_F_DUMP);
	has_u32(of_message(&req.head, IFLA_EXT_MASK), RTEXT_FILTER_SKIP_STATS);
	info = of_message(&req.head, IFLA_LINKINFO);
	has_text(of_nest(info, IFLA_INFO_KIND), "bridge");
	assert_int_equal(count_attrs(&req.head), 2);
}

static void ports_of_one(void **state)
{
	struct request req;
	const struct ifinfomsg *link;

	(void)state;
	memset(&req, 0xee, sizeof(req));
	request_ports(&req, 4711);
	is_request(&req, RTM_GETLINK, NLM_F_DUMP);
	link = nlmsg_data(&req.head);
	assert_int_equal(link->ifi_family, AF_UNSPEC);
	has_u32(of_message(&req.head, IFLA_EXT_MASK), RTEXT_FILTER_SKIP_STATS);
	has_u32(of_message(&req.head, IFLA_MASTER), 4711);
	assert_int_equal(count_attrs(&req.head), 2);
}

static void ports_of_all(void **state)
{
	struct request req;
	const struct ifinfomsg *link;

	(void)state;
	memset(&req, 0xee, sizeof(req));
	request_ports(&req, 0);
	is_request(&req, RTM_GETLINK, NLM_F_DUMP);
	link = nlmsg_data(&req.head);
	assert_int_equal(link->ifi_family, AF_BRIDGE);
	assert_int_equal(count_attrs(&req.head), 0);
}

static void fdb(void **state)
{
	struct request req;
	const struct ndmsg *entry;

	(void)state;
	memset(&req, 0xee, sizeof(req));
	request_fdb(&req, 4711);
	is_request(&req, RTM_GETNEIGH, NLM_F_DUMP);
	entry = nlmsg_data(&req.head);
	assert_int_equal(entry->ndm_family, AF_BRIDGE);
	assert_int_equal(entry->ndm_ifindex, 0);
	assert_int_equal(entry->ndm_state, 0);
	assert_int_equal(entry->ndm_flags, 0);
	has_u32(of_message(&req.head, NDA_MASTER), 4711);
	assert_int_equal(count_attrs(&req.head), 1);
}

/* The nest tells the kernel to ask the driver of the port, not the bridge. */
static void has_self(const struct nlattr *spec)
{
	const struct nlattr *flags = of_nest(spec, IFLA_BRIDGE_FLAGS);

	assert_non_null(flags);
	assert_int_equal(nla_len(flags), 2);
	assert_int_equal(nla_get_u16(flags), BRIDGE_FLAGS_SELF);
}

/* One option with its largest value, in its nest. */
static void set_one(const struct known_option *known)
{
	const struct option_value value = { known_row(known),
					    known_row(known)->max };
	const struct nlattr *info, *data, *attr;
	const struct ifinfomsg *link;
	struct request req;
	bool is_for_driver;
	size_t bad = 4711;

	memset(&req, 0xee, sizeof(req));
	switch (known->scope) {
	case VBR_SCOPE_PORT:
		assert_int_equal(request_port_set(&req, 4711, &value, 1, &bad),
				 0);
		is_request(&req, RTM_SETLINK, NLM_F_ACK);
		link = nlmsg_data(&req.head);
		assert_int_equal(link->ifi_family, AF_BRIDGE);
		assert_int_equal(link->ifi_index, 4711);
		data = of_message(&req.head, IFLA_PROTINFO);
		is_for_driver = strcmp(known->name, "learning_sync") == 0;
		if (is_for_driver)
			has_self(of_message(&req.head, IFLA_AF_SPEC));
		assert_int_equal(count_attrs(&req.head), is_for_driver ? 2 : 1);
		break;
	default:
		assert_int_equal((known->scope == VBR_SCOPE_BRIDGE
					  ? request_bridge_set
					  : request_vlan_set)(&req, LONGEST,
							      &value, 1, &bad),
				 0);
		is_request(&req, RTM_NEWLINK, NLM_F_ACK);
		has_text(of_message(&req.head, IFLA_IFNAME), LONGEST);
		info = of_message(&req.head, IFLA_LINKINFO);
		has_text(of_nest(info, IFLA_INFO_KIND),
			 known->scope == VBR_SCOPE_BRIDGE ? "bridge" : "vlan");
		data = of_nest(info, IFLA_INFO_DATA);
		assert_int_equal(count_attrs(&req.head), 2);
		break;
	}
	attr = of_nest(data, known->attr);
	assert_non_null(attr);
	assert_int_equal(nla_len(attr), known->width);
	assert_int_equal(nla_len(data), NLMSG_ALIGN(4 + known->width));
	assert_int_equal(bad, 4711);
}

static void every_option(void **state)
{
	int settable = 0;

	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		if (!known_options[i].settable ||
		    known_options[i].scope > VBR_SCOPE_VLAN)
			continue;
		set_one(&known_options[i]);
		settable++;
	}
	assert_true(settable > 70);
}

/* All options of a bridge fit into one request, with the longest name. */
static void all_options(void **state)
{
	struct option_value values[100];
	size_t n = 0, bad = 4711;
	struct request req;

	(void)state;
	for (size_t i = 0; i < known_count; i++)
		if (known_options[i].settable &&
		    known_options[i].scope == VBR_SCOPE_BRIDGE)
			values[n++] = (struct option_value){
				known_row(&known_options[i]),
				known_row(&known_options[i])->max
			};
	assert_true(n > 40);
	assert_int_equal(request_bridge_set(&req, LONGEST, values, n, &bad), 0);
	is_request(&req, RTM_NEWLINK, NLM_F_ACK);
	assert_int_equal(bad, 4711);
}

static void vlan_add(void **state)
{
	const struct vlan_request expected = { 4711, LONGEST, 4094, 0x88a8 };
	const struct nlattr *info, *data, *attr;
	struct request req;

	(void)state;
	memset(&req, 0xee, sizeof(req));
	request_vlan_add(&req, &expected);
	is_request(&req, RTM_NEWLINK, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL);
	has_text(of_message(&req.head, IFLA_IFNAME), LONGEST);
	has_u32(of_message(&req.head, IFLA_LINK), 4711);
	info = of_message(&req.head, IFLA_LINKINFO);
	has_text(of_nest(info, IFLA_INFO_KIND), "vlan");
	data = of_nest(info, IFLA_INFO_DATA);
	attr = of_nest(data, IFLA_VLAN_ID);
	assert_int_equal(nla_len(attr), 2);
	assert_int_equal(nla_get_u16(attr), 4094);
	attr = of_nest(data, IFLA_VLAN_PROTOCOL);
	assert_int_equal(nla_len(attr), 2);
	assert_memory_equal(nla_data(attr), "\x88\xa8", 2);
	assert_int_equal(count_attrs(&req.head), 3);
}

static void groups(void **state)
{
	struct request req;

	(void)state;
	memset(&req, 0xee, sizeof(req));
	request_group_set(&req, 4711, 0xfffffffe);
	is_request(&req, RTM_SETLINK, NLM_F_ACK);
	assert_int_equal(((struct ifinfomsg *)nlmsg_data(&req.head))->ifi_index,
			 4711);
	has_u32(of_message(&req.head, IFLA_GROUP), 0xfffffffe);
	assert_int_equal(count_attrs(&req.head), 1);

	memset(&req, 0xee, sizeof(req));
	request_group_del(&req, 0xfffffffe);
	is_request(&req, RTM_DELLINK, NLM_F_ACK);
	has_u32(of_message(&req.head, IFLA_GROUP), 0xfffffffe);
	assert_int_equal(count_attrs(&req.head), 1);

	memset(&req, 0xee, sizeof(req));
	request_links(&req);
	is_request(&req, RTM_GETLINK, NLM_F_DUMP);
	has_u32(of_message(&req.head, IFLA_EXT_MASK), RTEXT_FILTER_SKIP_STATS);
	assert_int_equal(count_attrs(&req.head), 1);
}

static void up_and_down(void **state)
{
	struct request req;
	const struct ifinfomsg *link;

	(void)state;
	for (int up = 0; up <= 1; up++) {
		memset(&req, 0xee, sizeof(req));
		request_link_up(&req, LONGEST, up);
		is_request(&req, RTM_SETLINK, NLM_F_ACK);
		link = nlmsg_data(&req.head);
		assert_int_equal(link->ifi_index, 0);
		assert_int_equal(link->ifi_change, IFF_UP);
		assert_int_equal(link->ifi_flags, up ? IFF_UP : 0);
		has_text(of_message(&req.head, IFLA_IFNAME), LONGEST);
		assert_int_equal(count_attrs(&req.head), 1);
	}
}

/* Settings that are not selected are not sent. */
static void settings(void **state)
{
	static const struct link_change all = {
		true, true, true, true, 9000, { 2, 0, 0, 0, 0, 7 },
	}, none = { .up = true, .mtu = 9000 };
	const struct ifinfomsg *link;
	struct request req;

	(void)state;
	memset(&req, 0xee, sizeof(req));
	request_link_set(&req, 7, &all);
	is_request(&req, RTM_SETLINK, NLM_F_ACK);
	link = nlmsg_data(&req.head);
	assert_int_equal(link->ifi_index, 7);
	assert_int_equal(link->ifi_change, IFF_UP);
	assert_int_equal(link->ifi_flags, IFF_UP);
	has_u32(of_message(&req.head, IFLA_MTU), 9000);
	assert_memory_equal(nla_data(of_message(&req.head, IFLA_ADDRESS)),
			    all.mac, sizeof(all.mac));
	assert_int_equal(count_attrs(&req.head), 2);

	memset(&req, 0xee, sizeof(req));
	request_link_set(&req, 7, &none);
	link = nlmsg_data(&req.head);
	assert_int_equal(link->ifi_change, 0);
	assert_int_equal(link->ifi_flags, 0);
	assert_int_equal(count_attrs(&req.head), 0);
}

static void refusals(void **state)
{
	const struct vbr_option *priority = option_find(VBR_SCOPE_BRIDGE,
							"priority");
	const struct option_value root_id[] = {
		{ priority, 1 }, { option_find(VBR_SCOPE_BRIDGE, "root_id"), 0 },
	}, large = { priority, 65536 },
	hairpin = { option_find(VBR_SCOPE_PORT, "hairpin_mode"), 2 },
	port_no = { option_find(VBR_SCOPE_PORT, "port_no"), 0 };
	struct request req;
	size_t bad = 4711;

	(void)state;
	assert_int_equal(request_bridge_set(&req, "br0", root_id, 2, &bad),
			 -EACCES);
	assert_int_equal(bad, 1);
	assert_int_equal(request_bridge_set(&req, "br0", &large, 1, &bad),
			 -ERANGE);
	assert_int_equal(bad, 0);
	assert_int_equal(request_port_set(&req, 1, &port_no, 1, &bad), -EACCES);
	assert_int_equal(request_port_set(&req, 1, &hairpin, 1, &bad), -ERANGE);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("a link is requested by its whole name", link_by_name),
		TEST("links are requested by kind", links_of_kind),
		TEST("the ports of one bridge are requested by master",
		     ports_of_one),
		TEST("the ports of all bridges are requested with AF_BRIDGE",
		     ports_of_all),
		TEST("the FDB is requested by master", fdb),
		TEST("each option is in its nest, with the longest name",
		     every_option),
		TEST("all options of a bridge fit into one request",
		     all_options),
		TEST("a VLAN device is requested with id and protocol",
		     vlan_add),
		TEST("links are put into a group, and deleted by group",
		     groups),
		TEST("a link is set up, or down, and nothing else",
		     up_and_down),
		TEST("a link's state, MTU and address are set, or some of them",
		     settings),
		TEST("an option that cannot be encoded is refused", refusals),
	};

	return run_all(tests);
}
