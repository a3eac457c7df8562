/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* libnl's cache manager feeds a model by libvbridge-nl while devices change;
 * the model must agree with a new read. */

#include "oracle/oracle.h"

#include <errno.h>
#include <netlink/cache.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "nl/vbridge-nl.h"
#include "oracle/nl-model.h"

/* libnl 3.7 leaks members that leave their group, in any program. */
const char *__lsan_default_suppressions(void)
	__attribute__((visibility("default")));
const char *__lsan_default_options(void) __attribute__((visibility("default")));

const char *__lsan_default_suppressions(void)
{
	return "leak:libnl-route-3";
}

const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}

struct place {
	struct oracle *o;
	struct nl_cache_mngr *manager;
	struct nl_cache *caches[3];
	struct model model;
};

/* --- the manager ---------------------------------------------------------- */

static void on_change(struct nl_cache *cache, struct nl_object *object,
		      int action, void *data)
{
	struct place *place = data;

	(void)cache;
	assert_int_equal(vbr_nl_emit(object, action, model_follow,
				     &place->model),
			 0);
}

static void told_both(struct nl_cache *cache, struct nl_object *before,
		      struct nl_object *after, uint64_t diff, int action,
		      void *data)
{
	struct place *place = data;

	(void)cache;
	(void)diff;
	assert_int_equal(vbr_nl_emit_change(before, after, action, model_follow,
					    &place->model),
			 0);
}

static void manage(struct place *place, size_t i, const char *type)
{
	struct nl_cache *cache;
	struct nl_object *object;

	assert_int_equal(nl_cache_alloc_name(type, &cache), 0);
	nl_cache_set_flags(cache, NL_CACHE_AF_ITER);
	assert_int_equal(place->model.has_groups
				 ? nl_cache_mngr_add_cache_v2(place->manager,
							      cache, told_both,
							      place)
				 : nl_cache_mngr_add_cache(place->manager,
							   cache, on_change,
							   place),
			 0);
	for (object = nl_cache_get_first(cache); object;
	     object = nl_cache_get_next(object))
		on_change(cache, object, NL_ACT_NEW, place);
	place->caches[i] = cache;
}

static double now(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

/* The effects of a change can take a moment, for example a carrier. */
static void agrees(struct place *place, const char *about)
{
	struct vbr_ctx *ctx = place->o->ctx;
	double end = now() + 10;

	do {
		int rc = nl_cache_mngr_poll(place->manager, 20);

		check(rc >= 0, "%s: %s", about, nl_geterror(rc));
		if (model_agrees(ctx, &place->model, false))
			return;
	} while (now() < end);
	model_agrees(ctx, &place->model, true);
	fail_msg("after %s the model is another", about);
}

static void begin(struct place *place)
{
	struct vbr_ctx *ctx = place->o->ctx;

	make_bridge(place->o, "br0");
	make_veth(place->o, "a", "b");
	assert_int_equal(vbr_port_add(ctx, "br0", "a"), 0);
	assert_int_equal(vbr_port_set(ctx, "br0", "a", "path_cost", 77), 0);
	assert_int_equal(nl_cache_mngr_alloc(NULL, NETLINK_ROUTE, 0,
					     &place->manager),
			 0);
	manage(place, 0, "route/link");
	manage(place, 1, "route/neigh");
	manage(place, 2, "route/mdb");
	agrees(place, "the beginning");
	assert_true(place->model.events > 0);
}

static void end(struct place *place)
{
	nl_cache_mngr_free(place->manager);
	model_forget(&place->model);
}

/* --- the changes ---------------------------------------------------------- */

static void entry(struct place *place, const char *bridge, const char *port,
		  uint8_t number, bool add)
{
	const uint8_t mac[6] = { 2, 0xab, 0, 0, 0, number };

	assert_int_equal(add ? vbr_fdb_add(place->o->ctx, bridge, port, mac, 0,
					   VBR_FDB_STATIC, 0)
			     : vbr_fdb_del(place->o->ctx, bridge, port, mac, 0),
			 0);
}

static void member(struct place *place, const char *bridge, const char *port,
		   unsigned int number, bool add)
{
	struct vbr_ctx *ctx = place->o->ctx;
	char group[32];

	snprintf(group, sizeof(group), "239.1.1.%u", number);
	assert_int_equal(add ? vbr_mdb_add(ctx, bridge, port, group, NULL, 0,
					   true)
			     : vbr_mdb_del(ctx, bridge, port, group, NULL, 0),
			 0);
}

static void options_change(struct place *place)
{
	static const char *const names[] = {
		"hairpin_mode",	 "bpdu_guard",
		"root_block",	 "multicast_fast_leave",
		"unicast_flood", "learning",
		"path_cost",	 "priority"
	};
	struct vbr_ctx *ctx = place->o->ctx;

	for (size_t i = 0; i < COUNT(names); i++)
		for (uint64_t value = 2; value > 0; value--) {
			assert_int_equal(vbr_port_set(ctx, "br0", "a", names[i],
						      value - 1 + (i == 6)),
					 0);
			agrees(place, names[i]);
		}
}

static void ports_move(struct place *place)
{
	static const char *const devices[] = {
		"br0", "br1", "a", "b", "c", "d"
	};
	struct vbr_ctx *ctx = place->o->ctx;

	make_bridge(place->o, "br1");
	make_veth(place->o, "c", "d");
	agrees(place, "a new bridge");
	for (size_t i = 0; i < COUNT(devices); i++)
		set_up(place->o, devices[i]);
	agrees(place, "all being up");
	entry(place, "br0", "a", 1, true);
	member(place, "br0", "a", 1, true);
	member(place, "br0", "a", 2, true);
	agrees(place, "an entry and two members");
	assert_int_equal(vbr_port_add(ctx, "br0", "c"), 0);
	agrees(place, "a second port");
	entry(place, "br0", "a", 1, false);
	entry(place, "br0", "c", 1, true);
	member(place, "br0", "a", 1, false);
	agrees(place, "an entry that moved, a member that left");
	assert_int_equal(vbr_port_del(ctx, "br0", "a"), 0);
	agrees(place, "a port that left");
	assert_int_equal(vbr_port_add(ctx, "br1", "a"), 0);
	agrees(place, "a port that came");
	member(place, "br1", "a", 3, true);
	assert_int_equal(vbr_port_del(ctx, "br1", "a"), 0);
	assert_int_equal(vbr_port_add(ctx, "br0", "a"), 0);
	agrees(place, "a port that moved twice");
}

static void vlan_devices_come(struct place *place)
{
	struct vbr_ctx *ctx = place->o->ctx;
	struct vbr_vids *vids;
	int rc;

	assert_int_equal(vbr_vids_parse("5", &vids), 0);
	rc = vbr_vlan_add(ctx, "b", vids, 0, "v");
	vbr_vids_free(vids);
	if (rc == -ENOPKG)
		return;
	assert_int_equal(rc, 0);
	agrees(place, "a VLAN device");
	assert_int_equal(vbr_vlan_set_flags(ctx, "v", VBR_VLAN_GVRP, true), 0);
	assert_int_equal(vbr_port_add(ctx, "br1", "v"), 0);
	agrees(place, "a VLAN device that is a port");
	assert_int_equal(vbr_port_del(ctx, "br1", "v"), 0);
	agrees(place, "one that is none any more");
	assert_int_equal(vbr_port_add(ctx, "br0", "v"), 0);
	assert_int_equal(vbr_vlan_del(ctx, "v"), 0);
	agrees(place, "a VLAN device that is gone");
}

static void all_goes(struct place *place)
{
	delete_link(place->o, "a");
	agrees(place, "a device that is gone");
	delete_link(place->o, "br0");
	agrees(place, "a bridge that is gone");
	delete_link(place->o, "br1");
	delete_link(place->o, "c");
	agrees(place, "all being gone");
	assert_int_equal(model_count((void *const *)place->model.bridges), 0);
	assert_int_equal(model_count((void *const *)place->model.ports), 0);
}

static void live(struct place *place)
{
	begin(place);
	options_change(place);
	ports_move(place);
	vlan_devices_come(place);
	all_goes(place);
	end(place);
}

static void a_change_callback_keeps_a_model(void **state)
{
	struct place *place = calloc(1, sizeof(*place));

	assert_non_null(place);
	place->o = *state;
	live(place);
	free(place);
}

static void a_v2_callback_keeps_a_model(void **state)
{
	struct place *place = calloc(1, sizeof(*place));

	assert_non_null(place);
	place->o = *state;
	place->model.has_groups = true;
	live(place);
	free(place);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("a change callback keeps a model",
			    a_change_callback_keeps_a_model),
		ORACLE_TEST("a change callback of version 2 keeps a model",
			    a_v2_callback_keeps_a_model),
	};

	return run_all(tests);
}
