/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Each errno that the header documents, and that a kernel with all features
 * returns: single FDB entries, tables of VXLAN devices, VNIs.
 */

#include "oracle/vxlan.h"

#include <string.h>

#include "unit/errnos.h"

static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 1 };
static const struct vbr_remote remote = { .dst = "10.0.0.1" };
static const struct vbr_remote of_ipv6 = { .dst = "fe80::1" };
static const struct vbr_remote far = { .dst = "10.0.0.1", .port = 65536 };

/* "a" is a port of br0, br1 has no ports, "b" and lo are not ports. */
static struct vbr_ctx *make_all(void **state)
{
	struct oracle *o = *state;

	make_bridge(o, "br0");
	make_bridge(o, "br1");
	make_veth(o, "a", "b");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	return o->ctx;
}

/* "vx" is br0's port, too. */
static struct vbr_ctx *make_port(void **state)
{
	struct oracle *o = *state;

	make_all(state);
	if (!make_vxlan(o, "vx", 42))
		skip();
	assert_int_equal(vbr_port_add(o->ctx, "br0", "vx"), 0);
	return o->ctx;
}

static void reads(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	struct vbr_fdb_entry *entry = NULL;
	struct vbr_fdb *fdb;

	GIVES_NO_BRIDGE(vbr_fdb_list_all, &fdb);
	GIVES_NO_BRIDGE(vbr_fdb_get, mac, 0, &entry);
	GIVES(ERANGE, vbr_fdb_get(ctx, "br0", mac, 4095, &entry));
	GIVES(ENOENT, vbr_fdb_get(ctx, "br0", mac, 0, &entry));
	assert_null(entry);
	errnos_end();
}

static void additions(void **state)
{
	static const struct vbr_new_fdb_entry
		plain = { .state = VBR_FDB_STATIC },
		no_vlan = { .vlan = 4095 }, append = { .mode = VBR_FDB_APPEND },
		replace = { .mode = VBR_FDB_REPLACE },
		learned = { .state = VBR_FDB_LEARNED };
	struct vbr_ctx *ctx = make_all(state);
	const uint8_t unknown[6] = { 2, 0, 0, 0, 0, 2 };

	GIVES_NO_PORT(vbr_fdb_add_with, mac, &plain);
	assert_int_equal(vbr_fdb_add_with(ctx, "br0", "a", mac, &plain), 0);
	GIVES(EEXIST, vbr_fdb_add_with(ctx, "br0", "a", mac, &plain));
	GIVES(ERANGE, vbr_fdb_add_with(ctx, "br0", "a", mac, &no_vlan));
	GIVES(EINVAL, vbr_fdb_add_with(ctx, "br0", "a", mac, &append));
	GIVES(ENOENT, vbr_fdb_add_with(ctx, "br0", "a", unknown, &replace));
	GIVES(EBUSY, vbr_fdb_add_with(ctx, "br0", "a", unknown, &learned));
	errnos_end();
}

static void destinations(void **state)
{
	struct vbr_new_fdb_entry entry = { .state = VBR_FDB_STATIC,
					   .flags = VBR_FDB_SELF };
	struct vbr_fdb_filter filter = { .port = "vx", .remote = &of_ipv6 };
	struct vbr_ctx *ctx = make_port(state);

	entry.remote = of_ipv6;
	GIVES(EAFNOSUPPORT, vbr_fdb_add_with(ctx, "br0", "vx", mac, &entry));
	entry.remote = far;
	GIVES(ERANGE, vbr_fdb_add_with(ctx, "br0", "vx", mac, &entry));
	entry.remote = remote;
	GIVES(EINVAL, vbr_fdb_add_with(ctx, "br0", "a", mac, &entry));
	assert_int_equal(vbr_fdb_add_with(ctx, "br0", "vx", mac, &entry), 0);
	GIVES_NO_PORT(vbr_fdb_del_self, mac, &remote);
	GIVES(EAFNOSUPPORT, vbr_fdb_del_self(ctx, "br0", "vx", mac, &of_ipv6));
	GIVES(ERANGE, vbr_fdb_del_self(ctx, "br0", "vx", mac, &far));
	GIVES(EINVAL, vbr_fdb_del_self(ctx, "br0", "a", mac, &remote));
	assert_int_equal(vbr_fdb_del_self(ctx, "br0", "vx", mac, &remote), 0);
	GIVES(ENOENT, vbr_fdb_del_self(ctx, "br0", "vx", mac, &remote));
	GIVES(EAFNOSUPPORT, vbr_fdb_flush(ctx, "br0", &filter));
	filter.port = "a";
	GIVES(EINVAL, vbr_fdb_flush(ctx, "br0", &filter));
	errnos_end();
}

static void vnis(void **state)
{
	static const struct vbr_vni_range range = { 5, 6 }, zero = { 0, 6 };
	struct vbr_ctx *ctx = make_port(state);
	struct vbr_vnis *list;

	GIVES(ENODEV, vbr_vni_add(ctx, "none", &range, 1, NULL));
	GIVES(EOPNOTSUPP, vbr_vni_add(ctx, "vx", &range, 1, NULL));
	GIVES(ENODEV, vbr_vni_del(ctx, "none", &range, 1));
	GIVES(EOPNOTSUPP, vbr_vni_del(ctx, "a", &range, 1));
	GIVES(ENODEV, vbr_vni_list(ctx, "none", &list));
	GIVES(EOPNOTSUPP, vbr_vni_list(ctx, "a", &list));
	GIVES(ERANGE, vbr_vni_add(ctx, "vx", &zero, 1, NULL));
	GIVES(ERANGE, vbr_vni_del(ctx, "vx", &zero, 1));
	GIVES(EINVAL, vbr_vni_add(ctx, "vx", &range, 1, "x"));
	assert_int_equal(vbr_port_del(ctx, "br0", "vx"), 0);
	delete_link(*state, "vx");
	if (!make_vxlan(*state, "vx", 0))
		skip();
	GIVES(EAFNOSUPPORT, vbr_vni_add(ctx, "vx", &range, 1, "fe80::1"));
	GIVES(ENOENT, vbr_vni_del(ctx, "vx", &range, 1));
	/* Only devices that are up keep others from using their VNIs. */
	set_up(*state, "vx");
	assert_int_equal(vbr_vni_add(ctx, "vx", &range, 1, NULL), 0);
	if (!make_vxlan(*state, "vy", 0))
		skip();
	set_up(*state, "vy");
	GIVES(EEXIST, vbr_vni_add(ctx, "vy", &range, 1, NULL));
	errnos_end();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("reads of entries give each errno", reads),
		ORACLE_TEST("additions of entries give each errno", additions),
		ORACLE_TEST("destinations give each errno", destinations),
		ORACLE_TEST("VNIs give each errno", vnis),
	};

	return run_all(tests);
}
