/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads and lists VLAN devices with a fake kernel. */

#include "unit.h"

#include <errno.h>
#include <linux/if_ether.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

#include "unit/fake-kernel.h"
#include "vbridge.h"

static const struct a_link vlan5 = { .index = 9,
				     .name = "eth0.5",
				     .kind = "vlan",
				     .parent = 3,
				     .vid = 5,
				     .flags = IFF_UP,
				     .vlan_flags = VBR_VLAN_REORDER_HDR |
						   VBR_VLAN_MVRP };

static void get(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_vlan *vlan;
	uint64_t value = 4711;
	uint32_t flags;

	(void)state;
	fake_link(fake_kernel, &vlan5);
	assert_int_equal(vbr_vlan_get(ctx, "eth0.5", &vlan), 0);
	assert_string_equal(vbr_vlan_name(vlan), "eth0.5");
	assert_int_equal(vbr_vlan_index(vlan), 9);
	assert_int_equal(vbr_vlan_parent_index(vlan), 3);
	assert_true(vbr_vlan_is_up(vlan));
	assert_int_equal(vbr_vlan_flags(vlan, &flags), 0);
	assert_int_equal(flags, VBR_VLAN_REORDER_HDR | VBR_VLAN_MVRP);
	assert_int_equal(vbr_vlan_value(vlan, "nothing", &value), -ENOENT);
	assert_int_equal(vbr_vlan_value(vlan, "priority", &value), -ENOENT);
	assert_int_equal(value, 4711);
	assert_int_equal(vbr_vlan_value(vlan, "id", &value), 0);
	assert_int_equal(value, 5);
	assert_int_equal(vbr_vlan_value(vlan, "protocol", &value), 0);
	assert_int_equal(value, VBR_VLAN_8021AD);
	vbr_vlan_free(vlan);
	vbr_vlan_free(NULL);
	fake_end(fake_kernel, ctx);
}

static void maps(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_vlan *vlan;
	uint32_t from = 4711, to = 4712;

	(void)state;
	fake_link(fake_kernel, &vlan5);
	assert_int_equal(vbr_vlan_get(ctx, "eth0.5", &vlan), 0);
	assert_true(vbr_vlan_ingress_at(vlan, 1, &from, &to));
	assert_int_equal(from, 2);
	assert_int_equal(to, 101);
	assert_true(vbr_vlan_ingress_at(vlan, 0, &from, &to));
	assert_int_equal(from, 1);
	assert_int_equal(to, 100);
	assert_true(vbr_vlan_egress_at(vlan, 0, &from, &to));
	assert_int_equal(from, 200);
	assert_int_equal(to, 3);
	assert_true(vbr_vlan_egress_at(vlan, 1, &from, &to));
	/* After the last pair, nothing is written. */
	assert_false(vbr_vlan_ingress_at(vlan, 2, &from, &to));
	assert_false(vbr_vlan_egress_at(vlan, SIZE_MAX, &from, &to));
	assert_int_equal(from, 201);
	assert_int_equal(to, 4);
	vbr_vlan_free(vlan);
	fake_end(fake_kernel, ctx);
}

/* In this namespace, another device may have its index. */
static void parent_elsewhere(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_vlan *vlan;

	(void)state;
	fake_link(fake_kernel, &(struct a_link){ .index = 9,
						 .name = "v",
						 .kind = "vlan",
						 .parent = 3,
						 .is_parent_foreign = true });
	assert_int_equal(vbr_vlan_get(ctx, "v", &vlan), 0);
	assert_int_equal(vbr_vlan_parent_index(vlan), 0);
	vbr_vlan_free(vlan);
	fake_end(fake_kernel, ctx);
}

/* A kernel that sends nothing but the kind. */
static void get_bare(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_vlan *vlan;
	uint64_t value = 4711;
	uint32_t a = 4711, b = 4711;

	(void)state;
	fake_link(fake_kernel,
		  &(struct a_link){ .index = 9, .name = "v", .kind = "vlan" });
	assert_int_equal(vbr_vlan_get(ctx, "v", &vlan), 0);
	assert_int_equal(vbr_vlan_value(vlan, "id", &value), -ENODATA);
	assert_int_equal(vbr_vlan_flags(vlan, &a), -ENODATA);
	assert_false(vbr_vlan_ingress_at(vlan, 0, &a, &b));
	assert_false(vbr_vlan_egress_at(vlan, 0, &a, &b));
	assert_int_equal(vbr_vlan_parent_index(vlan), 0);
	assert_true(value == 4711 && a == 4711 && b == 4711);
	vbr_vlan_free(vlan);
	fake_end(fake_kernel, ctx);
}

/* An option in the message, so that a test can break it. */
static struct nlattr *vlan_option(struct nlmsghdr *msg, int type)
{
	struct nlattr *info = NULL, *data = NULL, *attr;

	info = nla_find(nlmsg_attrdata(msg, sizeof(struct ifinfomsg)),
			nlmsg_attrlen(msg, sizeof(struct ifinfomsg)),
			IFLA_LINKINFO);
	assert_non_null(info);
	data = nla_find(nla_data(info), nla_len(info), IFLA_INFO_DATA);
	assert_non_null(data);
	attr = nla_find(nla_data(data), nla_len(data), type);
	if (attr)
		return attr;
	fail_msg("no option %d", type);
	return NULL;
}

static void get_broken(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	struct nlmsghdr *msg = add_link(&d, &vlan5);
	struct vbr_vlan *vlan;
	uint64_t value = 4711;
	uint32_t a = 4711, b = 4711;
	struct nlattr *pair;

	(void)state;
	vlan_option(msg, IFLA_VLAN_ID)->nla_len = 5;
	vlan_option(msg, IFLA_VLAN_FLAGS)->nla_len = 11;
	pair = nla_data(vlan_option(msg, IFLA_VLAN_INGRESS_QOS));
	pair->nla_len--;
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(vbr_vlan_get(ctx, "eth0.5", &vlan), 0);
	assert_int_equal(vbr_vlan_value(vlan, "id", &value), -EBADMSG);
	assert_int_equal(vbr_vlan_flags(vlan, &a), -EBADMSG);
	assert_true(value == 4711 && a == 4711);
	assert_int_equal(vbr_vlan_value(vlan, "protocol", &value), 0);
	/* A broken pair ends the list. */
	assert_true(vbr_vlan_ingress_at(vlan, 0, &a, &b));
	assert_int_equal(a, 2);
	assert_false(vbr_vlan_ingress_at(vlan, 1, &a, &b));
	vbr_vlan_free(vlan);
	fake_end(fake_kernel, ctx);
}

static void get_fails(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_vlan *vlan = (void *)ctx;

	(void)state;
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_vlan_get(ctx, "v", &vlan), -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot read VLAN device \"v\": No such device");
	assert_int_equal(vbr_vlan_get(ctx, "", &vlan), -ENODEV);
	fake_link(fake_kernel, &(struct a_link){ .index = 3,
						 .name = "br0",
						 .kind = "bridge" });
	assert_int_equal(vbr_vlan_get(ctx, "br0", &vlan), -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot read VLAN device "
			    "\"br0\": it is not a VLAN device");
	assert_ptr_equal(vlan, ctx);
	fake_end(fake_kernel, ctx);
}

static void fake_vlans(struct fake_kernel *fake_kernel)
{
	struct datagram d = { 0 };
	struct a_link other = vlan5;

	add_link(&d, &vlan5);
	other.index = 10;
	other.name = "a";
	other.parent = 4;
	add_link(&d, &other);
	add_link(&d, &(struct a_link){ .index = 3,
				       .name = "br0",
				       .kind = "bridge",
				       .parent = 3 });
	other.index = 11;
	other.name = "eth0.4";
	other.parent = 3;
	add_link(&d, &other);
	add_done(&d);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
}

static void list(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_vlans *vlans;

	(void)state;
	fake_vlans(fake_kernel);
	assert_int_equal(vbr_vlan_list(ctx, NULL, &vlans), 0);
	assert_int_equal(vbr_vlans_count(vlans), 3);
	assert_string_equal(vbr_vlan_name(vbr_vlans_at(vlans, 0)), "a");
	assert_string_equal(vbr_vlan_name(vbr_vlans_at(vlans, 1)), "eth0.4");
	assert_string_equal(vbr_vlan_name(vbr_vlans_at(vlans, 2)), "eth0.5");
	assert_null(vbr_vlans_at(vlans, 3));
	assert_null(vbr_vlans_at(vlans, SIZE_MAX));
	vbr_vlans_free(vlans);

	fake_index(fake_kernel, "eth0", 3);
	fake_vlans(fake_kernel);
	assert_int_equal(vbr_vlan_list(ctx, "eth0", &vlans), 0);
	assert_int_equal(vbr_vlans_count(vlans), 2);
	assert_int_equal(vbr_vlan_parent_index(vbr_vlans_at(vlans, 0)), 3);
	vbr_vlans_free(vlans);
	vbr_vlans_free(NULL);

	vlans = (void *)ctx;
	fake_index(fake_kernel, "none", -ENODEV);
	assert_int_equal(vbr_vlan_list(ctx, "none", &vlans), -ENODEV);
	fake_refuses(fake_kernel, RTM_GETLINK, -EINVAL);
	assert_int_equal(vbr_vlan_list(ctx, NULL, &vlans), -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the VLAN devices: Invalid argument");
	assert_ptr_equal(vlans, ctx);
	fake_end(fake_kernel, ctx);
}

static void link_name(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	char name[VBR_NAME_SIZE] = "untouched";

	(void)state;
	fake_name(fake_kernel, 7, NULL);
	assert_int_equal(vbr_link_name(ctx, 7, name), -ENODEV);
	assert_string_equal(name, "untouched");
	assert_string_equal(vbr_ctx_error(ctx), "cannot name the device of "
						"an index: No such device");
	fake_name(fake_kernel, 8, "123456789012345");
	assert_int_equal(vbr_link_name(ctx, 8, name), 0);
	assert_string_equal(name, "123456789012345");
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("a VLAN device is read completely", get),
		TEST("the maps are read pair by pair", maps),
		TEST("options that the kernel does not send are ENODATA",
		     get_bare),
		TEST("a parent in another namespace has no index here",
		     parent_elsewhere),
		TEST("a broken value is EBADMSG, the others are returned",
		     get_broken),
		TEST("a device of another kind is refused", get_fails),
		TEST("VLAN devices are listed by name, with or without parent",
		     list),
		TEST("an index has a name, or is ENODEV", link_name),
	};

	return run_all(tests);
}
