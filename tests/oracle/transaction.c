/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Transactions, whose changes stay or are undone. */

#include "oracle/oracle.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const uint8_t mac[6] = { 2, 0xab, 0, 0, 0, 1 };

/* br0 with the port a, and br1 with b; all are up. c is free. */
static void make_devices(struct oracle *o)
{
	make_bridge(o, "br0");
	make_bridge(o, "br1");
	make_veth(o, "a", "a2");
	make_veth(o, "b", "b2");
	make_veth(o, "c", "c2");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_port_add(o->ctx, "br1", "b"), 0);
	assert_int_equal(vbr_port_set(o->ctx, "br0", "a", "path_cost", 7), 0);
	set_up(o, "br0");
	set_up(o, "a");
}

static struct vbr_transaction *begin(struct oracle *o,
				     const char *const *devices, size_t count)
{
	struct vbr_transaction *transaction;
	int rc = vbr_transaction_begin(o->ctx, devices, count, &transaction);

	check(rc == 0, "%s", vbr_ctx_error(o->ctx));
	return transaction;
}

/* What there is; free(). */
static char *state_of(struct oracle *o)
{
	struct vbr_config *config;
	char *text;

	assert_int_equal(vbr_config_capture(o->ctx, NULL, 0, &config), 0);
	text = strdup(vbr_config_text(config));
	assert_non_null(text);
	vbr_config_free(config);
	return text;
}

static void is_state(struct oracle *o, char *before)
{
	char *now = state_of(o);

	assert_string_equal(now, before);
	free(now);
	free(before);
}

static void run(const char *command)
{
	assert_int_equal(system(command), 0);
}

static void change_all(struct oracle *o)
{
	assert_int_equal(vbr_port_del(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_link_set_up(o->ctx, "br0", false), 0);
	assert_int_equal(vbr_bridge_del(o->ctx, "br0"), 0);
	assert_int_equal(vbr_port_add(o->ctx, "br1", "a"), 0);
	assert_int_equal(vbr_bridge_set(o->ctx, "br1", "ageing_time", 900), 0);
	assert_int_equal(vbr_fdb_add(o->ctx, "br1", "b", mac, 0, VBR_FDB_STATIC,
				     0),
			 0);
	assert_int_equal(vbr_bridge_add(o->ctx, "br2"), 0);
	assert_int_equal(vbr_port_add(o->ctx, "br2", "c"), 0);
}

static void stays(void **state)
{
	struct oracle *o = *state;

	make_devices(o);
	vbr_transaction_commit(begin(o, NULL, 0));
	change_all(o);
	assert_false(link_exists(o, "br0"));
	vbr_transaction_commit(NULL);
}

static void all_is_undone(void **state)
{
	struct oracle *o = *state;
	struct vbr_transaction *transaction;
	struct vbr_config *lost;
	char *before;

	make_devices(o);
	run("ip address add 10.0.0.1/24 dev br0");
	run("ip route add 10.9.0.0/16 via 10.0.0.9");
	before = state_of(o);
	transaction = begin(o, NULL, 0);
	change_all(o);
	assert_int_equal(vbr_transaction_undo(transaction, &lost), 0);
	assert_string_equal(vbr_config_text(lost), "");
	vbr_config_free(lost);
	is_state(o, before);
	run("ip -o address show br0 | grep -q 10.0.0.1/24");
	run("ip route show 10.9.0.0/16 | grep -q 'via 10.0.0.9 dev br0'");
}

/* Another program changes another port, and the bridge, at the same time. */
static void only_named(void **state)
{
	static const char *const devices[] = { "c", "br3" };
	struct oracle *o = *state;
	struct vbr_transaction *transaction;

	make_devices(o);
	run("ip address add 10.0.0.1/24 dev c");
	transaction = begin(o, devices, 2);
	assert_int_equal(vbr_port_add(o->ctx, "br0", "c"), 0);
	assert_int_equal(vbr_port_set(o->ctx, "br0", "c", "isolated", 1), 0);
	assert_int_equal(vbr_link_set_up(o->ctx, "c", true), 0);
	assert_int_equal(vbr_bridge_add(o->ctx, "br3"), 0);
	run("ip address flush dev c");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "b2"), 0);
	assert_int_equal(vbr_bridge_set(o->ctx, "br0", "ageing_time", 900), 0);
	run("ip address add 10.0.1.1/24 dev b");
	assert_int_equal(vbr_transaction_undo(transaction, NULL), 0);
	assert_int_equal(master_of(o, "c"), 0);
	assert_false(link_exists(o, "br3"));
	run("ip -o link show c | grep -q 'state DOWN'");
	run("ip -o address show c | grep -q 10.0.0.1/24");
	assert_int_equal(master_of(o, "b2"), index_of(o, "br0"));
	run("grep -qx 900 /sys/class/net/br0/bridge/ageing_time || "
	    "ip -d link show br0 | grep -q 'ageing_time 900 '");
	run("ip -o address show b | grep -q 10.0.1.1/24");
}

static void by_other_name(void **state)
{
	const char *device = "a-name-of-17-bytes";
	struct oracle *o = *state;
	struct vbr_transaction *transaction;
	char *before;

	make_devices(o);
	run("ip link property add dev c altname a-name-of-17-bytes");
	before = state_of(o);
	transaction = begin(o, &device, 1);
	assert_int_equal(vbr_port_add(o->ctx, "br0", "c"), 0);
	assert_int_equal(vbr_transaction_undo(transaction, NULL), 0);
	is_state(o, before);
}

/* A device that cannot come back, and the others that do. */
static void a_part(void **state)
{
	static const char *const devices[] = { "a", "b", "c" };
	struct oracle *o = *state;
	struct vbr_transaction *transaction;
	const char *error;

	make_devices(o);
	transaction = begin(o, devices, 3);
	delete_link(o, "a");
	assert_int_equal(vbr_port_add(o->ctx, "br1", "c"), 0);
	assert_int_equal(vbr_transaction_undo(transaction, NULL), -ENODEV);
	error = vbr_ctx_error(o->ctx);
	check(strstr(error, "; not undone: brctl link a down") != NULL, "%s",
	      error);
	assert_int_equal(master_of(o, "c"), 0);
}

static void dry_run(void **state)
{
	const char *device = "c";
	struct oracle *o = *state;
	struct vbr_transaction *transaction;
	char *before;

	make_devices(o);
	before = state_of(o);
	vbr_ctx_set_dry_run(o->ctx, true);
	for (size_t count = 0; count < 2; count++) {
		transaction = begin(o, &device, count);
		assert_int_equal(vbr_port_add(o->ctx, "br0", "c"), 0);
		assert_int_equal(vbr_transaction_undo(transaction, NULL), 0);
	}
	vbr_ctx_set_dry_run(o->ctx, false);
	is_state(o, before);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("changes that are committed stay", stays),
		ORACLE_TEST("changes to all devices are undone", all_is_undone),
		ORACLE_TEST("what others change on other devices stays",
			    only_named),
		ORACLE_TEST("a device has its alternative names, too",
			    by_other_name),
		ORACLE_TEST("what cannot be undone is named", a_part),
		ORACLE_TEST("a dry run changes nothing", dry_run),
	};

	return run_all(tests);
}
