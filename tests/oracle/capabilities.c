/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Without CAP_NET_ADMIN everything can be read, but nothing can be changed; and
 * a bridge has 1,023 ports at most. */

#include "oracle/oracle.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Only the effective set, so that the test can regain them. */
static void set_power(unsigned int capability, bool on)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[2];
	uint32_t bit = CAP_TO_MASK(capability);

	assert_return_code(syscall(SYS_capget, &head, data), errno);
	if (on)
		data[CAP_TO_INDEX(capability)].effective |= bit;
	else
		data[CAP_TO_INDEX(capability)].effective &= ~bit;
	assert_return_code(syscall(SYS_capset, &head, data), errno);
}

static int teardown(void **state)
{
	set_power(CAP_NET_ADMIN, true);
	set_power(CAP_SYS_ADMIN, true);
	return oracle_teardown(state);
}

static void refused(struct oracle *o, int rc)
{
	static const char words[] = ": Operation not permitted; the "
				    "capability CAP_NET_ADMIN is needed";
	const char *said = vbr_ctx_error(o->ctx);
	size_t len = strlen(said);

	check(rc == -EPERM, "it is %d: %s", rc, said);
	check(len > strlen(words) &&
		      strcmp(said + len - strlen(words), words) == 0,
	      "it says: %s", said);
	assert_int_equal(vbr_ctx_kernel_errno(o->ctx), -EPERM);
}

static void changes(void **state)
{
	struct oracle *o = *state;

	make_bridge(o, "br0");
	make_veth(o, "a", "b");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	set_power(CAP_NET_ADMIN, false);
	refused(o, vbr_bridge_add(o->ctx, "br1"));
	refused(o, vbr_bridge_add(o->ctx, "br0"));
	refused(o, vbr_bridge_del(o->ctx, "br0"));
	refused(o, vbr_bridge_set(o->ctx, "br0", "priority", 1));
	refused(o, vbr_port_add(o->ctx, "br0", "b"));
	refused(o, vbr_port_del(o->ctx, "br0", "a"));
	refused(o, vbr_port_set(o->ctx, "br0", "a", "priority", 1));
	/* The port is also down, and would refuse it anyway. */
	refused(o, vbr_fdb_add(o->ctx, "br0", "a",
			       (const uint8_t[6]){ 2, 0, 0, 0, 0, 1 }, 0,
			       VBR_FDB_LEARNED, 0));
	assert_false(link_exists(o, "br1"));
	assert_int_equal(master_of(o, "a"), index_of(o, "br0"));
}

static void reads(void **state)
{
	struct oracle *o = *state;
	struct vbr_bridges *bridges;
	struct vbr_ports *ports;
	struct vbr_fdb *fdb;

	make_bridge(o, "br0");
	make_veth(o, "a", "b");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	set_power(CAP_NET_ADMIN, false);
	assert_int_equal(vbr_bridge_list(o->ctx, &bridges), 0);
	assert_int_equal(vbr_bridges_count(bridges), 1);
	vbr_bridges_free(bridges);
	assert_int_equal(vbr_port_list(o->ctx, NULL, &ports), 0);
	assert_int_equal(vbr_ports_count(ports), 1);
	vbr_ports_free(ports);
	assert_int_equal(vbr_fdb_list(o->ctx, "br0", &fdb), 0);
	assert_true(vbr_fdb_count(fdb) > 0);
	vbr_fdb_free(fdb);
}

static void entering(void **state)
{
	struct oracle *o = *state;
	struct vbr_ctx *ctx = o->ctx;

	set_power(CAP_SYS_ADMIN, false);
	assert_int_equal(vbr_ctx_new("/proc/self/ns/net", &ctx), -EPERM);
	assert_ptr_equal(ctx, o->ctx);
}

static void full(void **state)
{
	struct oracle *o = *state;
	char name[24], peer[24];

	make_bridge(o, "br0");
	for (int i = 0; i < 512; i++) {
		snprintf(name, sizeof(name), "a%d", i);
		snprintf(peer, sizeof(peer), "b%d", i);
		make_veth(o, name, peer);
		check(vbr_port_add(o->ctx, "br0", name) == 0, "port %s: %s",
		      name, vbr_ctx_error(o->ctx));
		if (i < 511)
			assert_int_equal(vbr_port_add(o->ctx, "br0", peer), 0);
	}
	assert_int_equal(vbr_port_add(o->ctx, "br0", "b511"), -EXFULL);
	assert_int_equal(master_of(o, "b511"), 0);
	/* After a port is removed, another one can be added. */
	assert_int_equal(vbr_port_del(o->ctx, "br0", "a0"), 0);
	assert_int_equal(vbr_port_add(o->ctx, "br0", "b511"), 0);
}

#define POWER_TEST(sentence, function) \
	{ \
		(sentence), (function), oracle_setup, teardown, NULL \
	}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		POWER_TEST("without CAP_NET_ADMIN each change is EPERM",
			   changes),
		POWER_TEST("without CAP_NET_ADMIN everything can be read",
			   reads),
		POWER_TEST("without CAP_SYS_ADMIN no namespace is entered",
			   entering),
		ORACLE_TEST("the 1,024th port is EXFULL", full),
	};

	return run_all(tests);
}
