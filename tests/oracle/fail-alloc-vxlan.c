/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Tables of devices, and VNIs, for fail-alloc.c. A kernel without VXLAN has none
 * of the devices: then nothing can be tested, and the calls count as done. */

#include "oracle/fail-alloc.h"

#include <errno.h>

#include "oracle/vxlan.h"
#include "unit/fail-alloc.h"

static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 0x21 };
static const struct vbr_remote nothing;
static const struct vbr_vni_range range = { 100, 105 };
static bool has_vxlan;

static int list_all(struct stage *s)
{
	struct vbr_fdb *fdb = s->result;
	int rc = vbr_fdb_list_all(s->ctx, "br0", &fdb);

	s->result = fdb;
	return rc;
}

static void free_list(struct stage *s)
{
	vbr_fdb_free(s->result);
}

static int get(struct stage *s)
{
	struct vbr_fdb_entry *entry = s->result;
	int rc = vbr_fdb_get(s->ctx, "br0", mac, 0, &entry);

	s->result = entry;
	return rc;
}

static void free_entry(struct stage *s)
{
	vbr_fdb_entry_free(s->result);
}

static void have_entry(struct stage *s)
{
	assert_int_equal(vbr_fdb_add(s->o->ctx, "br0", "a", mac, 0,
				     VBR_FDB_STATIC, 0),
			 0);
}

static void lose_entry(struct stage *s)
{
	vbr_fdb_del(s->o->ctx, "br0", "a", mac, 0);
}

/* An address that the port listens to. */
static int add_self(struct stage *s)
{
	static const struct vbr_new_fdb_entry entry = {
		.state = VBR_FDB_LOCAL,
		.flags = VBR_FDB_SELF,
	};

	return vbr_fdb_add_with(s->ctx, "br0", "a", mac, &entry);
}

static void have_self(struct stage *s)
{
	struct stage other = { .ctx = s->o->ctx };

	assert_int_equal(add_self(&other), 0);
}

static void lose_self(struct stage *s)
{
	vbr_fdb_del_self(s->o->ctx, "br0", "a", mac, &nothing);
}

static int del_self(struct stage *s)
{
	return vbr_fdb_del_self(s->ctx, "br0", "a", mac, &nothing);
}

/* --- VNIs ----------------------------------------------------------------- */

static void have_vxlan(struct stage *s)
{
	has_vxlan = make_vxlan(s->o, "vx", 0);
}

static void have_vnis(struct stage *s)
{
	have_vxlan(s);
	if (has_vxlan)
		assert_int_equal(vbr_vni_add(s->o->ctx, "vx", &range, 1, NULL),
				 0);
}

static void lose_vxlan(struct stage *s)
{
	if (has_vxlan)
		delete_link(s->o, "vx");
}

static int list_vnis(struct stage *s)
{
	struct vbr_vnis *vnis = s->result;
	int rc = vbr_vni_list(s->ctx, has_vxlan ? "vx" : NULL, &vnis);

	s->result = rc == -EOPNOTSUPP ? NULL : vnis;
	return rc == -EOPNOTSUPP ? 0 : rc;
}

static void free_vnis(struct stage *s)
{
	vbr_vnis_free(s->result);
}

static int add_vnis(struct stage *s)
{
	int rc = vbr_vni_add(s->ctx, "vx", &range, 1, NULL);

	return has_vxlan ? rc : 0;
}

static int del_vnis(struct stage *s)
{
	int rc = vbr_vni_del(s->ctx, "vx", &range, 1);

	return has_vxlan ? rc : 0;
}

const struct row vxlan_rows[] = {
	{ "vbr_fdb_list_all", list_all, free_list },
	{ "vbr_fdb_get", get, free_entry, have_entry, lose_entry },
	{ "vbr_fdb_add_with", add_self, .end = lose_self, .is_change = true,
	  .takes_none = true },
	{ "vbr_fdb_del_self", del_self, NULL, have_self, lose_self,
	  .is_change = true },
	{ "vbr_vni_list", list_vnis, free_vnis, have_vnis, lose_vxlan },
	{ "vbr_vni_add", add_vnis, NULL, have_vxlan, lose_vxlan,
	  .is_change = true, .does_without = true },
	{ "vbr_vni_del", del_vnis, NULL, have_vnis, lose_vxlan,
	  .is_change = true, .does_without = true },
	{ NULL },
};

static void quiet_row(const struct vbr_vnis *vnis)
{
	const struct vbr_vni *row = vbr_vnis_at(vnis, 0);
	char text[VBR_ADDRESS_TEXT_SIZE];

	assert_non_null(row);
	QUIET(vbr_vnis_count, vnis);
	QUIET(vbr_vnis_at, vnis, 0);
	QUIET(vbr_vni_index, row);
	QUIET(vbr_vni_first, row);
	QUIET(vbr_vni_last, row);
	QUIET(vbr_vni_group, row, text);
}

void quiet_vnis(struct stage *s)
{
	struct vbr_fdb_entry *entry;
	struct vbr_vnis *vnis;

	have_entry(s);
	assert_int_equal(vbr_fdb_get(s->ctx, "br0", mac, 0, &entry), 0);
	QUIET(vbr_fdb_entry_free, entry);
	lose_entry(s);
	have_vnis(s);
	if (has_vxlan) {
		assert_int_equal(vbr_vni_list(s->ctx, "vx", &vnis), 0);
		quiet_row(vnis);
		QUIET(vbr_vnis_free, vnis);
	}
	lose_vxlan(s);
}
