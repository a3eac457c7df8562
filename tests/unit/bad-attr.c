/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds the name of the attribute at each byte of a request, to which an
 * extended ack can point. */

#include "unit.h"

#include <linux/if_link.h>
#include <string.h>

#include "unit/attrs.h"
#include "unit/messages.h"
#include "wire/bad-attr.h"
#include "wire/option.h"
#include "wire/request.h"

#define LONGEST "123456789012345"

static size_t offset_of(const struct request *req, const struct nlattr *attr)
{
	assert_non_null(attr);
	return (size_t)((const char *)attr - req->bytes);
}

/* Each byte of an attribute has its name: the kernel may point to its header or
 * to its payload. */
static void named(const struct request *req, const struct nlattr *attr,
		  size_t len, const char *name)
{
	size_t begin = offset_of(req, attr);

	for (size_t i = begin; i < begin + len; i++) {
		const char *found = bad_attr_name(&req->head, i);

		check(found && strcmp(found, name) == 0,
		      "byte %zu is \"%s\", not \"%s\"", i,
		      found ? found : "(null)", name);
	}
}

static void set_bridge(struct request *req, const char *option, uint64_t number)
{
	const struct option_value value = {
		option_find(VBR_SCOPE_BRIDGE, option), number
	};
	size_t bad;

	assert_int_equal(request_bridge_set(req, "br0", &value, 1, &bad), 0);
}

static void names_in_bridge_set(void **state)
{
	struct request req;
	const struct nlattr *info, *data, *attr;

	(void)state;
	set_bridge(&req, "hello_time", 1);
	attr = of_message(&req.head, IFLA_IFNAME);
	named(&req, attr, attr->nla_len, "name");
	info = of_message(&req.head, IFLA_LINKINFO);
	named(&req, info, 4, "link type");
	attr = of_nest(info, IFLA_INFO_KIND);
	named(&req, attr, attr->nla_len, "link type");
	data = of_nest(info, IFLA_INFO_DATA);
	named(&req, data, 4, "options");
	attr = of_nest(data, IFLA_BR_HELLO_TIME);
	named(&req, attr, attr->nla_len, "hello_time");
}

/* If several bits are in one attribute, the kernel does not say which it
 * refused. The first is named, which is only right if there is one. */
static void names_of_bits(void **state)
{
	static const char *const names[] = {
		"no_linklocal_learn",
		"mcast_vlan_snooping",
		"mst_enabled",
		"fdb_local_vlan_0",
	};
	const struct nlattr *attr;
	struct request req;

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		set_bridge(&req, names[i], 0);
		attr = of_message(&req.head, IFLA_LINKINFO);
		attr = of_nest(of_nest(attr, IFLA_INFO_DATA),
			       IFLA_BR_MULTI_BOOLOPT);
		named(&req, attr, attr->nla_len, names[i]);
	}
}

static void names_in_vlan_set(void **state)
{
	const struct option_value gvrp = { option_find(VBR_SCOPE_VLAN, "gvrp"),
					   1 };
	const struct nlattr *data, *attr;
	struct request req;
	size_t bad;

	(void)state;
	request_vlan_set(&req, "v", &gvrp, 1, &bad);
	data = of_nest(of_message(&req.head, IFLA_LINKINFO), IFLA_INFO_DATA);
	attr = of_nest(data, IFLA_VLAN_FLAGS);
	named(&req, attr, attr->nla_len, "gvrp");
}

static void names_in_port_set(void **state)
{
	const struct option_value cost = {
		option_find(VBR_SCOPE_PORT, "path_cost"), 1
	};
	size_t bad;
	struct request req;
	const struct nlattr *data, *attr;

	(void)state;
	request_port_set(&req, 7, &cost, 1, &bad);
	data = of_message(&req.head, IFLA_PROTINFO);
	named(&req, data, 4, "port options");
	attr = of_nest(data, IFLA_BRPORT_COST);
	named(&req, attr, attr->nla_len, "path_cost");
}

/* The headers and the bytes after the end have no name. */
static void names_outside(void **state)
{
	static const size_t huge[] = { REQUEST_SIZE, REQUEST_SIZE + 1,
				       UINT32_MAX, SIZE_MAX };
	struct request req;

	(void)state;
	set_bridge(&req, "hello_time", 1);
	for (size_t i = 0; i < 32; i++)
		assert_null(bad_attr_name(&req.head, i));
	for (size_t i = req.head.nlmsg_len; i < sizeof(req); i++)
		assert_null(bad_attr_name(&req.head, i));
	for (size_t i = 0; i < COUNT(huge); i++)
		assert_null(bad_attr_name(&req.head, huge[i]));

	request_fdb(&req, 3);
	for (size_t i = 0; i < sizeof(req); i++)
		assert_null(bad_attr_name(&req.head, i));
}

static void names_in_reads(void **state)
{
	struct request req;
	const struct nlattr *attr;

	(void)state;
	request_link(&req, LONGEST);
	attr = of_message(&req.head, IFLA_IFNAME);
	named(&req, attr, attr->nla_len, "name");
	attr = of_message(&req.head, IFLA_EXT_MASK);
	assert_null(bad_attr_name(&req.head, offset_of(&req, attr)));
	request_ports(&req, 3);
	attr = of_message(&req.head, IFLA_MASTER);
	assert_null(bad_attr_name(&req.head, offset_of(&req, attr)));
	request_links_of_kind(&req, "bridge");
	attr = of_message(&req.head, IFLA_LINKINFO);
	named(&req, attr, attr->nla_len, "link type");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("each byte of a bridge's request has a name",
		     names_in_bridge_set),
		TEST("a bit in an attribute has the name of its option",
		     names_of_bits),
		TEST("each byte of a VLAN device's request has a name",
		     names_in_vlan_set),
		TEST("each byte of a port's request has a name",
		     names_in_port_set),
		TEST("headers, and bytes after the end, have no name",
		     names_outside),
		TEST("requests that only read have names, too", names_in_reads),
	};

	return run_all(tests);
}
