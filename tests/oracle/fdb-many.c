/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Iterating over a large FDB needs little memory. A list of these entries would
 * take more than a MiB. "make bench" does it with a million. */

#include "oracle/oracle.h"

#include "unit/memory-usage.h"

#define MANY 40000

static void add_all(struct vbr_ctx *ctx)
{
	for (size_t i = 0; i < MANY; i++) {
		const uint8_t mac[6] = { 2,
					 0xab,
					 0,
					 (uint8_t)(i >> 16),
					 (uint8_t)(i >> 8),
					 (uint8_t)i };

		assert_int_equal(vbr_fdb_add(ctx, "br0", "a", mac, 0,
					     VBR_FDB_STATIC, 0),
				 0);
	}
}

static void walking(void **state)
{
	struct oracle *o = *state;
	struct memory_usage memory_usage;
	struct vbr_ctx *ctx;

	make_bridge(o, "br0");
	make_veth(o, "a", "b");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	add_all(o->ctx);
	/* Including the memory of the context. */
	memory_usage_begin(&memory_usage);
	assert_int_equal(vbr_ctx_new(NULL, &ctx), 0);
	assert_int_equal(vbr_fdb_foreach(ctx, "br0", memory_usage_entry,
					 &memory_usage),
			 0);
	memory_usage_update(&memory_usage);
	assert_in_range(memory_usage.entries, MANY, 3 * MANY);
	check(memory_usage_growth(&memory_usage) < MIB, "it holds %zu bytes",
	      memory_usage_growth(&memory_usage));
	vbr_ctx_unref(ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("iterating over many entries takes less than a MiB",
			    walking),
	};

	return run_all(tests);
}
