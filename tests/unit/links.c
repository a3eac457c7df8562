/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Lists and changes devices of any kind with a fake kernel. */

#include "unit.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <string.h>

#include "unit/fake-kernel.h"
#include "vbridge.h"
#include "wire/kernel.h"

/* Devices, and whether they could become a port. */
static const struct {
	struct a_link link;
	bool is_free;
} rows[] = {
	{ { .index = 1, .name = "lo", .type = ARPHRD_LOOPBACK }, false },
	{ { .index = 9, .name = "eth0", .type = ARPHRD_ETHER }, true },
	{ { .index = 3,
	    .name = "eth0.5",
	    .kind = "vlan",
	    .vid = 5,
	    .type = ARPHRD_ETHER },
	  true },
	{ { .index = 4, .name = "sit0", .type = ARPHRD_SIT }, false },
	{ { .index = 5, .name = "br0", .kind = "bridge", .type = ARPHRD_ETHER },
	  false },
	{ { .index = 6,
	    .name = "v0",
	    .master = 5,
	    .port_no = 1,
	    .type = ARPHRD_ETHER },
	  false },
	{ { .index = 7, .name = "slave", .master = 8, .type = ARPHRD_ETHER },
	  false },
};

struct seen {
	size_t count, stop_at;
	int with;
};

static int see(const char *name, int index, bool is_free, void *data)
{
	struct seen *seen = data;
	size_t i = seen->count++;

	check(i < COUNT(rows), "%s is one too many", name);
	assert_string_equal(name, rows[i].link.name);
	assert_int_equal(index, rows[i].link.index);
	check(is_free == rows[i].is_free, "%s is%s free", name,
	      is_free ? "" : " not");
	return seen->count == seen->stop_at ? seen->with : 0;
}

static void fake_links(struct fake_kernel *fake_kernel, uint16_t flags)
{
	struct datagram d = { 0 };

	for (size_t i = 0; i < COUNT(rows); i++)
		add_link(&d, &rows[i].link);
	add_done(&d)->nlmsg_flags |= flags;
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
}

static void walk(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct seen seen = { 0 };

	(void)state;
	fake_links(fake_kernel, 0);
	assert_int_equal(vbr_link_foreach(ctx, see, &seen), 0);
	assert_int_equal(seen.count, COUNT(rows));
	fake_end(fake_kernel, ctx);
}

static void walk_ends(void **state)
{
	static const int with[] = { 1, 4711, -EINVAL, -4711 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(with); i++) {
		struct seen seen = { .stop_at = 2, .with = with[i] };

		fake_links(fake_kernel, 0);
		assert_int_equal(vbr_link_foreach(ctx, see, &seen), with[i]);
		assert_int_equal(seen.count, 2);
	}
	fake_end(fake_kernel, ctx);
}

/* The callback has already seen devices, so the dump is not repeated. */
static void walk_interrupted(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct seen seen = { 0 };

	(void)state;
	fake_links(fake_kernel, NLM_F_DUMP_INTR);
	assert_int_equal(vbr_link_foreach(ctx, see, &seen), -EAGAIN);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the devices: the "
			    "kernel's tables changed while it listed them");
	assert_int_equal(fake_requests(fake_kernel), 1);
	fake_end(fake_kernel, ctx);
}

static void walk_refused(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct seen seen = { 0 };

	(void)state;
	fake_refuses(fake_kernel, RTM_GETLINK, -ENOMEM);
	assert_int_equal(vbr_link_foreach(ctx, see, &seen), -ENOMEM);
	assert_string_equal(vbr_ctx_error(ctx), "cannot list the devices: "
						"Cannot allocate memory");
	assert_int_equal(seen.count, 0);
	fake_end(fake_kernel, ctx);
}

/* The callback asks for names with the same context; if the iteration then
 * fails, the error is that of the iteration. */
static int name_each(const char *name, int index, bool is_free, void *data)
{
	char again[VBR_NAME_SIZE];

	(void)is_free;
	assert_int_equal(vbr_link_name(data, index, again), 0);
	assert_string_equal(again, name);
	return 0;
}

static void named_within(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_links(fake_kernel, NLM_F_DUMP_INTR);
	for (size_t i = 0; i < COUNT(rows); i++)
		fake_name(fake_kernel, rows[i].link.index, rows[i].link.name);
	assert_int_equal(vbr_link_foreach(ctx, name_each, ctx), -EAGAIN);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the devices: the "
			    "kernel's tables changed while it listed them");
	fake_end(fake_kernel, ctx);
}

static void set_up(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_acks(fake_kernel, RTM_SETLINK);
	assert_int_equal(vbr_link_set_up(ctx, "eth0", true), 0);
	fake_refuses(fake_kernel, RTM_SETLINK, -ENETDOWN);
	assert_int_equal(vbr_link_set_up(ctx, "eth0.5", true), -ENETDOWN);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set \"eth0.5\" up: Network is down");
	fake_refuses(fake_kernel, RTM_SETLINK, -ENODEV);
	assert_int_equal(vbr_link_set_up(ctx, "nope", false), -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set \"nope\" down: No such device");
	/* No request is sent. */
	assert_int_equal(vbr_link_set_up(ctx, "", true), -ENODEV);
	fake_end(fake_kernel, ctx);
}

/* The name is too long for IFLA_IFNAME. */
static void set_up_by_long_name(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct request expected;
	struct datagram ack = { 0 };

	(void)state;
	fake_link(fake_kernel, &rows[1].link);
	request_link_up(&expected, "eth0", true);
	fake_expect_this(fake_kernel, &expected.head);
	add_ack(&ack);
	fake_answer(fake_kernel, &ack);
	assert_int_equal(vbr_link_set_up(ctx, "1234567890123456", true), 0);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_link_set_up(ctx, "1234567890123456", true),
			 -ENODEV);
	fake_end(fake_kernel, ctx);
}

static void resolve(void **state)
{
	char name[VBR_NAME_SIZE] = "kept";
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	int index = -1;

	(void)state;
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_link_resolve(ctx, "nope", &index, name), -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot find device \"nope\": No such device");
	/* Kernels before 5.5 refuse the attribute. */
	fake_refuses(fake_kernel, RTM_GETLINK, -EINVAL);
	assert_int_equal(vbr_link_resolve(ctx, "1234567890123456", &index,
					  name),
			 -ENODEV);
	assert_int_equal(vbr_link_resolve(ctx, "", &index, name), -ENODEV);
	assert_int_equal(index, -1);
	assert_string_equal(name, "kept");
	fake_link(fake_kernel, &rows[1].link);
	assert_int_equal(vbr_link_resolve(ctx, "uplink", &index, name), 0);
	assert_int_equal(index, 9);
	assert_string_equal(name, "eth0");
	fake_link(fake_kernel, &rows[1].link);
	assert_int_equal(vbr_link_resolve(ctx, "uplink", NULL, NULL), 0);
	fake_end(fake_kernel, ctx);
}

static void dry_run(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	vbr_ctx_set_dry_run(ctx, true);
	fake_link(fake_kernel, &rows[1].link);
	assert_int_equal(vbr_link_set_up(ctx, "eth0", true), 0);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_link_set_up(ctx, "nope", true), -ENODEV);
	fake_end(fake_kernel, ctx);
}

static const struct a_link device = { .index = 9,
				      .name = "eth0",
				      .flags = IFF_UP,
				      .max_mtu = 9000 };
static const uint8_t new_mac[6] = { 2, 0, 0, 0, 0, 7 };

static void read_one(void **state)
{
	struct a_link wired = device;
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_link *link;

	(void)state;
	fake_link(fake_kernel, &device);
	assert_int_equal(vbr_link_get(ctx, "eth0", &link), 0);
	assert_int_equal(vbr_link_index(link), 9);
	assert_true(vbr_link_is_up(link));
	assert_false(vbr_link_has_carrier(link));
	assert_false(vbr_link_is_promiscuous(link));
	assert_int_equal(vbr_link_mtu(link), 1500);
	assert_memory_equal(vbr_link_mac(link), "\x52\x54\x00\x40\xba\x3b", 6);
	vbr_link_free(link);
	vbr_link_free(NULL);
	wired.flags |= IFF_UP | VB_IFF_LOWER_UP;
	fake_link(fake_kernel, &wired);
	assert_int_equal(vbr_link_get(ctx, "eth0", &link), 0);
	assert_true(vbr_link_has_carrier(link));
	vbr_link_free(link);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_link_get(ctx, "nope", &link), -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot read device \"nope\": No such device");
	fake_end(fake_kernel, ctx);
}

static struct vbr_link_settings set_all(void)
{
	struct vbr_link_settings settings = {
		.what = VBR_LINK_UP | VBR_LINK_MTU | VBR_LINK_MAC,
		.mtu = 9000,
	};

	memcpy(settings.mac, new_mac, sizeof(new_mac));
	return settings;
}

/* The request that makes this change of "eth0". */
static void expect_change(struct fake_kernel *fake_kernel,
			  const struct link_change *change)
{
	struct request req;

	request_link_set(&req, device.index, change);
	fake_expect_this(fake_kernel, &req.head);
}

static void set_in_one_request(void **state)
{
	const struct vbr_link_settings settings = set_all();
	struct link_change change = { true, true, true, false, 9000, { 0 } };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	memcpy(change.mac, new_mac, sizeof(new_mac));
	fake_link(fake_kernel, &device);
	expect_change(fake_kernel, &change);
	add_ack(&d);
	fake_answer(fake_kernel, &d);
	assert_int_equal(vbr_link_set(ctx, "eth0", &settings), 0);
	fake_end(fake_kernel, ctx);
}

/* The kernel refuses the third; the address and the MTU were set before. */
static void set_back(void **state, int verdict, const char *sentence)
{
	static const struct a_link halfway = { .index = 9,
					       .name = "eth0",
					       .flags = IFF_UP,
					       .mtu = 9000,
					       .mac = (const char *)new_mac };
	static const struct link_change back = {
		.has_mtu = true,
		.has_mac = true,
		.up = true,
		.mtu = 1500,
		.mac = { 0x52, 0x54, 0x00, 0x40, 0xba, 0x3b },
	};
	const struct vbr_link_settings settings = set_all();
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	fake_link(fake_kernel, &device);
	fake_refuses(fake_kernel, RTM_SETLINK, -EBUSY);
	fake_link(fake_kernel, &halfway);
	expect_change(fake_kernel, &back);
	add_error(&d, verdict);
	fake_answer(fake_kernel, &d);
	assert_int_equal(vbr_link_set(ctx, "eth0", &settings), -EBUSY);
	assert_string_equal(vbr_ctx_error(ctx), sentence);
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EBUSY);
	fake_end(fake_kernel, ctx);
}

#define BUSY \
	"cannot change device \"eth0\": Device or resource busy; many " \
	"devices take another address only while they are down"

static void undone(void **state)
{
	set_back(state, 0, BUSY);
}

static void undone_in_vain(void **state)
{
	set_back(state, -EIO,
		 BUSY "; mtu may have been changed; address may have been "
		      "changed");
}

static void set_nonsense(void **state)
{
	static const struct {
		struct vbr_link_settings settings;
		int error;
		const char *sentence;
	} cases[] = {
		{ { 0 },
		  -EINVAL,
		  "cannot change device \"eth0\": Invalid argument" },
		{ { .what = 8 },
		  -EINVAL,
		  "cannot change device \"eth0\": Invalid argument" },
		{ { .what = VBR_LINK_MTU, .mtu = 9001 },
		  -EINVAL,
		  "cannot set the MTU of \"eth0\": its MTU ranges from 68 to "
		  "9000" },
		{ { .what = VBR_LINK_MTU, .mtu = 67 },
		  -EINVAL,
		  "cannot set the MTU of \"eth0\": its MTU ranges from 68 to "
		  "9000" },
		{ { .what = VBR_LINK_MAC, .mac = { 1 } },
		  -EADDRNOTAVAIL,
		  "cannot set the MAC address of \"eth0\": the address of a device is neither a multicast address nor zero" },
		{ { .what = VBR_LINK_MAC },
		  -EADDRNOTAVAIL,
		  "cannot set the MAC address of \"eth0\": the address of a device is neither a multicast address nor zero" },
	};

	(void)state;
	for (size_t i = 0; i < 2 * COUNT(cases); i++) {
		struct vbr_ctx *ctx;
		struct fake_kernel *fake_kernel = fake_new(&ctx);

		/* The same in a dry run. */
		vbr_ctx_set_dry_run(ctx, i % 2);
		if (cases[i / 2].settings.mtu)
			fake_link(fake_kernel, &device);
		assert_int_equal(vbr_link_set(ctx, "eth0",
					      &cases[i / 2].settings),
				 cases[i / 2].error);
		assert_string_equal(vbr_ctx_error(ctx), cases[i / 2].sentence);
		fake_end(fake_kernel, ctx);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("each device is listed, and if it can be a port", walk),
		TEST("a callback can end the iteration", walk_ends),
		TEST("an interrupted iteration is not repeated",
		     walk_interrupted),
		TEST("errors of the kernel are returned", walk_refused),
		TEST("a callback can look up names of devices", named_within),
		TEST("a device is set up or down, or the errno returned",
		     set_up),
		TEST("a long name of a device is looked up",
		     set_up_by_long_name),
		TEST("any name gives the index and the kernel's name", resolve),
		TEST("in a dry run, a device is only looked up", dry_run),
		TEST("a device's state, MTU and MAC address are read",
		     read_one),
		TEST("a device's settings are one request", set_in_one_request),
		TEST("if the kernel refuses one, the others are restored",
		     undone),
		TEST("settings that cannot be restored are reported",
		     undone_in_vain),
		TEST("values that no device accepts are not sent",
		     set_nonsense),
	};

	return run_all(tests);
}
