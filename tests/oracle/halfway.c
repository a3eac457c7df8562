/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Callbacks that fail at each possible call, in each function that has one: the
 * function returns that error, and the next call is complete. */

#include "oracle/oracle.h"

#include <errno.h>
#include <string.h>

/* Enough for a reply of several datagrams. */
#define ENTRIES 1000

/* Some of these have a meaning inside the library. */
static const int answers[] = {
	-EIO, 42, -EBADMSG, -ENOMSG, -EAGAIN, -ENOBUFS, -EINTR, -EMSGSIZE,
};

struct place {
	struct vbr_ctx *ctx;
	struct vbr_watch *watch;
	size_t seen, fail_at;
	int rc;
};

static int seen(void *data)
{
	struct place *place = data;

	return ++place->seen == place->fail_at ? place->rc : 0;
}

static int see_link(const char *name, int index, bool is_free, void *data)
{
	(void)name;
	(void)index;
	(void)is_free;
	return seen(data);
}

static int see_entry(const struct vbr_fdb_entry *entry, void *data)
{
	(void)entry;
	return seen(data);
}

static int see_event(const struct vbr_event *event, void *data)
{
	(void)event;
	return seen(data);
}

static int walk_links(struct place *place)
{
	return vbr_link_foreach(place->ctx, see_link, place);
}

static int walk_fdb(struct place *place)
{
	return vbr_fdb_foreach(place->ctx, "br0", see_entry, place);
}

static int sync_watch(struct place *place)
{
	return vbr_watch_sync(place->watch, see_event, place);
}

static int read_watch(struct place *place)
{
	return vbr_watch_read(place->watch, see_event, place);
}

static void add_entries(struct vbr_ctx *ctx)
{
	for (size_t i = 0; i < ENTRIES; i++) {
		const uint8_t mac[6] = {
			2, 0xab, 0, 0, (uint8_t)(i >> 8), (uint8_t)i
		};

		assert_int_equal(vbr_fdb_add(ctx, "br0", "a", mac, 0,
					     VBR_FDB_STATIC, 0),
				 0);
	}
}

static void begin(struct oracle *o, struct place *place)
{
	*place = (struct place){ .ctx = o->ctx };
	make_bridge(o, "br0");
	make_veth(o, "a", "a2");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_watch_new(o->ctx, VBR_WATCH_LINKS | VBR_WATCH_FDB,
				       &place->watch),
			 0);
}

/* A negative return value of the callback gets a sentence. Any other value is
 * not an error, and keeps the last sentence. */
static void is_told(const struct place *place, const char *before)
{
	const char *said = vbr_ctx_error(place->ctx);

	if (place->rc < 0)
		check(strstr(said, strerror(-place->rc)) != NULL,
		      "%d: it says: %s", place->rc, said);
	else
		assert_string_equal(said, before);
}

static void fails_at(int (*call)(struct place *place), struct place *place,
		     size_t at, int rc)
{
	char before[512];
	int got;

	assert_in_range(strlen(vbr_ctx_error(place->ctx)), 0,
			sizeof(before) - 1);
	strcpy(before, vbr_ctx_error(place->ctx));
	place->fail_at = at;
	place->rc = rc;
	place->seen = 0;
	got = call(place);
	check(got == rc, "failing with %d at %zu gives %d", rc, at, got);
	check(place->seen == at, "failing at %zu it went on to %zu", at,
	      place->seen);
	is_told(place, before);
}

/* After each failure, the next call returns everything again. */
static void fails_anywhere(int (*call)(struct place *place),
			   struct place *place, size_t least)
{
	size_t all, step;

	place->fail_at = 0;
	place->seen = 0;
	assert_int_equal(call(place), 0);
	all = place->seen;
	assert_in_range(all, least, 100000);
	step = all < 100 ? 1 : all / 50;
	for (size_t at = 1; at <= all; at += step) {
		fails_at(call, place, at, answers[at / step % COUNT(answers)]);
		place->fail_at = 0;
		place->seen = 0;
		assert_int_equal(call(place), 0);
		assert_int_equal(place->seen, all);
	}
}

static void walks(void **state)
{
	struct place place;

	begin(*state, &place);
	add_entries(place.ctx);
	fails_anywhere(walk_links, &place, 4);
	fails_anywhere(walk_fdb, &place, ENTRIES);
	vbr_watch_free(place.watch);
}

static void sync_all(void **state)
{
	struct place place;

	begin(*state, &place);
	add_entries(place.ctx);
	fails_anywhere(sync_watch, &place, ENTRIES);
	vbr_watch_free(place.watch);
}

/* Each event is reported once; those after the failure come with the next
 * call. */
static void events(void **state)
{
	struct place place;
	size_t total = 0;

	begin(*state, &place);
	assert_int_equal(read_watch(&place), 0);
	add_entries(place.ctx);
	for (size_t i = 0; i < ENTRIES / 10; i++) {
		fails_at(read_watch, &place, 3, answers[i % COUNT(answers)]);
		total += place.seen;
	}
	place.fail_at = 0;
	place.seen = 0;
	assert_int_equal(read_watch(&place), 0);
	/* A kernel with VLAN filtering has a second entry, in the VLAN of the
	 * port. */
	total += place.seen;
	check(total == ENTRIES || total == 2 * ENTRIES, "%zu are told", total);
	vbr_watch_free(place.watch);
}

/* Looks up a name, which a callback may do, and fails. */
static int name_and_fail(const struct vbr_event *event, void *data)
{
	char name[VBR_NAME_SIZE];
	struct place *place = data;

	(void)event;
	assert_int_equal(vbr_link_name(place->ctx, 1 << 30, name), -ENODEV);
	return -EIO;
}

/* The sentence is about the outer call, not about those of its callback. */
static void names_within(void **state)
{
	struct place place;

	begin(*state, &place);
	assert_int_equal(vbr_watch_sync(place.watch, name_and_fail, &place),
			 -EIO);
	assert_string_equal(
		vbr_ctx_error(place.ctx),
		"cannot read the current state: Input/output error");
	add_entries(place.ctx);
	assert_int_equal(vbr_watch_read(place.watch, name_and_fail, &place),
			 -EIO);
	assert_string_equal(vbr_ctx_error(place.ctx),
			    "cannot read what changed: Input/output error");
	vbr_watch_free(place.watch);
}

/* After an iteration that failed, a change finds no old messages. */
static void changes_behind(void **state)
{
	struct place place;

	begin(*state, &place);
	add_entries(place.ctx);
	fails_at(walk_fdb, &place, 1, -EIO);
	assert_int_equal(vbr_bridge_set(place.ctx, "br0", "ageing_time", 10000),
			 0);
	fails_at(sync_watch, &place, 1, 42);
	assert_int_equal(vbr_bridge_add(place.ctx, "br0"), -EEXIST);
	assert_string_equal(vbr_ctx_error(place.ctx),
			    "cannot add bridge \"br0\": File exists");
	vbr_watch_free(place.watch);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("an iteration can be ended anywhere", walks),
		ORACLE_TEST("a sync of a watch can be ended anywhere",
			    sync_all),
		ORACLE_TEST("events that were not reported come later", events),
		ORACLE_TEST("lookups in a callback leave no sentence",
			    names_within),
		ORACLE_TEST("a change works after an iteration was ended",
			    changes_behind),
	};

	return run_all(tests);
}
