/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VLAN filtering on a real kernel: libnl-route reads what libvbridge makes,
 * libvbridge reads what libnl makes, and a refused change leaves everything as
 * it was. A kernel without VLAN filtering refuses all of it. */

#include "oracle/vlans.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <stdio.h>

#define PVID VBR_PORT_VLAN_PVID
#define UNTAGGED VBR_PORT_VLAN_UNTAGGED

/* Expected VLANs with these flags. */
struct row {
	unsigned int first, last, flags;
};

/* libnl-route reads exactly these VLANs; VLAN 0 ends the list. */
static void they_see(struct oracle *o, const char *name, const struct row *rows)
{
	struct their_vlans seen, wanted = { { 0 } };

	for (; rows->first; rows++)
		for (unsigned int vid = rows->first; vid <= rows->last; vid++)
			wanted.flags[vid] = (uint16_t)(rows->flags |
						       THEIR_MEMBER);
	read_vlans(o, name, &seen);
	for (unsigned int vid = 0; vid < 4096; vid++)
		check(seen.flags[vid] == wanted.flags[vid],
		      "VLAN %u of %s is %#x, not %#x", vid, name,
		      seen.flags[vid], wanted.flags[vid]);
}

/* We read the same rows, from both dumps of the kernel. */
static void we_see(struct oracle *o, const char *name, const struct row *rows)
{
	int index = index_of(o, name);

	for (unsigned int detail = 0; detail < 2; detail++) {
		struct vbr_port_vlans *filters;
		const struct vbr_port_vlan *row;
		const struct row *wanted = rows;

		assert_int_equal(vbr_port_vlan_list(o->ctx, "br0", detail,
						    &filters),
				 0);
		for (size_t i = 0; (row = vbr_port_vlans_at(filters, i)); i++) {
			if (vbr_port_vlan_index(row) != index)
				continue;
			check(vbr_port_vlan_first(row) == wanted->first &&
				      vbr_port_vlan_last(row) == wanted->last &&
				      vbr_port_vlan_flags(row) == wanted->flags,
			      "%s has %u-%u, flags %u", name,
			      vbr_port_vlan_first(row), vbr_port_vlan_last(row),
			      vbr_port_vlan_flags(row));
			assert_int_equal(vbr_port_vlan_bridge_index(row),
					 index_of(o, "br0"));
			wanted++;
		}
		assert_int_equal(wanted->first, 0);
		vbr_port_vlans_free(filters);
	}
}

static void both_see(struct oracle *o, const char *name, const struct row *rows)
{
	they_see(o, name, rows);
	we_see(o, name, rows);
}

static const struct row first[] = { { 1, 1, PVID | UNTAGGED }, { 0 } };

static void made_by_us(void **state)
{
	static const struct row rows[] = {
		{ 1, 1, UNTAGGED },   { 5, 5, PVID | UNTAGGED }, { 10, 19, 0 },
		{ 20, 29, UNTAGGED }, { 4094, 4094, 0 },	 { 0 },
	};
	static const struct row less[] = {
		{ 5, 5, PVID | UNTAGGED }, { 10, 12, 0 }, { 18, 19, 0 },
		{ 20, 29, UNTAGGED },	   { 0 },
	};
	struct oracle *o = *state;

	make_filtering(o);
	both_see(o, "a", first);
	assert_int_equal(add_vlans(o, "a", "5", PVID | UNTAGGED), 0);
	assert_int_equal(add_vlans(o, "a", "4094,10-19", 0), 0);
	assert_int_equal(add_vlans(o, "a", "20-29", UNTAGGED), 0);
	both_see(o, "a", rows);
	assert_int_equal(del_vlans(o, "a", "4094,1,13-17"), 0);
	both_see(o, "a", less);
	/* Other devices are unchanged. */
	both_see(o, "b", first);
	both_see(o, "br0", first);
	/* Existing VLANs get the new flags. */
	assert_int_equal(add_vlans(o, "a", "5-29", UNTAGGED), 0);
	both_see(o, "a", (struct row[]){ { 5, 29, UNTAGGED }, { 0 } });
	assert_int_equal(del_vlans(o, "a", "5-29"), 0);
	both_see(o, "a", (struct row[]){ { 0 } });
}

static void made_by_them(void **state)
{
	static const struct row rows[] = {
		{ 1, 1, UNTAGGED }, { 2, 2, PVID }, { 100, 200, UNTAGGED },
		{ 201, 4094, 0 },   { 0 },
	};
	struct oracle *o = *state;

	make_filtering(o);
	assert_int_equal(change_vlans(o, RTM_SETLINK, "b", 2, 2, PVID), 0);
	assert_int_equal(change_vlans(o, RTM_SETLINK, "b", 100, 200, UNTAGGED),
			 0);
	assert_int_equal(change_vlans(o, RTM_SETLINK, "b", 201, 4094, 0), 0);
	both_see(o, "b", rows);
	assert_int_equal(change_vlans(o, RTM_DELLINK, "b", 2, 4094, 0), 0);
	both_see(o, "b", (struct row[]){ { 1, 1, UNTAGGED }, { 0 } });
	assert_int_equal(change_vlans(o, RTM_SETLINK, "br0", 7, 9, 0), 0);
	both_see(o, "br0",
		 (struct row[]){
			 { 1, 1, PVID | UNTAGGED }, { 7, 9, 0 }, { 0 } });
}

static void all_at_once(void **state)
{
	static const struct row rows[] = {
		{ 1, 1, PVID | UNTAGGED },
		{ 2, 4094, 0 },
		{ 0 },
	};
	struct oracle *o = *state;

	make_filtering(o);
	assert_int_equal(add_vlans(o, "a", "2-4094", 0), 0);
	assert_int_equal(add_vlans(o, "br0", "2-4094", 0), 0);
	both_see(o, "a", rows);
	both_see(o, "br0", rows);
	assert_int_equal(del_vlans(o, "a", "2-4094"), 0);
	both_see(o, "a", first);
	both_see(o, "br0", rows);
}

/* Every second VLAN, and every second pair: the longest messages. */
static void scattered(void **state)
{
	struct oracle *o = *state;

	make_filtering(o);
	for (unsigned int run = 1; run <= 2; run++) {
		struct row rows[2048] = { { 1, 1, PVID | UNTAGGED } };
		char ids[4096 * 10] = "";
		size_t len = 0, count = 1;

		for (unsigned int vid = 3; vid + run <= 4095; vid += run + 1) {
			len += (size_t)sprintf(ids + len, "%s%u-%u",
					       len ? "," : "", vid,
					       vid + run - 1);
			rows[count++] = (struct row){ vid, vid + run - 1, 0 };
		}
		assert_int_equal(add_vlans(o, "a", ids, 0), 0);
		both_see(o, "a", rows);
		assert_int_equal(del_vlans(o, "a", ids), 0);
		both_see(o, "a", first);
	}
}

static void itself(void **state)
{
	static const struct row rows[] = {
		{ 1, 1, UNTAGGED },
		{ 6, 6, PVID },
		{ 10, 12, UNTAGGED },
		{ 0 },
	};
	struct oracle *o = *state;

	make_filtering(o);
	both_see(o, "br0", first);
	assert_int_equal(add_vlans(o, "br0", "6", PVID), 0);
	assert_int_equal(add_vlans(o, "br0", "10-12", UNTAGGED), 0);
	both_see(o, "br0", rows);
	both_see(o, "a", first);
	assert_int_equal(del_vlans(o, "br0", "1,6,10-12"), 0);
	both_see(o, "br0", (struct row[]){ { 0 } });
}

static void refused(void **state)
{
	struct oracle *o = *state;

	make_filtering(o);
	make_bridge(o, "br1");
	assert_int_equal(add_vlans(o, "a", "5-6", PVID), -EINVAL);
	assert_int_equal(add_vlans(o, "a", "0", 0), -ERANGE);
	assert_int_equal(add_vlans(o, "a2", "5", 0), -ENODATA);
	assert_int_equal(del_vlans(o, "a", "1-2"), -ENOENT);
	assert_string_equal(vbr_ctx_error(o->ctx),
			    "cannot delete VLANs of "
			    "\"a\" of bridge \"br0\": VLAN 2 is not there");
	assert_int_equal(del_vlans(o, "a", "2"), -ENOENT);
	both_see(o, "a", first);
}

/* A kernel without VLAN filtering refuses any VLAN. */
static void without(void **state)
{
	struct oracle *o = *state;

	make_bridge(o, "br0");
	make_veth(o, "a", "a2");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	if (can_filter(o, "br0"))
		skip();
	assert_int_equal(add_vlans(o, "a", "5", 0), -EOPNOTSUPP);
	assert_int_equal(add_vlans(o, "a", "5-6", 0), -EOPNOTSUPP);
	assert_int_equal(add_vlans(o, "br0", "5", 0), -EOPNOTSUPP);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("libnl reads VLANs that we make", made_by_us),
		ORACLE_TEST("we read VLANs that libnl makes", made_by_them),
		ORACLE_TEST("VLANs 2 to 4094 are one range", all_at_once),
		ORACLE_TEST("scattered VLANs are one change", scattered),
		ORACLE_TEST("the bridge itself can be a member", itself),
		ORACLE_TEST("after a refusal, VLANs are unchanged", refused),
		ORACLE_TEST("a kernel without VLAN filtering refuses VLANs",
			    without),
	};

	return run_all(tests);
}
