/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Changes, for starved.c. */

#include "oracle/starved.h"

#include <errno.h>

static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 7 };
static const char *const both[] = { "a", "b" };

/* What undoes a call must not fail. */
static void done(int rc)
{
	assert_int_equal(rc, 0);
}

/* --- bridges and ports ---------------------------------------------------- */

static int add_bridge(struct stage *s)
{
	return vbr_bridge_add(s->ctx, "new");
}

static void undo_add_bridge(struct stage *s)
{
	delete_link(s->o, "new");
}

static int del_bridge(struct stage *s)
{
	return vbr_bridge_del(s->ctx, "old");
}

static void undo_del_bridge(struct stage *s)
{
	make_bridge(s->o, "old");
}

static const struct vbr_setting of_bridge[] = {
	{ "priority", 4096 }, { "max_age", 1000 },
};
static const struct vbr_setting of_port[] = {
	{ "path_cost", 7 }, { "hairpin_mode", 1 },
};

static int set_bridge(struct stage *s)
{
	return vbr_bridge_set(s->ctx, "br0", "ageing_time", 10000);
}

static int set_bridge_all(struct stage *s)
{
	return vbr_bridge_set_all(s->ctx, "br0", of_bridge, COUNT(of_bridge));
}

static int set_port(struct stage *s)
{
	return vbr_port_set(s->ctx, "br0", "a", "path_cost", 9);
}

static int set_port_all(struct stage *s)
{
	return vbr_port_set_all(s->ctx, "br0", "a", of_port, COUNT(of_port));
}

static int add_port(struct stage *s)
{
	return vbr_port_add(s->ctx, "br0", "c");
}

static int del_c(struct stage *s)
{
	return vbr_port_del(s->ctx, "br0", "c");
}

static void release_c(struct stage *s)
{
	done(vbr_port_del(s->o->ctx, "br0", "c"));
}

static void enslave_c(struct stage *s)
{
	if (master_of(s->o, "c") == 0)
		done(vbr_port_add(s->o->ctx, "br0", "c"));
}

static void free_c(struct stage *s)
{
	if (master_of(s->o, "c") != 0)
		release_c(s);
}

/* --- the FDB and the MDB: added, and deleted behind that ------------------ */

static int add_entry(struct stage *s)
{
	return vbr_fdb_add(s->ctx, "br0", "a", mac, 0, VBR_FDB_STATIC, 0);
}

static int del_entry(struct stage *s)
{
	return vbr_fdb_del(s->ctx, "br0", "a", mac, 0);
}

static int flush(struct stage *s)
{
	return vbr_fdb_flush(s->ctx, "br0", NULL);
}

static int add_member(struct stage *s)
{
	return vbr_mdb_add(s->ctx, "br0", "a", "239.1.2.3", NULL, 0, true);
}

static int del_member(struct stage *s)
{
	return vbr_mdb_del(s->ctx, "br0", "a", "239.1.2.3", NULL, 0);
}

/* --- what there is one of ------------------------------------------------- */

static int set_nf(struct stage *s)
{
	const char *name = vbr_nf_at(0);
	int rc = vbr_nf_set(s->ctx, &name, 1, true);

	/* Not loaded; it allocates nothing either way. */
	return rc == -ENOENT ? 0 : rc;
}

const struct row changing_rows[] = {
	{ "vbr_bridge_add", add_bridge, undo_add_bridge, .is_change = true,
	  .takes_none = true },
	{ "vbr_bridge_del", del_bridge, undo_del_bridge, .is_change = true,
	  .takes_none = true },
	{ "vbr_bridge_set", set_bridge, .is_change = true, .takes_none = true },
	{ "vbr_bridge_set_all", set_bridge_all, .is_change = true,
	  .takes_none = true },
	{ "vbr_port_add", add_port, release_c, .is_change = true,
	  .takes_none = true },
	{ "vbr_port_del", del_c, NULL, enslave_c, free_c, .is_change = true,
	  .takes_none = true },
	{ "vbr_port_set", set_port, .is_change = true, .takes_none = true },
	{ "vbr_port_set_all", set_port_all, .is_change = true,
	  .takes_none = true },
	{ "vbr_fdb_add", add_entry, .is_change = true, .takes_none = true },
	{ "vbr_fdb_del", del_entry, .is_change = true, .takes_none = true },
	{ "vbr_fdb_flush", flush, .is_change = true, .takes_none = true },
	{ "vbr_mdb_add", add_member, .is_change = true, .takes_none = true },
	{ "vbr_mdb_del", del_member, .is_change = true, .takes_none = true },
	{ "vbr_nf_set", set_nf, .is_change = true, .takes_none = true },
	{ NULL },
};

/* --- VLANs of ports ------------------------------------------------------- */

static int add_vids(struct stage *s)
{
	return vbr_filter_add(s->ctx, "br0", "a", s->vids, 0);
}

static int del_vids(struct stage *s)
{
	return vbr_filter_del(s->ctx, "br0", "a", s->vids);
}

static void have_vids(struct stage *s)
{
	done(vbr_filter_add_many(s->o->ctx, "br0", both, 2, s->vids, 0));
}

static void lose_vids(struct stage *s)
{
	done(vbr_filter_del_many(s->o->ctx, "br0", both, 2, s->vids, true));
}

static int add_many(struct stage *s)
{
	return vbr_filter_add_many(s->ctx, "br0", both, 2, s->vids, 0);
}

static int del_many(struct stage *s)
{
	return vbr_filter_del_many(s->ctx, "br0", both, 2, s->vids, false);
}

static int set_vids(struct stage *s)
{
	static const struct vbr_setting state = { "state", 3 };

	return vbr_filter_set_all(s->ctx, "br0", "a", s->vids, &state, 1);
}

static int set_of_bridge(struct stage *s)
{
	static const struct vbr_setting snoop = { "mcast_snooping", 0 };

	return vbr_filter_set_bridge_all(s->ctx, "br0", s->vids, &snoop, 1);
}

static void have_bridge_vids(struct stage *s)
{
	done(vbr_filter_add(s->o->ctx, "br0", "br0", s->vids, 0));
}

static void lose_bridge_vids(struct stage *s)
{
	done(vbr_filter_del(s->o->ctx, "br0", "br0", s->vids));
}

static void have_tunnels(struct stage *s)
{
	have_vids(s);
	done(vbr_port_set(s->o->ctx, "br0", "a", "vlan_tunnel", 1));
}

static void have_mapped(struct stage *s)
{
	have_tunnels(s);
	done(vbr_filter_map_tunnels(s->o->ctx, "br0", "a", s->vids, 100));
}

static int map(struct stage *s)
{
	return vbr_filter_map_tunnels(s->ctx, "br0", "a", s->vids, 100);
}

static int unmap(struct stage *s)
{
	return vbr_filter_unmap_tunnels(s->ctx, "br0", "a", s->vids, false);
}

static void can_tunnel(struct stage *s)
{
	done(vbr_port_set(s->o->ctx, "br0", "a", "vlan_tunnel", 1));
}

static int add_tunnels(struct stage *s)
{
	return vbr_filter_add_tunnels(s->ctx, "br0", "a", s->vids, 0, 100);
}

/* The second of the tunnels is another VLAN's. */
static void have_second_tunnel(struct stage *s)
{
	struct vbr_vids *other = vids_of("30");

	can_tunnel(s);
	done(vbr_filter_add_tunnels(s->o->ctx, "br0", "a", other, 0, 101));
	vbr_vids_free(other);
}

static void only_second_tunnel(struct stage *s)
{
	struct their_vlans vlans;
	struct vbr_vids *other = vids_of("30");

	read_vlans(s->o, "a", &vlans);
	assert_int_equal(vlans.flags[20] | vlans.flags[22] | vlans.flags[24],
			 0);
	done(vbr_filter_del(s->o->ctx, "br0", "a", other));
	vbr_vids_free(other);
}

static int list_filters(struct stage *s)
{
	struct vbr_filters *got = s->result;
	int rc = vbr_filter_list(s->ctx, "br0", VBR_FILTER_OPTIONS, &got);

	s->result = got;
	return rc;
}

static int list_bridge_filters(struct stage *s)
{
	struct vbr_filters *got = s->result;
	int rc = vbr_filter_list_bridge(s->ctx, "br0", &got);

	s->result = got;
	return rc;
}

static void free_filters(struct stage *s)
{
	vbr_filters_free(s->result);
}

const struct row filtering_rows[] = {
	{ "vbr_filter_add", add_vids, NULL, NULL, lose_vids,
	  .is_change = true },
	{ "vbr_filter_del", del_vids, NULL, have_vids, lose_vids,
	  .is_change = true },
	{ "vbr_filter_add_many", add_many, NULL, NULL, lose_vids,
	  .is_change = true },
	{ "vbr_filter_del_many", del_many, NULL, have_vids, lose_vids,
	  .is_change = true },
	{ "vbr_filter_set_all", set_vids, NULL, have_vids, lose_vids,
	  .is_change = true },
	{ "vbr_filter_set_bridge_all", set_of_bridge, NULL, have_bridge_vids,
	  lose_bridge_vids, .is_change = true },
	{ "vbr_filter_map_tunnels", map, NULL, have_tunnels, lose_vids,
	  .is_change = true },
	{ "vbr_filter_unmap_tunnels", unmap, NULL, have_mapped, lose_vids,
	  .is_change = true },
	{ "vbr_filter_add_tunnels", add_tunnels, NULL, can_tunnel, lose_vids,
	  .is_change = true },
	{ "vbr_filter_add_tunnels", add_tunnels, NULL, have_second_tunnel,
	  only_second_tunnel, .refusal = -EEXIST },
	{ "vbr_filter_list", list_filters, free_filters, have_vids,
	  lose_vids },
	{ "vbr_filter_list_bridge", list_bridge_filters, free_filters },
	{ NULL },
};

/* --- VLAN devices --------------------------------------------------------- */

static int add_vlan(struct stage *s)
{
	return vbr_vlan_add(s->ctx, "c", s->vids, 0, NULL);
}

static void undo_add_vlan(struct stage *s)
{
	delete_link(s->o, "c.20");
	delete_link(s->o, "c.22");
	delete_link(s->o, "c.24");
}

/* The second of them is there already. */
static void have_second(struct stage *s)
{
	struct vbr_vids *second = vids_of("22");

	done(vbr_vlan_add(s->o->ctx, "c", second, 0, NULL));
	vbr_vids_free(second);
}

static void only_second(struct stage *s)
{
	assert_false(link_exists(s->o, "c.20"));
	assert_false(link_exists(s->o, "c.24"));
	delete_link(s->o, "c.22");
}

static int del_vlan(struct stage *s)
{
	return vbr_vlan_del(s->ctx, "c.5");
}

static void undo_del_vlan(struct stage *s)
{
	struct vbr_vids *five = vids_of("5");

	done(vbr_vlan_add(s->o->ctx, "c", five, 0, "c.5"));
	vbr_vids_free(five);
}

static int set_vlan(struct stage *s)
{
	return vbr_vlan_set(s->ctx, "c.5", "loose_binding", 1);
}

static int set_flags(struct stage *s)
{
	return vbr_vlan_set_flags(s->ctx, "c.5", VBR_VLAN_GVRP, false);
}

static int map_in(struct stage *s)
{
	return vbr_vlan_map_ingress(s->ctx, "c.5", 1, 2);
}

static int map_out(struct stage *s)
{
	return vbr_vlan_map_egress(s->ctx, "c.5", 1, 2);
}

static int set_naming(struct stage *s)
{
	return vbr_vlan_set_naming(s->ctx, VBR_VLAN_DEV_PLUS_VID_NO_PAD);
}

static int get_naming(struct stage *s)
{
	enum vbr_vlan_naming naming;

	return vbr_vlan_get_naming(s->ctx, &naming);
}

static int get_vlan(struct stage *s)
{
	struct vbr_vlan *got = s->result;
	int rc = vbr_vlan_get(s->ctx, "c.5", &got);

	s->result = got;
	return rc;
}

static void free_vlan(struct stage *s)
{
	vbr_vlan_free(s->result);
}

static int list_vlans(struct stage *s)
{
	struct vbr_vlans *got = s->result;
	int rc = vbr_vlan_list(s->ctx, "c", &got);

	s->result = got;
	return rc;
}

static void free_vlans(struct stage *s)
{
	vbr_vlans_free(s->result);
}

const struct row vlan_rows[] = {
	{ "vbr_vlan_add", add_vlan, undo_add_vlan, .is_change = true,
	  .does_without = true },
	{ "vbr_vlan_add", add_vlan, NULL, have_second, only_second,
	  .does_without = true, .refusal = -EEXIST },
	{ "vbr_vlan_del", del_vlan, undo_del_vlan, .is_change = true,
	  .takes_none = true },
	{ "vbr_vlan_set", set_vlan, .is_change = true, .takes_none = true },
	{ "vbr_vlan_set_flags", set_flags, .is_change = true,
	  .takes_none = true },
	{ "vbr_vlan_map_ingress", map_in, .is_change = true,
	  .takes_none = true },
	{ "vbr_vlan_map_egress", map_out, .is_change = true,
	  .takes_none = true },
	{ "vbr_vlan_set_naming", set_naming, .is_change = true,
	  .takes_none = true },
	{ "vbr_vlan_get_naming", get_naming, .takes_none = true },
	{ "vbr_vlan_get", get_vlan, free_vlan },
	{ "vbr_vlan_list", list_vlans, free_vlans },
	{ NULL },
};
