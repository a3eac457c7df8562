/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sends short lists of bridges, and checks the result. */

#include "unit.h"

#include "unit/lists.h"

#include <linux/rtnetlink.h>

#include "vbridge.h"

void add_bridge(struct datagram *d, int index, const char *name)
{
	add_link(d, &(struct a_link){
			    .index = index, .name = name, .kind = "bridge" });
}

void fake_list(struct fake_kernel *fake_kernel, const char *a, const char *b)
{
	struct datagram d = { 0 };

	add_bridge(&d, 3, a);
	if (b)
		add_bridge(&d, 4, b);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	d.len = 0;
	add_done(&d);
	fake_answer(fake_kernel, &d);
}

void lists(struct vbr_ctx *ctx, const char *a, const char *b)
{
	struct vbr_bridges *bridges = NULL;

	assert_int_equal(vbr_bridge_list(ctx, &bridges), 0);
	assert_int_equal(vbr_bridges_count(bridges), b ? 2 : 1);
	assert_string_equal(vbr_bridge_name(vbr_bridges_at(bridges, 0)), a);
	if (b)
		assert_string_equal(vbr_bridge_name(vbr_bridges_at(bridges, 1)),
				    b);
	vbr_bridges_free(bridges);
}

void fails_to_list(struct vbr_ctx *ctx, int error)
{
	struct vbr_bridges *bridges = (void *)ctx;

	assert_int_equal(vbr_bridge_list(ctx, &bridges), error);
	assert_ptr_equal(bridges, ctx);
}
