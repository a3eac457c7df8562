/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* MRP instances and CFM end points that messages of libnl make, on a real
 * kernel. Few kernels are built with MRP or CFM; the others have none to list. */

#include "oracle/oracle.h"

#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <string.h>
#include <sys/socket.h>

/* IFLA_BRIDGE_FLAGS, IFLA_BRIDGE_MRP and IFLA_BRIDGE_CFM, and nests in them. */
enum { FLAGS = 0, SELF = 2, MRP = 4, CFM = 5 };
enum { MRP_INSTANCE = 1, MRP_RING_ROLE = 5 };
enum { CFM_CREATE = 1, CFM_CONFIG = 3, CFM_PEER_ADD = 5 };

static const uint8_t mac[] = { 0x52, 0x54, 0x00, 0x40, 0xba, 0x3b };

/* Sends a nest with numbers from attribute 1 on. If "mac_at" is not 0, this
 * attribute is the MAC address instead. */
static int change(struct oracle *o, int protocol, int nest,
		  const uint32_t *numbers, int count, int mac_at)
{
	struct ifinfomsg head = { .ifi_family = AF_BRIDGE,
				  .ifi_index = index_of(o, "br0") };
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_SETLINK, 0);
	struct nlattr *spec, *outer, *inner;

	assert_int_equal(nlmsg_append(msg, &head, sizeof(head), NLMSG_ALIGNTO),
			 0);
	spec = nla_nest_start(msg, IFLA_AF_SPEC);
	assert_int_equal(nla_put_u16(msg, FLAGS, SELF), 0);
	outer = nla_nest_start(msg, protocol | NLA_F_NESTED);
	inner = nla_nest_start(msg, nest | NLA_F_NESTED);
	for (int i = 1; i <= count; i++)
		assert_int_equal(i == mac_at
					 ? nla_put(msg, i, sizeof(mac), mac)
					 : nla_put_u32(msg, i, numbers[i - 1]),
				 0);
	nla_nest_end(msg, inner);
	nla_nest_end(msg, outer);
	nla_nest_end(msg, spec);
	return request(o, msg);
}

static void make_ports(struct oracle *o)
{
	make_bridge(o, "br0");
	make_veth(o, "a", "x");
	make_veth(o, "b", "y");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_port_add(o->ctx, "br0", "b"), 0);
}

/* A kernel without the protocol ignores both requests, or refuses both. */
static bool makes_one(struct oracle *o, int protocol, int nest,
		      const uint32_t *numbers, int count)
{
	return change(o, protocol, nest, numbers, count, 0) == 0 &&
	       change(o, protocol, nest, numbers, count, 0) != 0;
}

static uint64_t value_of(const struct vbr_instance *instance, const char *name)
{
	const enum vbr_instance_kind kind = vbr_instance_kind(instance);
	const struct vbr_option *option;
	uint64_t value = 0;

	for (size_t i = 0; (option = vbr_instance_option_at(kind, i)); i++) {
		if (strcmp(vbr_option_name(option), name) != 0)
			continue;
		assert_int_equal(vbr_instance_value(instance, option, &value),
				 0);
		return value;
	}
	fail();
	return 0;
}

/* All values but the ports that were not set can be read. */
static void is_complete(const struct vbr_instance *instance)
{
	const enum vbr_instance_kind kind = vbr_instance_kind(instance);
	const struct vbr_option *option;
	uint64_t value;

	for (size_t i = 0; (option = vbr_instance_option_at(kind, i)); i++)
		if (strcmp(vbr_option_name(option), "i_port") != 0)
			check(vbr_instance_value(instance, option, &value) == 0,
			      "%s", vbr_option_name(option));
}

static void ring(void **state)
{
	struct oracle *o = *state;
	struct vbr_instances *rings;
	const struct vbr_instance *row;
	uint32_t numbers[] = { 5, 0, 0 };
	const uint32_t role[] = { 5, 2 };
	bool has_mrp;

	make_ports(o);
	numbers[1] = (uint32_t)index_of(o, "a");
	numbers[2] = (uint32_t)index_of(o, "b");
	has_mrp = makes_one(o, MRP, MRP_INSTANCE, numbers, 3);
	if (has_mrp)
		assert_int_equal(change(o, MRP, MRP_RING_ROLE, role, 2, 0), 0);
	print_message("# this kernel has %s\n", has_mrp ? "MRP" : "no MRP");
	assert_int_equal(vbr_mrp_list(o->ctx, "br0", &rings), 0);
	assert_int_equal(vbr_instances_count(rings), has_mrp);
	row = vbr_instances_at(rings, 0);
	if (row) {
		assert_int_equal(vbr_instance_bridge_index(row),
				 index_of(o, "br0"));
		assert_int_equal(value_of(row, "ring_id"), 5);
		assert_int_equal(value_of(row, "p_port"), index_of(o, "a"));
		assert_int_equal(value_of(row, "s_port"), index_of(o, "b"));
		assert_int_equal(value_of(row, "ring_role"), 2);
		is_complete(row);
	}
	vbr_instances_free(rings);
}

static void mep(void **state)
{
	struct oracle *o = *state;
	struct vbr_instances *meps;
	uint32_t create[] = { 3, 0, 0, 0 };
	const uint32_t config[] = { 3, 0, 4, 100 };
	const uint32_t peer[] = { 3, 200 };
	bool has_cfm;

	make_ports(o);
	create[3] = (uint32_t)index_of(o, "a");
	has_cfm = makes_one(o, CFM, CFM_CREATE, create, 4);
	if (has_cfm) {
		assert_int_equal(change(o, CFM, CFM_CONFIG, config, 4, 2), 0);
		assert_int_equal(change(o, CFM, CFM_PEER_ADD, peer, 2, 0), 0);
	}
	print_message("# this kernel has %s\n", has_cfm ? "CFM" : "no CFM");
	assert_int_equal(vbr_cfm_list(o->ctx, NULL, &meps), 0);
	assert_int_equal(vbr_instances_count(meps), has_cfm ? 2 : 0);
	if (has_cfm) {
		const struct vbr_instance *row = vbr_instances_at(meps, 0);

		assert_int_equal(value_of(row, "instance"), 3);
		assert_int_equal(value_of(row, "port"), index_of(o, "a"));
		assert_int_equal(value_of(row, "mac"), 0x52540040ba3bULL);
		assert_int_equal(value_of(row, "mdlevel"), 4);
		assert_int_equal(value_of(row, "mepid"), 100);
		is_complete(row);
		row = vbr_instances_at(meps, 1);
		assert_int_equal(vbr_instance_kind(row), VBR_INSTANCE_PEER);
		assert_int_equal(value_of(row, "mepid"), 200);
		is_complete(row);
	}
	vbr_instances_free(meps);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("an MRP instance is listed, if the kernel has MRP",
			    ring),
		ORACLE_TEST("a MEP is listed, if the kernel has CFM", mep),
	};

	return run_all(tests);
}
