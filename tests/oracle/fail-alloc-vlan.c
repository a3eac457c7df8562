/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VLAN devices, for fail-alloc.c. */

#include "oracle/fail-alloc.h"

#include <errno.h>

static void done(int rc)
{
	assert_int_equal(rc, 0);
}

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

/* The second of them exists already. */
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
	return vbr_vlan_set_name_type(s->ctx, VBR_VLAN_DEV_PLUS_VID_NO_PAD);
}

static int get_naming(struct stage *s)
{
	enum vbr_vlan_name_type naming;

	return vbr_vlan_get_name_type(s->ctx, &naming);
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

static struct vbr_vlan *read_before;

static void read_vlan(struct stage *s)
{
	done(vbr_vlan_get(s->o->ctx, "c.5", &read_before));
}

static void free_read(struct stage *s)
{
	(void)s;
	vbr_vlan_free(read_before);
}

static int dup_vlan(struct stage *s)
{
	struct vbr_vlan *vlan = s->result;
	int rc = vbr_vlan_dup(read_before, &vlan);

	s->result = vlan;
	return rc;
}

const struct row vlan_rows[] = {
	{ "vbr_vlan_dup", dup_vlan, free_vlan, read_vlan, free_read },
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
	{ "vbr_vlan_set_name_type", set_naming, .is_change = true,
	  .takes_none = true },
	{ "vbr_vlan_get_name_type", get_naming, .takes_none = true },
	{ "vbr_vlan_get", get_vlan, free_vlan },
	{ "vbr_vlan_list", list_vlans, free_vlans },
	{ NULL },
};
