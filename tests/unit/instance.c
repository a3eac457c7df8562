/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Lists MRP instances and CFM end points with a fake kernel. Attributes are
 * numbers here, as in linux/if_bridge.h. */

#include "unit.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/port-vlans.h"
#include "vbridge.h"

enum { FILTER_MRP = 1 << 4, FILTER_CFM = 1 << 5 | 1 << 6 };
/* IFLA_BRIDGE_MRP, IFLA_BRIDGE_MRP_INFO; IFLA_BRIDGE_CFM */
enum { MRP = 4, MRP_INFO = 7, CFM = 5 };
/* The nests of CFM. */
enum {
	CREATE = 9,
	CONFIG = 10,
	CC_CONFIG = 11,
	RDI = 12,
	TX = 13,
	PEER = 14,
	STATUS = 15,
	PEER_STATUS = 16
};

static const uint8_t mac[] = { 0x52, 0x54, 0x00, 0x40, 0xba, 0x3b };

static struct nlmsghdr *begin_bridge(struct datagram *d, int index)
{
	return add_link(d, &(struct a_link){ .index = index,
					     .name = "br",
					     .family = AF_BRIDGE,
					     .master = index });
}

/* Numbers from 100, in attributes 1 to "count". */
static struct nlattr *begin_numbers(struct nlmsghdr *msg, uint16_t type,
				    unsigned int count)
{
	struct nlattr *nest = nest_start(msg, type);

	for (unsigned int i = 1; i <= count; i++)
		put_u32(msg, (uint16_t)i, 99 + i);
	return nest;
}

/* Written by br_mrp_fill_info(). */
static void put_ring(struct nlmsghdr *msg, uint32_t ring)
{
	struct nlattr *info = nest_start(msg, MRP_INFO);

	put_u32(msg, 1, ring);
	put_u32(msg, 2, 8);
	/* The other port is missing. */
	put_u32(msg, 10, 9);
	put_u16(msg, 4, 0x8000);
	put_u32(msg, 5, 1);
	put_u32(msg, 6, 2);
	put_u32(msg, 7, 20000);
	put_u32(msg, 8, 3);
	put_u32(msg, 9, 1);
	put_u32(msg, 11, 0);
	put_u32(msg, 12, 2);
	put_u32(msg, 13, 50000);
	put_u32(msg, 14, 8);
	nest_end(msg, info);
}

static void add_rings(struct datagram *d)
{
	struct nlmsghdr *msg = begin_bridge(d, 7);
	struct nlattr *spec = nest_start(msg, IFLA_AF_SPEC);
	struct nlattr *mrp = nest_start(msg, MRP);

	put_ring(msg, 5);
	put_ring(msg, 2);
	nest_end(msg, mrp);
	nest_end(msg, spec);
	done_message(d, msg);
}

/* Written by br_cfm_config_fill_info() and br_cfm_status_fill_info(). */
static void put_mep(struct nlmsghdr *msg, uint32_t instance)
{
	struct nlattr *nest = nest_start(msg, CREATE);

	put_u32(msg, 1, instance);
	put_u32(msg, 2, 0);
	put_u32(msg, 3, 1);
	put_u32(msg, 4, 8);
	nest_end(msg, nest);
	nest = nest_start(msg, CONFIG);
	put_u32(msg, 1, instance);
	put_attr(msg, 2, sizeof(mac), mac);
	put_u32(msg, 3, 7);
	put_u32(msg, 4, 1000 + instance);
	nest_end(msg, nest);
	nest = nest_start(msg, CC_CONFIG);
	put_u32(msg, 1, instance);
	put_u32(msg, 2, 1);
	put_u32(msg, 3, 4);
	nest_end(msg, nest);
	nest = nest_start(msg, RDI);
	put_u32(msg, 1, instance);
	put_u32(msg, 2, 1);
	nest_end(msg, nest);
	nest = nest_start(msg, TX);
	put_u32(msg, 1, instance);
	put_attr(msg, 2, sizeof(mac), mac);
	put_u32(msg, 3, 0);
	put_u32(msg, 4, 60);
	put_u32(msg, 5, 1);
	put_u8(msg, 6, 4);
	put_u32(msg, 7, 0);
	put_u8(msg, 8, 2);
	nest_end(msg, nest);
}

static void put_peer(struct nlmsghdr *msg, uint32_t instance, uint32_t peer)
{
	struct nlattr *nest = nest_start(msg, PEER);

	put_u32(msg, 1, instance);
	put_u32(msg, 2, peer);
	nest_end(msg, nest);
}

static void put_status(struct nlmsghdr *msg, uint32_t instance, uint32_t peer)
{
	struct nlattr *nest = nest_start(msg, STATUS);

	put_u32(msg, 1, instance);
	put_u32(msg, 2, 1);
	put_u32(msg, 3, 0);
	put_u32(msg, 4, 1);
	nest_end(msg, nest);
	nest = nest_start(msg, PEER_STATUS);
	put_u32(msg, 1, instance);
	put_u32(msg, 2, peer);
	put_u32(msg, 3, 1);
	put_u32(msg, 4, 0);
	put_u8(msg, 5, 3);
	put_u8(msg, 6, 5);
	put_u32(msg, 7, 1);
	put_u32(msg, 8, 0);
	put_u32(msg, 9, 1);
	nest_end(msg, nest);
}

static void add_meps(struct datagram *d, int index)
{
	struct nlmsghdr *msg = begin_bridge(d, index);
	struct nlattr *spec = nest_start(msg, IFLA_AF_SPEC);
	struct nlattr *cfm = nest_start(msg, CFM);

	put_mep(msg, 2);
	put_peer(msg, 2, 20);
	put_peer(msg, 2, 10);
	put_mep(msg, 1);
	put_status(msg, 2, 20);
	put_status(msg, 1, 0);
	nest_end(msg, cfm);
	nest_end(msg, spec);
	done_message(d, msg);
}

static void fake_list(struct fake_kernel *fake_kernel, uint32_t filter,
		      struct datagram *answer, bool interrupted)
{
	const struct ifinfomsg head = { .ifi_family = AF_BRIDGE };
	struct datagram request = { 0 };
	struct nlmsghdr *msg = expect(&request, RTM_GETLINK, NLM_F_DUMP, &head,
				      sizeof(head));

	put_u32(msg, IFLA_EXT_MASK, filter | RTEXT_FILTER_SKIP_STATS);
	if (interrupted)
		add_done(answer)->nlmsg_flags |= NLM_F_DUMP_INTR;
	else
		add_done(answer);
	fake_reply(fake_kernel, msg, answer);
}

/* The values of an instance in one line, without names of devices. */
static const char *text_of(const struct vbr_instance *instance)
{
	const enum vbr_instance_kind kind = vbr_instance_kind(instance);
	const struct vbr_option *option;
	static char line[1024];
	size_t len = 0;

	line[0] = '\0';
	for (size_t i = 0; (option = vbr_instance_option_at(kind, i)); i++) {
		char text[VBR_OPTION_TEXT_SIZE];
		uint64_t value;
		int rc = vbr_instance_value(instance, option, &value);

		if (rc == -ENODATA)
			continue;
		assert_int_equal(rc, 0);
		if (vbr_option_type(option) == VBR_OPTION_DEVICE)
			snprintf(text, sizeof(text), "#%u",
				 (unsigned int)value);
		else
			assert_true(vbr_option_format(NULL, option, value, text,
						      sizeof(text)) >= 0);
		len += (size_t)snprintf(line + len, sizeof(line) - len,
					"%s%s=%s", i ? " " : "",
					vbr_option_name(option), text);
	}
	return line;
}

static void are(struct vbr_instances *instances, const char *const *lines)
{
	size_t i = 0;

	for (; lines[i]; i++) {
		assert_true(i < vbr_instances_count(instances));
		assert_string_equal(text_of(vbr_instances_at(instances, i)),
				    lines[i]);
	}
	assert_int_equal(vbr_instances_count(instances), i);
	assert_null(vbr_instances_at(instances, i));
	vbr_instances_free(instances);
}

#define RING \
	" p_port=#8 prio=32768 ring_state=closed ring_role=MRM " \
	"test_interval=20000 test_max_miss=3 test_monitor=on i_port=#9 " \
	"in_state=open in_role=MIM in_test_interval=50000 in_test_max_miss=8"

static void rings(void **state)
{
	static const char *const lines[] = { "ring_id=2" RING, "ring_id=5" RING,
					     NULL };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_instances *instances;
	struct datagram d = { 0 }, none = { 0 };

	(void)state;
	add_rings(&d);
	fake_list(fake_kernel, FILTER_MRP, &d, false);
	assert_int_equal(vbr_mrp_list(ctx, NULL, &instances), 0);
	assert_int_equal(vbr_instance_bridge_index(
				 vbr_instances_at(instances, 0)),
			 7);
	are(instances, lines);
	/* A kernel without MRP. */
	fake_index(fake_kernel, "br0", 7);
	done_message(&none, begin_bridge(&none, 7));
	fake_list(fake_kernel, FILTER_MRP, &none, false);
	assert_int_equal(vbr_mrp_list(ctx, "br0", &instances), 0);
	are(instances, &lines[2]);
	fake_end(fake_kernel, ctx);
}

#define MEP "domain=port direction=up port=#8 mac=52:54:00:40:ba:3b mdlevel=7 "
#define MEP_ON \
	" cc_enable=on cc_interval=1s rdi=on tx_mac=52:54:00:40:ba:3b " \
	"tx_seq_no_update=off tx_period=60 tx_if_tlv=on tx_if_tlv_value=4 " \
	"tx_port_tlv=off tx_port_tlv_value=2 opcode_unexp_seen=on " \
	"version_unexp_seen=off rx_level_low_seen=on"

static void meps(void **state)
{
	static const char *const lines[] = {
		"instance=1 " MEP "mepid=1001" MEP_ON,
		"instance=2 " MEP "mepid=1002" MEP_ON, "instance=2 mepid=10",
		"instance=2 mepid=20 ccm_defect=on rdi=off port_tlv_value=3 "
		"if_tlv_value=5 seen=on tlv_seen=off seq_unexp_seen=on",
		NULL
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_instances *instances;
	struct datagram d = { 0 }, again = { 0 };

	(void)state;
	fake_index(fake_kernel, "br0", 7);
	add_meps(&d, 7);
	add_meps(&d, 6);
	again = d;
	fake_list(fake_kernel, FILTER_CFM, &d, true);
	fake_list(fake_kernel, FILTER_CFM, &again, false);
	assert_int_equal(vbr_cfm_list(ctx, "br0", &instances), 0);
	assert_int_equal(vbr_instance_kind(vbr_instances_at(instances, 1)),
			 VBR_INSTANCE_MEP);
	assert_int_equal(vbr_instance_kind(vbr_instances_at(instances, 2)),
			 VBR_INSTANCE_PEER);
	are(instances, lines);
	fake_end(fake_kernel, ctx);
}

/* Instances whose number is missing, or is not a number. */
static void broken(void **state)
{
	static const struct {
		uint16_t outer, nest;
		unsigned int numbers;
	} rows[] = { { MRP, MRP_INFO, 0 },
		     { CFM, CREATE, 0 },
		     { CFM, PEER, 0 },
		     { CFM, PEER, 1 } };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_instances *instances = (void *)ctx;

	(void)state;
	for (size_t i = 0; i < 2 * COUNT(rows); i++) {
		struct datagram d = { 0 };
		struct nlmsghdr *msg = begin_bridge(&d, 7);
		struct nlattr *spec = nest_start(msg, IFLA_AF_SPEC);
		struct nlattr *outer = nest_start(msg, rows[i / 2].outer);
		struct nlattr *nest = begin_numbers(msg, rows[i / 2].nest,
						    rows[i / 2].numbers);

		if (i % 2)
			put_u16(msg, (uint16_t)(rows[i / 2].numbers + 1), 1);
		nest_end(msg, nest);
		nest_end(msg, outer);
		nest_end(msg, spec);
		done_message(&d, msg);
		add_done(&d);
		fake_expect(fake_kernel, RTM_GETLINK);
		fake_answer(fake_kernel, &d);
		assert_int_equal(rows[i / 2].outer == MRP
					 ? vbr_mrp_list(ctx, NULL, &instances)
					 : vbr_cfm_list(ctx, NULL, &instances),
				 -EBADMSG);
	}
	assert_ptr_equal(instances, ctx);
	fake_end(fake_kernel, ctx);
}

/* A value of another size, and a value of another kind of instance. */
static void odd_value(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_instances *instances;
	const struct vbr_instance *ring;
	struct datagram d = { 0 };
	struct nlmsghdr *msg = begin_bridge(&d, 7);
	struct nlattr *spec = nest_start(msg, IFLA_AF_SPEC);
	struct nlattr *mrp = nest_start(msg, MRP);
	struct nlattr *info = begin_numbers(msg, MRP_INFO, 1);
	uint64_t value = 9;

	(void)state;
	put_u32(msg, 4, 1);
	nest_end(msg, info);
	nest_end(msg, mrp);
	nest_end(msg, spec);
	done_message(&d, msg);
	fake_list(fake_kernel, FILTER_MRP, &d, false);
	assert_int_equal(vbr_mrp_list(ctx, NULL, &instances), 0);
	ring = vbr_instances_at(instances, 0);
	assert_int_equal(
		vbr_instance_value(ring,
				   vbr_instance_option_at(VBR_INSTANCE_MRP, 3),
				   &value),
		-EBADMSG);
	assert_int_equal(
		vbr_instance_value(ring,
				   vbr_instance_option_at(VBR_INSTANCE_MEP, 0),
				   &value),
		-ENODATA);
	assert_int_equal(value, 9);
	vbr_instances_free(instances);
	assert_null(vbr_instance_option_at(VBR_INSTANCE_PEER + 1, 0));
	fake_end(fake_kernel, ctx);
}

static void fails(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_instances *instances = (void *)ctx;

	(void)state;
	fake_index(fake_kernel, "br0", -ENODEV);
	assert_int_equal(vbr_mrp_list(ctx, "br0", &instances), -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the MRP instances: No such device");
	fake_refuses(fake_kernel, RTM_GETLINK, -EPERM);
	assert_int_equal(vbr_cfm_list(ctx, NULL, &instances), -EPERM);
	assert_ptr_equal(instances, ctx);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("MRP instances are listed by ring", rings),
		TEST("MEPs are listed, each with its peers", meps),
		TEST("instances without a number are refused", broken),
		TEST("a value of another size is refused", odd_value),
		TEST("a failed list leaves the caller's pointer unchanged",
		     fails),
	};

	return run_all(tests);
}
