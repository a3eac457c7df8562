/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Adds and deletes single FDB entries. */

#include "unit.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "unit/port-vlans.h"
#include "vbridge.h"

static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 0xfb };

static struct nlmsghdr *want_it(struct datagram *d, uint16_t type, int index,
				uint8_t flags, uint16_t state, uint16_t vlan)
{
	return expect_entry(d, type,
			    &(struct an_entry){
				    .port = index,
				    .flags = flags,
				    .state = state,
				    .vlan = vlan,
				    .mac = { 2, 0, 0, 0, 0, 0xfb } });
}

/* Without a VLAN, the library reads those of the port; this kernel has no
 * VLANs. */
static void fake_port(struct fake_kernel *fake_kernel, unsigned int vlan)
{
	fake_eth0(fake_kernel);
	if (!vlan)
		fake_refuses(fake_kernel, RTM_GETVLAN, -EOPNOTSUPP);
}

static void added(void **state)
{
	static const struct {
		enum vbr_fdb_state state;
		unsigned int flags, vlan;
		uint16_t nud;
		uint8_t ntf;
	} rows[] = {
		{ VBR_FDB_LOCAL, 0, 0, NUD_PERMANENT, 0 },
		{ VBR_FDB_STATIC, 0, 1, NUD_NOARP, 0 },
		{ VBR_FDB_LEARNED, 0, 4094, NUD_REACHABLE, 0 },
		{ VBR_FDB_STATIC, VBR_FDB_STICKY, 0, NUD_NOARP, NTF_STICKY },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		fake_port(fake_kernel, rows[i].vlan);
		fake_verdict(fake_kernel,
			     want_it(&d, RTM_NEWNEIGH, 8,
				     NTF_MASTER | rows[i].ntf, rows[i].nud,
				     (uint16_t)rows[i].vlan),
			     0);
		assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac,
					     rows[i].vlan, rows[i].state,
					     rows[i].flags),
				 0);
	}
	fake_br0(fake_kernel);
	fake_verdict(fake_kernel,
		     want_it(&d, RTM_NEWNEIGH, 7, NTF_SELF, NUD_PERMANENT, 5),
		     0);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "br0", mac, 5, VBR_FDB_LOCAL,
				     0),
			 0);
	fake_port(fake_kernel, 0);
	fake_verdict(fake_kernel,
		     want_it(&d, RTM_NEWNEIGH, 8, NTF_MASTER, NUD_NOARP, 0),
		     -EEXIST);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 0, VBR_FDB_STATIC,
				     0),
			 -EEXIST);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add 02:00:00:00:00:fb "
			    "to \"eth0\" of bridge \"br0\": File exists");
	fake_end(fake_kernel, ctx);
}

/* The kernel returns EPERM. The library then sends a meaningless request, which
 * only fails with EPERM without CAP_NET_ADMIN. */
static void not_permitted(struct fake_kernel *fake_kernel, int about_nothing)
{
	const struct an_entry nothing = { .flags = NTF_MASTER };
	struct datagram d;

	fake_port(fake_kernel, 0);
	fake_verdict(fake_kernel,
		     want_it(&d, RTM_NEWNEIGH, 8, NTF_MASTER, NUD_REACHABLE, 0),
		     -EPERM);
	fake_verdict(fake_kernel, expect_entry(&d, RTM_DELNEIGH, &nothing),
		     about_nothing);
}

static void is_in_state(struct fake_kernel *fake_kernel, uint8_t state)
{
	fake_link(fake_kernel, &(struct a_link){ .index = 8,
						 .name = "eth0",
						 .kind = "veth",
						 .master = 7,
						 .port_no = 1,
						 .state = state });
	fake_index(fake_kernel, "br0", 7);
}

/* EPERM has two meanings: no capability, or a port that cannot have the
 * entry. */
static void cannot_learn(void **state)
{
	static const uint8_t states[] = { 1, 4, 2, 3 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d;

	(void)state;
	for (size_t i = 0; i < COUNT(states); i++) {
		bool learns = i >= 2;

		not_permitted(fake_kernel, -EINVAL);
		is_in_state(fake_kernel, states[i]);
		assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 0,
					     VBR_FDB_LEARNED, 0),
				 learns ? -EPERM : -EBUSY);
		says(ctx,
		     learns ? NO_CAPABILITY
			    : "the port neither learns "
			      "nor forwards (its option state), and takes only entries "
			      "that do not age");
		assert_int_equal(vbr_ctx_kernel_errno(ctx), -EPERM);
	}
	not_permitted(fake_kernel, -EPERM);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 0,
				     VBR_FDB_LEARNED, 0),
			 -EPERM);
	says(ctx, NO_CAPABILITY);
	/* The state of the port is unknown: the kernel's errno is reported. */
	not_permitted(fake_kernel, -EINVAL);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 0,
				     VBR_FDB_LEARNED, 0),
			 -EPERM);
	says(ctx, NO_CAPABILITY);
	/* Every port accepts entries that do not age. */
	fake_port(fake_kernel, 0);
	fake_verdict(fake_kernel,
		     want_it(&d, RTM_NEWNEIGH, 8, NTF_MASTER, NUD_NOARP, 0),
		     -EPERM);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 0, VBR_FDB_STATIC,
				     0),
			 -EPERM);
	says(ctx, NO_CAPABILITY);
	fake_end(fake_kernel, ctx);
}

/* The request names a VLAN, and is refused with EINVAL. */
static void is_invalid(struct fake_kernel *fake_kernel, uint16_t type,
		       uint16_t nud)
{
	struct datagram d;

	fake_eth0(fake_kernel);
	fake_verdict(fake_kernel, want_it(&d, type, 8, NTF_MASTER, nud, 5),
		     -EINVAL);
}

static void no_member_of_the_vlan(void **state)
{
	static const struct a_vlan other[] = { { .first = 6, .last = 9 },
					       { 0 } };
	static const struct a_vlan same[] = { { .first = 5, .last = 9 },
					      { 0 } };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	is_invalid(fake_kernel, RTM_NEWNEIGH, NUD_NOARP);
	fake_eth0_vlans(fake_kernel, other);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 5, VBR_FDB_STATIC,
				     0),
			 -EINVAL);
	says(ctx, "it is not a member of that VLAN");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EINVAL);
	is_invalid(fake_kernel, RTM_DELNEIGH, 0);
	fake_eth0_vlans(fake_kernel, other);
	assert_int_equal(vbr_fdb_del(ctx, "br0", "eth0", mac, 5), -EINVAL);
	says(ctx, "it is not a member of that VLAN");
	/* There is another reason, or an unknown one. */
	is_invalid(fake_kernel, RTM_NEWNEIGH, NUD_NOARP);
	fake_eth0_vlans(fake_kernel, same);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 5, VBR_FDB_STATIC,
				     0),
			 -EINVAL);
	says(ctx, "Invalid argument");
	is_invalid(fake_kernel, RTM_DELNEIGH, 0);
	fake_refuses(fake_kernel, RTM_GETVLAN, -EPERM);
	assert_int_equal(vbr_fdb_del(ctx, "br0", "eth0", mac, 5), -EINVAL);
	says(ctx, "Invalid argument");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EINVAL);
	fake_end(fake_kernel, ctx);
}

static const struct a_vlan two[] = { { .first = 5, .last = 5 },
				     { .first = 7, .last = 7 },
				     { 0 } };

/* The library asks the bridge for the address in a VLAN; the entry is on this
 * port. */
static void asked_for(struct fake_kernel *fake_kernel, uint16_t vlan, int port)
{
	const struct ndmsg head = { .ndm_family = AF_BRIDGE };
	struct datagram d, answer = { 0 };
	struct nlmsghdr *msg = expect(&d, RTM_GETNEIGH, 0, &head, sizeof(head));

	put_u32(msg, NDA_MASTER, 7);
	put_attr(msg, NDA_LLADDR, sizeof(mac), mac);
	if (vlan)
		put_u16(msg, NDA_VLAN, vlan);
	if (port)
		add_entry(&answer,
			  &(struct an_entry){ .bridge = 7,
					      .port = port,
					      .vlan = vlan,
					      .mac = { 2, 0, 0, 0, 0, 0xfb },
					      .state = NUD_NOARP });
	else
		add_error(&answer, -ENOENT);
	fake_reply(fake_kernel, msg, &answer);
}

static int add_in_all(struct vbr_ctx *ctx)
{
	return vbr_fdb_add(ctx, "br0", "eth0", mac, 0, VBR_FDB_STATIC, 0);
}

/* Without this check, the kernel would have added the entry in VLAN 5, and left
 * it there. */
static void known_in_a_vlan(void **state)
{
	const struct an_entry nothing = { .flags = NTF_MASTER };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d, list = { 0 };

	(void)state;
	for (int i = 0; i < 2; i++) {
		fake_eth0(fake_kernel);
		fake_eth0_vlans(fake_kernel, two);
		asked_for(fake_kernel, 5, 0);
		asked_for(fake_kernel, 7, 9);
		fake_verdict(fake_kernel,
			     expect_entry(&d, RTM_DELNEIGH, &nothing),
			     i ? -EPERM : -EINVAL);
		assert_int_equal(add_in_all(ctx), i ? -EPERM : -EEXIST);
		says(ctx, i ? NO_CAPABILITY : "File exists");
	}
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, two);
	asked_for(fake_kernel, 5, 0);
	asked_for(fake_kernel, 7, 0);
	fake_verdict(fake_kernel,
		     want_it(&d, RTM_NEWNEIGH, 8, NTF_MASTER, NUD_NOARP, 0), 0);
	assert_int_equal(add_in_all(ctx), 0);
	/* The existing entry is the requested one: the others are added, if the
	 * entry without a VLAN does not exist. */
	for (int i = 0; i < 2; i++) {
		struct nlmsghdr *msg;

		fake_eth0(fake_kernel);
		fake_eth0_vlans(fake_kernel, two);
		asked_for(fake_kernel, 5, 0);
		asked_for(fake_kernel, 7, 8);
		asked_for(fake_kernel, 0, i ? 8 : 0);
		msg = i ? expect_entry(&d, RTM_DELNEIGH, &nothing)
			: want_it(&d, RTM_NEWNEIGH, 8, NTF_MASTER, NUD_NOARP,
				  0);
		msg->nlmsg_flags &= (uint16_t)~NLM_F_EXCL;
		fake_verdict(fake_kernel, msg, i ? -EINVAL : 0);
		assert_int_equal(add_in_all(ctx), i ? -EEXIST : 0);
	}
	/* The kernel does not return a single entry, so the library lists
	 * all. */
	add_entry(&list, &(struct an_entry){ .bridge = 7,
					     .port = 8,
					     .vlan = 5,
					     .mac = { 2, 0, 0, 0, 0, 0xfb } });
	add_done(&list);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, two);
	fake_refuses(fake_kernel, RTM_GETNEIGH, -EOPNOTSUPP);
	fake_index(fake_kernel, "br0", 7);
	fake_expect(fake_kernel, RTM_GETNEIGH);
	fake_answer(fake_kernel, &list);
	fake_verdict(fake_kernel, expect_entry(&d, RTM_DELNEIGH, &nothing),
		     -EINVAL);
	assert_int_equal(add_in_all(ctx), -EEXIST);
	fake_end(fake_kernel, ctx);
}

static void not_to_be_seen(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_eth0(fake_kernel);
	fake_refuses(fake_kernel, RTM_GETVLAN, -ENOBUFS);
	assert_int_equal(add_in_all(ctx), -ENOBUFS);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, two);
	fake_refuses(fake_kernel, RTM_GETNEIGH, -EMFILE);
	assert_int_equal(add_in_all(ctx), -EMFILE);
	fake_end(fake_kernel, ctx);
}

static void deleted(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d;

	(void)state;
	fake_eth0(fake_kernel);
	fake_verdict(fake_kernel,
		     want_it(&d, RTM_DELNEIGH, 8, NTF_MASTER, 0, 0), 0);
	assert_int_equal(vbr_fdb_del(ctx, "br0", "eth0", mac, 0), 0);
	fake_br0(fake_kernel);
	fake_verdict(fake_kernel,
		     want_it(&d, RTM_DELNEIGH, 7, NTF_SELF, 0, 4094), -ENOENT);
	assert_int_equal(vbr_fdb_del(ctx, "br0", "br0", mac, 4094), -ENOENT);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot delete "
			    "02:00:00:00:00:fb of \"br0\" of bridge \"br0\": "
			    "there is no such entry");
	fake_end(fake_kernel, ctx);
}

static void not_sent(void **state)
{
	static const uint8_t none[6], group[6] = { 3, 0, 0, 0, 0, 1 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", group, 0,
				     VBR_FDB_STATIC, 0),
			 -EINVAL);
	says(ctx, "this is the address of a multicast group, not of a "
		  "station");
	assert_int_equal(vbr_fdb_del(ctx, "br0", "eth0", none, 0), -EINVAL);
	says(ctx, "this is not the address of a station");
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 4095,
				     VBR_FDB_STATIC, 0),
			 -ERANGE);
	says(ctx, "VLAN ids range from 1 to 4094");
	assert_int_equal(vbr_fdb_del(ctx, "br0", "eth0", mac, 65536 + 1),
			 -ERANGE);
	fake_eth0(fake_kernel);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 0,
				     VBR_FDB_EXPIRED, 0),
			 -EINVAL);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 0, VBR_FDB_STATIC,
				     VBR_FDB_USER),
			 -EINVAL);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("an entry is added by one request", added),
		TEST("EPERM: the port cannot learn, or no capability",
		     cannot_learn),
		TEST("a port that is not in the VLAN is reported",
		     no_member_of_the_vlan),
		TEST("if one VLAN has another entry, none is added",
		     known_in_a_vlan),
		TEST("nor if the entries cannot be read", not_to_be_seen),
		TEST("an entry is deleted by one request", deleted),
		TEST("invalid entries are not sent", not_sent),
	};

	return run_all(tests);
}
