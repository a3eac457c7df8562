/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VLAN devices on a real kernel: libnl-route reads what libvbridge makes, and
 * libvbridge reads what libnl-route makes. */

#include "oracle/oracle.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_vlan.h>
#include <netlink/route/link/vlan.h>
#include <stdio.h>
#include <string.h>

/* Makes eth0. Most tests are skipped if the kernel has no VLANs. */
static bool kernel_has_vlans;

static int setup(void **state)
{
	struct oracle *o;

	assert_int_equal(oracle_setup(state), 0);
	o = *state;
	make_veth(o, "eth0", "peer");
	return 0;
}

static int make_vlan(struct oracle *o, const char *name, uint16_t vid,
		     uint16_t protocol)
{
	struct rtnl_link *link = rtnl_link_vlan_alloc();
	int rc;

	assert_non_null(link);
	rtnl_link_set_name(link, name);
	rtnl_link_set_link(link, index_of(o, "eth0"));
	rtnl_link_vlan_set_id(link, vid);
	rtnl_link_vlan_set_protocol(link, htons(protocol));
	rc = rtnl_link_add(o->sock, link, NLM_F_CREATE | NLM_F_EXCL);
	rtnl_link_put(link);
	return rc;
}

/* Tries it once with libnl, so that a bug of ours does not look like a kernel
 * without VLANs. */
static int probe(void **state)
{
	void *place = NULL;
	struct oracle *o;

	(void)state;
	assert_int_equal(setup(&place), 0);
	o = place;
	kernel_has_vlans = make_vlan(o, "v", 5, VBR_VLAN_8021Q) == 0;
	return oracle_teardown(&place);
}

static void need_vlans(void)
{
	if (!kernel_has_vlans)
		skip();
}

static int add(struct oracle *o, const char *ids, unsigned int protocol,
	       const char *name)
{
	struct vbr_vids *vids;
	int rc;

	assert_int_equal(vbr_vids_parse(ids, &vids), 0);
	rc = vbr_vlan_add(o->ctx, "eth0", vids, protocol, name);
	vbr_vids_free(vids);
	return rc;
}

static void is_vlan(struct oracle *o, const char *name, int vid, int protocol)
{
	struct rtnl_link *link = link_of(o, name);

	assert_true(rtnl_link_is_vlan(link));
	assert_int_equal(rtnl_link_vlan_get_id(link), vid);
	assert_int_equal(ntohs((uint16_t)rtnl_link_vlan_get_protocol(link)),
			 protocol);
	assert_int_equal(rtnl_link_get_link(link), index_of(o, "eth0"));
	rtnl_link_put(link);
}

static void added(void **state)
{
	struct oracle *o = *state;

	need_vlans();
	assert_int_equal(add(o, "5", 0, NULL), 0);
	is_vlan(o, "eth0.5", 5, 0x8100);
	assert_int_equal(add(o, "4094", VBR_VLAN_8021AD, "outer"), 0);
	is_vlan(o, "outer", 4094, 0x88a8);
	assert_int_equal(add(o, "10-209", 0, NULL), 0);
	is_vlan(o, "eth0.10", 10, 0x8100);
	is_vlan(o, "eth0.209", 209, 0x8100);
	assert_false(link_exists(o, "eth0.210"));
}

static void all_or_none(void **state)
{
	struct oracle *o = *state;
	struct vbr_vlans *vlans;

	need_vlans();
	assert_int_equal(make_vlan(o, "here", 140, VBR_VLAN_8021Q), 0);
	assert_int_equal(add(o, "10-209", 0, NULL), -EEXIST);
	assert_int_equal(vbr_vlan_list(o->ctx, NULL, &vlans), 0);
	assert_int_equal(vbr_vlans_count(vlans), 1);
	vbr_vlans_free(vlans);
	is_vlan(o, "here", 140, 0x8100);
	assert_false(link_exists(o, "eth0.10"));
	assert_false(link_exists(o, "eth0.209"));
}

static void named(void **state)
{
	static const struct {
		enum vbr_vlan_name_type naming;
		const char *name;
	} rows[] = {
		{ VBR_VLAN_PLUS_VID, "vlan0005" },
		{ VBR_VLAN_DEV_PLUS_VID, "eth0.0005" },
		{ VBR_VLAN_PLUS_VID_NO_PAD, "vlan5" },
		{ VBR_VLAN_DEV_PLUS_VID_NO_PAD, "eth0.5" },
	};
	struct oracle *o = *state;

	need_vlans();
	for (size_t i = 0; i < COUNT(rows); i++) {
		enum vbr_vlan_name_type naming;

		assert_int_equal(vbr_vlan_set_name_type(o->ctx, rows[i].naming),
				 0);
		assert_int_equal(vbr_vlan_get_name_type(o->ctx, &naming), 0);
		assert_int_equal(naming, rows[i].naming);
		assert_int_equal(add(o, "5", 0, NULL), 0);
		is_vlan(o, rows[i].name, 5, 0x8100);
		assert_int_equal(vbr_vlan_del(o->ctx, rows[i].name), 0);
		assert_false(link_exists(o, rows[i].name));
	}
}

static unsigned int libnl_flags(struct oracle *o)
{
	struct rtnl_link *link = link_of(o, "v");
	unsigned int flags = (unsigned int)rtnl_link_vlan_get_flags(link);

	rtnl_link_put(link);
	return flags;
}

static void flags(void **state)
{
	static const struct {
		unsigned int ours, theirs;
	} rows[] = {
		{ VBR_VLAN_REORDER_HDR, VLAN_FLAG_REORDER_HDR },
		{ VBR_VLAN_GVRP, VLAN_FLAG_GVRP },
		{ VBR_VLAN_LOOSE_BINDING, VLAN_FLAG_LOOSE_BINDING },
		{ VBR_VLAN_MVRP, VLAN_FLAG_MVRP },
	};
	struct oracle *o = *state;

	need_vlans();
	assert_int_equal(add(o, "5", 0, "v"), 0);
	assert_int_equal(libnl_flags(o), VLAN_FLAG_REORDER_HDR);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct vbr_vlan *vlan;
		uint32_t got;

		/* The kernel may be built without GVRP or MVRP. */
		if (vbr_vlan_set_flags(o->ctx, "v", rows[i].ours, true) ==
		    -EINVAL)
			continue;
		assert_true(libnl_flags(o) & rows[i].theirs);
		assert_int_equal(vbr_vlan_get(o->ctx, "v", &vlan), 0);
		assert_int_equal(vbr_vlan_flags(vlan, &got), 0);
		assert_int_equal(got, libnl_flags(o));
		vbr_vlan_free(vlan);
		assert_int_equal(vbr_vlan_set_flags(o->ctx, "v", rows[i].ours,
						    false),
				 0);
		assert_false(libnl_flags(o) & rows[i].theirs);
	}
	assert_int_equal(libnl_flags(o), 0);
	assert_int_equal(vbr_vlan_set_flags(o->ctx, "v", 1u << 20, true),
			 -EINVAL);
}

static void maps(void **state)
{
	struct oracle *o = *state;
	struct rtnl_link *link;
	struct vbr_vlan *vlan;
	struct vlan_map *pairs;
	uint32_t from, to;
	int count;

	need_vlans();
	assert_int_equal(add(o, "5", 0, "v"), 0);
	assert_int_equal(vbr_vlan_map_ingress(o->ctx, "v", 7, 4711), 0);
	assert_int_equal(vbr_vlan_map_egress(o->ctx, "v", 4712, 3), 0);
	link = link_of(o, "v");
	assert_int_equal(rtnl_link_vlan_get_ingress_map(link)[7], 4711);
	pairs = rtnl_link_vlan_get_egress_map(link, &count);
	assert_int_equal(count, 1);
	assert_int_equal(pairs[0].vm_from, 4712);
	assert_int_equal(pairs[0].vm_to, 3);
	rtnl_link_put(link);

	assert_int_equal(vbr_vlan_get(o->ctx, "v", &vlan), 0);
	assert_true(vbr_vlan_ingress_at(vlan, 0, &from, &to));
	assert_true(from == 7 && to == 4711);
	assert_false(vbr_vlan_ingress_at(vlan, 1, &from, &to));
	assert_true(vbr_vlan_egress_at(vlan, 0, &from, &to));
	assert_true(from == 4712 && to == 3);
	assert_false(vbr_vlan_egress_at(vlan, 1, &from, &to));
	vbr_vlan_free(vlan);
}

static void made_by_libnl(void **state)
{
	struct oracle *o = *state;
	struct vbr_vlans *vlans;
	struct vbr_vlan *vlan;
	uint64_t value;

	need_vlans();
	assert_int_equal(make_vlan(o, "b", 1, VBR_VLAN_8021AD), 0);
	/* If the parent goes up, its VLAN devices go up, too. */
	set_up(o, "eth0");
	set_up(o, "b");
	assert_int_equal(make_vlan(o, "a", 2, VBR_VLAN_8021Q), 0);
	assert_int_equal(vbr_vlan_get(o->ctx, "b", &vlan), 0);
	assert_int_equal(vbr_vlan_index(vlan), index_of(o, "b"));
	assert_int_equal(vbr_vlan_parent_index(vlan), index_of(o, "eth0"));
	assert_true(vbr_vlan_is_up(vlan));
	assert_int_equal(vbr_vlan_value(vlan, "id", &value), 0);
	assert_int_equal(value, 1);
	assert_int_equal(vbr_vlan_value(vlan, "protocol", &value), 0);
	assert_int_equal(value, VBR_VLAN_8021AD);
	vbr_vlan_free(vlan);

	assert_int_equal(vbr_vlan_list(o->ctx, "eth0", &vlans), 0);
	assert_int_equal(vbr_vlans_count(vlans), 2);
	assert_string_equal(vbr_vlan_name(vbr_vlans_at(vlans, 0)), "a");
	assert_false(vbr_vlan_is_up(vbr_vlans_at(vlans, 0)));
	vbr_vlans_free(vlans);
	assert_int_equal(vbr_vlan_list(o->ctx, "peer", &vlans), 0);
	assert_int_equal(vbr_vlans_count(vlans), 0);
	vbr_vlans_free(vlans);
}

static void refusals(void **state)
{
	struct oracle *o = *state;
	struct vbr_vids *vids;

	need_vlans();
	assert_int_equal(add(o, "5", 0, "v"), 0);
	assert_int_equal(add(o, "5", 0, "w"), -EEXIST);
	assert_int_equal(vbr_link_set_up(o->ctx, "v", true), -ENETDOWN);
	assert_int_equal(add(o, "6", 0, "v"), -EEXIST);
	assert_int_equal(add(o, "6", 0x1234, "w"), -EPROTONOSUPPORT);
	assert_int_equal(add(o, "6", 0, "1234567890123456"), -ENAMETOOLONG);
	assert_int_equal(add(o, "6", 0, "w/x"), -EINVAL);
	assert_int_equal(vbr_vids_parse("6", &vids), 0);
	assert_int_equal(vbr_vlan_add(o->ctx, "none", vids, 0, "w"), -ENODEV);
	assert_int_equal(vbr_vlan_add(o->ctx, "lo", vids, 0, "w"), -EOPNOTSUPP);
	vbr_vids_free(vids);
	assert_int_equal(vbr_vlan_del(o->ctx, "none"), -ENODEV);
	assert_int_equal(vbr_vlan_del(o->ctx, "eth0"), -EINVAL);
	assert_int_equal(vbr_vlan_set_flags(o->ctx, "eth0", 1, true), -EINVAL);
	assert_int_equal(vbr_vlan_map_ingress(o->ctx, "eth0", 1, 1), -EINVAL);
	assert_int_equal(vbr_vlan_map_egress(o->ctx, "none", 1, 1), -ENODEV);
	assert_true(link_exists(o, "eth0"));
	assert_false(link_exists(o, "w"));
}

/* A kernel without VLANs returns its errno, and makes nothing. */
static void support(void **state)
{
	struct oracle *o = *state;
	enum vbr_vlan_name_type naming;

	if (kernel_has_vlans) {
		assert_int_equal(vbr_vlan_get_name_type(o->ctx, &naming), 0);
		assert_int_equal(naming, VBR_VLAN_DEV_PLUS_VID_NO_PAD);
		return;
	}
	assert_int_equal(add(o, "5", 0, NULL), -ENOPKG);
	assert_int_equal(add(o, "5-9", 0, NULL), -ENOPKG);
	assert_int_equal(vbr_vlan_get_name_type(o->ctx, &naming), -ENOENT);
	assert_int_equal(vbr_vlan_set_name_type(o->ctx, VBR_VLAN_PLUS_VID),
			 -ENOPKG);
	assert_int_equal(vbr_vlan_del(o->ctx, "eth0"), -ENOPKG);
}

#define VLAN_TEST(sentence, function) \
	{ \
		(sentence), (function), setup, oracle_teardown, NULL \
	}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		VLAN_TEST("libnl sees VLAN devices that we added", added),
		VLAN_TEST("all VLAN devices are added, or none", all_or_none),
		VLAN_TEST("a VLAN device is named by the naming scheme", named),
		VLAN_TEST("libnl sees the flags that we set", flags),
		VLAN_TEST("libnl sees the maps that we set", maps),
		VLAN_TEST("we read VLAN devices that libnl made",
			  made_by_libnl),
		VLAN_TEST("other devices are refused as VLAN devices",
			  refusals),
		VLAN_TEST("without VLANs in the kernel, calls are ENOPKG",
			  support),
	};

	return cmocka_run_group_tests(tests, probe, NULL);
}
