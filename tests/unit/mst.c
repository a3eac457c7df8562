/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Lists MST states of ports with a fake kernel. */

#include "unit.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "unit/port-vlans.h"
#include "vbridge.h"

/* RTEXT_FILTER_MST */
#define FILTER_MST (1u << 7)

static const struct a_tree two[] = { { 20, 4 }, { 10, 3 }, { 0 } };
static const struct a_tree one[] = { { 4094, 0 }, { 0 } };
static const struct a_tree none[] = { { 0 } };

static void fake_trees(struct fake_kernel *fake_kernel, bool interrupted)
{
	const struct ifinfomsg head = { .ifi_family = AF_BRIDGE };
	struct datagram request = { 0 }, answer = { 0 };
	struct nlmsghdr *msg = expect(&request, RTM_GETLINK, NLM_F_DUMP, &head,
				      sizeof(head));

	put_u32(msg, IFLA_EXT_MASK, FILTER_MST | RTEXT_FILTER_SKIP_STATS);
	add_trees(&answer, 9, "eth1", 7, two);
	add_trees(&answer, 8, "eth0", 7, one);
	add_trees(&answer, 5, "eth2", 4, two);
	add_trees(&answer, 6, "eth3", 7, none);
	/* The bridge itself and a device without a bridge are not ports. */
	add_trees(&answer, 7, "br0", 7, two);
	add_trees(&answer, 20, "nic", 0, two);
	if (interrupted)
		add_done(&answer)->nlmsg_flags |= NLM_F_DUMP_INTR;
	else
		add_done(&answer);
	fake_reply(fake_kernel, msg, &answer);
}

static const struct {
	int bridge, device;
	unsigned int instance, state;
} rows[] = {
	{ 4, 5, 10, 3 }, { 4, 5, 20, 4 }, { 7, 8, 4094, 0 },
	{ 7, 9, 10, 3 }, { 7, 9, 20, 4 },
};

static void are(const struct vbr_msts *msts, size_t first, size_t count)
{
	assert_int_equal(vbr_msts_count(msts), count);
	for (size_t i = 0; i < count; i++) {
		const struct vbr_mst *mst = vbr_msts_at(msts, i);

		assert_int_equal(vbr_mst_bridge_index(mst),
				 rows[first + i].bridge);
		assert_int_equal(vbr_mst_index(mst), rows[first + i].device);
		assert_int_equal(vbr_mst_instance(mst),
				 rows[first + i].instance);
		assert_int_equal(vbr_mst_state(mst), rows[first + i].state);
	}
	assert_null(vbr_msts_at(msts, count));
}

static void listed(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_msts *msts;

	(void)state;
	fake_trees(fake_kernel, true);
	fake_trees(fake_kernel, false);
	assert_int_equal(vbr_mst_list(ctx, NULL, &msts), 0);
	are(msts, 0, COUNT(rows));
	vbr_msts_free(msts);
	fake_index(fake_kernel, "br0", 7);
	fake_trees(fake_kernel, false);
	assert_int_equal(vbr_mst_list(ctx, "br0", &msts), 0);
	are(msts, 2, 3);
	vbr_msts_free(msts);
	fake_index(fake_kernel, "br2", 11);
	fake_trees(fake_kernel, false);
	assert_int_equal(vbr_mst_list(ctx, "br2", &msts), 0);
	are(msts, 0, 0);
	vbr_msts_free(msts);
	vbr_msts_free(NULL);
	fake_end(fake_kernel, ctx);
}

static void fails(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_msts *msts = (void *)ctx;
	struct datagram d = { 0 };
	struct nlmsghdr *msg;
	struct nlattr *tree;

	(void)state;
	fake_index(fake_kernel, "br0", -ENODEV);
	assert_int_equal(vbr_mst_list(ctx, "br0", &msts), -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the spanning trees: No such device");
	fake_refuses(fake_kernel, RTM_GETLINK, -EPERM);
	assert_int_equal(vbr_mst_list(ctx, NULL, &msts), -EPERM);
	/* A tree without its number or without its state. */
	for (int i = 0; i < 2; i++) {
		d.len = 0;
		msg = add_trees(&d, 8, "eth0", 7, one);
		/* The last two attributes, 8 bytes each. */
		tree = (void *)((char *)nlmsg_tail(msg) - (i ? 8 : 16));
		tree->nla_type = 0x3ff0;
		add_done(&d);
		fake_expect(fake_kernel, RTM_GETLINK);
		fake_answer(fake_kernel, &d);
		assert_int_equal(vbr_mst_list(ctx, NULL, &msts), -EBADMSG);
	}
	assert_ptr_equal(msts, ctx);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("trees are listed by bridge, port and number", listed),
		TEST("a failed list leaves the caller's pointer unchanged",
		     fails),
	};

	return run_all(tests);
}
