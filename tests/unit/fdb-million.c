/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* An FDB of a million entries: an iteration keeps none of them in memory, a
 * list keeps all. */

#include "unit.h"

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>

#include "unit/fake-kernel.h"
#include "unit/memory-usage.h"
#include "vbridge.h"

#define AT_ONCE 200
#define MILLION 1000000

static void a_million(struct fake_kernel *fake_kernel)
{
	struct datagram entries = { 0 }, end = { 0 };

	for (int i = 0; i < AT_ONCE; i++)
		add_entry(&entries,
			  &(struct an_entry){ .port = 8,
					      .bridge = 7,
					      .mac = { 2, (uint8_t)i },
					      .state = NUD_NOARP });
	add_done(&end);
	fake_index(fake_kernel, "br0", 7);
	fake_expect(fake_kernel, RTM_GETNEIGH);
	fake_answer_times(fake_kernel, &entries, MILLION / AT_ONCE);
	fake_answer(fake_kernel, &end);
}

static void walking(void **state)
{
	struct memory_usage memory_usage;
	struct fake_kernel *fake_kernel;
	struct vbr_ctx *ctx;

	(void)state;
	memory_usage_begin(&memory_usage);
	fake_kernel = fake_new(&ctx);
	a_million(fake_kernel);
	assert_int_equal(vbr_fdb_foreach(ctx, "br0", memory_usage_entry,
					 &memory_usage),
			 0);
	memory_usage_update(&memory_usage);
	assert_int_equal(memory_usage.entries, MILLION);
	check(memory_usage_growth(&memory_usage) < MIB, "it holds %zu bytes",
	      memory_usage_growth(&memory_usage));
	fake_end(fake_kernel, ctx);
}

/* Otherwise nothing was measured. */
static void listing(void **state)
{
	struct memory_usage memory_usage;
	struct fake_kernel *fake_kernel;
	struct vbr_fdb *fdb;
	struct vbr_ctx *ctx;

	(void)state;
	memory_usage_begin(&memory_usage);
	fake_kernel = fake_new(&ctx);
	a_million(fake_kernel);
	assert_int_equal(vbr_fdb_list(ctx, "br0", &fdb), 0);
	memory_usage_update(&memory_usage);
	assert_int_equal(vbr_fdb_count(fdb), MILLION);
	check(memory_usage_growth(&memory_usage) > 8 * MIB,
	      "it holds %zu bytes", memory_usage_growth(&memory_usage));
	vbr_fdb_free(fdb);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("iterating over a million entries takes less than a MiB",
		     walking),
		TEST("a list of a million entries takes the expected memory",
		     listing),
	};

	return run_all(tests);
}
