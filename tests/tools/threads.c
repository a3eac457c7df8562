/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * threads SECONDS: runs threads in one namespace, each with its own context.
 * Some change bridges, ports and VLANs, some list them, and some monitor them,
 * while another device is created and deleted repeatedly. Exits with 1 after a
 * wrong result. Needs the Ethernet devices p0 to p7.
 *
 * threads race: has a data race, which ThreadSanitizer must detect.
 */

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "vbridge.h"

#define THREADS 16
#define ANY 1000

struct worker {
	int number;
	struct vbr_ctx *ctx;
	char bridge[IFNAMSIZ], port[IFNAMSIZ], vlan[IFNAMSIZ];
	unsigned long rounds;
	size_t seen;
};

static atomic_int wrong;
static struct timespec deadline;
/* Features of the kernel, set before the threads start. */
static bool has_filter, has_vlan;

static bool is_over(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return wrong || now.tv_sec > deadline.tv_sec ||
	       (now.tv_sec == deadline.tv_sec &&
		now.tv_nsec >= deadline.tv_nsec);
}

/* Checks that rc is one of the following numbers, which end with ANY. */
static void expect(const struct worker *w, const char *what, int rc, ...)
{
	va_list list;
	int good;

	va_start(list, rc);
	do
		good = va_arg(list, int);
	while (good != rc && good != ANY);
	va_end(list);
	if (good == rc)
		return;
	wrong = 1;
	fprintf(stderr, "threads: %d: %s: %d: %s\n", w->number, what, rc,
		vbr_ctx_error(w->ctx));
}

#define WANT(w, call, ...) expect(w, #call, call, __VA_ARGS__, ANY)

/* Checks that the last error message is that of this thread. */
static void says(const struct worker *w, const char *word)
{
	if (strstr(vbr_ctx_error(w->ctx), word))
		return;
	wrong = 1;
	fprintf(stderr, "threads: %d: no %s in: %s\n", w->number, word,
		vbr_ctx_error(w->ctx));
}

/* --- threads that change ------------------------------------------------- */

static void change_options(struct worker *w)
{
	uint64_t value = 0, wanted = 1000 + 100 * (uint64_t)w->number;
	struct vbr_bridge *bridge;

	WANT(w, vbr_bridge_set(w->ctx, w->bridge, "ageing_time", wanted), 0);
	WANT(w, vbr_bridge_set(w->ctx, w->bridge, w->bridge, 1), -ENOENT);
	says(w, w->bridge);
	if (vbr_bridge_get(w->ctx, w->bridge, &bridge) < 0) {
		says(w, "it is there");
		return;
	}
	WANT(w, vbr_bridge_value(bridge, "ageing_time", &value), 0);
	expect(w, "the option's value", value == wanted, 1, ANY);
	vbr_bridge_free(bridge);
}

static void change_vlans(struct worker *w)
{
	struct vbr_vids *vids = NULL;

	WANT(w, vbr_vids_parse("10,20-29", &vids), 0);
	if (has_filter) {
		WANT(w, vbr_port_vlan_add(w->ctx, w->bridge, w->port, vids, 0),
		     0);
		WANT(w, vbr_port_vlan_del(w->ctx, w->bridge, w->port, vids), 0);
		WANT(w, vbr_port_vlan_del(w->ctx, w->bridge, w->port, vids),
		     -ENOENT);
		says(w, w->port);
	}
	vbr_vids_free(vids);
	if (!has_vlan)
		return;
	WANT(w, vbr_vids_parse("7", &vids), 0);
	WANT(w, vbr_vlan_add(w->ctx, w->port, vids, 0, w->vlan), 0);
	WANT(w, vbr_vlan_del(w->ctx, w->vlan), 0);
	vbr_vids_free(vids);
}

static void change(struct worker *w)
{
	const uint8_t mac[6] = { 2, 0xab, 0, 0, 0, (uint8_t)w->number };

	WANT(w, vbr_bridge_add(w->ctx, w->bridge), 0);
	WANT(w, vbr_bridge_add(w->ctx, w->bridge), -EEXIST);
	says(w, w->bridge);
	WANT(w, vbr_port_add(w->ctx, w->bridge, w->port), 0);
	WANT(w, vbr_port_set(w->ctx, w->bridge, w->port, "path_cost", 9), 0);
	WANT(w,
	     vbr_fdb_add(w->ctx, w->bridge, w->port, mac, 0, VBR_FDB_STATIC, 0),
	     0);
	WANT(w,
	     vbr_fdb_add(w->ctx, w->bridge, w->port, mac, 0, VBR_FDB_STATIC, 0),
	     -EEXIST);
	change_options(w);
	change_vlans(w);
	/* All threads try to add this device: another thread may have it, or
	 * it does not exist at the moment. */
	WANT(w, vbr_port_add(w->ctx, w->bridge, "churn"), 0, -EBUSY, -ENODEV,
	     -EINVAL);
	WANT(w, vbr_port_del(w->ctx, w->bridge, w->port), 0);
	WANT(w, vbr_bridge_del(w->ctx, w->bridge), 0);
	WANT(w, vbr_bridge_del(w->ctx, w->bridge), -ENODEV);
	says(w, w->bridge);
}

/* --- threads that list --------------------------------------------------- */

static int see_link(const char *name, int index, bool is_free, void *data)
{
	(void)is_free;
	*(size_t *)data += *name != '\0' && index > 0;
	return 0;
}

static int see_entry(const struct vbr_fdb_entry *entry, void *data)
{
	*(size_t *)data += vbr_fdb_entry_port_index(entry) > 0;
	return 0;
}

static void list(struct worker *w)
{
	struct vbr_bridges *bridges = NULL;
	struct vbr_port_vlans *filters = NULL;
	struct vbr_ports *ports = NULL;
	struct vbr_vlans *vlans = NULL;
	struct vbr_mdb *mdb = NULL;
	char of[IFNAMSIZ];

	snprintf(of, sizeof(of), "t%lu", w->rounds % THREADS);
	WANT(w, vbr_link_foreach(w->ctx, see_link, &w->seen), 0, -EAGAIN);
	WANT(w, vbr_bridge_list(w->ctx, &bridges), 0, -EAGAIN);
	WANT(w, vbr_port_list(w->ctx, NULL, &ports), 0, -EAGAIN);
	WANT(w, vbr_port_vlan_list(w->ctx, NULL, 0, &filters), 0, -EAGAIN);
	WANT(w, vbr_mdb_list(w->ctx, NULL, &mdb), 0, -EAGAIN, -EOPNOTSUPP);
	WANT(w, vbr_vlan_list(w->ctx, NULL, &vlans), 0, -EAGAIN);
	/* The bridge may be deleted meanwhile. */
	WANT(w, vbr_fdb_foreach(w->ctx, of, see_entry, &w->seen), 0, -EAGAIN,
	     -ENODEV);
	vbr_bridges_free(bridges);
	vbr_port_vlans_free(filters);
	vbr_ports_free(ports);
	vbr_vlans_free(vlans);
	vbr_mdb_free(mdb);
}

/* --- threads that monitor ------------------------------------------------ */

static int see_event(const struct vbr_event *event, void *data)
{
	(void)vbr_event_kind(event);
	++*(size_t *)data;
	return 0;
}

static void watch(struct worker *w)
{
	struct vbr_watch *watch;
	struct pollfd ready;

	if (vbr_watch_new(w->ctx, VBR_WATCH_LINKS | VBR_WATCH_FDB, &watch) <
	    0) {
		says(w, "it watches");
		return;
	}
	WANT(w, vbr_watch_sync(watch, see_event, &w->seen), 0, -EAGAIN);
	ready = (struct pollfd){ vbr_watch_fd(watch), POLLIN, 0 };
	for (int i = 0; i < 20 && !is_over(); i++)
		if (poll(&ready, 1, 50) > 0)
			WANT(w, vbr_watch_read(watch, see_event, &w->seen), 0,
			     -ENOBUFS);
	vbr_watch_free(watch);
}

/* --- all threads --------------------------------------------------------- */

static void *work(void *data)
{
	struct worker *w = data;
	int rc = vbr_ctx_new(NULL, &w->ctx);

	if (rc < 0) {
		fprintf(stderr, "threads: %d: no context: %d\n", w->number, rc);
		wrong = 1;
		return NULL;
	}
	do {
		if (w->number < 8)
			change(w);
		else if (w->number < 12)
			list(w);
		else
			watch(w);
		w->rounds++;
	} while (!is_over());
	vbr_ctx_unref(w->ctx);
	return NULL;
}

/* Creates or deletes a veth pair, without libvbridge. */
static void churn(struct mnl_socket *socket, uint16_t type)
{
	char buffer[1024];
	struct nlmsghdr *msg = mnl_nlmsg_put_header(buffer);
	struct nlattr *info;

	msg->nlmsg_type = type;
	msg->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	if (type == RTM_NEWLINK)
		msg->nlmsg_flags |= NLM_F_CREATE | NLM_F_EXCL;
	mnl_nlmsg_put_extra_header(msg, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(msg, IFLA_IFNAME, "churn");
	info = mnl_attr_nest_start(msg, IFLA_LINKINFO);
	mnl_attr_put_strz(msg, IFLA_INFO_KIND, "veth");
	mnl_attr_nest_end(msg, info);
	mnl_socket_sendto(socket, msg, msg->nlmsg_len);
	if (mnl_cb_run(buffer,
		       (size_t)mnl_socket_recvfrom(socket, buffer,
						   sizeof(buffer)),
		       0, 0, NULL, NULL) < 0) {
		perror("threads: churn");
		wrong = 1;
	}
}

static void come_and_go(void)
{
	struct mnl_socket *socket = mnl_socket_open(NETLINK_ROUTE);

	if (!socket) {
		perror("threads: netlink");
		wrong = 1;
		return;
	}
	do {
		churn(socket, RTM_NEWLINK);
		churn(socket, RTM_DELLINK);
	} while (!is_over());
	mnl_socket_close(socket);
}

static bool works(int rc)
{
	return rc != -EOPNOTSUPP && rc != -ENOPKG;
}

/* Detects the kernel's features with temporary devices. */
static bool look_around(void)
{
	struct vbr_vids *vids = NULL;
	struct vbr_ctx *ctx;

	if (vbr_ctx_new(NULL, &ctx) < 0)
		return false;
	if (vbr_bridge_add(ctx, "t0") < 0 ||
	    vbr_port_add(ctx, "t0", "p0") < 0 ||
	    vbr_vids_parse("7", &vids) < 0) {
		fprintf(stderr, "threads: %s\n", vbr_ctx_error(ctx));
		vbr_ctx_unref(ctx);
		return false;
	}
	has_filter = works(vbr_port_vlan_add(ctx, "t0", "p0", vids, 0));
	has_vlan = works(vbr_vlan_add(ctx, "p0", vids, 0, "p0.7"));
	if (has_vlan)
		vbr_vlan_del(ctx, "p0.7");
	vbr_vids_free(vids);
	vbr_bridge_del(ctx, "t0");
	vbr_ctx_unref(ctx);
	return true;
}

static unsigned long shared;

static void *race(void *data)
{
	for (int i = 0; i < 100000; i++)
		shared++;
	return data;
}

static int race_on_purpose(void)
{
	pthread_t other;

	if (pthread_create(&other, NULL, race, NULL) != 0)
		return 2;
	race(NULL);
	pthread_join(other, NULL);
	return shared == 0;
}

int main(int argc, char **argv)
{
	static struct worker workers[THREADS];
	pthread_t threads[THREADS];
	int unchanged = 0;

	if (argc != 2)
		return 2;
	if (strcmp(argv[1], "race") == 0)
		return race_on_purpose();
	if (!look_around())
		return 2;
	clock_gettime(CLOCK_MONOTONIC, &deadline);
	deadline.tv_sec += atoi(argv[1]);
	for (int i = 0; i < THREADS; i++) {
		struct worker *w = &workers[i];

		w->number = i;
		snprintf(w->bridge, sizeof(w->bridge), "t%d", i);
		snprintf(w->port, sizeof(w->port), "p%d", i);
		snprintf(w->vlan, sizeof(w->vlan), "p%d.7", i);
		if (pthread_create(&threads[i], NULL, work, w) != 0)
			return 2;
	}
	come_and_go();
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		unchanged += workers[i].rounds == 0 ||
			     (i >= 8 && workers[i].seen == 0);
	}
	printf("%d threads, %d idle; %s VLANs, %s VLAN devices\n", THREADS,
	       unchanged, has_filter ? "with" : "without",
	       has_vlan ? "with" : "without");
	return wrong || unchanged;
}
