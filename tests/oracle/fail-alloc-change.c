/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Changes, for fail-alloc.c. */

#include "oracle/fail-alloc.h"

#include <errno.h>
#include <string.h>

static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 7 };
static const char *const both[] = { "a", "b" };

/* For calls that undo a change: they must not fail. */
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

/* It also restores what it changed before it ran out of memory. */
static int restore(struct stage *s)
{
	static const char lines[] = "set old ageing_time=7\naddbr new\n";
	struct vbr_config *config;
	int rc = vbr_config_parse(s->ctx, "file", lines, strlen(lines),
				  &config);

	if (rc < 0)
		return rc;
	rc = vbr_config_restore(s->ctx, config, 0, NULL);
	vbr_config_free(config);
	return rc;
}

static void undo_restore(struct stage *s)
{
	delete_link(s->o, "new");
	done(vbr_bridge_set(s->o->ctx, "old", "ageing_time", 30000));
}

static int set_up_old(struct stage *s)
{
	return vbr_link_set_up(s->ctx, "old", true);
}

static int set_old(struct stage *s)
{
	static const struct vbr_link_settings settings = {
		.what = VBR_LINK_UP,
		.up = true,
	};

	return vbr_link_set(s->ctx, "old", &settings);
}

static void set_down_old(struct stage *s)
{
	done(vbr_link_set_up(s->o->ctx, "old", false));
}

static const struct vbr_setting of_bridge[] = {
	{ "priority", 4096 },
	{ "max_age", 1000 },
};
static const struct vbr_setting of_port[] = {
	{ "path_cost", 7 },
	{ "hairpin_mode", 1 },
};

static int set_bridge(struct stage *s)
{
	return vbr_bridge_set(s->ctx, "br0", "ageing_time", 10000);
}

static int set_bridge_all(struct stage *s)
{
	return vbr_bridge_set_all(s->ctx, "br0", of_bridge, COUNT(of_bridge));
}

static int set_bridge_text(struct stage *s)
{
	return vbr_bridge_set_text(s->ctx, "br0", "ageing_time", "100");
}

static int set_port(struct stage *s)
{
	return vbr_port_set(s->ctx, "br0", "a", "path_cost", 9);
}

static int set_port_text(struct stage *s)
{
	return vbr_port_set_text(s->ctx, "br0", "a", "path_cost", "9");
}

static int set_port_all(struct stage *s)
{
	return vbr_port_set_all(s->ctx, "br0", "a", of_port, COUNT(of_port));
}

static int add_port(struct stage *s)
{
	return vbr_port_add(s->ctx, "br0", "c");
}

static int add_whole_bridge(struct stage *s)
{
	const struct vbr_new_bridge with = {
		of_bridge, COUNT(of_bridge), { .what = VBR_LINK_UP, .up = true }
	};

	return vbr_bridge_add_with(s->ctx, "new", &with);
}

static int del_whole_bridge(struct stage *s)
{
	return vbr_bridge_del_with(s->ctx, "old", VBR_BRIDGE_DEL_UP);
}

static int add_whole_port(struct stage *s)
{
	static const char *const port = "c";
	const struct vbr_new_port with = { .settings = of_port,
					   .count = COUNT(of_port) };

	return vbr_port_add_with(s->ctx, "br0", &port, 1, &with);
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

/* --- moving NICs ---------------------------------------------------------- */

static int adopt(struct stage *s)
{
	return vbr_adopt(s->ctx, "new", "a2", NULL);
}

static int release(struct stage *s)
{
	return vbr_release(s->ctx, "new", "a2", NULL);
}

static void undo_adopt(struct stage *s)
{
	done(vbr_release(s->o->ctx, "new", "a2", NULL));
}

static void adopt_a2(struct stage *s)
{
	if (master_of(s->o, "a2") == 0)
		done(vbr_adopt(s->o->ctx, "new", "a2", NULL));
}

static void release_a2(struct stage *s)
{
	if (master_of(s->o, "a2") != 0)
		undo_adopt(s);
}

/* --- FDB and MDB: adds, then deletes -------------------------------------- */

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

static int add_whole_member(struct stage *s)
{
	const struct vbr_new_group with = { .source = "10.0.0.1" };

	return vbr_mdb_add_with(s->ctx, "br0", "a", "239.1.2.4", &with);
}

static int del_whole_member(struct stage *s)
{
	const struct vbr_new_group with = { .source = "10.0.0.1" };

	return vbr_mdb_del_with(s->ctx, "br0", "a", "239.1.2.4", &with);
}

static int flush_members(struct stage *s)
{
	const struct vbr_mdb_filter filter = { .source = "10.0.0.1" };

	return vbr_mdb_flush(s->ctx, "br0", &filter);
}

/* On a kernel without MST, too: it is refused before memory is needed. */
static int set_tree(struct stage *s)
{
	int rc = vbr_mst_set(s->ctx, "br0", "a", 1, 3);

	return rc == -EBUSY || rc == -EOPNOTSUPP ? 0 : rc;
}

/* --- global settings ------------------------------------------------------ */

static int set_nf(struct stage *s)
{
	const char *name = vbr_nf_at(0);
	int rc = vbr_nf_set(s->ctx, &name, 1, true);

	/* br_netfilter is not loaded; the call allocates nothing in any
	 * case. */
	return rc == -ENOENT ? 0 : rc;
}

const struct row changing_rows[] = {
	{ "vbr_link_set_up", set_up_old, set_down_old, .is_change = true,
	  .takes_none = true },
	{ "vbr_link_set", set_old, set_down_old, .is_change = true,
	  .takes_none = true },
	{ "vbr_config_restore", restore, undo_restore, .is_change = true },
	{ "vbr_bridge_add", add_bridge, undo_add_bridge, .is_change = true,
	  .takes_none = true },
	{ "vbr_bridge_del", del_bridge, undo_del_bridge, .is_change = true,
	  .takes_none = true },
	{ "vbr_bridge_add_with", add_whole_bridge, undo_add_bridge,
	  .is_change = true, .takes_none = true },
	{ "vbr_bridge_del_with", del_whole_bridge, undo_del_bridge,
	  .is_change = true, .takes_none = true },
	{ "vbr_port_add_with", add_whole_port, release_c, .is_change = true },
	{ "vbr_bridge_set", set_bridge, .is_change = true, .takes_none = true },
	{ "vbr_bridge_set_all", set_bridge_all, .is_change = true,
	  .takes_none = true },
	{ "vbr_bridge_set_text", set_bridge_text, .is_change = true,
	  .takes_none = true },
	{ "vbr_port_add", add_port, release_c, .is_change = true,
	  .takes_none = true },
	{ "vbr_port_del", del_c, NULL, enslave_c, free_c, .is_change = true,
	  .takes_none = true },
	{ "vbr_port_set", set_port, .is_change = true, .takes_none = true },
	{ "vbr_port_set_all", set_port_all, .is_change = true,
	  .takes_none = true },
	{ "vbr_port_set_text", set_port_text, .is_change = true,
	  .takes_none = true },
	{ "vbr_adopt", adopt, undo_adopt, .is_change = true,
	  .does_without = true },
	{ "vbr_release", release, NULL, adopt_a2, release_a2, .is_change = true,
	  .does_without = true },
	{ "vbr_fdb_add", add_entry, .is_change = true },
	{ "vbr_fdb_del", del_entry, .is_change = true, .takes_none = true },
	{ "vbr_fdb_flush", flush, .is_change = true, .takes_none = true },
	{ "vbr_mdb_add", add_member, .is_change = true, .takes_none = true },
	{ "vbr_mdb_del", del_member, .is_change = true, .takes_none = true },
	{ "vbr_mdb_add_with", add_whole_member, .is_change = true,
	  .takes_none = true },
	{ "vbr_mdb_del_with", del_whole_member, .is_change = true,
	  .takes_none = true },
	{ "vbr_mdb_flush", flush_members, .is_change = true },
	{ "vbr_mst_set", set_tree, .is_change = true, .takes_none = true },
	{ "vbr_nf_set", set_nf, .is_change = true, .takes_none = true },
	{ NULL },
};

/* --- VLANs of ports ------------------------------------------------------- */

static int add_vids(struct stage *s)
{
	return vbr_port_vlan_add(s->ctx, "br0", "a", s->vids, 0);
}

static int del_vids(struct stage *s)
{
	return vbr_port_vlan_del(s->ctx, "br0", "a", s->vids);
}

static void have_vids(struct stage *s)
{
	done(vbr_port_vlan_add_many(s->o->ctx, "br0", both, 2, s->vids, 0));
}

static void lose_vids(struct stage *s)
{
	done(vbr_port_vlan_del_many(s->o->ctx, "br0", both, 2, s->vids, true));
}

static int add_many(struct stage *s)
{
	return vbr_port_vlan_add_many(s->ctx, "br0", both, 2, s->vids, 0);
}

static int del_many(struct stage *s)
{
	return vbr_port_vlan_del_many(s->ctx, "br0", both, 2, s->vids, false);
}

static int set_vids(struct stage *s)
{
	static const struct vbr_setting state = { "state", 3 };

	return vbr_port_vlan_set_all(s->ctx, "br0", "a", s->vids, &state, 1);
}

static int set_of_bridge(struct stage *s)
{
	static const struct vbr_setting snoop = { "mcast_snooping", 0 };

	return vbr_bridge_vlan_set_all(s->ctx, "br0", s->vids, &snoop, 1);
}

static void have_bridge_vids(struct stage *s)
{
	done(vbr_port_vlan_add(s->o->ctx, "br0", "br0", s->vids, 0));
}

static void lose_bridge_vids(struct stage *s)
{
	done(vbr_port_vlan_del(s->o->ctx, "br0", "br0", s->vids));
}

static void have_tunnels(struct stage *s)
{
	have_vids(s);
	done(vbr_port_set(s->o->ctx, "br0", "a", "vlan_tunnel", 1));
}

static void have_mapped(struct stage *s)
{
	have_tunnels(s);
	done(vbr_port_vlan_map_tunnels(s->o->ctx, "br0", "a", s->vids, 100));
}

static int map(struct stage *s)
{
	return vbr_port_vlan_map_tunnels(s->ctx, "br0", "a", s->vids, 100);
}

static int unmap(struct stage *s)
{
	return vbr_port_vlan_unmap_tunnels(s->ctx, "br0", "a", s->vids, false);
}

static void can_tunnel(struct stage *s)
{
	done(vbr_port_set(s->o->ctx, "br0", "a", "vlan_tunnel", 1));
}

static int add_tunnels(struct stage *s)
{
	return vbr_port_vlan_add_tunnels(s->ctx, "br0", "a", s->vids, 0, 100);
}

/* The second tunnel id belongs to another VLAN. */
static void have_second_tunnel(struct stage *s)
{
	struct vbr_vids *other = vids_of("30");

	can_tunnel(s);
	done(vbr_port_vlan_add_tunnels(s->o->ctx, "br0", "a", other, 0, 101));
	vbr_vids_free(other);
}

static void only_second_tunnel(struct stage *s)
{
	struct their_vlans vlans;
	struct vbr_vids *other = vids_of("30");

	read_vlans(s->o, "a", &vlans);
	assert_int_equal(vlans.flags[20] | vlans.flags[22] | vlans.flags[24],
			 0);
	done(vbr_port_vlan_del(s->o->ctx, "br0", "a", other));
	vbr_vids_free(other);
}

static int list_filters(struct stage *s)
{
	struct vbr_port_vlans *got = s->result;
	int rc = vbr_port_vlan_list(s->ctx, "br0", VBR_PORT_VLAN_OPTIONS, &got);

	s->result = got;
	return rc;
}

static int list_bridge_filters(struct stage *s)
{
	struct vbr_port_vlans *got = s->result;
	int rc = vbr_bridge_vlan_list(s->ctx, "br0", &got);

	s->result = got;
	return rc;
}

static void free_filters(struct stage *s)
{
	vbr_port_vlans_free(s->result);
}

/* --- all VLANs of a port -------------------------------------------------- */

static void filter_on(struct stage *s)
{
	have_vids(s);
	done(vbr_bridge_set(s->o->ctx, "br0", "vlan_filtering", 1));
}

static void filter_off(struct stage *s)
{
	done(vbr_bridge_set(s->o->ctx, "br0", "vlan_filtering", 0));
	lose_vids(s);
}

static void drop_entry(struct stage *s)
{
	done(vbr_fdb_del(s->o->ctx, "br0", "a", mac, 0));
}

static void have_member(struct stage *s)
{
	filter_on(s);
	done(vbr_mdb_add(s->o->ctx, "br0", "a", "239.1.2.3", NULL, 0, true));
}

static void drop_member(struct stage *s)
{
	done(vbr_mdb_del(s->o->ctx, "br0", "a", "239.1.2.3", NULL, 0));
}

/* The port is a member in all four VLANs, or in none. */
static void lose_member(struct stage *s)
{
	const struct vbr_mdb_entry *entry;
	struct vbr_mdb *mdb;
	size_t count = 0;

	done(vbr_mdb_list(s->o->ctx, "br0", &mdb));
	for (size_t i = 0; (entry = vbr_mdb_at(mdb, i)); i++)
		count += vbr_mdb_entry_flags(entry) & VBR_MDB_PERMANENT;
	vbr_mdb_free(mdb);
	assert_true(count == 0 || count == 4);
	if (count)
		drop_member(s);
	filter_off(s);
}

const struct row filtering_rows[] = {
	{ "vbr_fdb_add", add_entry, drop_entry, filter_on, filter_off,
	  .is_change = true },
	{ "vbr_mdb_add", add_member, drop_member, filter_on, lose_member,
	  .is_change = true, .does_without = true },
	{ "vbr_mdb_del", del_member, NULL, have_member, lose_member,
	  .is_change = true, .does_without = true },
	{ "vbr_port_vlan_add", add_vids, NULL, NULL, lose_vids,
	  .is_change = true },
	{ "vbr_port_vlan_del", del_vids, NULL, have_vids, lose_vids,
	  .is_change = true },
	{ "vbr_port_vlan_add_many", add_many, NULL, NULL, lose_vids,
	  .is_change = true },
	{ "vbr_port_vlan_del_many", del_many, NULL, have_vids, lose_vids,
	  .is_change = true },
	{ "vbr_port_vlan_set_all", set_vids, NULL, have_vids, lose_vids,
	  .is_change = true },
	{ "vbr_bridge_vlan_set_all", set_of_bridge, NULL, have_bridge_vids,
	  lose_bridge_vids, .is_change = true },
	{ "vbr_port_vlan_map_tunnels", map, NULL, have_tunnels, lose_vids,
	  .is_change = true },
	{ "vbr_port_vlan_unmap_tunnels", unmap, NULL, have_mapped, lose_vids,
	  .is_change = true },
	{ "vbr_port_vlan_add_tunnels", add_tunnels, NULL, can_tunnel, lose_vids,
	  .is_change = true },
	{ "vbr_port_vlan_add_tunnels", add_tunnels, NULL, have_second_tunnel,
	  only_second_tunnel, .refusal = -EEXIST },
	{ "vbr_port_vlan_list", list_filters, free_filters, have_vids,
	  lose_vids },
	{ "vbr_bridge_vlan_list", list_bridge_filters, free_filters },
	{ NULL },
};
