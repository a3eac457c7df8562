/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Requests, read back by libmnl; and the words for what stands at each of
 * their bytes. */

#include "unit.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/options.h"
#include "wire/request.h"

#define LONGEST "123456789012345"

static const struct nlattr *find(const struct nlattr *first, size_t len,
				 int type)
{
	const struct nlattr *attr = first;

	for (; mnl_attr_ok(attr, (int)((const char *)first + len -
				       (const char *)attr));
	     attr = mnl_attr_next(attr))
		if (mnl_attr_get_type(attr) == type)
			return attr;
	return NULL;
}

/* An attribute of the message, or NULL. */
static const struct nlattr *of_message(const struct request *req, int type)
{
	size_t header = req->head.nlmsg_type == RTM_GETNEIGH ?
		sizeof(struct ndmsg) : sizeof(struct ifinfomsg);

	return find(mnl_nlmsg_get_payload_offset(&req->head, header),
		    req->head.nlmsg_len - 16 - MNL_ALIGN(header), type);
}

static const struct nlattr *of_nest(const struct nlattr *nest, int type)
{
	assert_non_null(nest);
	assert_true(nest->nla_type & NLA_F_NESTED);
	return find(mnl_attr_get_payload(nest),
		    mnl_attr_get_payload_len(nest), type);
}

static int count(const struct request *req)
{
	const struct nlattr *attr;
	size_t header = req->head.nlmsg_type == RTM_GETNEIGH ?
		sizeof(struct ndmsg) : sizeof(struct ifinfomsg);
	int n = 0;

	mnl_attr_for_each(attr, &req->head, header)
		n++;
	return n;
}

static void is_request(const struct request *req, int type, int flags)
{
	assert_true(mnl_nlmsg_ok(&req->head, (int)req->head.nlmsg_len));
	assert_in_range(req->head.nlmsg_len, 0, sizeof(*req));
	assert_int_equal(req->head.nlmsg_type, type);
	assert_int_equal(req->head.nlmsg_flags, NLM_F_REQUEST | flags);
}

static void has_text(const struct nlattr *attr, const char *text)
{
	assert_non_null(attr);
	assert_int_equal(mnl_attr_get_payload_len(attr), strlen(text) + 1);
	assert_string_equal(mnl_attr_get_str(attr), text);
}

static void has_u32(const struct nlattr *attr, uint32_t value)
{
	assert_non_null(attr);
	assert_int_equal(mnl_attr_validate(attr, MNL_TYPE_U32), 0);
	assert_int_equal(mnl_attr_get_u32(attr), value);
}

static void link_by_name(void **state)
{
	static const char *const names[] = { "a", "br0", "\x1b", LONGEST };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct ifinfomsg *link;
		struct request req;

		memset(&req, 0xee, sizeof(req));
		request_link(&req, names[i]);
		is_request(&req, RTM_GETLINK, 0);
		link = mnl_nlmsg_get_payload(&req.head);
		assert_int_equal(link->ifi_family, AF_UNSPEC);
		assert_int_equal(link->ifi_index, 0);
		has_text(of_message(&req, IFLA_IFNAME), names[i]);
		has_u32(of_message(&req, IFLA_EXT_MASK),
			RTEXT_FILTER_SKIP_STATS);
		assert_int_equal(count(&req), 2);
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
	has_u32(of_message(&req, IFLA_EXT_MASK), RTEXT_FILTER_SKIP_STATS);
	info = of_message(&req, IFLA_LINKINFO);
	has_text(of_nest(info, IFLA_INFO_KIND), "bridge");
	assert_int_equal(count(&req), 2);
}

static void ports_of_one(void **state)
{
	struct request req;
	const struct ifinfomsg *link;

	(void)state;
	memset(&req, 0xee, sizeof(req));
	request_ports(&req, 4711);
	is_request(&req, RTM_GETLINK, NLM_F_DUMP);
	link = mnl_nlmsg_get_payload(&req.head);
	assert_int_equal(link->ifi_family, AF_UNSPEC);
	has_u32(of_message(&req, IFLA_EXT_MASK), RTEXT_FILTER_SKIP_STATS);
	has_u32(of_message(&req, IFLA_MASTER), 4711);
	assert_int_equal(count(&req), 2);
}

static void ports_of_all(void **state)
{
	struct request req;
	const struct ifinfomsg *link;

	(void)state;
	memset(&req, 0xee, sizeof(req));
	request_ports(&req, 0);
	is_request(&req, RTM_GETLINK, NLM_F_DUMP);
	link = mnl_nlmsg_get_payload(&req.head);
	assert_int_equal(link->ifi_family, AF_BRIDGE);
	assert_int_equal(count(&req), 0);
}

static void fdb(void **state)
{
	struct request req;
	const struct ndmsg *entry;

	(void)state;
	memset(&req, 0xee, sizeof(req));
	request_fdb(&req, 4711);
	is_request(&req, RTM_GETNEIGH, NLM_F_DUMP);
	entry = mnl_nlmsg_get_payload(&req.head);
	assert_int_equal(entry->ndm_family, AF_BRIDGE);
	assert_int_equal(entry->ndm_ifindex, 0);
	assert_int_equal(entry->ndm_state, 0);
	assert_int_equal(entry->ndm_flags, 0);
	has_u32(of_message(&req, NDA_MASTER), 4711);
	assert_int_equal(count(&req), 1);
}

static void bridge_set(const struct known_option *known)
{
	const struct option_row *row = option_find(SCOPE_BRIDGE, known->name);
	const struct nlattr *info, *data, *attr;
	struct request req;

	memset(&req, 0xee, sizeof(req));
	assert_int_equal(request_bridge_set(&req, LONGEST, row,
					    option_wire_max(row)), 0);
	is_request(&req, RTM_NEWLINK, NLM_F_ACK);
	has_text(of_message(&req, IFLA_IFNAME), LONGEST);
	info = of_message(&req, IFLA_LINKINFO);
	has_text(of_nest(info, IFLA_INFO_KIND), "bridge");
	data = of_nest(info, IFLA_INFO_DATA);
	attr = of_nest(data, known->attr);
	assert_non_null(attr);
	assert_int_equal(mnl_attr_get_payload_len(attr), known->width);
	assert_int_equal(mnl_attr_get_payload_len(data),
			 MNL_ALIGN(4 + known->width));
	assert_int_equal(count(&req), 2);
}

static void port_set(const struct known_option *known)
{
	const struct option_row *row = option_find(SCOPE_PORT, known->name);
	const struct ifinfomsg *link;
	const struct nlattr *data, *attr;
	struct request req;

	memset(&req, 0xee, sizeof(req));
	assert_int_equal(request_port_set(&req, 4711, row,
					  option_wire_max(row)), 0);
	is_request(&req, RTM_SETLINK, NLM_F_ACK);
	link = mnl_nlmsg_get_payload(&req.head);
	assert_int_equal(link->ifi_family, AF_BRIDGE);
	assert_int_equal(link->ifi_index, 4711);
	data = of_message(&req, IFLA_PROTINFO);
	attr = of_nest(data, known->attr);
	assert_non_null(attr);
	assert_int_equal(mnl_attr_get_payload_len(attr), known->width);
	assert_int_equal(mnl_attr_get_payload_len(data),
			 MNL_ALIGN(4 + known->width));
	assert_int_equal(count(&req), 1);
}

static void every_option(void **state)
{
	int writable = 0;

	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		if (!known_options[i].writable)
			continue;
		if (known_options[i].scope == SCOPE_BRIDGE)
			bridge_set(&known_options[i]);
		else
			port_set(&known_options[i]);
		writable++;
	}
	assert_true(writable > 0);
}

static void vlan_add(void **state)
{
	const struct vlan_request wanted = { 4711, LONGEST, 4094, 0x88a8 };
	const struct nlattr *info, *data, *attr;
	struct request req;

	(void)state;
	memset(&req, 0xee, sizeof(req));
	request_vlan_add(&req, &wanted);
	is_request(&req, RTM_NEWLINK, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL);
	has_text(of_message(&req, IFLA_IFNAME), LONGEST);
	has_u32(of_message(&req, IFLA_LINK), 4711);
	info = of_message(&req, IFLA_LINKINFO);
	has_text(of_nest(info, IFLA_INFO_KIND), "vlan");
	data = of_nest(info, IFLA_INFO_DATA);
	attr = of_nest(data, IFLA_VLAN_ID);
	assert_int_equal(mnl_attr_validate(attr, MNL_TYPE_U16), 0);
	assert_int_equal(mnl_attr_get_u16(attr), 4094);
	attr = of_nest(data, IFLA_VLAN_PROTOCOL);
	assert_int_equal(mnl_attr_get_payload_len(attr), 2);
	assert_memory_equal(mnl_attr_get_payload(attr), "\x88\xa8", 2);
	assert_int_equal(count(&req), 3);
}

static void groups(void **state)
{
	struct request req;

	(void)state;
	memset(&req, 0xee, sizeof(req));
	request_group_set(&req, LONGEST, 0xfffffffe);
	is_request(&req, RTM_SETLINK, NLM_F_ACK);
	has_text(of_message(&req, IFLA_IFNAME), LONGEST);
	has_u32(of_message(&req, IFLA_GROUP), 0xfffffffe);
	assert_int_equal(count(&req), 2);

	memset(&req, 0xee, sizeof(req));
	request_group_del(&req, 0xfffffffe);
	is_request(&req, RTM_DELLINK, NLM_F_ACK);
	has_u32(of_message(&req, IFLA_GROUP), 0xfffffffe);
	assert_int_equal(count(&req), 1);

	memset(&req, 0xee, sizeof(req));
	request_links(&req);
	is_request(&req, RTM_GETLINK, NLM_F_DUMP);
	has_u32(of_message(&req, IFLA_EXT_MASK), RTEXT_FILTER_SKIP_STATS);
	assert_int_equal(count(&req), 1);
}

static void refusals(void **state)
{
	struct request req;

	(void)state;
	assert_int_equal(request_bridge_set(&req, "br0",
		option_find(SCOPE_BRIDGE, "root_id"), 0), -EACCES);
	assert_int_equal(request_bridge_set(&req, "br0",
		option_find(SCOPE_BRIDGE, "priority"), 65536), -ERANGE);
	assert_int_equal(request_port_set(&req, 1,
		option_find(SCOPE_PORT, "port_no"), 0), -EACCES);
	assert_int_equal(request_port_set(&req, 1,
		option_find(SCOPE_PORT, "hairpin_mode"), 2), -ERANGE);
}

static size_t offset_of(const struct request *req, const struct nlattr *attr)
{
	assert_non_null(attr);
	return (size_t)((const char *)attr - req->bytes);
}

/* All of an attribute's bytes have its name: the kernel may point at its
 * header, or behind it. */
static void named(const struct request *req, const struct nlattr *attr,
		  size_t len, const char *name)
{
	size_t begin = offset_of(req, attr);

	for (size_t i = begin; i < begin + len; i++) {
		const char *found = request_attr_name(req, i);

		check(found && strcmp(found, name) == 0,
		      "byte %zu is \"%s\", not \"%s\"", i,
		      found ? found : "(null)", name);
	}
}

static void names_in_bridge_set(void **state)
{
	struct request req;
	const struct nlattr *info, *data, *attr;

	(void)state;
	request_bridge_set(&req, "br0", option_find(SCOPE_BRIDGE,
						    "hello_time"), 1);
	attr = of_message(&req, IFLA_IFNAME);
	named(&req, attr, attr->nla_len, "name");
	info = of_message(&req, IFLA_LINKINFO);
	named(&req, info, 4, "link type");
	attr = of_nest(info, IFLA_INFO_KIND);
	named(&req, attr, attr->nla_len, "link type");
	data = of_nest(info, IFLA_INFO_DATA);
	named(&req, data, 4, "options");
	attr = of_nest(data, IFLA_BR_HELLO_TIME);
	named(&req, attr, attr->nla_len, "hello_time");
}

static void names_in_port_set(void **state)
{
	struct request req;
	const struct nlattr *data, *attr;

	(void)state;
	request_port_set(&req, 7, option_find(SCOPE_PORT, "path_cost"), 1);
	data = of_message(&req, IFLA_PROTINFO);
	named(&req, data, 4, "port options");
	attr = of_nest(data, IFLA_BRPORT_COST);
	named(&req, attr, attr->nla_len, "path_cost");
}

/* The headers, the end and what is behind it have no name. */
static void names_outside(void **state)
{
	static const size_t huge[] = { REQUEST_SIZE, REQUEST_SIZE + 1,
				       UINT32_MAX, SIZE_MAX };
	struct request req;

	(void)state;
	request_bridge_set(&req, "br0", option_find(SCOPE_BRIDGE,
						    "hello_time"), 1);
	for (size_t i = 0; i < 32; i++)
		assert_null(request_attr_name(&req, i));
	for (size_t i = req.head.nlmsg_len; i < sizeof(req); i++)
		assert_null(request_attr_name(&req, i));
	for (size_t i = 0; i < COUNT(huge); i++)
		assert_null(request_attr_name(&req, huge[i]));

	request_fdb(&req, 3);
	for (size_t i = 0; i < sizeof(req); i++)
		assert_null(request_attr_name(&req, i));
}

static void names_in_reads(void **state)
{
	struct request req;
	const struct nlattr *attr;

	(void)state;
	request_link(&req, LONGEST);
	attr = of_message(&req, IFLA_IFNAME);
	named(&req, attr, attr->nla_len, "name");
	attr = of_message(&req, IFLA_EXT_MASK);
	assert_null(request_attr_name(&req, offset_of(&req, attr)));
	request_ports(&req, 3);
	attr = of_message(&req, IFLA_MASTER);
	assert_null(request_attr_name(&req, offset_of(&req, attr)));
	request_links_of_kind(&req, "bridge");
	attr = of_message(&req, IFLA_LINKINFO);
	named(&req, attr, attr->nla_len, "link type");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("a link is asked for by its whole name", link_by_name),
		TEST("links are asked for by kind", links_of_kind),
		TEST("the ports of one bridge are asked for by master",
		     ports_of_one),
		TEST("the ports of all bridges are asked for as AF_BRIDGE",
		     ports_of_all),
		TEST("the FDB is asked for by master", fdb),
		TEST("each option is set in its nest, with the longest name",
		     every_option),
		TEST("a VLAN device is asked for with id and protocol",
		     vlan_add),
		TEST("links are put into a group, and deleted by it", groups),
		TEST("an option that cannot be put is refused", refusals),
		TEST("each byte of a bridge's request has a name",
		     names_in_bridge_set),
		TEST("each byte of a port's request has a name",
		     names_in_port_set),
		TEST("headers, and what is beyond the end, have no name",
		     names_outside),
		TEST("requests that only read have names, too",
		     names_in_reads),
	};

	return run_all(tests);
}
