/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Names that no device has, and names that none can have, in every call that
 * takes one: the errno that is documented, and a context that works on. Also
 * tests alternative names, longer than a name can be, and indexes: they work
 * like the name. */

#include "oracle/vlans.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>

static char thousand[1001];

/* For each missing name, the kernel tries to load a module, which takes time.
 * Most calls therefore only get the first few names. */
static const char *const hopeless[] = {
	"nothing", "",	  "1234567890123456", thousand, "..",
	"a/b",	   "a b", "\x1b[31m",
};
#define FEW 4

/* A call with the name of a bridge, or of a port of br0. */
struct call {
	const char *name;
	int (*call)(struct oracle *o, const char *name);
	int rc;
};

#define CALL(function, ...) \
	static int call_##function(struct oracle *o, const char *name) \
	{ \
		return vbr_##function(o->ctx, __VA_ARGS__); \
	}

#define GET(function, type, free, ...) \
	static int call_##function(struct oracle *o, const char *name) \
	{ \
		struct type *got = (void *)o; \
		int rc = vbr_##function(o->ctx, __VA_ARGS__, &got); \
\
		if (rc == 0) \
			vbr_##free(got); \
		else \
			assert_ptr_equal(got, o); \
		return rc; \
	}

static const uint8_t mac[6] = { 2 };
static const struct vbr_setting of_bridge = { "priority", 1 };
static const struct vbr_setting of_port = { "path_cost", 1 };
static const struct vbr_setting of_vlan = { "state", 1 };
static const struct vbr_setting of_vlans = { "mcast_snooping", 0 };
static struct vbr_vids *vids;

static int see_entry(const struct vbr_fdb_entry *entry, void *data)
{
	(void)entry;
	(void)data;
	return 0;
}

CALL(link_resolve, name, NULL, NULL)
CALL(link_set_up, name, true)
CALL(bridge_del, name)
CALL(bridge_set, name, "priority", 1)
CALL(bridge_set_all, name, &of_bridge, 1)
GET(bridge_get, vbr_bridge, bridge_free, name)
GET(port_list, vbr_ports, ports_free, name)
CALL(fdb_foreach, name, see_entry, NULL)
GET(fdb_list, vbr_fdb, fdb_free, name)
CALL(fdb_flush, name, NULL)
GET(mdb_list, vbr_mdb, mdb_free, name)
GET(port_vlan_list, vbr_port_vlans, port_vlans_free, name, 0)
GET(bridge_vlan_list, vbr_port_vlans, port_vlans_free, name)
GET(mst_list, vbr_msts, msts_free, name)
GET(mrp_list, vbr_instances, instances_free, name)
GET(cfm_list, vbr_instances, instances_free, name)
CALL(bridge_vlan_set_all, name, vids, &of_vlans, 1)
CALL(vlan_add, name, vids, 0, NULL)
CALL(vlan_del, name)
CALL(vlan_set_flags, name, VBR_VLAN_GVRP, true)
CALL(vlan_set, name, "gvrp", 1)
CALL(vlan_map_ingress, name, 1, 1)
CALL(vlan_map_egress, name, 1, 1)
GET(vlan_get, vbr_vlan, vlan_free, name)
GET(vlan_list, vbr_vlans, vlans_free, name)

#define ROW(function, error) \
	{ \
#function, call_##function, error \
	}

static const struct call of_one[] = {
	ROW(link_resolve, -ENODEV),
	ROW(link_set_up, -ENODEV),
	ROW(bridge_del, -ENODEV),
	ROW(bridge_set, -ENODEV),
	ROW(bridge_set_all, -ENODEV),
	ROW(bridge_get, -ENODEV),
	ROW(port_list, -ENODEV),
	ROW(fdb_foreach, -ENODEV),
	ROW(fdb_list, -ENODEV),
	ROW(fdb_flush, -ENODEV),
	ROW(mdb_list, -ENODEV),
	ROW(port_vlan_list, -ENODEV),
	ROW(bridge_vlan_list, -ENODEV),
	ROW(mst_list, -ENODEV),
	ROW(mrp_list, -ENODEV),
	ROW(cfm_list, -ENODEV),
	ROW(bridge_vlan_set_all, -ENODEV),
	ROW(vlan_add, -ENODEV),
	ROW(vlan_set, -ENODEV),
	ROW(vlan_get, -ENODEV),
	ROW(vlan_list, -ENODEV),
};

/* Without 8021q, the kernel does not look at names. */
static const struct call of_vlan_device[] = {
	ROW(vlan_del, -ENODEV),
	ROW(vlan_set_flags, -ENODEV),
	ROW(vlan_map_ingress, -ENODEV),
	ROW(vlan_map_egress, -ENODEV),
};

/* --- calls with two names ------------------------------------------------- */

struct pair {
	const char *name;
	int (*call)(struct vbr_ctx *ctx, const char *bridge,
		    const char *device);
};

#define PAIR(function, ...) \
	static int pair_##function(struct vbr_ctx *ctx, const char *bridge, \
				   const char *device) \
	{ \
		return vbr_##function(ctx, bridge, __VA_ARGS__); \
	}

PAIR(port_add, device)
PAIR(port_del, device)
PAIR(port_set, device, "path_cost", 1)
PAIR(port_set_all, device, &of_port, 1)
PAIR(fdb_add, device, mac, 0, VBR_FDB_STATIC, 0)
PAIR(fdb_del, device, mac, 0)
PAIR(fdb_flush, &(struct vbr_fdb_filter){ .port = device })
PAIR(mdb_add, device, "239.1.2.3", NULL, 0, true)
PAIR(mdb_del, device, "239.1.2.3", NULL, 0)
PAIR(port_vlan_add, device, vids, 0)
PAIR(port_vlan_del, device, vids)
PAIR(port_vlan_add_many, &device, 1, vids, 0)
PAIR(port_vlan_del_many, &device, 1, vids, true)
PAIR(port_vlan_set_all, device, vids, &of_vlan, 1)
PAIR(port_vlan_map_tunnels, device, vids, 1)
PAIR(port_vlan_add_tunnels, device, vids, 0, 1)
PAIR(port_vlan_unmap_tunnels, device, vids, true)

static int pair_port_get(struct vbr_ctx *ctx, const char *bridge,
			 const char *device)
{
	struct vbr_port *port = NULL;
	int rc = vbr_port_get(ctx, bridge, device, &port);

	vbr_port_free(port);
	return rc;
}

#define TWO(function) \
	{ \
#function, pair_##function \
	}

static const struct pair of_two[] = {
	TWO(port_add),
	TWO(port_del),
	TWO(port_set),
	TWO(port_set_all),
	TWO(port_get),
	TWO(fdb_add),
	TWO(fdb_del),
	TWO(fdb_flush),
	TWO(mdb_add),
	TWO(mdb_del),
	TWO(port_vlan_add),
	TWO(port_vlan_del),
	TWO(port_vlan_add_many),
	TWO(port_vlan_del_many),
	TWO(port_vlan_set_all),
	TWO(port_vlan_map_tunnels),
	TWO(port_vlan_add_tunnels),
	TWO(port_vlan_unmap_tunnels),
};

/* --- tests ---------------------------------------------------------------- */

static void begin(struct oracle *o)
{
	memset(thousand, 'x', sizeof(thousand) - 1);
	make_bridge(o, "br0");
	make_veth(o, "a", "a2");
	make_veth(o, "c", "c2");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	vids = vids_of("10");
}

static void end(struct oracle *o)
{
	vbr_vids_free(vids);
	assert_int_equal(vbr_bridge_set(o->ctx, "br0", "ageing_time", 10000),
			 0);
}

/* One line without control characters. */
static void is_a_sentence(const struct oracle *o, const char *of)
{
	const char *said = vbr_ctx_error(o->ctx);

	check(strncmp(said, "cannot ", 7) == 0, "%s says: %s", of, said);
	for (; *said; said++)
		check((unsigned char)*said >= ' ' && *said != 0x7f,
		      "%s says a byte of %#x", of, *said);
}

static void refused(struct oracle *o, const struct call *row, bool dry)
{
	vbr_ctx_set_dry_run(o->ctx, dry);
	for (size_t i = 0; i < (dry ? FEW : COUNT(hopeless)); i++) {
		int rc = row->call(o, hopeless[i]);

		check(rc == row->rc, "%s of \"%s\"%s gives %d: %s", row->name,
		      hopeless[i], dry ? ", in a dry run," : "", rc,
		      vbr_ctx_error(o->ctx));
		is_a_sentence(o, row->name);
	}
	vbr_ctx_set_dry_run(o->ctx, false);
}

static void one(void **state)
{
	struct oracle *o = *state;

	begin(o);
	for (size_t i = 0; i < COUNT(of_one); i++) {
		refused(o, &of_one[i], false);
		refused(o, &of_one[i], true);
	}
	end(o);
}

static void vlan_devices(void **state)
{
	struct oracle *o = *state;

	begin(o);
	if (vbr_vlan_add(o->ctx, "c", vids, 0, NULL) < 0) {
		end(o);
		skip();
	}
	for (size_t i = 0; i < COUNT(of_vlan_device); i++)
		refused(o, &of_vlan_device[i], false);
	end(o);
}

static void check_pair(struct oracle *o, const struct pair *row,
		       const char *bridge, const char *device, int wanted)
{
	int rc = row->call(o->ctx, bridge, device);

	check(rc == wanted, "%s of \"%s\" and \"%s\" gives %d: %s", row->name,
	      bridge, device, rc, vbr_ctx_error(o->ctx));
	is_a_sentence(o, row->name);
}

/* A missing port is ENODEV, a missing bridge ENXIO. */
static void two(void **state)
{
	struct oracle *o = *state;

	begin(o);
	for (size_t i = 0; i < COUNT(of_two); i++) {
		const struct pair *row = &of_two[i];
		const char *port = strcmp(row->name, "port_add") ? "a" : "c";
		/* It looks up the bridge first, and then its sentence only
		 * names the bridge. */
		bool flushes = strcmp(row->name, "fdb_flush") == 0;

		for (size_t k = 0; k < FEW; k++) {
			check_pair(o, row, "br0", hopeless[k], -ENODEV);
			if (!flushes)
				check_pair(o, row, hopeless[k], port, -ENXIO);
		}
	}
	end(o);
}

/* New names: some that the kernel refuses, and some unusual ones that it
 * accepts. */
static void new_ones(void **state)
{
	static const struct {
		const char *name;
		int rc;
	} rows[] = {
		{ "", -EINVAL },
		{ ".", -EINVAL },
		{ "..", -EINVAL },
		{ "a/b", -EINVAL },
		{ "a b", -EINVAL },
		{ "a:b", -EINVAL },
		{ "a\tb", -EINVAL },
		{ "\x1b[31m", -EILSEQ },
		{ "a\x7f", -EILSEQ },
		{ "1234567890123456", -ENAMETOOLONG },
		{ thousand, -ENAMETOOLONG },
		{ "123456789012345", 0 },
		{ "br0", -EEXIST },
	};
	struct oracle *o = *state;

	begin(o);
	for (size_t i = 0; i < COUNT(rows); i++) {
		int rc = vbr_bridge_add(o->ctx, rows[i].name);

		check(rc == rows[i].rc, "\"%s\" gives %d: %s", rows[i].name, rc,
		      vbr_ctx_error(o->ctx));
		if (rc < 0)
			is_a_sentence(o, "bridge_add");
	}
	end(o);
}

/* --- alternative names ---------------------------------------------------- */

#define LONG_BRIDGE "the-bridge-of-the-office"

/* The maximum length. */
static char long_port[128];

static int add_altname(struct oracle *o, const char *name, const char *altname)
{
	struct ifinfomsg link = { .ifi_index = index_of(o, name) };
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_NEWLINKPROP,
						NLM_F_REQUEST | NLM_F_CREATE |
							NLM_F_APPEND |
							NLM_F_EXCL);
	struct nlattr *list;

	assert_non_null(msg);
	assert_int_equal(nlmsg_append(msg, &link, sizeof(link), NLMSG_ALIGNTO),
			 0);
	list = nla_nest_start(msg, IFLA_PROP_LIST);
	assert_int_equal(nla_put_string(msg, IFLA_ALT_IFNAME, altname), 0);
	nla_nest_end(msg, list);
	return request(o, msg);
}

static void remove_all(struct oracle *o)
{
	static const char *const names[] = { "br0", "a", "c" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (link_exists(o, names[i]))
			delete_link(o, names[i]);
	vbr_vids_free(vids);
	vids = NULL;
}

/* The devices of begin(), with alternative names. */
static bool make_with_altnames(struct oracle *o)
{
	memset(long_port, 'p', sizeof(long_port) - 1);
	begin(o);
	set_up(o, "a");
	return add_altname(o, "br0", LONG_BRIDGE) == 0 &&
	       add_altname(o, "a", long_port) == 0 &&
	       add_altname(o, "c", "c-" LONG_BRIDGE) == 0;
}

/* Other names of br0, a and c. */
struct others {
	char bridge[sizeof(long_port)], port[sizeof(long_port)];
	char nic[sizeof(long_port)];
};

typedef bool others_fn(struct oracle *o, struct others *ret_others);

static bool make_altnames(struct oracle *o, struct others *ret_others)
{
	if (!make_with_altnames(o))
		return false;
	strcpy(ret_others->bridge, LONG_BRIDGE);
	strcpy(ret_others->port, long_port);
	strcpy(ret_others->nic, "c-" LONG_BRIDGE);
	return true;
}

static bool make_indexes(struct oracle *o, struct others *ret_others)
{
	if (!make_with_altnames(o))
		return false;
	sprintf(ret_others->bridge, "if:%d", index_of(o, "br0"));
	sprintf(ret_others->port, "if:%d", index_of(o, "a"));
	sprintf(ret_others->nic, "if:%d", index_of(o, "c"));
	return true;
}

static void one_by(struct oracle *o, others_fn *make)
{
	struct others others;

	for (size_t i = 0; i < COUNT(of_one); i++) {
		const struct call *row = &of_one[i];
		int by_other, by_name;

		if (!make(o, &others))
			skip();
		by_other = row->call(o, others.bridge);
		remove_all(o);
		make_with_altnames(o);
		by_name = row->call(o, "br0");
		remove_all(o);
		check(by_other == by_name,
		      "%s gives %d by the name, %d by \"%s\": %s", row->name,
		      by_name, by_other, others.bridge, vbr_ctx_error(o->ctx));
		check(by_other != -ENODEV, "%s finds no device", row->name);
	}
}

static void two_by(struct oracle *o, others_fn *make)
{
	struct others others;

	for (size_t i = 0; i < COUNT(of_two); i++) {
		const struct pair *row = &of_two[i];
		bool adds = strcmp(row->name, "port_add") == 0;
		int by_other, by_name;

		if (!make(o, &others))
			skip();
		by_other = row->call(o->ctx, others.bridge,
				     adds ? others.nic : others.port);
		remove_all(o);
		make_with_altnames(o);
		by_name = row->call(o->ctx, "br0", adds ? "c" : "a");
		remove_all(o);
		check(by_other == by_name,
		      "%s gives %d by the names, %d by \"%s\": %s", row->name,
		      by_name, by_other, others.bridge, vbr_ctx_error(o->ctx));
		check(by_other != -ENODEV && by_other != -ENXIO,
		      "%s finds no device", row->name);
	}
}

static void one_by_altname(void **state)
{
	one_by(*state, make_altnames);
}

static void two_by_altname(void **state)
{
	two_by(*state, make_altnames);
}

static void one_by_index(void **state)
{
	one_by(*state, make_indexes);
}

static void two_by_index(void **state)
{
	two_by(*state, make_indexes);
}

/*
 * A device of another kind, one that is gone, and words that are not an index.
 */
static void wrong_index(void **state)
{
	static const char *const none[] = { "if:",   "if:0",	      "if:01",
					    "if:-1", "if:2147483648", "if:1x",
					    "IF:1" };
	struct oracle *o = *state;
	char text[16];

	begin(o);
	sprintf(text, "if:%d", index_of(o, "c"));
	assert_int_equal(vbr_bridge_set(o->ctx, text, "priority", 1),
			 -EOPNOTSUPP);
	assert_int_equal(vbr_port_set(o->ctx, "br0", text, "path_cost", 1),
			 -ENODATA);
	delete_link(o, "c");
	assert_int_equal(vbr_link_resolve(o->ctx, text, NULL, NULL), -ENODEV);
	assert_int_equal(vbr_link_set_up(o->ctx, text, true), -ENODEV);
	assert_int_equal(vbr_bridge_del(o->ctx, text), -ENODEV);
	for (size_t i = 0; i < COUNT(none); i++)
		check(vbr_link_resolve(o->ctx, none[i], NULL, NULL) == -ENODEV,
		      "%s", none[i]);
	end(o);
}

/* The first call in the table deletes the device. */
static void vlan_device_by_altname(void **state)
{
	struct oracle *o = *state;

	begin(o);
	if (vbr_vlan_add(o->ctx, "c", vids, 0, NULL) < 0 ||
	    add_altname(o, "c.10", LONG_BRIDGE) < 0) {
		end(o);
		skip();
	}
	for (size_t i = COUNT(of_vlan_device); i-- > 0;) {
		int rc = of_vlan_device[i].call(o, LONG_BRIDGE);

		check(rc == 0, "%s by an altname gives %d: %s",
		      of_vlan_device[i].name, rc, vbr_ctx_error(o->ctx));
	}
	assert_false(link_exists(o, "c.10"));
	end(o);
}

static void resolved(void **state)
{
	char name[VBR_NAME_SIZE];
	struct oracle *o = *state;
	int index;

	if (!make_with_altnames(o))
		skip();
	assert_int_equal(vbr_link_resolve(o->ctx, long_port, &index, name), 0);
	assert_int_equal(index, index_of(o, "a"));
	assert_string_equal(name, "a");
	assert_int_equal(vbr_link_resolve(o->ctx, "a", &index, name), 0);
	assert_int_equal(index, index_of(o, "a"));
	assert_string_equal(name, "a");
	end(o);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("a missing device is ENODEV", one),
		ORACLE_TEST("a missing VLAN device is ENODEV", vlan_devices),
		ORACLE_TEST("with two names, a missing bridge is ENXIO", two),
		ORACLE_TEST("invalid new names are refused", new_ones),
		ORACLE_TEST("a call accepts an alternative name",
			    one_by_altname),
		ORACLE_TEST("a call accepts two alternative names",
			    two_by_altname),
		ORACLE_TEST("a call takes an index", one_by_index),
		ORACLE_TEST("a call takes two indexes", two_by_index),
		ORACLE_TEST("an index of no such device is refused",
			    wrong_index),
		ORACLE_TEST("a VLAN device has alternative names, too",
			    vlan_device_by_altname),
		ORACLE_TEST("an alternative name is looked up", resolved),
	};

	return run_all(tests);
}
