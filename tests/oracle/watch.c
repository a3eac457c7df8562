/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A watch on a real kernel: the events lead to the same state as a new read. */

#include "oracle/oracle.h"

#include <errno.h>
#include <inttypes.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "oracle/seed.h"
#include "unit/event-log.h"

/* Every second entry is deleted again. */
#define FEW 1000
/* More events than the queue of 8 MiB holds. */
#define BURST 30000

/* The existing addresses, by their last three bytes; and the path cost of the
 * port, or 0 if it is unknown. */
struct model {
	unsigned char *has;
	size_t count;
	unsigned int events;
	unsigned int links;
	uint64_t cost;
};

/* A kernel with VLAN filtering has a second entry, in the VLAN of the port. */
static size_t entry_number(const struct vbr_fdb_entry *entry)
{
	const uint8_t *mac = vbr_fdb_entry_mac(entry);

	if (mac[0] != 2 || mac[1] != 0xab || vbr_fdb_entry_vlan(entry))
		return SIZE_MAX;
	return (size_t)mac[3] << 16 | (size_t)mac[4] << 8 | mac[5];
}

static void follow_port(const struct vbr_event *event, struct model *model)
{
	const struct vbr_port *port = vbr_event_port(event);

	if (!port || vbr_event_is_gone(event) ||
	    strcmp(vbr_port_name(port), "a") != 0)
		return;
	model->links++;
	vbr_port_value(port, "path_cost", &model->cost);
}

static int follow(const struct vbr_event *event, void *data)
{
	const struct vbr_fdb_entry *entry = vbr_event_fdb_entry(event);
	size_t i = entry ? entry_number(entry) : SIZE_MAX;
	struct model *model = data;
	unsigned char has = !vbr_event_is_gone(event);

	follow_port(event, model);
	model->events += i != SIZE_MAX;
	if (i == SIZE_MAX || model->has[i] == has)
		return 0;
	model->has[i] = has;
	model->count += has ? 1 : (size_t)-1;
	return 0;
}

static void change(struct vbr_ctx *ctx, size_t i, bool add)
{
	const uint8_t mac[6] = {
		2, 0xab, 0, (uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i,
	};
	int rc = add ? vbr_fdb_add(ctx, "br0", "a", mac, 0, VBR_FDB_STATIC, 0)
		     : vbr_fdb_del(ctx, "br0", "a", mac, 0);

	assert_int_equal(rc, 0);
}

/* The path cost of the port changes every tenth time. */
static void change_all(struct vbr_ctx *ctx, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		change(ctx, i, true);
		if (i % 10 == 0)
			assert_int_equal(vbr_port_set(ctx, "br0", "a",
						      "path_cost",
						      1 + i % 60000),
					 0);
	}
	for (size_t i = 0; i < count; i += 2)
		change(ctx, i, false);
}

static void costs_the_same(struct vbr_ctx *ctx, const struct model *model)
{
	struct vbr_port *port;
	uint64_t cost;

	assert_int_equal(vbr_port_get(ctx, "br0", "a", &port), 0);
	assert_int_equal(vbr_port_value(port, "path_cost", &cost), 0);
	assert_int_equal(model->cost, cost);
	vbr_port_free(port);
}

/* The model has the same addresses as a new dump. */
static void is_whole(struct vbr_ctx *ctx, const struct model *model)
{
	struct vbr_fdb *fdb;
	size_t count = 0;

	assert_int_equal(vbr_fdb_list(ctx, "br0", &fdb), 0);
	for (size_t i = 0; i < vbr_fdb_count(fdb); i++) {
		size_t number = entry_number(vbr_fdb_at(fdb, i));

		if (number == SIZE_MAX)
			continue;
		assert_true(model->has[number]);
		count++;
	}
	assert_int_equal(count, model->count);
	vbr_fdb_free(fdb);
}

static struct vbr_watch *begin(struct oracle *o, unsigned int what,
			       struct model *model)
{
	struct vbr_watch *watch;

	make_bridge(o, "br0");
	make_veth(o, "a", "b");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_watch_new(o->ctx, what, &watch), 0);
	assert_true(vbr_watch_fd(watch) >= 0);
	*model = (struct model){ .has = calloc(1 << 24, 1) };
	assert_non_null(model->has);
	return watch;
}

static void all_of_a_few_are_told(void **state)
{
	struct oracle *o = *state;
	struct vbr_ctx *ctx;
	struct model model;
	struct vbr_watch *watch = begin(o, VBR_WATCH_FDB, &model);
	struct pollfd ready = { vbr_watch_fd(watch), POLLIN, 0 };

	assert_int_equal(poll(&ready, 1, 0), 0);
	assert_int_equal(vbr_watch_read(watch, follow, &model), 0);
	assert_int_equal(vbr_ctx_new(NULL, &ctx), 0);
	for (size_t i = 0; i < FEW; i += 100) {
		for (size_t k = 0; k < 100; k++)
			change(ctx, i + k, true);
		for (size_t k = 0; k < 100; k += 2)
			change(ctx, i + k, false);
		assert_int_equal(poll(&ready, 1, 10000), 1);
		assert_int_equal(vbr_watch_read(watch, follow, &model), 0);
	}
	assert_int_equal(model.events, FEW + FEW / 2);
	assert_int_equal(model.count, FEW / 2);
	is_whole(ctx, &model);
	vbr_ctx_unref(ctx);
	vbr_watch_free(watch);
	free(model.has);
}

/* Lost events are reported. After a sync, the state is correct, even if it
 * changes meanwhile. */
static void a_burst_is_told_or_made_good(void **state)
{
	struct oracle *o = *state;
	struct vbr_ctx *ctx;
	struct model model;
	struct vbr_watch *watch = begin(o, VBR_WATCH_LINKS | VBR_WATCH_FDB,
					&model);
	int rc;

	assert_int_equal(vbr_ctx_new(NULL, &ctx), 0);
	change_all(ctx, BURST);
	rc = vbr_watch_read(watch, follow, &model);
	if (rc == -ENOBUFS) {
		printf("# overrun after %u events, %u of links\n", model.events,
		       model.links);
		memset(model.has, 0, 1 << 24);
		model.count = 0;
		model.cost = 0;
		change(ctx, 1, false);
		rc = vbr_watch_sync(watch, follow, &model);
		change(ctx, 0, true);
		assert_int_equal(vbr_port_set(ctx, "br0", "a", "path_cost",
					      60001),
				 0);
		assert_int_equal(rc, 0);
		rc = vbr_watch_read(watch, follow, &model);
	} else {
		printf("# all of %u events, %u of links\n", model.events,
		       model.links);
	}
	assert_int_equal(rc, 0);
	assert_int_equal(model.count, BURST / 2);
	assert_true(model.links > 0);
	is_whole(ctx, &model);
	costs_the_same(ctx, &model);
	vbr_ctx_unref(ctx);
	vbr_watch_free(watch);
	free(model.has);
}

/* --- churn ---------------------------------------------------------------- */

struct churn {
	struct vbr_ctx *ctx;
	unsigned char has[UINT16_MAX];
	bool has_second_port;
	size_t changes;
};

static void toggle_second_port(struct churn *churn)
{
	struct vbr_ctx *ctx = churn->ctx;

	churn->has_second_port = !churn->has_second_port;
	if (churn->has_second_port)
		assert_int_equal(vbr_port_add(ctx, "br0", "c"), 0);
	else
		assert_int_equal(vbr_port_del(ctx, "br0", "c"), 0);
}

static void change_any(struct churn *churn)
{
	size_t i = (size_t)lrand48() % UINT16_MAX;

	churn->changes++;
	if (i % 1000 == 0) {
		toggle_second_port(churn);
	} else if (i % 100 == 0) {
		assert_int_equal(vbr_port_set(churn->ctx, "br0", "a",
					      "path_cost", 1 + i % 60000),
				 0);
	} else {
		churn->has[i] = !churn->has[i];
		change(churn->ctx, i, churn->has[i]);
	}
}

/* Returns whether events were lost. */
static bool catch_up(struct vbr_watch *watch, struct model *model)
{
	int rc = vbr_watch_read(watch, follow, model);

	if (rc == 0)
		return false;
	assert_int_equal(rc, -ENOBUFS);
	memset(model->has, 0, 1 << 24);
	model->count = 0;
	assert_int_equal(vbr_watch_sync(watch, follow, model), 0);
	return true;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Short bursts, and sometimes one that the queue does not hold. */
static void any_churn_leads_to_the_same_state(void **state)
{
	uint64_t seed = seed_of("VB_WATCH_SEED");
	double end = now() + (double)number_of("VB_WATCH_SECONDS", 3);
	struct oracle *o = *state;
	struct churn churn = { 0 };
	struct model model;
	struct vbr_watch *watch;
	unsigned int lost = 0;

	srand48((long)seed);
	make_veth(o, "c", "d");
	watch = begin(o, VBR_WATCH_LINKS | VBR_WATCH_FDB, &model);
	assert_int_equal(vbr_ctx_new(NULL, &churn.ctx), 0);
	do {
		size_t count = (size_t)lrand48() %
			       (lrand48() % 64 ? 500 : BURST);

		while (count--)
			change_any(&churn);
		lost += catch_up(watch, &model);
	} while (now() < end);
	printf("# VB_WATCH_SEED=%" PRIu64 ": %zu changes, %u events, lost %u "
	       "times\n",
	       seed, churn.changes, model.events, lost);
	is_whole(churn.ctx, &model);
	if (model.cost)
		costs_the_same(churn.ctx, &model);
	vbr_ctx_unref(churn.ctx);
	vbr_watch_free(watch);
	free(model.has);
}

static int count_groups(const struct vbr_event *event, void *data)
{
	*(size_t *)data += vbr_event_mdb_entry(event) != NULL;
	return 0;
}

/* The type of these messages depends on the kernel. */
static void a_sync_tells_groups(void **state)
{
	struct oracle *o = *state;
	struct vbr_watch *watch;
	struct vbr_mdb *mdb;
	size_t count = 0;

	make_bridge(o, "br0");
	make_veth(o, "a", "b");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	set_up(o, "b");
	set_up(o, "a");
	set_up(o, "br0");
	assert_int_equal(vbr_mdb_add(o->ctx, "br0", "a", "239.1.2.3", NULL, 0,
				     true),
			 0);
	assert_int_equal(vbr_mdb_list(o->ctx, NULL, &mdb), 0);
	assert_true(vbr_mdb_count(mdb) >= 1);
	assert_int_equal(vbr_watch_new(o->ctx, VBR_WATCH_GROUPS, &watch), 0);
	assert_int_equal(vbr_watch_sync(watch, count_groups, &count), 0);
	assert_int_equal(count, vbr_mdb_count(mdb));
	vbr_mdb_free(mdb);
	vbr_watch_free(watch);
}

static int count_gone(const struct vbr_event *event, void *data)
{
	size_t *gone = data;

	*gone += vbr_event_mdb_entry(event) && vbr_event_is_gone(event);
	return 0;
}

/* Groups that were not reported before, and whose bridge is deleted, too. */
static void groups_that_go_are_told(void **state)
{
	struct oracle *o = *state;
	struct vbr_watch *watch;
	size_t gone = 0;

	make_bridge(o, "br0");
	set_up(o, "br0");
	assert_int_equal(vbr_mdb_add(o->ctx, "br0", "br0", "239.1.2.3", NULL, 0,
				     false),
			 0);
	assert_int_equal(vbr_watch_new(o->ctx, VBR_WATCH_GROUPS, &watch), 0);
	assert_int_equal(vbr_mdb_del(o->ctx, "br0", "br0", "239.1.2.3", NULL,
				     0),
			 0);
	assert_int_equal(vbr_link_set_up(o->ctx, "br0", false), 0);
	assert_int_equal(vbr_bridge_del(o->ctx, "br0"), 0);
	assert_int_equal(vbr_watch_read(watch, count_gone, &gone), 0);
	assert_int_equal(gone, 1);
	vbr_watch_free(watch);
}

/* The accessor looks up the name of a device. */
static int cancel(const struct vbr_event *event, void *data)
{
	const struct vbr_port *port = vbr_event_port(event);
	char text[VBR_OPTION_TEXT_SIZE];

	if (!port || strcmp(vbr_port_name(port), "a") != 0)
		return 0;
	assert_int_equal(vbr_port_text(data, port, "backup_port", text,
				       sizeof(text)),
			 0);
	assert_string_equal(text, "c");
	return -ECANCELED;
}

static void an_accessor_leaves_what_was_asked(void **state)
{
	struct oracle *o = *state;
	struct vbr_watch *watch;
	int index;

	make_bridge(o, "br0");
	make_veth(o, "a", "b");
	make_veth(o, "c", "d");
	index = index_of(o, "c");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_port_add(o->ctx, "br0", "c"), 0);
	assert_int_equal(vbr_port_set(o->ctx, "br0", "a", "backup_port",
				      (uint64_t)index),
			 0);
	assert_int_equal(vbr_watch_new(o->ctx, VBR_WATCH_LINKS, &watch), 0);
	assert_int_equal(vbr_watch_sync(watch, cancel, o->ctx), -ECANCELED);
	assert_string_equal(
		vbr_ctx_error(o->ctx),
		"cannot read the current state: Operation canceled");
	vbr_watch_free(watch);
}

#define HEARD (VBR_WATCH_LINKS | VBR_WATCH_FDB | VBR_WATCH_GROUPS)

static int open_ears(void)
{
	static const unsigned int groups[] = { RTNLGRP_LINK, RTNLGRP_NEIGH,
					       RTNLGRP_MDB };
	const struct sockaddr_nl any = { .nl_family = AF_NETLINK };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
			NETLINK_ROUTE);

	assert_return_code(fd, errno);
	assert_return_code(bind(fd, (const void *)&any, sizeof(any)), errno);
	for (size_t i = 0; i < COUNT(groups); i++)
		assert_return_code(setsockopt(fd, SOL_NETLINK,
					      NETLINK_ADD_MEMBERSHIP,
					      &groups[i], sizeof(groups[i])),
				   errno);
	return fd;
}

/* A program that reads its own socket gets the same events as a watch. */
static void what_is_heard_is_told_the_same(void **state)
{
	struct event_log by_watch = { "" }, by_socket = { "" };
	static const uint8_t mac[6] = { 2, 0xab, 0, 0, 0, 1 };
	struct oracle *o = *state;
	struct vbr_watch *watch;
	int fd = open_ears();
	char bytes[65536];
	ssize_t len;

	assert_int_equal(vbr_watch_new(o->ctx, HEARD, &watch), 0);
	make_bridge(o, "br0");
	make_veth(o, "a", "b");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_fdb_add(o->ctx, "br0", "a", mac, 0, VBR_FDB_STATIC,
				     0),
			 0);
	assert_int_equal(vbr_fdb_del(o->ctx, "br0", "a", mac, 0), 0);
	assert_int_equal(vbr_port_del(o->ctx, "br0", "a"), 0);
	delete_link(o, "br0");
	assert_int_equal(vbr_watch_read(watch, event_log_add, &by_watch), 0);
	while ((len = recv(fd, bytes, sizeof(bytes), 0)) >= 0)
		assert_int_equal(vbr_event_read(bytes, (size_t)len, HEARD,
						event_log_add, &by_socket),
				 0);
	assert_int_equal(errno, EAGAIN);
	assert_string_equal(by_socket.text, by_watch.text);
	assert_int_equal(by_socket.count, by_watch.count);
	assert_non_null(strstr(by_socket.text, "bridge br0"));
	assert_non_null(strstr(by_socket.text, "gone port a"));
	assert_non_null(strstr(by_socket.text, "gone mac"));
	vbr_watch_free(watch);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ORACLE_TEST("a few events are all reported",
			    all_of_a_few_are_told),
		ORACLE_TEST("a burst is reported, or a sync follows",
			    a_burst_is_told_or_made_good),
		ORACLE_TEST("any churn leads to the state of a new read",
			    any_churn_leads_to_the_same_state),
		ORACLE_TEST("a sync reports groups, too", a_sync_tells_groups),
		ORACLE_TEST("deleted groups are reported",
			    groups_that_go_are_told),
		ORACLE_TEST("an accessor keeps the sentence of the call",
			    an_accessor_leaves_what_was_asked),
		ORACLE_TEST("a program's own socket gives the same events",
			    what_is_heard_is_told_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
