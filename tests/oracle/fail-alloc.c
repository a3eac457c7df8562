/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Every function of the library on a real kernel, with each of its allocations
 * failing once: it returns -ENOMEM, writes nothing, changes nothing and leaks
 * nothing. */

#include "oracle/fail-alloc.h"

#include <errno.h>
#include <string.h>

#include "unit/fail-alloc.h"

static void setup(struct stage *s, struct oracle *o)
{
	static const char *const names[] = { "a", "a2", "b", "b2", "br0" };
	struct vbr_bridges *bridges;

	*s = (struct stage){ .o = o, .vids = vids_of("20,22,24") };
	make_bridge(o, "br0");
	make_bridge(o, "old");
	make_veth(o, "a", "a2");
	make_veth(o, "b", "b2");
	make_veth(o, "c", "c2");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_port_add(o->ctx, "br0", "b"), 0);
	for (size_t i = 0; i < COUNT(names); i++)
		set_up(o, names[i]);
	/* So that o->ctx has already allocated all that it needs. */
	assert_int_equal(vbr_bridge_list(o->ctx, &bridges), 0);
	vbr_bridges_free(bridges);
}

static void teardown(struct stage *s)
{
	vbr_vids_free(s->vids);
}

/* Checks that the error is the library's own, without an errno of the kernel,
 * and has a sentence. Functions without a context have none. */
static void said_so(const struct stage *s, const struct row *row)
{
	static const char *const mute[] = {
		"vbr_ctx_new",	  "vbr_ctx_new_fd", "vbr_vids_new",
		"vbr_vids_parse", "vbr_bridge_dup", "vbr_port_dup",
		"vbr_vlan_dup",	  "vbr_event_read",
	};

	for (size_t i = 0; i < COUNT(mute); i++)
		if (strcmp(row->name, mute[i]) == 0)
			return;
	check(vbr_ctx_kernel_errno(s->ctx) == 0 &&
		      strstr(vbr_ctx_error(s->ctx), "Cannot allocate memory"),
	      "%s says: %s", row->name, vbr_ctx_error(s->ctx));
}

/* Checks the result of a call whose allocation number "n" failed. */
static void failed(const struct stage *s, const struct row *row, unsigned int n,
		   int rc)
{
	if (rc == 0 && row->does_without)
		return;
	check(s->result == s, "%s has written a result", row->name);
	if (rc != 0 && rc == row->refusal)
		return;
	check(rc == -ENOMEM, "%s: allocation %u fails: %d: %s", row->name, n,
	      rc, vbr_ctx_error(s->ctx));
	said_so(s, row);
}

/* Calls it once. Returns the number of allocations. */
static unsigned int attempt(struct stage *s, const struct row *row,
			    unsigned int n, bool dry)
{
	unsigned int count;
	int rc;

	s->result = s;
	if (row->ready)
		row->ready(s);
	fail_alloc_begin(n);
	rc = row->call(s);
	count = fail_alloc_end();
	if (count >= n)
		failed(s, row, n, rc);
	else if (!dry)
		check(rc == row->refusal, "%s, with memory: %d: %s", row->name,
		      rc, vbr_ctx_error(s->ctx));
	if (rc == 0 && !dry && row->undo)
		row->undo(s);
	if (row->end)
		row->end(s);
	return count;
}

/* Fails each allocation in turn. Returns how many there are. */
static unsigned int walk(struct stage *s, const struct row *row, bool dry)
{
	unsigned int n = 0, count;

	do {
		long before = blocks();

		n++;
		assert_int_equal(vbr_ctx_new(NULL, &s->ctx), 0);
		vbr_ctx_set_dry_run(s->ctx, dry);
		count = attempt(s, row, n, dry);
		vbr_ctx_unref(s->ctx);
		check(blocks() == before, "%s leaves %ld blocks: %u", row->name,
		      blocks() - before, n);
	} while (count >= n);
	return count;
}

static void walk_rows(struct stage *s, const struct row *rows)
{
	for (; rows->name; rows++) {
		unsigned int count;

		if (rows->is_change)
			walk(s, rows, true);
		count = walk(s, rows, false);
		check(rows->takes_none == (count == 0), "%s allocates %u times",
		      rows->name, count);
	}
}

static void reading(void **state)
{
	struct stage s;

	setup(&s, *state);
	walk_rows(&s, reading_rows);
	teardown(&s);
}

static void changing(void **state)
{
	struct stage s;

	setup(&s, *state);
	walk_rows(&s, changing_rows);
	teardown(&s);
}

static void guarding(void **state)
{
	struct stage s;

	setup(&s, *state);
	walk_rows(&s, guarding_rows);
	teardown(&s);
}

static void filtering(void **state)
{
	struct stage s;

	setup(&s, *state);
	if (!can_filter(s.o, "br0")) {
		teardown(&s);
		skip();
	}
	walk_rows(&s, filtering_rows);
	teardown(&s);
}

static bool has_vlans(struct stage *s)
{
	struct vbr_vids *five = vids_of("5");
	int rc = vbr_vlan_add(s->o->ctx, "c", five, 0, "c.5");

	vbr_vids_free(five);
	return rc != -ENOPKG;
}

static void vlans(void **state)
{
	struct stage s;

	setup(&s, *state);
	if (!has_vlans(&s)) {
		teardown(&s);
		skip();
	}
	walk_rows(&s, vlan_rows);
	quiet_vlans(&s);
	teardown(&s);
}

static void vxlan(void **state)
{
	struct stage s;

	setup(&s, *state);
	walk_rows(&s, vxlan_rows);
	teardown(&s);
}

static void quiet(void **state)
{
	struct stage s;

	setup(&s, *state);
	s.ctx = s.o->ctx;
	quiet_context(&s);
	quiet_options(&s);
	quiet_bridges(&s);
	quiet_findings(&s);
	quiet_guards(&s);
	quiet_topology(&s);
	quiet_fdb(&s);
	quiet_vnis(&s);
	quiet_groups(&s);
	quiet_events(&s);
	teardown(&s);
}

static void quiet_about_vlans(void **state)
{
	struct stage s;

	setup(&s, *state);
	s.ctx = s.o->ctx;
	if (!can_filter(s.o, "br0")) {
		teardown(&s);
		skip();
	}
	quiet_filters(&s);
	teardown(&s);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("reading without memory is ENOMEM", reading),
		ORACLE_TEST("changes without memory are ENOMEM, and undone",
			    changing),
		ORACLE_TEST("guarding without memory is ENOMEM", guarding),
		ORACLE_TEST("VLANs of ports without memory are ENOMEM",
			    filtering),
		ORACLE_TEST("VLAN devices without memory are ENOMEM", vlans),
		ORACLE_TEST("tables of devices and VNIs without memory", vxlan),
		ORACLE_TEST("reading a snapshot needs no memory", quiet),
		ORACLE_TEST("reading VLANs needs no memory", quiet_about_vlans),
	};

	return run_all(tests);
}
