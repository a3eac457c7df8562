/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* An FDB of a million entries: a walk holds none of them, a list holds all. */

#include "unit.h"

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>

#include "unit/fake-kernel.h"
#include "unit/memory-usage.h"
#include "vbridge.h"

#define AT_ONCE 200
#define MILLION 1000000

static void a_million(struct canned *canned)
{
	struct datagram entries = { 0 }, end = { 0 };

	for (int i = 0; i < AT_ONCE; i++)
		add_entry(&entries,
			  &(struct an_entry){ .port = 8,
					      .bridge = 7,
					      .mac = { 2, (uint8_t)i },
					      .state = NUD_NOARP });
	add_done(&end);
	canned_index(canned, "br0", 7);
	canned_expect(canned, RTM_GETNEIGH);
	canned_answer_times(canned, &entries, MILLION / AT_ONCE);
	canned_answer(canned, &end);
}

static void walking(void **state)
{
	struct weight weight;
	struct canned *canned;
	struct vbr_ctx *ctx;

	(void)state;
	weigh_first(&weight);
	canned = canned_new(&ctx);
	a_million(canned);
	assert_int_equal(vbr_fdb_foreach(ctx, "br0", weigh_entry, &weight), 0);
	weigh(&weight);
	assert_int_equal(weight.entries, MILLION);
	check(weight_gained(&weight) < MIB, "it holds %zu bytes",
	      weight_gained(&weight));
	canned_end(canned, ctx);
}

/* Or nothing was weighed. */
static void listing(void **state)
{
	struct weight weight;
	struct canned *canned;
	struct vbr_fdb *fdb;
	struct vbr_ctx *ctx;

	(void)state;
	weigh_first(&weight);
	canned = canned_new(&ctx);
	a_million(canned);
	assert_int_equal(vbr_fdb_list(ctx, "br0", &fdb), 0);
	weigh(&weight);
	assert_int_equal(vbr_fdb_count(fdb), MILLION);
	check(weight_gained(&weight) > 8 * MIB, "it holds %zu bytes",
	      weight_gained(&weight));
	vbr_fdb_free(fdb);
	canned_end(canned, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("walking a million entries holds less than a MiB",
		     walking),
		TEST("a list of a million entries has its weight", listing),
	};

	return run_all(tests);
}
