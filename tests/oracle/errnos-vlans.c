/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Each errno that the header documents, and that a kernel with all features
 * returns: VLANs of ports, and VLAN devices. */

#include "oracle/vlans.h"

#include <netlink/route/link/vlan.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/errnos.h"

static struct {
	struct vbr_vids *zero, *one, *two, *other;
} vids;

static int setup_vids(void **state)
{
	(void)state;
	vids.one = vids_of("1");
	vids.two = vids_of("1-2");
	vids.zero = vids_of("0");
	vids.other = vids_of("77");
	return 0;
}

static int free_vids(void **state)
{
	(void)state;
	vbr_vids_free(vids.one);
	vbr_vids_free(vids.two);
	vbr_vids_free(vids.zero);
	vbr_vids_free(vids.other);
	return 0;
}

/* "a" is a port of br0 and in VLAN 1, br1 has no ports, "b" is not a port. */
static struct vbr_ctx *make_all(void **state)
{
	struct oracle *o = *state;

	make_filtering(o);
	assert_int_equal(vbr_port_del(o->ctx, "br0", "b"), 0);
	make_bridge(o, "br1");
	return o->ctx;
}

static void members(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	struct vbr_port_vlans *filters;

	GIVES_NO_PORT(vbr_port_vlan_add, vids.one, 0);
	GIVES(ERANGE, vbr_port_vlan_add(ctx, "br0", "a", vids.zero, 0));
	GIVES(EINVAL,
	      vbr_port_vlan_add(ctx, "br0", "a", vids.two, VBR_PORT_VLAN_PVID));
	GIVES(EINVAL, vbr_port_vlan_add(ctx, "br0", "a", vids.one, 1));
	GIVES_NO_PORT(vbr_port_vlan_del, vids.one);
	GIVES(ERANGE, vbr_port_vlan_del(ctx, "br0", "a", vids.zero));
	GIVES(ENOENT, vbr_port_vlan_del(ctx, "br0", "a", vids.other));
	GIVES_NO_BRIDGE(vbr_port_vlan_list, 0, &filters);
	GIVES_NO_BRIDGE(vbr_bridge_vlan_list, &filters);
	errnos_end();
}

static void many_members(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	const char *const a = "a";

	GIVES_NO_PORTS(vbr_port_vlan_add_many, vids.one, 0);
	GIVES(ERANGE, vbr_port_vlan_add_many(ctx, "br0", &a, 1, vids.zero, 0));
	GIVES(EINVAL, vbr_port_vlan_add_many(ctx, "br0", &a, 0, vids.one, 0));
	GIVES_NO_PORTS(vbr_port_vlan_del_many, vids.one, false);
	GIVES(ERANGE,
	      vbr_port_vlan_del_many(ctx, "br0", &a, 1, vids.zero, false));
	GIVES(EINVAL,
	      vbr_port_vlan_del_many(ctx, "br0", &a, 0, vids.one, false));
	GIVES(ENOENT,
	      vbr_port_vlan_del_many(ctx, "br0", &a, 1, vids.other, false));
	errnos_end();
}

/* br2 has MST, and its port "b" is in no VLAN. */
static void trees(void **state)
{
	static const struct vbr_setting settings[] = {
		{ "vlan_default_pvid", 0 },
		{ "mst_enabled", 1 },
	};
	static const struct vbr_new_bridge with = { settings, 2, { 0 } };
	struct vbr_ctx *ctx = make_all(state);

	if (vbr_mst_set(ctx, "br0", "a", 1, 3) == -EOPNOTSUPP) {
		print_message("# %s\n", vbr_ctx_error(ctx));
		skip();
	}
	GIVES_NO_PORT(vbr_mst_set, 1, 3);
	GIVES(ERANGE, vbr_mst_set(ctx, "br0", "a", 4095, 3));
	GIVES(ERANGE, vbr_mst_set(ctx, "br0", "a", 1, 5));
	GIVES(EBUSY, vbr_mst_set(ctx, "br0", "a", 1, 3));
	assert_int_equal(vbr_bridge_add_with(ctx, "br2", &with), 0);
	assert_int_equal(vbr_port_add(ctx, "br2", "b"), 0);
	GIVES(ENOENT, vbr_mst_set(ctx, "br2", "b", 1, 3));
	errnos_end();
}

/* vlan_stats_per_port can only be changed while the bridge has no VLANs on
 * ports. */
static void busy_bridges(void **state)
{
	static const struct vbr_setting by_port = { "vlan_stats_per_port", 1 };
	struct vbr_ctx *ctx = make_all(state);

	GIVES(EBUSY, vbr_bridge_set(ctx, "br0", "vlan_stats_per_port", 1));
	GIVES(EBUSY,
	      vbr_bridge_set_text(ctx, "br0", "vlan_stats_per_port", "on"));
	GIVES(EBUSY, vbr_bridge_set_all(ctx, "br0", &by_port, 1));
	errnos_end();
}

static const struct vbr_setting state_on = { "state", 3 },
				no_option = { "nothing", 1 },
				read_only = { "rx_bytes", 1 },
				no_state = { "state", 256 },
				state_twice[] = { { "state", 3 },
						  { "state", 3 } };

static void options_of_ports(void **state)
{
	struct vbr_ctx *ctx = make_all(state);

	GIVES_NO_PORT(vbr_port_vlan_set_all, vids.one, &state_on, 1);
	GIVES(ERANGE,
	      vbr_port_vlan_set_all(ctx, "br0", "a", vids.zero, &state_on, 1));
	GIVES(ERANGE,
	      vbr_port_vlan_set_all(ctx, "br0", "a", vids.one, &no_state, 1));
	GIVES(EINVAL,
	      vbr_port_vlan_set_all(ctx, "br0", "a", vids.one, state_twice, 2));
	GIVES(ENOENT,
	      vbr_port_vlan_set_all(ctx, "br0", "a", vids.one, &no_option, 1));
	GIVES(ENOENT,
	      vbr_port_vlan_set_all(ctx, "br0", "a", vids.other, &state_on, 1));
	GIVES(EACCES,
	      vbr_port_vlan_set_all(ctx, "br0", "a", vids.one, &read_only, 1));
	GIVES(E2BIG,
	      vbr_port_vlan_set_all(ctx, "br0", "a", vids.one, &state_on, 0));
	/* With STP in the kernel, states of VLANs cannot be set. */
	assert_int_equal(vbr_bridge_set(ctx, "br0", "stp_state", 1), 0);
	GIVES(EBUSY,
	      vbr_port_vlan_set_all(ctx, "br0", "a", vids.one, &state_on, 1));
	errnos_end();
}

static const struct vbr_setting igmp = { "mcast_igmp_version", 3 },
				no_igmp = { "mcast_igmp_version", 256 },
				igmp_read_only = { "querier_ipv4_timer", 1 },
				igmp_twice[] = { { "mcast_igmp_version", 3 },
						 { "mcast_igmp_version", 2 } };

static void options_of_bridges(void **state)
{
	struct vbr_ctx *ctx = make_all(state);

	GIVES_NO_BRIDGE(vbr_bridge_vlan_set_all, vids.one, &igmp, 1);
	GIVES(ERANGE, vbr_bridge_vlan_set_all(ctx, "br0", vids.zero, &igmp, 1));
	GIVES(ERANGE,
	      vbr_bridge_vlan_set_all(ctx, "br0", vids.one, &no_igmp, 1));
	GIVES(EINVAL,
	      vbr_bridge_vlan_set_all(ctx, "br0", vids.one, igmp_twice, 2));
	GIVES(ENOENT,
	      vbr_bridge_vlan_set_all(ctx, "br0", vids.one, &no_option, 1));
	GIVES(ENOENT,
	      vbr_bridge_vlan_set_all(ctx, "br0", vids.other, &igmp, 1));
	GIVES(EACCES, vbr_bridge_vlan_set_all(ctx, "br0", vids.one,
					      &igmp_read_only, 1));
	GIVES(E2BIG, vbr_bridge_vlan_set_all(ctx, "br0", vids.one, &igmp, 0));
	errnos_end();
}

static void tunnels(void **state)
{
	struct vbr_ctx *ctx = make_all(state);

	GIVES_NO_PORT(vbr_port_vlan_map_tunnels, vids.one, 100);
	GIVES_NO_PORT(vbr_port_vlan_add_tunnels, vids.one, 0, 100);
	GIVES_NO_PORT(vbr_port_vlan_unmap_tunnels, vids.one, false);
	/* The option vlan_tunnel is off. */
	GIVES(EINVAL,
	      vbr_port_vlan_map_tunnels(ctx, "br0", "a", vids.one, 100));
	GIVES(EINVAL,
	      vbr_port_vlan_add_tunnels(ctx, "br0", "a", vids.one, 0, 100));
	GIVES(EINVAL,
	      vbr_port_vlan_unmap_tunnels(ctx, "br0", "a", vids.one, false));
	assert_int_equal(vbr_port_set(ctx, "br0", "a", "vlan_tunnel", 1), 0);
	GIVES(ERANGE,
	      vbr_port_vlan_map_tunnels(ctx, "br0", "a", vids.zero, 100));
	GIVES(ERANGE,
	      vbr_port_vlan_add_tunnels(ctx, "br0", "a", vids.zero, 0, 100));
	GIVES(ERANGE,
	      vbr_port_vlan_unmap_tunnels(ctx, "br0", "a", vids.zero, false));
	GIVES(ERANGE,
	      vbr_port_vlan_map_tunnels(ctx, "br0", "a", vids.two, UINT32_MAX));
	GIVES(ENOENT,
	      vbr_port_vlan_map_tunnels(ctx, "br0", "a", vids.other, 100));
	GIVES(ENOENT,
	      vbr_port_vlan_unmap_tunnels(ctx, "br0", "a", vids.other, false));
	assert_int_equal(vbr_port_vlan_map_tunnels(ctx, "br0", "a", vids.one,
						   100),
			 0);
	GIVES(EEXIST,
	      vbr_port_vlan_map_tunnels(ctx, "br0", "a", vids.one, 101));
	GIVES(EEXIST,
	      vbr_port_vlan_add_tunnels(ctx, "br0", "a", vids.other, 0, 100));
	errnos_end();
}

/* VLAN devices on "a". The test is skipped if libnl cannot make one. */
static struct vbr_ctx *make_parent(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	struct rtnl_link *link = rtnl_link_vlan_alloc();
	struct oracle *o = *state;
	int rc;

	assert_non_null(link);
	rtnl_link_set_name(link, "try");
	rtnl_link_set_link(link, index_of(o, "a"));
	rtnl_link_vlan_set_id(link, 99);
	rc = rtnl_link_add(o->sock, link, NLM_F_CREATE | NLM_F_EXCL);
	rtnl_link_put(link);
	if (rc < 0)
		skip();
	delete_link(o, "try");
	return ctx;
}

static void vlan_devices(void **state)
{
	struct vbr_ctx *ctx = make_parent(state);
	struct vbr_vlans *vlans;
	struct vbr_vlan *vlan;

	GIVES(ENODEV, vbr_vlan_add(ctx, "none", vids.one, 0, NULL));
	assert_int_equal(vbr_vlan_add(ctx, "a", vids.one, 0, "v"), 0);
	assert_int_equal(vbr_link_set_up(ctx, "a", false), 0);
	GIVES(ENETDOWN, vbr_link_set_up(ctx, "v", true));
	GIVES(ENETDOWN,
	      vbr_link_set(ctx, "v",
			   &(struct vbr_link_settings){ .what = VBR_LINK_UP,
							.up = true }));
	assert_int_equal(vbr_bridge_add(ctx, "zero"), 0);
	assert_int_equal(vbr_port_add(ctx, "zero", "v"), 0);
	assert_int_equal(vbr_port_del(ctx, "zero", "v"), 0);
	assert_int_equal(vbr_link_set_up(ctx, "zero", true), 0);
	assert_int_equal(vbr_vlan_add(ctx, "zero", vids.one, 0, "w"), 0);
	GIVES(EADDRNOTAVAIL, vbr_link_set_up(ctx, "w", true));
	delete_link(*state, "w");
	GIVES(EEXIST, vbr_vlan_add(ctx, "a", vids.one, 0, NULL));
	GIVES(EEXIST, vbr_vlan_add(ctx, "a", vids.other, 0, "br0"));
	GIVES(ENAMETOOLONG,
	      vbr_vlan_add(ctx, "a", vids.other, 0, "1234567890123456"));
	GIVES(EINVAL, vbr_vlan_add(ctx, "a", vids.other, 0, "."));
	GIVES(EINVAL, vbr_vlan_add(ctx, "a", vids.two, 0, "w"));
	GIVES(EILSEQ, vbr_vlan_add(ctx, "a", vids.other, 0, "w\001"));
	GIVES(EOPNOTSUPP, vbr_vlan_add(ctx, "lo", vids.other, 0, NULL));
	GIVES(EPROTONOSUPPORT, vbr_vlan_add(ctx, "a", vids.other, 1, NULL));
	GIVES(ENODEV, vbr_vlan_del(ctx, "none"));
	GIVES(EINVAL, vbr_vlan_del(ctx, "a"));
	GIVES(ENODEV, vbr_vlan_get(ctx, "none", &vlan));
	GIVES(EINVAL, vbr_vlan_get(ctx, "a", &vlan));
	GIVES(ENODEV, vbr_vlan_list(ctx, "none", &vlans));
	GIVES(EINVAL, vbr_vlan_set_name_type(ctx, (enum vbr_vlan_name_type)4));
	errnos_end();
}

static void options_of_devices(void **state)
{
	struct vbr_ctx *ctx = make_parent(state);

	assert_int_equal(vbr_vlan_add(ctx, "a", vids.one, 0, "v"), 0);
	GIVES(ENODEV, vbr_vlan_set_flags(ctx, "none", VBR_VLAN_GVRP, true));
	GIVES(EINVAL, vbr_vlan_set_flags(ctx, "a", VBR_VLAN_GVRP, true));
	GIVES(EINVAL, vbr_vlan_set_flags(ctx, "v", 1u << 30, true));
	GIVES(ENODEV, vbr_vlan_map_ingress(ctx, "none", 1, 2));
	GIVES(EINVAL, vbr_vlan_map_ingress(ctx, "a", 1, 2));
	GIVES(ERANGE, vbr_vlan_map_ingress(ctx, "v", 8, 2));
	GIVES(ENODEV, vbr_vlan_map_egress(ctx, "none", 1, 2));
	GIVES(EINVAL, vbr_vlan_map_egress(ctx, "a", 1, 2));
	GIVES(ERANGE, vbr_vlan_map_egress(ctx, "v", 1, 8));
	GIVES(ENODEV, vbr_vlan_set(ctx, "none", "gvrp", 1));
	GIVES(EOPNOTSUPP, vbr_vlan_set(ctx, "a", "gvrp", 1));
	GIVES(ENOENT, vbr_vlan_set(ctx, "v", "nothing", 1));
	GIVES(EACCES, vbr_vlan_set(ctx, "v", "id", 1));
	GIVES(ERANGE, vbr_vlan_set(ctx, "v", "gvrp", 2));
	errnos_end();
}

/* A port has only one PVID: the second replaces the first. */
static void restored(void **state)
{
	static const char lines[] = "addvlan br0 a 10 pvid\n"
				    "addvlan br0 a 20 pvid\n";
	struct vbr_ctx *ctx = make_all(state);
	struct vbr_config *config, *now, *left;
	char *all;

	assert_int_equal(vbr_config_parse(ctx, "file", lines, strlen(lines),
					  &config),
			 0);
	GIVES(EBADMSG, vbr_config_restore(ctx, config, 0, NULL));
	vbr_config_free(config);
	assert_int_equal(vbr_config_capture_all(ctx, &now), 0);
	assert_true(asprintf(&all, "%s%s", vbr_config_text(now), lines) > 0);
	assert_int_equal(vbr_config_parse(ctx, "file", all, strlen(all),
					  &config),
			 0);
	GIVES(EBADMSG, vbr_config_undo(ctx, config, NULL, &left));
	vbr_config_free(now);
	free(all);
	vbr_config_free(config);
	errnos_end();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("VLANs of a member give each errno", members),
		ORACLE_TEST("VLANs of many members give each errno",
			    many_members),
		ORACLE_TEST("MST states give each errno", trees),
		ORACLE_TEST("bridges with VLANs give EBUSY", busy_bridges),
		ORACLE_TEST("options of a port's VLANs give each errno",
			    options_of_ports),
		ORACLE_TEST("options of a bridge's VLANs give each errno",
			    options_of_bridges),
		ORACLE_TEST("tunnels give each errno", tunnels),
		ORACLE_TEST("VLAN devices give each errno", vlan_devices),
		ORACLE_TEST("a setting that the kernel replaces gives EBADMSG",
			    restored),
		ORACLE_TEST("options of VLAN devices give each errno",
			    options_of_devices),
	};

	return cmocka_run_group_tests(tests, setup_vids, free_vids);
}
