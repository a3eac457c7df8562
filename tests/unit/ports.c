/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Lists ports of bridges with a fake kernel. */

#include "unit.h"

#include <errno.h>
#include <limits.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/fake-kernel.h"
#include "vbridge.h"

static const struct a_link br0 = { .index = 7,
				   .name = "br0",
				   .kind = "bridge" };

static void end_list(struct fake_kernel *fake_kernel, struct datagram *d)
{
	add_done(d);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, d);
}

/* The dump of AF_BRIDGE: the ports of all bridges, and the bridges. */
static void fake_all(struct fake_kernel *fake_kernel)
{
	static const struct {
		int index, master;
		const char *name;
	} rows[] = {
		{ 13, 9, "vnet1" }, { 11, 7, "eth1" },	{ 9, 9, "br1" },
		{ 15, 9, "vnet0" }, { 10, 7, "eth0" },	{ 20, 12, "last" },
		{ 7, 7, "br0" },    { 14, 9, "vnet2" },
	};
	struct datagram d = { 0 };

	for (size_t i = 0; i < COUNT(rows); i++)
		add_link(&d, &(struct a_link){
				     .index = rows[i].index,
				     .name = rows[i].name,
				     .master = rows[i].master,
				     .family = AF_BRIDGE,
				     .cost = (uint32_t)rows[i].index,
				     .port_no = rows[i].index == rows[i].master
							? 0
							: (uint16_t)(i + 1) });
	end_list(fake_kernel, &d);
}

static struct vbr_ports *list_all(struct vbr_ctx *ctx,
				  struct fake_kernel *fake_kernel)
{
	struct vbr_ports *ports;

	fake_all(fake_kernel);
	assert_int_equal(vbr_port_list(ctx, NULL, &ports), 0);
	return ports;
}

static void all(void **state)
{
	static const char *const names[] = { "eth0",  "eth1",  "vnet0",
					     "vnet1", "vnet2", "last" };
	static const int bridges[] = { 7, 7, 9, 9, 9, 12 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_ports *ports = list_all(ctx, fake_kernel);
	uint64_t value;

	(void)state;
	assert_int_equal(vbr_ports_count(ports), COUNT(names));
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct vbr_port *port = vbr_ports_at(ports, i);

		assert_string_equal(vbr_port_name(port), names[i]);
		assert_int_equal(vbr_port_bridge_index(port), bridges[i]);
		assert_int_equal(vbr_port_value(port, "path_cost", &value), 0);
		assert_int_equal(value, vbr_port_index(port));
	}
	assert_null(vbr_ports_at(ports, COUNT(names)));
	assert_null(vbr_ports_at(ports, SIZE_MAX));
	vbr_ports_free(ports);
	vbr_ports_free(NULL);
	fake_end(fake_kernel, ctx);
}

static void values(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_ports *ports = list_all(ctx, fake_kernel);
	const struct vbr_port *port = vbr_ports_at(ports, 0);
	uint64_t value = 4711;

	(void)state;
	assert_int_equal(vbr_port_value(port, "nothing", &value), -ENOENT);
	assert_int_equal(vbr_port_value(port, "max_age", &value), -ENOENT);
	assert_int_equal(vbr_port_value(port, "hold_timer", &value), -ENODATA);
	assert_int_equal(value, 4711);
	assert_int_equal(vbr_port_value(port, "hairpin_mode", &value), 0);
	assert_int_equal(value, 1);
	assert_int_equal(vbr_port_value(port, "state", &value), 0);
	assert_int_equal(value, 3);
	vbr_ports_free(ports);
	fake_end(fake_kernel, ctx);
}

static void of_a_bridge(void **state)
{
	static const struct {
		int bridge;
		size_t first, count;
	} rows[] = {
		{ 7, 0, 2 },  { 9, 2, 3 },	 { 12, 5, 1 },
		{ 8, 2, 0 },  { 1, 0, 0 },	 { 0, 0, 0 },
		{ -1, 0, 0 }, { INT_MIN, 0, 0 }, { 11, 5, 0 },
		{ 13, 6, 0 }, { INT_MAX, 6, 0 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_ports *ports = list_all(ctx, fake_kernel);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t first = 4711;
		size_t count = vbr_ports_of(ports, rows[i].bridge, &first);

		check(count == rows[i].count, "bridge %d has %zu ports",
		      rows[i].bridge, count);
		check(first == rows[i].first, "bridge %d begins at %zu",
		      rows[i].bridge, first);
	}
	vbr_ports_free(ports);
	fake_end(fake_kernel, ctx);
}

static void of_one_bridge(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_ports *ports;
	struct datagram d = { 0 };
	size_t first;

	(void)state;
	add_link(&d, &(struct a_link){ .index = 9,
				       .name = "eth1",
				       .kind = "veth",
				       .master = 7,
				       .port_no = 2 });
	/* A kernel that cannot filter by master sends all links. */
	add_link(&d, &(struct a_link){ .index = 10,
				       .name = "other",
				       .kind = "veth",
				       .master = 11,
				       .port_no = 1 });
	add_link(&d, &(struct a_link){ .index = 12,
				       .name = "vlan",
				       .kind = "vlan",
				       .master = 7 });
	add_link(&d, &br0);
	add_link(&d, &(struct a_link){ .index = 8,
				       .name = "eth0",
				       .kind = "veth",
				       .master = 7,
				       .port_no = 1 });
	fake_index(fake_kernel, "br0", 7);
	end_list(fake_kernel, &d);
	assert_int_equal(vbr_port_list(ctx, "br0", &ports), 0);
	assert_int_equal(vbr_ports_count(ports), 2);
	assert_string_equal(vbr_port_name(vbr_ports_at(ports, 0)), "eth0");
	assert_string_equal(vbr_port_name(vbr_ports_at(ports, 1)), "eth1");
	assert_int_equal(vbr_ports_of(ports, 7, &first), 2);
	assert_int_equal(first, 0);
	vbr_ports_free(ports);
	fake_end(fake_kernel, ctx);
}

/* An empty list: of a bridge, or of another device. */
static void of_none(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_ports *ports = (void *)ctx;
	struct datagram d = { 0 };
	size_t first = 4711;

	(void)state;
	fake_index(fake_kernel, "eth0", 8);
	end_list(fake_kernel, &d);
	fake_link(fake_kernel, &(struct a_link){ .index = 8,
						 .name = "eth0",
						 .kind = "veth" });
	assert_int_equal(vbr_port_list(ctx, "eth0", &ports), -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the ports of "
			    "bridge \"eth0\": it is not a bridge");
	/* The device is gone meanwhile. */
	fake_index(fake_kernel, "br0", 7);
	d.len = 0;
	end_list(fake_kernel, &d);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_port_list(ctx, "br0", &ports), -ENODEV);
	assert_ptr_equal(ports, ctx);

	fake_index(fake_kernel, "br0", 7);
	d.len = 0;
	end_list(fake_kernel, &d);
	fake_link(fake_kernel, &br0);
	assert_int_equal(vbr_port_list(ctx, "br0", &ports), 0);
	assert_int_equal(vbr_ports_count(ports), 0);
	assert_null(vbr_ports_at(ports, 0));
	assert_int_equal(vbr_ports_of(ports, 7, &first), 0);
	assert_int_equal(first, 0);
	vbr_ports_free(ports);

	/* For all bridges: there need not be any. */
	d.len = 0;
	end_list(fake_kernel, &d);
	assert_int_equal(vbr_port_list(ctx, NULL, &ports), 0);
	assert_int_equal(vbr_ports_count(ports), 0);
	vbr_ports_free(ports);
	fake_end(fake_kernel, ctx);
}

static void fails(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_ports *ports = (void *)ctx;

	(void)state;
	fake_index(fake_kernel, "br0", -ENODEV);
	assert_int_equal(vbr_port_list(ctx, "br0", &ports), -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the ports of "
			    "bridge \"br0\": No such device");
	assert_int_equal(vbr_port_list(ctx, "", &ports), -ENODEV);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_port_list(ctx, "1234567890123456", &ports),
			 -ENODEV);
	fake_refuses(fake_kernel, RTM_GETLINK, -EOPNOTSUPP);
	assert_int_equal(vbr_port_list(ctx, NULL, &ports), -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx), "cannot list the ports: "
						"Operation not supported");
	assert_ptr_equal(ports, ctx);
	fake_end(fake_kernel, ctx);
}

/* The rows of an interrupted list are dropped. */
static void interrupted(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_ports *ports;
	struct datagram d = { 0 };

	(void)state;
	for (int i = 20; i < 60; i++)
		add_link(&d, &(struct a_link){ .index = i,
					       .name = "old",
					       .master = 7,
					       .port_no = 1,
					       .family = AF_BRIDGE });
	add_done(&d)->nlmsg_flags |= NLM_F_DUMP_INTR;
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	fake_all(fake_kernel);
	assert_int_equal(vbr_port_list(ctx, NULL, &ports), 0);
	assert_int_equal(vbr_ports_count(ports), 6);
	assert_string_equal(vbr_port_name(vbr_ports_at(ports, 0)), "eth0");
	vbr_ports_free(ports);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("all ports are listed by bridge and name", all),
		TEST("a port has values; missing ones are an error", values),
		TEST("the ports of a bridge are adjacent, also at the ends",
		     of_a_bridge),
		TEST("only the ports of one bridge are listed", of_one_bridge),
		TEST("an empty list, or EOPNOTSUPP if it is not a bridge",
		     of_none),
		TEST("a failed list leaves the caller's pointer unchanged",
		     fails),
		TEST("an interrupted list of ports is read again", interrupted),
	};

	return run_all(tests);
}
