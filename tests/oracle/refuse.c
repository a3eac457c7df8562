/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Calls that a real kernel or the library refuses: they return the exact errno,
 * and change nothing. */

#include "oracle/oracle.h"

#include <errno.h>
#include <string.h>

/* "a" is a port of br0, br1 has no ports, "b" and lo are not ports. */
static void make_all(struct oracle *o)
{
	make_bridge(o, "br0");
	make_bridge(o, "br1");
	make_veth(o, "a", "b");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
}

static void says(struct oracle *o, int got, int wanted, const char *words)
{
	check(got == wanted, "it is %d, not %d: %s", got, wanted,
	      vbr_ctx_error(o->ctx));
	check(strstr(vbr_ctx_error(o->ctx), words) != NULL,
	      "it says: %s, and not: %s", vbr_ctx_error(o->ctx), words);
}

static void bridge_add(void **state)
{
	static const char *const kernels[] = { "x\xa0y", "%s", "br%d%d" };
	struct oracle *o = *state;

	make_all(o);
	says(o, vbr_bridge_add(o->ctx, "br0"), -EEXIST, ": File exists");
	says(o, vbr_bridge_add(o->ctx, "a"), -EEXIST, ": File exists");
	says(o, vbr_bridge_add(o->ctx, "lo"), -EEXIST, ": File exists");
	says(o, vbr_bridge_add(o->ctx, "x y"), -EINVAL,
	     "a device name is not empty");
	says(o, vbr_bridge_add(o->ctx, ""), -EINVAL,
	     "a device name is not empty");
	assert_int_equal(vbr_ctx_kernel_errno(o->ctx), 0);
	/* Names that only the kernel refuses. */
	for (size_t i = 0; i < COUNT(kernels); i++) {
		says(o, vbr_bridge_add(o->ctx, kernels[i]), -EINVAL,
		     "a device name is not empty");
		assert_int_equal(vbr_ctx_kernel_errno(o->ctx), -EINVAL);
	}
}

static void bridge_del(void **state)
{
	struct oracle *o = *state;

	make_all(o);
	says(o, vbr_bridge_del(o->ctx, "none"), -ENODEV, "No such device");
	says(o, vbr_bridge_del(o->ctx, "b"), -EPERM, "it is not a bridge");
	says(o, vbr_bridge_del(o->ctx, "a"), -EPERM, "it is not a bridge");
	says(o, vbr_bridge_del(o->ctx, "lo"), -EPERM, "it is not a bridge");
	set_up(o, "br0");
	says(o, vbr_bridge_del(o->ctx, "br0"), -EBUSY,
	     "Device or resource busy");
	assert_true(link_exists(o, "br0"));
	assert_true(link_exists(o, "b"));
}

static void bridge_set(void **state)
{
	static const char *const no_bridges[] = { "a", "b", "lo" };
	struct oracle *o = *state;

	make_all(o);
	says(o, vbr_bridge_set(o->ctx, "none", "priority", 1), -ENODEV,
	     "No such device");
	for (size_t i = 0; i < COUNT(no_bridges); i++)
		says(o, vbr_bridge_set(o->ctx, no_bridges[i], "priority", 1),
		     -EOPNOTSUPP, "it is not a bridge");
	says(o, vbr_bridge_set(o->ctx, "br0", "path_cost", 1), -ENOENT,
	     "there is no option");
	says(o, vbr_bridge_set(o->ctx, "br0", "gc_timer", 1), -EACCES,
	     "can only be read");
	says(o, vbr_bridge_set(o->ctx, "br0", "priority", 65536), -ERANGE,
	     "out of range");
	assert_int_equal(vbr_ctx_kernel_errno(o->ctx), 0);
}

/* The limits of the table are those of the kernel: one less or one more is
 * ERANGE. */
static void bridge_limits(void **state)
{
	static const struct {
		const char *option;
		uint64_t value;
	} rows[] = {
		{ "hello_time", 98 },	  { "hello_time", 1002 },
		{ "hello_time", 0 },	  { "hello_time", UINT32_MAX },
		{ "max_age", 598 },	  { "max_age", 4002 },
		{ "forward_delay", 198 }, { "forward_delay", 3002 },
	};
	struct oracle *o = *state;

	make_all(o);
	assert_int_equal(vbr_bridge_set(o->ctx, "br0", "stp_state", 1), 0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		int rc = vbr_bridge_set(o->ctx, "br0", rows[i].option,
					rows[i].value);

		check(rc == -ERANGE, "%s gives %d", rows[i].option, rc);
		assert_int_equal(vbr_ctx_kernel_errno(o->ctx), -ERANGE);
	}
}

static void reads(void **state)
{
	static const struct {
		const char *name;
		int rc;
	} rows[] = {
		{ "none", -ENODEV },
		{ "", -ENODEV },
		{ "1234567890123456", -ENODEV },
		{ "a", -EOPNOTSUPP },
		{ "b", -EOPNOTSUPP },
		{ "lo", -EOPNOTSUPP },
	};
	struct oracle *o = *state;

	make_all(o);
	for (size_t i = 0; i < COUNT(rows); i++) {
		void *const before = o;
		struct vbr_bridge *bridge = before;
		struct vbr_ports *ports = before;
		struct vbr_fdb *fdb = before;

		assert_int_equal(vbr_bridge_get(o->ctx, rows[i].name, &bridge),
				 rows[i].rc);
		assert_int_equal(vbr_port_list(o->ctx, rows[i].name, &ports),
				 rows[i].rc);
		assert_int_equal(vbr_fdb_list(o->ctx, rows[i].name, &fdb),
				 rows[i].rc);
		assert_true(bridge == before && ports == before &&
			    fdb == before);
	}
}

static void port_add(void **state)
{
	struct oracle *o = *state;
	int br0;

	make_all(o);
	br0 = index_of(o, "br0");
	says(o, vbr_port_add(o->ctx, "br0", "none"), -ENODEV, "No such device");
	says(o, vbr_port_add(o->ctx, "none", "b"), -ENXIO, "no such bridge");
	says(o, vbr_port_add(o->ctx, "a", "b"), -EOPNOTSUPP,
	     "it is not a bridge");
	says(o, vbr_port_add(o->ctx, "lo", "b"), -EOPNOTSUPP,
	     "it is not a bridge");
	says(o, vbr_port_add(o->ctx, "br0", "br1"), -ELOOP,
	     "Too many levels of symbolic links");
	says(o, vbr_port_add(o->ctx, "br0", "br0"), -ELOOP,
	     "Too many levels of symbolic links");
	says(o, vbr_port_add(o->ctx, "br0", "lo"), -EINVAL, "Invalid argument");
	/* rtnetlink would move the port to the other bridge; the library does
	 * not. */
	says(o, vbr_port_add(o->ctx, "br1", "a"), -EBUSY,
	     "Device or resource busy");
	assert_int_equal(master_of(o, "a"), br0);
	says(o, vbr_port_add(o->ctx, "br0", "a"), -EBUSY,
	     "Device or resource busy");
	assert_int_equal(master_of(o, "a"), br0);
	assert_int_equal(master_of(o, "b"), 0);
}

static void port_del(void **state)
{
	struct oracle *o = *state;

	make_all(o);
	says(o, vbr_port_del(o->ctx, "br0", "none"), -ENODEV, "No such device");
	says(o, vbr_port_del(o->ctx, "none", "a"), -ENXIO, "no such bridge");
	says(o, vbr_port_del(o->ctx, "b", "a"), -EOPNOTSUPP,
	     "it is not a bridge");
	says(o, vbr_port_del(o->ctx, "br0", "b"), -EINVAL, "Invalid argument");
	/* The port stays on its bridge if another bridge is named. */
	says(o, vbr_port_del(o->ctx, "br1", "a"), -EINVAL, "Invalid argument");
	assert_int_equal(master_of(o, "a"), index_of(o, "br0"));
}

static void port_set(void **state)
{
	struct oracle *o = *state;

	make_all(o);
	says(o, vbr_port_set(o->ctx, "br0", "none", "priority", 1), -ENODEV,
	     "No such device");
	says(o, vbr_port_set(o->ctx, "none", "a", "priority", 1), -ENXIO,
	     "no such bridge");
	says(o, vbr_port_set(o->ctx, "br1", "a", "priority", 1), -EXDEV,
	     "a port of another bridge");
	says(o, vbr_port_set(o->ctx, "br0", "b", "priority", 1), -ENODATA,
	     "it is not a port");
	says(o, vbr_port_set(o->ctx, "br0", "br0", "priority", 1), -ENODATA,
	     "it is not a port");
	says(o, vbr_port_set(o->ctx, "br0", "lo", "priority", 1), -ENODATA,
	     "it is not a port");
	says(o, vbr_port_set(o->ctx, "br0", "a", "nothing", 1), -ENOENT,
	     "there is no option");
	says(o, vbr_port_set(o->ctx, "br0", "a", "port_no", 1), -EACCES,
	     "can only be read");
	says(o, vbr_port_set(o->ctx, "br0", "a", "hairpin_mode", 2), -ERANGE,
	     "out of range");
	assert_int_equal(vbr_ctx_kernel_errno(o->ctx), 0);
	/* Values that only the kernel refuses. */
	says(o, vbr_port_set(o->ctx, "br0", "a", "priority", 64), -ERANGE,
	     "out of range");
	assert_int_equal(vbr_ctx_kernel_errno(o->ctx), -ERANGE);
	says(o, vbr_port_set(o->ctx, "br0", "a", "path_cost", 0), -ERANGE,
	     "out of range");
	says(o, vbr_port_set(o->ctx, "br0", "a", "path_cost", 65536), -ERANGE,
	     "out of range");
}

/* After a device is deleted, its name is unknown. */
static void gone(void **state)
{
	struct oracle *o = *state;
	struct vbr_bridge *bridge;

	make_all(o);
	assert_int_equal(vbr_bridge_get(o->ctx, "br1", &bridge), 0);
	delete_link(o, "br1");
	/* The snapshot remains. */
	assert_string_equal(vbr_bridge_name(bridge), "br1");
	vbr_bridge_free(bridge);
	says(o, vbr_bridge_get(o->ctx, "br1", &bridge), -ENODEV,
	     "cannot read bridge \"br1\": No such device");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("existing and forbidden names are refused",
			    bridge_add),
		ORACLE_TEST("a bridge that is up, or no bridge, is not deleted",
			    bridge_del),
		ORACLE_TEST("options of other devices are not set", bridge_set),
		ORACLE_TEST("values outside the kernel's limits are ERANGE",
			    bridge_limits),
		ORACLE_TEST("other devices are not read as bridges", reads),
		ORACLE_TEST("a port is not moved, a bridge is not added",
			    port_add),
		ORACLE_TEST("a port is only removed from its own bridge",
			    port_del),
		ORACLE_TEST("options are only set on ports of the bridge",
			    port_set),
		ORACLE_TEST("a deleted device is ENODEV", gone),
	};

	return run_all(tests);
}
