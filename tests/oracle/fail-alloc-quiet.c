/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Functions that allocate nothing, for fail-alloc.c. */

#include "oracle/fail-alloc.h"

#include <errno.h>

#include "unit/fail-alloc.h"
#include "wire/instance.h"

static char text[VBR_OPTION_TEXT_SIZE];
static uint64_t value;
static uint32_t bits;

static void done(int rc)
{
	assert_int_equal(rc, 0);
}

void quiet_context(struct stage *s)
{
	const char *first = vbr_nf_at(0);
	bool on;

	QUIET(vbr_version);
	QUIET(vbr_ctx_ref, s->ctx);
	QUIET(vbr_ctx_unref, s->ctx);
	QUIET(vbr_ctx_set_dry_run, s->ctx, false);
	QUIET(vbr_ctx_set_progress, s->ctx, NULL, NULL);
	QUIET(vbr_ctx_accept_interrupted, s->ctx, false);
	QUIET(vbr_ctx_was_interrupted, s->ctx);
	QUIET(vbr_ctx_error, s->ctx);
	QUIET(vbr_ctx_kernel_errno, s->ctx);
	QUIET(vbr_ctx_kernel_text, s->ctx);
	QUIET(vbr_ctx_kernel_attr, s->ctx);
	QUIET(vbr_link_is_mac_set, s->ctx, "br0", &on);
	QUIET(vbr_link_name, s->ctx, 1, text);
	QUIET(vbr_link_resolve, s->ctx, "lo", NULL, text);
	QUIET(vbr_nf_at, 0);
	QUIET(vbr_nf_get, s->ctx, first, &on);
	QUIET(vbr_vids_add, s->vids, 20, 20);
	QUIET(vbr_vids_next, s->vids, -1);
	QUIET(vbr_vids_free, NULL);
}

void quiet_options(struct stage *s)
{
	const struct vbr_option *option = vbr_option_at(VBR_SCOPE_BRIDGE, 0);
	const uint8_t mac[6] = { 2 };
	uint8_t parsed[6];
	char line[] = "addbr 'br 0'", *words[8], bad;
	size_t count;
	bool on;

	QUIET(vbr_option_at, VBR_SCOPE_BRIDGE, 0);
	QUIET(vbr_option_find, VBR_SCOPE_BRIDGE, "priority");
	QUIET(vbr_option_name, option);
	QUIET(vbr_option_alias, option);
	QUIET(vbr_option_type, option);
	QUIET(vbr_option_words, option);
	QUIET(vbr_option_is_readable, option);
	QUIET(vbr_option_is_settable, option);
	QUIET(vbr_option_reads_back, option);
	QUIET(vbr_option_min, option);
	QUIET(vbr_option_max, option);
	QUIET(vbr_option_initial, option, &value);
	QUIET(vbr_option_also, option);
	QUIET(vbr_option_since, option);
	QUIET(vbr_option_help, option);
	QUIET(vbr_option_format, s->ctx, option, 1, text, sizeof(text));
	QUIET(vbr_parse_number, "1", 2, &value);
	QUIET(vbr_parse_switch, "on", &on);
	QUIET(vbr_parse_mac, "02:00:00:00:00:00", parsed);
	QUIET(vbr_format_mac, mac, text);
	QUIET(vbr_format_id, 1, text);
	QUIET(vbr_format_name, "a\n", text, sizeof(text));
	QUIET(vbr_split_words, line, words, &count, &bad);
	QUIET(vbr_ctx_new_error, "a", -ENOENT, text, sizeof(text));
	QUIET(vbr_vids_parse_error, "5,5", -EINVAL, text, sizeof(text));
}

static void quiet_ports(struct stage *s)
{
	struct vbr_ports *ports;
	struct vbr_port *port;
	size_t first;

	done(vbr_port_list(s->ctx, "br0", &ports));
	done(vbr_port_get(s->ctx, "br0", "a", &port));
	QUIET(vbr_ports_count, ports);
	QUIET(vbr_ports_at, ports, 0);
	QUIET(vbr_ports_of, ports, 1, &first);
	QUIET(vbr_ports_free, ports);
	QUIET(vbr_port_name, port);
	QUIET(vbr_port_index, port);
	QUIET(vbr_port_bridge_index, port);
	QUIET(vbr_port_value, port, "path_cost", &value);
	QUIET(vbr_port_text, s->ctx, port, "path_cost", text, sizeof(text));
	QUIET(vbr_port_free, port);
}

static void quiet_statistics(struct stage *s)
{
	const struct vbr_counter *counter = vbr_counter_at(VBR_STATS_STP, 0);
	const struct vbr_stats_row *row;
	struct vbr_stats *stats;

	done(vbr_stats_list(s->ctx, "br0", "a", 0, &stats));
	row = vbr_stats_at(stats, 0);
	QUIET(vbr_stats_count, stats);
	QUIET(vbr_stats_at, stats, 0);
	QUIET(vbr_stats_find, stats, vbr_stats_row_index(row), 0);
	QUIET(vbr_stats_row_index, row);
	QUIET(vbr_stats_row_name, row);
	QUIET(vbr_stats_row_bridge_index, row);
	QUIET(vbr_stats_row_bridge_name, row);
	QUIET(vbr_stats_row_vlan, row);
	QUIET(vbr_stats_row_off, row, VBR_STATS_VLAN);
	QUIET(vbr_stats_row_value, row, counter, &value);
	QUIET(vbr_counter_at, VBR_STATS_DEVICE, 0);
	QUIET(vbr_counter_name, counter);
	QUIET(vbr_counter_help, counter);
	QUIET(vbr_stats_free, stats);
}

static void quiet_reach(struct stage *s)
{
	bool is_broadcast, arrives, is_known;
	struct vbr_reach *reach;
	size_t from;

	done(vbr_reach_get(s->ctx, "br0", "a", "host", 0, &reach));
	QUIET(vbr_reach_works, reach);
	QUIET(vbr_reach_vlan, reach);
	QUIET(vbr_reach_port, reach, 0);
	QUIET(vbr_reach_mac, reach, 0, &is_known);
	QUIET(vbr_reach_tag, reach, 0);
	QUIET(vbr_reach_frame_at, reach, 0, &from, &is_broadcast, &arrives);
	QUIET(vbr_reach_stop, reach, 0);
	QUIET(vbr_reach_change_at, reach, 0);
	QUIET(vbr_reach_ties, reach);
	QUIET(vbr_reach_note_at, reach, 0);
	QUIET(vbr_reach_free, reach);
}

static void quiet_reach_table(struct stage *s)
{
	struct vbr_reach_table *table;
	unsigned int vlan;
	size_t number;

	done(vbr_reach_table_get(s->ctx, "br0", &table));
	QUIET(vbr_reach_table_member_at, table, 0);
	QUIET(vbr_reach_table_vlan_at, table, 0, &vlan, &number);
	QUIET(vbr_reach_table_group, table, 0, 0, &number);
	QUIET(vbr_reach_table_works, table, 0, 0, 1);
	QUIET(vbr_reach_table_note_at, table, 0);
	QUIET(vbr_reach_table_free, table);
}

static void quiet_traces(struct stage *s)
{
	const struct vbr_frame frame = { .dst = { 2 }, .vlan = -1 };
	const struct vbr_trace_step *step;
	struct vbr_trace *trace;
	const char *port;
	int vlan;

	done(vbr_trace_frame(s->ctx, "br0", &frame, &trace));
	step = vbr_trace_step_at(trace, 0);
	assert_non_null(step);
	QUIET(vbr_trace_step_at, trace, 0);
	QUIET(vbr_trace_step_name, step);
	QUIET(vbr_trace_step_device, step);
	QUIET(vbr_trace_step_verdict, step);
	QUIET(vbr_trace_step_why, step);
	QUIET(vbr_trace_step_option, step);
	QUIET(vbr_trace_out_at, trace, 0, &port, &vlan);
	QUIET(vbr_trace_is_for_host, trace);
	QUIET(vbr_trace_is_learned, trace);
	QUIET(vbr_trace_dropped, trace);
	QUIET(vbr_trace_free, trace);
}

static void quiet_lives(struct stage *s)
{
	const struct vbr_frame frame = { .dst = { 2 }, .vlan = -1 };
	struct vbr_live_hook hook;
	struct vbr_live_path *path;
	struct vbr_live *live;

	done(vbr_live_new(s->ctx, "br0", &frame, &live));
	done(vbr_live_send(live));
	done(vbr_live_next(live, 5000, &path));
	QUIET(vbr_live_path_frame, path);
	QUIET(vbr_live_path_trace, path);
	QUIET(vbr_live_path_hook_at, path, 0, &hook);
	QUIET(vbr_live_path_agrees, path);
	QUIET(vbr_live_path_free, path);
	QUIET(vbr_live_free, live);
}

void quiet_findings(struct stage *s)
{
	const struct vbr_finding *finding;
	const struct vbr_rule *rule;
	struct vbr_findings *findings;

	/* So that there is a finding on every kernel. */
	done(vbr_bridge_set(s->ctx, "br0", "group_fwd_mask", 16));
	done(vbr_check(s->ctx, NULL, 0, &findings));
	QUIET(vbr_findings_count, findings);
	QUIET(vbr_findings_at, findings, 0);
	QUIET(vbr_findings_skipped, findings);
	finding = vbr_findings_at(findings, 0);
	assert_non_null(finding);
	QUIET(vbr_finding_rule, finding);
	QUIET(vbr_finding_severity, finding);
	QUIET(vbr_finding_bridge, finding);
	QUIET(vbr_finding_port, finding);
	QUIET(vbr_finding_vlan, finding);
	QUIET(vbr_finding_what, finding);
	QUIET(vbr_finding_why, finding);
	QUIET(vbr_finding_fix_at, finding, 0);
	rule = vbr_finding_rule(finding);
	QUIET(vbr_rules_count);
	QUIET(vbr_rules_at, 0);
	QUIET(vbr_rule_id, rule);
	QUIET(vbr_rule_severity, rule);
	QUIET(vbr_rule_help, rule);
	QUIET(vbr_rule_explanation, rule);
	QUIET(vbr_findings_free, findings);
}

void quiet_topology(struct stage *s)
{
	struct vbr_topology *topology;
	const struct vbr_device *device;

	done(vbr_topology_get(s->ctx, &topology));
	QUIET(vbr_topology_count, topology);
	QUIET(vbr_topology_find, topology, 1);
	QUIET(vbr_topology_bridges, topology);
	QUIET(vbr_topology_ports, topology);
	QUIET(vbr_topology_port_vlans, topology);
	QUIET(vbr_topology_at, topology, 0);
	device = vbr_topology_at(topology, 0);
	assert_non_null(device);
	QUIET(vbr_device_name, device);
	QUIET(vbr_device_index, device);
	QUIET(vbr_device_kind, device);
	QUIET(vbr_device_is_up, device);
	QUIET(vbr_device_has_carrier, device);
	QUIET(vbr_device_mac, device);
	QUIET(vbr_device_mtu, device);
	QUIET(vbr_device_master, device);
	QUIET(vbr_device_parent, device);
	QUIET(vbr_device_has_foreign_parent, device);
	QUIET(vbr_device_netnsid, device);
	QUIET(vbr_device_netns, device);
	QUIET(vbr_device_peer, device);
	QUIET(vbr_device_vlan, device);
	QUIET(vbr_device_vlan_protocol, device);
	QUIET(vbr_device_address_at, device, 0);
	QUIET(vbr_topology_free, topology);
}

void quiet_bridges(struct stage *s)
{
	struct vbr_bridges *bridges;
	struct vbr_config *config;
	struct vbr_bridge *bridge;
	struct vbr_link *link;

	done(vbr_config_capture(s->ctx, NULL, 0, &config));
	QUIET(vbr_config_text, config);
	QUIET(vbr_config_losses, config);
	QUIET(vbr_config_free, config);
	done(vbr_link_get(s->ctx, "br0", &link));
	QUIET(vbr_link_index, link);
	QUIET(vbr_link_is_up, link);
	QUIET(vbr_link_has_carrier, link);
	QUIET(vbr_link_is_promiscuous, link);
	QUIET(vbr_link_mtu, link);
	QUIET(vbr_link_mac, link);
	QUIET(vbr_link_free, link);
	done(vbr_bridge_list(s->ctx, &bridges));
	done(vbr_bridge_get(s->ctx, "br0", &bridge));
	QUIET(vbr_bridges_count, bridges);
	QUIET(vbr_bridges_at, bridges, 0);
	QUIET(vbr_bridges_free, bridges);
	QUIET(vbr_bridge_name, bridge);
	QUIET(vbr_bridge_index, bridge);
	QUIET(vbr_bridge_is_up, bridge);
	QUIET(vbr_bridge_value, bridge, "priority", &value);
	QUIET(vbr_bridge_text, s->ctx, bridge, "priority", text, sizeof(text));
	QUIET(vbr_bridge_free, bridge);
	quiet_ports(s);
	quiet_statistics(s);
	quiet_reach(s);
	quiet_reach_table(s);
	quiet_traces(s);
	quiet_lives(s);
}

void quiet_fdb(struct stage *s)
{
	const struct vbr_fdb_entry *entry;
	struct vbr_fdb *fdb;

	done(vbr_fdb_list(s->ctx, "br0", &fdb));
	entry = vbr_fdb_at(fdb, 0);
	assert_non_null(entry);
	QUIET(vbr_fdb_count, fdb);
	QUIET(vbr_fdb_at, fdb, 0);
	QUIET(vbr_fdb_entry_mac, entry);
	QUIET(vbr_fdb_entry_port_index, entry);
	QUIET(vbr_fdb_entry_bridge_index, entry);
	QUIET(vbr_fdb_entry_vlan, entry);
	QUIET(vbr_fdb_entry_state, entry);
	QUIET(vbr_fdb_entry_flags, entry);
	QUIET(vbr_fdb_entry_age, entry);
	QUIET(vbr_fdb_entry_idle, entry);
	QUIET(vbr_fdb_entry_protocol, entry);
	QUIET(vbr_fdb_entry_remote, entry, &(struct vbr_remote){ 0 });
	QUIET(vbr_fdb_free, fdb);
}

static void quiet_routers(const struct vbr_mdb *mdb)
{
	const struct vbr_mdb_router *router = vbr_mdb_router_at(mdb, 0);

	assert_non_null(router);
	QUIET(vbr_mdb_router_count, mdb);
	QUIET(vbr_mdb_router_at, mdb, 0);
	QUIET(vbr_mdb_router_index, router);
	QUIET(vbr_mdb_router_bridge_index, router);
	QUIET(vbr_mdb_router_type, router);
	QUIET(vbr_mdb_router_vlan, router);
	QUIET(vbr_mdb_router_timer, router);
}

void quiet_groups(struct stage *s)
{
	const struct vbr_mdb_entry *entry;
	struct vbr_remote remote;
	unsigned int number;
	struct vbr_mdb *mdb;

	done(vbr_mdb_add(s->ctx, "br0", "a", "239.1.2.3", NULL, 0, true));
	done(vbr_port_set(s->ctx, "br0", "a", "multicast_router", 2));
	done(vbr_mdb_list(s->ctx, "br0", &mdb));
	entry = vbr_mdb_at(mdb, 0);
	assert_non_null(entry);
	QUIET(vbr_mdb_count, mdb);
	QUIET(vbr_mdb_at, mdb, 0);
	QUIET(vbr_mdb_entry_index, entry);
	QUIET(vbr_mdb_entry_bridge_index, entry);
	QUIET(vbr_mdb_entry_group, entry, text);
	QUIET(vbr_mdb_entry_source, entry, text);
	QUIET(vbr_mdb_entry_vlan, entry);
	QUIET(vbr_mdb_entry_flags, entry);
	QUIET(vbr_mdb_entry_timer, entry);
	QUIET(vbr_mdb_entry_mode, entry);
	QUIET(vbr_mdb_entry_protocol, entry);
	QUIET(vbr_mdb_entry_remote, entry, &remote);
	QUIET(vbr_mdb_parse_protocol, "bird", &number);
	QUIET(vbr_mdb_format_protocol, 12, text);
	QUIET(vbr_mdb_entry_source_at, entry, 0, text, &bits);
	quiet_routers(mdb);
	QUIET(vbr_mdb_free, mdb);
}

static int look_at(const struct vbr_event *event, void *data)
{
	++*(int *)data;
	QUIET(vbr_event_kind, event);
	QUIET(vbr_event_is_gone, event);
	QUIET(vbr_event_bridge, event);
	QUIET(vbr_event_port, event);
	QUIET(vbr_event_vlan, event);
	QUIET(vbr_event_fdb_entry, event);
	QUIET(vbr_event_port_vlan, event);
	QUIET(vbr_event_mdb_entry, event);
	QUIET(vbr_event_mdb_router, event);
	return 0;
}

void quiet_events(struct stage *s)
{
	struct vbr_watch *watch;
	int events = 0;

	done(vbr_watch_new(s->ctx,
			   VBR_WATCH_LINKS | VBR_WATCH_FDB | VBR_WATCH_GROUPS,
			   &watch));
	done(vbr_watch_sync(watch, look_at, &events));
	assert_true(events > 5);
	QUIET(vbr_watch_fd, watch);
	QUIET(vbr_watch_free, watch);
}

/* --- on kernels with VLANs ------------------------------------------------ */

static const char *const all[] = { "a", "b", "br0" };

/* Kernels before Linux 5.18 have no MST: there is only one tree. */
static bool make_tree(struct stage *s)
{
	const struct vbr_setting tree = { "msti", 2 };
	struct vbr_vids *one = vids_of("1");

	/* MST can only be enabled on a bridge without VLANs. */
	done(vbr_port_vlan_del_many(s->ctx, "br0", all, 3, one, true));
	vbr_vids_free(one);
	if (vbr_bridge_set(s->ctx, "br0", "mst_enabled", 1) < 0)
		return false;
	done(vbr_port_vlan_add_many(s->ctx, "br0", all, 3, s->vids, 0));
	done(vbr_bridge_vlan_set_all(s->ctx, "br0", s->vids, &tree, 1));
	return true;
}

static void quiet_trees(struct stage *s)
{
	const struct vbr_mst *mst;
	struct vbr_msts *msts;

	if (!make_tree(s))
		return;
	done(vbr_mst_list(s->ctx, "br0", &msts));
	mst = vbr_msts_at(msts, 0);
	assert_non_null(mst);
	QUIET(vbr_msts_count, msts);
	QUIET(vbr_msts_at, msts, 0);
	QUIET(vbr_mst_index, mst);
	QUIET(vbr_mst_bridge_index, mst);
	QUIET(vbr_mst_instance, mst);
	QUIET(vbr_mst_state, mst);
	QUIET(vbr_msts_free, msts);
}

/* Few kernels have MRP. */
static void quiet_instances(struct stage *s)
{
	const struct vbr_instance ring = { .kind = VBR_INSTANCE_MRP };
	struct vbr_instances *rings;

	done(vbr_mrp_list(s->ctx, "br0", &rings));
	QUIET(vbr_instances_count, rings);
	QUIET(vbr_instances_at, rings, 0);
	QUIET(vbr_instance_option_at, VBR_INSTANCE_MRP, 0);
	QUIET(vbr_instance_kind, &ring);
	QUIET(vbr_instance_bridge_index, &ring);
	QUIET(vbr_instance_value, &ring,
	      vbr_instance_option_at(VBR_INSTANCE_MRP, 0), &value);
	QUIET(vbr_instances_free, rings);
}

void quiet_filters(struct stage *s)
{
	const struct vbr_port_vlan *filter;
	struct vbr_port_vlans *filters;

	done(vbr_port_vlan_list(s->ctx, "br0", VBR_PORT_VLAN_OPTIONS,
				&filters));
	filter = vbr_port_vlans_at(filters, 0);
	assert_non_null(filter);
	QUIET(vbr_port_vlans_count, filters);
	QUIET(vbr_port_vlans_at, filters, 0);
	QUIET(vbr_port_vlan_index, filter);
	QUIET(vbr_port_vlan_bridge_index, filter);
	QUIET(vbr_port_vlan_first, filter);
	QUIET(vbr_port_vlan_last, filter);
	QUIET(vbr_port_vlan_flags, filter);
	QUIET(vbr_port_vlan_value, filter, "state", &value);
	QUIET(vbr_port_vlan_text, s->ctx, filter, "state", text, sizeof(text));
	QUIET(vbr_port_vlans_free, filters);
	quiet_trees(s);
	quiet_instances(s);
}

void quiet_vlans(struct stage *s)
{
	struct vbr_vlans *vlans;
	struct vbr_vlan *vlan;
	uint32_t other;

	done(vbr_vlan_list(s->o->ctx, "c", &vlans));
	done(vbr_vlan_get(s->o->ctx, "c.5", &vlan));
	QUIET(vbr_vlans_count, vlans);
	QUIET(vbr_vlans_at, vlans, 0);
	QUIET(vbr_vlans_free, vlans);
	QUIET(vbr_vlan_name, vlan);
	QUIET(vbr_vlan_index, vlan);
	QUIET(vbr_vlan_parent_index, vlan);
	QUIET(vbr_vlan_is_up, vlan);
	QUIET(vbr_vlan_value, vlan, "id", &value);
	QUIET(vbr_vlan_text, s->o->ctx, vlan, "id", text, sizeof(text));
	QUIET(vbr_vlan_flags, vlan, &bits);
	QUIET(vbr_vlan_ingress_at, vlan, 0, &bits, &other);
	QUIET(vbr_vlan_egress_at, vlan, 0, &bits, &other);
	QUIET(vbr_vlan_free, vlan);
}
