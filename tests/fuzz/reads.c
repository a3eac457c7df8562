/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Fuzzes the replies to functions that read. The first byte selects the
 * function. */

#include "unit/unit.h"

#include <string.h>

#include "fuzz/fuzz.h"
#include "fuzz/kernel.h"
#include "fuzz/touch.h"

/* --- links, bridges, ports, VLAN devices ---------------------------------- */

static void read_name(struct vbr_ctx *ctx, int index)
{
	char name[VBR_NAME_SIZE];

	touch_failed(ctx, vbr_link_name(ctx, index, name));
}

static int touch_link(const char *name, int index, bool is_free, void *data)
{
	(void)is_free;
	(void)data;
	check(*name && index > 0, "device %d, \"%s\"", index, name);
	return 0;
}

static void read_links(struct vbr_ctx *ctx)
{
	touch_failed(ctx, vbr_link_foreach(ctx, touch_link, NULL));
	read_name(ctx, 7);
	read_name(ctx, 1);
}

static void read_bridge(struct vbr_ctx *ctx)
{
	struct vbr_bridge *bridge = UNTOUCHED;

	if (touch_lacks(ctx, vbr_bridge_get(ctx, "br0", &bridge), bridge))
		return;
	touch_bridge(ctx, bridge);
	vbr_bridge_free(bridge);
}

static void read_bridges(struct vbr_ctx *ctx)
{
	struct vbr_bridges *bridges = UNTOUCHED;

	if (touch_lacks(ctx, vbr_bridge_list(ctx, &bridges), bridges))
		return;
	for (size_t i = 0; i < vbr_bridges_count(bridges); i++)
		touch_bridge(ctx, vbr_bridges_at(bridges, i));
	vbr_bridges_free(bridges);
}

static void read_port(struct vbr_ctx *ctx)
{
	struct vbr_port *port = UNTOUCHED;

	if (touch_lacks(ctx, vbr_port_get(ctx, "br0", "eth0", &port), port))
		return;
	touch_port(ctx, port);
	vbr_port_free(port);
}

static void list_ports(struct vbr_ctx *ctx, const char *bridge)
{
	struct vbr_ports *ports = UNTOUCHED;
	size_t first, count;

	if (touch_lacks(ctx, vbr_port_list(ctx, bridge, &ports), ports))
		return;
	for (size_t i = 0; i < vbr_ports_count(ports); i++)
		touch_port(ctx, vbr_ports_at(ports, i));
	count = vbr_ports_of(ports, 7, &first);
	check(count == 0 || first + count <= vbr_ports_count(ports),
	      "%zu from %zu", count, first);
	vbr_ports_free(ports);
}

static void read_ports(struct vbr_ctx *ctx)
{
	list_ports(ctx, "br0");
}

static void read_all_ports(struct vbr_ctx *ctx)
{
	list_ports(ctx, NULL);
}

static void read_vlan(struct vbr_ctx *ctx)
{
	struct vbr_vlan *vlan = UNTOUCHED;

	if (touch_lacks(ctx, vbr_vlan_get(ctx, "eth0.5", &vlan), vlan))
		return;
	touch_vlan(ctx, vlan);
	vbr_vlan_free(vlan);
}

static void list_vlans(struct vbr_ctx *ctx, const char *parent)
{
	struct vbr_vlans *vlans = UNTOUCHED;

	if (touch_lacks(ctx, vbr_vlan_list(ctx, parent, &vlans), vlans))
		return;
	for (size_t i = 0; i < vbr_vlans_count(vlans); i++)
		touch_vlan(ctx, vbr_vlans_at(vlans, i));
	vbr_vlans_free(vlans);
}

static void read_vlans(struct vbr_ctx *ctx)
{
	list_vlans(ctx, "eth0");
}

static void read_all_vlans(struct vbr_ctx *ctx)
{
	list_vlans(ctx, NULL);
}

static void read_trace(struct vbr_ctx *ctx)
{
	const struct vbr_frame frame = { "eth0", .dst = { 1 }, .vlan = 5 };
	const struct vbr_trace_step *step;
	struct vbr_trace *trace = UNTOUCHED;

	if (touch_lacks(ctx, vbr_trace_frame(ctx, "br0", &frame, &trace),
			trace))
		return;
	for (size_t i = 0; (step = vbr_trace_step_at(trace, i)); i++)
		check(*vbr_trace_step_why(step), "a step without a reason");
	vbr_trace_free(trace);
}

static void read_reach(struct vbr_ctx *ctx)
{
	struct vbr_reach *reach = UNTOUCHED;
	const char *line;
	uint8_t mac[6];

	vbr_station_mac(ctx, "br0", "gateway", mac);
	if (touch_lacks(ctx,
			vbr_reach_get(ctx, "br0", "eth0", "10.0.0.1", 5,
				      &reach),
			reach))
		return;
	for (size_t i = 0; (line = vbr_reach_note_at(reach, i)); i++)
		check(*line, "an empty note");
	for (size_t i = 0; (line = vbr_reach_change_at(reach, i)); i++)
		check(*line, "an empty change");
	vbr_reach_free(reach);
}

static void read_reach_table(struct vbr_ctx *ctx)
{
	struct vbr_reach_table *table = UNTOUCHED;
	unsigned int vlan;
	size_t same;

	if (touch_lacks(ctx, vbr_reach_table_get(ctx, "br0", &table), table))
		return;
	for (size_t i = 0; vbr_reach_table_vlan_at(table, i, &vlan, &same); i++)
		check(vlan <= 4094 && same <= i, "VLAN %u", vlan);
	vbr_reach_table_free(table);
}

static void read_reach_after(struct vbr_ctx *ctx)
{
	static const char text[] = "delif br0 eth0\naddif br0 eth1\n"
				   "addvlan br0 br0 5-7 pvid\nlink br0 up\n";
	struct vbr_reach_table *table = UNTOUCHED;
	struct vbr_config *change;
	char device[VBR_NAME_SIZE];
	bool is_cut;

	if (vbr_config_parse(ctx, "x", text, strlen(text), &change) < 0)
		return;
	if (!touch_lacks(ctx,
			 vbr_reach_table_get_after(ctx, "br0", change, &table),
			 table))
		vbr_reach_table_free(table);
	vbr_reach_is_cut(ctx, change, "10.0.0.2", "10.0.0.1", &is_cut, device);
	vbr_config_free(change);
}

static void follow_frames(struct vbr_ctx *ctx)
{
	const struct vbr_frame frame = { .port = "eth0", .vlan = 5 };
	struct vbr_live *live = UNTOUCHED;

	/* The fake kernel has no other sockets. */
	if (!touch_lacks(ctx, vbr_live_new(ctx, "br0", &frame, &live), live))
		vbr_live_free(live);
}

static void send_frame(struct vbr_ctx *ctx)
{
	const struct vbr_frame frame = { .port = "eth0", .dst = { 2 } };
	struct vbr_trace *trace = UNTOUCHED;

	if (!touch_lacks(ctx, vbr_frame_send(ctx, "br0", &frame, &trace),
			 trace))
		vbr_trace_free(trace);
}

/* --- tables of bridges ---------------------------------------------------- */

static int touch_one_entry(const struct vbr_fdb_entry *entry, void *data)
{
	(void)data;
	touch_entry(entry);
	return 0;
}

static void read_each_entry(struct vbr_ctx *ctx)
{
	touch_failed(ctx, vbr_fdb_foreach(ctx, "br0", touch_one_entry, NULL));
}

static void read_entries(struct vbr_ctx *ctx)
{
	struct vbr_fdb *fdb = UNTOUCHED;

	if (touch_lacks(ctx, vbr_fdb_list(ctx, "br0", &fdb), fdb))
		return;
	for (size_t i = 0; i < vbr_fdb_count(fdb); i++)
		touch_entry(vbr_fdb_at(fdb, i));
	vbr_fdb_free(fdb);
}

static void read_all_entries(struct vbr_ctx *ctx)
{
	static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 1 };
	struct vbr_fdb_entry *entry = UNTOUCHED;
	struct vbr_fdb *fdb = UNTOUCHED;

	if (!touch_lacks(ctx, vbr_fdb_get(ctx, "br0", mac, 0, &entry), entry)) {
		touch_entry(entry);
		vbr_fdb_entry_free(entry);
	}
	if (touch_lacks(ctx, vbr_fdb_list_all(ctx, "br0", &fdb), fdb))
		return;
	for (size_t i = 0; i < vbr_fdb_count(fdb); i++)
		touch_entry(vbr_fdb_at(fdb, i));
	vbr_fdb_free(fdb);
}

static void read_vnis(struct vbr_ctx *ctx)
{
	char text[VBR_ADDRESS_TEXT_SIZE];
	struct vbr_vnis *vnis = UNTOUCHED;
	const struct vbr_vni *row;

	if (touch_lacks(ctx, vbr_vni_list(ctx, NULL, &vnis), vnis))
		return;
	for (size_t i = 0; (row = vbr_vnis_at(vnis, i)); i++) {
		check(vbr_vni_index(row) > 0 &&
			      vbr_vni_first(row) <= vbr_vni_last(row),
		      "VNIs of %d", vbr_vni_index(row));
		vbr_vni_group(row, text);
	}
	vbr_vnis_free(vnis);
}

static void list_groups(struct vbr_ctx *ctx, const char *bridge)
{
	struct vbr_mdb *mdb = UNTOUCHED;

	if (touch_lacks(ctx, vbr_mdb_list(ctx, bridge, &mdb), mdb))
		return;
	for (size_t i = 0; i < vbr_mdb_count(mdb); i++)
		touch_group(vbr_mdb_at(mdb, i));
	for (size_t i = 0; i < vbr_mdb_router_count(mdb); i++)
		touch_router(vbr_mdb_router_at(mdb, i));
	vbr_mdb_free(mdb);
}

static void read_groups(struct vbr_ctx *ctx)
{
	list_groups(ctx, "br0");
}

static void read_all_groups(struct vbr_ctx *ctx)
{
	list_groups(ctx, NULL);
}

static void read_group(struct vbr_ctx *ctx)
{
	struct vbr_mdb *mdb = UNTOUCHED;

	if (touch_lacks(ctx,
			vbr_mdb_get(ctx, "br0", "239.1.2.3", NULL, 5, 0, &mdb),
			mdb))
		return;
	check(vbr_mdb_count(mdb) > 0, "%zu", vbr_mdb_count(mdb));
	for (size_t i = 0; i < vbr_mdb_count(mdb); i++)
		touch_group(vbr_mdb_at(mdb, i));
	vbr_mdb_free(mdb);
}

static void read_trees(struct vbr_ctx *ctx)
{
	struct vbr_msts *msts = UNTOUCHED;

	if (touch_lacks(ctx, vbr_mst_list(ctx, "br0", &msts), msts))
		return;
	for (size_t i = 0; i < vbr_msts_count(msts); i++) {
		const struct vbr_mst *mst = vbr_msts_at(msts, i);

		check(vbr_mst_index(mst) > 0, "%d", vbr_mst_index(mst));
		vbr_mst_bridge_index(mst);
		vbr_mst_instance(mst);
		vbr_mst_state(mst);
	}
	vbr_msts_free(msts);
}

/* A value may be malformed, or may be missing. */
static void touch_instance(struct vbr_ctx *ctx,
			   const struct vbr_instance *instance)
{
	const enum vbr_instance_kind kind = vbr_instance_kind(instance);
	const struct vbr_option *option;
	char text[VBR_OPTION_TEXT_SIZE];
	uint64_t value;

	check(vbr_instance_bridge_index(instance) > 0, "%d",
	      vbr_instance_bridge_index(instance));
	for (size_t i = 0; (option = vbr_instance_option_at(kind, i)); i++)
		if (vbr_instance_value(instance, option, &value) == 0)
			vbr_option_format(ctx, option, value, text,
					  sizeof(text));
}

static void touch_instances(struct vbr_ctx *ctx,
			    struct vbr_instances *instances)
{
	for (size_t i = 0; i < vbr_instances_count(instances); i++)
		touch_instance(ctx, vbr_instances_at(instances, i));
	vbr_instances_free(instances);
}

static void read_rings(struct vbr_ctx *ctx)
{
	struct vbr_instances *rings = UNTOUCHED;

	if (!touch_lacks(ctx, vbr_mrp_list(ctx, "br0", &rings), rings))
		touch_instances(ctx, rings);
}

static void read_meps(struct vbr_ctx *ctx)
{
	struct vbr_instances *meps = UNTOUCHED;

	if (!touch_lacks(ctx, vbr_cfm_list(ctx, "br0", &meps), meps))
		touch_instances(ctx, meps);
}

static void read_row(const struct vbr_stats *stats,
		     const struct vbr_stats_row *row)
{
	const struct vbr_counter *counter;
	uint64_t value;

	check(vbr_stats_find(stats, vbr_stats_row_index(row),
			     vbr_stats_row_vlan(row)) != NULL,
	      "%d is not found", vbr_stats_row_index(row));
	check(*vbr_stats_row_name(row) && *vbr_stats_row_bridge_name(row),
	      "a row of %d has no name", vbr_stats_row_bridge_index(row));
	for (unsigned int group = 0; group <= VBR_STATS_VLAN; group++) {
		vbr_stats_row_off(row, group);
		for (size_t i = 0; (counter = vbr_counter_at(group, i)); i++)
			vbr_stats_row_value(row, counter, &value);
	}
}

static void read_statistics(struct vbr_ctx *ctx)
{
	struct vbr_stats *stats = UNTOUCHED;

	if (touch_lacks(ctx, vbr_stats_list(ctx, NULL, NULL, ~0u, &stats),
			stats))
		return;
	for (size_t i = 0; i < vbr_stats_count(stats); i++)
		read_row(stats, vbr_stats_at(stats, i));
	vbr_stats_free(stats);
}

static void read_faults(struct vbr_ctx *ctx)
{
	struct vbr_findings *findings = UNTOUCHED;
	const struct vbr_finding *finding;

	if (touch_lacks(ctx, vbr_check(ctx, NULL, 0, &findings), findings))
		return;
	for (size_t i = 0; (finding = vbr_findings_at(findings, i)); i++)
		check(*vbr_finding_what(finding) && *vbr_finding_why(finding) &&
			      *vbr_finding_bridge(finding),
		      "finding %zu", i);
	vbr_findings_free(findings);
}

static void touch_device(const struct vbr_topology *topology,
			 const struct vbr_device *device)
{
	check(vbr_topology_find(topology, vbr_device_index(device)),
	      "%d is not found", vbr_device_index(device));
	check(*vbr_device_name(device) && vbr_device_kind(device), "%d",
	      vbr_device_index(device));
	check(vbr_device_netnsid(device) < 0 ||
		      vbr_device_has_foreign_parent(device),
	      "%d", vbr_device_index(device));
	for (size_t i = 0; vbr_device_address_at(device, i); i++)
		check(strchr(vbr_device_address_at(device, i), '/'), "%zu", i);
	vbr_device_netns(device);
	vbr_device_peer(device);
	vbr_device_mac(device);
}

static void read_topology(struct vbr_ctx *ctx)
{
	struct vbr_topology *topology = UNTOUCHED;
	const struct vbr_device *device;

	if (touch_lacks(ctx, vbr_topology_get(ctx, &topology), topology))
		return;
	for (size_t i = 0; (device = vbr_topology_at(topology, i)); i++)
		touch_device(topology, device);
	vbr_topology_free(topology);
}

/* --- VLANs of ports ------------------------------------------------------- */

static void touch_port_vlans(struct vbr_ctx *ctx, struct vbr_port_vlans *vlans)
{
	for (size_t i = 0; i < vbr_port_vlans_count(vlans); i++)
		touch_port_vlan(ctx, vbr_port_vlans_at(vlans, i));
	vbr_port_vlans_free(vlans);
}

static void list_port_vlans(struct vbr_ctx *ctx, const char *bridge,
			    unsigned int detail)
{
	struct vbr_port_vlans *vlans = UNTOUCHED;

	if (!touch_lacks(ctx, vbr_port_vlan_list(ctx, bridge, detail, &vlans),
			 vlans))
		touch_port_vlans(ctx, vlans);
}

static void read_port_vlans(struct vbr_ctx *ctx)
{
	list_port_vlans(ctx, "br0", 0);
}

static void read_all_port_vlans(struct vbr_ctx *ctx)
{
	list_port_vlans(ctx, NULL, 0);
}

static void read_port_vlan_options(struct vbr_ctx *ctx)
{
	list_port_vlans(ctx, NULL, VBR_PORT_VLAN_OPTIONS);
}

static void read_port_vlan_counters(struct vbr_ctx *ctx)
{
	list_port_vlans(ctx, "br0", VBR_PORT_VLAN_STATISTICS);
}

static void read_bridge_vlans(struct vbr_ctx *ctx)
{
	struct vbr_port_vlans *vlans = UNTOUCHED;

	if (!touch_lacks(ctx, vbr_bridge_vlan_list(ctx, NULL, &vlans), vlans))
		touch_port_vlans(ctx, vlans);
}

/* --- files and events ----------------------------------------------------- */

static void read_files(struct vbr_ctx *ctx)
{
	enum vbr_vlan_name_type type;
	bool on;

	for (size_t i = 0; vbr_nf_at(i); i++)
		touch_failed(ctx, vbr_nf_get(ctx, vbr_nf_at(i), &on));
	touch_failed(ctx, vbr_vlan_get_name_type(ctx, &type));
}

static void read_watch(struct vbr_ctx *ctx)
{
	struct vbr_watch *watch = UNTOUCHED;

	if (touch_lacks(ctx,
			vbr_watch_new(ctx,
				      VBR_WATCH_LINKS | VBR_WATCH_FDB |
					      VBR_WATCH_VLANS |
					      VBR_WATCH_GROUPS,
				      &watch),
			watch))
		return;
	for (int i = 0; i < 4; i++)
		touch_failed(ctx, vbr_watch_read(watch, touch_event, ctx));
	touch_failed(ctx, vbr_watch_sync(watch, touch_event, ctx));
	vbr_watch_free(watch);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static void (*const reads[])(struct vbr_ctx *) = {
		read_links,
		read_bridge,
		read_bridges,
		read_port,
		read_ports,
		read_all_ports,
		read_vlan,
		read_vlans,
		read_all_vlans,
		read_each_entry,
		read_entries,
		read_all_entries,
		read_vnis,
		read_groups,
		read_all_groups,
		read_group,
		read_trees,
		read_rings,
		read_meps,
		read_statistics,
		read_port_vlans,
		read_all_port_vlans,
		read_port_vlan_options,
		read_port_vlan_counters,
		read_bridge_vlans,
		read_files,
		read_watch,
		read_faults,
		read_trace,
		read_reach,
		read_reach_table,
		read_reach_after,
		follow_frames,
		send_frame,
		read_topology,
	};
	struct kernel kernel;
	struct vbr_ctx *ctx;

	if (!size)
		return 0;
	ctx = kernel_new(&kernel, bytes + 1, size - 1);
	reads[bytes[0] % COUNT(reads)](ctx);
	check(!vbr_ctx_unref(ctx), "the context is still in use");
	return 0;
}
