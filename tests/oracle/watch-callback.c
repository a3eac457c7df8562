/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Callbacks of a watch that use its context: they read, change and fail, and
 * the watch goes on. */

#include "oracle/oracle.h"

#include <errno.h>
#include <string.h>

/* Enough for a dump of several datagrams. */
#define ENTRIES 1000

struct user {
	struct oracle *o;
	struct vbr_watch *watch;
	size_t entries, ports, calls;
	uint64_t cost;
	int rc;
};

static void begin(struct oracle *o, struct user *user)
{
	*user = (struct user){ .o = o };
	make_bridge(o, "br0");
	make_veth(o, "a", "a2");
	make_veth(o, "b", "b2");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_watch_new(o->ctx, VBR_WATCH_LINKS | VBR_WATCH_FDB,
				       &user->watch),
			 0);
}

static void number_mac(size_t i, uint8_t ret_mac[6])
{
	const uint8_t mac[6] = { 2, 0xab, 0, 0, (uint8_t)(i >> 8), (uint8_t)i };

	memcpy(ret_mac, mac, sizeof(mac));
}

static void add_entries(struct vbr_ctx *ctx, size_t first, size_t end)
{
	uint8_t mac[6];

	for (size_t i = first; i < end; i++) {
		number_mac(i, mac);
		assert_int_equal(vbr_fdb_add(ctx, "br0", "a", mac, 0,
					     VBR_FDB_STATIC, 0),
				 0);
	}
}

/* A kernel with VLAN filtering has a second entry, in the VLAN of the port. */
static bool is_ours(const struct vbr_event *event)
{
	const struct vbr_fdb_entry *entry = vbr_event_fdb_entry(event);

	return entry && vbr_fdb_entry_mac(entry)[1] == 0xab &&
	       !vbr_fdb_entry_vlan(entry) && !vbr_event_is_gone(event);
}

static void note(const struct vbr_event *event, struct user *user)
{
	const struct vbr_port *port = vbr_event_port(event);

	user->entries += is_ours(event);
	if (!port || vbr_event_is_gone(event))
		return;
	user->ports++;
	vbr_port_value(port, "path_cost", &user->cost);
}

/* --- callbacks that read -------------------------------------------------- */

/* A single request, a dump, an ioctl, and two failures. The name in these
 * failures is no longer valid when the watch fails. */
static void read_everything(struct vbr_ctx *ctx)
{
	char name[VBR_NAME_SIZE], gone[] = "no bridge";
	struct vbr_port *port;
	struct vbr_fdb *fdb;
	int index;

	assert_int_equal(vbr_link_resolve(ctx, "a", &index, NULL), 0);
	assert_int_equal(vbr_link_name(ctx, index, name), 0);
	assert_string_equal(name, "a");
	assert_int_equal(vbr_port_get(ctx, "br0", "a", &port), 0);
	vbr_port_free(port);
	assert_int_equal(vbr_fdb_list(ctx, "br0", &fdb), 0);
	vbr_fdb_free(fdb);
	assert_int_equal(vbr_port_get(ctx, gone, "a", &port), -ENXIO);
	assert_int_equal(vbr_bridge_set(ctx, gone, "ageing_time", 1), -ENODEV);
	memset(gone, '!', sizeof(gone) - 1);
}

static int read_and_note(const struct vbr_event *event, void *data)
{
	struct user *user = data;

	note(event, user);
	/* Not each time, because each is a dump of all entries. */
	if (user->calls++ % 100 == 0 || vbr_event_port(event))
		read_everything(user->o->ctx);
	return user->rc;
}

static void reads_in_sync(void **state)
{
	struct user user;

	begin(*state, &user);
	add_entries(user.o->ctx, 0, ENTRIES);
	assert_int_equal(vbr_watch_sync(user.watch, read_and_note, &user), 0);
	assert_int_equal(user.entries, ENTRIES);
	assert_int_equal(user.ports, 1);
	vbr_watch_free(user.watch);
}

static void reads_in_read(void **state)
{
	struct user user;

	begin(*state, &user);
	add_entries(user.o->ctx, 0, ENTRIES);
	assert_int_equal(vbr_watch_read(user.watch, read_and_note, &user), 0);
	assert_int_equal(user.entries, ENTRIES);
	vbr_watch_free(user.watch);
}

/* The requests of the callback fail, too, but the watch sets its own
 * sentence. */
static void errors(void **state)
{
	struct user user;
	struct vbr_ctx *ctx;

	begin(*state, &user);
	ctx = user.o->ctx;
	add_entries(ctx, 0, 1);
	user.rc = -EIO;
	assert_int_equal(vbr_watch_sync(user.watch, read_and_note, &user),
			 -EIO);
	assert_string_equal(
		vbr_ctx_error(ctx),
		"cannot read the current state: Input/output error");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
	add_entries(ctx, 1, 2);
	user.calls = 0;
	assert_int_equal(vbr_watch_read(user.watch, read_and_note, &user),
			 -EIO);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot read what changed: Input/output error");
	/* Another value is not an error, so the last sentence of the callback
	 * stays. */
	user.rc = 42;
	user.calls = 0;
	assert_int_equal(vbr_watch_sync(user.watch, read_and_note, &user), 42);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set ageing_time of bridge \"no bridge\": "
			    "No such device");
	vbr_watch_free(user.watch);
}

/* --- callbacks that change ------------------------------------------------ */

/* At the first port of a sync, adds a second, and changes the first. */
static int change_once(const struct vbr_event *event, void *data)
{
	struct user *user = data;
	struct vbr_ctx *ctx = user->o->ctx;

	note(event, user);
	if (user->calls || !vbr_event_port(event))
		return 0;
	user->calls++;
	assert_int_equal(vbr_port_add(ctx, "br0", "b"), 0);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "ageing_time", 20000), 0);
	assert_int_equal(vbr_port_set(ctx, "br0", "a", "path_cost", 77), 0);
	add_entries(ctx, ENTRIES, ENTRIES + 1);
	return 0;
}

static uint64_t ageing_time(struct vbr_ctx *ctx)
{
	struct vbr_bridge *bridge;
	uint64_t value;

	assert_int_equal(vbr_bridge_get(ctx, "br0", &bridge), 0);
	assert_int_equal(vbr_bridge_value(bridge, "ageing_time", &value), 0);
	vbr_bridge_free(bridge);
	return value;
}

/* The links were read before the callback, the entries after it. */
static void changes_in_sync(void **state)
{
	struct user user;

	begin(*state, &user);
	add_entries(user.o->ctx, 0, ENTRIES);
	assert_int_equal(vbr_watch_sync(user.watch, change_once, &user), 0);
	assert_int_equal(user.ports, 1);
	assert_int_equal(user.entries, ENTRIES + 1);
	assert_int_not_equal(user.cost, 77);
	assert_int_equal(ageing_time(user.o->ctx), 20000);
	/* Changes of the callback are in the queue. */
	assert_int_equal(vbr_watch_read(user.watch, change_once, &user), 0);
	assert_true(user.ports > 2);
	assert_int_equal(user.entries, ENTRIES + 2);
	vbr_watch_free(user.watch);
}

/* The same call reports what its callback changes. */
static void changes_in_read(void **state)
{
	struct user user;

	begin(*state, &user);
	assert_int_equal(vbr_port_set(user.o->ctx, "br0", "a", "path_cost", 5),
			 0);
	assert_int_equal(vbr_watch_read(user.watch, change_once, &user), 0);
	assert_int_equal(user.calls, 1);
	assert_int_equal(user.entries, 1);
	assert_int_equal(ageing_time(user.o->ctx), 20000);
	vbr_watch_free(user.watch);
}

/* Deletes entries that the sync has read but not reported yet. */
static int delete_all(const struct vbr_event *event, void *data)
{
	struct user *user = data;
	const struct vbr_fdb_filter all = {
		.port = "a",
		.states = 1u << VBR_FDB_STATIC,
	};

	note(event, user);
	if (is_ours(event) && user->calls++ == 0)
		assert_int_equal(vbr_fdb_flush(user->o->ctx, "br0", &all), 0);
	return 0;
}

static int count_gone(const struct vbr_event *event, void *data)
{
	const struct vbr_fdb_entry *entry = vbr_event_fdb_entry(event);

	*(size_t *)data += entry && vbr_event_is_gone(event) &&
			   vbr_fdb_entry_mac(entry)[1] == 0xab &&
			   !vbr_fdb_entry_vlan(entry);
	return 0;
}

static void deletions(void **state)
{
	struct user user;
	size_t gone = 0;

	begin(*state, &user);
	add_entries(user.o->ctx, 0, ENTRIES);
	assert_int_equal(vbr_watch_sync(user.watch, delete_all, &user), 0);
	assert_int_equal(user.entries, ENTRIES);
	assert_int_equal(vbr_watch_read(user.watch, count_gone, &gone), 0);
	assert_int_equal(gone, ENTRIES);
	vbr_watch_free(user.watch);
}

/* --- overflow ------------------------------------------------------------- */

/* More than the queue of a watch holds, which is 8 MiB; an event of a link has
 * at least 600 bytes. */
#define MANY 20000

static int overflow(const struct vbr_event *event, void *data)
{
	struct user *user = data;

	note(event, user);
	if (!vbr_event_port(event) || user->calls++)
		return 0;
	for (uint64_t i = 1; i <= MANY; i++)
		assert_int_equal(vbr_port_set(user->o->ctx, "br0", "a",
					      "path_cost", i),
				 0);
	return 0;
}

static int just_note(const struct vbr_event *event, void *data)
{
	note(event, data);
	return 0;
}

static void sync_after_overflow(struct user *user)
{
	assert_int_equal(vbr_watch_read(user->watch, just_note, user),
			 -ENOBUFS);
	assert_string_equal(
		vbr_ctx_error(user->o->ctx),
		"cannot read what changed: events came faster than they were read; some are lost");
	user->entries = 0;
	assert_int_equal(vbr_watch_sync(user->watch, read_and_note, user), 0);
	assert_int_equal(vbr_watch_read(user->watch, read_and_note, user), 0);
	assert_int_equal(user->entries, ENTRIES);
	assert_int_equal(user->cost, MANY);
}

/* The sync is complete, and the next read reports the overflow. */
static void overflow_in_sync(void **state)
{
	struct user user;

	begin(*state, &user);
	add_entries(user.o->ctx, 0, ENTRIES);
	assert_int_equal(vbr_watch_sync(user.watch, overflow, &user), 0);
	assert_int_equal(user.entries, ENTRIES);
	sync_after_overflow(&user);
	vbr_watch_free(user.watch);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("a callback of a sync can read", reads_in_sync),
		ORACLE_TEST("a callback of a read can read", reads_in_read),
		ORACLE_TEST("an error of the watch has its own sentence",
			    errors),
		ORACLE_TEST("a callback of a sync can change things",
			    changes_in_sync),
		ORACLE_TEST("a callback of a read can change things",
			    changes_in_read),
		ORACLE_TEST("entries that it deletes are reported as gone",
			    deletions),
		ORACLE_TEST("it can cause more events than the queue holds",
			    overflow_in_sync),
	};

	return run_all(tests);
}
