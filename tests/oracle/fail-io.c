/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Changes on a real kernel with a socket that fails at each datagram, once or
 * from then on. Either everything is as before, or the error says that
 * something may have changed. Calls that only use ioctls are not here, because
 * an ioctl always has a result. */

#include "oracle/vlans.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/context.h"
#include "oracle/failing-transport.h"

/* --- the state ------------------------------------------------------------ */

typedef int value_fn(const void *of, const char *option, uint64_t *ret_value);

static void print_options(FILE *out, enum vbr_scope scope, const void *of,
			  value_fn *value_of)
{
	const struct vbr_option *option;
	uint64_t value;

	for (size_t i = 0; (option = vbr_option_at(scope, i)); i++)
		if (vbr_option_is_settable(option) &&
		    value_of(of, vbr_option_name(option), &value) == 0)
			fprintf(out, " %s=%llu", vbr_option_name(option),
				(unsigned long long)value);
	fputc('\n', out);
}

static int bridge_value(const void *of, const char *option, uint64_t *ret_value)
{
	return vbr_bridge_value(of, option, ret_value);
}

static int port_value(const void *of, const char *option, uint64_t *ret_value)
{
	return vbr_port_value(of, option, ret_value);
}

static int vid_value(const void *of, const char *option, uint64_t *ret_value)
{
	return vbr_port_vlan_value(of, option, ret_value);
}

static int vlan_value(const void *of, const char *option, uint64_t *ret_value)
{
	return vbr_vlan_value(of, option, ret_value);
}

static void print_links(FILE *out, struct vbr_ctx *ctx)
{
	const struct vbr_bridge *bridge;
	const struct vbr_port *port;
	const struct vbr_vlan *vlan;
	struct vbr_bridges *bridges;
	struct vbr_ports *ports;
	struct vbr_vlans *vlans;

	assert_int_equal(vbr_bridge_list(ctx, &bridges), 0);
	for (size_t i = 0; (bridge = vbr_bridges_at(bridges, i)); i++) {
		fprintf(out, "%s %d", vbr_bridge_name(bridge),
			vbr_bridge_is_up(bridge));
		print_options(out, VBR_SCOPE_BRIDGE, bridge, bridge_value);
	}
	vbr_bridges_free(bridges);
	assert_int_equal(vbr_port_list(ctx, NULL, &ports), 0);
	for (size_t i = 0; (port = vbr_ports_at(ports, i)); i++) {
		fputs(vbr_port_name(port), out);
		print_options(out, VBR_SCOPE_PORT, port, port_value);
	}
	vbr_ports_free(ports);
	assert_int_equal(vbr_vlan_list(ctx, NULL, &vlans), 0);
	for (size_t i = 0; (vlan = vbr_vlans_at(vlans, i)); i++) {
		fputs(vbr_vlan_name(vlan), out);
		print_options(out, VBR_SCOPE_VLAN, vlan, vlan_value);
	}
	vbr_vlans_free(vlans);
}

static void print_vids(FILE *out, enum vbr_scope scope,
		       struct vbr_port_vlans *vlans)
{
	const struct vbr_port_vlan *row;

	for (size_t i = 0; (row = vbr_port_vlans_at(vlans, i)); i++) {
		fprintf(out, "%d: %u-%u %u", vbr_port_vlan_index(row),
			vbr_port_vlan_first(row), vbr_port_vlan_last(row),
			vbr_port_vlan_flags(row));
		print_options(out, scope, row, vid_value);
	}
	vbr_port_vlans_free(vlans);
}

static void print_vlans(FILE *out, struct vbr_ctx *ctx)
{
	struct vbr_port_vlans *vlans;

	if (vbr_port_vlan_list(ctx, "br0", VBR_PORT_VLAN_OPTIONS, &vlans) == 0)
		print_vids(out, VBR_SCOPE_PORT_VLAN, vlans);
	if (vbr_bridge_vlan_list(ctx, "br0", &vlans) == 0)
		print_vids(out, VBR_SCOPE_BRIDGE_VLAN, vlans);
}

static void print_entries(FILE *out, struct vbr_ctx *ctx)
{
	char text[VBR_ADDRESS_TEXT_SIZE];
	const struct vbr_fdb_entry *entry;
	const struct vbr_mdb_entry *member;
	struct vbr_fdb *fdb;
	struct vbr_mdb *mdb;

	assert_int_equal(vbr_fdb_list(ctx, "br0", &fdb), 0);
	for (size_t i = 0; (entry = vbr_fdb_at(fdb, i)); i++) {
		vbr_format_mac(vbr_fdb_entry_mac(entry), text);
		fprintf(out, "%d: %s %u %d\n", vbr_fdb_entry_port_index(entry),
			text, vbr_fdb_entry_vlan(entry),
			(int)vbr_fdb_entry_state(entry));
	}
	vbr_fdb_free(fdb);
	assert_int_equal(vbr_mdb_list(ctx, "br0", &mdb), 0);
	for (size_t i = 0; (member = vbr_mdb_at(mdb, i)); i++) {
		vbr_mdb_entry_group(member, text);
		fprintf(out, "%d: %s %u %u\n", vbr_mdb_entry_index(member),
			text, vbr_mdb_entry_vlan(member),
			vbr_mdb_entry_flags(member));
	}
	vbr_mdb_free(mdb);
}

/* Everything that the calls below can change. The caller frees it. */
static char *state_of(struct vbr_ctx *ctx)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	print_links(out, ctx);
	print_vlans(out, ctx);
	print_entries(out, ctx);
	assert_int_equal(fclose(out), 0);
	return text;
}

/* --- the calls ------------------------------------------------------------ */

struct stage {
	struct oracle *o;
	struct vbr_ctx *ctx;   /* for the call; o->ctx prepares the state */
	struct vbr_vids *vids; /* 20, 22 and 24 */
};

/* "ready" prepares the state before the call, whatever it was before. */
struct row {
	const char *name;
	int (*call)(struct stage *s);
	void (*ready)(struct stage *s);
	int refusal; /* the kernel's errno, if nothing fails */
};

static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 7 };
static const char *const both[] = { "a", "b" };
static const char group[] = "239.1.2.3";

static void done(int rc)
{
	assert_int_equal(rc, 0);
}

static void done_or(int rc, int other)
{
	assert_true(rc == 0 || rc == other);
}

static int set_link_up(struct stage *s)
{
	return vbr_link_set_up(s->ctx, "old", true);
}

static void is_down(struct stage *s)
{
	done(vbr_link_set_up(s->o->ctx, "old", false));
}

static const struct vbr_setting bridge_before[] = {
	{ "ageing_time", 30000 },
	{ "priority", 32768 },
};
static const struct vbr_setting bridge_after[] = {
	{ "ageing_time", 10000 },
	{ "priority", 4096 },
};

static int set_bridge(struct stage *s)
{
	return vbr_bridge_set_all(s->ctx, "br0", bridge_after, 1);
}

static int set_bridge_all(struct stage *s)
{
	return vbr_bridge_set_all(s->ctx, "br0", bridge_after, 2);
}

static void bridge_ready(struct stage *s)
{
	done(vbr_bridge_set_all(s->o->ctx, "br0", bridge_before, 2));
}

static const struct vbr_setting port_before[] = {
	{ "path_cost", 2 },
	{ "hairpin_mode", 0 },
};
static const struct vbr_setting port_after[] = {
	{ "path_cost", 90 },
	{ "hairpin_mode", 1 },
	{ "learning_sync", 1 },
};

static int set_port(struct stage *s)
{
	return vbr_port_set_all(s->ctx, "br0", "a", port_after, 1);
}

static int set_port_all(struct stage *s)
{
	return vbr_port_set_all(s->ctx, "br0", "a", port_after, 2);
}

/* The last option belongs to the driver, and has its own message. */
static int set_driver(struct stage *s)
{
	return vbr_port_set_all(s->ctx, "br0", "a", port_after, 3);
}

/* The kernel sends this one only while it is set. */
static int set_backup(struct stage *s)
{
	return vbr_port_set(s->ctx, "br0", "a", "backup_port",
			    (uint64_t)index_of(s->o, "b"));
}

static void port_ready(struct stage *s)
{
	done(vbr_port_set_all(s->o->ctx, "br0", "a", port_before, 2));
	done(vbr_port_set(s->o->ctx, "br0", "a", "backup_port", 0));
}

static int add_entry(struct stage *s)
{
	return vbr_fdb_add(s->ctx, "br0", "a", mac, 0, VBR_FDB_STATIC, 0);
}

static void no_entry(struct stage *s)
{
	done_or(vbr_fdb_del(s->o->ctx, "br0", "a", mac, 0), -ENOENT);
}

static int del_entry(struct stage *s)
{
	return vbr_fdb_del(s->ctx, "br0", "a", mac, 0);
}

static void have_entry(struct stage *s)
{
	no_entry(s);
	done(vbr_fdb_add(s->o->ctx, "br0", "a", mac, 0, VBR_FDB_STATIC, 0));
}

/* One request for each of the two states. */
static int flush(struct stage *s)
{
	const struct vbr_fdb_filter filter = {
		.port = "a",
		.states = 1u << VBR_FDB_STATIC | 1u << VBR_FDB_LEARNED,
	};

	return vbr_fdb_flush(s->ctx, "br0", &filter);
}

static int add_member(struct stage *s)
{
	return vbr_mdb_add(s->ctx, "br0", "a", group, NULL, 0, true);
}

static void no_member(struct stage *s)
{
	done_or(vbr_mdb_del(s->o->ctx, "br0", "a", group, NULL, 0), -ENOENT);
}

static int del_member(struct stage *s)
{
	return vbr_mdb_del(s->ctx, "br0", "a", group, NULL, 0);
}

static void have_member(struct stage *s)
{
	no_member(s);
	done(vbr_mdb_add(s->o->ctx, "br0", "a", group, NULL, 0, true));
}

static const struct row rows[] = {
	{ "link_set_up", set_link_up, is_down },
	{ "bridge_set", set_bridge, bridge_ready },
	{ "bridge_set_all", set_bridge_all, bridge_ready },
	{ "port_set", set_port, port_ready },
	{ "port_set_all", set_port_all, port_ready },
	{ "port_set_all, of a driver", set_driver, port_ready, -EOPNOTSUPP },
	{ "port_set, sparse", set_backup, port_ready },
	{ "fdb_add", add_entry, no_entry },
	{ "fdb_del", del_entry, have_entry },
	{ "fdb_flush", flush, have_entry },
	{ "mdb_add", add_member, no_member },
	{ "mdb_del", del_member, have_member },
	{ NULL },
};

/* --- VLANs of ports ------------------------------------------------------- */

static void no_vids(struct stage *s)
{
	done(vbr_port_vlan_del_many(s->o->ctx, "br0", both, 2, s->vids, true));
}

static void have_vids(struct stage *s)
{
	no_vids(s);
	done(vbr_port_vlan_add_many(s->o->ctx, "br0", both, 2, s->vids, 0));
}

static int add_vids(struct stage *s)
{
	return vbr_port_vlan_add(s->ctx, "br0", "a", s->vids, 0);
}

static int del_vids(struct stage *s)
{
	return vbr_port_vlan_del(s->ctx, "br0", "a", s->vids);
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
	static const struct vbr_setting state = { "state", 1 };

	return vbr_port_vlan_set_all(s->ctx, "br0", "a", s->vids, &state, 1);
}

static void have_bridge_vids(struct stage *s)
{
	done(vbr_port_vlan_del_many(s->o->ctx, "br0",
				    (const char *const[]){ "br0" }, 1, s->vids,
				    true));
	done(vbr_port_vlan_add(s->o->ctx, "br0", "br0", s->vids, 0));
}

static int set_of_bridge(struct stage *s)
{
	static const struct vbr_setting snooping = { "mcast_snooping", 0 };

	return vbr_bridge_vlan_set_all(s->ctx, "br0", s->vids, &snooping, 1);
}

static void can_tunnel(struct stage *s)
{
	no_vids(s);
	done(vbr_port_set(s->o->ctx, "br0", "a", "vlan_tunnel", 1));
}

static void have_tunnels(struct stage *s)
{
	can_tunnel(s);
	have_vids(s);
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

static int add_tunnels(struct stage *s)
{
	return vbr_port_vlan_add_tunnels(s->ctx, "br0", "a", s->vids, 0, 100);
}

static const struct row vlan_rows[] = {
	{ "port_vlan_add", add_vids, no_vids },
	{ "port_vlan_del", del_vids, have_vids },
	{ "port_vlan_add_many", add_many, no_vids },
	{ "port_vlan_del_many", del_many, have_vids },
	{ "port_vlan_set_all", set_vids, have_vids },
	{ "bridge_vlan_set_all", set_of_bridge, have_bridge_vids },
	{ "port_vlan_map_tunnels", map, have_tunnels },
	{ "port_vlan_unmap_tunnels", unmap, have_mapped },
	{ "port_vlan_add_tunnels", add_tunnels, can_tunnel },
	{ NULL },
};

/* In all VLANs of the port. */
static void member_nowhere(struct stage *s)
{
	have_vids(s);
	done(vbr_bridge_set(s->o->ctx, "br0", "vlan_filtering", 1));
	no_member(s);
}

static void member_everywhere(struct stage *s)
{
	member_nowhere(s);
	have_member(s);
}

static const struct row filtering_rows[] = {
	{ "mdb_add, in all VLANs", add_member, member_nowhere },
	{ "mdb_del, in all VLANs", del_member, member_everywhere },
	{ NULL },
};

/* --- VLAN devices --------------------------------------------------------- */

static void no_devices(struct stage *s)
{
	static const char *const names[] = { "c.20", "c.22", "c.24" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (link_exists(s->o, names[i]))
			delete_link(s->o, names[i]);
}

static int add_devices(struct stage *s)
{
	return vbr_vlan_add(s->ctx, "c", s->vids, 0, NULL);
}

static void is_tight(struct stage *s)
{
	done(vbr_vlan_set(s->o->ctx, "c.5", "loose_binding", 0));
}

static int set_device(struct stage *s)
{
	return vbr_vlan_set(s->ctx, "c.5", "loose_binding", 1);
}

static const struct row device_rows[] = {
	{ "vlan_add", add_devices, no_devices },
	{ "vlan_set", set_device, is_tight },
	{ NULL },
};

/* --- the tests ------------------------------------------------------------ */

static bool is_told(const struct stage *s)
{
	const char *error = vbr_ctx_error(s->ctx);

	return strstr(error, " may have been ") ||
	       strstr(error, " could not be removed");
}

/* Even if the undo fails, the sentence has the error of the call. */
static void check_error(const struct stage *s, const struct row *row, int rc)
{
	check(strstr(vbr_ctx_error(s->ctx), strerror(-rc)) != NULL,
	      "%s, %s %zu: %d, but: %s", row->name, fault_name(), faults.at, rc,
	      vbr_ctx_error(s->ctx));
}

/* If a request could not be sent, the kernel has not changed anything, and the
 * error must not say so. */
static void check_failed(const struct stage *s, const struct row *row,
			 const char *before)
{
	char *after = state_of(s->o->ctx);
	bool is_same = strcmp(before, after) == 0;

	check(is_same || is_told(s), "%s, %s %zu: %s\nbefore:\n%s\nafter:\n%s",
	      row->name, fault_name(), faults.at, vbr_ctx_error(s->ctx), before,
	      after);
	check(faults.how != SEND || is_same == !is_told(s),
	      "%s, %s %zu: all is as before, but: %s", row->name, fault_name(),
	      faults.at, vbr_ctx_error(s->ctx));
	free(after);
}

/* Returns whether the call has reached the fault. */
static bool attempt(struct stage *s, const struct row *row, enum fault how,
		    size_t at)
{
	char *before;
	int rc;

	row->ready(s);
	before = state_of(s->o->ctx);
	assert_int_equal(vbr_ctx_new(NULL, &s->ctx), 0);
	fault_begin(s->ctx, how, at);
	rc = row->call(s);
	if (faults.count < at)
		check(rc == row->refusal, "%s: %d: %s", row->name, rc,
		      vbr_ctx_error(s->ctx));
	if (rc < 0) {
		check_error(s, row, rc);
		check_failed(s, row, before);
	}
	vbr_ctx_unref(s->ctx);
	free(before);
	return faults.count >= at;
}

static void try_rows(struct stage *s, const struct row *row)
{
	for (; row->name; row++) {
		for (enum fault how = SEND; how <= RECEIVE_ALWAYS; how++) {
			size_t at = 1;

			while (attempt(s, row, how, at))
				at++;
			check(at > 1, "%s sends nothing", row->name);
		}
	}
}

static void setup(struct stage *s, struct oracle *o)
{
	*s = (struct stage){ .o = o, .vids = vids_of("20,22,24") };
	make_bridge(o, "br0");
	make_bridge(o, "old");
	make_veth(o, "a", "a2");
	make_veth(o, "b", "b2");
	make_veth(o, "c", "c2");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_port_add(o->ctx, "br0", "b"), 0);
	assert_int_equal(vbr_link_set_up(o->ctx, "a", true), 0);
	assert_int_equal(vbr_link_set_up(o->ctx, "a2", true), 0);
	assert_int_equal(vbr_link_set_up(o->ctx, "br0", true), 0);
	set_forwarding(o, "a");
}

static void settings(void **state)
{
	struct stage s;

	setup(&s, *state);
	try_rows(&s, rows);
	vbr_vids_free(s.vids);
}

static void vlans(void **state)
{
	struct stage s;

	setup(&s, *state);
	if (!can_filter(s.o, "br0")) {
		vbr_vids_free(s.vids);
		skip();
	}
	try_rows(&s, vlan_rows);
	try_rows(&s, filtering_rows);
	vbr_vids_free(s.vids);
}

static void devices(void **state)
{
	struct vbr_vids *five = vids_of("5");
	struct stage s;
	int rc;

	setup(&s, *state);
	rc = vbr_vlan_add(s.o->ctx, "c", five, 0, "c.5");
	vbr_vids_free(five);
	if (rc == 0)
		try_rows(&s, device_rows);
	vbr_vids_free(s.vids);
	if (rc == -ENOPKG)
		skip();
	assert_int_equal(rc, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("a setting without a reply is undone or reported",
			    settings),
		ORACLE_TEST("... also a change of VLANs of ports", vlans),
		ORACLE_TEST("... also a change of VLAN devices", devices),
	};

	return run_all(tests);
}
