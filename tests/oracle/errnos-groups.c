/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Each errno that the header documents for members of multicast groups with
 * properties, and that a kernel with all features returns.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/oracle.h"
#include "unit/errnos.h"

#define GROUP "239.1.1.1"

static const struct vbr_new_group plain = { 0 };
static const struct vbr_remote remote = { .dst = "192.0.2.1" };

/* br0 with the port "a" is up and snoops; "b" is not a port. */
static struct vbr_ctx *make_all(void **state)
{
	struct oracle *o = *state;

	make_bridge(o, "br0");
	make_bridge(o, "br1");
	make_veth(o, "a", "b");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	set_up(o, "br0");
	set_up(o, "a");
	set_up(o, "b");
	return o->ctx;
}

static void additions(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	const struct vbr_new_group include = { .mode = VBR_MDB_MODE_INCLUDE };
	const struct vbr_new_group replace = { .replace = true };
	const struct vbr_new_group beyond = { .vlan = 4095 };
	const struct vbr_new_group far = { .remote = &remote };

	GIVES_NO_PORT(vbr_mdb_add_with, GROUP, &plain);
	GIVES(EOPNOTSUPP, vbr_mdb_add_with(ctx, "br0", "a", GROUP, &far));
	GIVES(EINVAL, vbr_mdb_add_with(ctx, "br0", "a", GROUP, &include));
	GIVES(ERANGE, vbr_mdb_add_with(ctx, "br0", "a", GROUP, &beyond));
	GIVES(ENOENT, vbr_mdb_add_with(ctx, "br0", "a", GROUP, &replace));
	assert_int_equal(vbr_mdb_add_with(ctx, "br0", "a", GROUP, &plain), 0);
	GIVES(EEXIST, vbr_mdb_add_with(ctx, "br0", "a", GROUP, &plain));
	assert_int_equal(vbr_bridge_set(ctx, "br0", "hash_max", 1), 0);
	GIVES(E2BIG, vbr_mdb_add_with(ctx, "br0", "a", "239.1.1.3", &plain));
	errnos_end();
}

static void deletions(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	const struct vbr_new_group beyond = { .vlan = 4095 };
	const struct vbr_mdb_filter no_flag = { .flags = VBR_MDB_INCLUDE };
	const struct vbr_mdb_filter far_vlan = { .vlan = 4095 };
	const struct vbr_mdb_filter far_port = { .port = "a" };
	const struct vbr_mdb_filter no_member = { .port = "b" };

	GIVES_NO_PORT(vbr_mdb_del_with, GROUP, &plain);
	GIVES(EINVAL, vbr_mdb_del_with(ctx, "br0", "a", "10.0.0.1", &plain));
	GIVES(ERANGE, vbr_mdb_del_with(ctx, "br0", "a", GROUP, &beyond));
	GIVES(ENOENT, vbr_mdb_del_with(ctx, "br0", "a", GROUP, &plain));
	GIVES_NO_BRIDGE(vbr_mdb_flush, NULL);
	GIVES(ENXIO, vbr_mdb_flush(ctx, "none", &far_port));
	GIVES(EXDEV, vbr_mdb_flush(ctx, "br1", &far_port));
	GIVES(ENODATA, vbr_mdb_flush(ctx, "br0", &no_member));
	GIVES(EINVAL, vbr_mdb_flush(ctx, "br0", &no_flag));
	GIVES(ERANGE, vbr_mdb_flush(ctx, "br0", &far_vlan));
	errnos_end();
}

static void reads(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	struct vbr_mdb *mdb;
	unsigned int number;

	GIVES_NO_BRIDGE(vbr_mdb_get, GROUP, NULL, 0, 0, &mdb);
	GIVES(EINVAL, vbr_mdb_get(ctx, "br0", "10.0.0.1", NULL, 0, 0, &mdb));
	GIVES(ERANGE, vbr_mdb_get(ctx, "br0", GROUP, NULL, 4095, 0, &mdb));
	GIVES(ENOENT, vbr_mdb_get(ctx, "br0", GROUP, NULL, 0, 0, &mdb));
	GIVES(EINVAL, vbr_mdb_parse_protocol("nope", &number));
	errnos_end();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("additions give each errno", additions),
		ORACLE_TEST("deletions give each errno", deletions),
		ORACLE_TEST("reads give each errno", reads),
	};

	return run_all(tests);
}
