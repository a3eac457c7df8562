/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The errnos that all functions which talk to the kernel share. */

#include "unit/errnos.h"

#include <stdbool.h>
#include <string.h>

#include "unit/refusing.h"

static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 1 };
static const char *const ports[] = { "eth0" };
static struct vbr_vids *vids;

static int skip_entry(const struct vbr_fdb_entry *entry, void *data)
{
	(void)entry;
	(void)data;
	return 0;
}

static int skip_link(const char *name, int index, bool is_free, void *data)
{
	(void)name;
	(void)index;
	(void)is_free;
	(void)data;
	return 0;
}

/* Reads; the dumps, which can be interrupted, come first. */
#define LISTS 9
#define READS 13

static int read_what(struct vbr_ctx *ctx, unsigned int i, void **ret_what)
{
	switch (i) {
	case 0:
		return vbr_bridge_list(ctx, (void *)ret_what);
	case 1:
		return vbr_port_list(ctx, "br0", (void *)ret_what);
	case 2:
		return vbr_fdb_list(ctx, "br0", (void *)ret_what);
	case 3:
		return vbr_mdb_list(ctx, NULL, (void *)ret_what);
	case 4:
		return vbr_port_vlan_list(ctx, "br0", 0, (void *)ret_what);
	case 5:
		return vbr_mst_list(ctx, NULL, (void *)ret_what);
	case 6:
		return vbr_vlan_list(ctx, NULL, (void *)ret_what);
	case 7:
		return vbr_stats_list(ctx, NULL, NULL, ~0u, (void *)ret_what);
	case 8:
		return vbr_link_foreach(ctx, skip_link, NULL);
	case 9:
		return vbr_bridge_get(ctx, "br0", (void *)ret_what);
	case 10:
		return vbr_port_get(ctx, "br0", "eth0", (void *)ret_what);
	case 11:
		return vbr_vlan_get(ctx, "v", (void *)ret_what);
	default:
		return vbr_fdb_foreach(ctx, "br0", skip_entry, NULL);
	}
}

/* Changes; those that use ioctls alone come last, because they send no
 * messages. */
#define CONVERSING 20
#define CHANGES 29

static int change_what(struct vbr_ctx *ctx, unsigned int i)
{
	static const struct vbr_setting one = { "priority", 1 },
					state = { "state", 3 },
					igmp = { "mcast_igmp_version", 2 };

	switch (i) {
	case 0:
		return vbr_bridge_set(ctx, "br0", "priority", 1);
	case 1:
		return vbr_bridge_set_all(ctx, "br0", &one, 1);
	case 2:
		return vbr_port_set(ctx, "br0", "eth0", "priority", 1);
	case 3:
		return vbr_port_set_all(ctx, "br0", "eth0", &one, 1);
	case 4:
		return vbr_fdb_add(ctx, "br0", "eth0", mac, 0, VBR_FDB_STATIC,
				   0);
	case 5:
		return vbr_fdb_del(ctx, "br0", "eth0", mac, 0);
	case 6:
		return vbr_fdb_flush(ctx, "br0", NULL);
	case 7:
		return vbr_mdb_add(ctx, "br0", "eth0", "239.1.1.1", NULL, 0,
				   true);
	case 8:
		return vbr_mdb_del(ctx, "br0", "eth0", "239.1.1.1", NULL, 0);
	case 9:
		return vbr_port_vlan_add(ctx, "br0", "eth0", vids, 0);
	case 10:
		return vbr_port_vlan_del(ctx, "br0", "eth0", vids);
	case 11:
		return vbr_port_vlan_add_many(ctx, "br0", ports, 1, vids, 0);
	case 12:
		return vbr_port_vlan_del_many(ctx, "br0", ports, 1, vids,
					      false);
	case 13:
		return vbr_port_vlan_set_all(ctx, "br0", "eth0", vids, &state,
					     1);
	case 14:
		return vbr_bridge_vlan_set_all(ctx, "br0", vids, &igmp, 1);
	case 15:
		return vbr_port_vlan_map_tunnels(ctx, "br0", "eth0", vids, 9);
	case 16:
		return vbr_port_vlan_unmap_tunnels(ctx, "br0", "eth0", vids,
						   false);
	case 17:
		return vbr_vlan_set(ctx, "v", "gvrp", 1);
	case 18:
		return vbr_port_vlan_add_tunnels(ctx, "br0", "eth0", vids, 0,
						 9);
	case 19:
		return vbr_vlan_add(ctx, "eth0", vids, 0, "v");
	case 20:
		return vbr_bridge_add(ctx, "br0");
	case 21:
		return vbr_bridge_del(ctx, "br0");
	case 22:
		return vbr_port_add(ctx, "br0", "eth0");
	case 23:
		return vbr_port_del(ctx, "br0", "eth0");
	case 24:
		return vbr_vlan_del(ctx, "v");
	case 25:
		return vbr_vlan_set_flags(ctx, "v", VBR_VLAN_GVRP, true);
	case 26:
		return vbr_vlan_map_ingress(ctx, "v", 1, 1);
	case 27:
		return vbr_vlan_map_egress(ctx, "v", 1, 1);
	default:
		return vbr_vlan_set_name_type(ctx, VBR_VLAN_PLUS_VID);
	}
}

/* A failed call leaves an error sentence, too. */
static void failed(struct vbr_ctx *ctx, const char *what, unsigned int i,
		   int expected, int got)
{
	check(got == expected, "%s %u is %d, not %d: %s", what, i, got,
	      expected, vbr_ctx_error(ctx));
	check(*vbr_ctx_error(ctx), "%s %u has no sentence", what, i);
}

static void reads_fail(struct refusing *kernel, unsigned int count,
		       int expected)
{
	struct vbr_ctx *ctx = refusing_new(kernel);

	for (unsigned int i = 0; i < count; i++) {
		void *what = kernel;

		failed(ctx, "read", i, expected, read_what(ctx, i, &what));
		assert_ptr_equal(what, kernel);
	}
	vbr_ctx_unref(ctx);
}

static void changes_fail(struct refusing *kernel, unsigned int count,
			 int expected)
{
	struct vbr_ctx *ctx = refusing_new(kernel);

	for (unsigned int i = 0; i < count; i++)
		failed(ctx, "change", i, expected, change_what(ctx, i));
	vbr_ctx_unref(ctx);
}

static void answers(void **state)
{
	static const struct {
		struct refusing kernel;
		int error;
	} rows[] = {
		{ { .send = -ENOBUFS }, -ENOBUFS },
		{ { .receive = -ENOBUFS }, -ENOBUFS },
		{ { .receive = -EMSGSIZE }, -EMSGSIZE },
		{ { .answer = GARBAGE }, -EBADMSG },
		{ { .answer = STRANGE }, -EPROTO },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct refusing kernel = rows[i].kernel;

		reads_fail(&kernel, READS, rows[i].error);
		changes_fail(&kernel, CONVERSING, rows[i].error);
	}
}

static void interrupted(void **state)
{
	struct refusing kernel = { .answer = INTERRUPTED };

	(void)state;
	reads_fail(&kernel, LISTS, -EAGAIN);
}

static void not_permitted(void **state)
{
	struct refusing kernel = { .answer = VERDICT,
				   .error = -EPERM,
				   .ioctl = -EPERM,
				   .knows_names = true };

	(void)state;
	changes_fail(&kernel, CHANGES, -EPERM);
}

static int setup(void **state)
{
	(void)state;
	return vbr_vids_parse("5", &vids);
}

static int teardown(void **state)
{
	(void)state;
	vbr_vids_free(vids);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("invalid replies make an error sentence in every call",
		     answers),
		TEST("lists that are always interrupted are EAGAIN",
		     interrupted),
		TEST("changes without privilege are EPERM", not_permitted),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
