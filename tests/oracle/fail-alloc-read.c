/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Functions that read, for fail-alloc.c. */

#include "oracle/fail-alloc.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#define READ(function, type, ...) \
	static int function(struct stage *s) \
	{ \
		struct type *got = s->result; \
		int rc = vbr_##function(__VA_ARGS__, &got); \
\
		s->result = got; \
		return rc; \
	}

READ(ctx_new, vbr_ctx, NULL)
READ(vids_parse, vbr_vids, "10,20-29")
READ(bridge_get, vbr_bridge, s->ctx, "br0")
READ(bridge_list, vbr_bridges, s->ctx)
READ(port_get, vbr_port, s->ctx, "br0", "a")
READ(port_list, vbr_ports, s->ctx, "br0")
READ(fdb_list, vbr_fdb, s->ctx, "br0")
READ(mdb_list, vbr_mdb, s->ctx, "br0")
READ(mdb_get, vbr_mdb, s->ctx, "br0", "239.9.9.9", NULL, 0, 0)
READ(mst_list, vbr_msts, s->ctx, "br0")
READ(mrp_list, vbr_instances, s->ctx, "br0")
READ(cfm_list, vbr_instances, s->ctx, "br0")
READ(stats_list, vbr_stats, s->ctx, NULL, NULL, ~0u)
READ(watch_new, vbr_watch, s->ctx, VBR_WATCH_LINKS | VBR_WATCH_GROUPS)

/* The snapshots to copy, read while there is enough memory. */
static struct vbr_bridge *bridge;
static struct vbr_port *port;

READ(bridge_dup, vbr_bridge, bridge)
READ(port_dup, vbr_port, port)
READ(ctx_new_fd, vbr_ctx, nl_socket_get_fd(s->o->sock))

static int vids_new(struct stage *s)
{
	struct vbr_vids *vids = s->result;
	int rc = vbr_vids_new(&vids);

	s->result = vids;
	return rc;
}

static void read_snapshots(struct stage *s)
{
	assert_int_equal(vbr_bridge_get(s->o->ctx, "br0", &bridge), 0);
	assert_int_equal(vbr_port_get(s->o->ctx, "br0", "a", &port), 0);
}

static void read_member(struct stage *s)
{
	assert_int_equal(vbr_mdb_add(s->o->ctx, "br0", "a", "239.9.9.9", NULL,
				     0, true),
			 0);
}

static void forget_member(struct stage *s)
{
	assert_int_equal(vbr_mdb_del(s->o->ctx, "br0", "a", "239.9.9.9", NULL,
				     0),
			 0);
}

static void free_snapshots(struct stage *s)
{
	(void)s;
	vbr_bridge_free(bridge);
	vbr_port_free(port);
}

#define FREE(function) \
	static void function(struct stage *s) \
	{ \
		vbr_##function(s->result); \
	}

static void ctx_unref(struct stage *s)
{
	vbr_ctx_unref(s->result);
}

FREE(vids_free)
FREE(bridge_free)
FREE(bridges_free)
FREE(port_free)
FREE(ports_free)
FREE(config_free)
FREE(fdb_free)
FREE(mdb_free)
FREE(msts_free)
FREE(instances_free)
FREE(stats_free)
FREE(watch_free)

static int no_link(const char *name, int index, bool is_free, void *data)
{
	(void)name;
	(void)index;
	(void)is_free;
	(void)data;
	return 0;
}

static int link_foreach(struct stage *s)
{
	return vbr_link_foreach(s->ctx, no_link, NULL);
}

static int link_get(struct stage *s)
{
	struct vbr_link *link;
	int rc = vbr_link_get(s->ctx, "br0", &link);

	if (rc == 0)
		vbr_link_free(link);
	return rc;
}

static int config_capture(struct stage *s)
{
	struct vbr_config *config;
	int rc = vbr_config_capture(s->ctx, NULL, 0, &config);

	if (rc == 0)
		vbr_config_free(config);
	return rc;
}

READ(config_capture_all, vbr_config, s->ctx)
READ(config_capture_whole, vbr_config, s->ctx)
READ(config_parse, vbr_config, s->ctx, "file", "addbr br0", 9)

static int config_diff(struct stage *s)
{
	static const char lines[] = "set br0 ageing_time=7\n";
	struct vbr_config *now = NULL, *config = NULL, *plan = NULL;
	int rc = vbr_config_capture_all(s->ctx, &now);

	if (rc == 0)
		rc = vbr_config_parse(s->ctx, "file", lines, strlen(lines),
				      &config);
	if (rc == 0)
		rc = vbr_config_diff(s->ctx, now, config, VBR_CONFIG_EXACT,
				     &plan);
	vbr_config_free(plan);
	vbr_config_free(config);
	vbr_config_free(now);
	return rc;
}

static int config_wait(struct stage *s)
{
	static const char lines[] = "set br0 ageing_time=7\n";
	struct vbr_config *config = NULL;
	int rc = vbr_config_parse(s->ctx, "file", lines, strlen(lines),
				  &config);

	if (rc == 0)
		rc = vbr_config_wait(s->ctx, config, 0);
	vbr_config_free(config);
	return rc;
}

static int reach_get(struct stage *s)
{
	struct vbr_reach *reach;
	int rc = vbr_reach_get(s->ctx, "br0", "a", "host", 0, &reach);

	if (rc == 0)
		vbr_reach_free(reach);
	return rc;
}

static int reach_table_get(struct stage *s)
{
	struct vbr_reach_table *table;
	int rc = vbr_reach_table_get(s->ctx, "br0", &table);

	if (rc == 0)
		vbr_reach_table_free(table);
	return rc;
}

static int station_mac(struct stage *s)
{
	uint8_t mac[6];

	return vbr_station_mac(s->ctx, "br0", "host", mac);
}

static int reach_table_get_after(struct stage *s)
{
	static const char text[] = "delif br0 a\naddvlan br0 br0 5-7\n";
	struct vbr_reach_table *table;
	struct vbr_config *change;
	int rc = vbr_config_parse(s->ctx, "x", text, strlen(text), &change);

	if (rc < 0)
		return rc;
	rc = vbr_reach_table_get_after(s->ctx, "br0", change, &table);
	vbr_config_free(change);
	if (rc == 0)
		vbr_reach_table_free(table);
	return rc;
}

static int reach_is_cut(struct stage *s)
{
	static const char text[] = "delif br0 a\n";
	char device[VBR_NAME_SIZE];
	struct vbr_config *change;
	bool is_cut;
	int rc = vbr_config_parse(s->ctx, "x", text, strlen(text), &change);

	if (rc < 0)
		return rc;
	rc = vbr_reach_is_cut(s->ctx, change, "127.0.0.1", "127.0.0.2", &is_cut,
			      device);
	vbr_config_free(change);
	return rc;
}

static int live_new(struct stage *s)
{
	const struct vbr_frame frame = { .port = "a", .vlan = -1 };
	struct vbr_live *live;
	int rc = vbr_live_new(s->ctx, "br0", &frame, &live);

	if (rc == 0)
		vbr_live_free(live);
	return rc;
}

static int frame_send(struct stage *s)
{
	const struct vbr_frame frame = { .dst = { 2 }, .vlan = -1 };
	struct vbr_trace *trace;
	int rc = vbr_frame_send(s->ctx, "br0", &frame, &trace);

	if (rc == 0)
		vbr_trace_free(trace);
	return rc;
}

static int live_next(struct stage *s)
{
	const struct vbr_frame frame = { .dst = { 2 }, .vlan = -1 };
	struct vbr_live_path *path;
	struct vbr_live *live;
	uint64_t matched;
	int rc = vbr_live_new(s->ctx, "br0", &frame, &live);

	if (rc < 0)
		return rc;
	rc = vbr_live_send(live);
	if (rc == 0)
		rc = vbr_live_next(live, 2000, &path);
	if (rc == 0) {
		vbr_live_path_free(path);
		rc = vbr_live_matched(live, &matched);
	}
	vbr_live_free(live);
	return rc;
}

static int trace_frame(struct stage *s)
{
	const struct vbr_frame frame = { "a", .dst = { 1 }, .vlan = -1 };
	struct vbr_trace *trace;
	int rc = vbr_trace_frame(s->ctx, "br0", &frame, &trace);

	if (rc == 0)
		vbr_trace_free(trace);
	return rc;
}

static int check_all(struct stage *s)
{
	struct vbr_findings *findings;
	int rc = vbr_check(s->ctx, NULL, 0, &findings);

	if (rc == 0)
		vbr_findings_free(findings);
	return rc;
}

static int topology_get(struct stage *s)
{
	struct vbr_topology *topology;
	int rc = vbr_topology_get(s->ctx, &topology);

	if (rc == 0)
		vbr_topology_free(topology);
	return rc;
}

static int no_entry(const struct vbr_fdb_entry *entry, void *data)
{
	(void)entry;
	(void)data;
	return 0;
}

static int fdb_foreach(struct stage *s)
{
	return vbr_fdb_foreach(s->ctx, "br0", no_entry, NULL);
}

static int parse(struct stage *s)
{
	uint64_t value;

	return vbr_option_parse(s->ctx,
				vbr_option_find(VBR_SCOPE_BRIDGE, "max_age"),
				"8.2", &value);
}

static int parse_cut(struct stage *s)
{
	uint64_t value;

	return vbr_option_parse_truncated(s->ctx,
					  vbr_option_find(VBR_SCOPE_BRIDGE,
							  "max_age"),
					  "8.2", &value);
}

/* --- watches -------------------------------------------------------------- */

static void watches(struct stage *s)
{
	int rc = vbr_watch_new(s->ctx, VBR_WATCH_LINKS | VBR_WATCH_GROUPS,
			       &s->watch);

	assert_int_equal(rc, 0);
}

/* A member of a group of a new bridge, which the watch has to look up. */
static void something_happens(struct stage *s)
{
	struct pollfd ready;

	watches(s);
	make_bridge(s->o, "new");
	set_up(s->o, "new");
	assert_int_equal(vbr_mdb_add(s->o->ctx, "new", "new", "239.1.2.3", NULL,
				     0, false),
			 0);
	ready = (struct pollfd){ vbr_watch_fd(s->watch), POLLIN, 0 };
	assert_int_equal(poll(&ready, 1, 10000), 1);
}

static void watched(struct stage *s)
{
	vbr_watch_free(s->watch);
}

static int count_event(const struct vbr_event *event, void *data)
{
	*(int *)data += vbr_event_kind(event) == VBR_EVENT_MDB;
	return 0;
}

static int watch_read(struct stage *s)
{
	int members = 0, rc = vbr_watch_read(s->watch, count_event, &members);

	check(members == (rc == 0), "%d members, though %d", members, rc);
	return rc;
}

/* Events that failed for lack of memory come with the next call. */
static void told_later(struct stage *s)
{
	int members = 0;

	assert_int_equal(vbr_watch_read(s->watch, count_event, &members), 0);
	watched(s);
	delete_link(s->o, "new");
}

/* Bytes that are not a message; the call needs a copy to find out. */
static int event_read(struct stage *s)
{
	int members = 0, rc = vbr_event_read("nothing", 8, VBR_WATCH_LINKS,
					     count_event, &members);

	(void)s;
	return rc == -EBADMSG ? 0 : rc;
}

static int watch_sync(struct stage *s)
{
	int members = 0;

	return vbr_watch_sync(s->watch, count_event, &members);
}

const struct row reading_rows[] = {
	{ "vbr_ctx_new", ctx_new, ctx_unref },
	{ "vbr_ctx_new_fd", ctx_new_fd, ctx_unref },
	{ "vbr_vids_new", vids_new, vids_free },
	{ "vbr_vids_parse", vids_parse, vids_free },
	{ "vbr_link_foreach", link_foreach },
	{ "vbr_link_get", link_get },
	{ "vbr_config_capture", config_capture },
	{ "vbr_config_capture_all", config_capture_all, config_free },
	{ "vbr_config_capture_whole", config_capture_whole, config_free },
	{ "vbr_config_parse", config_parse, config_free },
	{ "vbr_config_diff", config_diff },
	{ "vbr_config_wait", config_wait },
	{ "vbr_reach_get", reach_get },
	{ "vbr_reach_table_get", reach_table_get },
	{ "vbr_station_mac", station_mac },
	{ "vbr_reach_table_get_after", reach_table_get_after },
	{ "vbr_reach_is_cut", reach_is_cut },
	{ "vbr_frame_send", frame_send },
	{ "vbr_live_new", live_new },
	{ "vbr_live_next", live_next },
	{ "vbr_live_send", live_next },
	{ "vbr_live_matched", live_next },
	{ "vbr_trace_frame", trace_frame },
	{ "vbr_check", check_all },
	{ "vbr_topology_get", topology_get },
	{ "vbr_bridge_get", bridge_get, bridge_free },
	{ "vbr_bridge_dup", bridge_dup, bridge_free, read_snapshots,
	  free_snapshots },
	{ "vbr_bridge_list", bridge_list, bridges_free },
	{ "vbr_port_get", port_get, port_free },
	{ "vbr_port_dup", port_dup, port_free, read_snapshots, free_snapshots },
	{ "vbr_port_list", port_list, ports_free },
	{ "vbr_fdb_foreach", fdb_foreach },
	{ "vbr_fdb_list", fdb_list, fdb_free },
	{ "vbr_mdb_list", mdb_list, mdb_free },
	{ "vbr_mdb_get", mdb_get, mdb_free, read_member, forget_member },
	{ "vbr_mst_list", mst_list, msts_free },
	{ "vbr_mrp_list", mrp_list, instances_free },
	{ "vbr_cfm_list", cfm_list, instances_free },
	{ "vbr_stats_list", stats_list, stats_free },
	{ "vbr_option_parse", parse },
	{ "vbr_option_parse_truncated", parse_cut },
	{ "vbr_event_read", event_read },
	{ "vbr_watch_new", watch_new, watch_free },
	{ "vbr_watch_read", watch_read, NULL, something_happens, told_later },
	{ "vbr_watch_sync", watch_sync, NULL, watches, watched },
	{ NULL },
};
