/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Lists multicast groups and routers with a fake kernel. */

#include "unit.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "unit/groups.h"
#include "vbridge.h"

static const struct a_member members[] = {
	{ 8, "ff02::fb", .source = "fe80::1", .vlan = 5, .timer = 4711,
	  .mode = 2, .flags = MDB_FLAGS_STAR_EXCL | MDB_FLAGS_BLOCKED },
	{ 8, "239.1.2.3", .state = MDB_PERMANENT, .mode = 1,
	  .sources = { "10.0.0.1", "10.0.0.2", "10.0.0.3" } },
	{ 9, "239.1.2.3", .flags = MDB_FLAGS_FAST_LEAVE | MDB_FLAGS_OFFLOAD },
	{ 7, "01:00:5e:01:02:03", .vlan = 4094 },
	{ 8, "ff02::fb", .source = "fe80::2", .vlan = 5, .mode = 2,
	  .sources = { "fe80::1" } },
	{ 8, "238.255.255.255" },
	{ 0 },
};

/* In the order of the list. */
static const struct {
	int port;
	const char *group, *source;
	unsigned int vlan, flags;
	uint32_t timer;
} rows[] = {
	{ 7, "01:00:5e:01:02:03", NULL, 4094, 0, 0 },
	{ 8, "238.255.255.255", NULL, 0, 0, 0 },
	{ 8, "239.1.2.3", NULL, 0, VBR_MDB_PERMANENT, 0 },
	{ 9, "239.1.2.3", NULL, 0, VBR_MDB_FAST_LEAVE | VBR_MDB_OFFLOADED, 0 },
	{ 8, "ff02::fb", "fe80::1", 5,
	  VBR_MDB_INCLUDE | VBR_MDB_STAR_EXCL | VBR_MDB_BLOCKED, 4711 },
	{ 8, "ff02::fb", "fe80::2", 5, VBR_MDB_INCLUDE, 0 },
};

static const struct a_router routers[] = {
	{ 9, 2, 0, 0 },
	{ 8, 1, 25000, 7 },
	{ 8, 3, 100, 0 },
	{ 0 },
};

static void is_row(const struct vbr_mdb_entry *entry, size_t i)
{
	char text[VBR_ADDRESS_TEXT_SIZE];

	assert_int_equal(vbr_mdb_entry_bridge_index(entry), 7);
	assert_int_equal(vbr_mdb_entry_index(entry), rows[i].port);
	vbr_mdb_entry_group(entry, text);
	assert_string_equal(text, rows[i].group);
	strcpy(text, "-");
	assert_int_equal(vbr_mdb_entry_source(entry, text),
			 rows[i].source != NULL);
	assert_string_equal(text, rows[i].source ? rows[i].source : "-");
	assert_int_equal(vbr_mdb_entry_vlan(entry), rows[i].vlan);
	assert_int_equal(vbr_mdb_entry_flags(entry), rows[i].flags);
	assert_int_equal(vbr_mdb_entry_timer(entry), rows[i].timer);
}

static void are(const struct vbr_mdb *mdb)
{
	assert_int_equal(vbr_mdb_count(mdb), COUNT(rows));
	for (size_t i = 0; i < COUNT(rows); i++)
		is_row(vbr_mdb_at(mdb, i), i);
	assert_null(vbr_mdb_at(mdb, COUNT(rows)));
}

/* The groups of br0; those of another bridge and of another device are not in
 * the list. */
static void add_all(struct datagram *d)
{
	add_groups(d, 4, members, routers);
	add_groups(d, 7, members, routers)->nlmsg_type = RTM_GETMDB;
	add_groups(d, 30, members, NULL);
	add_done(d);
}

static void groups(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	struct vbr_mdb *mdb;

	(void)state;
	add_all(&d);
	fake_br0(fake_kernel);
	fake_groups(fake_kernel, &d);
	assert_int_equal(vbr_mdb_list(ctx, "br0", &mdb), 0);
	are(mdb);
	vbr_mdb_free(mdb);
	vbr_mdb_free(NULL);
	fake_end(fake_kernel, ctx);
}

/* VXLAN devices have groups, too; only those of bridges are listed. */
static void of_all(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 }, bridges = { 0 };
	struct vbr_mdb *mdb;

	(void)state;
	add_all(&d);
	add_link(&bridges, &(struct a_link){ .index = 7,
					     .name = "br0",
					     .kind = "bridge" });
	add_link(&bridges, &(struct a_link){ .index = 4,
					     .name = "br1",
					     .kind = "bridge" });
	add_done(&bridges);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &bridges);
	fake_groups(fake_kernel, &d);
	assert_int_equal(vbr_mdb_list(ctx, NULL, &mdb), 0);
	assert_int_equal(vbr_mdb_count(mdb), 2 * COUNT(rows));
	assert_int_equal(vbr_mdb_entry_bridge_index(vbr_mdb_at(mdb, 0)), 4);
	is_row(vbr_mdb_at(mdb, COUNT(rows)), 0);
	assert_int_equal(vbr_mdb_router_count(mdb), 6);
	assert_int_equal(vbr_mdb_router_bridge_index(vbr_mdb_router_at(mdb, 0)),
			 4);
	assert_int_equal(vbr_mdb_router_bridge_index(vbr_mdb_router_at(mdb, 3)),
			 7);
	vbr_mdb_free(mdb);
	fake_end(fake_kernel, ctx);
}

static void sources(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	char text[VBR_ADDRESS_TEXT_SIZE], expected[16] = "10.0.0.1";
	uint32_t timer = 0;
	struct vbr_mdb *mdb;

	(void)state;
	add_all(&d);
	fake_br0(fake_kernel);
	fake_groups(fake_kernel, &d);
	assert_int_equal(vbr_mdb_list(ctx, "br0", &mdb), 0);
	for (uint32_t i = 0; i < 3; i++, expected[7]++) {
		assert_true(vbr_mdb_entry_source_at(vbr_mdb_at(mdb, 2), i, text,
						    &timer));
		assert_string_equal(text, expected);
		assert_int_equal(timer, 100 * (i + 1));
	}
	assert_false(
		vbr_mdb_entry_source_at(vbr_mdb_at(mdb, 2), 3, text, &timer));
	assert_true(
		vbr_mdb_entry_source_at(vbr_mdb_at(mdb, 5), 0, text, &timer));
	assert_string_equal(text, "fe80::1");
	assert_int_equal(timer, 100);
	assert_false(
		vbr_mdb_entry_source_at(vbr_mdb_at(mdb, 0), 0, text, &timer));
	assert_string_equal(text, "fe80::1");
	vbr_mdb_free(mdb);
	fake_end(fake_kernel, ctx);
}

static void router_ports(void **state)
{
	static const struct a_router sorted[] = {
		{ 8, 3, 100, 0 },
		{ 8, 1, 25000, 7 },
		{ 9, 2, 0, 0 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	struct vbr_mdb *mdb;

	(void)state;
	add_groups(&d, 7, NULL, routers);
	add_groups(&d, 4, NULL, routers);
	add_done(&d);
	fake_br0(fake_kernel);
	fake_groups(fake_kernel, &d);
	assert_int_equal(vbr_mdb_list(ctx, "br0", &mdb), 0);
	assert_int_equal(vbr_mdb_count(mdb), 0);
	assert_null(vbr_mdb_at(mdb, 0));
	assert_int_equal(vbr_mdb_router_count(mdb), COUNT(sorted));
	for (size_t i = 0; i < COUNT(sorted); i++) {
		const struct vbr_mdb_router *router = vbr_mdb_router_at(mdb, i);

		assert_int_equal(vbr_mdb_router_bridge_index(router), 7);
		assert_int_equal(vbr_mdb_router_index(router), sorted[i].port);
		assert_int_equal(vbr_mdb_router_type(router), sorted[i].type);
		assert_int_equal(vbr_mdb_router_timer(router), sorted[i].timer);
		assert_int_equal(vbr_mdb_router_vlan(router), sorted[i].vlan);
	}
	assert_null(vbr_mdb_router_at(mdb, COUNT(sorted)));
	vbr_mdb_free(mdb);
	fake_end(fake_kernel, ctx);
}

static void interrupted(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram first = { 0 }, second = { 0 };
	struct vbr_mdb *mdb;

	(void)state;
	add_groups(&first, 7, members, routers);
	add_done(&first)->nlmsg_flags |= NLM_F_DUMP_INTR;
	add_all(&second);
	fake_br0(fake_kernel);
	fake_groups(fake_kernel, &first);
	fake_groups(fake_kernel, &second);
	assert_int_equal(vbr_mdb_list(ctx, "br0", &mdb), 0);
	are(mdb);
	assert_int_equal(vbr_mdb_router_count(mdb), 3);
	vbr_mdb_free(mdb);
	fake_end(fake_kernel, ctx);
}

static void fails(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_mdb *mdb = (void *)ctx;

	(void)state;
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_mdb_list(ctx, "br0", &mdb), -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the multicast "
			    "groups of bridge \"br0\": No such device");
	fake_link(fake_kernel, &(struct a_link){ .index = 1, .name = "lo" });
	assert_int_equal(vbr_mdb_list(ctx, "lo", &mdb), -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the multicast "
			    "groups of bridge \"lo\": it is not a bridge");
	fake_refuses(fake_kernel, RTM_GETLINK, -EPERM);
	assert_int_equal(vbr_mdb_list(ctx, NULL, &mdb), -EPERM);
	/* Listing the bridges comes first. */
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the bridges: "
			    "Operation not permitted; the capability "
			    "CAP_NET_ADMIN is needed");
	fake_br0(fake_kernel);
	fake_refuses(fake_kernel, RTM_GETMDB, -EOPNOTSUPP);
	assert_int_equal(vbr_mdb_list(ctx, "br0", &mdb), -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the multicast "
			    "groups of bridge \"br0\": Operation not "
			    "supported");
	assert_ptr_equal(mdb, ctx);
	fake_end(fake_kernel, ctx);
}

static void broken(void **state)
{
	static const struct a_member bad[][2] = { { { -1, "239.1.2.3" } } };
	static const struct a_router wrong[][2] = { { { -1, 1, 0, 0 } } };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_mdb *mdb = (void *)ctx;

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct datagram d = { 0 };

		add_groups(&d, i == 2 ? -7 : 7, i == 0 ? bad[0] : NULL,
			   i == 1 ? wrong[0] : NULL);
		add_done(&d);
		fake_br0(fake_kernel);
		fake_groups(fake_kernel, &d);
		assert_int_equal(vbr_mdb_list(ctx, "br0", &mdb), -EBADMSG);
	}
	assert_ptr_equal(mdb, ctx);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("groups are listed by address, VLAN, port and source",
		     groups),
		TEST("groups of the bridge itself are listed", of_all),
		TEST("a member has sources", sources),
		TEST("routers are listed by port and VLAN", router_ports),
		TEST("an interrupted list of groups is read again",
		     interrupted),
		TEST("a failed list of groups returns its errno", fails),
		TEST("invalid groups are EBADMSG", broken),
	};

	return run_all(tests);
}
