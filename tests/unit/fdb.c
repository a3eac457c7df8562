/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the FDB with a fake kernel: entry by entry, and as a list. */

#include "unit.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "unit/fake-kernel.h"
#include "vbridge.h"

/* Dumps these entries; the end of the dump is in another datagram if it is not
 * in this one. */
static void fake_dump(struct fake_kernel *fake_kernel, struct datagram *d)
{
	fake_index(fake_kernel, "br0", 7);
	fake_expect(fake_kernel, RTM_GETNEIGH);
	fake_answer(fake_kernel, d);
}

static void add_mac(struct datagram *d, uint8_t last)
{
	add_entry(d, &(struct an_entry){ .port = 8,
					 .bridge = 7,
					 .mac = { 2, 0, 0, 0, 0, last },
					 .state = NUD_REACHABLE });
}

struct seen {
	int count, stop_at, with;
	uint8_t last;
};

static int see(const struct vbr_fdb_entry *entry, void *data)
{
	struct seen *seen = data;

	seen->last = vbr_fdb_entry_mac(entry)[5];
	return ++seen->count == seen->stop_at ? seen->with : 0;
}

static void walk(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	struct seen seen = { 0 };

	(void)state;
	add_mac(&d, 3);
	add_mac(&d, 1);
	/* Entries of the device itself, of another bridge and of another
	 * family. */
	add_entry(&d, &(struct an_entry){ .port = 8, .mac = { 1 } });
	add_entry(&d, &(struct an_entry){ .port = 9, .bridge = 10 });
	add_entry(&d,
		  &(struct an_entry){ .port = 8, .bridge = 7, .family = 2 });
	add_mac(&d, 2);
	add_done(&d);
	fake_dump(fake_kernel, &d);
	assert_int_equal(vbr_fdb_foreach(ctx, "br0", see, &seen), 0);
	assert_int_equal(seen.count, 3);
	assert_int_equal(seen.last, 2);
	fake_end(fake_kernel, ctx);
}

/* The rest of the dump is read, but not passed on. */
static void walk_ends(void **state)
{
	static const int with[] = { 1, 4711, -EINVAL, -ENOENT, -4711 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(with); i++) {
		struct seen seen = { .stop_at = 2, .with = with[i] };
		struct datagram d = { 0 };

		for (uint8_t last = 1; last < 5; last++)
			add_mac(&d, last);
		fake_dump(fake_kernel, &d);
		d.len = 0;
		add_mac(&d, 9);
		add_done(&d);
		fake_answer(fake_kernel, &d);
		assert_int_equal(vbr_fdb_foreach(ctx, "br0", see, &seen),
				 with[i]);
		assert_int_equal(seen.count, 2);
		assert_int_equal(seen.last, 2);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
	}
	fake_end(fake_kernel, ctx);
}

static void callback_errors_are_errors(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct seen seen = { .stop_at = 1, .with = 1 };
	struct datagram d = { 0 };

	(void)state;
	add_mac(&d, 1);
	add_done(&d);
	fake_dump(fake_kernel, &d);
	assert_int_equal(vbr_fdb_foreach(ctx, "br0", see, &seen), 1);
	assert_string_equal(vbr_ctx_error(ctx), "");
	seen = (struct seen){ .stop_at = 1, .with = -EINVAL };
	fake_dump(fake_kernel, &d);
	assert_int_equal(vbr_fdb_foreach(ctx, "br0", see, &seen), -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot read the FDB of "
			    "bridge \"br0\": Invalid argument");
	fake_end(fake_kernel, ctx);
}

/* The callback has already seen entries, so the dump is not repeated. */
static void walk_interrupted(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct seen seen = { 0 };
	struct datagram d = { 0 }, end = { 0 };

	(void)state;
	add_mac(&d, 1);
	add_done(&end)->nlmsg_flags |= NLM_F_DUMP_INTR;
	fake_dump(fake_kernel, &d);
	fake_answer(fake_kernel, &end);
	assert_int_equal(vbr_fdb_foreach(ctx, "br0", see, &seen), -EAGAIN);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot read the FDB of "
			    "bridge \"br0\": the kernel's tables changed "
			    "while it listed them");
	assert_int_equal(seen.count, 1);
	assert_int_equal(fake_requests(fake_kernel), 1);

	/* Also if datagrams were lost. */
	fake_dump(fake_kernel, &d);
	fake_receive_fails(fake_kernel, -ENOBUFS);
	fake_is_reset(fake_kernel, 0);
	assert_int_equal(vbr_fdb_foreach(ctx, "br0", see, &seen), -ENOBUFS);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot read the FDB of "
			    "bridge \"br0\": No buffer space available");
	assert_int_equal(seen.count, 2);
	fake_end(fake_kernel, ctx);
}

/* Entries after the interruption are not passed on. */
static void walk_changed(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct seen seen = { 0 };
	struct datagram d = { 0 };

	(void)state;
	add_mac(&d, 2);
	add_mac(&d, 3);
	((struct nlmsghdr *)(void *)(d.bytes + d.len / 2))->nlmsg_flags |=
		NLM_F_DUMP_INTR;
	add_mac(&d, 4);
	add_done(&d);
	fake_dump(fake_kernel, &d);
	assert_int_equal(vbr_fdb_foreach(ctx, "br0", see, &seen), -EAGAIN);
	assert_int_equal(seen.count, 1);
	assert_int_equal(seen.last, 2);
	fake_end(fake_kernel, ctx);
}

static void walk_fails(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	fake_index(fake_kernel, "br0", -ENODEV);
	assert_int_equal(vbr_fdb_foreach(ctx, "br0", NULL, NULL), -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot read the FDB of "
			    "bridge \"br0\": No such device");
	assert_int_equal(vbr_fdb_foreach(ctx, "", NULL, NULL), -ENODEV);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_fdb_foreach(ctx, "1234567890123456", NULL, NULL),
			 -ENODEV);
	/* No entries: the library asks whether the device is a bridge. */
	add_done(&d);
	fake_dump(fake_kernel, &d);
	fake_link(fake_kernel, &(struct a_link){ .index = 7,
						 .name = "br0",
						 .kind = "veth" });
	assert_int_equal(vbr_fdb_foreach(ctx, "br0", NULL, NULL), -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot read the FDB of "
			    "bridge \"br0\": it is not a bridge");
	fake_dump(fake_kernel, &d);
	fake_link(fake_kernel, &(struct a_link){ .index = 7,
						 .name = "br0",
						 .kind = "bridge" });
	assert_int_equal(vbr_fdb_foreach(ctx, "br0", NULL, NULL), 0);
	fake_end(fake_kernel, ctx);
}

static void entries(void **state)
{
	static const struct {
		uint16_t nud;
		enum vbr_fdb_state state;
	} rows[] = {
		{ NUD_PERMANENT, VBR_FDB_LOCAL },
		{ NUD_NOARP, VBR_FDB_STATIC },
		{ NUD_REACHABLE, VBR_FDB_LEARNED },
		{ NUD_STALE, VBR_FDB_EXPIRED },
		{ 0, VBR_FDB_LEARNED },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	struct vbr_fdb *fdb;

	(void)state;
	for (int i = 0; i < (int)COUNT(rows); i++)
		add_entry(&d, &(struct an_entry){
				      .port = 8 + i,
				      .bridge = 7,
				      .mac = { (uint8_t)i, 1, 2, 3, 4, 5 },
				      .state = rows[i].nud,
				      .vlan = (uint16_t)i,
				      .used = (uint32_t)i * 100,
				      .updated = UINT32_MAX - (uint32_t)i });
	add_done(&d);
	fake_dump(fake_kernel, &d);
	assert_int_equal(vbr_fdb_list(ctx, "br0", &fdb), 0);
	assert_int_equal(vbr_fdb_count(fdb), COUNT(rows));
	for (int i = 0; i < (int)COUNT(rows); i++) {
		const struct vbr_fdb_entry *entry = vbr_fdb_at(fdb, (size_t)i);
		const uint8_t mac[6] = { (uint8_t)i, 1, 2, 3, 4, 5 };

		assert_memory_equal(vbr_fdb_entry_mac(entry), mac, 6);
		assert_int_equal(vbr_fdb_entry_port_index(entry), 8 + i);
		assert_int_equal(vbr_fdb_entry_vlan(entry), i);
		assert_int_equal(vbr_fdb_entry_state(entry), rows[i].state);
		assert_int_equal(vbr_fdb_entry_idle(entry), i * 100);
		assert_int_equal(vbr_fdb_entry_age(entry), UINT32_MAX - i);
	}
	assert_null(vbr_fdb_at(fdb, COUNT(rows)));
	assert_null(vbr_fdb_at(fdb, SIZE_MAX));
	vbr_fdb_free(fdb);
	vbr_fdb_free(NULL);
	fake_end(fake_kernel, ctx);
}

/* NTF_* and NTF_EXT_* of the kernel; it does not tell who added an entry. */
static void flags(void **state)
{
	static const struct {
		uint8_t ntf;
		uint32_t more;
		unsigned int flags;
	} rows[] = {
		{ 0, 0, 0 },
		{ NTF_STICKY, 0, VBR_FDB_STICKY },
		{ NTF_EXT_LEARNED, 0, VBR_FDB_EXTERN },
		{ NTF_OFFLOADED, 0, VBR_FDB_OFFLOADED },
		{ 0, 2, VBR_FDB_LOCKED },
		{ NTF_ROUTER, 0, VBR_FDB_ROUTER },
		{ NTF_SELF, 0, VBR_FDB_SELF },
		{ NTF_USE | NTF_MASTER, ~2u, 0 },
		{ 0xff, ~0u,
		  VBR_FDB_STICKY | VBR_FDB_EXTERN | VBR_FDB_OFFLOADED |
			  VBR_FDB_LOCKED | VBR_FDB_ROUTER | VBR_FDB_SELF },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	struct vbr_fdb *fdb;

	(void)state;
	for (unsigned int i = 0; i < COUNT(rows); i++)
		add_entry(&d, &(struct an_entry){ .port = 8,
						  .bridge = 7,
						  .mac = { 2, i },
						  .state = NUD_NOARP,
						  .flags = rows[i].ntf,
						  .more_flags = rows[i].more });
	add_done(&d);
	fake_dump(fake_kernel, &d);
	assert_int_equal(vbr_fdb_list(ctx, "br0", &fdb), 0);
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(vbr_fdb_entry_flags(vbr_fdb_at(fdb, i)),
				 rows[i].flags);
	vbr_fdb_free(fdb);
	fake_end(fake_kernel, ctx);
}

/* Sorted by MAC, port and VLAN, as numbers. */
static void sorted(void **state)
{
	static const struct an_entry rows[] = {
		{ .mac = { 0, 0, 0, 0, 0, 1 }, .port = 9 },
		{ .mac = { 0, 0, 0, 0, 1, 0 }, .port = 8 },
		{ .mac = { 1 }, .port = 8, .vlan = 0 },
		{ .mac = { 1 }, .port = 8, .vlan = 1 },
		{ .mac = { 1 }, .port = 8, .vlan = 4094 },
		{ .mac = { 1 }, .port = 9, .vlan = 1 },
		{ .mac = { 1 }, .port = 0x7fffffff, .vlan = 0 },
		{ .mac = { 0x80 }, .port = 8 },
		{ .mac = { 0xff }, .port = 8 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	struct vbr_fdb *fdb;

	(void)state;
	/* Every other entry first. */
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct an_entry entry = rows[i * 2 % COUNT(rows)];

		entry.bridge = 7;
		add_entry(&d, &entry);
	}
	add_done(&d);
	fake_dump(fake_kernel, &d);
	assert_int_equal(vbr_fdb_list(ctx, "br0", &fdb), 0);
	assert_int_equal(vbr_fdb_count(fdb), COUNT(rows));
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct vbr_fdb_entry *entry = vbr_fdb_at(fdb, i);

		assert_memory_equal(vbr_fdb_entry_mac(entry), rows[i].mac, 6);
		assert_int_equal(vbr_fdb_entry_port_index(entry), rows[i].port);
		assert_int_equal(vbr_fdb_entry_bridge_index(entry), 7);
		assert_int_equal(vbr_fdb_entry_vlan(entry), rows[i].vlan);
	}
	vbr_fdb_free(fdb);
	fake_end(fake_kernel, ctx);
}

static void list_interrupted(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	struct vbr_fdb *fdb = (void *)ctx;

	(void)state;
	/* More entries than the list has room for at first. */
	for (int i = 0; i < 100; i++)
		add_mac(&d, (uint8_t)(100 + i));
	add_done(&d)->nlmsg_flags |= NLM_F_DUMP_INTR;
	fake_dump(fake_kernel, &d);
	d.len = 0;
	for (int i = 0; i < 90; i++)
		add_mac(&d, (uint8_t)(90 - i));
	add_done(&d);
	fake_expect(fake_kernel, RTM_GETNEIGH);
	fake_answer(fake_kernel, &d);
	assert_int_equal(vbr_fdb_list(ctx, "br0", &fdb), 0);
	assert_int_equal(vbr_fdb_count(fdb), 90);
	for (size_t i = 0; i < 90; i++)
		assert_int_equal(vbr_fdb_entry_mac(vbr_fdb_at(fdb, i))[5],
				 i + 1);
	vbr_fdb_free(fdb);
	fake_end(fake_kernel, ctx);
}

static void list_fails(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	struct nlattr *attr;
	struct vbr_fdb *fdb = (void *)ctx;

	(void)state;
	fake_index(fake_kernel, "br0", -ENODEV);
	assert_int_equal(vbr_fdb_list(ctx, "br0", &fdb), -ENODEV);
	for (int i = 0; i < 8; i++) {
		d.len = 0;
		add_mac(&d, 1);
		add_done(&d)->nlmsg_flags |= NLM_F_DUMP_INTR;
		if (i == 0)
			fake_index(fake_kernel, "br0", 7);
		fake_expect(fake_kernel, RTM_GETNEIGH);
		fake_answer(fake_kernel, &d);
	}
	assert_int_equal(vbr_fdb_list(ctx, "br0", &fdb), -EAGAIN);
	fake_index(fake_kernel, "br0", 7);
	fake_refuses(fake_kernel, RTM_GETNEIGH, -EINVAL);
	assert_int_equal(vbr_fdb_list(ctx, "br0", &fdb), -EINVAL);
	/* An entry without an address. */
	d.len = 0;
	add_mac(&d, 1);
	attr = nlmsg_attrdata(&d.first, sizeof(struct ndmsg));
	assert_int_equal(attr->nla_type, NDA_LLADDR);
	attr->nla_type = 0x3ff0;
	add_done(&d);
	fake_dump(fake_kernel, &d);
	assert_int_equal(vbr_fdb_list(ctx, "br0", &fdb), -EBADMSG);
	assert_ptr_equal(fdb, ctx);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("entries come in the order of the kernel", walk),
		TEST("a callback ends the iteration with its return value",
		     walk_ends),
		TEST("only negative return values are errors",
		     callback_errors_are_errors),
		TEST("an interrupted iteration is EAGAIN, without a retry",
		     walk_interrupted),
		TEST("after an interruption, no entry is passed on",
		     walk_changed),
		TEST("a missing device or one that is not a bridge is refused",
		     walk_fails),
		TEST("an entry has MAC, port, VLAN, state and times", entries),
		TEST("an entry has flags", flags),
		TEST("entries are listed by MAC, port and VLAN", sorted),
		TEST("an interrupted list of entries is read again",
		     list_interrupted),
		TEST("a failed list leaves the caller's pointer unchanged",
		     list_fails),
	};

	return run_all(tests);
}
